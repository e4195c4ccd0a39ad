"""What lies between a mouth and the samples: room, distance, microphone, line, noise."""
import numpy as np
from scipy.signal import fftconvolve, butter, sosfilt

RATE = 16000


def level(audio, dbfs):
    """Scale to an RMS level."""
    rms = float(np.sqrt(np.mean(audio * audio)) + 1e-9)
    return audio * np.float32(10 ** (dbfs / 20) / rms)


def resample(audio, ratio):
    """Faster and higher by `ratio`: another throat, another speed."""
    n = int(len(audio) / ratio)
    return np.interp(np.arange(n) * ratio, np.arange(len(audio)), audio).astype(np.float32)


def mu_law(audio):
    """Through G.711: 8 kHz, 8 bit logarithmic."""
    low = sosfilt(butter(6, 3400, fs=RATE, output="sos"), audio)
    x = np.clip(low[::2], -1, 1)
    y = np.round(np.sign(x) * np.log1p(255 * np.abs(x)) / np.log(256) * 127) / 127
    x = np.sign(y) * (np.power(256, np.abs(y)) - 1) / 255
    return np.interp(np.arange(len(audio)) / 2, np.arange(len(x)), x).astype(np.float32)


def tilt(audio, rng):
    """A microphone's and a wall's idea of treble: a gentle random slope."""
    amount = rng.uniform(-.6, .6)
    return (audio + amount * np.concatenate([[0], audio[:-1]])).astype(np.float32)


class Scene:
    """One microphone in one place, until the next scene. `light`: mostly near and undisturbed."""

    def __init__(self, noises, rooms, rng, clean=False, light=False):
        self.rng = rng
        self.room = None
        if rooms and rng.random() < (.2 if light else .45):
            room = np.asarray(rooms[rng.integers(len(rooms))], np.float32)[:RATE // 2]
            self.room = room / (np.sqrt(np.sum(room * room)) + 1e-9)
        self.wet = rng.uniform(.3, .7 if light else 1)
        self.dbfs = rng.uniform(-36, -16)
        self.line = rng.choice(["none", "narrow", "g711", "lowpass", "highpass"], p=[.66, .08, .08, .1, .08])
        if light and rng.random() < .6:
            self.line = "none"
        self.clip = rng.random() < .04
        if clean:
            self.room, self.line, self.clip = None, "none", False

    def band(self, audio):
        if self.line == "g711":
            return mu_law(audio)
        if self.line == "narrow":
            return sosfilt(butter(3, [300, 3400], "band", fs=RATE, output="sos"), audio).astype(np.float32)
        if self.line == "lowpass":
            return sosfilt(butter(4, self.rng.uniform(4000, 7000), fs=RATE, output="sos"), audio).astype(np.float32)
        if self.line == "highpass":
            return sosfilt(butter(2, self.rng.uniform(80, 250), "high", fs=RATE, output="sos"), audio).astype(np.float32)
        return audio

    def speak(self, audio):
        """One clip as this scene's microphone hears it."""
        rng = self.rng
        if rng.random() < .5:
            audio = resample(audio, rng.uniform(.9, 1.12))
        if rng.random() < .4:
            audio = tilt(audio, rng)
        if self.room is not None:
            wet = fftconvolve(audio, self.room)
            audio = (1 - self.wet) * np.pad(audio, (0, len(wet) - len(audio))) + self.wet * wet
            audio = audio[:len(wet) - len(self.room) // 2]
        audio = level(audio.astype(np.float32), self.dbfs + rng.normal(0, 3))
        if self.clip:
            top = np.float32(np.abs(audio).max() * rng.uniform(.2, .6))
            audio = np.clip(audio, -top, top)
        return self.band(audio)


def piece(noise, n, rng):
    """n samples of a noise, from a random place, repeated if short."""
    audio = np.asarray(noise, np.float32) / 32768
    if len(audio) < 800:
        return np.zeros(n, np.float32)
    start = rng.integers(len(audio))
    return np.resize(np.roll(audio, -start)[:max(n, 1)], n) if len(audio) < n else np.roll(audio, -start)[:n]


def lay_noise(out, noises, rng, clean=False, light=False):
    """Beds of 20 to 60 s under everything, hiss, and single sounds at random places."""
    pos, quieter = 0, 20 if clean else 12 if light else 0
    speech = np.sqrt(np.mean(out * out)) + 1e-6
    while pos < len(out):
        n = min(int(rng.uniform(20, 60) * RATE), len(out) - pos)
        if noises and rng.random() < .7:
            bed = piece(noises[rng.integers(len(noises))], n, rng)
            rms = np.sqrt(np.mean(bed * bed)) + 1e-6
            out[pos:pos + n] += bed * np.float32(speech / rms * 10 ** (-(rng.uniform(4, 36) + quieter) / 20))
        hiss = speech * 10 ** (-rng.uniform(20, 60) / 20)
        out[pos:pos + n] += rng.standard_normal(n, np.float32) * np.float32(hiss)
        pos += n
    for _ in range(0 if clean or not noises else 8 if light else 30):
        n = int(rng.uniform(.3, 3) * RATE)
        at = rng.integers(len(out) - n)
        sound = piece(noises[rng.integers(len(noises))], n, rng)
        peak = np.abs(sound).max() + 1e-6
        out[at:at + n] += sound * np.float32(rng.uniform(.02, .5) / peak)
