"""A BERT-like encoder as a ggml graph: weights in Q8_0, activations rounded in blocks at run time."""
import ctypes
import importlib.metadata

import ggml
import numpy as np

import gguf_file

MISSING = {"ggml Q8_0, static": "it has none: int8 products round their activations as they come"}


class Graph:
    def __init__(self, keys, tensors, n):
        self.keys, self.t, self.n, self.kept = keys, tensors, n, []
        self.d, self.heads = keys["bert.embedding_length"], keys["bert.attention.head_count"]
        room = sum(t.nbytes for t in tensors.values()) * 2 + keys["bert.block_count"] * n * (24 * self.d + 4 * n * self.heads
               + 6 * keys["bert.feed_forward_length"]) * 4 + (64 << 20)
        self.ctx = ggml.ggml_init(ggml.ggml_init_params(mem_size=room, mem_buffer=None, no_alloc=False))

    def tensor(self, kind, data, *ne):
        t = getattr(ggml, f"ggml_new_tensor_{len(ne)}d")(self.ctx, kind, *ne)
        data = np.ascontiguousarray(data)
        assert ggml.ggml_nbytes(t) == data.nbytes
        ctypes.memmove(ggml.ggml_get_data(t), data.ctypes.data, data.nbytes)
        return t

    def vector(self, data):
        return self.tensor(ggml.GGML_TYPE_F32, data.astype(np.float32), len(data))

    def linear(self, x, names):
        w = np.concatenate([self.t[n + ".weight"] for n in names])
        q = self.tensor(ggml.GGML_TYPE_Q8_0, gguf_file.Blocks(w).data, w.shape[1], w.shape[0])
        y = ggml.ggml_mul_mat(self.ctx, q, x)
        return ggml.ggml_add(self.ctx, y, self.vector(np.concatenate([self.t[n + ".bias"] for n in names])))

    def norm(self, x, name):
        x = ggml.ggml_norm(self.ctx, x, self.keys["bert.attention.layer_norm_epsilon"])
        x = ggml.ggml_mul(self.ctx, x, self.vector(self.t[name + ".weight"]))
        return ggml.ggml_add(self.ctx, x, self.vector(self.t[name + ".bias"]))

    def attention(self, x, blk):
        c, d, h, n = self.ctx, self.d, self.heads, self.n
        qkv = self.linear(x, [blk + "attn_q", blk + "attn_k", blk + "attn_v"])
        q, k, v = (ggml.ggml_view_3d(c, qkv, d // h, h, n, d // h * 4, 3 * d * 4, i * d * 4) for i in range(3))
        q, k = (ggml.ggml_permute(c, a, 0, 2, 1, 3) for a in (q, k))
        v = ggml.ggml_cont(c, ggml.ggml_permute(c, v, 1, 2, 0, 3))
        a = ggml.ggml_soft_max_ext(c, ggml.ggml_mul_mat(c, k, q), None, (d // h) ** -0.5, 0.0)
        a = ggml.ggml_permute(c, ggml.ggml_mul_mat(c, v, a), 0, 2, 1, 3)
        return self.linear(ggml.ggml_cont_2d(c, a, d, n), [blk + "attn_output"])

    def build(self):
        c, t = self.ctx, self.t
        self.ids = self.tensor(ggml.GGML_TYPE_I32, np.zeros(self.n, np.int32), self.n)
        tokens = self.tensor(ggml.GGML_TYPE_F32, t["token_embd.weight"], self.d, len(t["token_embd.weight"]))
        places = t["position_embd.weight"][:self.n] + t["token_types.weight"][0]
        x = ggml.ggml_add(c, ggml.ggml_get_rows(c, tokens, self.ids),
                          self.tensor(ggml.GGML_TYPE_F32, places, self.d, self.n))
        x = self.norm(x, "token_embd_norm")
        for i in range(self.keys["bert.block_count"]):
            blk = f"blk.{i}."
            x = self.norm(ggml.ggml_add(c, x, self.attention(x, blk)), blk + "attn_output_norm")
            h = ggml.ggml_gelu(c, self.linear(x, [blk + "ffn_up"]))  # from a table; gelu_erf is a third slower in all
            x = self.norm(ggml.ggml_add(c, x, self.linear(h, [blk + "ffn_down"])), blk + "layer_output_norm")
        self.out = x
        self.graph = ggml.ggml_new_graph(c)
        ggml.ggml_build_forward_expand(self.graph, x)
        self.plan = ggml.ggml_graph_plan(self.graph, 1, None)
        self.work = ctypes.create_string_buffer(self.plan.work_size + 64)
        self.plan.work_data = ctypes.cast(self.work, ctypes.POINTER(ctypes.c_uint8))

    def run(self, ids):
        ids = ids.astype(np.int32)
        ctypes.memmove(ggml.ggml_get_data(self.ids), ids.ctypes.data, ids.nbytes)
        ggml.ggml_graph_compute(self.graph, ctypes.byref(self.plan))
        out = (ctypes.c_float * (self.n * self.d)).from_address(ggml.ggml_get_data(self.out))
        return np.array(out, np.float32).reshape(self.n, self.d)


def build(keys, tensors, n, ranges, folder):
    g = Graph(keys, tensors, n)
    g.build()
    return importlib.metadata.version("ggml-python"), {"ggml Q8_0, dynamic": g.run}
