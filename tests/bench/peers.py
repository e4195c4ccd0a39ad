#!/usr/bin/env python3
"""INT8 encoders of two shapes through the engine and its peers, on one core and in turns.
`./dev bench peers` runs this.

All are given the same weights (random, post-norm, as BERT), their outputs are compared with
float32, and times are multiples of the floor: int8 products over what VPDPBUSD and its like
do on this core, measured in the same round. "dynamic" rounds activations as they come, as
the engine does; "static" by ranges that were measured before on the same input. The engine's own
architecture (RMS norm before, bias by distance) is in the table too. A peer that cannot be
had, a form that it has not, and one whose answers are off are said to be missing.
"""
import argparse
import importlib
import json
import pathlib
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT / "infer/train")]
import bert_file  # noqa: E402
import engine  # noqa: E402
import gguf_file  # noqa: E402

SHAPES = {"edge 12x160x640": (160, 5, 640), "bert 12x768x3072": (768, 12, 3072)}
LAYERS, VOCABULARY, TOKENS = 12, 512, (32, 128)
LEAST = 0.999  # cosine with float32: who is further off has computed something else
PEERS = {"onnxruntime": "graph_onnx", "openvino": "graph_openvino", "ai_edge_litert": "graph_tflite",
         "ggml": "graph_ggml", "ctranslate2": "graph_ctranslate2"}  # the last one's OpenMP spoils ggml when loaded first


class Watched(bert_file.Encoder):
    """Float32 as it should be, and the largest that each product is given (its name) and makes (its
    name and " out")"""

    def __init__(self, keys, tensors):
        super().__init__(keys, tensors, False)
        self.t = {n: t.astype(np.float32) for n, t in self.t.items()}
        self.ranges = {}

    def erf(self, x):
        # Abramowitz and Stegun 7.1.26 would do; tanh form is off by 1e-3, so the sum by parts
        t = 1 / (1 + 0.3275911 * np.abs(x))
        poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
        return np.sign(x) * (1 - poly * np.exp(-x * x))

    def saw(self, name, x):
        self.ranges[name] = max(self.ranges.get(name, 0), float(np.abs(x).max()))
        return x

    def linear(self, x, name):
        return self.saw(name + " out", super().linear(self.saw(name, x), name))


def products(d, ff, n):
    return LAYERS * n * d * (4.0 * d + 2.0 * ff)


def own(work, d, heads, ff, n, threads=1):
    """A run of the engine on a random model of its own architecture"""
    path = work / "own.gguf"
    gguf_file.random_model(path, 1, causal=False, block_count=LAYERS, embedding_length=d, feed_forward_length=ff,
                           attention__head_count=heads, attention__window=n)
    e = engine.Engine(path, threads=threads)
    ids = np.ascontiguousarray(np.arange(n * 12, dtype=np.uint16).reshape(n, 12) % 256)  # 12 codebooks
    return lambda: e.run(ids, True)


def contestants(work, keys, tensors, n, ranges, want, missing):
    """{name: run(ids)}, {name: version}"""
    bert_file.write(work / "i8.gguf", keys, tensors, "i8")
    e = engine.Engine(work / "i8.gguf")
    runs, versions = {"earshot": lambda ids, e=e: e.run(e.ids(ids), True)}, {}
    for package, module in PEERS.items():
        if want and package not in want:
            continue
        try:
            graph = importlib.import_module(module)
            missing.update(getattr(graph, "MISSING", {}))
            version, found = graph.build(keys, tensors, n, ranges, work)
        except (ImportError, OSError) as why:
            missing[package] = str(why)
            continue
        except Exception as why:  # a peer that chokes on the graph is a fact to report, not our end
            missing[package] = f"{type(why).__name__}: {why}".split("\n")[0]
            continue
        versions[package] = version
        runs.update(found)
    return runs, versions


def measure(args, shape, n, missing, say):
    d, heads, ff = SHAPES[shape]
    keys, tensors = bert_file.random_model(7, LAYERS, d, heads, ff, context=n, vocabulary=VOCABULARY, labels=0)
    ids = np.random.default_rng(n).integers(0, VOCABULARY, n)
    exact = Watched(keys, tensors)
    want = exact.hidden(ids, 0 * ids)
    with tempfile.TemporaryDirectory(dir=args.work) as folder:
        runs, versions = contestants(pathlib.Path(folder), keys, tensors, n, exact.ranges, args.only, missing)
        near = {name: engine.cosine(run(ids), want) for name, run in runs.items()}
        missing.update({name: f"{shape}, {n} tokens: its answers are off, cosine {c:.5f}"
                        for name, c in near.items() if not c >= LEAST})
        turns = {name: (lambda r=run: r(ids)) for name, run in runs.items() if near[name] >= LEAST}
        turns["earshot, own"] = own(pathlib.Path(folder), d, heads, ff, n)
        times, peaks = engine.in_turns(turns, args.seconds)
    rows = {name: {**engine.figures(t, peaks, products(d, ff, n)), "cosine": near.get(name)} for name, t in times.items()}
    say(f"\n{shape}, {n} tokens; peak of the core {2e-9 * max(peaks):.0f} GOPS\n"
        f"{'':24} {'least ms':>9} {'p50 ms':>9}   {'floors of least, p50 (middle half)':36} {'cosine':>9}")
    for name, r in sorted(rows.items(), key=lambda item: item[1]["min_ms"]):
        floors = f"{r['floors_min']:5.2f}  {r['floors']:5.2f} ({r['floors_low']:.2f}-{r['floors_high']:.2f})" if "floors" in r else "-"
        say(f"{name:24} {r['min_ms']:9.3f} {r['p50_ms']:9.3f}   {floors:36} "
            + (f"{r['cosine']:9.5f}" if r["cosine"] is not None else f"{'':9}"))
    return {"shape": shape, "tokens": n, "n": len(peaks), "peak_gops": round(2e-9 * max(peaks), 1),
            "versions": versions, "rows": rows}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=str(ROOT / "build-release"))
    p.add_argument("--work", help="folder for models while they are timed")
    p.add_argument("--seconds", type=float, default=10, help="timing, for each table (10)")
    p.add_argument("--only", action="append", choices=list(PEERS), help="this peer; more than once")
    p.add_argument("--shape", choices=[s.split()[0] for s in SHAPES])
    p.add_argument("--tokens", type=int, choices=TOKENS)
    p.add_argument("--json", action="store_true", help="one JSON object, nothing else")
    args = p.parse_args()
    say = (lambda *a: None) if args.json else (lambda *a: print(*a, flush=True))
    core = engine.one_core()  # before any peer makes its threads
    engine.Engine.load(args.build)
    say(f"core {core} alone, kernel {engine.Engine.lib.engine_kernel().decode()}, {LAYERS} layers, one text")
    missing, tables = {}, []
    for shape in SHAPES:
        for n in TOKENS:
            if (args.shape or shape).split()[0] == shape.split()[0] and (args.tokens or n) == n:
                tables.append(measure(args, shape, n, missing, say))
    for package, why in missing.items():
        say(f"missing: {package}: {why}")
    if args.json:
        print(json.dumps({"schema": "earshot.peers/1", "tables": tables, "missing": missing}))


if __name__ == "__main__":
    main()
