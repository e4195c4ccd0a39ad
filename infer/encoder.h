/* The transformer, on one screen.
 *
 *   x = sum of the embeddings of a token's ids
 *   12 times:  x += Wo attention(rms_norm(x));  x += W2 gelu(W1 rms_norm(x))
 *   z = head(rms_norm(x));  pooled over the last `pool` tokens:
 *       log((1 / pool) sum exp z);  p = sigmoid(scale * pooled + bias)
 *
 * Between floats there are products of int8: rows of activations, queries, keys, values and
 * weights of values are rounded as they come (infer/kernel.h says how).
 * Attention is causal over cached keys and values of the last `window` tokens
 * with a learned bias by distance (so positions never run out), or, when the
 * file says so, bidirectional over one whole sequence. Rows (tokens) of several
 * streams go through each weight panel together. */
#ifndef INFER_ENCODER_H
#define INFER_ENCODER_H

#include "infer/stream.h"

enum { ENCODER_MAX_ROWS = 64 }; /* tokens in one pass, over all its streams */

struct scratch; /* working memory of one thread */

int scratch_new(const struct model *m, struct scratch **ret); /* -ENOMEM */
/* The same with so many threads, 1..16, the caller's among them, for encoder_window
 * to share a window's rows; its numbers do not change. -EINVAL, -ENOMEM, -EAGAIN. */
int scratch_new_team(const struct model *m, int threads, struct scratch **ret);
void scratch_free(struct scratch *s);

struct encoder_job {
    struct stream *stream; /* each stream at most once in a pass */
    const uint16_t *ids;   /* (n_tokens, n_books), each id < codes */
    int n_tokens;          /* 1..ENCODER_MAX_ROWS */
    struct scores *out;    /* room for n_tokens / hop + 1, of the caller */
    int n_out;             /* filled: windows that ended in these tokens */
};

/* Models here were opened with a kernel, which does the arithmetic.
 * Runs jobs whose tokens together are at most ENCODER_MAX_ROWS. Cannot fail for
 * checked input; ids out of range are -EINVAL before anything changes. */
int encoder_step(const struct model *m, struct scratch *s, struct encoder_job *jobs, size_t n_jobs);

/* A bidirectional model over one whole sequence of n <= window tokens:
 * ret_hidden (n, d) after the final norm, may be NULL; ret_logits (n_labels + 1)
 * pooled over all n, not calibrated, may be NULL. -EINVAL if the model is causal
 * or ids are out of range. Used by `earshot infer`. */
int encoder_window(const struct model *m, struct scratch *s, const uint16_t *ids, int n_tokens,
                   float *ret_hidden, float *ret_logits);

/* Causal models: per-token outputs before pooling (n_tokens, n_labels + 1) of a
 * fresh stream, n_tokens >= 1; for tests and `earshot infer --logits`. -EINVAL,
 * -ENOMEM (it makes a stream). */
int encoder_logits(const struct model *m, struct scratch *s, const uint16_t *ids, int n_tokens, float *ret_logits);

#endif
