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
#include "infer/four.h"

enum { CACHE_LINE = 64, HOP_MAX = 64 };

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
    s->z_step = (m->n_labels + FOUR_LANES) / FOUR_LANES * FOUR_LANES;
    s->z = calloc((size_t)m->pool * (size_t)s->z_step, sizeof(float));
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

/* Four outputs' log((1 / pool) sum exp z), oldest token first; z is the first one's, of the ring */
static void pool_four(const struct stream *s, const float *z, float *ret)
{
    int pool = s->model->pool, step = s->z_step, newest = (int)(s->tokens % (uint64_t)pool);
    int n = s->tokens < (uint64_t)pool ? (int)s->tokens : pool, oldest = n < pool ? 1 : newest + 1;
    four max = four_at(z + newest * step), sum = {0};
    for (int i = pool - n > 0; i < n; i++) {
        four v = four_at(z + i * step);
        max = four_chosen(v > max, v, max);
    }
    for (int i = oldest; i < oldest + n; i++)
        sum += four_exp(four_at(z + (i < pool ? i : i - pool) * step) - max);
    for (int i = 0; i < FOUR_LANES; i++)
        ret[i] = max[i] + log_f(sum[i] / (float)pool);
}

int stream_feed(struct stream *s, const float *z, struct scores *ret)
{
    const struct model *m = s->model;
    int n_out = m->n_labels + 1;
    float pooled[MODEL_MAX_LABELS + FOUR_LANES];
    s->tokens++;
    memcpy(s->z + (int)(s->tokens % (uint64_t)m->pool) * s->z_step, z, (size_t)n_out * sizeof(*z));
    if (s->tokens % (uint64_t)s->hop != 0)
        return 0;
    memset(ret, 0, sizeof(*ret));
    ret->token = s->tokens;
    for (int i = 0; i < n_out; i += FOUR_LANES)
        pool_four(s, s->z + i, pooled + i);
    for (int i = 0; i < n_out; i++)
        *(i < m->n_labels ? &ret->p[i] : &ret->speech) = sigmoid(m->cal_scale[i] * pooled[i] + m->cal_bias[i]);
    return 1;
}
