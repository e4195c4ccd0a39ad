"""Make the splits of the spoken sets agree: what is `dev` in one set is `dev` in all.

  speak_split.py [SET ...]

The sets (`speech` and `spoken` unless named) share public sentences, and each came with its own
split. Sentences count as the same when only names and groups of people differ. Run it after
speaking; running it again changes nothing. mix.py refuses sets where it was forgotten.
"""
import collections
import os
import sys

import speak_shard
from text_grammar import core

SETS = ("speech", "spoken")


def strays(names):
    """{path: rows} of all shards, and {path: those rows of them that train on a held-out sentence}."""
    paths = [os.path.join(folder, shard + ".tsv") for folder in (speak_shard.cache("clips", n) for n in names)
             for shard in speak_shard.tables(folder)]
    tables = {path: speak_shard.read_table(path) for path in paths}
    dev = {core(row["text"]) for rows in tables.values() for row in rows if row["split"] == "dev"}
    return tables, {path: [row for row in rows if row["split"] == "train" and core(row["text"]) in dev]
                    for path, rows in tables.items()}


def main():
    tables, found = strays(sys.argv[1:] or SETS)
    moved = collections.Counter()
    for path, rows in found.items():
        for row in rows:
            row["split"] = "dev"
        if rows:
            speak_shard.write_table(path, speak_shard.COLUMNS, tables[path])
        moved[os.path.dirname(path)] += len(rows)
    for folder, count in moved.items():
        print(f"{count} clips of {os.path.basename(folder)} moved to dev")


if __name__ == "__main__":
    main()
