"""Model files, written and read from Python.

infer/FORMAT.md says what a model file holds; KEYS and expected_shapes() say it
again in a form that write_model() checks against, so that training fails here
and not in the daemon. Needs numpy only. Arrays are (rows, columns), int8 for
weights and float32 for everything else.

    tensors["output.bias"] = bias.astype(np.float32)
    tensors.update(linear("blk.0.ffn_up", w))        # w: float (out, in)
    write_model("m.gguf", keys, tensors)
    keys, tensors = read_model("m.gguf")
"""
import os
import struct
import sys

import numpy as np

ALIGNMENT = 32
U32, F32, BOOL, STRING, ARRAY = 4, 6, 7, 8, 9  # GGUF's numbers of value types
TENSOR_TYPES = {np.dtype(np.float32): 0, np.dtype(np.float16): 1, np.dtype(np.int8): 24}
Q8_0 = 8  # a tensor type too, of no array: see Blocks

KEYS = {  # name: type, or (ARRAY, type of an element)
    "general.architecture": STRING,
    "general.name": STRING,
    "general.version": STRING,
    "earshot.feature": STRING,
    "earshot.block_count": U32,
    "earshot.embedding_length": U32,
    "earshot.feed_forward_length": U32,
    "earshot.attention.head_count": U32,
    "earshot.attention.window": U32,
    "earshot.attention.causal": BOOL,
    "earshot.attention.layer_norm_rms_epsilon": F32,
    "earshot.pool": U32,
    "earshot.labels": (ARRAY, STRING),
    "earshot.calibration.scale": (ARRAY, F32),
    "earshot.calibration.bias": (ARRAY, F32),
    "earshot.threshold.low": (ARRAY, F32),
    "earshot.threshold.medium": (ARRAY, F32),
    "earshot.threshold.high": (ARRAY, F32),
    "earshot.tokenizer.frames": U32,
    "earshot.tokenizer.codes": U32,
    "earshot.tokenizer.widths": (ARRAY, U32),
}
# what a file may have besides: false alarms an hour against the threshold (hours.py)
EXTRA = {"earshot.curve.threshold": (ARRAY, F32), "earshot.curve.false_alarms_per_hour": (ARRAY, F32),
         "earshot.curve.hours": F32}


class Blocks:
    """A matrix as Q8_0: rows of blocks of 32, each a float16 scale and 32 int8. Reads like an
    array where write() needs one."""

    dtype = "q8_0"

    def __init__(self, w):
        w = np.asarray(w, np.float64)
        parts = w.reshape(w.shape[0], -1, 32)
        scale = (np.abs(parts).max(axis=2, keepdims=True) / 127).astype(np.float16)
        by = np.where(scale == 0, 1, scale.astype(np.float64))
        q = np.rint(parts / by).clip(-127, 127).astype(np.int8)
        self.shape, self.scale, self.q = w.shape, scale, q
        self.data = np.concatenate([scale.view(np.uint8), q.view(np.uint8)], axis=2)
        self.nbytes = self.data.nbytes

    def floats(self):
        return (self.q * self.scale.astype(np.float32)).reshape(self.shape)


def quantize_rows(w):
    """(out, in) floats to int8 in [-127, 127] and one float32 scale a row."""
    w = np.asarray(w, np.float64)
    scale = np.abs(w).max(axis=1) / 127
    scale[scale == 0] = 1
    q = np.rint(w / scale[:, None]).clip(-127, 127)
    return q.astype(np.int8), scale.astype(np.float32)


def linear(name, w):
    """The two tensors of a matrix: `name`.weight and `name`.scale."""
    q, scale = quantize_rows(w)
    return {name + ".weight": q, name + ".scale": scale}


def expected_shapes(keys):
    """name: (dtype, shape) of every tensor that a model with these keys has."""
    d, ff = keys["earshot.embedding_length"], keys["earshot.feed_forward_length"]
    heads, window = keys["earshot.attention.head_count"], keys["earshot.attention.window"]
    widths, codes = keys["earshot.tokenizer.widths"], keys["earshot.tokenizer.codes"]
    span = window if keys["earshot.attention.causal"] else 2 * window - 1
    outputs = len(keys["earshot.labels"]) + 1
    shapes = {}

    def floats(name, *shape):
        shapes[name] = (np.dtype(np.float32), shape)

    def matrix(name, rows, cols):
        shapes[name + ".weight"] = (np.dtype(np.int8), (rows, cols))
        floats(name + ".scale", rows)

    for j, width in enumerate(widths):
        floats(f"codebook.{j}.weight", codes, width * keys["earshot.tokenizer.frames"])
    matrix("token_embd", len(widths) * codes, d)
    for i in range(keys["earshot.block_count"]):
        floats(f"blk.{i}.attn_norm.weight", d)
        matrix(f"blk.{i}.attn_qkv", 3 * d, d)
        floats(f"blk.{i}.attn_bias.weight", heads, span)
        matrix(f"blk.{i}.attn_output", d, d)
        floats(f"blk.{i}.ffn_norm.weight", d)
        matrix(f"blk.{i}.ffn_up", ff, d)
        matrix(f"blk.{i}.ffn_down", d, ff)
    floats("output_norm.weight", d)
    floats("output.weight", outputs, d)
    floats("output.bias", outputs)
    return shapes


def _string(s):
    data = s.encode()
    return struct.pack("<Q", len(data)) + data


def _value(kind, value):
    if isinstance(kind, tuple):
        items = b"".join(_value(kind[1], v) for v in value)
        return struct.pack("<IQ", kind[1], len(value)) + items
    if kind == STRING:
        return _string(value)
    return struct.pack({U32: "<I", F32: "<f", BOOL: "<?"}[kind], value)


def _check(keys, tensors):
    missing = [k for k in KEYS if k not in keys]
    unknown = [k for k in keys if k not in KEYS and k not in EXTRA and not (k.startswith("general.") and isinstance(keys[k], str))]
    if missing or unknown:
        raise ValueError(f"missing keys {missing}, unknown keys {unknown}")
    shapes = expected_shapes(keys)
    wrong = sorted(set(shapes) ^ set(tensors))
    if wrong:
        raise ValueError(f"missing or unknown tensors: {wrong}")
    for name, (dtype, shape) in shapes.items():
        t = tensors[name]
        if t.dtype != dtype or t.shape != shape:
            raise ValueError(f"{name}: {t.dtype}{t.shape}, expected {dtype}{shape}")
        if dtype == np.int8 and (t == -128).any():
            raise ValueError(f"{name}: holds -128")
        if dtype == np.float32 and not np.isfinite(t).all():
            raise ValueError(f"{name}: holds what is not finite")
    return shapes


def write(path, keys, kinds, tensors):
    """Any GGUF file: `kinds` says of each key its type, as KEYS does, in the order of the file.
    Tensors are arrays of one of TENSOR_TYPES, or Blocks."""
    head = [b"GGUF", struct.pack("<IQQ", 3, len(tensors), len(kinds))]
    for key, kind in kinds.items():
        number = kind[0] if isinstance(kind, tuple) else kind
        head += [_string(key), struct.pack("<I", number), _value(kind, keys[key])]
    offset = 0
    for name, t in tensors.items():
        dims = t.shape[::-1]  # innermost first
        head += [_string(name), struct.pack(f"<I{len(dims)}Q", len(dims), *dims)]
        number = Q8_0 if isinstance(t, Blocks) else TENSOR_TYPES[t.dtype]
        head.append(struct.pack("<IQ", number, offset))
        offset += -(-t.nbytes // ALIGNMENT) * ALIGNMENT
    head = b"".join(head)
    part = f"{path}.part"
    with open(part, "wb") as f:
        f.write(head + bytes(-len(head) % ALIGNMENT))
        for t in tensors.values():
            data = np.ascontiguousarray(t.data if isinstance(t, Blocks) else t).tobytes()
            f.write(data + bytes(-len(data) % ALIGNMENT))
    os.replace(part, path)


def write_model(path, keys, tensors):
    """Writes a whole model file, or raises ValueError and leaves `path` as it was. Besides
    KEYS there may be those of EXTRA and more strings general.*, such as general.license."""
    keys = {"general.architecture": "earshot", **keys}
    names = list(_check(keys, tensors))
    kinds = {**KEYS, **{k: EXTRA.get(k, STRING) for k in keys if k not in KEYS}}
    write(path, keys, kinds, {name: tensors[name] for name in names})


class _Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, fmt):
        values = struct.unpack_from(fmt, self.data, self.at)
        self.at += struct.calcsize(fmt)
        return values[0] if len(values) == 1 else values

    def string(self):
        n = self.take("<Q")
        self.at += n
        return self.data[self.at - n:self.at].decode()

    def value(self, kind):
        if kind == ARRAY:
            item, n = self.take("<IQ")
            return [self.value(item) for _ in range(n)]
        if kind == STRING:
            return self.string()
        return self.take({U32: "<I", F32: "<f", BOOL: "<?"}[kind])


def read_model(path):
    """(keys, tensors) of a file that write_model or infer/synth.c made."""
    with open(path, "rb") as f:
        c = _Cursor(f.read())
    if c.take("<4s") != b"GGUF" or c.take("<I") != 3:
        raise ValueError(f"{path}: not GGUF 3")
    n_tensors, n_keys = c.take("<QQ")
    keys, infos = {}, []
    for _ in range(n_keys):
        name = c.string()
        keys[name] = c.value(c.take("<I"))
    for _ in range(n_tensors):
        name = c.string()
        dims = [c.take("<Q") for _ in range(c.take("<I"))]
        infos.append((name, dims[::-1], *c.take("<IQ")))
    start = -(-c.at // ALIGNMENT) * ALIGNMENT
    dtypes = {number: dtype for dtype, number in TENSOR_TYPES.items()}
    tensors = {}
    for name, shape, kind, offset in infos:
        n = int(np.prod(shape))
        tensors[name] = np.frombuffer(c.data, dtypes[kind], n, start + offset).reshape(shape)
    return keys, tensors


def random_model(path, seed, causal=True, small=False, **other):
    """A valid model of random weights: the shipped shape, or a small one. Keyword
    arguments replace keys, '.' spelled '__' and 'earshot.' left out: block_count=2."""
    rng = np.random.default_rng(seed)
    labels = ["threat", "abuse", "hate"] if small else ["threat", "abuse", "hate", "order", "aggressive_voice"]
    n = len(labels)
    keys = {
        "general.name": "random", "general.version": "0", "earshot.feature": "mfcc16-1",
        "earshot.block_count": 2 if small else 12,
        "earshot.embedding_length": 32 if small else 160,
        "earshot.feed_forward_length": 64 if small else 640,
        "earshot.attention.head_count": 2 if small else 5,
        "earshot.attention.window": 16 if small else 64,
        "earshot.attention.causal": causal,
        "earshot.attention.layer_norm_rms_epsilon": 1e-5,
        "earshot.pool": 8 if small else 32,
        "earshot.labels": labels,
        "earshot.calibration.scale": [1.0] * (n + 1), "earshot.calibration.bias": [0.0] * (n + 1),
        "earshot.threshold.low": [0.9] * n, "earshot.threshold.medium": [0.7] * n,
        "earshot.threshold.high": [0.5] * n,
        "earshot.tokenizer.frames": 2 if small else 4,
        "earshot.tokenizer.codes": 16 if small else 256,
        "earshot.tokenizer.widths": [4] * 4 if small else [1] * 8 + [2] * 4,
    }
    keys.update({"earshot." + k.replace("__", "."): v for k, v in other.items()})
    tensors = {}
    for name, (dtype, shape) in expected_shapes({"general.architecture": "earshot", **keys}).items():
        if dtype == np.int8:
            spread = shape[1] ** -0.5 if name != "token_embd.weight" else 0.4
            tensors.update(linear(name.removesuffix(".weight"), rng.normal(0, spread, shape)))
        elif not name.endswith(".scale"):
            centre = 1.0 if "norm" in name else 0.0
            spread = 0.1 if "norm" in name else 0.5
            tensors[name] = rng.normal(centre, spread, shape).astype(np.float32)
    write_model(path, keys, tensors)


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit("usage: gguf_file.py FILE SEED: writes a model of random weights")
    random_model(sys.argv[1], int(sys.argv[2]))
