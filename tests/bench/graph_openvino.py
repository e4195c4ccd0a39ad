"""A BERT-like encoder as an OpenVINO model: int8 weights, one scale an output, and either
activations rounded at run time (dynamic) or by ranges measured before (static)."""
import numpy as np
import openvino
import openvino.opset13 as op

import gguf_file


class Graph:
    def __init__(self, keys, tensors, n, ranges=None):
        self.keys, self.t, self.n, self.ranges = keys, tensors, n, ranges
        self.d, self.heads = keys["bert.embedding_length"], keys["bert.attention.head_count"]

    def f32(self, value):
        return op.constant(np.ascontiguousarray(value, np.float32))

    def linear(self, x, names):
        q, scale = gguf_file.quantize_rows(np.concatenate([self.t[n + ".weight"] for n in names]))
        w = op.multiply(op.convert(op.constant(q), "f32"), self.f32(scale[:, None]))
        if self.ranges:
            most = np.float32(self.ranges[names[0]])
            x = op.fake_quantize(x, self.f32(-most), self.f32(most * 127 / 128), self.f32(-most),
                                 self.f32(most * 127 / 128), 256)
        y = op.matmul(x, w, False, True)
        return op.add(y, self.f32(np.concatenate([self.t[n + ".bias"] for n in names])[None, None]))

    def norm(self, x, name):
        eps = self.keys["bert.attention.layer_norm_epsilon"]
        x = op.mvn(x, op.constant(np.array([-1])), True, eps, "inside_sqrt")
        return op.add(op.multiply(x, self.f32(self.t[name + ".weight"])), self.f32(self.t[name + ".bias"]))

    def split(self, x, transposed=False):
        shape = op.constant(np.array([1, self.n, self.heads, self.d // self.heads]))
        order = op.constant(np.array([0, 2, 3, 1] if transposed else [0, 2, 1, 3]))
        return op.transpose(op.reshape(x, shape, False), order)

    def attention(self, x, blk):
        qkv = self.linear(x, [blk + "attn_q", blk + "attn_k", blk + "attn_v"])
        q, k, v = op.split(qkv, op.constant(2), 3).outputs()
        a = op.matmul(op.multiply(self.split(q), self.f32((self.d // self.heads) ** -0.5)), self.split(k, True), False, False)
        a = op.matmul(op.softmax(a, -1), self.split(v), False, False)
        a = op.reshape(op.transpose(a, op.constant(np.array([0, 2, 1, 3]))), op.constant(np.array([1, self.n, self.d])), False)
        return self.linear(a, [blk + "attn_output"])

    def model(self):
        ids = op.parameter([1, self.n], np.int64, "ids")
        places = self.t["position_embd.weight"][:self.n] + self.t["token_types.weight"][0]
        x = op.add(op.gather(self.f32(self.t["token_embd.weight"]), ids, op.constant(0)), self.f32(places[None]))
        x = self.norm(x, "token_embd_norm")
        for i in range(self.keys["bert.block_count"]):
            blk = f"blk.{i}."
            x = self.norm(op.add(x, self.attention(x, blk)), blk + "attn_output_norm")
            h = op.gelu(self.linear(x, [blk + "ffn_up"]), "erf")
            x = self.norm(op.add(x, self.linear(h, [blk + "ffn_down"])), blk + "layer_output_norm")
        return openvino.Model([x], [ids], "encoder")


def build(keys, tensors, n, ranges, folder):
    core, out = openvino.Core(), {}
    for kind in "dynamic", "static":
        config = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
                  "INFERENCE_PRECISION_HINT": "f32", "ENABLE_CPU_PINNING": False}
        if kind == "dynamic":
            config["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = keys["bert.embedding_length"]  # faster than 32 and than all
        graph = Graph(keys, tensors, n, ranges if kind == "static" else None).model()
        request = core.compile_model(graph, "CPU", config).create_infer_request()

        def run(ids, r=request):
            return r.infer({0: ids[None]}, share_inputs=True, share_outputs=True)[0][0]
        out[f"OpenVINO, {kind}"] = run
    return openvino.__version__.split("-")[0], out
