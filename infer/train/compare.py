#!/usr/bin/env python3
"""How far the int8 file's probabilities are from the float model's, on the same tokens.

    compare.py --name detector --model hostile-en.gguf [--windows 100] [--bar .02] [--golden FILE] [--recall]

Tokens are taken from the dev streams, half of the windows where somebody is hostile. The float side
is PyTorch in float32 with the checkpoint's weights, the int8 side `earshot infer`; both are
calibrated as the file says. --golden writes tokens and float probabilities for tests/golden, where
CI compares without PyTorch. --recall tells what rounding costs on all clips of the dev streams; there
both sides are PyTorch, with weights and activations as they are and rounded as the engine rounds them.
"""
import argparse
import glob
import io
import json
import os
import struct
import subprocess
import sys

import numpy as np
import torch

import export
import gguf_file
import speak_shard as shard
from labels import HOSTILE
from train import POOL, load

CONTEXT = 128  # tokens each window is given, from a fresh stream


def windows(n, rng):
    """(n, CONTEXT, books) ids; every other one ends with a hostile clip."""
    files = sorted(glob.glob(shard.cache("tokens", "dev-*.npz")))
    out = []
    while len(out) < n:
        s = load(files[rng.integers(len(files))])
        hostile = (s["target"][:, :4] == 1).any(1)
        want = s["seg"][hostile if len(out) % 2 else ~hostile]
        end = int(want[rng.integers(len(want))][1])
        end -= end % 4
        if CONTEXT <= end <= len(s["ids"]):
            out.append(s["ids"][end - CONTEXT:end])
    return np.stack(out).astype(np.int64)


def float_probabilities(name, ids, keys):
    model = export.load(name).float()
    with torch.no_grad():
        z = torch.cat([model(torch.from_numpy(ids[i:i + 8]))[0] for i in range(0, len(ids), 8)]).double()
    pooled = torch.logsumexp(z[:, -POOL:], 1).numpy() - np.log(POOL)
    scale, bias = (np.array(keys["earshot.calibration." + k]) for k in ("scale", "bias"))
    return 1 / (1 + np.exp(-(pooled * scale + bias)))


def int8_probabilities(o, ids, n_labels):
    """Each window as a stream of its own; the last row is the window."""
    out = []
    for w in ids:
        f = io.BytesIO()
        np.save(f, w.astype("<u2"))
        cmd = [o.earshot, "infer", "--model", o.model, "--json"]
        lines = subprocess.run(cmd, input=f.getvalue(), stdout=subprocess.PIPE, check=True).stdout.splitlines()
        out.append(json.loads(lines[-1])["scores"][:n_labels])  # the last one is speech
    return np.array(out)


def write_golden(path, ids, p):
    """uint32 windows, tokens, books, outputs; uint16 ids; float32 probabilities; little endian."""
    with open(path, "wb") as f:
        f.write(struct.pack("<4I", *ids.shape, p.shape[1]))
        f.write(ids.astype("<u2").tobytes() + p.astype("<f4").tobytes())


def recalls(name):
    """{"float" and "int8": hostile dev clips caught at 5 and 2 % of the harmless}, number of hostile clips."""
    model, out = export.load(name), {}
    for kind, level in (("float", 0), ("int8", 2)):
        model.quantize(level)
        z, target = export.peaks(model)
        top, bad = z[:, :len(HOSTILE)].max(1), (target[:, :len(HOSTILE)] == 1).any(1)
        out[kind] = [int((top[bad] > np.quantile(top[~bad], 1 - share)).sum()) for share in (.05, .02)]
    return out, int(bad.sum())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--name", default="detector")
    p.add_argument("--model", required=True)
    p.add_argument("--windows", type=int, default=100)
    p.add_argument("--bar", type=float, default=1, help="fail when a probability is further off")
    p.add_argument("--golden")
    p.add_argument("--recall", action="store_true")
    p.add_argument("--earshot", default=os.environ.get("EARSHOT", "earshot"))
    o = p.parse_args()
    keys, _ = gguf_file.read_model(o.model)
    ids = windows(o.windows, np.random.default_rng(3))
    want = float_probabilities(o.name, ids, keys)
    labels = keys["earshot.labels"]
    diff = np.abs(int8_probabilities(o, ids, len(labels)) - want[:, :len(labels)])
    print(f"{len(ids)} windows: largest difference {diff.max():.4f}, 99 % below {np.quantile(diff, .99):.4f}, "
          f"mean {diff.mean():.5f}; probabilities over 0.5 in {(want[:, :4].max(1) > .5).sum()} windows")
    if o.golden:
        write_golden(o.golden, ids, want)
    if o.recall:
        caught, n = recalls(o.name)
        for kind, (five, two) in caught.items():
            print(f"{kind:5s} {five} of {n} hostile dev clips at 5 %: {100 * five / n:.1f} %, {two} at 2 %: {100 * two / n:.1f} %")
    return int(diff.max() > o.bar)


if __name__ == "__main__":
    sys.exit(main())
