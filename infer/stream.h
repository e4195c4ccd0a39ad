/* One sound being listened to: cached keys and values, pooled logits, position.
 *
 * A window ends with every hop-th token: z of the last `pool` tokens pooled, and
 * tokens before the stream began count as silence that says nothing (exp z = 0),
 * so a short word scores the same at the beginning as later. Where a sound ends or breaks
 * off, the tokens behind the last window, fewer than hop (160 ms of sound with 4), end none: the
 * window before has pooled all but them, and one that ends with silence of our own making
 * would score what nobody said.
 *
 * A stream's scores depend on its tokens alone: not on how they were cut into
 * steps, what was batched with them, or which worker ran them. Bit for bit.
 * Belongs to whoever steps it: in the daemon a worker, by way of infer/pool. */
#ifndef INFER_STREAM_H
#define INFER_STREAM_H

#include "infer/model.h"

struct stream { /* private to infer/ */
    const struct model *model;
    int hop;
    uint64_t tokens;    /* since stream_new or stream_reset */
    int rows, capacity; /* tokens cached; room */
    size_t head_step;   /* bytes of a head's cells */
    int8_t *cells;      /* (layers, heads): keys and values of `capacity` tokens, see infer/kernel.h */
    int z_step;         /* floats from one token's logits to the next one's: n_labels + 1, whole fours */
    float *z;           /* (pool, z_step) logits of the last tokens: token t at t % pool */
};

struct scores {               /* of one window */
    uint64_t token;           /* tokens of the stream when it was taken, 1, 2, …; the window ends with it */
    float p[MODEL_MAX_LABELS]; /* calibrated probabilities, by label of the model */
    float speech;             /* probability that somebody speaks */
};

/* hop: tokens between two windows, 1..64. -ENOMEM, -EINVAL (also for a model that
 * is not causal). Allocates all it ever needs. The model outlives the stream. */
int stream_new(const struct model *m, int hop, struct stream **ret);
void stream_free(struct stream *s);
void stream_reset(struct stream *s); /* as new: after a gap */
uint64_t stream_tokens(const struct stream *s);

/* Keys and values that a stream of this model has room for: a multiple of 16. */
int stream_capacity(const struct model *m);

/* For encoder_step: makes room for the keys and values of n <= ENCODER_MAX_ROWS
 * tokens behind s->rows, dropping what no query can see any more. */
void stream_room(struct stream *s, int n);

/* For encoder_step: the logits z (n_labels + 1) of the next token. 1 when a
 * window ends with it, and *ret is filled; 0 else. */
int stream_feed(struct stream *s, const float *z, struct scores *ret);

#endif
