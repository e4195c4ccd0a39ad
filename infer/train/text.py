"""Write the sentences the detector learns from, as one table.

  text.py CORPUS [OUT] [--share F]

CORPUS is the folder with text/sentences.tsv; OUT defaults to $EARSHOT_CACHE/text.tsv. Columns:
  id      first 12 hex digits of the hash of label and text
  text    the sentence, as it is to be spoken
  label   threat, abuse, hate, order, benign, hard_negative
  origin  `grammar`, `short`, `said` or the source's name
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
    """Hostile and harmless, composed and public, in even turns."""
    random.Random(seed).shuffle(rows)
    groups = collections.defaultdict(list)
    for row in rows:
        hostile = row["label"] not in ("benign", "hard_negative")
        groups[row["frame"] == 0, hostile].append(row)
    places = [((at + 0.5) / len(group), row) for group in groups.values()
              for at, row in enumerate(group)]
    return [row for _, row in sorted(places, key=lambda place: place[0])]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("out", nargs="?", default=speak_shard.cache("text.tsv"))
    parser.add_argument("--share", type=float, default=1, help="of the composed sentences; one of each frame at the least")
    args = parser.parse_args()
    rows, taken = [], {}
    for row in text_grammar.compose(share=args.share) + text_corpus.sentences(args.corpus):
        if taken.setdefault(text_grammar.words(row["text"]), row) is row:
            key = row["label"] + "\t" + row["text"]
            rows.append(dict(row, id=hashlib.sha256(key.encode()).hexdigest()[:12]))
    speak_shard.write_table(args.out, COLUMNS, mixed(rows))
    counts = collections.Counter((r["label"], r["frame"] > 0, r["split"]) for r in rows)
    for (label, grammar, split), n in sorted(counts.items()):
        print(f"{label:14s} {'grammar' if grammar else 'public':8s} {split:6s} {n:6d}")


if __name__ == "__main__":
    main()
