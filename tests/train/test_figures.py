#!/usr/bin/python3
"""The figures of the model's card: intervals.py on counts and scores whose answers are known, and the table
of speak_games.py. `test_figures.py ROOT`; plain Python, so that it runs without what training needs."""

import os
import random
import struct
import sys

sys.path.insert(0, os.path.join(sys.argv.pop(1), "infer", "train"))
sys.dont_write_bytecode = True
import unittest

import game_files
from intervals import auc, wilson

TABLE = os.path.join(os.path.dirname(game_files.__file__), "speak_games.tsv")
LABELS = {"threat", "abuse", "hate", "order", "benign", "hard_negative", "aggressive", "callout", "lively", "-"}


class Shares(unittest.TestCase):
    def test_wilson(self):  # Newcombe (1998), table I: 81 of 263, and the ends
        p, low, high = wilson(81, 263)
        self.assertAlmostEqual(p, .3080, 4)
        self.assertAlmostEqual(low, .2553, 4)
        self.assertAlmostEqual(high, .3662, 4)
        self.assertEqual(wilson(0, 9)[1], 0)
        self.assertEqual(wilson(0, 0)[1:], (0, 1))


class Areas(unittest.TestCase):
    def test_order(self):
        self.assertEqual(auc([.9, .8], [.1, .2, .3])[0], 1)
        self.assertEqual(auc([.1], [.2, .3])[0], 0)
        self.assertEqual(auc([.9, .2], [.1, .5])[0], .75)

    def test_ties_count_half(self):
        self.assertEqual(auc([.5, .5], [.5])[0], .5)
        self.assertEqual(auc([.5, 1], [.5, 0])[0], .875)

    def test_pairs_one_by_one(self):
        rng = random.Random(3)
        high, low = ([round(rng.gauss(m, 1), 1) for _ in range(n)] for m, n in ((.8, 40), (0, 70)))
        won = sum((a > b) + .5 * (a == b) for a in high for b in low)
        self.assertAlmostEqual(auc(high, low)[0], won / len(high) / len(low), 12)

    def test_interval(self):  # Hanley and McNeil (1982): 0.893 of 51 and 58 images has a standard error of 0.032
        high = [1] * 51
        low = [0] * 51 + [1] * 2 + [2] * 5
        area, lower, upper = auc(high, low)
        self.assertAlmostEqual(area, .8966, 4)
        self.assertAlmostEqual((upper - lower) / 2 / 1.96, .0315, 3)

    def test_none(self):
        self.assertEqual(auc([], [1])[1:], (0, 1))


class Games(unittest.TestCase):
    def test_table(self):
        with open(TABLE, encoding="utf-8") as f:
            rows = [line.rstrip("\n").split("\t") for line in f]
        self.assertEqual(rows.pop(0), ["game", "clip", "label", "text"])
        self.assertEqual(len(rows), len({(game, clip) for game, clip, _, _ in rows}))
        for row in rows:
            self.assertTrue(set(row[2].split(",")) <= LABELS, row)
            self.assertEqual(bool(row[3]), row[0] == "hedgewars", row)

    def test_archive(self):
        entry = lambda name, place, size: name.ljust(12, b"\0") + b"\1" + struct.pack(">II", place, size)
        head = b"QTBL" + b"CEM10\0\0\0\1" + struct.pack(">H", 2)
        files = game_files.archive(head + entry(b"A.SB", 57, 2) + entry(b"B.CUT", 59, 3) + b"xyabc")
        self.assertEqual(files, {"A.SB": b"xy", "B.CUT": b"abc"})
        with self.assertRaisesRegex(ValueError, "QTBL"):
            game_files.archive(b"RIFF" + bytes(60))

    def test_parts(self):  # a direction at the start makes an empty first part, which is counted
        self.assertEqual(game_files.parts("*FLHey, over here!*01"), [(2, "Hey, over here!")])
        self.assertEqual(game_files.parts("Yes.*01Who are you?*01"), [(1, "Yes."), (2, "Who are you?")])


if __name__ == "__main__":
    unittest.main()
