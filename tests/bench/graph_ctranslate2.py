"""A BERT-like encoder as a CTranslate2 model with int8 weights; activations are rounded at run time."""
import ctranslate2
import numpy as np
from ctranslate2.specs import common_spec, transformer_spec

MISSING = {"CTranslate2, static": "it has none: int8 products round their activations as they come"}
SMALL = 512  # a vocabulary that the model must have, and the ids that are used


def fill(spec, tensors, name):
    spec.weight = np.ascontiguousarray(tensors[name + ".weight"], np.float32)
    spec.bias = tensors[name + ".bias"]


def norm(spec, tensors, name):
    spec.gamma, spec.beta = tensors[name + ".weight"], tensors[name + ".bias"]


def build(keys, tensors, n, ranges, folder):
    layers, heads = keys["bert.block_count"], keys["bert.attention.head_count"]
    encoder = transformer_spec.TransformerEncoderSpec(
        layers, heads, pre_norm=False, activation=common_spec.Activation.GELU, layernorm_embedding=True,
        num_source_embeddings=2, embeddings_merge=common_spec.EmbeddingsMerge.ADD)
    encoder.embeddings[0].weight = tensors["token_embd.weight"]
    encoder.embeddings[1].weight = tensors["token_types.weight"]
    encoder.scale_embeddings = False
    encoder.position_encodings.encodings = tensors["position_embd.weight"]
    norm(encoder.layernorm_embedding, tensors, "token_embd_norm")
    for i, layer in enumerate(encoder.layer):
        blk = f"blk.{i}."
        parts = [blk + p for p in ("attn_q", "attn_k", "attn_v")]
        joined = layer.self_attention.linear[0]
        joined.weight = np.concatenate([tensors[p + ".weight"] for p in parts])
        joined.bias = np.concatenate([tensors[p + ".bias"] for p in parts])
        fill(layer.self_attention.linear[1], tensors, blk + "attn_output")
        norm(layer.self_attention.layer_norm, tensors, blk + "attn_output_norm")
        fill(layer.ffn.linear_0, tensors, blk + "ffn_up")
        fill(layer.ffn.linear_1, tensors, blk + "ffn_down")
        norm(layer.ffn.layer_norm, tensors, blk + "layer_output_norm")
    spec = transformer_spec.TransformerEncoderModelSpec(encoder)
    spec.register_vocabulary([f"t{i}" for i in range(len(tensors["token_embd.weight"]))])
    spec.config.unk_token, spec.config.layer_norm_epsilon = "t0", keys["bert.attention.layer_norm_epsilon"]
    spec.validate()
    spec.optimize(quantization="int8")
    path = folder / "ctranslate2"
    path.mkdir(exist_ok=True)
    spec.save(str(path))
    model = ctranslate2.Encoder(str(path), device="cpu", inter_threads=1, intra_threads=1, compute_type="int8")

    def run(ids):
        return np.array(model.forward_batch([ids.tolist()], token_type_ids=[[0] * len(ids)]).last_hidden_state)[0]
    return ctranslate2.__version__, {"CTranslate2, dynamic": run}
