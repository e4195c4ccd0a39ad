/* The encoder of infer/bert.h on one screen, and its working memory.
 *
 * All that couples tokens is that they look at each other's keys and values. So a layer puts
 * away all of those first, and then takes some rows at a time from queries to its end, in
 * memory that stays near and is small beside that of all rows. Threads share the rows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "infer/bert_attend.h"
#include "infer/team.h"

enum { ROWS = 128 }; /* that go together, at most; a multiple of KEY_BLOCK */

struct part { /* of one thread */
    float *h;       /* (ROWS, max(2 d, ff)) keys and values, attention, feed-forward */
    float *q;       /* (ROWS, d) queries */
    int8_t *a;      /* (ROWS, max(d, ff)) rows rounded */
    float *a_scale; /* (ROWS) */
    struct bert_view view;
    int err;
};

struct bert_scratch {
    void *memory; /* all of the below, for m->window tokens */
    float *x;     /* (n, d) */
    struct bert_kept kept;
    float *zeros;
    int threads;
    struct team *team; /* NULL: one */
    struct part part[TEAM_MOST];
};

struct text { /* what the threads share */
    const struct bert *m;
    struct bert_scratch *s;
    const uint16_t *ids;
    int n, columns;
};

static void *cut(char *base, size_t *at, size_t n, size_t size)
{
    void *p = base ? base + *at : NULL;
    *at += (n * size + 63) / 64 * 64;
    return p;
}

static size_t blocks_of(const struct bert *m)
{
    return (size_t)(m->window + KEY_BLOCK - 1) / KEY_BLOCK;
}

static void cut_kept(const struct bert *m, char *base, size_t *at, struct bert_kept *k)
{
    size_t d = (size_t)m->d, blocks = blocks_of(m);
    bool ints = false, floats = false;
    for (int i = 0; i < m->n_layers; i++) {
        ints = ints || m->layer[i].kv.int8;
        floats = floats || !m->layer[i].kv.int8;
    }
    k->head_step = blocks * cell_bytes(m->d_head);
    k->cells = ints ? cut(base, at, k->head_step, (size_t)m->n_heads) : NULL;
    k->keys = floats ? cut(base, at, blocks * KEY_BLOCK * d, sizeof(float)) : NULL;
    k->values = floats ? cut(base, at, blocks * KEY_BLOCK * d, sizeof(float)) : NULL;
}

/* With no memory yet it only counts. */
static size_t lay_out(const struct bert *m, struct bert_scratch *s)
{
    size_t n = blocks_of(m) * KEY_BLOCK, d = (size_t)m->d, ff = (size_t)m->ff, at = 0;
    size_t rows = n < ROWS ? n : ROWS, wide = d > ff ? d : ff;
    char *base = s->memory;
    s->x = cut(base, &at, n * d, sizeof(float));
    s->zeros = cut(base, &at, n * 2, sizeof(float));
    cut_kept(m, base, &at, &s->kept);
    for (struct part *p = s->part; p < s->part + s->threads; p++) {
        p->h = cut(base, &at, rows * (2 * d > ff ? 2 * d : ff), sizeof(float));
        p->q = cut(base, &at, rows * d, sizeof(float));
        p->a = cut(base, &at, rows * wide, 1);
        p->a_scale = cut(base, &at, rows, sizeof(float));
        p->view.scores = cut(base, &at, bert_attend_scratch(m->window), sizeof(float));
        if (m->mask_block)
            cut_kept(m, base, &at, &p->view.picked);
        p->view.all = &s->kept;
        p->view.zeros = s->zeros + n;
    }
    return at;
}

int bert_scratch_new_team(const struct bert *m, int threads, struct bert_scratch **ret)
{
    if (threads < 1 || threads > TEAM_MOST)
        return -EINVAL;
    struct bert_scratch *s = calloc(1, sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->threads = threads;
    int r = threads > 1 ? team_new(threads, &s->team) : 0;
    size_t bytes = lay_out(m, s);
    s->memory = r == 0 ? aligned_alloc(64, bytes) : NULL;
    if (!s->memory) {
        bert_scratch_free(s);
        return r < 0 ? r : -ENOMEM;
    }
    lay_out(m, s);
    /* the rest is written before it is read, and a short text touches little of it */
    memset(s->zeros, 0, 2 * blocks_of(m) * KEY_BLOCK * sizeof(float));
    *ret = s;
    return 0;
}

int bert_scratch_new(const struct bert *m, struct bert_scratch **ret)
{
    return bert_scratch_new_team(m, 1, ret);
}

void bert_scratch_free(struct bert_scratch *s)
{
    if (!s)
        return;
    team_free(s->team);
    free(s->memory);
    free(s);
}

static struct gemm int8_product(const struct part *p, int n, const struct bert_linear *w, bool add, float *y)
{
    return (struct gemm){n, w->n_out, w->n_in, p->a, p->a_scale, w->packed, w->scale, w->bias,
                         add ? GEMM_ADD : GEMM_PUT, y, w->n_out};
}

/* y = x W^T + bias (+ y); an int8 product takes the rows in p->a, which are x rounded. */
static void multiply(const struct bert *m, struct part *p, int n, const struct bert_linear *w, bool add, const float *x,
                     float *y)
{
    if (w->int8) {
        const struct gemm g = int8_product(p, n, w, add, y);
        m->kernel->gemm(&g);
    } else {
        const struct bert_product product = {n, w->n_out, w->n_in, x, w->packed, w->bias, y, add};
        m->math->product(&product);
    }
}

/* The same of x as it is */
static void linear(const struct bert *m, struct part *p, int n, const struct bert_linear *w, bool add, const float *x,
                   float *y)
{
    if (w->int8)
        m->kernel->quantize(n, w->n_in, x, p->a, p->a_scale);
    multiply(m, p, n, w, add, x, y);
}

static void norm(const struct bert *m, int n, const struct bert_norm *w, float *x)
{
    m->math->norm(n, m->d, x, w->gain, w->bias, m->eps);
}

/* gelu(W1 x), where the second product takes it from */
static void feed_forward(const struct bert *m, struct part *p, int n, const struct bert_layer *l, const float *x)
{
    if (l->ffn_up.int8 && l->ffn_down.int8) {
        m->kernel->quantize(n, m->d, x, p->a, p->a_scale);
        const struct gemm g = int8_product(p, n, &l->ffn_up, false, p->h);
        kernel_gemm_gelu(m->kernel, &g, p->a, p->a_scale);
        return;
    }
    linear(m, p, n, &l->ffn_up, false, x, p->h);
    if (l->ffn_down.int8)
        m->kernel->gelu_quantize(n, m->ff, p->h, p->a, p->a_scale);
    else
        m->math->gelu(n * m->ff, p->h);
}

/* Rows from..end-1 of the text through a layer */
static void run_layer(const struct text *t, const struct bert_layer *l, struct part *p, int from, int end)
{
    const struct bert *m = t->m;
    float *x = t->s->x + (size_t)from * (size_t)m->d;
    bool kept = l->kv.int8 && end - from <= ROWS; /* then p->a still is x rounded after keys and values */
    for (int at = from, n; at < end; at += n) {
        n = end - at < ROWS ? end - at : ROWS;
        linear(m, p, n, &l->kv, false, x + (size_t)(at - from) * (size_t)m->d, p->h);
        bert_put(m, l->kv.int8, &t->s->kept, at, n, p->h);
    }
    team_meet(t->s->team);
    for (int at = from, n; at < end; at += n, x += (size_t)n * (size_t)m->d) {
        n = end - at < ROWS ? end - at : ROWS;
        (kept ? multiply : linear)(m, p, n, &l->q, false, x, p->q);
        bert_attend(m, l->kv.int8, &p->view, at, n, p->q, p->h);
        linear(m, p, n, &l->attn_out, true, p->h, x);
        norm(m, n, &l->attn_norm, x);
        feed_forward(m, p, n, l, x);
        multiply(m, p, n, &l->ffn_down, true, p->h, x);
        norm(m, n, &l->ffn_norm, x);
    }
    team_meet(t->s->team); /* the next layer's keys go where others may still look */
}

static bool ids_valid(const struct bert *m, const uint16_t *ids, int n, int columns)
{
    for (int i = 0; i < n; i++, ids += columns)
        if (ids[0] >= m->vocabulary || (columns > 1 && ids[1] >= (m->n_types ? m->n_types : 1)))
            return false;
    return true;
}

/* x = norm(token + position + type) of tokens from..end-1; q is room for a row */
static int embed(const struct text *t, struct part *p, int from, int end)
{
    const struct bert *m = t->m;
    const uint16_t *ids = t->ids + (size_t)(from * t->columns);
    float *first = t->s->x + (size_t)from * (size_t)m->d, *x = first;
    for (int at = from; at < end; at++, ids += t->columns, x += m->d) {
        int r = matrix_read(m->file, &m->tokens, ids[0], x);
        if (r < 0)
            return r;
        matrix_row(&m->positions, (size_t)at, p->q);
        for (int i = 0; i < m->d; i++)
            x[i] = x[i] + p->q[i];
        if (m->n_types == 0)
            continue;
        matrix_row(&m->types, t->columns > 1 ? ids[1] : 0, p->q);
        for (int i = 0; i < m->d; i++)
            x[i] = x[i] + p->q[i];
    }
    norm(m, end - from, &m->embd_norm, first);
    return 0;
}

/* The rows of one thread: whole blocks of 16, so that no two write to a cell */
static void run_part(void *of, int member)
{
    const struct text *t = of;
    struct part *p = &t->s->part[member];
    int blocks = (t->n + KEY_BLOCK - 1) / KEY_BLOCK, threads = t->s->threads;
    int from = KEY_BLOCK * (blocks * member / threads), end = KEY_BLOCK * (blocks * (member + 1) / threads);
    end = end < t->n ? end : t->n;
    p->view.n_keys = t->n;
    p->err = embed(t, p, from, end);
    for (int i = 0; i < t->m->n_layers; i++)
        run_layer(t, &t->m->layer[i], p, from, end);
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
    struct text t = {m, s, ids, n, columns};
    bert_end(m, &s->kept, n);
    team_run(s->team, run_part, &t);
    for (int i = 0; i < s->threads; i++)
        if (s->part[i].err < 0)
            return s->part[i].err;
    if (ret_hidden)
        memcpy(ret_hidden, s->x, (size_t)n * d * sizeof(float));
    float *pooled = s->part[0].h, *dense = s->part[0].h + d;
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
