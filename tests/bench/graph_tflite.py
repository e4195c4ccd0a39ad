"""A BERT-like encoder as a TFLite file for LiteRT, which gives it to XNNPACK: int8 weights, one
scale an output, and either activations rounded at run time (dynamic) or by ranges measured
before (static).

Static: XNNPACK has the products alone in int8; GELU in int8 is not in it (LiteRT's own table of
bytes is slower than there and back), nor are softmax, norm, and the products of attention, so
those stay float32.
"""
import importlib.metadata

import flatbuffers
import numpy as np
from ai_edge_litert import interpreter
from ai_edge_litert import schema_py_generated as fb

import gguf_file

TYPES = {"f4": fb.TensorType.FLOAT32, "i4": fb.TensorType.INT32, "i1": fb.TensorType.INT8}


class Graph:
    def __init__(self, keys, tensors, n, ranges=None):
        self.keys, self.t, self.n, self.ranges = keys, tensors, n, ranges
        self.d, self.heads = keys["bert.embedding_length"], keys["bert.attention.head_count"]
        self.eps = np.float32(keys["bert.attention.layer_norm_epsilon"])
        self.graph, self.model = fb.SubGraphT(), fb.ModelT()
        self.graph.tensors, self.graph.operators = [], []
        self.model.buffers, self.codes = [fb.BufferT()], {}

    def tensor(self, shape, kind="f4", data=None, scale=None):
        t = fb.TensorT()
        t.shape, t.type, t.buffer = list(shape), TYPES[kind], 0
        t.name = f"t{len(self.graph.tensors)}"
        if data is not None:
            b = fb.BufferT()
            b.data = np.frombuffer(np.ascontiguousarray(data, "<" + kind).tobytes(), np.uint8)
            t.buffer = len(self.model.buffers)
            self.model.buffers.append(b)
        if scale is not None:
            scale = np.atleast_1d(np.asarray(scale, np.float32))
            q = t.quantization = fb.QuantizationParametersT()
            q.scale, q.zeroPoint, q.quantizedDimension = scale, np.zeros(len(scale), np.int64), 0
        self.graph.tensors.append(t)
        return len(self.graph.tensors) - 1

    def const(self, data, kind="f4"):
        data = np.asarray(data)
        return self.tensor(data.shape, kind, data)

    def shape(self, t):
        return list(self.graph.tensors[t].shape)

    def op(self, name, inputs, shapes, options=None, kind=None, scale=None):
        """One operator; shapes: of its outputs, in int8 with a scale. The outputs' tensors, or the only one"""
        code = getattr(fb.BuiltinOperator, name)
        if code not in self.codes:
            c = fb.OperatorCodeT()
            c.builtinCode, c.deprecatedBuiltinCode, c.version = code, min(code, 127), 1
            self.codes[code] = (len(self.codes), c)
        o = fb.OperatorT()
        o.opcodeIndex, o.inputs = self.codes[code][0], inputs
        o.outputs = [self.tensor(s) if scale is None else self.tensor(s, "i1", scale=scale) for s in shapes]
        if options is not None:
            o.builtinOptionsType, o.builtinOptions = getattr(fb.BuiltinOptions, kind), options
        self.graph.operators.append(o)
        return o.outputs[0] if len(o.outputs) == 1 else o.outputs

    def two(self, name, a, b, kind):
        shape = list(np.broadcast_shapes(self.shape(a), self.shape(b)))
        return self.op(name, [a, b], [shape], getattr(fb, kind + "T")(), kind)

    def scale(self, name):
        """One step of int8 in a range that was seen"""
        return self.ranges[name] / 127

    def linear(self, x, names, first_scale=1.0):
        """x W^T + b; the first matrix times first_scale"""
        w = [self.t[n + ".weight"] for n in names]
        b = [self.t[n + ".bias"] for n in names]
        w[0], b[0] = w[0] * first_scale, b[0] * first_scale
        q, scale = gguf_file.quantize_rows(np.concatenate(w))
        b, made = np.concatenate(b), None
        o = fb.FullyConnectedOptionsT()
        o.keepNumDims, o.asymmetricQuantizeInputs = True, not self.ranges
        if self.ranges:
            x = self.op("QUANTIZE", [x], [self.shape(x)], fb.QuantizeOptionsT(), "QuantizeOptions", self.scale(names[0]))
            steps = scale * self.scale(names[0])
            b = self.tensor(b.shape, "i4", np.rint(b / steps), steps)
            made = max(self.scale(n + " out") * (first_scale if n is names[0] else 1) for n in names)
        else:
            b = self.const(b)
        y = self.op("FULLY_CONNECTED", [x, self.tensor(q.shape, "i1", q, scale), b], [[self.n, len(q)]], o,
                    "FullyConnectedOptions", made)
        return self.op("DEQUANTIZE", [y], [self.shape(y)], fb.DequantizeOptionsT(), "DequantizeOptions") if made else y

    def mean(self, x):
        o = fb.ReducerOptionsT()
        o.keepDims = True
        return self.op("MEAN", [x, self.const(np.array([1]), "i4")], [[self.n, 1]], o, "ReducerOptions")

    def norm(self, x, name):
        x = self.two("SUB", x, self.mean(x), "SubOptions")
        var = self.mean(self.two("MUL", x, x, "MulOptions"))
        by = self.op("RSQRT", [self.two("ADD", var, self.const(self.eps[None]), "AddOptions")], [[self.n, 1]])
        x = self.two("MUL", x, by, "MulOptions")
        x = self.two("MUL", x, self.const(self.t[name + ".weight"]), "MulOptions")
        return self.two("ADD", x, self.const(self.t[name + ".bias"]), "AddOptions")

    def reshape(self, x, shape):
        o = fb.ReshapeOptionsT()
        o.newShape = shape
        return self.op("RESHAPE", [x, self.const(np.array(shape), "i4")], [shape], o, "ReshapeOptions")

    def turned(self, x):
        a, b, c = self.shape(x)
        return self.op("TRANSPOSE", [x, self.const(np.array([1, 0, 2]), "i4")], [[b, a, c]],
                       fb.TransposeOptionsT(), "TransposeOptions")

    def product(self, a, b, turned, shape):
        o = fb.BatchMatMulOptionsT()
        o.adjY = turned
        return self.op("BATCH_MATMUL", [a, b], [shape], o, "BatchMatMulOptions")

    def attention(self, x, blk):
        h, dh, n = self.heads, self.d // self.heads, self.n
        qkv = self.linear(x, [blk + "attn_q", blk + "attn_k", blk + "attn_v"], dh ** -0.5)
        o = fb.SplitOptionsT()
        o.numSplits = 3
        q, k, v = self.op("SPLIT", [self.const(np.array(0), "i4"), self.turned(self.reshape(qkv, [n, 3 * h, dh]))],
                          [[h, n, dh]] * 3, o, "SplitOptions")
        a = self.turned(self.head(q, k, v))
        return self.linear(self.reshape(a, [n, self.d]), [blk + "attn_output"])

    def head(self, q, k, v):
        """softmax(q k^T) v of all heads; each (heads, n, d of a head)"""
        h, n, dh = self.shape(q)
        soft = fb.SoftmaxOptionsT()
        soft.beta = 1.0
        a = self.op("SOFTMAX", [self.product(q, k, True, [h, n, n])], [[h, n, n]], soft, "SoftmaxOptions")
        return self.product(a, v, False, [h, n, dh])

    def write(self):
        ids = self.tensor([self.n], "i4")
        x = self.op("GATHER", [self.const(self.t["token_embd.weight"]), ids], [[self.n, self.d]],
                    fb.GatherOptionsT(), "GatherOptions")
        places = self.t["position_embd.weight"][:self.n] + self.t["token_types.weight"][0]
        x = self.norm(self.two("ADD", x, self.const(places), "AddOptions"), "token_embd_norm")
        for i in range(self.keys["bert.block_count"]):
            blk = f"blk.{i}."
            x = self.norm(self.two("ADD", x, self.attention(x, blk), "AddOptions"), blk + "attn_output_norm")
            h = self.linear(x, [blk + "ffn_up"])
            h = self.op("GELU", [h], [self.shape(h)], fb.GeluOptionsT(), "GeluOptions")
            h = self.linear(h, [blk + "ffn_down"])
            x = self.norm(self.two("ADD", x, h, "AddOptions"), blk + "layer_output_norm")
        return self.finish([ids], [x])

    def finish(self, inputs, outputs):
        """The file"""
        self.graph.inputs, self.graph.outputs = inputs, outputs
        self.model.version, self.model.subgraphs = 3, [self.graph]
        self.model.operatorCodes = [c for _, c in self.codes.values()]
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def open_model(content, kind):
    """An interpreter, all of whose operations are XNNPACK's"""
    i = interpreter.Interpreter(model_content=content, num_threads=1)
    i.allocate_tensors()
    parts = sum(o["op_name"] == "DELEGATE" for o in i._get_ops_details())
    if parts != 1:
        raise ValueError(f"{kind}: XNNPACK has not all operations, it took them in {parts} parts")
    return i


def build(keys, tensors, n, ranges, folder):
    out = {}
    for kind in "dynamic", "static":
        i = open_model(Graph(keys, tensors, n, ranges if kind == "static" else None).write(), kind)
        given, made = i.get_input_details()[0]["index"], i.get_output_details()[0]["index"]

        def run(ids, i=i, given=given, made=made):
            i.set_tensor(given, ids.astype(np.int32))
            i.invoke()
            return i.get_tensor(made)
        out[f"XNNPACK, {kind}"] = run
    return importlib.metadata.version("ai-edge-litert"), out
