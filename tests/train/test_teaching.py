#!/usr/bin/python3
"""What teaches the network: what it learns of a sentence that is not known, who judges it, and that evening the
weights out changes nothing. `test_teaching.py ROOT`; needs PyTorch, and is skipped where training was never set up."""

import importlib.util
import os
import sys

CACHE = os.environ.get("EARSHOT_CACHE") or os.path.expanduser("~/.cache/earshot")
PYTHON = os.path.join(CACHE, "python", "bin", "python")  # as ./dev train makes it
if not importlib.util.find_spec("torch"):
    if not os.path.exists(PYTHON) or os.path.realpath(sys.prefix) == os.path.realpath(os.path.join(CACHE, "python")):
        print("PyTorch is not installed")
        sys.exit(77)
    os.execv(PYTHON, [PYTHON, "-B", *sys.argv])

sys.path.insert(0, os.path.join(sys.argv.pop(1), "infer", "train"))
sys.dont_write_bytecode = True
import contextlib
import io
import shutil
import tempfile
import unittest
import unittest.mock

import numpy as np
import torch

import average
import evaluate
import hours
import judge
import meaning
import net
import speak_foreign
import speak_shard as shard
import train
from labels import HOSTILE, UNLABELLED, target_of

torch.set_num_threads(1)


class Even(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.model = net.Detector(books=3, codes=16, d=32, heads=2, ff=64, layers=3, window=8).eval()
        with torch.no_grad():
            for name, p in self.model.named_parameters():
                if name.endswith(("attn_out.weight", "ffn_down.weight")):  # a new layer adds nothing
                    p.normal_(0, .1)
            for layer in self.model.layers:  # what goes into a product is large in one channel, and its weights small
                for norm, product in ((layer.attn_norm, layer.qkv), (layer.ffn_norm, layer.ffn_up)):
                    norm.weight[5] *= 100
                    product.weight[:, 5] /= 100
        self.ids = torch.randint(16, (4, 64, 3))

    @torch.no_grad()
    def outputs(self, quant=0):
        self.model.quantize(quant)
        out = self.model(self.ids)
        self.model.quantize(0)
        return out

    def test_same_function(self):
        before, weight = self.outputs(), self.model.layers[1].qkv.weight.clone()
        self.model.even(self.ids)
        self.assertGreater(float((self.model.layers[1].qkv.weight / weight).detach().log().abs().max()), .1)
        for a, b in zip(before, self.outputs()):
            torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-4)

    def test_easier_to_round(self):
        before = [self.outputs(q)[0] for q in (0, 2)]
        self.model.even(self.ids)
        after = [self.outputs(q)[0] for q in (0, 2)]
        self.assertLess(float((after[0] - after[1]).norm()), .3 * float((before[0] - before[1]).norm()))

    def test_peaks(self):
        """What stands out behind GELU while weights are rounded: training on it makes it less."""
        self.model.train().quantize(2)
        opt = torch.optim.Adam(self.model.parameters(), 1e-2)
        with unittest.mock.patch.object(net, "PEAK", 2):
            first = None
            for _ in range(30):
                self.model(self.ids)
                peaks = train.peaks(self.model)
                first = first or float(peaks.detach())
                opt.zero_grad()
                peaks.backward()
                opt.step()
        self.assertGreater(first, .5)
        self.assertLess(float(peaks.detach()), .7 * first)

    def test_goes_on_training(self):
        self.model.train()
        self.model.even(self.ids)
        self.assertTrue(self.model.training)
        self.assertFalse(any(m._forward_hooks for m in self.model.modules()))


def clips(*known):
    """A chunk with a clip each: (target, judged)."""
    return [[train.Segment(40 * i, 40 * i + 40, np.array(target, np.int8), judged=judged) for i, (target, judged) in enumerate(known)]]


class Losses(unittest.TestCase):
    BENIGN, LOGITS = target_of("benign", ""), np.array([2, -3, -4, -1], np.float32)

    def judged(self, *known):
        torch.manual_seed(2)
        z = torch.randn(len(known), 6, requires_grad=True)
        loss = train.judged_loss(z, torch.logsumexp(z[:, :4], 1), clips(*((self.BENIGN, k) for k in known)))
        loss.backward()
        return float(loss.detach()), z.grad

    def test_judged_only_of_the_known(self):
        loss, grad = self.judged(self.LOGITS, None, None, self.LOGITS)
        self.assertTrue(grad[[0, 3], :4].abs().min() > 0)
        self.assertEqual(float(grad[[1, 2]].abs().max()), 0)
        self.assertEqual(float(grad[:, 4:].abs().max()), 0)  # nor of voice and speech
        self.assertGreater(loss, 0)

    def test_judged_of_none(self):
        loss, grad = self.judged(None, None)
        self.assertEqual((loss, float(grad.abs().max())), (0, 0))

    def test_judged_is_least_where_it_agrees(self):
        soft = torch.from_numpy(self.LOGITS)[None]
        at = lambda z: float(train.judged_loss(z, torch.logsumexp(z, 1), clips((self.BENIGN, self.LOGITS))))
        self.assertLess(at(soft), min(at(soft + d) for d in (-.5, .5)))

    def detection(self, target):
        logits = torch.zeros(1, train.CHUNK, 6, requires_grad=True)
        loss, _, _, hostile, told = train.detection_loss(logits, clips((target, None)))
        loss.backward()
        return logits.grad.abs().sum((0, 1)) > 0, bool(hostile[0]), bool(told[0])

    def test_unlabelled(self):
        """Taught of it: that it is speech, and that a calm voice is calm; it counts in no figure."""
        for effort, voice in (("0.90", False), ("0.00", True)):
            taught, hostile, told = self.detection(target_of(UNLABELLED, effort))
            self.assertEqual(taught.tolist(), [False] * 4 + [voice, True])
            self.assertEqual((hostile, told), (False, False))
        taught, hostile, told = self.detection(self.BENIGN)
        self.assertEqual((taught.tolist(), hostile, told), ([True] * 6, False, True))


class Mean(unittest.TestCase):
    def test_weights(self):
        model = torch.nn.Linear(1, 1, bias=False)
        self.assertIs(train.averaged(model, 0), model)
        mean = train.averaged(model, 4)
        for w in (8., 0., 4.):
            torch.nn.init.constant_(model.weight, w)
            mean.update_parameters(model)
        self.assertAlmostEqual(float(mean.module.weight.detach()), (8 * .75 + 0 * .25) * .75 + 4 * .25, 5)
        self.assertEqual(float(model.weight), 4)


class Soup(unittest.TestCase):
    """average.py"""
    FILE = os.path.join(os.path.dirname(train.__file__), "..", "models", "hostile-en.gguf")

    def test_mean(self):
        states = [dict(model=dict(w=torch.full((2,), v), n=torch.tensor(int(v)), **extra), layers=12, done=v)
                  for v, extra in ((1., {}), (4., dict(head=torch.tensor(5.))))]
        for order in (states, states[::-1]):
            out = average.mean(order)
            self.assertEqual((out["model"]["w"].tolist(), float(out["model"]["head"])), ([2.5, 2.5], 5), "a head that one has not")
            self.assertEqual((int(out["model"]["n"]), out["done"]), (int(order[-1]["done"]), order[-1]["done"]))

    def test_model_file(self):
        state, own = average.state_of(self.FILE), net.Detector().state_dict()
        heads = {key for key in own if key not in state["model"]}
        self.assertEqual({key.split(".")[0] for key in heads}, {"ctc", "ctc_norm", "words", "word_norm", "meaning", "meaning_norm"})
        both = average.mean([dict(model=own, layers=12, done=1), state])
        self.assertEqual(both["model"].keys(), own.keys())
        torch.testing.assert_close(both["model"]["out.bias"], (own["out.bias"] + state["model"]["out.bias"]) / 2)


class Foreign(unittest.TestCase):
    """speak_foreign.py"""

    def test_sentences(self):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
            f.write("\n".join(f"English {i}\tanders {i % 30}" for i in range(50)) + "\nno pair\nempty\t\n")
            f.flush()
            some = speak_foreign.sentences(f.name, 8)
            self.assertEqual(len(set(some)), 8)
            self.assertEqual(some[:2], ["anders 7", "anders 28"], "the same in every run")
            self.assertTrue(all(t.startswith("anders") for t in some))
            self.assertEqual(some, speak_foreign.sentences(f.name, 20)[:8])
            self.assertEqual(len(speak_foreign.sentences(f.name, 99)), 30, "each once")

    @unittest.skipUnless(shutil.which("espeak-ng"), "no espeak-ng")
    def test_utterance(self):
        row, audio = speak_foreign.utterance("fin", "Hän keräsi rikkoutuneen lautasen sirpaleet.")
        self.assertEqual((row["label"], row["text"], row["phonemes"], row["origin"]), ("benign", "", "", "fin"))
        self.assertGreater(len(audio), shard.RATE)
        self.assertIsNone(speak_foreign.utterance("fin", "..."))


class Judge(unittest.TestCase):
    FRAMES, EACH = 40, 3  # templates, and sentences of each

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        cache = unittest.mock.patch.dict(os.environ, EARSHOT_CACHE=folder.name)
        cache.start()
        self.addCleanup(cache.stop)
        self.rows, self.of = [], {}
        for i in range(self.FRAMES * self.EACH):
            frame = 1 + i // self.EACH
            self.add(f"sentence {i}", "threat" if frame % 2 else "benign", "dev" if frame % 10 == 0 else "train", frame)
        for i in range(20):
            self.add(f"public {i}", "abuse" if i % 2 else "benign", "train", 0)
            self.add(f"plain {i}", UNLABELLED, "train", 0)
        self.write("spoken", self.rows)
        self.write("speech", self.rows[:50])  # the same sentences by other voices
        rng = np.random.default_rng(1)
        vectors = rng.normal(size=(len(self.rows), meaning.SIZE))
        vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
        self.of = {v.tobytes(): row for v, row in zip(vectors, self.rows)}
        np.savez(shard.cache("meaning.npz"), key=np.array([meaning.key(r["text"]) for r in self.rows], np.uint64), vector=vectors)

    def add(self, text, label, split, frame):
        self.rows.append(dict(text=text, label=label, split=split, frame=frame))

    def write(self, name, rows):
        os.makedirs(shard.cache("clips", name))
        shard.write_table(shard.cache("clips", name, "0000.tsv"), shard.COLUMNS, rows)

    def rows_of(self, x):
        return [self.of[v.numpy().astype(np.float16).tobytes()] for v in x / judge.LOUDER]

    def test_sentences(self):
        vectors, y, fold, dev = judge.sentences(["spoken", "speech"])
        self.assertEqual(len(vectors), len(self.rows), "each once")
        rows = [self.of[v.numpy().tobytes()] for v in vectors]
        for row, labels, k, held in zip(rows, y, fold, dev):
            self.assertEqual(labels.tolist(), [float(h == row["label"]) for h in HOSTILE])
            self.assertEqual(held, row["split"] == "dev")
            self.assertEqual(k < 0, row["label"] == UNLABELLED)
        parts = {}
        for row, k in zip(rows, fold):
            parts.setdefault(row["frame"] or row["text"], set()).add(k)
        self.assertEqual({len(p) for p in parts.values()}, {1}, "a template is in one part whole")
        self.assertEqual(set().union(*parts.values()), {-1, *range(judge.FOLDS)})

    def test_nobody_judges_what_he_learned(self):
        learned = []

        def taught(x, y):
            """One that always says which it is."""
            learned.append(self.rows_of(x))
            number = float(len(learned))
            return lambda some: torch.full((len(some), len(HOSTILE)), number)
        said = io.StringIO()
        with unittest.mock.patch.object(judge, "taught", taught), contextlib.redirect_stdout(said), \
                unittest.mock.patch.object(sys, "argv", ["judge.py", "spoken", "speech"]):
            judge.main()
        self.assertEqual(len(learned), judge.FOLDS)
        groups = [{r["frame"] or r["text"] for r in part} for part in learned]
        for part in learned:
            self.assertFalse([r for r in part if r["split"] == "dev" or r["label"] == UNLABELLED])
        judged = train.judgements()
        self.assertEqual(len(judged), sum(r["split"] == "train" for r in self.rows), "and nothing of what is held out")
        plain = set()
        for v, logits in judged.items():
            row = self.of[v]
            if row["label"] == UNLABELLED:
                plain.add(logits.tobytes())
                continue
            k = int(logits[0]) - 1
            self.assertNotIn(row["frame"] or row["text"], groups[k])
        self.assertEqual(len(plain), 1, "by all of them")


class Evaluate(unittest.TestCase):
    def test_skip(self):
        """What is left out and what is measured are the clips that are measured without leaving any out."""
        rows = [(dict(text=str(i), label="benign", split="train" if i == 3 else "dev", id=str(i)), np.zeros(4000, np.int16)) for i in range(12)]
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch.dict(os.environ, EARSHOT_CACHE=folder):
            shard.write(shard.cache("clips", "some"), "0000", rows)
            names = lambda *how: [r["id"] for r, _ in evaluate.clips_of(["some"], *how)]
            self.assertEqual(len(names(None)), 11)
            self.assertEqual(names(4) + names(3, 4) + names(99, 7), names(None))


class Hours(unittest.TestCase):
    def test_even(self):
        """Labels with thresholds of their own, as one label with the first's."""
        own = np.array([.5, .8, .3])
        for i, at in enumerate(own):
            p = np.full((1, 3), 1e-9)
            p[0, i] = at
            self.assertAlmostEqual(float(hours.even(p, own)[0]), own[0], 6)
        p = np.random.default_rng(1).uniform(.01, .99, (50, 3))
        np.testing.assert_allclose(hours.even(p, np.full(3, .6)), p.max(1))
        np.testing.assert_array_equal(hours.even(p, own) >= own[0], (p >= own).any(1))


if __name__ == "__main__":
    unittest.main()
