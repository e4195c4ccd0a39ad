#!/usr/bin/python3
"""One recording, one result: whatever the pace, the hop, the number of workers, the
company and the kernel, the same tokens and the same bits of every score; and the
daemon says what `earshot scan` says."""

import json
import os
import subprocess
import unittest

from harness import MODEL, TOOL, World, check_one, manifest, scan, silence
from test_flow import hostile_pcm


def windows(*args):
    """(file, end of window) to its scores, as printed: 9 digits name a float32."""
    return {(r["file"], w["end_s"]): json.dumps((w["speech"], w["scores"]))
            for r in scan("--scores", *args) for w in r["windows"]}


def some(n):
    rows = manifest()
    return [r["path"] for r in rows[::max(1, len(rows) // n)]][:n]


class Same(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = some(6)
        cls.plain = windows(*cls.files)

    def test_paced(self):
        self.assertEqual(windows("--paced", *self.files), self.plain)

    def test_workers_and_company(self):
        self.assertEqual(windows("--workers", "1", "--side-by-side", "1", *self.files), self.plain)
        self.assertEqual(windows("--workers", "2", *self.files, *self.files), self.plain)
        alone = {}
        for f in self.files:
            alone.update(windows(f))
        self.assertEqual(alone, self.plain)

    def test_hops(self):
        every = windows("--hop", "1", *self.files)
        eighth = windows("--hop", "8", *self.files)
        self.assertGreater(len(every), 3 * len(self.plain))
        self.assertEqual({k: every[k] for k in self.plain}, self.plain)
        self.assertEqual({k: self.plain[k] for k in eighth}, eighth)

    def test_plain_c(self):
        self.assertEqual(windows("--kernel", "ref", *self.files[:2]),
                         windows(*self.files[:2]))

    def test_tokens(self):
        def tokens(*args):
            return subprocess.run([TOOL, "tokens", "--model", MODEL, *args], check=True,
                                  capture_output=True).stdout
        with World() as w:
            for f in self.files[:2]:
                with open(w.path("list"), "w", encoding="utf-8") as out:
                    out.write(f + "\n")
                self.assertEqual(tokens(f), tokens("--list", w.path("list")))
                self.assertGreater(len(tokens(f)), 100)

    def test_daemon_says_what_scan_says(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            path = w.wav("h.wav", silence(1) + hostile_pcm() + silence(5))
            told = scan(path)[0]
            event = told["events"][0]
            scores = {x["end_s"]: x["scores"] for x in scan("--scores", path)[0]["windows"]}
            first = next(s for at, s in scores.items() if abs(at - event["start_s"]) < 0.001)
            off = []
            while len(off) < 5 and min(off, default=1) >= 0.1:  # a busy machine hears bits of it late, now and then
                start, end = self.flagged(w, broker, c, path)
                self.assertEqual((end["label"], end["peak"]), (event["label"], event["peak"]))
                self.assertEqual(start["scores"], {k: round(v, 4) for k, v in first.items()})
                off.append(abs(end["duration_ms"] / 1e3 - (event["end_s"] - event["start_s"])))
            self.assertLess(min(off), 0.1)

    def flagged(self, w, broker, c, path):
        """Start and end of what a daemon says of it."""
        mark = c.mark()
        d = w.daemon(w.settings(broker.port, {"a": {"url": "file:" + path}}))
        d.ready()
        end = c.wait(lambda m: m.topic.endswith("/a/event") and m.json["event_type"] == "end", start=mark).json
        self.assertEqual(d.stop(), 0)
        os.remove(d.notify.path)
        return c.on("/a/event", mark)[0].json, end


class Scan(unittest.TestCase):
    def test_what_cannot_be_read(self):
        with World() as w:
            with open(w.path("bad.wav"), "wb") as f:
                f.write(b"no recording at all" * 100)
            good = some(1)[0]
            done = subprocess.run([TOOL, "scan", "--json", "--model", MODEL, w.path("none.wav"), good,
                                   w.path("bad.wav")], capture_output=True, text=True)
            lines = [check_one(json.loads(x)) for x in done.stdout.splitlines()]
            self.assertEqual(done.returncode, 65)
            self.assertEqual([x["error"] is None for x in lines], [False, True, False])
            self.assertEqual([x["file"] for x in lines],
                             [w.path("none.wav"), good, w.path("bad.wav")])
            self.assertIn("none.wav", done.stderr)

    def test_quiet_behind(self):  # a recording that is cut off is heard as if half a second of quiet followed
        with World() as w:
            pcm = hostile_pcm()[:48000]
            cut, longer = windows(w.wav("cut.wav", pcm)), windows(w.wav("longer.wav", pcm + bytes(64000)))
            length = len(pcm) / 32000
            heard = {end: x for (_, end), x in longer.items() if end <= length + .5}
            self.assertEqual({end: x for (_, end), x in cut.items()}, heard)
            self.assertGreater(max(heard), length + .3)

    def test_exit_codes(self):
        for code, args in ((64, ["scan"]), (64, ["nothing"]), (64, ["scan", "--hop", "99", "x"]),
                           (66, ["scan", "--model", "none.gguf", "x"]), (66, ["features", "none"]),
                           (65, ["model", "info", __file__]), (0, ["--help"]), (0, ["scan", "--help"])):
            args = args + (["--model", MODEL] if args[:1] == ["scan"] and "--model" not in args else [])
            done = subprocess.run([TOOL, *args], capture_output=True, stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, code, (args, done.stderr))


if __name__ == "__main__":
    unittest.main(verbosity=2)
