/* BERT-like encoders: any GGUF file of architecture "bert", as infer/FORMAT.md lists it.
 *
 *   x = norm(token_embd[id] + position_embd[t] + token_types[type])
 *   each layer:  x = norm(x + Wo attention(x));  x = norm(x + W2 gelu(W1 x))
 *   pooled: the mean of all tokens' x, or the first one's;
 *   head, where the file has one:  tanh(W pooled + b), then  W' … + b'
 *
 * The norm is layer norm after the sum, all products have a bias, GELU is the one of the
 * error function, or, where it is rounded to int8 next, infer/kernel.h's polynomial, which is
 * within 0.002 of it. Any number of tokens up to the file's context is one window in both
 * directions: there is no padding. All tokens see all, unless the file has a mask of blocks.
 * Matrices are F32, F16, Q8_0 or our I8; I8 runs as in infer/encoder.h (rows of activations,
 * queries, keys and values rounded to int8), the others in float32. Equal bit for bit in all
 * kernels. Opened once, immutable: threads may share it. */
#ifndef INFER_BERT_H
#define INFER_BERT_H

#include "infer/bert_math.h"
#include "infer/matrix.h"

enum {
    BERT_MAX_LAYERS = 64,
    BERT_MAX_TOKENS = 512,
    BERT_MAX_VOCABULARY = 65536,
    BERT_MAX_TYPES = 16,
    BERT_MAX_LABELS = 1024,
    BERT_MAX_BLOCKS = 32, /* of a mask: BERT_MAX_TOKENS / 16 */
};

enum bert_pooling { BERT_POOL_NONE, BERT_POOL_MEAN, BERT_POOL_FIRST }; /* as the key's numbers */

struct bert_linear { /* y = x W^T + bias */
    int n_in, n_out;
    bool int8;          /* packed for the kernel, else for the math */
    const void *packed;
    const float *scale; /* (n_out) of int8 */
    const float *bias;  /* (n_out) */
};

struct bert_norm {
    const float *gain, *bias; /* (d) */
};

struct bert_layer {
    struct bert_linear q, kv, attn_out, ffn_up, ffn_down; /* d -> d, d -> 2 d, d -> d, d -> ff, ff -> d */
    struct bert_norm attn_norm, ffn_norm;
};

struct bert {
    char name[64];
    int n_layers, d, n_heads, d_head, ff;
    int window;     /* most tokens, 1..BERT_MAX_TOKENS */
    int vocabulary; /* ids are below it */
    int n_types;    /* token types, 0: none */
    enum bert_pooling pooling;
    int n_labels;   /* outputs of the head; 0: there is none */
    float eps;
    int mask_block; /* tokens in a block of the mask, a multiple of 16; 0: there is none */
    uint32_t mask[BERT_MAX_BLOCKS]; /* bit j of number i: tokens of block i see those of block j */
    struct matrix tokens, positions, types;
    struct bert_norm embd_norm;
    struct bert_layer layer[BERT_MAX_LAYERS];
    const float *dense_w, *dense_b; /* (d, d), (d) before tanh; NULL: no such step */
    const float *out_w, *out_b;     /* (n_labels, d), (n_labels) */
    size_t file_size;
    const struct kernel *kernel;
    const struct bert_math *math;
    struct gguf *file; /* private, as all below */
    void *packed;
    float *own;
};

/* Whether the file says that it is such a model; false too when it cannot be read. */
bool bert_is(const char *path);

/* Weights are packed for k. *ret is the caller's. Errors as model_open(). */
int bert_open(const char *path, const struct kernel *k, const struct bert **ret,
              struct reason *why);
void bert_close(const struct bert *m); /* NULL is fine */

struct bert_scratch; /* working memory of who runs it */
int bert_scratch_new(const struct bert *m, struct bert_scratch **ret); /* -ENOMEM */
/* The same with so many threads, 1..16, the caller's among them, that share a text's rows;
 * its numbers do not change. -EINVAL, -ENOMEM, -EAGAIN. */
int bert_scratch_new_team(const struct bert *m, int threads, struct bert_scratch **ret);
void bert_scratch_free(struct bert_scratch *s);

/* ids: n tokens, each `columns` numbers: the id, and where there are two its type (else 0).
 * ret_hidden (n, d): each token's x, may be NULL; ret_pooled (d), may be NULL; ret_head
 * (n_labels), may be NULL, and is not touched without a head. -EINVAL: n is not 1..window,
 * or an id or a type is not in the file. -EIO: the file cannot be read any more. */
int bert_run(const struct bert *m, struct bert_scratch *s, const uint16_t *ids, int n, int columns,
             float *ret_hidden, float *ret_pooled, float *ret_head);

#endif
