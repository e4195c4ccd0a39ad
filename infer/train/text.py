"""Write the sentences the detector learns from, as one table.

  text.py CORPUS [OUT]

CORPUS is the folder with text/sentences.tsv; OUT defaults to $EARSHOT_CACHE/text.tsv. Columns:
  id      first 12 hex digits of the hash of label and text
  text    the sentence, as it is to be spoken
  label   threat, abuse, hate, order, benign, hard_negative
  origin  `grammar` or the source's name
  frame   number of the template, 0 for public sentences
  split   train or dev, by whole frame (grammar) or as the source says
The order is the order of speaking: labels are mixed, so that any first part is balanced.
"""
import argparse
import collections
import hashlib
import random

import speak_shard
import text_corpus
import text_grammar

COLUMNS = ("id", "text", "label", "origin", "frame", "split")


def mixed(rows, seed=1):
    """Grammar first (it is what no corpus has), hostile and harmless in turn, then the rest."""
    rng = random.Random(seed)
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row["origin"] != "grammar"].append(row)
    out = []
    for later in sorted(groups):
        rng.shuffle(groups[later])
        harmless = [r for r in groups[later] if r["label"] in ("benign", "hard_negative")]
        hostile = [r for r in groups[later] if r["label"] not in ("benign", "hard_negative")]
        step = len(harmless) / max(len(hostile), 1)
        order = [(i * step, r) for i, r in enumerate(hostile)]
        order += list(enumerate(harmless))
        out += [r for _, r in sorted(order, key=lambda pair: pair[0])]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("out", nargs="?", default=speak_shard.cache("text.tsv"))
    args = parser.parse_args()
    rows, taken = [], {}
    for row in text_grammar.compose() + text_corpus.sentences(args.corpus):
        if taken.setdefault(text_grammar.words(row["text"]), row) is row:
            key = row["label"] + "\t" + row["text"]
            rows.append(dict(row, id=hashlib.sha256(key.encode()).hexdigest()[:12]))
    speak_shard.write_table(args.out, COLUMNS, mixed(rows))
    counts = collections.Counter((r["label"], r["origin"] == "grammar", r["split"]) for r in rows)
    for (label, grammar, split), n in sorted(counts.items()):
        print(f"{label:14s} {'grammar' if grammar else 'public':8s} {split:6s} {n:6d}")


if __name__ == "__main__":
    main()
