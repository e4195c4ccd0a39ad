/* Keys and values lie oldest first, in cells of sixteen tokens (infer/kernel.h), so
 * that attention runs over them without a seam. Room is twice what a query can see:
 * new tokens are appended, and only when the end is reached the cells of the last
 * window - 1 keys move to the front. With 64 tokens of window that is one short copy
 * every sixteen steps of four. Whole cells move, so a token stays in its lane: sums
 * over lanes do not change.
 *
 *   one head:   | dropped … | seen by the next query: window - 1 | room |
 *               ^ multiple of 16                            rows ^      ^ capacity */
#include "infer/stream.h"

#include <stdlib.h>
#include <string.h>

#include "infer/encoder.h"

enum { CACHE_LINE = 64, HOP_MAX = 64 };

static size_t z_floats(const struct model *m)
{
    return (size_t)m->pool * (size_t)(m->n_labels + 1);
}

int stream_capacity(const struct model *m)
{
    int most = m->window - 1 + KEY_BLOCK - 1 + ENCODER_MAX_ROWS;
    return (most + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK;
}

int stream_new(const struct model *m, int hop, struct stream **ret)
{
    if (hop < 1 || hop > HOP_MAX || !m->causal)
        return -EINVAL;
    struct stream *s = calloc(1, sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->model = m;
    s->hop = hop;
    s->capacity = stream_capacity(m);
    size_t heads = (size_t)m->n_layers * (size_t)m->n_heads, bytes;
    s->head_step = (size_t)s->capacity / KEY_BLOCK * cell_bytes(m->d_head);
    if (!size_mul(s->head_step, heads, &bytes))
        goto fail;
    s->cells = aligned_alloc(CACHE_LINE, bytes); /* a cell is whole lines */
    s->z = calloc(z_floats(m), sizeof(float));
    if (!s->cells || !s->z)
        goto fail;
    memset(s->cells, 0, bytes);
    *ret = s;
    return 0;
fail:
    stream_free(s);
    return -ENOMEM;
}

void stream_free(struct stream *s)
{
    if (!s)
        return;
    free(s->cells);
    free(s->z);
    free(s);
}

void stream_reset(struct stream *s)
{
    s->tokens = 0;
    s->rows = 0;
}

uint64_t stream_tokens(const struct stream *s)
{
    return s->tokens;
}

void stream_room(struct stream *s, int n)
{
    if (s->rows + n <= s->capacity)
        return;
    const struct model *m = s->model;
    int from = (s->rows - (m->window - 1)) / KEY_BLOCK;
    int keep = (s->rows + KEY_BLOCK - 1) / KEY_BLOCK - from;
    size_t cell = cell_bytes(m->d_head);
    for (int i = 0; i < m->n_layers * m->n_heads; i++) {
        int8_t *cells = s->cells + (size_t)i * s->head_step;
        memmove(cells, cells + (size_t)from * cell, (size_t)keep * cell);
    }
    s->rows -= from * KEY_BLOCK;
}

static float sigmoid(float x)
{
    return 1.0F / (1.0F + exp_f(-x));
}

/* log((1 / pool) sum exp z) of one output, oldest token first */
static float pooled(const struct stream *s, int output)
{
    int pool = s->model->pool, n_out = s->model->n_labels + 1;
    int n = s->tokens < (uint64_t)pool ? (int)s->tokens : pool;
    float max = 0, sum = 0;
    for (int i = 0; i < n; i++) {
        uint64_t t = s->tokens - (uint64_t)(n - 1 - i);
        float z = s->z[(int)(t % (uint64_t)pool) * n_out + output];
        max = i == 0 || z > max ? z : max;
    }
    for (int i = 0; i < n; i++) {
        uint64_t t = s->tokens - (uint64_t)(n - 1 - i);
        sum += exp_f(s->z[(int)(t % (uint64_t)pool) * n_out + output] - max);
    }
    return max + log_f(sum / (float)pool);
}

int stream_feed(struct stream *s, const float *z, struct scores *ret)
{
    const struct model *m = s->model;
    size_t n_out = (size_t)m->n_labels + 1;
    s->tokens++;
    memcpy(s->z + (size_t)(s->tokens % (uint64_t)m->pool) * n_out, z, n_out * sizeof(*z));
    if (s->tokens % (uint64_t)s->hop != 0)
        return 0;
    memset(ret, 0, sizeof(*ret));
    ret->token = s->tokens;
    for (int i = 0; i < (int)n_out; i++) {
        float p = sigmoid(m->cal_scale[i] * pooled(s, i) + m->cal_bias[i]);
        *(i < m->n_labels ? &ret->p[i] : &ret->speech) = p;
    }
    return 1;
}
