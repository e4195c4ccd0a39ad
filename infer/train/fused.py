#!/usr/bin/env python3
"""Attention, GELU and embedding of a training step in C (fused.c), as operations that PyTorch can differentiate.

    fused.py        compares each with its definition in net.py, forward and backward

net.py holds the definitions in PyTorch; `train.py --fused` replaces them by these on a CPU with bfloat16
activations. The library is compiled for this very CPU, into the cache.
"""
import ctypes
import hashlib
import os
import subprocess

import torch
from torch import Tensor

import speak_shard as shard

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ["-O3", "-march=native", "-ffp-contract=fast", "-funroll-loops", "-fopenmp", "-shared", "-fPIC", "-std=gnu11"]


def load():
    """The compiled library; built once for each state of its source."""
    source = os.path.join(HERE, "fused.c")
    with open(source, "rb") as f:
        path = shard.cache(f"fused-{hashlib.sha256(f.read()).hexdigest()[:12]}.so")
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run([os.environ.get("CC", "cc"), *FLAGS, "-o", path + ".part", source, "-lm"], check=True)
        os.replace(path + ".part", path)
    return ctypes.CDLL(path)


def keep_memory():
    """Let malloc keep what is freed: a step's tensors are large, and pages fresh from the kernel for each
    of them cost a third of the step."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    for name, value in ((-4, 0), (-1, 2**31 - 1), (-2, 1 << 28), (-8, 1)) if mallopt else ():  # MMAP_MAX TRIM TOP_PAD ARENA_MAX
        mallopt(name, value)


LIB = load()
keep_memory()


def at(x):
    return ctypes.c_void_p(x.data_ptr())


def check(code):
    if code:
        raise ValueError("attention of this shape is not built: tokens must be a multiple of 16, at most 1024")


@torch.library.custom_op("earshot::attend", mutates_args=())
def attend(qkv: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """qkv (batch, tokens, 3, heads, 32) bf16, bias (heads, 64) -> (batch, tokens, heads, 32), log-sum-exp."""
    b, n, _, h, d = qkv.shape
    if d != 32 or bias.shape != (h, 64) or qkv.dtype != torch.bfloat16:
        raise ValueError(f"--fused is built for heads of 32, a window of 64 and bfloat16, not {d}, {bias.shape[1]} and {qkv.dtype}: train without it")
    qkv, bias = qkv.contiguous(), bias.float().contiguous()
    out, lse = qkv.new_empty(b, n, h, d), torch.empty(b, h, n)
    check(LIB.attend_forward(at(qkv), at(bias), at(out), at(lse), b, n, h))
    return out, lse


@attend.register_fake
def _(qkv, bias):
    b, n, _, h, d = qkv.shape
    return qkv.new_empty(b, n, h, d), qkv.new_empty(b, h, n, dtype=torch.float32)


@torch.library.custom_op("earshot::attend_back", mutates_args=())
def attend_back(qkv: Tensor, bias: Tensor, out: Tensor, lse: Tensor, dout: Tensor) -> tuple[Tensor, Tensor]:
    b, n, _, h, d = qkv.shape
    qkv, bias, dout = qkv.contiguous(), bias.float().contiguous(), dout.to(torch.bfloat16).contiguous()
    dqkv, dbias = torch.empty_like(qkv), torch.empty(b, h, bias.shape[1])
    check(LIB.attend_backward(at(qkv), at(bias), at(out), at(dout), at(lse), at(dqkv), at(dbias), b, n, h))
    return dqkv, dbias.sum(0)


@attend_back.register_fake
def _(qkv, bias, out, lse, dout):
    return torch.empty_like(qkv), torch.empty_like(bias, dtype=torch.float32)


def save(ctx, inputs, output):
    ctx.save_for_backward(*inputs, *output)


def attend_gradient(ctx, dout, _):
    return attend_back(*ctx.saved_tensors, dout)


attend.register_autograd(attend_gradient, setup_context=save)


@torch.library.custom_op("earshot::gelu", mutates_args=())
def gelu(x: Tensor) -> Tensor:
    x = x.contiguous()
    y = torch.empty_like(x)
    LIB.gelu_forward(at(x), at(y), ctypes.c_long(x.numel()))
    return y


@gelu.register_fake
def _(x):
    return torch.empty_like(x)


@torch.library.custom_op("earshot::gelu_back", mutates_args=())
def gelu_back(x: Tensor, dy: Tensor) -> Tensor:
    x, dy = x.contiguous(), dy.to(torch.bfloat16).contiguous()
    dx = torch.empty_like(x)
    LIB.gelu_backward(at(x), at(dy), at(dx), ctypes.c_long(x.numel()))
    return dx


@gelu_back.register_fake
def _(x, dy):
    return torch.empty_like(x)


gelu.register_autograd(lambda ctx, dy: gelu_back(*ctx.saved_tensors, dy),
                       setup_context=lambda ctx, inputs, output: ctx.save_for_backward(*inputs))


@torch.library.custom_op("earshot::embed", mutates_args=())
def embed(rows: Tensor, keep: Tensor, table: Tensor) -> Tensor:
    """rows (…, books) int64, keep (…, books) f32, table (rows, d) f32 -> (…, d) f32: their sum, each by its keep."""
    rows, keep, table = rows.contiguous(), keep.contiguous(), table.contiguous()
    if table.shape[1] % 16 or not 0 <= int(rows.min()) <= int(rows.max()) < len(table):
        raise ValueError("token files hold ids that the codebooks of this model do not have: mix them anew")
    out = table.new_empty(*rows.shape[:-1], table.shape[1])
    LIB.embed_forward(at(rows), at(keep), at(table), at(out), ctypes.c_long(keep[..., 0].numel()), rows.shape[-1], table.shape[1])
    return out


@embed.register_fake
def _(rows, keep, table):
    return table.new_empty(*rows.shape[:-1], table.shape[1])


@torch.library.custom_op("earshot::embed_back", mutates_args=())
def embed_back(rows: Tensor, keep: Tensor, dout: Tensor, count: int) -> Tensor:
    rows, keep, dout = rows.contiguous(), keep.contiguous(), dout.contiguous()
    dtable = dout.new_zeros(count, dout.shape[-1])
    LIB.embed_backward(at(rows), at(keep), at(dout), at(dtable), ctypes.c_long(keep[..., 0].numel()), rows.shape[-1], dout.shape[-1])
    return dtable


@embed_back.register_fake
def _(rows, keep, dout, count):
    return dout.new_empty(count, dout.shape[-1])


def embed_save(ctx, inputs, output):
    rows, keep, table = inputs
    ctx.save_for_backward(rows, keep)
    ctx.count = table.shape[0]


embed.register_autograd(lambda ctx, dout: (None, None, embed_back(*ctx.saved_tensors, dout, ctx.count)), setup_context=embed_save)


def difference(f, g, tensors, gradient):
    """Largest relative error, by norm, of g (bfloat16 inputs) against f (float) and of their gradients."""
    exact = [x.float().requires_grad_() for x in tensors]
    ours = [x.detach().clone().requires_grad_() for x in tensors]
    a, b = f(*exact), g(*ours)
    a.backward(gradient.float())
    b.backward(gradient.to(b.dtype))
    pairs = [(a, b)] + [(x.grad, y.grad) for x, y in zip(exact, ours)]
    return max(float((x - y.float()).norm() / x.norm()) for x, y in (map(torch.detach, p) for p in pairs))


def main():
    from torch.nn import functional as F

    from net import Layer
    torch.manual_seed(1)
    b, n, d, heads = 3, 256, 160, 5
    layer, half = Layer(d, heads, 4 * d, 64), torch.bfloat16
    qkv, bias = torch.randn(b, n, 3 * d).to(half), layer.attn_bias.detach() + torch.randn(heads, 64) * .3
    del layer.attn_bias

    def plain(x, bias):
        layer.attn_bias = bias
        return layer.mix(x, b, n, d)

    rows, keep = torch.randint(0, 3072, (b, n, 12)), (torch.rand(b, n, 12) > .1).float()
    errors = {
        "attend": difference(plain, lambda x, y: attend(x.view(b, n, 3, heads, 32), y)[0].reshape(b, n, d), [qkv, bias], torch.randn(b, n, d)),
        "gelu": difference(lambda x: F.gelu(x, approximate="tanh"), gelu, [torch.randn(b, n, d).to(half) * 3], torch.randn(b, n, d)),
        "embed": difference(lambda t: (F.embedding(rows, t) * keep[..., None]).sum(2), lambda t: embed(rows, keep, t),
                            [torch.randn(3072, d)], torch.randn(b, n, d))}
    print(", ".join(f"{name} {error:.4f}" for name, error in errors.items()), "(relative, bfloat16 has 0.004)")
    return max(errors.values()) > .005


if __name__ == "__main__":
    raise SystemExit(main())
