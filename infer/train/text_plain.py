"""Plain sentences that nobody labelled, chosen to be spoken: they widen what the network knows of the
language, and judge.py says how hostile each of them is.

  text_plain.py FILE [OUT] [--most N] [--origin NAME]

FILE holds one sentence a line, as its author wrote it; OUT ($EARSHOT_CACHE/plain.tsv) is a table for
speak.py --set plain. Half of the sentences speak to somebody, as far as there are so many. Run it after
speak_real.py, so that it knows all that is held out; sentences that text.py has are left out too.
"""
import argparse
import collections
import hashlib
import random
import re

import labels
import speak_shard
import text
import text_grammar
import text_near

SPOKEN, MEASURED = ("speech", "spoken", "benign", "talk", "hostile", "aggressive"), ("real", "queen", "unseen")
TO_SOMEBODY = re.compile(r"\b(you|your|yours|yourself|i'll|let's|don't|we'll)\b")


def known():
    """(held-out sentences, words of all sentences) of the table and the clips."""
    rows = speak_shard.read_table(speak_shard.cache("text.tsv"))
    for name in SPOKEN + MEASURED:
        folder = speak_shard.cache("clips", name)
        for table in speak_shard.tables(folder):
            rows += [dict(r, split="dev") if name in MEASURED else r for r in speak_shard.read_table(f"{folder}/{table}.tsv")]
    return [r["text"] for r in rows if r["split"] != "train"], {text_grammar.words(r["text"]) for r in rows}


def chosen(lines, most):
    """({whether to somebody: sentences}, how many were left out and why)"""
    held, taken = known()
    held, kept, out = text_near.Near(held), {True: [], False: []}, collections.Counter()
    for line in sorted(lines, key=lambda s: hashlib.sha256(s.encode()).digest()):
        line = text_near.renamed(line)
        said, to = text_grammar.words(line), bool(TO_SOMEBODY.search(line.lower()))
        if not text_near.likely(line):
            out["unlikely"] += 1
        elif said in taken:
            out["known"] += 1
        elif held.near(line):
            out["near a held-out one"] += 1
        elif len(kept[to]) < most // 2:
            taken.add(said)
            kept[to].append(line)
    return kept, out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file")
    p.add_argument("out", nargs="?", default=speak_shard.cache("plain.tsv"))
    p.add_argument("--most", type=int, default=70000)
    p.add_argument("--origin", default="plain")
    o = p.parse_args()
    with open(o.file, encoding="utf-8", errors="replace") as f:
        kept, out = chosen({line.strip() for line in f}, o.most)
    rows = [{"id": hashlib.sha256(f"{labels.UNLABELLED}\t{t}".encode()).hexdigest()[:12], "text": t,
             "label": labels.UNLABELLED, "origin": o.origin, "frame": 0, "split": "train"} for t in kept[True] + kept[False]]
    random.Random(1).shuffle(rows)
    speak_shard.write_table(o.out, text.COLUMNS, rows)
    print(f"{len(kept[True])} sentences to somebody and {len(kept[False])} others; left out:", dict(out))


if __name__ == "__main__":
    main()
