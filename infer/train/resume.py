"""A model file back into a network, to train on from what is shipped instead of from nothing.

The phones' head is not in a file (it is an auxiliary task) and begins anew; it is learned again in
minutes, since the layers below it know the sounds already.
"""
import numpy as np
import torch

import gguf_file
from net import Detector


def floats(tensors, name):
    """A matrix of the file as floats: int8 values by their rows' scales."""
    return torch.from_numpy(tensors[name + ".weight"].astype(np.float32) * tensors[name + ".scale"][:, None])


def codebooks(tensors):
    """{"book0": (codes, width * frames) …} as codebook.py saves them."""
    n = sum(name.startswith("codebook.") for name in tensors)
    return {f"book{j}": tensors[f"codebook.{j}.weight"] for j in range(n)}


@torch.no_grad()
def from_file(path):
    """(Detector, codebooks) of a model file."""
    keys, t = gguf_file.read_model(path)
    model = Detector(books=len(keys["earshot.tokenizer.widths"]), codes=keys["earshot.tokenizer.codes"],
                     d=keys["earshot.embedding_length"], heads=keys["earshot.attention.head_count"],
                     ff=keys["earshot.feed_forward_length"], layers=keys["earshot.block_count"],
                     window=keys["earshot.attention.window"])
    plain = lambda name: torch.from_numpy(t[name].copy())
    model.embd.copy_(floats(t, "token_embd"))
    for i, layer in enumerate(model.layers):
        b = f"blk.{i}."
        layer.attn_norm.weight.copy_(plain(b + "attn_norm.weight"))
        layer.ffn_norm.weight.copy_(plain(b + "ffn_norm.weight"))
        layer.attn_bias.copy_(plain(b + "attn_bias.weight"))
        for m, name in ((layer.qkv, "attn_qkv"), (layer.attn_out, "attn_output"),
                        (layer.ffn_up, "ffn_up"), (layer.ffn_down, "ffn_down")):
            m.weight.copy_(floats(t, b + name))
    model.out_norm.weight.copy_(plain("output_norm.weight"))
    model.out.weight.copy_(plain("output.weight"))
    model.out.bias.copy_(plain("output.bias"))
    return model, codebooks(t)
