"""Which plain sentences may be learned from: those that a voice can say, and none that nearly says what a
held-out sentence says. Called by text_plain.py and tests/train/test_frames.py; plain Python.
"""
import collections
import math
import random
import re

from text_grammar import core
from text_slots import SLOTS

LIKE = .75  # share of common words from which on two sentences are near duplicates, as corpus/text has it
WORDS = range(2, 13)
WORN = {"Tom": SLOTS["name"], "Mary": SLOTS["name"], "John": SLOTS["name"], "Boston": ("London", "town", "Leeds", "Ohio")}


def likely(line):
    """Whether it is one short act of speech, of letters only."""
    return (bool(re.fullmatch(r"[A-Z][A-Za-z',.?!; -]+[.?!]", line)) and len(line.split()) in WORDS
            and not re.search(r"\b[A-Z]{2,}\b|\.[A-Za-z]|[.?!][^ ].", line))


def renamed(line):
    """The sentence with others for the names that are in every tenth one; the same each time."""
    rng = random.Random(line)
    return re.sub(rf"\b({'|'.join(WORN)})\b", lambda m: rng.choice(WORN[m.group()]), line)


class Near:
    """Sentences, and whether another is near one of them: |A and B| >= LIKE |A or B|. Two such sets share one of
    their rarest words, so that few pairs need to be looked at (prefix filter; Chaudhuri et al., 2006)."""

    def __init__(self, texts):
        sets = {frozenset(core(t).split()) for t in texts} - {frozenset()}
        self.count = collections.Counter(w for s in sets for w in s)
        self.at = collections.defaultdict(list)
        for s in sets:
            for w in self.rarest(s):
                self.at[w].append(s)

    def rarest(self, s):
        return sorted(s, key=lambda w: (self.count[w], w))[:len(s) - math.ceil(LIKE * len(s)) + 1]

    def near(self, text):
        s = frozenset(core(text).split())
        return any(len(s & t) >= LIKE * len(s | t) for w in self.rarest(s) for t in self.at.get(w, ()))
