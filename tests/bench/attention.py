#!/usr/bin/env python3
"""An attention head of 128 by 64 in float32, the article's own: through the engine and its
peers, on one core and in turns. `./dev bench attention` runs this.

y = softmax(q k^T / 8) v, nothing masked, all operands given anew: whoever wants keys in
another order puts them there within the time. One head a call, as the article has it, and
twelve, where what a call itself costs (some microseconds from Python, ours as theirs)
hardly counts. Each peer has its own fused operation and the three plain ones. Outputs are
compared with numpy's in double precision. A peer that cannot be had is said to be missing.
"""
import argparse
import json
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT / "infer/train")]
import engine  # noqa: E402

TOKENS, WIDTH, HEADS = 128, 64, (1, 12)
FAR = 1e-5  # relative error, root mean square, above which it is another function
SAMPLE = 5e-4  # seconds


def exact(q, k, v):
    q, k, v = (a.astype(np.float64) for a in (q, k, v))
    s = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[2])
    p = np.exp(s - s.max(axis=2, keepdims=True))
    return p / p.sum(axis=2, keepdims=True) @ v


def beside(a):
    """(heads, n, d) as (1, n, heads d)"""
    return np.ascontiguousarray(a.transpose(1, 0, 2).reshape(1, a.shape[1], -1))


def onnx_session(nodes, inputs, shape):
    import onnx
    from onnx import TensorProto, helper

    import graph_onnx
    values = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in [*inputs.items(), ("y", shape)]]
    graph = helper.make_graph(nodes, "head", values[:-1], values[-1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid(*o) for o in graph_onnx.OPSETS], ir_version=9)
    onnx.checker.check_model(model)
    return graph_onnx.session(model.SerializeToString())


def onnx_run(nodes, q, k, v):
    """Bound to its operands, so that a call hands nothing over"""
    import onnxruntime
    y = onnxruntime.OrtValue.ortvalue_from_numpy(np.empty_like(q))
    session = onnx_session(nodes, {"q": q.shape, "k": k.shape, "v": v.shape}, q.shape)
    binding, kept = session.io_binding(), []
    for name, a in (("q", q), ("k", k), ("v", v)):
        kept.append(onnxruntime.OrtValue.ortvalue_from_numpy(a))
        binding.bind_ortvalue_input(name, kept[-1])
    binding.bind_ortvalue_output("y", y)

    def run(kept=kept):
        session.run_with_iobinding(binding)
        return y
    return run


def onnxruntime(q, k, v):
    import onnxruntime as package
    from onnx import helper
    heads, n, d = q.shape
    fused = [helper.make_node("MultiHeadAttention", ["q", "k", "v"], ["y"], domain="com.microsoft", num_heads=heads)]
    plain = [helper.make_node("FusedMatMul", ["q", "k"], ["s"], domain="com.microsoft", transB=1, alpha=d ** -0.5),
             helper.make_node("Softmax", ["s"], ["p"], axis=-1), helper.make_node("MatMul", ["p", "v"], ["y"])]
    one, three = onnx_run(fused, *(beside(a) for a in (q, k, v))), onnx_run(plain, q, k, v)
    return package.__version__, {
        "ONNX Runtime, fused": (one, lambda y: y.numpy().reshape(n, heads, d).transpose(1, 0, 2)),
        "ONNX Runtime": (three, lambda y: y.numpy())}


def openvino(q, k, v):
    import openvino as package
    import openvino.opset13 as op
    config = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
              "INFERENCE_PRECISION_HINT": "f32", "ENABLE_CPU_PINNING": False}
    out, core = {}, package.Core()
    for kind in ", fused", "":
        given = [op.parameter(list(q[None].shape), np.float32, name) for name in "qkv"]
        if kind:
            y = op.scaled_dot_product_attention(*given)
        else:
            by = op.constant(np.array(q.shape[2] ** -0.5, np.float32))
            s = op.matmul(op.multiply(given[0], by), given[1], False, True)
            y = op.matmul(op.softmax(s, -1), given[2], False, False)
        request = core.compile_model(package.Model([y], given, "head"), "CPU", config).create_infer_request()
        for i, a in enumerate((q, k, v)):
            request.set_input_tensor(i, package.Tensor(a[None], shared_memory=True))

        def run(request=request):
            request.infer()
            return request
        out["OpenVINO" + kind] = (run, lambda r: r.get_output_tensor(0).data[0])
    return package.__version__.split("-")[0], out


def ai_edge_litert(q, k, v):
    import importlib.metadata

    import graph_tflite
    heads, n, d = q.shape
    g = graph_tflite.Graph({"bert.embedding_length": heads * d, "bert.attention.head_count": heads,
                            "bert.attention.layer_norm_epsilon": 0}, {}, n)
    given = [g.tensor(q.shape) for _ in range(3)]
    by = g.two("MUL", given[0], g.const(np.float32([d ** -0.5])), "MulOptions")
    i = graph_tflite.open_model(g.finish(given, [g.head(by, *given[1:])]), "head")
    for place, a in zip(i.get_input_details(), (q, k, v)):
        i.set_tensor(place["index"], a)
    made = i.get_output_details()[0]["index"]

    def run():
        i.invoke()
        return made
    return importlib.metadata.version("ai-edge-litert"), {"XNNPACK": (run, i.get_tensor)}


PEERS = {f.__name__: f for f in (onnxruntime, openvino, ai_edge_litert)}


def contestants(q, k, v, missing):
    """{name: (run, what it gave)}, {package: version}"""
    runs, versions = {"earshot": (engine.attention(q, k, v), lambda y: y)}, {}
    for package, make in PEERS.items():
        try:
            versions[package], found = make(q, k, v)
            runs.update(found)
        except (ImportError, OSError) as why:
            missing[package] = str(why)
        except Exception as why:  # as in peers.py
            missing[package] = f"{type(why).__name__}: {why}".split("\n")[0]
    return runs, versions


def measure(heads, seconds, missing, say):
    rng = np.random.default_rng(heads)
    q, k, v = (rng.normal(0, 1, (heads, TOKENS, WIDTH)).astype(np.float32) for _ in range(3))
    want, (runs, versions), error = exact(q, k, v), contestants(q, k, v, missing), {}
    for name, (run, take) in runs.items():
        error[name] = float(np.sqrt(((take(run()) - want) ** 2).mean() / (want ** 2).mean()))
        if not error[name] <= FAR:
            missing[name] = f"{heads} heads: its answers are off by {error[name]:.1e}"
    turns = {name: run for name, (run, _) in runs.items() if error[name] <= FAR}
    times, peaks = engine.in_turns(turns, seconds, sample=SAMPLE)
    best = min((min(t) for name, t in times.items() if name != "earshot"), default=float("nan"))
    rows = {name: {"n": len(t), "min_us": round(min(t) * 1e6 / heads, 3), "p50_us": round(float(np.median(t)) * 1e6 / heads, 3),
                   "of_best_peer": round(min(t) / best, 3), "error": error[name]} for name, t in times.items()}
    say(f"\n{TOKENS}x{WIDTH}, heads a call: {heads}\n{'':24} {'least us':>9} {'p50 us':>9} {'of best peer':>13} {'error':>9}")
    for name, r in sorted(rows.items(), key=lambda item: item[1]["min_us"]):
        say(f"{name:24} {r['min_us']:9.2f} {r['p50_us']:9.2f} {r['of_best_peer']:13.2f} {r['error']:9.1e}")
    return {"heads": heads, "tokens": TOKENS, "width": WIDTH, "n": len(peaks), "versions": versions, "rows": rows}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=str(ROOT / "build-release"))
    p.add_argument("--seconds", type=float, default=10, help="timing, for each table (10)")
    p.add_argument("--json", action="store_true", help="one JSON object, nothing else")
    args = p.parse_args()
    say = (lambda *a: None) if args.json else (lambda *a: print(*a, flush=True))
    core = engine.one_core()  # before any peer makes its threads
    engine.Engine.load(args.build)
    say(f"core {core} alone, kernel {engine.Engine.lib.engine_kernel().decode()}, float32; microseconds a head")
    missing = {}
    tables = [measure(heads, args.seconds, missing, say) for heads in HEADS]
    for package, why in missing.items():
        say(f"missing: {package}: {why}")
    if args.json:
        print(json.dumps({"schema": "earshot.attention/1", "tables": tables, "missing": missing}))


if __name__ == "__main__":
    main()
