#!/usr/bin/env python3
"""Makes bert-*.gguf (tiny BERT-like encoders of random weights, one a type of matrix) and
bert-*.bin (ids with token types, and what the model answers) for tests/unit/test_bert.c, by the
float64 definition in infer/train/bert_file.py. Needs numpy: python3 tests/golden/bert.py

    ids, types (24, 2) u16 | hidden (24, d) f32 | pooled (d) f32 | head (labels) f32
"""
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "infer" / "train"))
import bert_file  # noqa: E402

SHAPES = {
    "f32": dict(pooling="mean", labels=0),
    "f16": dict(pooling="cls", labels=2, dense=False, types=0),
    "q8_0": dict(pooling="mean", labels=2, dense=True),
    "i8": dict(pooling="cls", labels=3, dense=True),
}


def main():
    for kind, shape in SHAPES.items():
        for seed in range(100):  # until no rounding is near a tie
            keys, tensors = bert_file.random_model(seed, **shape)
            out = bert_file.write(HERE / f"bert-{kind}.gguf", keys, tensors, kind)
            e = bert_file.Encoder(keys, out, kind == "i8")
            rng = np.random.default_rng(seed + 1000)
            n = keys["bert.context_length"]
            ids = rng.integers(0, len(tensors["token_embd.weight"]), n)
            types = np.arange(n) // 9 % 2 * bool(shape.get("types", 2))
            hidden = e.hidden(ids, types)
            if e.nearest_tie > 2e-5:
                break
        pooled = e.pooled(hidden)
        head = e.head(pooled) if shape["labels"] else np.empty(0)
        data = np.stack([ids, types], axis=1).astype("<u2").tobytes()
        data += b"".join(a.astype("<f4").tobytes() for a in (hidden, pooled, head))
        (HERE / f"bert-{kind}.bin").write_bytes(data)
        print(f"{kind}: seed {seed}, no rounding nearer to a tie than {e.nearest_tie:.1e}")


if __name__ == "__main__":
    main()
