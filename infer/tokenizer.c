/* Product quantization of MFCC trajectories: each codebook sees how a few
 * neighbouring coefficients move over the frames of one token. Nearest code by
 * exhaustive search: 12 books of 256 codes are 16,384 multiply-adds a 40 ms
 * token, less than one row of one layer. The sum runs in the order of the
 * vector and nothing is contracted, so every machine picks the same code. */
#include "infer/tokenizer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct tokenizer {
    const struct tokenizer_books *books;
    int filled;                                        /* frames of the token so far */
    float v[TOKENIZER_MAX_COEFS * TOKENIZER_MAX_FRAMES]; /* (coefs, frames) */
};

static bool books_valid(const struct tokenizer_books *b)
{
    if (b->frames < 1 || b->frames > TOKENIZER_MAX_FRAMES || b->coefs < 1 || b->coefs > TOKENIZER_MAX_COEFS ||
        b->n < 1 || b->n > TOKENIZER_MAX_CODEBOOKS || b->codes < 2 || b->codes > TOKENIZER_MAX_CODES)
        return false;
    int sum = 0;
    for (int j = 0; j < b->n; j++) {
        if (b->width[j] < 1 || b->width[j] > b->coefs || !b->book[j])
            return false;
        sum += b->width[j];
    }
    return sum == b->coefs;
}

int tokenizer_new(const struct tokenizer_books *books, struct tokenizer **ret)
{
    if (!books_valid(books))
        return -EINVAL;
    struct tokenizer *t = calloc(1, sizeof(*t));
    if (!t)
        return -ENOMEM;
    t->books = books;
    *ret = t;
    return 0;
}

void tokenizer_free(struct tokenizer *t)
{
    free(t);
}

void tokenizer_reset(struct tokenizer *t)
{
    t->filled = 0;
}

static uint16_t nearest(const float *v, int n, const float *book, int codes)
{
    int best = 0;
    float best_d = INFINITY;
    for (int c = 0; c < codes; c++) {
        const float *code = book + (size_t)c * (size_t)n;
        float d = 0;
        for (int i = 0; i < n; i++)
            d += (v[i] - code[i]) * (v[i] - code[i]);
        if (d < best_d) {
            best_d = d;
            best = c;
        }
    }
    return (uint16_t)best;
}

int tokenizer_feed(struct tokenizer *t, const float *frame, uint16_t *ret_ids)
{
    const struct tokenizer_books *b = t->books;
    for (int c = 0; c < b->coefs; c++)
        t->v[c * b->frames + t->filled] = frame[c];
    if (++t->filled < b->frames)
        return 0;
    t->filled = 0;
    const float *v = t->v;
    for (int j = 0; j < b->n; j++) {
        int n = b->width[j] * b->frames;
        ret_ids[j] = nearest(v, n, b->book[j], b->codes);
        v += n;
    }
    return 1;
}
