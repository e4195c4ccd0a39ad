#!/usr/bin/env python3
"""Learn the tokenizer's codebooks: k-means over MFCC trajectories.

    codebook.py --streams 12 [--earshot PATH]      -> $EARSHOT_CACHE/codebooks.npz
    codebook.py --start FILE                       the same, from a model file to go on from

Codebook j sees WIDTHS[j] neighbouring coefficients over the FRAMES of one token, coefficient-major.
Low coefficients carry most of the sound and get a book each, high ones share one by two. The frames
come from `earshot features` over mixed streams, so rooms and noise are in the codes.
"""
import argparse
import io
import os
import subprocess
import sys

import numpy as np

import gguf_file
import mix
import resume
import speak_shard as shard

FRAMES, COEFS, CODES = 4, 16, 256
WIDTHS = (1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2)


def features(audio, program):
    """MFCC frames of raw audio, by the C program: (frames, COEFS)."""
    raw = (np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes()
    out = subprocess.run([program, "features", "-", "--npy"], input=raw, stdout=subprocess.PIPE, check=True).stdout
    return np.load(io.BytesIO(out))


def nearest(x, book):
    """Index of the nearest code of each row, and its squared distance."""
    d = (book * book).sum(1) - 2 * (x @ book.T)
    k = d.argmin(1)
    return k, np.take_along_axis(d, k[:, None], 1)[:, 0] + (x * x).sum(1)


def k_means(x, codes, rng, rounds=25):
    """Lloyd's algorithm; empty codes are put where the error is largest."""
    book = x[rng.choice(len(x), codes, replace=False)].copy()
    for _ in range(rounds):
        k, d = nearest(x, book)
        count = np.bincount(k, minlength=codes)
        for i in range(x.shape[1]):
            book[:, i] = np.bincount(k, x[:, i], codes) / np.maximum(count, 1)
        empty = np.flatnonzero(count == 0)
        book[empty] = x[np.argsort(d)[-len(empty):]] if len(empty) else book[empty]
    return book.astype(np.float32), float(np.mean(d) / x.var(0).sum())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--streams", type=int, default=12)
    p.add_argument("--seed", type=int, default=1000)
    p.add_argument("--earshot", default=os.environ.get("EARSHOT", "earshot"))
    p.add_argument("--start", help="take those of this model file instead")
    o = p.parse_args()
    if o.start:
        np.savez(shard.cache("codebooks.npz"), **resume.codebooks(gguf_file.read_model(o.start)[1]))
        return
    rows, clips, noises, rooms = [], mix.Clips("train"), mix.load_noise("train", "noise"), mix.load_noise("train", "rir")
    for i in range(o.streams):
        rng = np.random.default_rng([o.seed, i])
        f = features(mix.stream(clips.begin(rng), noises, rooms, rng)[0], o.earshot)
        rows.append(f[:len(f) // FRAMES * FRAMES].reshape(-1, FRAMES, COEFS))
    x = np.concatenate(rows).transpose(0, 2, 1)  # (tokens, coefs, frames)
    rng, books, first = np.random.default_rng(o.seed), {}, 0
    for j, w in enumerate(WIDTHS):
        books[f"book{j}"], error = k_means(x[:, first:first + w].reshape(len(x), -1), CODES, rng)
        print(f"codebook {j}: coefficients {first}..{first + w - 1}, {100 * error:.1f} % of the variance lost")
        first += w
    np.savez(shard.cache("codebooks.npz"), **books)


if __name__ == "__main__":
    sys.exit(main())
