#!/usr/bin/python3
"""The templates that sentences are composed from (infer/train/frames): each can be read, in all its choices,
and has a number of its own; plain sentences and where they come from; and what labels teach. `test_frames.py ROOT`;
plain Python."""

import os
import random
import sys

sys.path.insert(0, os.path.join(sys.argv.pop(1), "infer", "train"))
sys.dont_write_bytecode = True
import unittest

import text_books
import text_grammar as grammar
import text_near
from labels import LABELS, UNLABELLED, target_of


class Frames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.frames = grammar.frames()

    def test_readings(self):
        rng = random.Random(1)
        for _, label, template, weight, _ in self.frames:
            text = grammar.tidy(grammar.expand(template, rng), rng)
            self.assertNotRegex(text, r"[][{}|]|  ", template)
            self.assertTrue(1 <= len(text.split()) <= 30 and weight > 0, template)

    def test_labels(self):
        counts = {label: sum(f[1] == label for f in self.frames) for label in grammar.LABELS.values()}
        self.assertGreater(min(counts.values()), 2000)
        hostile = sum(counts[h] for h in ("threat", "order", "abuse", "hate"))
        self.assertTrue(.4 < hostile / len(self.frames) < .6, counts)

    def test_held_out(self):
        held = sum(grammar.split_of(f[0]) == "dev" for f in self.frames) / len(self.frames)
        self.assertAlmostEqual(held, grammar.DEV_PERCENT / 100, 2)

    def test_numbers(self):
        first = grammar.number_of("T one", {})
        self.assertEqual(grammar.number_of("T one", {}), first)
        other = grammar.number_of("T one", {first})
        self.assertNotEqual(other, first)
        self.assertNotIn(grammar.number_of("T one", {first, other}), (first, other))


class Sentences(unittest.TestCase):
    def test_compose(self):
        rows = grammar.compose(share=.002)
        self.assertEqual(rows, grammar.compose(share=.002))
        self.assertEqual(len(rows), len({grammar.words(r["text"]) for r in rows}))
        for row in rows:
            self.assertEqual(row["split"], grammar.split_of(row["frame"]))

    def test_tidy(self):
        rng = random.Random(1)
        self.assertEqual(grammar.tidy("a apple , a unicorn  and an dog?", rng), "An apple, a unicorn and a dog?")
        self.assertEqual(grammar.words("Don't, EVER!"), "don't ever")


class Targets(unittest.TestCase):
    def test_words(self):
        self.assertEqual(target_of("threat,order", "")[:4], [int(name in ("threat", "order")) for name in LABELS[:4]])
        self.assertEqual(target_of("benign", "0.0"), [0] * 5 + [1])

    def test_voice(self):  # the voice is known where a recording says so, and of calm or hostile synthetic ones
        voice = lambda label, effort: target_of(label, effort)[4]
        self.assertEqual([voice("threat", e) for e in ("0.00", "0.30", "0.90", "")], [0, -1, 1, -1])
        self.assertEqual([voice("benign", e) for e in ("0.00", "0.30", "0.90", "")], [0, -1, -1, 0])
        self.assertEqual([voice(name, "") for name in ("abuse,aggressive", "aggressive", "callout", "benign,lively")], [1, 1, -1, -1])

    def test_unlabelled(self):  # nothing is taught of a sentence that nobody read, but that a calm voice is calm
        self.assertEqual([target_of(UNLABELLED, e) for e in ("0.00", "0.90")], [[-1] * 4 + [0, 1], [-1] * 5 + [1]])


class Near(unittest.TestCase):
    def test_likely(self):
        for line in ("Go home.", "Why, isn't that yours?", "I'm not well-read."):
            self.assertTrue(text_near.likely(line), line)
        for line in ("Go.", "go home.", "He has 3 cats.", '"Yes," he said.', "The FBI came.", "See example.com now.", "Really " * 12 + "now."):
            self.assertFalse(text_near.likely(line), line)

    def test_renamed(self):
        self.assertEqual(text_near.renamed("Go home."), "Go home.")
        other = text_near.renamed("Tom has left Boston.")
        self.assertEqual(other, text_near.renamed("Tom has left Boston."))
        self.assertNotRegex(other, "Tom|Boston")

    def test_near(self):
        near = text_near.Near(["I will break your legs tonight.", "Hi!"]).near
        self.assertEqual([near(s) for s in ("I will break your legs.", "Hi.", "Tom, I will break your legs tonight!")], [True] * 3)
        self.assertEqual([near(s) for s in ("I will break your record tonight, legs!", "I will read your letter tonight.", "", "Tom!")], [True, False, False, False])

    def test_all_pairs(self):  # the filter finds what looking at all pairs finds
        rng = random.Random(1)
        draw = lambda: " ".join(rng.sample("abcdefgh", rng.randint(1, 6)))
        held = [draw() for _ in range(30)]
        for text in (draw() for _ in range(300)):
            a = set(text.split())
            want = any(len(a & set(h.split())) >= text_near.LIKE * len(a | set(h.split())) for h in held)
            self.assertEqual(text_near.Near(held).near(text), want, text)


class Books(unittest.TestCase):
    def test_novel(self):
        page = """<p>“Who’s there?” he <i>said</i>. “Stand—<a href="#n" epub:type="noteref">1</a> still, or I <em>fire</em>, and”</p>
<p>Nobody spoke.</p>"""
        said = [s for u in text_books.spoken(page) for s in text_books.sentences(u)]
        self.assertEqual(said, ["Who's there?", "Stand, still, or I fire, and."])

    def test_play(self):
        page = """<tr><td epub:type="z3998:persona">Ann</td><td><i epub:type="z3998:stage-direction">rising</i> Go. Do not
come back!</td></tr><tr><td epub:type="z3998:persona">Bob</td><td><p>I will.</p><p>Tomorrow.</p></td></tr>"""
        self.assertEqual(text_books.spoken(page), ["Go. Do not come back!", "I will.", "Tomorrow."])

    def test_pairs(self):
        self.assertEqual(list(text_books.sentences("go away. you hear me?")), ["Go away.", "You hear me?", "Go away. you hear me?"])


if __name__ == "__main__":
    unittest.main()
