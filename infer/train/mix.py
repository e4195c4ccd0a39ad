#!/usr/bin/env python3
"""Mix clips into long streams as a microphone would hear them, and turn them into tokens.

    mix.py --streams 100 --seed 1 [--split train] [--model M.gguf] [--earshot PATH]

A stream is ten minutes of speech with pauses: each clip gets its own loudness, room, speed,
bandwidth, clipping and codec; a noise bed and single noises lie under and between. The C program
`earshot tokens` reads the stream, so that the trainer sees what the daemon will see: a running mean
that still remembers the last speaker, words that follow words. Beside the ids stand the segments:
which tokens belong to which clip, its labels, its phonemes and its words.

Output: $EARSHOT_CACHE/tokens/SPLIT-mixSEED-NNNN.npz (or cleanSEED) with
  ids (tokens, codebooks) uint16; seg (n, 2) first and last token; target (n, 6) int8: 1, 0 or -1
  (unknown) for threat abuse hate order aggressive_voice speech; phones, phone_len: CTC targets;
  words, word_end, word_len: words.py; meaning (n, SIZE) float16: meaning.py, zeros where it is not known
Same seed, same audio, same tokens.
"""
import argparse
import io
import os
import subprocess
import sys

import numpy as np

import augment
import meaning
import speak_shard as shard
import speak_split
import words
from labels import HOSTILE, target_of

STREAM_S = 600
TOKEN_SAMPLES = 640
# share of speech by where it comes from; sets that are missing are left out
SETS = {"spoken": .2, "speech": .37, "plain": .3, "benign": .12, "foreign": .05, "talk": .06, "hostile": .03, "aggressive": .01}
HOSTILE_SHARE = .38


class Bag:
    """Clips in a random order that begins anew when it is used up."""

    def __init__(self, rows, rng):
        self.rows, self.rng, self.order = rows, rng, []

    def draw(self):
        if not self.order:
            self.order = list(self.rng.permutation(len(self.rows)))
        return self.rows[self.order.pop()]


class Clips:
    """All clips of a split, in bags by hostility, set, label and where the sentence is from: composed
    sentences are many and must not drown what people wrote."""

    def __init__(self, split):
        bags = {}
        for name in SETS:
            for row in shard.clips(shard.cache("clips", name)):
                if row["split"] == split and "laugh" not in row["label"] and len(row["audio"]) > 3200:
                    hostile = [h for h in HOSTILE if h in row["label"]]
                    key = (bool(hostile), name, hostile[0] if hostile else row["label"].split(",")[0],
                           row["origin"])
                    bags.setdefault(key, []).append(row)
        self.rows, self.keys, self.weight = bags, {}, {}
        for hostile in (False, True):
            keys = [k for k in bags if k[0] == hostile]
            weight = np.array([len(bags[k]) ** .5 for k in keys])
            for name in SETS:
                own = np.array([k[1] == name for k in keys])
                if own.any():
                    weight[own] *= SETS[name] / weight[own].sum()
            self.keys[hostile], self.weight[hostile] = keys, weight / max(weight.sum(), 1e-9)

    def begin(self, rng):
        """Full bags, drawn from by this generator: a stream depends on its seed only."""
        self.rng, self.bags = rng, {k: Bag(v, rng) for k, v in self.rows.items()}
        return self

    def draw(self):
        hostile = bool(self.rng.random() < HOSTILE_SHARE)
        keys = self.keys[hostile]
        return self.bags[keys[self.rng.choice(len(keys), p=self.weight[hostile])]].draw()


def load_noise(split, name):
    return [r["audio"] for r in shard.clips(shard.cache("clips", name)) if r["split"] == split]


def stream(clips, noises, rooms, rng, clean=False, light=False):
    """Ten minutes of audio (float32) and its segments (first, end sample, row)."""
    out = np.zeros(STREAM_S * shard.RATE, np.float32)
    pos, segments = int(rng.uniform(0, 2) * shard.RATE), []
    scene = augment.Scene(noises, rooms, rng, clean, light)
    while True:
        row = clips.draw()
        audio = scene.speak(np.asarray(row["audio"], np.float32) / 32768)
        if pos + len(audio) + shard.RATE > len(out):
            break
        out[pos:pos + len(audio)] += audio
        segments.append((pos, pos + len(audio), row))
        pos += len(audio) + int(min(rng.exponential(.45) + .25, 4) * shard.RATE)
        if rng.random() < .07:
            scene = augment.Scene(noises, rooms, rng, clean, light)
            pos += int(rng.uniform(.2, 1.5) * shard.RATE)
    augment.lay_noise(out, noises, rng, clean, light)
    return out, segments


def tokenize(audio, program, model):
    """Token ids of raw audio, by the C program."""
    raw = (np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes()
    cmd = [program, "tokens", "-", "--npy"] + (["--model", model] if model else [])
    return np.load(io.BytesIO(subprocess.run(cmd, input=raw, stdout=subprocess.PIPE, check=True).stdout))


def annotate(segments, n_tokens, known, meant):
    """Segments as token ranges with targets, phones, words and meaning."""
    seg, target, phones, length, said, mean = [], [], [], [], [], []
    for first, end, row in segments:
        a, b = first // TOKEN_SAMPLES, -(-end // TOKEN_SAMPLES)
        if b > n_tokens:
            continue
        p = words.phones(row["phonemes"])
        seg.append((a, b))
        target.append(target_of(row["label"], row["effort"]))
        phones += p
        length.append(len(p))
        said.append(words.ends(row, known))
        mean.append(meant.get(meaning.key(row["text"]), np.zeros(meaning.SIZE, np.float16)))
    ids, ends = zip(*said) if said else ((), ())
    return dict(seg=np.array(seg, np.int32).reshape(-1, 2), target=np.array(target, np.int8).reshape(-1, 6),
                phones=np.array(phones, np.int16), phone_len=np.array(length, np.int32),
                words=np.concatenate([*ids, np.zeros(0, np.int16)]), word_len=np.array([len(i) for i in ids], np.int32),
                word_end=np.concatenate([*ends, np.zeros(0, np.float32)]),
                meaning=np.array(mean, np.float16).reshape(-1, meaning.SIZE))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--streams", type=int, default=100)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--first", type=int, default=0)
    p.add_argument("--split", default="train")
    p.add_argument("--model", help="model file with the codebooks")
    p.add_argument("--clean", action="store_true", help="little noise, no rooms: to begin with")
    p.add_argument("--light", type=float, default=0, help="share of streams from near and undisturbed speakers")
    p.add_argument("--raw", help="write the audio to this file instead of tokens")
    p.add_argument("--earshot", default=os.environ.get("EARSHOT", "earshot"))
    o = p.parse_args()
    if any(speak_split.strays(speak_split.SETS)[1].values()):
        sys.exit("clips of the training split say what held-out clips say: run speak_split.py first")
    clips, noises, rooms = Clips(o.split), load_noise(o.split, "noise"), load_noise(o.split, "rir")
    known, meant = words.vocabulary(SETS), meaning.known()
    os.makedirs(shard.cache("tokens"), exist_ok=True)
    raw = open(o.raw, "wb") if o.raw else None
    for i in range(o.first, o.first + o.streams):
        path = shard.cache("tokens", f"{o.split}-{'clean' if o.clean else 'mix'}{o.seed}-{i:04d}.npz")
        if not raw and os.path.exists(path):
            continue
        rng = np.random.default_rng([o.seed, i])
        audio, segments = stream(clips.begin(rng), noises, rooms, rng, o.clean, o.light > 0 and rng.random() < o.light)
        if raw:
            raw.write((np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes())
            continue
        ids = tokenize(audio, o.earshot, o.model)
        with open(path + ".part", "wb") as f:
            np.savez(f, ids=ids.astype(np.uint16), **annotate(segments, len(ids), known, meant))
        os.replace(path + ".part", path)
        shard.progress(i + 1 - o.first, o.streams, f"{len(segments)} clips")


if __name__ == "__main__":
    sys.exit(main())
