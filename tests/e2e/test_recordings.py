#!/usr/bin/python3
"""The recordings of tests/data come out as their manifest says; every file of it is
there, named once, with a licence."""

import os
import unittest

from harness import DATA, manifest, scan


class Recordings(unittest.TestCase):
    def test_flags(self):
        rows = manifest()
        results = scan(*(r["path"] for r in rows))
        wrong = [f"{r['file']}: {'hostile' if s['hostile'] else 'quiet'}, not {r['expected']}: "
                 f"{s['peak']} {r['text']}" for r, s in zip(rows, results)
                 if s["error"] or s["hostile"] != (r["expected"] == "hostile")]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_manifest(self):
        rows = manifest()
        names = [r["file"] for r in rows]
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual(set(names), {n for n in os.listdir(DATA) if n.endswith(".opus")})
        self.assertTrue(all(r["licence"] and r["source"] for r in rows))
        self.assertEqual({r["expected"] for r in rows}, {"hostile", "quiet"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
