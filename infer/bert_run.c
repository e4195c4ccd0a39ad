/* The encoder of infer/bert.h on one screen, and its working memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "infer/bert.h"

struct bert_scratch {
    void *memory;   /* all of the below, for m->window tokens */
    float *x;       /* (n, d) */
    float *h;       /* (n, max(d, ff)) */
    float *qkv;     /* (n, 3 d) */
    int8_t *a;      /* (n, max(d, ff)) rows rounded */
    float *a_scale; /* (n) */
    float *keys;    /* (n in blocks of 16, d) */
    float *scores;  /* (ATTEND_ROWS, n) */
    float *zeros;   /* (2 n): the bias by distance that there is not */
};

static void *cut(char *base, size_t *at, size_t n, size_t size)
{
    void *p = base ? base + *at : NULL;
    *at += (n * size + 63) / 64 * 64;
    return p;
}

/* With no memory yet it only counts. */
static size_t lay_out(const struct bert *m, struct bert_scratch *s)
{
    size_t n = (size_t)(m->window + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK, at = 0;
    size_t d = (size_t)m->d, wide = d > (size_t)m->ff ? d : (size_t)m->ff;
    char *base = s->memory;
    s->x = cut(base, &at, n * d, sizeof(float));
    s->h = cut(base, &at, n * wide, sizeof(float));
    s->qkv = cut(base, &at, n * 3 * d, sizeof(float));
    s->a = cut(base, &at, n * wide, 1);
    s->a_scale = cut(base, &at, n, sizeof(float));
    s->keys = cut(base, &at, n * d, sizeof(float));
    s->scores = cut(base, &at, n * ATTEND_ROWS, sizeof(float));
    s->zeros = cut(base, &at, n * 2, sizeof(float));
    return at;
}

int bert_scratch_new(const struct bert *m, struct bert_scratch **ret)
{
    struct bert_scratch *s = calloc(1, sizeof(*s));
    if (!s)
        return -ENOMEM;
    size_t bytes = lay_out(m, s);
    s->memory = aligned_alloc(64, bytes);
    if (!s->memory) {
        bert_scratch_free(s);
        return -ENOMEM;
    }
    lay_out(m, s);
    /* what kernels read past the last row; the rest is written before it is read, and a short text touches little of it */
    memset(s->keys, 0, bytes - (size_t)((char *)s->keys - (char *)s->memory));
    *ret = s;
    return 0;
}

void bert_scratch_free(struct bert_scratch *s)
{
    if (!s)
        return;
    free(s->memory);
    free(s);
}

/* y = x W^T + bias (+ y); an int8 product takes the rows in s->a, which are x rounded. */
static void multiply(const struct bert *m, struct bert_scratch *s, int n,
                     const struct bert_linear *w, bool add, const float *x, float *y)
{
    if (w->int8) {
        const struct gemm g = {n, w->n_out, w->n_in, s->a, s->a_scale, w->packed, w->scale, w->bias,
                               add ? GEMM_ADD : GEMM_PUT, y, w->n_out};
        m->kernel->gemm(&g);
    } else {
        const struct bert_product p = {n, w->n_out, w->n_in, x, w->packed, w->bias, y, add};
        m->math->product(&p);
    }
}

/* The same of x as it is */
static void linear(const struct bert *m, struct bert_scratch *s, int n,
                   const struct bert_linear *w, bool add, const float *x, float *y)
{
    if (w->int8)
        m->kernel->quantize(n, w->n_in, x, s->a, s->a_scale);
    multiply(m, s, n, w, add, x, y);
}

/* h = attention, head by head */
static void attend(const struct bert *m, struct bert_scratch *s, int n)
{
    struct attend a = {
        .n = n,
        .d = m->d_head,
        .n_keys = n,
        .bias = s->zeros + m->window,
        .scale = ATTEND_LOG2E / sqrtf((float)m->d_head),
        .s = s->scores,
        .q_stride = 3 * m->d,
        .key_stride = KEY_BLOCK * m->d,
        .v_stride = 3 * m->d,
        .y_stride = m->d,
    };
    m->kernel->put_keys(n, m->d, s->qkv + m->d, 3 * m->d, 0, s->keys, KEY_BLOCK * m->d);
    for (int head = 0; head < m->n_heads; head++) {
        int at = head * m->d_head;
        a.q = s->qkv + at;
        a.keys = s->keys + at * KEY_BLOCK;
        a.v = s->qkv + 2 * m->d + at;
        a.y = s->h + at;
        m->kernel->attend(&a);
    }
}

/* h = gelu(h), and rounded if what comes next wants it so: a few rows, while they are near */
static void gelu(const struct bert *m, struct bert_scratch *s, int n, bool round)
{
    enum { FEW = 4 };
    for (int i = 0; i < n; i += FEW) {
        int rows = n - i < FEW ? n - i : FEW;
        size_t at = (size_t)i * (size_t)m->ff;
        m->math->gelu(rows * m->ff, s->h + at);
        if (round)
            m->kernel->quantize(rows, m->ff, s->h + at, s->a + at, s->a_scale + i);
    }
}

static void norm(const struct bert *m, int n, const struct bert_norm *w, float *x)
{
    m->math->norm(n, m->d, x, w->gain, w->bias, m->eps);
}

static void run_layer(const struct bert *m, struct bert_scratch *s, const struct bert_layer *l,
                      int n)
{
    linear(m, s, n, &l->qkv, false, s->x, s->qkv);
    attend(m, s, n);
    linear(m, s, n, &l->attn_out, true, s->h, s->x);
    norm(m, n, &l->attn_norm, s->x);
    linear(m, s, n, &l->ffn_up, false, s->x, s->h);
    gelu(m, s, n, l->ffn_down.int8);
    multiply(m, s, n, &l->ffn_down, true, s->h, s->x);
    norm(m, n, &l->ffn_norm, s->x);
}

static bool ids_valid(const struct bert *m, const uint16_t *ids, int n, int columns)
{
    for (int i = 0; i < n; i++, ids += columns)
        if (ids[0] >= m->vocabulary || (columns > 1 && ids[1] >= (m->n_types ? m->n_types : 1)))
            return false;
    return true;
}

/* x = norm(token + position + type); h is room for a row */
static void embed(const struct bert *m, struct bert_scratch *s, const uint16_t *ids, int n,
                  int columns)
{
    float *x = s->x;
    for (int t = 0; t < n; t++, ids += columns, x += m->d) {
        matrix_row(&m->tokens, ids[0], x);
        matrix_row(&m->positions, (size_t)t, s->h);
        for (int i = 0; i < m->d; i++)
            x[i] = x[i] + s->h[i];
        if (m->n_types == 0)
            continue;
        matrix_row(&m->types, columns > 1 ? ids[1] : 0, s->h);
        for (int i = 0; i < m->d; i++)
            x[i] = x[i] + s->h[i];
    }
    norm(m, n, &m->embd_norm, s->x);
}

/* Of x, in the order of tokens */
static void pool(const struct bert *m, const struct bert_scratch *s, int n, float *ret)
{
    size_t d = (size_t)m->d;
    memcpy(ret, s->x, d * sizeof(float));
    if (m->pooling != BERT_POOL_MEAN)
        return;
    for (size_t t = 1; t < (size_t)n; t++)
        for (size_t i = 0; i < d; i++)
            ret[i] = ret[i] + s->x[t * d + i];
    for (size_t i = 0; i < d; i++)
        ret[i] = ret[i] / (float)n;
}

/* Same bits everywhere, which libm does not promise; error < 1e-6 */
static float tanh_f(float x)
{
    float e = exp_f(2.0F * fabsf(x)), t = 1.0F - 2.0F / (e + 1.0F);
    return x < 0 ? -t : t;
}

int bert_run(const struct bert *m, struct bert_scratch *s, const uint16_t *ids, int n, int columns,
             float *ret_hidden, float *ret_pooled, float *ret_head)
{
    size_t d = (size_t)m->d;
    if (n < 1 || n > m->window || columns < 1 || columns > 2 || !ids_valid(m, ids, n, columns))
        return -EINVAL;
    embed(m, s, ids, n, columns);
    for (int i = 0; i < m->n_layers; i++)
        run_layer(m, s, &m->layer[i], n);
    if (ret_hidden)
        memcpy(ret_hidden, s->x, (size_t)n * d * sizeof(float));
    float *pooled = s->qkv, *dense = s->qkv + d;
    pool(m, s, n, pooled);
    if (ret_pooled)
        memcpy(ret_pooled, pooled, d * sizeof(float));
    if (!ret_head || m->n_labels == 0)
        return 0;
    if (m->dense_w) {
        m->kernel->dots(m->d, m->d, pooled, m->dense_w, m->dense_b, dense);
        for (size_t i = 0; i < d; i++)
            dense[i] = tanh_f(dense[i]);
        pooled = dense;
    }
    m->kernel->dots(m->n_labels, m->d, pooled, m->out_w, m->out_b, ret_head);
    return 0;
}
