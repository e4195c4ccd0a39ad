#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/bench.h"
#include "daemon/tool/tool.h"

enum { MOST_BLOCKS = 16, CACHE_LINE = 64 };

struct op {
    const struct kernel *k;
    int which, rows, n; /* enum in bench.h, rows a run, numbers in a row */
    struct gemm gemm;
    struct attend attend;
    struct put_cells put;
    struct attend_cells cells;
    const int8_t **row;
    const float *x, *g;
    float *y, *scale;
    int8_t *q;
    void *block[MOST_BLOCKS]; /* all memory of the above */
    int n_blocks;
    bool failed;
};

static void op_done(void *of)
{
    struct op *o = of;
    for (int i = 0; i < o->n_blocks; i++)
        free(o->block[i]);
    free(o);
}

/* NULL, and o->failed, when there is no memory; zeros else */
static void *take(struct op *o, size_t n, size_t size)
{
    size_t bytes = (n * size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    void *p = o->n_blocks < MOST_BLOCKS ? aligned_alloc(CACHE_LINE, bytes) : NULL;
    if (!p) {
        o->failed = true;
        return NULL;
    }
    o->block[o->n_blocks++] = p;
    return memset(p, 0, bytes);
}

/* Numbers in ±size, the same every time */
static float *floats(struct op *o, int n, float size)
{
    float *p = take(o, (size_t)n, sizeof(*p));
    uint32_t x = 1;
    for (int i = 0; i < n && p; i++) {
        x = x * 1664525u + 1013904223u;
        p[i] = ((float)(x >> 8) * (1.0F / 8388608.0F) - 1.0F) * size;
    }
    return p;
}

static int8_t *bytes(struct op *o, size_t n)
{
    int8_t *p = take(o, n, 1);
    uint32_t x = 1;
    for (size_t i = 0; i < n && p; i++) {
        x = x * 1664525u + 1013904223u;
        p[i] = (int8_t)((int)(x >> 24) % 127);
    }
    return p;
}

static int finish(struct op *o, void (*run)(void *), double products, struct bench *ret)
{
    if (o->failed) {
        op_done(o);
        tool_complain("bench: out of memory");
        return EX_OSERR;
    }
    *ret = (struct bench){run, op_done, o, products, 0, 1};
    return EX_OK;
}

static void run_gemm(void *of)
{
    struct op *o = of;
    o->k->gemm(&o->gemm);
}

int bench_gemm(const struct bench_case *c, const struct bench_env *e, struct bench *ret)
{
    struct op *o = calloc(1, sizeof(*o));
    if (!o)
        return EX_OSERR;
    int m = c->size[0], k = c->size[1], n = c->size[2];
    size_t weights = (size_t)n * (size_t)k;
    int8_t *w = bytes(o, weights);
    o->k = e->kernel;
    o->gemm = (struct gemm){m, n, k, bytes(o, (size_t)(m * k)), floats(o, m, 0.001F), w,
                            floats(o, n, 0.1F), NULL, (enum gemm_end)c->size[3],
                            take(o, (size_t)(m * n), sizeof(float)), n};
    if (o->k->pack) {
        void *packed = take(o, o->k->packed_size(n, k), 1);
        if (!o->failed)
            o->k->pack(n, k, w, packed);
        o->gemm.w = packed;
    }
    return finish(o, run_gemm, (double)m * (double)weights, ret);
}

static void run_attend(void *of)
{
    struct op *o = of;
    o->k->attend(&o->attend);
}

static void run_attend_cells(void *of)
{
    struct op *o = of;
    o->k->attend_cells(&o->cells);
}

static void make_put(struct op *o, int n, int heads, int d)
{
    size_t step = (size_t)(n + KEY_BLOCK - 1) / KEY_BLOCK * cell_bytes(d);
    o->put = (struct put_cells){n, heads, d, 0, floats(o, n * heads * d, 1), floats(o, n * heads * d, 2),
                                heads * d, take(o, step * (size_t)heads, 1), step};
}

int bench_attend(const struct bench_case *c, const struct bench_env *e, struct bench *ret)
{
    struct op *o = calloc(1, sizeof(*o));
    if (!o)
        return EX_OSERR;
    int n = c->size[0], d = c->size[1], room = (n + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK;
    o->k = e->kernel;
    o->attend = (struct attend){
        .n = n, .d = d, .n_keys = n,
        .q = floats(o, n * d, 1), .keys = floats(o, room * d, 1), .v = floats(o, n * d, 1),
        .bias = floats(o, 2 * n, 1), .scale = 0.125F,
        .y = floats(o, n * d, 1), .s = floats(o, ATTEND_ROWS * room, 1),
        .q_stride = d, .key_stride = KEY_BLOCK * d, .v_stride = d, .y_stride = d,
    };
    if (o->attend.bias)
        o->attend.bias += n - 1;
    make_put(o, n, 1, d);
    o->cells = (struct attend_cells){
        .n = n, .n_heads = 1, .d = d, .n_keys = n, .q = o->attend.q, .cells = o->put.cells,
        .bias = o->attend.bias, .scale = 0.125F, .y = o->attend.y,
        .s = floats(o, (int)cells_scratch(n), 1), .q_stride = d, .y_stride = d,
    };
    if (!o->failed)
        o->k->put_cells(&o->put);
    return finish(o, c->size[2] ? run_attend_cells : run_attend, 0, ret);
}

static void run_op(void *of)
{
    struct op *o = of;
    const struct kernel *k = o->k;
    switch (o->which) {
    case BENCH_EMBED:
        k->embed(o->rows, o->n, o->row, o->scale, o->y);
        return;
    case BENCH_DOTS:
        k->dots(o->rows, o->n, o->x, o->g, o->scale, o->y);
        return;
    case BENCH_PUT_CELLS:
        k->put_cells(&o->put);
        return;
    case BENCH_QUANTIZE:
        k->quantize(o->rows, o->n, o->x, o->q, o->scale);
        return;
    case BENCH_NORM_QUANTIZE:
        k->norm_quantize(o->rows, o->n, o->x, o->g, 1e-5F, o->q, o->scale);
        return;
    case BENCH_GELU_QUANTIZE: /* what it left before: all the same to its speed */
        k->gelu_quantize(o->rows, o->n, o->y, o->q, o->scale);
        return;
    case BENCH_NORM:
        for (int i = 0; i < o->rows; i++)
            k->norm(o->n, o->x + i * o->n, o->g, 1e-5F, o->y + i * o->n);
        return;
    }
}

int bench_op(const struct bench_case *c, const struct bench_env *e, struct bench *ret)
{
    struct op *o = calloc(1, sizeof(*o));
    if (!o)
        return EX_OSERR;
    o->k = e->kernel;
    o->which = c->size[0];
    o->rows = c->size[1];
    o->n = c->size[2];
    int all = o->rows * o->n;
    o->x = floats(o, all, 1);
    o->g = floats(o, all, 1);
    o->y = floats(o, all, 1);
    o->scale = floats(o, o->rows, 0.1F);
    o->q = bytes(o, (size_t)all);
    o->row = take(o, (size_t)o->rows, sizeof(*o->row));
    for (int i = 0; i < o->rows && o->row; i++)
        o->row[i] = o->q + i * o->n;
    if (o->which == BENCH_PUT_CELLS)
        make_put(o, o->rows, o->n / 32, 32);
    return finish(o, run_op, 0, ret);
}
