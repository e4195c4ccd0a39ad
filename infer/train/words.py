"""The words of a clip and when each ends: what train.py's auxiliary word task learns from.

A sentence's phonemes have a space between words, so the share of phonemes before a word's end says,
near enough, how far into the clip that is. The vocabulary is the SIZE words that most clips hold,
in $EARSHOT_CACHE/words.txt, made once; it is not in the model file.
"""
import collections
import os
import re

import numpy as np

import speak_shard as shard
from labels import PHONES

SIZE = 1000


def spelled(text):
    """Lower-case words without punctuation."""
    words = (re.sub(r"[^a-z']", "", w.replace("’", "'")).strip("'") for w in re.split(r"[\s—-]+", text.lower()))
    return [w for w in words if w]


def phones(text):
    """A clip's phonemes as ids of PHONES."""
    return [PHONES.index(c) for c in text.replace("ɐ", "ə") if c in PHONES]


def vocabulary(sets):
    """{word: id}, from the file, or from the training clips of these sets where there is none."""
    path = shard.cache("words.txt")
    if not os.path.exists(path):
        rows = (r for name in sets for table in shard.tables(shard.cache("clips", name))
                for r in shard.read_table(shard.cache("clips", name, table + ".tsv")))
        count = collections.Counter(w for r in rows if r["split"] == "train" for w in set(spelled(r["text"])))
        part = f"{path}.{os.getpid()}.part"  # another mix.py may be at it too
        with open(part, "w", encoding="utf-8") as f:
            f.writelines(w + "\n" for w, _ in count.most_common(SIZE))
        os.replace(part, path)
    with open(path, encoding="utf-8") as f:
        return {w: i for i, w in enumerate(f.read().split())}


def ends(row, known):
    """(ids, ends) of a clip's words: -1 for those not in the vocabulary, ends as shares of its
    length. Both are empty where text and phonemes do not have the same number of words."""
    said = [n for n in (len(phones(w)) for w in row["phonemes"].split()) if n]
    words = spelled(row["text"])
    if not words or len(words) != len(said):
        return np.zeros(0, np.int16), np.zeros(0, np.float32)
    at = np.cumsum(said)
    return np.array([known.get(w, -1) for w in words], np.int16), (at / at[-1]).astype(np.float32)
