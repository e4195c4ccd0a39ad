/* Attention over cells (infer/kernel.h) where all queries see all keys.
 *
 * What depends on keys and values alone is the same for all queries then, and is found once
 * a head: what the 128 that makes a query unsigned adds to a key's sum, and a value's scale
 * times what weights are times. Eight queries go together. Each of their steps waits for the
 * one before, and needs other pipes: powers the adders, products the multipliers. So five
 * eights are under way, and the fourth is weighed between the products of the fifth.
 *
 *   eight 0:  scale  round  score  weigh  mix
 *   eight 1:         scale  round  score  weigh  mix
 *   eight 2:                scale  round  score  weigh  mix
 *
 * Scores and weights of two blocks of keys lie together, row by row, so that what belongs to a
 * key is a constant apart. Bits are those of ref.c; avx512_cells.c has the notes on products and
 * on powers too small to count. */
#include <math.h>

#include "infer/x86/avx512.h"
#include "infer/x86/cells_zmm.h"

/* gcc 12 has too many things at once to keep in registers otherwise. */
#define OUTLINE __attribute__((noinline))

enum { ROWS = ATTEND_ROWS, BOTH = 2 * KEY_BLOCK, UNDER_WAY = 5 };

struct head {
    const int8_t *cells;
    int at;         /* in a row of queries or outputs */
    const float *bias;
    int32_t *begin; /* of each key: what its sums begin with */
    float *by;      /* of each key: what its powers are times to be weights */
    float widest;   /* scale of values */
};

struct eight {
    const struct head *head;
    int i;       /* its first query */
    uint8_t *q;  /* rounded, 128 added: four numbers of each, then the next four of each … */
    float *s;    /* scores, rows `stride` apart */
    int8_t *weights; /* of two blocks and two queries: 4 keys of one block, 4 of the other, both of the second query, then the next 4 … */
    __m512 up;        /* in lanes: what queries are times to be rounded, … */
    __m512 factor;    /* … their scales times the attention's, … */
    __m512 highest;   /* … highest scores, … */
    __m512 by;        /* … and what sums of weighed values are times */
};

struct whole {
    const struct attend_cells *a;
    int d, n_keys, blocks;
    size_t cell;
};

INLINE const float *scales_at(const struct whole *w, const int8_t *cell)
{
    return (const float *)(cell + 2 * KEY_BLOCK * w->d);
}

/* Sums of c cells' keys times -128 */
INLINE void begin_sums(const struct whole *w, int c, const int8_t *cell, int32_t *to)
{
    __m512i sum[4];
    UNROLL
    for (int h = 0; h < c; h++)
        sum[h] = _mm512_setzero_si512();
    for (int j = 0; j < w->d; j += 4)
        UNROLL
        for (int h = 0; h < c; h++)
            sum[h] = dot_bytes(sum[h], _mm512_set1_epi8(-128),
                               _mm512_load_si512(cell + (size_t)h * w->cell + 16 * j));
    UNROLL
    for (int h = 0; h < c; h++)
        _mm512_storeu_si512(to + h * KEY_BLOCK, _mm512_sub_epi32(_mm512_setzero_si512(), sum[h]));
}

static OUTLINE void open_head(const struct whole *w, int index, struct head *h)
{
    const struct attend_cells *a = w->a;
    const int8_t *cell = a->cells + (size_t)index * a->head_step;
    __m512 top = _mm512_setzero_ps();
    int b = 0;
    h->cells = cell;
    h->at = index * a->d;
    h->bias = a->bias + index * a->bias_step;
    for (; b + 4 <= w->blocks; b += 4)
        begin_sums(w, 4, cell + (size_t)b * w->cell, h->begin + b * KEY_BLOCK);
    for (; b < w->blocks; b++)
        begin_sums(w, 1, cell + (size_t)b * w->cell, h->begin + b * KEY_BLOCK);
    for (b = 0; b < w->blocks; b++) {
        __mmask16 there = mask_of(w->n_keys - b * KEY_BLOCK);
        __m512 scale = _mm512_load_ps(scales_at(w, cell + (size_t)b * w->cell) + KEY_BLOCK);
        top = _mm512_mask_max_ps(top, there, top, scale);
    }
    h->widest = largest(top);
    __m512 up = _mm512_set1_ps(h->widest < REF_ZERO_ROW ? 0 : (float)CELL_WEIGHT / h->widest);
    if (w->blocks % 2) /* the block that is not there */
        _mm512_storeu_ps(h->by + w->blocks * KEY_BLOCK, _mm512_setzero_ps());
    for (b = 0; b < w->blocks; b++, cell += w->cell)
        _mm512_storeu_ps(h->by + b * KEY_BLOCK, _mm512_mul_ps(_mm512_load_ps(scales_at(w, cell) + KEY_BLOCK), up));
}

static const float *row_of(const struct whole *w, const struct eight *e)
{
    return w->a->q + (size_t)e->i * (size_t)w->a->q_stride + e->head->at;
}

/* Scales of queries */
static OUTLINE void scale(const struct whole *w, struct eight *e)
{
    const float *row = row_of(w, e);
    size_t stride = (size_t)w->a->q_stride;
    __m512 top[ROWS];
    UNROLL
    for (int r = 0; r < ROWS; r++)
        top[r] = _mm512_setzero_ps();
    for (int j = 0; j < w->d; j += LANES)
        UNROLL
        for (int r = 0; r < ROWS; r++)
            top[r] = larger(_mm512_loadu_ps(row + (size_t)r * stride + j), top[r]);
    struct scales s = scales_of(largest_8(top));
    e->up = s.up;
    e->factor = _mm512_mul_ps(s.scale, _mm512_set1_ps(w->a->scale));
}

/* A row without a scale has the factor 0: no matter what its numbers are rounded to. */
static OUTLINE void round_eight(const struct whole *w, const struct eight *e)
{
    const __m512i low = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11), high = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
    const float *row = row_of(w, e);
    size_t stride = (size_t)w->a->q_stride;
    uint8_t *q = e->q;
    __m512 up[ROWS]; /* loads can spread, and have nothing else to do */
    UNROLL
    for (int r = 0; r < ROWS; r++)
        up[r] = _mm512_set1_ps(e->up[r]);
    for (int j = 0; j < w->d; j += LANES, q += LANES * ROWS) {
        __m512i v[ROWS];
        UNROLL
        for (int r = 0; r < ROWS; r++)
            v[r] = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(row + (size_t)r * stride + j), up[r]));
        __m512i first = _mm512_xor_si512(fours(v), _mm512_set1_epi8(-128));
        __m512i last = _mm512_xor_si512(fours(v + 4), _mm512_set1_epi8(-128));
        _mm512_store_si512(q, _mm512_permutex2var_epi64(first, low, last));
        _mm512_store_si512(q + 64, _mm512_permutex2var_epi64(first, high, last));
    }
}

/* Scores of c blocks from block b on, and their maxima; `there` says which of the last one's keys are */
INLINE void score_some(const struct whole *w, const struct eight *e, int c, int b, __mmask16 there, const __m512 *factor,
                       __m512 *max)
{
    int d = w->d;
    const int8_t *key = e->head->cells + (size_t)b * w->cell;
    const uint8_t *q = e->q;
    size_t cell = w->cell;
    const float *bias = e->head->bias + b * KEY_BLOCK - (w->a->first + e->i);
    float *s = e->s + b / 2 * ROWS * BOTH + b % 2 * KEY_BLOCK;
    __m512i sum[ROWS][2];
    __m512 scale[2];
    UNROLL
    for (int h = 0; h < c; h++) {
        __m512i begin = _mm512_loadu_si512(e->head->begin + (b + h) * KEY_BLOCK);
        scale[h] = _mm512_load_ps(scales_at(w, key + (size_t)h * cell));
        UNROLL
        for (int i = 0; i < ROWS; i++)
            sum[i][h] = begin;
    }
    for (int j = 0; j < d; j += 4, key += 64, q += 4 * ROWS) {
        __m512i k[2];
        UNROLL
        for (int h = 0; h < c; h++)
            k[h] = _mm512_load_si512(key + (size_t)h * cell);
        UNROLL
        for (int i = 0; i < ROWS; i++) {
            __m512i u = _mm512_set1_epi32(*(const int32_t *)(const void *)(q + 4 * i));
            UNROLL
            for (int h = 0; h < c; h++)
                sum[i][h] = dot_bytes(sum[i][h], u, k[h]);
        }
    }
    UNROLL
    for (int i = 0; i < ROWS; i++, bias--, s += BOTH)
        UNROLL
        for (int h = 0; h < c; h++) {
            __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(sum[i][h]), _mm512_mul_ps(factor[i], scale[h]));
            if (c == 1)
                v = _mm512_mask_add_ps(_mm512_set1_ps(UNSEEN), there, v, _mm512_maskz_loadu_ps(there, bias));
            else
                v = _mm512_add_ps(v, _mm512_loadu_ps(bias + h * KEY_BLOCK));
            max[i] = _mm512_max_ps(v, max[i]);
            _mm512_storeu_ps(s + h * KEY_BLOCK, v);
        }
}

static OUTLINE void score(const struct whole *w, struct eight *e)
{
    __m512 factor[ROWS], max[ROWS];
    int b = 0, sure = w->n_keys / KEY_BLOCK;
    UNROLL
    for (int i = 0; i < ROWS; i++) {
        factor[i] = _mm512_set1_ps(e->factor[i]);
        max[i] = _mm512_set1_ps(-INFINITY);
    }
    for (; b + 2 <= sure; b += 2)
        score_some(w, e, 2, b, 0, factor, max);
    for (; b < w->blocks; b++)
        score_some(w, e, 1, b, mask_of(w->n_keys - b * KEY_BLOCK), factor, max);
    for (int i = 0; i < ROWS && b % 2; i++) /* the block that is not there */
        _mm512_storeu_ps(e->s + (b / 2 * ROWS + i) * BOTH + KEY_BLOCK, _mm512_set1_ps(UNSEEN));
    e->highest = largest_8(max);
}

/* Weights of two blocks of a query: powers of its scores less the highest one, added to *sum,
 * times what is in `by` */
INLINE __m512i weigh(const float *s, const float *by, __m512 off, __m512 *sum)
{
    __m512 p[2] = {_mm512_sub_ps(_mm512_loadu_ps(s), off), _mm512_sub_ps(_mm512_loadu_ps(s + KEY_BLOCK), off)};
    power_all(2, p);
    *sum = _mm512_add_ps(_mm512_add_ps(*sum, p[0]), p[1]);
    __m512i x = _mm512_cvtps_epi32(_mm512_mul_ps(p[0], _mm512_loadu_ps(by)));
    __m512i y = _mm512_cvtps_epi32(_mm512_mul_ps(p[1], _mm512_loadu_ps(by + KEY_BLOCK)));
    return _mm512_packs_epi32(x, y);
}

/* sum += weights times values of four tokens, c registers of numbers */
INLINE void mix(int c, const int8_t *v, const int8_t *weight, __m512i sum[ROWS][2])
{
    __m512i value[2];
    UNROLL
    for (int h = 0; h < c; h++)
        value[h] = _mm512_load_si512(v + 64 * h);
    UNROLL
    for (int i = 0; i < ROWS; i++) {
        __m512i four = _mm512_set1_epi32(*(const int32_t *)(const void *)(weight + i / 2 * 64 + i % 2 * 8));
        UNROLL
        for (int h = 0; h < c; h++)
            sum[i][h] = dot_bytes(sum[i][h], four, value[h]);
    }
}

/* Weights of `next`, and c registers of the outputs of `e` from number j on, either of which may
 * be NULL: mixing has products to wait for, weighing has none, so they go together. */
INLINE void weigh_and_mix(const struct whole *w, struct eight *next, const struct eight *e, int c, int j)
{
    const int8_t *v = e ? e->head->cells + KEY_BLOCK * w->d + 4 * j : NULL;
    const int8_t *weight = e ? e->weights : NULL;
    const float *s = next ? next->s : NULL, *by = next ? next->head->by : NULL;
    int8_t *to = next ? next->weights : NULL;
    float off[LANES];
    size_t four = 4 * (size_t)w->d, rest = w->cell - KEY_BLOCK / 4 * four;
    int blocks = w->blocks;
    __m512i sum[ROWS][2];
    __m512 powers[ROWS];
    UNROLL
    for (int i = 0; i < ROWS; i++) {
        sum[i][0] = sum[i][1] = _mm512_setzero_si512();
        powers[i] = _mm512_setzero_ps();
    }
    if (next)
        _mm512_storeu_ps(off, next->highest);
    for (int b = 0; b < blocks; b += 2, weight += ROWS * BOTH, s += ROWS * BOTH, to += ROWS * BOTH, by += BOTH)
        UNROLL
        for (int i = 0; i < ROWS; i += 2) {
            if (next) {
                __m512i one = weigh(s + i * BOTH, by, _mm512_set1_ps(off[i]), &powers[i]);
                __m512i other = weigh(s + (i + 1) * BOTH, by, _mm512_set1_ps(off[i + 1]), &powers[i + 1]);
                _mm512_storeu_si512(to + i * BOTH, _mm512_packus_epi16(one, other));
            }
            if (!e || (i >= ROWS / 2 && b + 1 == blocks))
                continue;
            UNROLL
            for (int f = i; f < i + 2; f++) { /* four fours of a block, four of the other */
                mix(c, v, weight + f % 4 * 16 + f / 4 * 4, sum);
                v += f % 4 == 3 ? four + rest : four;
                __asm__("" : "+r"(v)); /* gcc would compute eight addresses beforehand and have no room for them */
            }
        }
    if (next)
        next->by = _mm512_mul_ps(_mm512_set1_ps(next->head->widest / (float)CELL_WEIGHT),
                                 _mm512_div_ps(_mm512_set1_ps(1.0F), fold_8(powers)));
    if (!e)
        return;
    float *y = w->a->y + (size_t)e->i * (size_t)w->a->y_stride + e->head->at + j;
    UNROLL
    for (int i = 0; i < ROWS; i++, y += w->a->y_stride)
        UNROLL
        for (int h = 0; h < c; h++)
            _mm512_storeu_ps(y + LANES * h, _mm512_mul_ps(_mm512_cvtepi32_ps(sum[i][h]), _mm512_set1_ps(e->by[i])));
}

static OUTLINE void weigh_only(const struct whole *w, struct eight *next)
{
    weigh_and_mix(w, next, NULL, 2, 0);
}

static OUTLINE void both(const struct whole *w, struct eight *next, const struct eight *e)
{
    weigh_and_mix(w, next, e, 2, 0);
}

static OUTLINE void mix_only(const struct whole *w, const struct eight *e, int j)
{
    for (; j + 2 * LANES <= w->d; j += 2 * LANES)
        weigh_and_mix(w, NULL, e, 2, j);
    if (j < w->d)
        weigh_and_mix(w, NULL, e, 1, j);
}

void avx512_attend_window(const struct attend_cells *a)
{
    int blocks = (a->n_keys + KEY_BLOCK - 1) / KEY_BLOCK, even = (blocks + 1) / 2 * 2 * KEY_BLOCK;
    int eights = (a->n + ROWS - 1) / ROWS, all = eights * a->n_heads;
    _Alignas(64) uint8_t q[2][ROWS * CELL_MOST];
    struct whole w = {a, a->d, a->n_keys, blocks, cell_bytes(a->d)};
    struct head head[UNDER_WAY];
    struct eight eight[UNDER_WAY];
    float *at = a->s;
    for (int i = 0; i < UNDER_WAY; i++, at += 2 * even) {
        head[i].begin = (int32_t *)at;
        head[i].by = at + even;
    }
    for (int k = 0; k < all + 4; k++) {
        struct eight *e = &eight[k % UNDER_WAY], *next = &eight[(k + 2) % UNDER_WAY], *last = &eight[(k + 1) % UNDER_WAY];
        if (k < all) {
            int index = k / eights, i = k % eights * ROWS;
            if (i == 0)
                open_head(&w, index, &head[index % UNDER_WAY]);
            e->head = &head[index % UNDER_WAY];
            e->i = i + ROWS <= a->n ? i : a->n - ROWS; /* the last eight may begin in the one before */
            e->q = q[k % 2];
            e->s = at + k % 2 * ROWS * even;
            e->weights = (int8_t *)(at + 2 * ROWS * even) + k % 2 * ROWS * even;
            scale(&w, e);
        }
        if (k >= 1 && k <= all)
            round_eight(&w, &eight[(k + 4) % UNDER_WAY]);
        if (k >= 2 && k <= all + 1)
            score(&w, &eight[(k + 3) % UNDER_WAY]);
        if (k == 3)
            weigh_only(&w, next);
        if (k >= 4 && k < all + 3 && w.d >= 2 * LANES)
            both(&w, next, last);
        else if (k >= 4 && k < all + 3)
            weigh_only(&w, next);
        if (k >= 4)
            mix_only(&w, last, k < all + 3 && w.d >= 2 * LANES ? 2 * LANES : 0);
    }
}
