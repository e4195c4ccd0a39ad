#include "infer/bert_attend.h"

#include <math.h>
#include <string.h>

size_t bert_attend_scratch(int n_keys)
{
    size_t floats = (size_t)(n_keys + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK * ATTEND_ROWS, cells = cells_scratch(n_keys);
    return floats > cells ? floats : cells;
}

void bert_put(const struct bert *m, bool int8, const struct bert_kept *to, int at, int n, const float *kv)
{
    if (int8) {
        const struct put_cells put = {n, m->n_heads, m->d_head, at, kv, kv + m->d, 2 * m->d, to->cells, to->head_step};
        m->kernel->put_cells(&put);
        return;
    }
    size_t d = (size_t)m->d;
    m->kernel->put_keys(n, m->d, kv, 2 * m->d, at, to->keys, KEY_BLOCK * m->d);
    for (size_t i = 0; i < (size_t)n; i++)
        memcpy(to->values + ((size_t)at + i) * d, kv + i * 2 * d + d, d * sizeof(float));
}

void bert_end(const struct bert *m, const struct bert_kept *to, int n)
{
    size_t block = (size_t)(n / KEY_BLOCK), cell = cell_bytes(m->d_head), floats = (size_t)(KEY_BLOCK * m->d);
    if (n % KEY_BLOCK == 0)
        return;
    for (size_t head = 0; to->cells && head < (size_t)m->n_heads; head++)
        memset(to->cells + head * to->head_step + block * cell, 0, cell);
    if (to->keys)
        memset(to->keys + block * floats, 0, floats * sizeof(float));
}

static void attend_cells(const struct bert *m, const struct bert_view *v, const struct bert_kept *keys, int n_keys,
                         int first, int n, const float *q, float *y)
{
    const struct attend_cells a = {
        .n = n,
        .n_heads = m->n_heads,
        .d = m->d_head,
        .first = first,
        .n_keys = n_keys,
        .q = q,
        .cells = keys->cells,
        .head_step = keys->head_step,
        .bias = v->zeros,
        .scale = ATTEND_LOG2E / sqrtf((float)m->d_head),
        .y = y,
        .s = v->scores,
        .q_stride = m->d,
        .y_stride = m->d,
    };
    m->kernel->attend_cells(&a);
}

static void attend_floats(const struct bert *m, const struct bert_view *v, const struct bert_kept *keys, int n_keys,
                          int first, int n, const float *q, float *y)
{
    struct attend a = {
        .n = n,
        .d = m->d_head,
        .first = first,
        .n_keys = n_keys,
        .bias = v->zeros,
        .scale = ATTEND_LOG2E / sqrtf((float)m->d_head),
        .s = v->scores,
        .q_stride = m->d,
        .key_stride = KEY_BLOCK * m->d,
        .v_stride = m->d,
        .y_stride = m->d,
    };
    for (int at = 0; at < m->d; at += m->d_head) {
        a.q = q + at;
        a.keys = keys->keys + at * KEY_BLOCK;
        a.v = keys->values + at;
        a.y = y + at;
        m->kernel->attend(&a);
    }
}

/* n tokens from token `from` on behind those in `to`, of which there are `at` */
static void pick(const struct bert *m, bool int8, const struct bert_view *v, int from, int n, int at)
{
    size_t d = (size_t)m->d, block = KEY_BLOCK * d, cell = cell_bytes(m->d_head);
    size_t source = (size_t)from / KEY_BLOCK, target = (size_t)at / KEY_BLOCK;
    size_t blocks = (size_t)(n + KEY_BLOCK - 1) / KEY_BLOCK;
    for (size_t head = 0; int8 && head < (size_t)m->n_heads; head++)
        memcpy(v->picked.cells + head * v->picked.head_step + target * cell,
               v->all->cells + head * v->all->head_step + source * cell, blocks * cell);
    if (int8)
        return;
    memcpy(v->picked.keys + target * block, v->all->keys + source * block, blocks * block * sizeof(float));
    memcpy(v->picked.values + (size_t)at * d, v->all->values + (size_t)from * d, (size_t)n * d * sizeof(float));
}

/* The keys that a block of the mask sees: *keys and, returned, how many. Those that lie
 * together already stay where they are. */
static int seen(const struct bert *m, bool int8, const struct bert_view *v, int row, struct bert_kept *keys)
{
    int size = m->mask_block, blocks = (v->n_keys + size - 1) / size, first = 0, end = blocks, n = 0;
    uint32_t mask = m->mask[row];
    while (first < blocks && !(mask >> first & 1))
        first++;
    while (end > first && !(mask >> (end - 1) & 1))
        end--;
    bool together = true;
    for (int j = first; j < end; j++)
        together = together && (mask >> j & 1);
    if (together) {
        size_t from = (size_t)(first * size);
        *keys = *v->all;
        if (int8)
            keys->cells += from / KEY_BLOCK * cell_bytes(m->d_head);
        else
            keys->keys += from * (size_t)m->d, keys->values += from * (size_t)m->d;
        return (end * size < v->n_keys ? end * size : v->n_keys) - first * size;
    }
    *keys = v->picked;
    for (int j = first; j < end; j++) {
        int from = j * size, there = from + size < v->n_keys ? size : v->n_keys - from;
        if (!(mask >> j & 1))
            continue;
        pick(m, int8, v, from, there, n);
        n += there;
    }
    return n;
}

void bert_attend(const struct bert *m, bool int8, const struct bert_view *v, int at, int n, const float *q, float *y)
{
    void (*attend)(const struct bert *, const struct bert_view *, const struct bert_kept *, int, int, int, const float *,
                   float *) = int8 ? attend_cells : attend_floats;
    if (m->mask_block == 0) {
        attend(m, v, v->all, v->n_keys, at, n, q, y);
        return;
    }
    for (int i = 0, rows; i < n; i += rows) {
        struct bert_kept keys;
        int row = (at + i) / m->mask_block, left = (row + 1) * m->mask_block - at - i;
        rows = left < n - i ? left : n - i;
        int n_keys = seen(m, int8, v, row, &keys);
        attend(m, v, &keys, n_keys, 0, rows, q + (size_t)i * (size_t)m->d, y + (size_t)i * (size_t)m->d);
    }
}
