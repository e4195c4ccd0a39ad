"""A BERT-like encoder as a TFLite file for LiteRT, which gives it to XNNPACK: int8 weights, one
scale an output, activations rounded at run time."""
import importlib.metadata

import flatbuffers
import numpy as np
from ai_edge_litert import interpreter
from ai_edge_litert import schema_py_generated as fb

import gguf_file

TYPES = {"f4": fb.TensorType.FLOAT32, "i4": fb.TensorType.INT32, "i1": fb.TensorType.INT8}


class Graph:
    def __init__(self, keys, tensors, n):
        self.keys, self.t, self.n = keys, tensors, n
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
            q = t.quantization = fb.QuantizationParametersT()
            q.scale, q.zeroPoint, q.quantizedDimension = scale, np.zeros(len(scale), np.int64), 0
        self.graph.tensors.append(t)
        return len(self.graph.tensors) - 1

    def const(self, data, kind="f4"):
        data = np.asarray(data)
        return self.tensor(data.shape, kind, data)

    def shape(self, t):
        return list(self.graph.tensors[t].shape)

    def op(self, name, inputs, shapes, options=None, kind=None):
        """One operator; shapes: of its outputs. The outputs' tensors, or the only one"""
        code = getattr(fb.BuiltinOperator, name)
        if code not in self.codes:
            c = fb.OperatorCodeT()
            c.builtinCode, c.deprecatedBuiltinCode, c.version = code, min(code, 127), 1
            self.codes[code] = (len(self.codes), c)
        o = fb.OperatorT()
        o.opcodeIndex, o.inputs = self.codes[code][0], inputs
        o.outputs = [self.tensor(s) for s in shapes]
        if options is not None:
            o.builtinOptionsType, o.builtinOptions = getattr(fb.BuiltinOptions, kind), options
        self.graph.operators.append(o)
        return o.outputs[0] if len(o.outputs) == 1 else o.outputs

    def two(self, name, a, b, kind):
        shape = list(np.broadcast_shapes(self.shape(a), self.shape(b)))
        return self.op(name, [a, b], [shape], getattr(fb, kind + "T")(), kind)

    def linear(self, x, names, first_scale=1.0):
        w = [self.t[n + ".weight"] for n in names]
        b = [self.t[n + ".bias"] for n in names]
        w[0], b[0] = w[0] * first_scale, b[0] * first_scale
        q, scale = gguf_file.quantize_rows(np.concatenate(w))
        o = fb.FullyConnectedOptionsT()
        o.keepNumDims, o.asymmetricQuantizeInputs = True, True
        return self.op("FULLY_CONNECTED", [x, self.tensor(q.shape, "i1", q, scale), self.const(np.concatenate(b))],
                       [[self.n, len(q)]], o, "FullyConnectedOptions")

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
        soft = fb.SoftmaxOptionsT()
        soft.beta = 1.0
        a = self.op("SOFTMAX", [self.product(q, k, True, [h, n, n])], [[h, n, n]], soft, "SoftmaxOptions")
        a = self.turned(self.product(a, v, False, [h, n, dh]))
        return self.linear(self.reshape(a, [n, self.d]), [blk + "attn_output"])

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
        self.graph.inputs, self.graph.outputs = [ids], [x]
        self.model.version, self.model.subgraphs = 3, [self.graph]
        self.model.operatorCodes = [c for _, c in self.codes.values()]
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def build(keys, tensors, n, ranges, folder):
    i = interpreter.Interpreter(model_content=Graph(keys, tensors, n).write(), num_threads=1)
    i.allocate_tensors()
    given, made = i.get_input_details()[0]["index"], i.get_output_details()[0]["index"]

    def run(ids):
        i.set_tensor(given, ids.astype(np.int32))
        i.invoke()
        return i.get_tensor(made)
    return importlib.metadata.version("ai-edge-litert"), {"XNNPACK, dynamic": run}
