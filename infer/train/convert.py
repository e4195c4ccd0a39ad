#!/usr/bin/env python3
"""A BERT-like encoder, from safetensors or ONNX to the GGUF file that `earshot infer` runs.

    convert.py MODEL OUT.gguf [--type f32|f16|q8_0|i8] [--pooling none|mean|cls] [--heads N]

MODEL is a .safetensors or .onnx file, or a folder with model.safetensors or model.onnx;
config.json, and 1_Pooling/config.json of sentence-transformers, are read beside it. Prints
the error that the type brings: of every matrix, and of the whole on random tokens. BERT and
RoBERTa names of tensors are known. Needs numpy; an ONNX file needs the package onnx too.
"""
import argparse
import json
import pathlib
import re
import struct
import sys

import numpy as np

import bert_file

PLAIN = {
    "embeddings.word_embeddings.weight": "token_embd.weight",
    "embeddings.position_embeddings.weight": "position_embd.weight",
    "embeddings.token_type_embeddings.weight": "token_types.weight",
    "embeddings.LayerNorm": "token_embd_norm",
    "pooler.dense": "cls",
    "classifier.dense": "cls",
    "classifier.out_proj": "cls.output",
    "classifier": "cls.output",
}
IN_LAYER = {
    "attention.self.query": "attn_q", "attention.self.key": "attn_k", "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output", "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up", "output.dense": "ffn_down", "output.LayerNorm": "layer_output_norm",
}
DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


def read_safetensors(path):
    data = path.read_bytes()
    n = struct.unpack_from("<Q", data)[0]
    out = {}
    for name, info in json.loads(data[8:8 + n]).items():
        if name == "__metadata__" or info["dtype"] not in DTYPES:
            continue
        a, b = info["data_offsets"]
        t = np.frombuffer(data[8 + n + a:8 + n + b], DTYPES[info["dtype"]])
        if info["dtype"] == "BF16":
            t = (t.astype(np.uint32) << 16).view(np.float32)
        out[name] = t.reshape(info["shape"]).astype(np.float32)
    return out


def read_onnx(path):
    """Initializers by name. Exporters lose the names of matrices (and transpose them), but a bias
    keeps its own: the matrix of the product that it is added to is the one it goes with."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(str(path)).graph
    out = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        for bias, other in (node.input, node.input[::-1]) if node.op_type == "Add" else ():
            product = made_by.get(other)
            if bias.endswith(".bias") and bias in out and product is not None and \
                    product.op_type == "MatMul" and product.input[1] in out:
                out[bias.removesuffix("bias") + "weight"] = out[product.input[1]].T
    for node in graph.node:  # nn.Linear that became one node
        if node.op_type == "Gemm" and len(node.input) > 2 and node.input[2].endswith(".bias"):
            turned = any(a.name == "transB" and a.i for a in node.attribute)
            w = out[node.input[1]]
            out[node.input[2].removesuffix("bias") + "weight"] = w if turned else w.T
    return {n: t.astype(np.float32) for n, t in out.items() if t.dtype in (np.float16, np.float32, np.float64)}


def renamed(name):
    """A tensor's name in the file, None if it has no place there"""
    name = re.sub(r"^(bert|roberta|model|0\.auto_model)\.", "", name)
    name = name.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias")
    stem, _, end = name.rpartition(".")
    if name in PLAIN:
        return PLAIN[name]
    m = re.match(r"encoder\.layer\.(\d+)\.(.+)", stem)
    new = f"blk.{m[1]}.{IN_LAYER[m[2]]}" if m and m[2] in IN_LAYER else PLAIN.get(stem)
    return f"{new}.{end}" if new and end in ("weight", "bias") else None


def take(tensors):
    """Renamed; a head's first matrix only where there is a head. RoBERTa's first two positions are
    of padding, and every token stands two further on."""
    out = {renamed(n): t for n, t in tensors.items() if renamed(n)}
    if "cls.output.weight" not in out:
        out = {n: t for n, t in out.items() if not n.startswith("cls")}
    if any(n.startswith("roberta.") for n in tensors):
        out["position_embd.weight"] = out["position_embd.weight"][2:]
    return dict(sorted(out.items()))  # the same file from both forms


def sources(model):
    """(tensors, config, pooling): what lies at and beside the path"""
    path = pathlib.Path(model)
    if path.is_dir():
        found = [p for p in (path / "model.safetensors", path / "model.onnx", path / "onnx/model.onnx") if p.is_file()]
        if not found:
            sys.exit(f"{path}: neither model.safetensors nor model.onnx in it")
        path = found[0]
    config, pooling = {}, "none"
    for folder in (path.parent, path.parent.parent):
        if not config and (folder / "config.json").is_file():
            config = json.loads((folder / "config.json").read_text())
            if (folder / "1_Pooling/config.json").is_file():
                modes = json.loads((folder / "1_Pooling/config.json").read_text())
                pooling = "mean" if modes.get("pooling_mode_mean_tokens") else "cls"
    return (read_onnx if path.suffix == ".onnx" else read_safetensors)(path), config, pooling


def check(config):
    for key, want in (("hidden_act", "gelu"), ("position_embedding_type", "absolute")):
        if config.get(key, want) != want:
            sys.exit(f"config.json: {key} is \"{config[key]}\", only \"{want}\" is known here")


def keys_of(tensors, config, args, pooling):
    d = tensors["token_embd.weight"].shape[1]
    heads = args.heads or config.get("num_attention_heads")
    if not heads:
        sys.exit("no config.json beside the model says num_attention_heads: give --heads")
    return {
        "general.name": re.sub(r"[^ -~]", "", args.name or pathlib.Path(args.model).stem)[:63] or "encoder",
        "bert.block_count": 1 + max(int(n.split(".")[1]) for n in tensors if n.startswith("blk.")),
        "bert.context_length": len(tensors["position_embd.weight"]),
        "bert.embedding_length": d,
        "bert.feed_forward_length": tensors["blk.0.ffn_up.weight"].shape[0],
        "bert.attention.head_count": heads,
        "bert.attention.layer_norm_epsilon": config.get("layer_norm_eps", 1e-12),
        "bert.pooling_type": bert_file.POOLING[args.pooling or pooling],
    }


def report(keys, tensors, out, kind):
    rows = []
    for name, w in tensors.items():
        if bert_file.is_matrix(name):
            off = bert_file.as_floats(out, name) - w
            rows.append((np.sqrt((off ** 2).mean() / (w.astype(float) ** 2).mean()), np.abs(off).max(), name))
    rows.sort(reverse=True)
    print(f"{sum(t.nbytes for t in out.values()) / 1e6:.1f} MB in {kind.upper()}; "
          f"{len(rows)} matrices, relative error (root mean square) {np.mean([r[0] for r in rows]):.2e} on average, worst:")
    for relative, largest, name in rows[:5]:
        print(f"  {relative:.2e}  largest {largest:.2e}  {name}")
    exact = bert_file.Encoder(keys, tensors, False)
    stored = bert_file.Encoder(keys, out, kind == "i8")
    rng, cosines = np.random.default_rng(1), []
    for n in (4, 8, 16, 32):
        n = min(n, keys["bert.context_length"])
        ids = rng.integers(0, len(tensors["token_embd.weight"]), n)
        a, b = (e.pooled(e.hidden(ids, 0 * ids)) for e in (exact, stored))
        cosines.append(a @ b / np.sqrt((a @ a) * (b @ b)))
    print(f"pooled output of random tokens against the original: cosine {min(cosines):.6f} at least"
          + (", activations in 8 bits too" if kind == "i8" else ""))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("out")
    p.add_argument("--type", choices=bert_file.TYPES, default="i8")
    p.add_argument("--pooling", choices=sorted(bert_file.POOLING))
    p.add_argument("--heads", type=int)
    p.add_argument("--name")
    args = p.parse_args()
    tensors, config, pooling = sources(args.model)
    check(config)
    tensors = take(tensors)
    try:
        keys = keys_of(tensors, config, args, pooling)
        out = bert_file.write(args.out, keys, tensors, args.type)
        report(keys, tensors, out, args.type)
    except KeyError as missing:
        sys.exit(f"{args.model}: no BERT-like encoder: it has no tensor for {missing}")
    except ValueError as why:
        sys.exit(f"{args.model}: {why}")


if __name__ == "__main__":
    main()
