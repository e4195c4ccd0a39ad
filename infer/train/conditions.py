"""Held-out clips as rooms, noise and lines leave them: the rows of evaluate.py --conditions.

Rooms and noises are of the dev split. A clip, a condition and a seed give the same sound always.
"""
import functools
import os
import subprocess
import tempfile

import numpy as np
from scipy.signal import fftconvolve

import augment
import speak_shard as shard


@functools.lru_cache(maxsize=None)
def held_out(name, word=""):
    return [np.asarray(r["audio"], np.float32) / 32768 for r in shard.clips(shard.cache("clips", name))
            if r["split"] == "dev" and word in r["label"] and "human" not in r["label"] and len(r["audio"]) > 4000]


def room(audio, rng):
    """Through an office, from its other side: only what the room gives back, no near voice."""
    rooms = held_out("rir", "office")
    response = rooms[rng.integers(len(rooms))]
    return fftconvolve(audio, response)[:len(audio) + shard.RATE // 4].astype(np.float32)


def noise(audio, rng, snr=10):
    noises = held_out("noise")
    bed = augment.piece(noises[rng.integers(len(noises))] * 32768, len(audio), rng)
    rms = lambda x: np.sqrt(np.mean(x * x)) + 1e-9
    return audio + bed * np.float32(rms(audio) / rms(bed) * 10 ** (-snr / 20))


def opus(audio, _rng, rate="16k"):
    """Through Opus at so many bits a second, there and back."""
    raw = (np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes()
    pcm = ["-f", "s16le", "-ar", str(shard.RATE), "-ac", "1"]
    with tempfile.TemporaryDirectory() as folder:
        path, quiet = os.path.join(folder, "a.opus"), ["ffmpeg", "-v", "error", "-y"]
        subprocess.run([*quiet, *pcm, "-i", "-", "-c:a", "libopus", "-b:a", rate, path], input=raw, check=True)
        back = subprocess.run([*quiet, "-i", path, *pcm, "-"], stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(back, "<i2").astype(np.float32) / 32768


CONDITIONS = {
    "room": room,
    "noise at 10 dB": noise,
    "room, noise at 10 dB": lambda a, rng: noise(room(a, rng), rng),
    "G.711": lambda a, _: augment.mu_law(a),
    "Opus at 16 kbit/s": opus,
}


def heard(audio, name, key):
    """int16 samples of a clip in a condition; loudness stays as it was."""
    if not name:
        return audio
    x = np.asarray(audio, np.float32) / 32768
    y = CONDITIONS[name](x, np.random.default_rng([len(name), *key.encode()]))
    rms = lambda v: np.sqrt(np.mean(v * v)) + 1e-9
    return shard.to_int16(y * np.float32(rms(x) / rms(y)))
