"""Speak a table of sentences (text.py) into shards of training audio.

  speak.py [TABLE] [--set NAME] [--takes N] [--classic PERCENT] [--jobs N] [--limit N]

TABLE defaults to $EARSHOT_CACHE/text.tsv, the shards go to $EARSHOT_CACHE/clips/NAME (`speech`) in
the format of speak_shard.py. Every sentence is spoken --takes times by hibari, and a share of them
once more by a classic engine. Voice, rate, pitch, effort and level depend on the sentence's id and
the take only, never on its label. A run that was stopped goes on where it was; `id` of a clip is
the sentence's id, a dot and the take (hN by hibari, cN by a classic engine).
"""
import argparse
import fcntl
import hashlib
import multiprocessing
import os
import random
import sys
import time

import numpy as np

import speak_classic
import speak_hibari
import speak_phones
import speak_shard
import speak_sound

CLIPS_A_SHARD = 500
RAISED = 0.3


def utterance(row, take):
    """One sentence, spoken: (columns of the shard, samples) or None where an engine fails."""
    rng = random.Random(f"{row['id']}.{take}")
    effort = rng.uniform(0.3, 1.0) if rng.random() < RAISED else 0.0
    text = speak_phones.plain(row["text"])
    chunks = speak_hibari.engine().phonemize(text)
    if take.startswith("h"):
        settings = speak_hibari.draw(rng)
        audio, rate = speak_hibari.say(chunks, settings, effort), speak_hibari.RATE
        voice, shift = speak_hibari.name(settings), 1.0
    else:
        settings = speak_classic.draw(rng)
        audio, rate = speak_classic.say(text, settings, effort)
        voice, shift = speak_classic.name(settings), settings["shift"]
    if len(audio) < rate // 5 or not np.isfinite(audio).all():
        return None
    audio = speak_sound.raise_voice(speak_sound.to_rate(audio, rate, shift), effort)
    audio = speak_sound.level(speak_sound.trim(audio))
    return dict(row, id=f"{row['id']}.{take}", voice=voice, phonemes=" ".join(chunks),
                effort=f"{effort:.2f}"), speak_shard.to_int16(audio)


def shard(job):
    """Speak one shard; returns how many clips and how many seconds it holds."""
    folder, name, work = job
    pairs = []
    for row, take in work:
        try:
            pair = utterance(row, take)
        except Exception as why:
            print(f"{row['id']}.{take}: {why!r}", file=sys.stderr, flush=True)
            continue
        if pair:
            pairs.append(pair)
    return len(work), speak_shard.write(folder, name, pairs)


def has_classic(row, percent):
    """True for a fixed share of the sentences."""
    return int(hashlib.sha256(row["id"].encode()).hexdigest()[:8], 16) % 100 < percent


def wanted(rows, takes, percent):
    """(row, take) in the order of speaking: the first take of all, then the next."""
    for take in range(takes):
        for row in rows:
            yield row, f"h{take}"
            if has_classic(row, percent) and take == 0:
                yield row, f"c{take}"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", nargs="?", default=speak_shard.cache("text.tsv"))
    parser.add_argument("--set", default="speech")
    parser.add_argument("--takes", type=int, default=1)
    parser.add_argument("--classic", type=int, default=25, metavar="PERCENT")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=int, help="clips")
    args = parser.parse_args()
    folder = speak_shard.cache("clips", args.set)
    os.makedirs(folder, exist_ok=True)
    alone = os.open(folder, os.O_RDONLY)  # two would give their shards the same numbers
    try:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"another speak.py writes {folder}: wait for it")
    have = speak_shard.ids(folder)
    work = [(row, take) for row, take in wanted(speak_shard.read_table(args.table), args.takes,
                                                args.classic)
            if f"{row['id']}.{take}" not in have][:args.limit]
    first = 1 + max((int(name) for name in speak_shard.tables(folder)), default=-1)
    jobs = [(folder, f"{first + i:04d}", work[at:at + CLIPS_A_SHARD])
            for i, at in enumerate(range(0, len(work), CLIPS_A_SHARD))]
    start, done, seconds = time.monotonic(), 0, 0.0
    with multiprocessing.get_context("spawn").Pool(args.jobs) as pool:
        for count, length in pool.imap_unordered(shard, jobs):
            done, seconds = done + count, seconds + length
            spent = time.monotonic() - start
            speak_shard.progress(done, len(work), f"{seconds / 3600:.2f} h spoken, "
                                 f"{seconds / spent:.0f} x real time, "
                                 f"{spent / done * (len(work) - done) / 60:.0f} min left")
    speak_shard.totals(folder)


if __name__ == "__main__":
    main()
