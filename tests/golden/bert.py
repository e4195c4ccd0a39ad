#!/usr/bin/env python3
"""Makes bert-*.gguf (tiny BERT-like encoders of random weights, one a type of matrix, and two whose
tokens see blocks of others) and bert-*.bin (ids with token types, and what the model answers) for
tests/unit/test_bert.c, by the float64 definition in infer/train/bert_file.py, to which this adds the
polynomials that the engine has for 2^x and GELU where weights are int8 (as tests/golden/encoder.py). Needs numpy: python3 tests/golden/bert.py

    ids, types (n, 2) u16 | hidden (n, d) f32 | pooled (d) f32 | head (labels) f32

n is the model's context: 24, of those with a mask 120.
"""
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "infer" / "train"))
import bert_file  # noqa: E402
import encoder  # noqa: E402

# Eight blocks of 16, the last one of 8: the first one global, two neighbours, and others
BLOCKS = {bert_file.SIZE: 16, bert_file.MASK: [0xff, 0x07, 0x8f, 0x1d, 0x38, 0x71, 0xe3, 0x81]}
LEAST = 2e-5
SHAPES = {
    "f32": dict(pooling="mean", labels=0),
    "f16": dict(pooling="cls", labels=2, dense=False, types=0),
    "q8_0": dict(pooling="mean", labels=2, dense=True),
    "i8": dict(pooling="cls", labels=3, dense=True),
    "mask-f32": dict(pooling="mean", labels=0, context=120),
    "mask-i8": dict(pooling="mean", labels=0, context=120, layers=1),  # more have too many roundings for one to be safe
}


class Encoder(bert_file.Encoder):
    """jitter: what float32 may do before something is rounded, in its last bits' size; 0 for the definition"""

    def __init__(self, keys, tensors, int8, jitter=0):
        super().__init__(keys, tensors, int8)
        self.jitter, self.rng = jitter, np.random.default_rng(jitter)
        if int8:
            self.erf = self.gelu

    def off(self, x, size):
        return x + self.rng.normal(0, size, x.shape) if self.jitter else x

    def linear(self, x, name):
        return super().linear(self.off(x, 3e-7 * np.abs(x).max(axis=1, keepdims=True)), name)

    def rounded(self, x):
        return super().rounded(self.off(x, 3e-7 * np.abs(x).max(axis=1, keepdims=True)))

    def whole(self, x):
        return np.rint(self.off(x, 1.2e-7 * encoder.CELL_WEIGHT))

    power = staticmethod(encoder.power)

    def gelu(self, x):
        """What hidden() makes of (1 + erf(x / sqrt 2)) / 2, by which it multiplies x"""
        h = x * np.sqrt(2)
        return 2 * encoder.gelu(h) / np.where(h == 0, 1, h) - 1


def make(kind, shape):
    """A model in which nothing rounds another way where float32 is a little off: seed, keys, tensors, ids, types, answer"""
    stored = kind.removeprefix("mask-")
    for seed in range(10000):
        keys, tensors = bert_file.random_model(seed, **shape)
        if kind != stored:
            keys |= BLOCKS
        out = bert_file.write(HERE / f"bert-{kind}.gguf", keys, tensors, stored)
        rng = np.random.default_rng(seed + 1000)
        n = keys["bert.context_length"]
        ids = rng.integers(0, len(tensors["token_embd.weight"]), n)
        types = np.arange(n) // 9 % 2 * bool(shape.get("types", 2))
        e = Encoder(keys, out, stored == "i8")
        hidden = e.hidden(ids, types)
        off = [np.abs(Encoder(keys, out, e.int8, jitter).hidden(ids, types) - hidden).max() for jitter in (1, 2, 3)]
        if max(off) < LEAST:
            return seed, e, ids, types, hidden, max(off)
    sys.exit(f"{kind}: no seed")


def main():
    for kind, shape in SHAPES.items():
        seed, e, ids, types, hidden, off = make(kind, shape)
        pooled = e.pooled(hidden)
        head = e.head(pooled) if shape["labels"] else np.empty(0)
        data = np.stack([ids, types], axis=1).astype("<u2").tobytes()
        data += b"".join(a.astype("<f4").tobytes() for a in (hidden, pooled, head))
        (HERE / f"bert-{kind}.bin").write_bytes(data)
        print(f"{kind}: seed {seed}, off by {off:.1e} where float32 is off by its last bits")


if __name__ == "__main__":
    main()
