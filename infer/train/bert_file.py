"""BERT-like encoders as GGUF files, written, read and run from Python.

infer/FORMAT.md lists keys and tensors; infer/bert.h says what is computed. Encoder does the
same with whole matrices in float64: the definition that tests and the converter's report
compare with. Needs numpy only.
"""
import math

import numpy as np

import gguf_file
from gguf_file import ARRAY, F32, STRING, U32

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
SIZE, MASK = "bert.attention.block_size", "bert.attention.block_mask"
MASKED = {SIZE: U32, MASK: (ARRAY, U32)}  # in a file where tokens see some blocks of others only
CELL_WEIGHT = 254  # infer/kernel.h
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
    kinds = KINDS | {k: kind for k, kind in MASKED.items() if k in keys}
    gguf_file.write(path, {"general.architecture": "bert", **keys}, kinds, out)
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
    """keys and tensors as they are in the file; int8: rows of activations are rounded as there, and a
    head's queries, keys and values, and what a value is times (infer/kernel.h)."""

    power = staticmethod(np.exp2)
    whole = staticmethod(np.rint)

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

    def seen(self, n):
        """(n, n): whether a token attends to another"""
        if SIZE not in self.keys:
            return np.ones((n, n), bool)
        block = np.arange(n) // self.keys[SIZE]
        return np.array(self.keys[MASK])[block][:, None] >> block[None, :] & 1 == 1

    def rounded(self, x):
        """Rows as integers, and their scales"""
        scale = np.abs(x).max(axis=1, keepdims=True) / 127
        return np.rint(x / scale), scale

    def attend(self, q, k, v, seen):
        """What each token of one head takes from those it sees"""
        if not self.int8:
            a = np.where(seen, q @ k.T / np.sqrt(q.shape[1]), -np.inf)
            p = np.exp(a - a.max(axis=1, keepdims=True))
            return p / p.sum(axis=1, keepdims=True) @ v
        (q, q_scale), (k, k_scale), (v, v_scale) = map(self.rounded, (q, k, v))
        a = np.where(seen, (q * q_scale) @ (k * k_scale).T / np.sqrt(q.shape[1]), -np.inf)
        p = self.power((a - a.max(axis=1, keepdims=True)) * np.log2(np.e))
        up = CELL_WEIGHT / np.where(seen, v_scale.T, 0).max(axis=1, keepdims=True)
        return self.whole(p * v_scale.T * up) @ v / up / p.sum(axis=1, keepdims=True)

    def attention(self, x, blk):
        heads = (np.split(self.linear(x, blk + n), self.keys["bert.attention.head_count"], axis=1) for n in LAYER[:3])
        seen = self.seen(len(x))
        return self.linear(np.hstack([self.attend(*part, seen) for part in zip(*heads)]), blk + "attn_output")

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
