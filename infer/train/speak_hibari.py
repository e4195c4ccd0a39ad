"""hibari: one woman's voice, fast, and a source-filter model, so that it can be many people.

Pitch, range, throat length (linear and bent warps of the frequency axis), breath, rhythm (a warp
of the time axis) and accent (phonemes exchanged by rule) are drawn for each sentence.
"""
import functools

import numpy as np

RATE = 24000

# Accents of the world, as exchanges of phonemes; each speaker has some of them.
ACCENTS = (("ð", "d"), ("ð", "z"), ("θ", "t"), ("θ", "s"), ("w", "v"), ("v", "w"), ("ɪ", "i"),
           ("æ", "ɛ"), ("æ", "ɑ"), ("ʌ", "ɑ"), ("ɜɹ", "ə"), ("əɹ", "ə"), ("T", "t"), ("ŋ", "ŋɡ"),
           ("z", "s"), ("ʊ", "u"), ("ɑ", "ɔ"), ("A", "ɛ"), ("O", "ɔ"), ("ɹ ", " "), ("h", ""),
           ("ʤ", "ʧ"), ("d ", "t "), ("ə", "ɑ"))


@functools.lru_cache(maxsize=1)
def engine():
    from hibari import Hibari
    return Hibari()


def draw(rng):
    """Settings of one speaker and one reading. Effort is drawn by the caller, for every engine."""
    man = rng.random() < 0.55
    throat = rng.uniform(0.80, 0.95) if man else rng.uniform(0.90, 1.13)
    return {"man": man, "throat": throat, "bend": rng.uniform(-0.06, 0.06),
            "speed": rng.uniform(0.82, 1.32),
            "pitch": rng.uniform(0.45, 0.78) if man else rng.uniform(0.78, 1.3),
            "range": rng.uniform(0.7, 1.6), "breath": rng.uniform(-0.4, 1.0),
            "rhythm": rng.uniform(0.0, 0.22), "seed": rng.randrange(1 << 30),
            "accent": tuple(rng.sample(ACCENTS, rng.randint(2, 5))) if rng.random() < 0.35 else ()}


def name(s):
    """The voice column: kind, throat, pitch, speed, number of accent rules."""
    return (f"hibari:{'m' if s['man'] else 'f'}:throat={s['throat']:.2f}:pitch={s['pitch']:.2f}"
            f":speed={s['speed']:.2f}:accent={len(s['accent'])}")


def accented(phones, rules):
    """The phonemes as somebody with this accent says them."""
    for ours, theirs in rules:
        phones = phones.replace(ours, theirs)
    return phones


def columns_at(x, at):
    """Columns of x at fractional positions."""
    low = np.minimum(at.astype(int), x.shape[1] - 1)
    high = np.minimum(low + 1, x.shape[1] - 1)
    share = (at - low).astype(np.float32)
    return x[:, low] * (1 - share) + x[:, high] * share


def rows_at(x, at):
    """Rows of x at fractional positions."""
    return np.ascontiguousarray(columns_at(x.T, at).T)


def rhythm(count, amount, rng):
    """Positions of the frames when read with an uneven pace."""
    knots = rng.normal(0, amount, max(3, count // 12))
    pace = np.exp(np.interp(np.arange(count), np.linspace(0, count, len(knots)), knots))
    at = np.concatenate([[0.0], np.cumsum(pace)])
    return np.interp(np.arange(int(at[-1])), at, np.arange(count + 1))


def say(chunks, s, effort):
    """Phoneme strings (one a sentence) -> float32 samples at 24 kHz."""
    from hibari import dsp
    hibari, rng, out = engine(), np.random.default_rng(s["seed"]), []
    for phones in chunks:
        ids = np.asarray([hibari.ids(accented(phones, s["accent"]))], np.int64)
        speed = np.asarray([s["speed"]], np.float32)
        heard, theta, noise, rest, phi, f0 = (
            o[0] for o in hibari.sess.run(None, {"ids": ids, "speed": speed}))
        time = np.minimum(rhythm(heard.shape[1], s["rhythm"], rng), heard.shape[1] - 1)
        near = np.rint(time).astype(int)
        f0, theta, phi = f0[near], theta[:, near], phi[:, near]
        heard, noise, rest = (columns_at(x, time) for x in (heard, noise, rest))
        bins = len(heard)
        line = np.arange(bins)
        at = np.minimum(line / s["throat"] + s["bend"] * bins / np.pi * np.sin(np.pi * line / bins)
                        * 0.5, bins - 1)
        at = np.maximum.accumulate(np.maximum(at, 0))
        heard, theta, noise, rest = (rows_at(x, at) for x in (heard, theta, noise, rest))
        phi = np.ascontiguousarray(phi[np.rint(at).astype(int)])
        lift = s["pitch"] * (1 + 0.35 * effort)
        spread = s["range"] * (1 + 0.2 * effort)
        f0 = np.where(f0 > 40, np.clip(lift * 190 * (np.maximum(f0, 1) / 190) ** spread, 60, 520),
                      f0).astype(np.float32)
        out.append(dsp.synth(heard, theta, noise + np.float32(s["breath"]), rest, phi, f0, rng))
    return np.concatenate(out) if out else np.zeros(0, np.float32)
