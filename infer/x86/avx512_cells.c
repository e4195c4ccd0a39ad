/* Attention over rounded keys and values (cells, infer/kernel.h) by VNNI.
 *
 * A register is sixteen keys by four numbers, or sixteen numbers of four values. Up to
 * eight queries go together, so that each is loaded once for all of them; what meets
 * it, four bytes of a query or four weights, is broadcast as it is read. VPDPBUSD wants
 * one factor unsigned: the top bit of keys is turned as they are read, in pipes that products leave idle,
 * which adds 128, and a query's sums begin with what that makes of it: -128 times the sum of its numbers.
 * Weights are never negative. Of few queries
 * several heads go together, so that maxima, sums and divisions, each of which waits for the one
 * before, are those of eight rows; and while some are weighed, those before are mixed. Who does not
 * see a key has weight 0 for it, and sums are of integers, so nothing needs to be left out and no
 * order kept. */
#include <math.h>

#include "infer/x86/avx512.h"
#include "infer/x86/cells_zmm.h"

struct group { /* queries of a head that go together */
    const struct attend_cells *a;
    int t;                                   /* the key at which the first one stands */
    int from[ATTEND_ROWS], end[ATTEND_ROWS]; /* of each: the keys that it sees */
    int first, blocks;                       /* all of them: first key, of a cell; cells */
    int stride;                              /* of rows of scores and of weights */
    size_t cell;                             /* bytes */
    const int8_t *cells;                     /* the first one */
    const float *bias;
    float *s;
    int8_t *weights;
    const int8_t *q;                         /* rounded, rows d apart */
    const int32_t *begin;                    /* of each: what its sums begin with */
    const float *factor;                     /* of each: its row's scale times the attention's */
};

INLINE const float *scales_at(const struct group *g, int b)
{
    return (const float *)(g->cells + (size_t)b * g->cell + 2 * KEY_BLOCK * g->a->d);
}

struct queries { /* rounded, of some heads: head by head */
    _Alignas(64) int8_t q[ATTEND_ROWS * CELL_MOST];
    int32_t begin[ATTEND_ROWS];
    float factor[LANES];
};

struct some { /* heads that go together, on their way: rows head by head */
    struct group g[ATTEND_ROWS];
    struct queries q;
    float highest[LANES]; /* score */
    float up[LANES];      /* what makes a weight of a value's scale */
    float by[LANES];      /* what sums of weights times values are times */
    __m512 widest;        /* scale of a value that is seen */
    float *y;
};

/* n queries from query i on of the heads from `head` on */
INLINE void round_queries(const struct attend_cells *a, int head, int heads, int i, int n, struct queries *to)
{
    const float *row[8];
    int d = a->d;
    __m512 top[8], up[8];
    __m128i sum[8];
    UNROLL
    for (int r = 0; r < 8; r++) {
        sum[r] = _mm_setzero_si128();
        row[r] = a->q + (size_t)(i + r % n) * (size_t)a->q_stride + (head + r / n) * d;
        top[r] = _mm512_setzero_ps();
    }
    for (int j = 0; j < d; j += LANES)
        UNROLL
        for (int r = 0; r < heads * n; r++)
            top[r] = larger(_mm512_loadu_ps(row[r] + j), top[r]);
    struct scales s = scales_of(largest_8(top));
    _mm512_storeu_ps(to->factor, _mm512_mul_ps(s.scale, _mm512_set1_ps(a->scale)));
    UNROLL
    for (int r = 0; r < heads * n; r++)
        up[r] = spread(s.up, r);
    for (int j = 0; j < d; j += LANES)
        UNROLL
        for (int r = 0; r < heads * n; r++) { /* a row without a scale has the factor 0: no matter what it is */
            __m128i v = bytes(_mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(row[r] + j), up[r])));
            _mm_storeu_si128((__m128i *)(to->q + r * d + j), v);
            sum[r] = _mm_dpbusd_epi32(sum[r], _mm_set1_epi8(-128), v);
        }
    UNROLL
    for (int r = 0; r < heads * n; r += 4) {
        __m128i all = _mm_hadd_epi32(_mm_hadd_epi32(sum[r], sum[r + 1]), _mm_hadd_epi32(sum[r + 2], sum[r + 3]));
        _mm_storeu_si128((__m128i *)(to->begin + r), _mm_sub_epi32(_mm_setzero_si128(), all));
    }
}

enum seen { ALL, ENDS, SOME }; /* of some cells: all keys; all but of the first and the last cell; any */

/* Sums into scores of n queries for c cells from cell b on, their maxima, and the largest scales of values
 * that they see. What a query does not see gets a score whose power is 0. */
INLINE void put_scores(const struct group *g, int n, int c, int b, enum seen seen, __m512i (*sum)[5], __m512 *max,
                       __m512 *top)
{
    const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const float *bias = g->bias + g->first - g->t + b * KEY_BLOCK, *scales[5], *factor = g->factor;
    const int *from = g->from, *end = g->end;
    float *s = g->s + b * KEY_BLOCK;
    int stride = g->stride;
    __m512i at = _mm512_add_epi32(lane, _mm512_set1_epi32(g->first + b * KEY_BLOCK)); /* keys of the first cell */
    __m512 wide = _mm512_setzero_ps(); /* of cells that are seen whole */
    UNROLL
    for (int h = 0; h < c; h++) {
        scales[h] = scales_at(g, b + h);
        if (seen == ALL || (seen == ENDS && h > 0 && h < c - 1))
            wide = _mm512_max_ps(_mm512_load_ps(scales[h] + KEY_BLOCK), wide);
    }
    UNROLL
    for (int i = 0; i < n; i++, bias--, s += stride) {
        __m512 by = _mm512_set1_ps(factor[i]);
        top[i] = _mm512_max_ps(wide, top[i]);
        UNROLL
        for (int h = 0; h < c; h++) {
            __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(sum[i][h]), _mm512_mul_ps(by, _mm512_load_ps(scales[h])));
            if (seen == ALL || (seen == ENDS && h > 0 && h < c - 1)) {
                v = _mm512_add_ps(v, _mm512_loadu_ps(bias + h * KEY_BLOCK));
                max[i] = _mm512_max_ps(v, max[i]);
            } else {
                __m512i key = _mm512_add_epi32(at, _mm512_set1_epi32(h * KEY_BLOCK));
                __mmask16 mask = 0xffff;
                if (seen == SOME || h == 0)
                    mask = _mm512_cmpge_epi32_mask(key, _mm512_set1_epi32(from[i]));
                if (seen == SOME || h > 0)
                    mask = _mm512_mask_cmplt_epi32_mask(mask, key, _mm512_set1_epi32(end[i]));
                __m512 more = _mm512_maskz_loadu_ps(mask, bias + h * KEY_BLOCK);
                v = _mm512_mask_add_ps(_mm512_set1_ps(UNSEEN), mask, v, more);
                max[i] = _mm512_mask_max_ps(max[i], mask, max[i], v);
                top[i] = _mm512_mask_max_ps(top[i], mask, top[i], _mm512_load_ps(scales[h] + KEY_BLOCK));
            }
            _mm512_storeu_ps(s + h * KEY_BLOCK, v);
        }
    }
}

INLINE void score(const struct group *g, int n, int c, int b, __m512 *max, __m512 *top)
{
    const __m512i flip = _mm512_set1_epi8(-128);
    int d = g->a->d, from = g->first + b * KEY_BLOCK;
    const int8_t *key = g->cells + (size_t)b * g->cell, *q = g->q;
    size_t cell = g->cell;
    __m512i sum[ATTEND_ROWS][5];
    UNROLL
    for (int i = 0; i < n; i++)
        UNROLL
        for (int h = 0; h < c; h++)
            sum[i][h] = _mm512_set1_epi32(g->begin[i]);
    for (int j = 0; j < d; j += 4, key += 64, q += 4) {
        __m512i k[5];
        UNROLL
        for (int h = 0; h < c; h++)
            k[h] = _mm512_xor_si512(_mm512_load_si512(key + (size_t)h * cell), flip);
        UNROLL
        for (int i = 0; i < n; i++) {
            __m512i four = _mm512_set1_epi32(*(const int32_t *)(const void *)(q + i * d));
            UNROLL
            for (int h = 0; h < c; h++)
                sum[i][h] = dot_bytes(sum[i][h], k[h], four);
        }
    }
    if (from >= g->from[n - 1] && from + c * KEY_BLOCK <= g->end[0])
        put_scores(g, n, c, b, ALL, sum, max, top);
    else if (c > 2 && from + KEY_BLOCK >= g->from[n - 1] && from + (c - 1) * KEY_BLOCK <= g->end[0])
        put_scores(g, n, c, b, ENDS, sum, max, top);
    else
        put_scores(g, n, c, b, SOME, sum, max, top);
}

/* All scores, c cells at a time */
INLINE void score_all(const struct group *g, int n, int c, __m512 *max, __m512 *top)
{
    int b = 0;
    UNROLL
    for (int i = 0; i < n; i++) {
        max[i] = _mm512_set1_ps(-INFINITY);
        top[i] = _mm512_setzero_ps();
    }
    for (; b + c <= g->blocks; b += c)
        score(g, n, c, b, max, top);
    for (; c > 2 && b + 2 <= g->blocks; b += 2)
        score(g, n, 2, b, max, top);
    for (; b < g->blocks; b++)
        score(g, n, 1, b, max, top);
}

/* Weights of n queries of all heads for cell b, and powers into their sums. Powers under 2^-126
 * are not made 0 as ref.c makes them: they add nothing to a sum that has the largest one in
 * it, and round to weight 0. */
INLINE void weigh(const struct some *to, int heads, int n, int b, __m512 *sum)
{
    const struct group *g = to->g;
    int stride = g->stride;
    __m512 e[8], by[ATTEND_ROWS];
    UNROLL
    for (int h = 0; h < heads; h++)
        by[h] = _mm512_load_ps(scales_at(g + h, b) + KEY_BLOCK);
    UNROLL
    for (int i = 0; i < heads * n; i++)
        e[i] = _mm512_sub_ps(_mm512_loadu_ps(g->s + i * stride + b * KEY_BLOCK), _mm512_set1_ps(to->highest[i]));
    power_all(heads * n, e);
    UNROLL
    for (int i = 0; i < heads * n; i++) {
        __m512 weight = _mm512_mul_ps(e[i], _mm512_mul_ps(by[i / n], _mm512_set1_ps(to->up[i])));
        sum[i] = _mm512_add_ps(sum[i], e[i]);
        _mm_storeu_si128((__m128i *)(g->weights + i * stride + b * KEY_BLOCK), _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(weight)));
    }
}

/* The largest scores and scales of n rows, each in lanes; those of up to four rows are found as one */
INLINE void fold_rows(int n, const __m512 *max, const __m512 *top, __m512 *highest, __m512 *widest)
{
    __m512 v[8], w[8];
    UNROLL
    for (int i = 0; i < 8; i++) {
        v[i] = n <= 4 && i >= 4 ? top[i % 4 % n] : max[i % n];
        w[i] = top[i % n];
    }
    *highest = largest_8(v);
    *widest = n <= 4 ? _mm512_shuffle_f32x4(*highest, *highest, 0x55) : largest_8(w);
}

/* Sums of weights times values of cell b, c registers of n queries' outputs from number j on, by as
 * many chains */
INLINE void mix(const struct group *g, int n, int c, int chains, int j, int b, __m512i (*sum)[2][4])
{
    int stride = g->stride, d = g->a->d;
    const int8_t *v = g->cells + (size_t)b * g->cell + KEY_BLOCK * d + 4 * j;
    const int8_t *w = g->weights + b * KEY_BLOCK;
    UNROLL
    for (int p = 0; p < KEY_BLOCK / 4; p++, v += 4 * d, w += 4) {
        __m512i value[2];
        UNROLL
        for (int h = 0; h < c; h++)
            value[h] = _mm512_load_si512(v + 64 * h);
        UNROLL
        for (int i = 0; i < n; i++) {
            __m512i weight = _mm512_set1_epi32(*(const int32_t *)(const void *)(w + i * stride));
            UNROLL
            for (int h = 0; h < c; h++)
                sum[i][h][p % chains] = dot_bytes(sum[i][h][p % chains], weight, value[h]);
        }
    }
}

/* Weights of `next`, if weighing, and c registers of the outputs of `s` from number j on, if mixing:
 * that has products to wait for, weighing has none, so they go together. */
INLINE void weigh_and_mix(bool weighing, bool mixing, struct some *next, const struct some *s, int heads, int n, int chains,
                          int c, int j)
{
    int rows = heads * n, blocks = weighing ? next->g->blocks : s->g->blocks;
    __m512i sum[ATTEND_ROWS][2][4];
    __m512 powers[8];
    UNROLL
    for (int i = 0; i < rows; i++) {
        powers[i] = _mm512_setzero_ps();
        UNROLL
        for (int h = 0; h < c * chains; h++)
            sum[i][h / chains][h % chains] = _mm512_setzero_si512();
    }
    if (weighing)
        for (int b = 0; b < blocks; b++) {
            weigh(next, heads, n, b, powers);
            UNROLL
            for (int h = 0; mixing && h < heads; h++)
                mix(s->g + h, n, c, chains, j, b, sum + h * n);
        }
    else
        UNROLL
        for (int h = 0; h < heads; h++)
            for (int b = 0; b < blocks; b++)
                mix(s->g + h, n, c, chains, j, b, sum + h * n);
    if (weighing) {
        UNROLL
        for (int i = rows; i < 8; i++)
            powers[i] = powers[i % rows];
        __m512 r = _mm512_div_ps(_mm512_set1_ps(1.0F), fold_8(powers));
        _mm512_storeu_ps(next->by, _mm512_mul_ps(_mm512_div_ps(next->widest, _mm512_set1_ps((float)CELL_WEIGHT)), r));
    }
    if (!mixing)
        return;
    UNROLL
    for (int i = 0; i < rows; i++)
        UNROLL
        for (int h = 0; h < c; h++) {
            UNROLL
            for (int e = 1; e < chains; e++)
                sum[i][h][0] = _mm512_add_epi32(sum[i][h][0], sum[i][h][e]);
            float *to = s->y + (size_t)(i % n) * (size_t)s->g->a->y_stride + i / n * s->g->a->d + j + LANES * h;
            _mm512_storeu_ps(to, _mm512_mul_ps(_mm512_cvtepi32_ps(sum[i][h][0]), _mm512_set1_ps(s->by[i])));
        }
}

/* n queries from query i on of the heads from `head` on, at most ATTEND_ROWS rows; they, and the cells
 * scored together, are constants. odd: every other time, since weights outlive the next scores. What g
 * holds is put there one by one: to copy what was just written would wait for it. */
INLINE void score_heads(const struct attend_cells *a, int head, int heads, int i, int n, int scored, int odd, struct some *s)
{
    struct group *g = s->g;
    __m512 max[8], top[8];
    int t = a->first + i, end = a->window ? t + n : a->n_keys;
    int first = a->window && t + 1 > a->window ? (t + 1 - a->window) / KEY_BLOCK * KEY_BLOCK : 0;
    int blocks = (end - first + KEY_BLOCK - 1) / KEY_BLOCK, stride = blocks * KEY_BLOCK;
    size_t cell = cell_bytes(a->d);
    const int8_t *cells = a->cells + (size_t)(first / KEY_BLOCK) * cell + (size_t)head * a->head_step;
    const float *bias = a->bias + head * a->bias_step;
    int8_t *weights = (int8_t *)(a->s + ATTEND_ROWS * stride) + odd * ATTEND_ROWS * stride;
    UNROLL
    for (int h = 0; h < heads; h++) {
        UNROLL
        for (int r = 0; r < n; r++) {
            g[h].end[r] = a->window ? t + r + 1 : a->n_keys;
            g[h].from[r] = a->window && g[h].end[r] > a->window ? g[h].end[r] - a->window : 0;
        }
        g[h].a = a;
        g[h].t = t;
        g[h].first = first;
        g[h].blocks = blocks;
        g[h].stride = stride;
        g[h].cell = cell;
        g[h].cells = cells + (size_t)h * a->head_step;
        g[h].bias = bias + h * a->bias_step;
        g[h].s = a->s + h * n * stride;
        g[h].weights = weights + h * n * stride;
        g[h].q = s->q.q + h * n * a->d;
        g[h].begin = s->q.begin + h * n;
        g[h].factor = s->q.factor + h * n;
    }
    UNROLL
    for (int h = 0; h < heads; h++)
        score_all(g + h, n, scored, max + h * n, top + h * n);
    __m512 highest;
    fold_rows(heads * n, max, top, &highest, &s->widest);
    _mm512_storeu_ps(s->highest, highest);
    __mmask16 nonzero = _mm512_cmp_ps_mask(s->widest, _mm512_set1_ps(REF_ZERO_ROW), _CMP_GE_OQ);
    _mm512_storeu_ps(s->up, _mm512_maskz_div_ps(nonzero, _mm512_set1_ps((float)CELL_WEIGHT), s->widest));
    s->y = a->y + (size_t)i * (size_t)a->y_stride + head * a->d;
}

struct shape { /* so many heads, and a constant of queries, that go together */
    int heads;
    void (*round)(const struct attend_cells *a, int head, int i, struct queries *q);
    void (*score)(const struct attend_cells *a, int head, int i, int odd, struct some *s);
    void (*weigh)(struct some *s);
    void (*mix)(const struct some *s, int j);
    void (*both)(struct some *next, const struct some *s);
};

#define SHAPE(n, heads, scored, chains)                                                            \
    static void round_##n##_##heads(const struct attend_cells *a, int head, int i, struct queries *q) \
    {                                                                                              \
        round_queries(a, head, heads, i, n, q);                                                    \
    }                                                                                              \
    static void score_##n##_##heads(const struct attend_cells *a, int head, int i, int odd, struct some *s) \
    {                                                                                              \
        score_heads(a, head, heads, i, n, scored, odd, s);                                         \
    }                                                                                              \
    static void weigh_##n##_##heads(struct some *s)                                                \
    {                                                                                              \
        weigh_and_mix(true, false, s, NULL, heads, n, chains, 2, 0);                               \
    }                                                                                              \
    static void mix_##n##_##heads(const struct some *s, int j)                                     \
    {                                                                                              \
        for (; j + 2 * LANES <= s->g->a->d; j += 2 * LANES)                                        \
            weigh_and_mix(false, true, NULL, s, heads, n, chains, 2, j);                           \
        if (j < s->g->a->d)                                                                        \
            weigh_and_mix(false, true, NULL, s, heads, n, chains, 1, j);                           \
    }                                                                                              \
    static void both_##n##_##heads(struct some *next, const struct some *s)                        \
    {                                                                                              \
        weigh_and_mix(true, true, next, s, heads, n, chains, 2, 0);                                \
    }                                                                                              \
    static const struct shape shape_##n##_##heads = {heads, round_##n##_##heads, score_##n##_##heads, \
                                                     weigh_##n##_##heads, mix_##n##_##heads, both_##n##_##heads};
SHAPE(8, 1, 2, 1)
SHAPE(4, 1, 5, 1)
SHAPE(2, 2, 3, 2)
SHAPE(2, 1, 4, 2)
SHAPE(1, 5, 5, 2)
SHAPE(1, 1, 5, 4)

/* Queries from query i on of all heads, by `many` and the rest by `one`, three on their way: some are
 * rounded, some scored and weighed, some mixed, and so nobody waits for what came just before. */
static void attend_heads(const struct attend_cells *a, int i, const struct shape *many, const struct shape *one)
{
    struct some some[2];
    int whole = a->n_heads / many->heads, n = whole + a->n_heads % many->heads;
    const struct shape *shape = whole ? many : one, *last = NULL, *next;
    shape->round(a, 0, i, &some[0].q);
    for (int k = 0, head = 0; k <= n; k++, head += shape->heads, last = shape, shape = next) {
        struct some *s = &some[k % 2], *before = &some[(k + 1) % 2];
        bool together = k < n && last == shape && a->d >= 2 * LANES;
        next = k + 1 < whole ? many : one;
        if (k < n)
            shape->score(a, head, i, k % 2, s);
        if (k + 1 < n)
            next->round(a, head + shape->heads, i, &before->q);
        if (together)
            shape->both(s, before);
        else if (k < n)
            shape->weigh(s);
        if (last)
            last->mix(before, together ? 2 * LANES : 0);
    }
}

void avx512_attend_cells(const struct attend_cells *a)
{
    int i = 0;
    if (a->window == 0 && a->n >= ATTEND_ROWS) {
        avx512_attend_window(a);
        return;
    }
    for (; i + 8 <= a->n; i += 8)
        attend_heads(a, i, &shape_8_1, &shape_8_1);
    for (; i + 4 <= a->n; i += 4)
        attend_heads(a, i, &shape_4_1, &shape_4_1);
    for (; i + 2 <= a->n; i += 2)
        attend_heads(a, i, &shape_2_2, &shape_2_1);
    if (i < a->n)
        attend_heads(a, i, &shape_1_5, &shape_1_1);
}
