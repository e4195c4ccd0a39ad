#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/bench.h"
#include "daemon/tool/tool.h"
#include "infer/bert_attend.h"

enum { CACHE_LINE = 64 };

struct math {
    const struct bert_math *of;
    int rows, n; /* of norm and GELU */
    struct bert_product product;
    float *x, *y, *w, *g;
};

static void math_done(void *of)
{
    struct math *m = of;
    free(m->x);
    free(m->y);
    free(m->w);
    free(m->g);
    free(m);
}

/* Numbers in [-1, 1), the same every time */
static float *floats(size_t n)
{
    float *p = aligned_alloc(CACHE_LINE, (n * sizeof(*p) + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    uint32_t x = 1;
    for (size_t i = 0; i < n && p; i++) {
        x = x * 1664525u + 1013904223u;
        p[i] = (float)(x >> 8) * (1.0F / 8388608.0F) - 1.0F;
    }
    return p;
}

static void run_product(void *of)
{
    struct math *m = of;
    m->of->product(&m->product);
}

/* What it left before: all the same to its speed */
static void run_norm(void *of)
{
    struct math *m = of;
    m->of->norm(m->rows, m->n, m->y, m->g, m->w, 1e-12F);
}

/* Of the same numbers each time: GELU of GELU would come to be of zeros, which are slow. */
static void run_gelu(void *of)
{
    struct math *m = of;
    size_t all = (size_t)m->rows * (size_t)m->n;
    memcpy(m->y, m->x, all * sizeof(*m->y));
    m->of->gelu((int)all, m->y);
}

int bench_math(const struct bench_case *c, const struct bench_env *e, struct bench *ret)
{
    static void (*const run[])(void *) = {[BENCH_PRODUCT_F32] = run_product,
                                          [BENCH_LAYER_NORM] = run_norm,
                                          [BENCH_GELU_ERF] = run_gelu};
    int which = c->size[0], m = c->size[1], k = c->size[2], n = c->size[3];
    size_t rows = (size_t)m, in = (size_t)k, out = (size_t)n;
    struct math *o = calloc(1, sizeof(*o));
    if (!o)
        return EX_OSERR;
    o->of = bert_math_of(e->kernel);
    o->rows = m;
    o->n = k;
    o->x = floats(rows * in);
    o->y = floats(rows * (in > out ? in : out));
    o->w = floats(which == BENCH_PRODUCT_F32 ? in * out : in);
    o->g = floats(in > out ? in : out);
    if (!o->x || !o->y || !o->w || !o->g) {
        math_done(o);
        tool_complain("bench: out of memory");
        return EX_OSERR;
    }
    o->product = (struct bert_product){m, n, k, o->x, o->w, o->g, o->y, false};
    *ret = (struct bench){run[which], math_done, o, 0, 0, 1};
    return EX_OK;
}

struct masked {
    struct bert m;
    struct bert_view view;
    struct bert_kept all;
    int n;
    float *q, *y, *zeros;
};

static void masked_done(void *of)
{
    struct masked *o = of;
    free(o->all.cells);
    free(o->view.picked.cells);
    free(o->view.scores);
    free(o->q);
    free(o->y);
    free(o->zeros);
    free(o);
}

static void run_masked(void *of)
{
    struct masked *o = of;
    bert_attend(&o->m, true, &o->view, 0, o->n, o->q, o->y);
}

/* Room for all heads' keys and values of n tokens, with numbers in it */
static bool make_kept(struct masked *o, struct bert_kept *k)
{
    k->head_step = (size_t)(o->n + KEY_BLOCK - 1) / KEY_BLOCK * cell_bytes(o->m.d_head);
    k->cells = aligned_alloc(CACHE_LINE, k->head_step * (size_t)o->m.n_heads);
    float *kv = floats((size_t)o->n * 2 * (size_t)o->m.d);
    bool made = k->cells && kv;
    if (made)
        bert_put(&o->m, true, k, 0, o->n, kv);
    free(kv);
    return made;
}

int bench_mask(const struct bench_case *c, const struct bench_env *e, struct bench *ret)
{
    struct masked *o = calloc(1, sizeof(*o));
    if (!o)
        return EX_OSERR;
    o->n = c->size[0];
    o->m = (struct bert){.d = c->size[1] * c->size[2], .n_heads = c->size[1], .d_head = c->size[2],
                         .mask_block = c->size[3], .kernel = e->kernel};
    for (int i = 0; o->m.mask_block && i < o->n / o->m.mask_block; i++)
        o->m.mask[i] = 1u | 3u << i >> 1;
    size_t n = (size_t)o->n, all = n * (size_t)o->m.d;
    o->q = floats(all);
    o->y = floats(all);
    o->zeros = calloc(2 * n, sizeof(*o->zeros));
    o->view = (struct bert_view){.all = &o->all, .n_keys = o->n, .scores = floats(bert_attend_scratch(o->n)), .zeros = o->zeros + n};
    if (!o->q || !o->y || !o->zeros || !o->view.scores || !make_kept(o, &o->all) || !make_kept(o, &o->view.picked)) {
        masked_done(o);
        tool_complain("bench: out of memory");
        return EX_OSERR;
    }
    *ret = (struct bench){run_masked, masked_done, o, 0, 0, 1};
    return EX_OK;
}
