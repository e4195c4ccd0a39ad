/* Attention of BERT-like encoders, for bert_run.c: keys and values put away, and rows of tokens
 * that look at them, at all or at the blocks that the model's mask has.
 *
 * Where a layer's matrices are int8, keys and values are rounded as they come (cells of
 * infer/kernel.h); else they stay float32. A block that a row does not see costs nothing: those
 * that it sees are gathered one behind the other, whole blocks of 16, and attended to as if
 * there were no others. Because order and lanes of sums stay what they are, and what is not
 * there adds 0, that is bit for bit what all keys with a score of minus infinity for the
 * unseen would give. Any thread with memory of its own; nothing allocates. */
#ifndef INFER_BERT_ATTEND_H
#define INFER_BERT_ATTEND_H

#include "infer/bert.h"

struct bert_kept { /* keys and values of a layer */
    int8_t *cells;    /* of int8: the first head's, … */
    size_t head_step; /* … bytes from one head's to the next one's */
    float *keys;      /* else: (n in blocks of 16, d), all heads of a block together, */
    float *values;    /* … and (n, d) */
};

struct bert_view { /* what rows of one thread look at */
    const struct bert_kept *all;
    int n_keys;
    struct bert_kept picked; /* scratch of the size of `all`; needed with a mask */
    float *scores;           /* bert_attend_scratch() */
    const float *zeros;      /* n_keys rounded up to 16 zeros before it and behind: the bias that there is not */
};

/* Floats that scores needs for so many keys. */
size_t bert_attend_scratch(int n_keys);

/* n tokens' keys and values kv (n, 2 d), which are tokens at, at + 1 … */
void bert_put(const struct bert *m, bool int8, const struct bert_kept *to, int at, int n, const float *kv);

/* What is behind the last of n tokens in its block comes to be numbers, once for all layers. */
void bert_end(const struct bert *m, const struct bert_kept *to, int n);

/* y (n, d) = attention of the queries q (n, d) of tokens at, at + 1 … */
void bert_attend(const struct bert *m, bool int8, const struct bert_view *v, int at, int n, const float *q, float *y);

#endif
