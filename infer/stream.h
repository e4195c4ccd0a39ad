/* One sound being listened to: cached keys and values, pooled logits, position.
 *
 * A stream's scores depend on its tokens alone: not on how they were cut into
 * steps, what was batched with them, or which worker ran them. Bit for bit.
 * Belongs to whoever steps it: in the daemon a worker, by way of infer/pool. */
#ifndef INFER_STREAM_H
#define INFER_STREAM_H

#include "infer/model.h"

struct stream;

struct scores {               /* of one window */
    uint64_t token;           /* tokens of the stream when it was taken, 1, 2, …; the window ends with it */
    float p[MODEL_MAX_LABELS]; /* calibrated probabilities, by label of the model */
    float speech;             /* probability that somebody speaks */
};

/* hop: tokens between two windows, 1..64. -ENOMEM, -EINVAL. Allocates all it
 * ever needs. The model outlives the stream. */
int stream_new(const struct model *m, int hop, struct stream **ret);
void stream_free(struct stream *s);
void stream_reset(struct stream *s); /* as new: after a gap */
uint64_t stream_tokens(const struct stream *s);

#endif
