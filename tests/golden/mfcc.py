#!/usr/bin/env python3
"""Makes mfcc.s16 and mfcc.f32, which tests/unit/test_mfcc.c compares with audio/mfcc.c.

Written from the description in audio/mfcc.h alone, in float64 with numpy's FFT and no state kept
between samples, so that it shares no code and no shortcuts with the C. Needs numpy; run by hand.
"""
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
RATE, WINDOW, HOP, FFT, MELS, COEFS = 16000, 400, 160, 512, 40, 16
START_MEAN = np.array([-41.0, -2.1, -20.3, 16.0, -19.4, -10.4, -13.7, -10.9,
                       -16.2, -8.4, -10.5, -6.6, -4.1, -5.0, -6.3, -7.0])


def signal():
    """Two seconds: hiss, a vowel-like sum of harmonics with a moving pitch, digital silence, a chirp."""
    rng = np.random.default_rng(7)
    t = np.arange(2 * RATE) / RATE
    pitch = 2 * np.pi * np.cumsum(120 + 40 * np.sin(2 * np.pi * 1.5 * t)) / RATE
    vowel = sum(np.sin(k * pitch) / (1 + abs(k - 5)) for k in range(1, 25))
    chirp = np.sin(2 * np.pi * (200 * t + 1500 * t * t))
    x = .002 * rng.standard_normal(len(t))
    x[4000:16000] += .15 * vowel[4000:16000]
    x[20000:22000] = 0
    x[22000:] += .4 * chirp[22000:]
    return np.round(x * 32767).astype("<i2")


def mel(hz):
    return 1127 * np.log(1 + hz / 700)


def filters():
    edges = np.linspace(mel(60), mel(7600), MELS + 2)
    at = mel(np.arange(FFT // 2 + 1) * RATE / FFT)
    return np.array([np.maximum(0, np.minimum((at - a) / (b - a), (c - at) / (c - b)))
                     for a, b, c in zip(edges, edges[1:], edges[2:])])


def cepstra(x):
    """(frames, COEFS) before normalisation, and each frame's mean log mel energy."""
    y = x - .97 * np.concatenate([[0], x[:-1]])
    n = (len(y) - WINDOW) // HOP + 1
    frames = y[np.arange(n)[:, None] * HOP + np.arange(WINDOW)]
    hann = .5 - .5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    power = np.abs(np.fft.rfft(frames * hann, FFT)) ** 2
    logs = np.log2(power @ filters().T + 1e-6)
    c, f = np.arange(COEFS)[:, None], np.arange(MELS)[None]
    dct = np.sqrt(np.where(c == 0, 1, 2) / MELS) * np.cos(np.pi * c * (f + .5) / MELS)
    return logs @ (dct * (1 + 11 * np.sin(np.pi * c / 22))).T, logs.mean(1)


def normalise(ceps, level):
    mean, peak, active, out = START_MEAN.copy(), -np.inf, 0, []
    for c, e in zip(ceps, level):
        peak = max(e, peak - .01)
        if e > peak - 8:
            mean += (c - mean) / min(active + 40, 200)
            active += 1
        out.append(c - mean)
    return np.array(out)


if __name__ == "__main__":
    x = signal()
    x.tofile(os.path.join(HERE, "mfcc.s16"))
    normalise(*cepstra(x / 32768)).astype("<f4").tofile(os.path.join(HERE, "mfcc.f32"))
