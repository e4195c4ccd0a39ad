#!/usr/bin/python3
"""The tool's own forms: text, .npy, packed dialogue, lists, standard input, a broker."""

import ast
import hashlib
import json
import os
import shutil
import struct
import subprocess
import tempfile
import unittest

from harness import MODEL, PATIENCE_S, SCHEMAS, TOOL, World, check_one, decode, manifest, model_with_curve, scan, schema

GOLDEN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden")


def tool(*args, code=0, **kw):
    done = subprocess.run([TOOL, *args], capture_output=True, **({"stdin": subprocess.DEVNULL} | kw))
    assert done.returncode == code, (args, done.returncode, done.stderr)
    return done.stdout


def read(path):
    with open(path, "rb") as f:
        return f.read()


def npy(raw):
    """Type, shape and bytes of a .npy array."""
    assert raw[:8] == b"\x93NUMPY\x01\x00"
    size = 10 + struct.unpack("<H", raw[8:10])[0]
    head = ast.literal_eval(raw[10:size].decode())
    assert not head["fortran_order"] and size % 64 == 0
    return head["descr"], head["shape"], raw[size:]


class Forms(unittest.TestCase):
    def setUp(self):
        self.files = [r["path"] for r in manifest()[:3]]
        self.pcm = [decode(f) for f in self.files]

    def test_features(self):
        text = tool("features", self.files[0])
        rows = [[float(x) for x in line.split(b"\t")] for line in text.splitlines()]
        kind, shape, raw = npy(tool("features", "--npy", self.files[0]))
        self.assertEqual((kind, shape), ("<f4", (len(rows), 16)))
        numbers = struct.unpack(f"<{16 * len(rows)}f", raw)
        self.assertEqual([x for r in rows for x in r],
                         [float(f"{x:.9g}") for x in numbers])
        with World() as w:
            self.assertEqual(tool("features", "-", stdin=None, input=self.pcm[0]),
                             tool("features", w.wav("a.wav", self.pcm[0])))

    def test_array_whose_header_ends_early(self):
        for end in (b"<", b"<u", b"<i3", b"", b"|u1"):
            head = b"{'fortran_order': False, 'shape': (200, 2), 'descr': '" + end
            raw = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + b"A" * 5000
            tool("infer", "--model", MODEL, "-", code=65, stdin=None, input=raw)

    def test_list_with_index(self):
        with World() as w:
            paths = [w.wav(f"{i}.wav", pcm) for i, pcm in enumerate(self.pcm)]
            with open(w.path("list"), "w", encoding="utf-8") as f:
                f.write("".join(f"{p}\tsomething more\n\n" for p in paths))
            tool("features", "--npy", "--list", w.path("list"), "--out", w.path("all.npy"),
                 "--index", w.path("index"))
            with open(w.path("all.npy"), "rb") as f:
                _, shape, raw = npy(f.read())
            with open(w.path("index"), encoding="utf-8") as f:
                index = [line.rstrip("\n").split("\t") for line in f]
            self.assertEqual([i[2] for i in index], paths)
            self.assertEqual(sum(int(i[1]) for i in index), shape[0])
            for (first, n, _), path in zip(index, paths):
                alone = npy(tool("features", "--npy", path))[2]
                self.assertEqual(raw[64 * int(first):64 * (int(first) + int(n))], alone)

    def test_packed_is_a_dialogue(self):
        with World() as w:
            alone = [npy(tool("tokens", "--model", MODEL, "--npy", w.wav("a.wav", pcm)))
                     for pcm in self.pcm]
        p = subprocess.Popen([TOOL, "tokens", "--model", MODEL, "--packed"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE)
        for pcm, (kind, shape, raw) in zip(self.pcm, alone):
            self.assertEqual(kind, "<u2")
            p.stdin.write(struct.pack("<I", len(pcm) // 2) + pcm)
            p.stdin.flush()
            n = struct.unpack("<I", p.stdout.read(4))[0]
            self.assertEqual((n, p.stdout.read(2 * n * shape[1])), (shape[0], raw))
        p.stdin.write(struct.pack("<I", 1000) + b"cut")
        p.stdin.close()
        self.assertEqual(p.wait(PATIENCE_S), 65)
        p.stdout.close()

    def test_infer_and_scan_agree(self):
        with World() as w:
            path = w.wav("a.wav", self.pcm[0])
            ids = tool("tokens", "--model", MODEL, path)
            self.assertEqual(tool("infer", "--model", MODEL, stdin=None, input=ids),
                             tool("infer", "--model", MODEL, stdin=None,
                                  input=tool("tokens", "--npy", "--model", MODEL, path)))
            lines = tool("infer", "--model", MODEL, "--json", stdin=None, input=ids).splitlines()
            scores = [json.loads(line)["scores"] for line in lines]
            said = [list(x["scores"].values()) + [x["speech"]]
                    for x in scan("--scores", path)[0]["windows"]]
            if len(said) == len(scores):  # no sound behind the gate
                self.assertEqual(scores, said)
            for bad in (b"1 2 3\n", b"x\n", ids + b"1\n", b"", b"\x93NUMPY\x01\x00\x05\x00abc"):
                tool("infer", "--model", MODEL, stdin=None, input=bad, code=65)

    def test_model(self):
        self.assertIn(b"good", tool("model", "verify", MODEL))
        bert = os.path.join(GOLDEN, "bert-f32.gguf")
        with World() as w:
            with open(w.path("huge.gguf"), "wb") as f:
                f.write(read(bert)[:-4] + struct.pack("<f", 3e38))  # the last bias: finite, and past all reason
            for path, code in (MODEL, 0), (bert, 0), (w.path("huge.gguf"), 65):
                said = json.loads(tool("model", "verify", "--json", path, code=code))
                self.assertEqual(list(schema.breaches(said, SCHEMAS["earshot.verify/1"])), [])
                self.assertEqual((said["file"], said["good"], said["finite"]), (path, not code, not code))
                self.assertEqual(said["kernels"][0], {"name": "ref", "equal": True})
                text = tool("model", "verify", path, code=code).decode().splitlines()
                self.assertEqual([k["name"] for k in said["kernels"]], [line.split()[0] for line in text[:-1]])
                self.assertEqual(text[-1], f"{path}: " + ("good" if said["good"] else "not good"))
            self.assertEqual(tool("model", "verify", "--json", __file__, code=65), b"")

    def test_bert_memory(self):
        """Libraries that a model has no use for are not in the way of one; RSS, of one that waits for ids"""
        with tempfile.TemporaryDirectory() as place:
            pipe = os.path.join(place, "ids")
            os.mkfifo(pipe)
            run = subprocess.Popen([TOOL, "infer", "--model", os.path.join(GOLDEN, "bert-f32.gguf"), pipe],
                                   stdout=subprocess.PIPE)
            with open(pipe, "wb") as f:  # returns when the tool has opened it too
                status = read(f"/proc/{run.pid}/status").decode()
                f.write(b"1 0\n")
            self.assertEqual(len(run.communicate()[0].splitlines()), 1)
            self.assertEqual(run.returncode, 0)
        kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
        self.assertLess(kib, 16 * 1024)

    def test_bert(self):
        for kind, labels in ("f32", 0), ("i8", 3):
            model, raw = os.path.join(GOLDEN, f"bert-{kind}.gguf"), read(os.path.join(GOLDEN, f"bert-{kind}.bin"))
            rows = struct.iter_unpack("<HH", raw[:24 * 4])
            ids = "".join(f"{i} {t}\n" for i, t in rows).encode()
            want = struct.unpack(f"<{(len(raw) - 96) // 4}f", raw[96:])
            outputs = want[-labels:] if labels else want[24 * 32:]
            lines = tool("infer", "--model", model, stdin=None, input=ids).splitlines()
            self.assertEqual(len(lines), 1)
            got = [float(x) for x in lines[0].split(b"\t")[1:]]
            self.assertEqual(len(got), len(outputs))
            self.assertLess(max(abs(a - b) for a, b in zip(got, outputs)), 1e-4)
            with tempfile.NamedTemporaryFile() as f:
                f.write(ids)
                f.flush()
                both = tool("infer", "--model", model, f.name, f.name, "--json").splitlines()
            self.assertEqual([json.loads(x)["text"] for x in both], [1, 2])
            hidden = tool("infer", "--model", model, "--hidden", stdin=None, input=ids).splitlines()
            self.assertEqual(len(hidden), 24)
            self.assertEqual(tool("infer", "--model", model, "--threads", "2", stdin=None, input=ids).splitlines(), lines)
            tool("infer", "--model", model, "--threads", "17", stdin=None, input=ids, code=64)
            for bad in b"50\n", b"0 2\n", b"0 0 0\n", b"", b"0\n" * 25:
                tool("infer", "--model", model, stdin=None, input=bad, code=65)
            self.assertIn(b"good", tool("model", "verify", model))
            self.assertEqual(json.loads(tool("model", "info", "--json", model))["outputs"], labels)
        info = json.loads(tool("model", "info", "--json", MODEL))
        self.assertEqual((info["name"], info["feature"]), ("hostile-en", "mfcc16-1"))
        with World() as w:
            path = model_with_curve(w.path("m.gguf"), [0.5, 0.75, 0.96875], [3, 0.25, 0.03125], 20)
            curve = json.loads(tool("model", "info", "--json", path))["curve"]
            self.assertEqual(curve, {"hours": 20, "threshold": [0.5, 0.75, 0.96875],
                                     "false_alarms_per_hour": [3, 0.25, 0.03125]})
            self.assertIn(b"curve       3 thresholds on 20 h of harmless speech: 1/h 0.7500, 10/day 0.7500, "
                          b"1/day 0.9688 (not sure)\n", tool("model", "info", path))
            said = subprocess.run([TOOL, "scan", "--model", path, "--sensitivity", "1/day", self.files[0]], check=True,
                                  capture_output=True, text=True, stdin=subprocess.DEVNULL).stderr
            self.assertIn("the model's table of false alarms is from 20 h of speech, too few to tell 1 a day", said)

    def test_model_apply(self):
        with World() as w:
            place, new = w.path("lib/model.gguf"), model_with_curve(w.path("new.gguf"), [0.5, 0.75], [3, 0.25], 20)
            os.makedirs(w.path("lib"))
            self.settings(w, place, "threat")
            shutil.copy(MODEL, place)
            before, after = read(MODEL), read(new)
            said = self.apply(w, new)
            self.assertEqual((said["schema"], said["file"], said["changed"], said["kept"]),
                             ("earshot.apply/1", place, True, place + ".old"))
            self.assertEqual((said["model"]["name"], said["before"]["name"]), ("hostile-en", "hostile-en"))
            self.assertEqual((said["before"]["sha256"], said["model"]["sha256"]),
                             (hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest()))
            self.assertEqual((read(place), read(place + ".old")), (after, before))
            self.assertEqual(os.stat(place).st_mode & 0o777, 0o644)
            self.assertIn(b"goes back", tool("model", "--help"))
            again = self.apply(w, new)
            self.assertEqual((again["changed"], again["kept"]), (False, None))
            self.apply(w, place + ".old")
            self.assertEqual((read(place), read(place + ".old")), (before, after), "the way back")
            self.refused(w, place, new)
            self.assertEqual((read(place), sorted(os.listdir(w.path("lib")))), (before, ["model.gguf", "model.gguf.old"]))
            os.remove(place)
            self.assertIsNone(self.apply(w, new)["before"])
            os.symlink(place, w.path("link.gguf"))
            self.settings(w, w.path("link.gguf"), "threat")
            self.apply(w, MODEL)
            self.assertEqual((read(place), os.path.islink(w.path("link.gguf"))), (before, True))

    def settings(self, w, place, label):
        with open(w.path("e.yaml"), "w", encoding="utf-8") as f:
            json.dump({"node": "a", "model": {"path": place}, "sources": {
                "porch": {"url": "file:/x", "thresholds_at": {"22:00-06:00": {label: 0.6}}}}}, f)

    def apply(self, w, path, code=0):
        done = subprocess.run([TOOL, "model", "apply", "--json", "--config", w.path("e.yaml"), path], text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(done.returncode, code, done)
        return json.loads(done.stdout) if code == 0 else done.stderr

    def refused(self, w, place, new):
        """Each leaves the model that is there as it is, and nothing beside it."""
        with open(w.path("half.gguf"), "wb") as f:
            f.write(read(new)[:100000])
        self.assertIn("half.gguf", self.apply(w, w.path("half.gguf"), code=65))
        self.assertIn("No such file", self.apply(w, "/nowhere.gguf", code=66))
        whole = os.path.join(GOLDEN, "encoder-whole.gguf")  # looks ahead: the daemon could not start with it
        self.assertIn("not causal", self.apply(w, whole, code=65))
        tool("scan", "--model", whole, self.files[0], code=65)
        self.settings(w, place, "spitting")
        self.assertIn('no label "spitting"', self.apply(w, new, code=78))
        self.settings(w, "/sys/model.gguf", "threat")
        self.assertIn("give model.path a place that may be written", self.apply(w, new, code=77))
        self.settings(w, w.path("nowhere/model.gguf"), "threat")
        self.assertIn("nowhere/model.gguf: No such file", self.apply(w, new, code=66))
        self.settings(w, place, "threat")
        os.rename(place + ".old", w.path("kept"))
        os.mkdir(place + ".old")  # what was there cannot be kept: it stays in its place
        self.assertIn("model.gguf.old: File exists", self.apply(w, new, code=71))
        os.rmdir(place + ".old")
        os.rename(w.path("kept"), place + ".old")
        tool("model", "apply", code=64)
        tool("model", "adopt", code=64)

    def test_bench(self):
        said = check_one(json.loads(tool("bench", "--json", "--time", "1", "--model", MODEL)))
        self.assertEqual(said["schema"], "earshot.bench/1")
        cases = {c["name"]: c for c in said["cases"]}
        self.assertEqual(len(cases), len(said["cases"]))
        for name in ("encoder/edge/32", "encoder/edge/128", "encoder/bert/32", "encoder/bert/128",
                     "stream/hop1", "stream/hop4x8", "gemm/32x768x3072"):
            self.assertGreater(cases[name]["gops"], 0)
        for name in ("product_f32/32x768x3072", "layer_norm/32x768", "gelu_erf/32x3072"):
            self.assertIsNone(cases[name]["gops"])
        for c in cases.values():
            self.assertTrue(0 < c["min_us"] <= c["p50_us"] <= c["p99_us"], c)
        lines = tool("bench", "--time", "1", "--kernel", "ref", "dots", "norm/").splitlines()
        self.assertEqual([x.split()[0] for x in lines[1:]], [b"case", b"norm/32x160", b"dots/6x160"])
        tool("bench", "--time", "0", code=64)
        tool("bench", "encoder/vast", code=64)
        tool("bench", "--model", "/nowhere", "stream", code=66)

    def test_devices(self):
        with World() as w:
            with open(w.path("cards"), "w", encoding="ascii") as f:
                f.write(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n"
                        "                      HDA Intel PCH at 0xf7e30000 irq 31\n"
                        " 2 [Mic            ]: USB-Audio - USB Microphone\n")
            with open(w.path("pcm"), "w", encoding="ascii") as f:
                f.write("00-03: HDMI 0 : HDMI 0 : playback 1\n"
                        "02-00: USB Audio : USB Audio : capture 1\n")
            self.assertEqual(tool("devices", "--json", "--from", w.folder),
                             b'{"url": "alsa:hw:CARD=Mic,DEV=0", "name": "USB Audio"}\n')
            tool("devices", "--from", w.path("nowhere"), code=69)


if __name__ == "__main__":
    unittest.main(verbosity=2)
