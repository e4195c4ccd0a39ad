#!/usr/bin/env python3
"""How long a text takes by its length, a step by its streams, and what more cores bring, as one
picture: plots.png, and the numbers it was drawn from, plots.json. `./dev bench plots` runs this.

  length   BERT-like encoders of both shapes of peers.py, INT8, 1 to 512 tokens, beside ONNX
           Runtime's dynamic graph where that can be had; one core, in turns, processor time
  streams  a step of the shipped model with full caches, 1 to 16 streams of 1 and of 4 tokens
           in one pass: `earshot bench stream`, one core
  cores    tokens a second of a window of 128 shared by threads, and of sixteen streams over the
           workers of the daemon's pool, by the clock

Least times are drawn; the file has medians too. --draw makes the picture of such a file again.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT / "infer/train")]
import bert_file  # noqa: E402
import engine  # noqa: E402
import peers  # noqa: E402

LENGTHS, STREAMS, HOPS, WINDOW, MOST = tuple(2 ** i for i in range(10)), (1, 2, 4, 8, 16), (1, 4), 128, 16
ORT, OURS = "ONNX Runtime", "earshot"
BUSY = 0.1  # share of all cores that others may take


def others():
    """Share of all cores that is used while this process sleeps"""
    seen = []
    for wait in (0.5, 0):
        with open("/proc/stat", encoding="ascii") as f:
            t = [int(v) for v in f.readline().split()[1:]]
        seen.append((t[3] + t[4], sum(t[:8])))
        time.sleep(wait)
    (idle, first), (later, last) = seen
    return 1 - (later - idle) / max(1, last - first)


def onnx_run(keys, tensors, work, say):
    """A run of ONNX Runtime's dynamic graph, or None"""
    try:
        import graph_onnx
        graph_onnx.write(work / "f32.onnx", keys, tensors)
        graph_onnx.write_int8(work / "int8.onnx", work / "f32.onnx")
        session = graph_onnx.session(work / "int8.onnx")
    except (ImportError, OSError) as why:
        say(f"missing: onnxruntime: {why}")
        return None
    return lambda ids: session.run(None, {"ids": ids[None]})[0][0]


def lengths(seconds, work, say):
    out = {}
    for shape, (d, heads, ff) in peers.SHAPES.items():
        keys, tensors = bert_file.random_model(7, peers.LAYERS, d, heads, ff, context=LENGTHS[-1],
                                               vocabulary=peers.VOCABULARY, labels=0)
        bert_file.write(work / "i8.gguf", keys, tensors, "i8")
        e, other = engine.Engine(work / "i8.gguf"), onnx_run(keys, tensors, work, say)
        for n in LENGTHS:
            ids = np.random.default_rng(n).integers(0, peers.VOCABULARY, n)
            turns = {OURS: lambda i=e.ids(ids): e.run(i, True)}
            if other:
                turns[ORT] = lambda i=ids: other(i)
                near = engine.cosine(turns[OURS](), turns[ORT]())
                if near < peers.LEAST:
                    sys.exit(f"{shape}, {n} tokens: the two differ, cosine {near:.5f}")
            times, peaks = engine.in_turns(turns, seconds, 3, 1e-3)
            for name, t in times.items():
                row = {"tokens": n, **engine.figures(t, peaks, peers.products(d, ff, n))}
                out.setdefault(f"{name}, {shape}", []).append(row)
            say(f"{shape}, {n} tokens: " + ", ".join(f"{name} {1e3 * min(t):.3f} ms" for name, t in times.items()))
    return out


def streams(seconds, core, earshot, say):
    names = [f"stream/hop{hop}" + (f"x{n}" if n > 1 else "") for hop in HOPS for n in STREAMS]
    said = json.loads(subprocess.run(
        [earshot, "bench", "--json", "--time", str(max(1, round(1e3 * seconds))), "stream/hop"], check=True,
        stdout=subprocess.PIPE, preexec_fn=lambda: os.sched_setaffinity(0, {core})).stdout)
    cases = {c["name"]: c for c in said["cases"]}
    out = {}
    for name, (hop, n) in zip(names, ((hop, n) for hop in HOPS for n in STREAMS)):
        out.setdefault(f"hop {hop}", []).append({"streams": n, **{k: cases[name][k] for k in ("n", "min_us", "p50_us")}})
        say(f"{name}: {cases[name]['min_us']:.1f} us")
    return said["cpu"], out


def window_rates(seconds, threads, work):
    """{name: tokens a second}, windows shared by so many threads"""
    out = {}
    for shape, (d, heads, ff) in peers.SHAPES.items():
        run, took, end = peers.own(work, d, heads, ff, WINDOW, threads), [], time.monotonic() + seconds
        run()
        while time.monotonic() < end or len(took) < 3:
            from_ = time.perf_counter()
            run()
            took.append(time.perf_counter() - from_)
        out[f"{shape}, {WINDOW} tokens"] = WINDOW / min(took)
    return out


def cores(seconds, cpus, model, work, say):
    out = {}
    for n in range(1, min(len(cpus), MOST) + 1):
        os.sched_setaffinity(0, set(cpus[:n]))
        found = window_rates(seconds, n, work)
        found["16 streams, hop 4"] = max(engine.pool_rate(model, n, 4, seconds / 3) for _ in range(3))
        for name, rate in found.items():
            if not rate > 0:
                sys.exit(f"{name}: nothing ran; cores: {n}")
            out.setdefault(name, []).append({"cores": n, "tokens_per_s": round(rate, 1)})
        say(f"cores: {n}, thousand tokens a second: " + "; ".join(f"{name} {rate / 1e3:.1f}" for name, rate in found.items()))
    return out


def draw_cores(ax, said):
    most = max(len(rows) for rows in said["cores"].values())
    ax.set(title="tokens a second", xlabel="cores", ylabel="times what one core does", xticks=range(1, most + 1))
    if said["others"] > BUSY:
        ax.text(.5, .5, "others used the machine:\nwhat was measured here means nothing", ha="center", transform=ax.transAxes)
        return
    ax.plot([1, most], [1, most], color="grey", lw=.5, label="all that they have")
    for name, rows in said["cores"].items():
        y = [r["tokens_per_s"] for r in rows]
        ax.plot([r["cores"] for r in rows], [v / y[0] for v in y], marker="o", label=f"{name}; 1: {y[0] / 1e3:.1f} k/s")
    ax.set(ylim=(0, None))
    ax.legend(fontsize=7)


def draw(said, path):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    fig, (a, b, c) = plt.subplots(1, 3, figsize=(12, 4.2))
    for name, rows in said["length"].items():
        a.plot([r["tokens"] for r in rows], [r["min_ms"] for r in rows], "-" if name.startswith(OURS) else ":", marker=".",
               color="C0" if "edge" in name else "C1", label=name)
    a.set(title="one text, one core", xlabel="tokens", ylabel="ms", yscale="log")
    a.set_xscale("log", base=2)
    a.set_xticks(LENGTHS, LENGTHS)
    for i, (name, rows) in enumerate(said["streams"].items()):
        x, y = [r["streams"] for r in rows], [r["min_us"] / 1e3 for r in rows]
        b.plot(x, y, marker=".", color=f"C{i}", label=name)
        b.plot(x, [n * y[0] for n in x], ":", color=f"C{i}", label=f"{name}, one by one")
    b.set(title="a step of the shipped model, one core", xlabel="streams in one pass", ylabel="ms", xticks=STREAMS)
    draw_cores(c, said)
    for ax in (a, b):
        ax.grid(lw=.3)
        ax.legend(fontsize=7)
    fig.suptitle(f"{said['cpu']}, kernel {said['kernel']}; others used {100 * said['others']:.0f} % of it", fontsize=9)
    fig.tight_layout()
    fig.savefig(path, dpi=80, metadata={"Software": None})


def measure(args, say):
    cpus, used = sorted(os.sched_getaffinity(0)), others()
    core = engine.one_core()
    engine.Engine.load(args.build)
    with tempfile.TemporaryDirectory(dir=args.work) as folder:
        by_length = lengths(args.seconds, pathlib.Path(folder), say)
        cpu, by_streams = streams(args.seconds, core, f"{args.build}/daemon/tool/earshot", say)
        by_cores = cores(args.seconds, cpus, ROOT / "infer/models/hostile-en.gguf", pathlib.Path(folder), say)
    return {"schema": "earshot.plots/1", "cpu": cpu, "kernel": engine.Engine.lib.engine_kernel().decode(),
            "others": round(used, 2), "seconds": args.seconds, "length": by_length, "streams": by_streams, "cores": by_cores}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=str(ROOT / "build-release"))
    p.add_argument("--work", help="folder for models while they are timed")
    p.add_argument("--out", default=str(HERE), help="folder of plots.png and plots.json (tests/bench)")
    p.add_argument("--seconds", type=float, default=2, help="timing, for each point (2)")
    p.add_argument("--draw", metavar="JSON", help="only draw this file")
    args = p.parse_args()
    out = pathlib.Path(args.out)
    if args.draw:
        said = json.loads(pathlib.Path(args.draw).read_text())
    else:
        said = measure(args, lambda *a: print(*a, flush=True))
        (out / "plots.json").write_text(json.dumps(said, indent=1) + "\n")
    draw(said, out / "plots.png")
    print(f"drawn: {out / 'plots.png'}")


if __name__ == "__main__":
    main()
