/* A model file, checked and bound: hyper-parameters and tensors of one encoder.
 *
 * Opened once, read-only and mapped; immutable after model_open, so any number
 * of streams and threads may share it. The file is GGUF 3; its keys and tensors
 * are listed in infer/FORMAT.md. All sizes are checked before a pointer is taken. */
#ifndef INFER_MODEL_H
#define INFER_MODEL_H

#include "config/reason.h"
#include "infer/kernel.h"
#include "infer/model_curve.h"
#include "infer/tokenizer.h"

enum {
    MODEL_MAX_LABELS = 16,
    MODEL_MAX_LAYERS = 64,
    MODEL_MAX_LABEL_NAME = 64,
};

struct linear_i8 { /* y = x W^T: int8 weights, one scale an output channel */
    int n_in, n_out;
    const int8_t *w;    /* (n_out, n_in) row-major, values in [-127, 127]: in the file */
    const void *packed; /* the same as the model's kernel wants it */
    const float *scale; /* (n_out) */
};

struct model_layer {
    const float *attn_norm;   /* (d) RMS norm gain */
    struct linear_i8 qkv;     /* d -> 3 d: q, k, v; heads side by side in each */
    const float *attn_bias;   /* (heads, bias_span) of query t and key s: at window - 1 - t + s,
                                 so that it runs with the keys, times log2 e; the file has it
                                 reversed */
    struct linear_i8 attn_out; /* d -> d */
    const float *ffn_norm;    /* (d) */
    struct linear_i8 ffn_up;  /* d -> ff, then GELU (tanh form) */
    struct linear_i8 ffn_down; /* ff -> d */
};

struct model {
    char name[64], version[32];
    char sha256[65];     /* of the whole file, hex */
    char feature[32];    /* MFCC_VERSION it was trained on */
    int n_layers, d, n_heads, d_head, ff;
    int window;          /* attention reaches window - 1 tokens back */
    bool causal;
    int bias_span;       /* causal: window; else 2 window - 1 */
    int pool;            /* tokens over which logits are pooled */
    float norm_eps;
    int n_labels;        /* outputs are n_labels + 1: the last one is "speech present" */
    char label[MODEL_MAX_LABELS][MODEL_MAX_LABEL_NAME];
    float cal_scale[MODEL_MAX_LABELS + 1], cal_bias[MODEL_MAX_LABELS + 1];
    float threshold[3][MODEL_MAX_LABELS]; /* by enum: low, medium, high; probabilities */
    struct model_curve curve; /* n 0: none; none in Wasm either */
    struct tokenizer_books books;
    const int8_t *embd;      /* (n_books * codes, d) */
    const float *embd_scale; /* (n_books * codes) */
    struct model_layer layer[MODEL_MAX_LAYERS];
    const float *out_norm;   /* (d) */
    const float *out_w;      /* (n_labels + 1, d) */
    const float *out_b;      /* (n_labels + 1) */
    size_t file_size;
    const struct kernel *kernel; /* what the weights are packed for; NULL: for none */
    struct gguf *file;       /* private: the mapping */
    float *bias_by_key;      /* private: all layers' attn_bias */
    void *packed;            /* private: all packed weights */
};

/* Weights are packed for kernel k, which runs the model from then on; NULL: the
 * model is only looked at. *ret is the caller's. -ENOENT, -EACCES, other open errors; -EBADMSG: not a
 * model we can run, why says what and where in the file. */
int model_open(const char *path, const struct kernel *k, const struct model **ret,
               struct reason *why);
void model_close(const struct model *m); /* NULL is fine */

#endif
