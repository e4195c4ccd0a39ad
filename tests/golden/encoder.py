#!/usr/bin/env python3
"""Makes encoder-*.gguf (tiny models of random weights) and encoder-*.bin (ids, and what the model
answers) for tests/unit/test_encoder.c. The arithmetic here is written from infer/encoder.h and
infer/FORMAT.md in float64 with whole matrices: no streaming, no cache, no kernels. Rounded is only
what the engine says: rows of activations, of a head's queries, keys and values to int8, and what a
value is times; GELU and 2^x are the engine's polynomials (infer/ref.h). Needs numpy: python3 tests/golden/encoder.py

    causal:  ids (100, books) u16 | logits (100, labels + 1) f32 | scores, hop 4 (25, labels + 1) f32
    whole:   ids (16, books) u16 | hidden (16, d) f32 | pooled logits (labels + 1) f32
"""
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "infer" / "train"))
import gguf_file  # noqa: E402

N, HOP, SEED = 100, 4, 306  # a seed with which no rounding to int8 is near a tie, and those of weights add up to little
CELL_WEIGHT = 254
GELU_MOST, GELU_OFF, GELU_PLUS, GELU_BY = 3.3, 5.5511141, 7.9594312, .020155858
POWER = .99992807, .69326099, .24261112, .05517166


def power(x):
    n = np.rint(np.maximum(x, -200))
    return np.where(x >= -126, 2 ** n * sum(c * (np.maximum(x, -200) - n) ** i for i, c in enumerate(POWER)), 0)


def gelu(x):
    u = np.minimum(np.abs(x), GELU_MOST)
    return np.maximum(x, 0) + GELU_BY * u * (u - GELU_MOST) * (u * (u - GELU_OFF) + GELU_PLUS)


class Encoder:
    def __init__(self, path):
        self.keys, self.tensors = gguf_file.read_model(path)
        self.d = self.keys["earshot.embedding_length"]
        self.heads = self.keys["earshot.attention.head_count"]
        self.window = self.keys["earshot.attention.window"]
        self.causal = self.keys["earshot.attention.causal"]
        self.nearest_tie = 0.5  # how close any rounding came to a tie, for choosing SEED

    def floats(self, name):
        return self.tensors[name].astype(np.float64)

    def matrix(self, name):
        return self.floats(name + ".weight") * self.floats(name + ".scale")[:, None]

    def norm(self, x, name):
        mean = (x * x).mean(axis=1, keepdims=True)
        eps = self.keys["earshot.attention.layer_norm_rms_epsilon"]
        return x / np.sqrt(mean + eps) * self.floats(name + ".weight")

    def rounded(self, x):
        """int8 rows and their scales"""
        scale = np.abs(x).max(axis=1, keepdims=True) / 127
        q = x / scale
        self.nearest_tie = min(self.nearest_tie, np.abs(np.abs(q - np.floor(q)) - 0.5).min())
        return np.rint(q), scale

    def linear(self, x, name):
        q, scale = self.rounded(x)
        return (q * scale) @ self.matrix(name).T

    def attention(self, x, i):
        n, dh = len(x), self.d // self.heads
        q, k, v = np.split(self.linear(x, f"blk.{i}.attn_qkv"), 3, axis=1)
        bias = self.floats(f"blk.{i}.attn_bias.weight")
        t, s = np.arange(n)[:, None], np.arange(n)[None, :]
        seen = (s <= t) & (t - s < self.window) if self.causal else np.ones((n, n), bool)
        at = t - s if self.causal else t - s + self.window - 1
        out = np.empty_like(x)
        for h in range(self.heads):
            part = slice(h * dh, (h + 1) * dh)
            (qh, q_scale), (kh, k_scale), (vh, v_scale) = (self.rounded(y[:, part]) for y in (q, k, v))
            a = (qh * q_scale) @ (kh * k_scale).T / np.sqrt(dh) + bias[h][np.where(seen, at, 0)]
            a = np.where(seen, a, -np.inf)
            p = power((a - a.max(axis=1, keepdims=True)) * np.log2(np.e))
            up = CELL_WEIGHT / np.where(seen, v_scale.T, 0).max(axis=1, keepdims=True)
            out[:, part] = np.rint(p * v_scale.T * up) @ vh / up / p.sum(axis=1, keepdims=True)
        return self.linear(out, f"blk.{i}.attn_output")

    def feed_forward(self, x, i):
        return self.linear(gelu(self.linear(x, f"blk.{i}.ffn_up")), f"blk.{i}.ffn_down")

    def hidden(self, ids):
        codes = self.keys["earshot.tokenizer.codes"]
        x = self.matrix("token_embd")[ids + codes * np.arange(ids.shape[1])].sum(axis=1)
        for i in range(self.keys["earshot.block_count"]):
            x = x + self.attention(self.norm(x, f"blk.{i}.attn_norm"), i)
            x = x + self.feed_forward(self.norm(x, f"blk.{i}.ffn_norm"), i)
        return self.norm(x, "output_norm")

    def logits(self, hidden):
        return hidden @ self.floats("output.weight").T + self.floats("output.bias")

    def scores(self, logits):
        pool, out = self.keys["earshot.pool"], []
        for end in range(HOP, len(logits) + 1, HOP):
            pooled = np.log(np.exp(logits[max(0, end - pool):end]).sum(axis=0) / pool)
            scale, bias = (np.array(self.keys["earshot.calibration." + k]) for k in ("scale", "bias"))
            out.append(1 / (1 + np.exp(-(scale * pooled + bias))))
        return np.array(out)


def write(path, ids, *arrays):
    data = ids.astype("<u2").tobytes()
    path.write_bytes(data + b"".join(a.astype("<f4").tobytes() for a in arrays))


def main():
    rng = np.random.default_rng(SEED)
    for kind in "causal", "whole":
        model = HERE / f"encoder-{kind}.gguf"
        n = N if kind == "causal" else 16
        gguf_file.random_model(model, SEED, causal=kind == "causal", small=True,
                               calibration__scale=[1.5, 0.5, 1.0, 2.0],
                               calibration__bias=[-0.25, 0.5, 0.0, -1.0])
        e = Encoder(model)
        ids = rng.integers(0, e.keys["earshot.tokenizer.codes"], (n, 4))
        hidden = e.hidden(ids)
        z = e.logits(hidden)
        if kind == "causal":
            write(HERE / "encoder-causal.bin", ids, z, e.scores(z))
        else:
            write(HERE / "encoder-whole.bin", ids, hidden, np.log(np.exp(z).mean(axis=0)))
        print(f"{kind}: no rounding nearer to a tie than {e.nearest_tie:.1e}")


if __name__ == "__main__":
    main()
