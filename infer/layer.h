/* One layer over the rows of a pass, and the working memory of a thread.
 *
 * A pass is up to max_rows tokens; the rows of one stream stand together and are
 * a span. What couples rows is attention inside a span only; all else goes row
 * by row, which is why a token's numbers do not depend on its company. */
#ifndef INFER_LAYER_H
#define INFER_LAYER_H

#include "infer/model.h"
#include "infer/team.h"

struct span {
    int first, n;      /* rows of the pass */
    int cached;        /* keys and values before these */
    int n_keys;        /* all that there will be in this pass */
    int8_t *cells;     /* of layer 0: keys and values (infer/kernel.h), head by head */
    size_t head_step;  /* bytes from one head's cells to the next one's */
};

struct scratch {
    int max_rows;
    void *memory;    /* all of the below */
    float *x;        /* (max_rows, d) the residual stream */
    float *h;        /* (max_rows, max(d, ff)) */
    float *qkv;      /* (max_rows, 3 d) */
    int8_t *a;       /* (max_rows, max(d, ff)) quantized rows */
    float *a_scale;  /* (max_rows) */
    float *scores;   /* (threads, n_scores) */
    size_t n_scores; /* of one thread: cells_scratch(most keys) */
    int8_t *cells;   /* bidirectional models: keys and values of a layer, else NULL */
    struct span *spans; /* (max_rows) */
    struct team *threads; /* that share a window; NULL: one */
    struct team *meets;   /* in a thread's part of a pass: who must have put its keys before one attends */
};

/* x of rows 0..n_rows-1 through layer `index`; writes their keys and values. */
void layer_run(const struct model *m, struct scratch *s, int index, int n_rows, size_t n_spans);

#endif
