/* One layer over the rows of a pass, and the working memory of a thread.
 *
 * A pass is up to max_rows tokens; the rows of one stream stand together and are
 * a span. What couples rows is attention inside a span only; all else goes row
 * by row, which is why a token's numbers do not depend on its company. */
#ifndef INFER_LAYER_H
#define INFER_LAYER_H

#include "infer/model.h"

struct span {
    int first, n;      /* rows of the pass */
    int cached;        /* keys and values before these */
    float *kv;         /* layer 0: keys in blocks of 16, d wide, then values (capacity, d) */
    size_t values_at;  /* floats from keys to values; 0: values are taken where they are made */
    size_t layer_step; /* floats from one layer's keys to the next layer's */
};

struct scratch {
    int max_rows;
    void *memory;    /* all of the below */
    float *x;        /* (max_rows, d) the residual stream */
    float *h;        /* (max_rows, max(d, ff)) */
    float *qkv;      /* (max_rows, 3 d) */
    int8_t *a;       /* (max_rows, max(d, ff)) quantized rows */
    float *a_scale;  /* (max_rows) */
    float *scores;   /* (ATTEND_ROWS, most keys) */
    float *keys;     /* bidirectional models: keys (window, d) in blocks, else NULL */
    struct span *spans; /* (max_rows) */
};

/* x of rows 0..n_rows-1 through layer `index`; writes their keys and values. */
void layer_run(const struct model *m, struct scratch *s, int index, int n_rows, size_t n_spans);

#endif
