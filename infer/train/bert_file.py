"""BERT-like encoders as GGUF files, written, read and run from Python.

infer/FORMAT.md lists keys and tensors; infer/bert.h says what is computed. Encoder does the
same with whole matrices in float64: the definition that tests and the converter's report
compare with. Needs numpy only.
"""
import math

import numpy as np

import gguf_file
from gguf_file import F32, STRING, U32

KINDS = {
    "general.architecture": STRING,
    "general.name": STRING,
    "bert.block_count": U32,
    "bert.context_length": U32,
    "bert.embedding_length": U32,
    "bert.feed_forward_length": U32,
    "bert.attention.head_count": U32,
    "bert.attention.layer_norm_epsilon": F32,
    "bert.pooling_type": U32,
}
POOLING = {"none": 0, "mean": 1, "cls": 2}
LAYER = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_up", "ffn_down")
TYPES = ("f32", "f16", "q8_0", "i8")


def stored(name, w, kind):
    """The tensors that hold a matrix `name` in this type."""
    if kind == "i8":
        return gguf_file.linear(name, w)
    if kind == "q8_0":
        return {name + ".weight": gguf_file.Blocks(w)}
    return {name + ".weight": np.asarray(w).astype(np.float16 if kind == "f16" else np.float32)}


def is_matrix(name):
    """Whether a tensor may be in another type than F32; positions and types are few and stay."""
    return name == "token_embd.weight" or name.startswith("cls") and name.endswith(".weight") or (
        name.startswith("blk.") and name.endswith(".weight") and name.split(".")[2] in LAYER)


def write(path, keys, tensors, kind):
    """tensors: all as floats, by their names in the file."""
    out = {}
    for name, w in tensors.items():
        if is_matrix(name):
            out.update(stored(name.removesuffix(".weight"), w, kind))
        else:
            out[name] = np.asarray(w, np.float32)
    for name, t in out.items():
        if t.dtype in (np.float32, np.float16) and not np.isfinite(t).all():
            raise ValueError(f"{name} holds what is not finite, or is too large for {kind}")
    gguf_file.write(path, {"general.architecture": "bert", **keys}, KINDS, out)
    return out


def as_floats(tensors, name):
    """A stored tensor as float64"""
    t = tensors[name]
    if isinstance(t, gguf_file.Blocks):
        return t.floats().astype(np.float64)
    t = t.astype(np.float64)
    scale = tensors.get(name.removesuffix(".weight") + ".scale")
    return t if scale is None else t * scale.astype(np.float64)[:, None]


class Encoder:
    """keys and tensors as they are in the file; int8: rows of activations are rounded as there."""

    def __init__(self, keys, tensors, int8):
        self.keys, self.int8 = keys, int8
        self.t = {n: as_floats(tensors, n) for n in tensors if not n.endswith(".scale")}
        self.erf = np.vectorize(math.erf)
        self.nearest_tie = 0.5

    def norm(self, x, name):
        x = x - x.mean(axis=1, keepdims=True)
        var = (x * x).mean(axis=1, keepdims=True)
        x = x / np.sqrt(var + self.keys["bert.attention.layer_norm_epsilon"])
        return x * self.t[name + ".weight"] + self.t[name + ".bias"]

    def linear(self, x, name):
        if self.int8:
            scale = np.abs(x).max(axis=1, keepdims=True) / 127
            q = x / scale
            self.nearest_tie = min(self.nearest_tie, np.abs(np.abs(q - np.floor(q)) - 0.5).min())
            x = np.rint(q) * scale
        return x @ self.t[name + ".weight"].T + self.t[name + ".bias"]

    def attention(self, x, blk):
        q, k, v = (self.linear(x, blk + n) for n in LAYER[:3])
        heads, out = self.keys["bert.attention.head_count"], np.empty_like(x)
        dh = x.shape[1] // heads
        for h in range(heads):
            part = slice(h * dh, (h + 1) * dh)
            a = q[:, part] @ k[:, part].T / np.sqrt(dh)
            p = np.exp(a - a.max(axis=1, keepdims=True))
            out[:, part] = p / p.sum(axis=1, keepdims=True) @ v[:, part]
        return self.linear(out, blk + "attn_output")

    def hidden(self, ids, types):
        x = self.t["token_embd.weight"][ids] + self.t["position_embd.weight"][:len(ids)]
        if "token_types.weight" in self.t:
            x = x + self.t["token_types.weight"][types]
        x = self.norm(x, "token_embd_norm")
        for i in range(self.keys["bert.block_count"]):
            blk = f"blk.{i}."
            x = self.norm(x + self.attention(x, blk), blk + "attn_output_norm")
            h = self.linear(x, blk + "ffn_up")
            h = h * (1 + self.erf(h / np.sqrt(2))) / 2
            x = self.norm(x + self.linear(h, blk + "ffn_down"), blk + "layer_output_norm")
        return x

    def pooled(self, hidden):
        return hidden.mean(axis=0) if self.keys["bert.pooling_type"] == POOLING["mean"] else hidden[0]

    def head(self, pooled):
        if "cls.weight" in self.t:
            pooled = np.tanh(self.t["cls.weight"] @ pooled + self.t["cls.bias"])
        return self.t["cls.output.weight"] @ pooled + self.t["cls.output.bias"]


def random_model(seed, layers=2, d=32, heads=2, ff=64, context=24, vocabulary=50, types=2, labels=3,
                 pooling="cls", dense=True):
    """(keys, tensors) of random weights that keep activations near 1"""
    rng = np.random.default_rng(seed)
    keys = {"general.name": "random", "bert.block_count": layers, "bert.context_length": context,
            "bert.embedding_length": d, "bert.feed_forward_length": ff,
            "bert.attention.head_count": heads, "bert.attention.layer_norm_epsilon": 1e-12,
            "bert.pooling_type": POOLING[pooling]}
    t = {}

    def matrix(name, rows, cols, spread, bias=True):
        t[name + ".weight"] = rng.normal(0, spread, (rows, cols)).astype(np.float32)
        if bias:
            t[name + ".bias"] = rng.normal(0, 0.3, rows).astype(np.float32)

    def norm(name):
        t[name + ".weight"] = rng.normal(1, 0.1, d).astype(np.float32)
        t[name + ".bias"] = rng.normal(0, 0.1, d).astype(np.float32)

    matrix("token_embd", vocabulary, d, 0.8, False)
    matrix("position_embd", context, d, 0.4, False)
    if types:
        matrix("token_types", types, d, 0.3, False)
    norm("token_embd_norm")
    for i in range(layers):
        blk = f"blk.{i}."
        for name in LAYER[:4]:
            matrix(blk + name, d, d, d ** -0.5)
        norm(blk + "attn_output_norm")
        matrix(blk + "ffn_up", ff, d, 1.5 * d ** -0.5)
        matrix(blk + "ffn_down", d, ff, ff ** -0.5)
        norm(blk + "layer_output_norm")
    if labels:
        if dense:
            matrix("cls", d, d, d ** -0.5)
        matrix("cls.output", labels, d, d ** -0.5)
    return keys, t
