"""The small classic engines: Flite (slt, awb, kal16) and eSpeak NG, as child processes.

Voices that are kept for acceptance (Flite rms, eSpeak Annie, Gene, klatt4 and en-gb-scotland) are
not in the lists and must not be added.
"""
import io
import subprocess
import wave

import numpy as np

FLITE = ("slt", "awb", "kal16")
ESPEAK_ACCENTS = ("en-us", "en-us", "en-us", "en-gb-x-rp", "en", "en-us-nyc", "en-gb-x-gbclan")
ESPEAK_VARIANTS = ("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f4", "f5",
                   "klatt", "klatt2", "klatt3", "Andy", "Michael")


def draw(rng):
    """Engine, voice and reading of one sentence."""
    flite = rng.random() < 0.6
    return {"engine": "flite" if flite else "espeak",
            "voice": rng.choice(FLITE) if flite
            else f"{rng.choice(ESPEAK_ACCENTS)}+{rng.choice(ESPEAK_VARIANTS)}",
            "speed": rng.uniform(0.82, 1.3), "pitch": rng.uniform(0.85, 1.15),
            "shift": rng.uniform(0.9, 1.12) if flite else 1.0}


def name(s):
    """The voice column."""
    return f"{s['engine']}:{s['voice']}:speed={s['speed']:.2f}:shift={s['shift']:.2f}"


def command(text, s, effort):
    """The engine's command line; the sound comes back as WAV on its standard output."""
    if s["engine"] == "flite":
        return ["flite", "-voice", s["voice"], "--setf",
                f"duration_stretch={s['shift'] / s['speed']:.3f}", "-t", text, "-o", "/dev/stdout"]
    pitch = int(np.clip(50 * s["pitch"] + 20 * effort, 20, 85))
    return ["espeak-ng", "-v", s["voice"], "-s", str(int(165 * s["speed"])), "-p", str(pitch),
            "--stdout", text]


def say(text, s, effort):
    """-> (float32 samples, their rate)"""
    sound = subprocess.run(command(text, s, effort), stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, check=True, timeout=60).stdout
    with wave.open(io.BytesIO(sound)) as w:
        rate = w.getframerate()
    start = sound.index(b"data") + 8
    data = sound[start:start + (len(sound) - start) // 2 * 2]
    return np.frombuffer(data, "<i2").astype(np.float32) / 32768, rate
