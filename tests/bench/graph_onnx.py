"""A BERT-like encoder (infer/train/bert_file.py's names) as ONNX, in the form that ONNX Runtime
runs fastest: its own fused attention, and bias with GELU, but not its fused skip with layer norm,
which takes four times as long as two sums and a norm. In INT8 either activations are rounded at
run time (dynamic) or by ranges measured before (static)."""
import logging

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import gguf_file

OPSETS = [("", 17), ("com.microsoft", 1)]


class Graph:
    def __init__(self, keys, tensors):
        self.keys, self.t = keys, tensors
        self.eps = keys["bert.attention.layer_norm_epsilon"]
        self.nodes, self.consts = [], []

    def const(self, name, value):
        self.consts.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op, inputs, name, domain="", **attributes):
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def tensor(self, name):
        return self.const(name, self.t[name])

    def transposed(self, name):
        return self.const(name, self.t[name].T)

    def product(self, x, name, out):
        """x W^T + b"""
        x = self.node("MatMul", [x, self.transposed(name + ".weight")], out)
        return self.node("Add", [x, self.tensor(name + ".bias")], out + ".biased")

    def attention(self, x, blk):
        parts = [blk + n for n in ("attn_q", "attn_k", "attn_v")]
        w = self.const(blk + "qkv", np.concatenate([self.t[p + ".weight"] for p in parts]).T)
        b = self.const(blk + "qkv.bias", np.concatenate([self.t[p + ".bias"] for p in parts]))
        return self.node("Attention", [x, w, b], blk + "attention", "com.microsoft",
                         num_heads=self.keys["bert.attention.head_count"])

    def gelu(self, x, name, out):
        """gelu(x W^T + b)"""
        x = self.node("MatMul", [x, self.transposed(name + ".weight")], out + ".product")
        return self.node("BiasGelu", [x, self.tensor(name + ".bias")], out, "com.microsoft")

    def norm(self, x, name, out):
        return self.node("LayerNormalization", [x, self.tensor(name + ".weight"), self.tensor(name + ".bias")], out,
                         epsilon=self.eps)

    def embedding(self):
        t, n = self.t, self.keys["bert.context_length"]
        places = t["position_embd.weight"] + (t["token_types.weight"][0] if "token_types.weight" in t else 0)
        length = self.node("Slice", [self.node("Shape", ["ids"], "shape"), self.const("one", np.array([1])),
                                     self.const("two", np.array([2]))], "length")
        first = self.node("Slice", [self.const("places", places[None]), self.const("zero", np.array([0])), length,
                                    self.const("axis", np.array([1]))], "places_here")
        assert len(t["position_embd.weight"]) == n
        x = self.node("Add", [self.node("Gather", [self.tensor("token_embd.weight"), "ids"], "tokens"), first], "sum")
        return self.norm(x, "token_embd_norm", "embedded")

    def layer(self, x, i):
        blk = f"blk.{i}."
        a = self.product(self.attention(x, blk), blk + "attn_output", blk + "attn_product")
        x = self.norm(self.node("Add", [a, x], blk + "sum"), blk + "attn_output_norm", blk + "middle")
        h = self.product(self.gelu(x, blk + "ffn_up", blk + "gelu"), blk + "ffn_down", blk + "down")
        return self.norm(self.node("Add", [h, x], blk + "last_sum"), blk + "layer_output_norm", blk + "out")

    def model(self):
        x = self.embedding()
        for i in range(self.keys["bert.block_count"]):
            x = self.layer(x, i)
        d = self.keys["bert.embedding_length"]
        graph = helper.make_graph(
            self.nodes, "encoder", [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "n"])],
            [helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, "n", d])], self.consts)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid(*o) for o in OPSETS], ir_version=9)


class Static(Graph):
    """The same with the operations that ONNX Runtime's optimizer makes of a graph with QuantizeLinear
    and DequantizeLinear around its products, written down: it does so for MatMul, not for Attention."""

    def __init__(self, keys, tensors, ranges):
        super().__init__(keys, tensors)
        self.ranges = ranges
        self.middle = self.const("middle", np.uint8(128))

    def bytes_of(self, x, name):
        """x, its scale"""
        step = self.const(name + ".step", np.float32(self.ranges[name] / 127))
        return self.node("QuantizeLinear", [x, step, self.middle], name + ".bytes"), step

    def weights(self, names, out):
        """(k, n) in int8, its scales, its zeros"""
        q, scale = gguf_file.quantize_rows(np.concatenate([self.t[n + ".weight"] for n in names]))
        return (self.const(out + ".w", q.T), self.const(out + ".scale", scale.astype(np.float32)),
                self.const(out + ".zero", np.zeros(len(q), np.int8)))

    def product(self, x, name, out):
        (x, step), (w, scale, zero) = self.bytes_of(x, name), self.weights([name], out)
        return self.node("MatMulIntegerToFloat", [x, w, step, scale, self.middle, zero, self.tensor(name + ".bias")],
                         out, "com.microsoft")

    def gelu(self, x, name, out):
        return self.node("Gelu", [self.product(x, name, out + ".product")], out, "com.microsoft")

    def attention(self, x, blk):
        parts = [blk + n for n in ("attn_q", "attn_k", "attn_v")]
        (x, step), (w, scale, zero) = self.bytes_of(x, parts[0]), self.weights(parts, blk + "qkv")
        b = self.const(blk + "qkv.bias", np.concatenate([self.t[p + ".bias"] for p in parts]))
        return self.node("QAttention", [x, w, b, step, scale, "", self.middle, zero], blk + "attention",
                         "com.microsoft", num_heads=self.keys["bert.attention.head_count"])


def write(path, keys, tensors):
    onnx.save(Graph(keys, {n: t.astype(np.float32) for n, t in tensors.items()}).model(), str(path))


def write_int8(path, fp32):
    """The same with dynamic INT8: int8 weights, one scale a column, activations by the row block."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    logging.disable(logging.WARNING)
    quantize_dynamic(str(fp32), str(path), per_channel=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul", "Attention"],
                     extra_options={"DefaultTensorType": TensorProto.FLOAT})


def session(model, threads=1):
    """model: a path, or the bytes"""
    import onnxruntime
    onnxruntime.set_default_logger_severity(3)
    o = onnxruntime.SessionOptions()
    o.intra_op_num_threads = o.inter_op_num_threads = threads
    o.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    return onnxruntime.InferenceSession(model if isinstance(model, bytes) else str(model), o, providers=["CPUExecutionProvider"],
                                        disabled_optimizers=["SkipLayerNormFusion"])


def build(keys, tensors, n, ranges, folder):
    """For peers.py"""
    import onnxruntime
    write(folder / "f32.onnx", keys, tensors)
    write_int8(folder / "dynamic.onnx", folder / "f32.onnx")
    onnx.save(Static(keys, tensors, ranges).model(), str(folder / "static.onnx"))
    out = {}
    for kind in "dynamic", "static":
        s = session(folder / f"{kind}.onnx")
        out[f"ONNX Runtime, {kind}"] = lambda ids, s=s: s.run(None, {"ids": ids[None]})[0][0]
    return onnxruntime.__version__, out
