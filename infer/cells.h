/* What tables share that attend over cells (infer/kernel.h) with up to two queries at once:
 * where the queries stand, what they see, their rounded rows, and where things lie.
 *
 * Who does not see a key has weight 0 for it, and sums are of integers, so whole cells are
 * gone through, nothing is left out and no order kept. Only infer/x86, arm, wasm include this. */
#ifndef INFER_CELLS_H
#define INFER_CELLS_H

#include "infer/ref.h"

enum { CELL_QUERIES = 2 };

struct cells { /* of some queries that go together */
    const struct attend_cells *a;
    int first, last;       /* whole cells hold all they see: of key `first` to before key `last` */
    int t[CELL_QUERIES];   /* where each stands … */
    int from[CELL_QUERIES], end[CELL_QUERIES]; /* … and what it sees */
    int stride;            /* of rows of scores and of weights, which begin with key `first` */
    size_t cell;           /* bytes */
    float factor[CELL_QUERIES]; /* its row's scale times the attention's */
    void *weights;         /* from 0 to CELL_WEIGHT, in whatever a table has them */
    int8_t q[CELL_QUERIES * CELL_MOST]; /* rows d apart */
};

static inline const int8_t *cells_at(const struct cells *g, int key)
{
    return g->a->cells + (size_t)(key / KEY_BLOCK) * g->cell;
}

/* Scales of keys; those of values are KEY_BLOCK behind */
static inline const float *cells_scales(const struct cells *g, int key)
{
    return (const float *)(cells_at(g, key) + 2 * KEY_BLOCK * g->a->d);
}

/* n queries from query i on, rounded by the table's own quantize() */
static inline void cells_open(struct cells *g, const struct attend_cells *a, int n, int i,
                              void (*quantize)(int m, int n, const float *x, int8_t *q, float *scale))
{
    g->a = a;
    g->cell = cell_bytes(a->d);
    for (int r = 0; r < n; r++) {
        g->t[r] = a->first + i + r;
        g->end[r] = a->window ? g->t[r] + 1 : a->n_keys;
        g->from[r] = a->window && g->end[r] > a->window ? g->end[r] - a->window : 0;
        quantize(1, a->d, a->q + (size_t)(i + r) * (size_t)a->q_stride, g->q + r * a->d, &g->factor[r]);
        g->factor[r] = g->factor[r] * a->scale;
    }
    g->first = g->from[0] / KEY_BLOCK * KEY_BLOCK;
    g->last = (g->end[n - 1] + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK;
    g->stride = g->last - g->first;
    g->weights = a->s + ATTEND_ROWS * g->stride;
}

/* What a value's scale is times in a weight, and a sum of weights times, by the largest scale seen */
static inline float cells_up(float widest)
{
    return widest < REF_ZERO_ROW ? 0 : (float)CELL_WEIGHT / widest;
}

static inline float cells_down(float widest, float powers)
{
    return (widest / (float)CELL_WEIGHT) * (1.0F / powers);
}

#endif
