"""What is done to every synthetic voice alike, after its engine."""
import numpy as np
from scipy.signal import butter, lfilter, resample_poly, sosfilt

RATE = 16000
KEEP_MS = 60


def to_rate(audio, rate, shift=1.0):
    """Resample to 16 kHz; `shift` moves pitch and formants together, like another throat."""
    down = int(round(rate * shift / 100))
    return resample_poly(audio, RATE // 100, down).astype(np.float32)


def raise_voice(audio, amount):
    """Vocal effort, as far as a filter goes: less bass, more treble, compression, a soft clip."""
    if amount <= 0 or not len(audio):
        return audio
    treble = sosfilt(butter(1, 1500, "high", fs=RATE, output="sos"), audio)
    bass = sosfilt(butter(1, 300, "low", fs=RATE, output="sos"), audio)
    audio = audio + 2.5 * amount * treble - 0.5 * amount * bass
    power = lfilter([0.003], [1, -0.997], audio * audio)
    level = np.sqrt(np.maximum(power, 0) / max(power.max(), 1e-12)) + 0.03
    audio = audio * level ** (-0.5 * amount)
    audio = audio / max(np.abs(audio).max(), 1e-9)
    return np.tanh(audio * (1 + 2 * amount)).astype(np.float32)


def trim(audio):
    """Leave 60 ms around what is louder than 1 % of the peak: silence would name the engine."""
    loud = np.flatnonzero(np.abs(audio) > 0.01 * max(float(np.abs(audio).max()), 1e-9))
    if not len(loud):
        return audio
    keep = RATE * KEEP_MS // 1000
    return audio[max(0, loud[0] - keep):loud[-1] + keep]


def level(audio, peak=0.7):
    """Bring the peak to a fixed value."""
    return audio * (peak / max(float(np.abs(audio).max()), 1e-9))
