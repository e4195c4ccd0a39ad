"""A BERT-like encoder (infer/train/bert_file.py's names) as ONNX, in the form that ONNX Runtime
runs fastest: its own fused attention, skip with layer norm, and bias with GELU."""
import logging

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

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

    def skip_norm(self, x, skip, bias, name):
        gain, off = self.tensor(name + ".weight"), self.tensor(name + ".bias")
        return self.node("SkipLayerNormalization", [x, skip, gain, off, self.tensor(bias)], name + ".out",
                         "com.microsoft", epsilon=self.eps)

    def embedding(self):
        t, n = self.t, self.keys["bert.context_length"]
        places = t["position_embd.weight"] + (t["token_types.weight"][0] if "token_types.weight" in t else 0)
        length = self.node("Slice", [self.node("Shape", ["ids"], "shape"), self.const("one", np.array([1])),
                                     self.const("two", np.array([2]))], "length")
        first = self.node("Slice", [self.const("places", places[None]), self.const("zero", np.array([0])), length,
                                    self.const("axis", np.array([1]))], "places_here")
        assert len(t["position_embd.weight"]) == n
        x = self.node("Add", [self.node("Gather", [self.tensor("token_embd.weight"), "ids"], "tokens"), first], "sum")
        return self.node("LayerNormalization", [x, self.tensor("token_embd_norm.weight"),
                                                self.tensor("token_embd_norm.bias")], "embedded", epsilon=self.eps)

    def layer(self, x, i):
        blk, t = f"blk.{i}.", self.t
        parts = [blk + n for n in ("attn_q", "attn_k", "attn_v")]
        w = self.const(blk + "qkv", np.concatenate([t[p + ".weight"] for p in parts]).T)
        b = self.const(blk + "qkv.bias", np.concatenate([t[p + ".bias"] for p in parts]))
        a = self.node("Attention", [x, w, b], blk + "attention", "com.microsoft",
                      num_heads=self.keys["bert.attention.head_count"])
        a = self.node("MatMul", [a, self.transposed(blk + "attn_output.weight")], blk + "attn_product")
        x = self.skip_norm(a, x, blk + "attn_output.bias", blk + "attn_output_norm")
        h = self.node("MatMul", [x, self.transposed(blk + "ffn_up.weight")], blk + "up")
        h = self.node("BiasGelu", [h, self.tensor(blk + "ffn_up.bias")], blk + "gelu", "com.microsoft")
        h = self.node("MatMul", [h, self.transposed(blk + "ffn_down.weight")], blk + "down")
        return self.skip_norm(h, x, blk + "ffn_down.bias", blk + "layer_output_norm")

    def model(self):
        x = self.embedding()
        for i in range(self.keys["bert.block_count"]):
            x = self.layer(x, i)
        d = self.keys["bert.embedding_length"]
        graph = helper.make_graph(
            self.nodes, "encoder", [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "n"])],
            [helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, "n", d])], self.consts)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid(*o) for o in OPSETS], ir_version=9)


def write(path, keys, tensors):
    onnx.save(Graph(keys, {n: t.astype(np.float32) for n, t in tensors.items()}).model(), str(path))


def write_int8(path, fp32):
    """The same with dynamic INT8: int8 weights, one scale a column, activations by the row block."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    logging.disable(logging.WARNING)
    quantize_dynamic(str(fp32), str(path), per_channel=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul", "Attention"],
                     extra_options={"DefaultTensorType": TensorProto.FLOAT})


def session(path, threads=1):
    import onnxruntime
    onnxruntime.set_default_logger_severity(3)
    o = onnxruntime.SessionOptions()
    o.intra_op_num_threads = o.inter_op_num_threads = threads
    o.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    return onnxruntime.InferenceSession(str(path), o, providers=["CPUExecutionProvider"])


def build(keys, tensors, n, ranges, folder):
    """For peers.py"""
    import onnxruntime
    write(folder / "f32.onnx", keys, tensors)
    write_int8(folder / "int8.onnx", folder / "f32.onnx")
    s = session(folder / "int8.onnx")
    return onnxruntime.__version__, {
        "ONNX Runtime, dynamic": lambda ids: s.run(None, {"ids": ids[None]})[0][0]}
