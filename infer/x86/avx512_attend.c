/* Attention in 512-bit registers: a block of sixteen keys is a register.
 *
 * Up to eight queries go together, so that a block of keys, and later a row of
 * values, is loaded once for all of them. Where they do not see the same keys
 * (causal), blocks are scored for all and masked, and values at the ends, which
 * only some see, are added for those alone. */
#include <math.h>

#include "infer/x86/avx512.h"
#include "infer/x86/zmm.h"

struct group { /* queries that go together */
    const struct attend *a;
    int t;                          /* the key at which the first one stands */
    int from[ATTEND_ROWS], end[ATTEND_ROWS]; /* of each: the keys that it sees */
    int first, blocks;              /* all of them: first key, of a block; blocks */
    int stride;                     /* of rows in a->s, which begin with key `first` */
    const float *q;
    float *y;
};

/* Scores of n queries for c blocks from key `at` on, and their maxima */
INLINE void score(const struct group *g, int n, int c, int at, __m512 *top)
{
    const struct attend *a = g->a;
    const float *key = a->keys + (size_t)(at / KEY_BLOCK) * (size_t)a->key_stride;
    __m512 sum[ATTEND_ROWS][4];
    UNROLL
    for (int i = 0; i < n; i++)
        UNROLL
        for (int b = 0; b < c; b++)
            sum[i][b] = _mm512_setzero_ps();
    for (int j = 0; j < a->d; j++, key += KEY_BLOCK) {
        __m512 k[4];
        UNROLL
        for (int b = 0; b < c; b++) {
            k[b] = _mm512_loadu_ps(key + (size_t)b * (size_t)a->key_stride);
            if (n < ATTEND_ROWS) /* the next head's are beside them */
                _mm_prefetch((const char *)(key + (size_t)b * (size_t)a->key_stride + a->d * KEY_BLOCK), _MM_HINT_T0);
        }
        UNROLL
        for (int i = 0; i < n; i++) {
            __m512 x = _mm512_set1_ps(g->q[(size_t)i * (size_t)a->q_stride + (size_t)j]);
            UNROLL
            for (int b = 0; b < c; b++)
                sum[i][b] = _mm512_add_ps(sum[i][b], _mm512_mul_ps(x, k[b]));
        }
    }
    const __m512 scale = _mm512_set1_ps(a->scale), least = _mm512_set1_ps(-INFINITY);
    UNROLL
    for (int i = 0; i < n; i++)
        UNROLL
        for (int b = 0; b < c; b++) {
            int key_at = at + b * KEY_BLOCK;
            __mmask16 mask = mask_of(g->end[i] - key_at) & ~mask_of(g->from[i] - key_at);
            __m512 bias = _mm512_maskz_loadu_ps(mask, a->bias + key_at - g->t - i);
            __m512 v = _mm512_add_ps(_mm512_mul_ps(sum[i][b], scale), bias);
            v = _mm512_mask_mov_ps(least, mask, v);
            top[i] = _mm512_max_ps(v, top[i]);
            _mm512_storeu_ps(a->s + i * g->stride + key_at - g->first, v);
        }
}

/* Powers of n registers of scores, that many floats apart, less what is in off; what
 * is not seen is -inf and becomes 0 */
INLINE void powers(int n, float *s, int apart, const __m512 *off, __m512 *ret)
{
    __mmask16 mask[4];
    UNROLL
    for (int i = 0; i < n; i++) {
        ret[i] = _mm512_sub_ps(_mm512_loadu_ps(s + i * apart), off[i]);
        mask[i] = _mm512_cmp_ps_mask(ret[i], _mm512_set1_ps(REF_EXP2_MIN), _CMP_GE_OQ);
    }
    exp2_all(n, ret);
    UNROLL
    for (int i = 0; i < n; i++) {
        ret[i] = _mm512_maskz_mov_ps(mask[i], ret[i]);
        _mm512_storeu_ps(s + i * apart, ret[i]);
    }
}

/* Powers of what score() left; 1 / their sums, in lanes. Four registers go together:
 * of four queries, or of four blocks of one. */
INLINE __m512 weigh(const struct group *g, int n, __m512 top[8])
{
    __m512 max, sum[8], off[8], e[4];
    UNROLL
    for (int i = n; i < 8; i++)
        top[i] = top[i % n];
    max = largest_8(top);
    UNROLL
    for (int i = 0; i < 8; i++) {
        off[i] = spread(max, i);
        sum[i] = _mm512_setzero_ps();
    }
    for (int b = 0; n >= 4 && b < g->blocks; b++)
        UNROLL
        for (int i = 0; i < n; i += 4) {
            powers(4, g->a->s + i * g->stride + b * KEY_BLOCK, g->stride, off + i, e);
            UNROLL
            for (int c = 0; c < 4; c++)
                sum[i + c] = _mm512_add_ps(sum[i + c], e[c]);
        }
    UNROLL
    for (int i = 0; n < 4 && i < n; i++) {
        const __m512 same[4] = {off[i], off[i], off[i], off[i]};
        float *s = g->a->s + i * g->stride;
        int b = 0;
        for (; b + 4 <= g->blocks; b += 4) {
            powers(4, s + b * KEY_BLOCK, KEY_BLOCK, same, e);
            UNROLL
            for (int c = 0; c < 4; c++)
                sum[i] = _mm512_add_ps(sum[i], e[c]);
        }
        for (; b < g->blocks; b++) {
            powers(1, s + b * KEY_BLOCK, KEY_BLOCK, same, e);
            sum[i] = _mm512_add_ps(sum[i], e[0]);
        }
    }
    UNROLL
    for (int i = n; i < 8; i++)
        sum[i] = sum[i % n];
    return _mm512_div_ps(_mm512_set1_ps(1.0F), fold_8(sum));
}

/* c registers of a row of values; `left` numbers are there, 0: enough of them */
INLINE void values_at(const float *row, int c, int left, __m512 *ret)
{
    UNROLL
    for (int h = 0; h < c; h++)
        ret[h] = left ? load(row + LANES * h, left - LANES * h) : _mm512_loadu_ps(row + LANES * h);
}

/* sum += weight * value for keys from..end-1 */
INLINE void mix(const struct group *g, int n, int c, const float *v, int left, int from, int end,
                __m512 sum[ATTEND_ROWS][4])
{
    const float *row = v + (size_t)from * (size_t)g->a->v_stride;
    const float *s = g->a->s + from - g->first;
    for (int key = from; key < end; key++, row += g->a->v_stride, s++) {
        __m512 value[4];
        values_at(row, c, left, value);
        if (n < ATTEND_ROWS) { /* the next head's are beside them */
            UNROLL
            for (int h = 0; h < c; h++)
                _mm_prefetch((const char *)(row + LANES * h + g->a->d), _MM_HINT_T0);
        }
        UNROLL
        for (int i = 0; i < n; i++) {
            __m512 weight = _mm512_set1_ps(s[i * g->stride]);
            UNROLL
            for (int h = 0; h < c; h++)
                sum[i][h] = _mm512_add_ps(sum[i][h], _mm512_mul_ps(weight, value[h]));
        }
    }
}

/* The same where not all queries look: for each key those that do */
INLINE void mix_some(const struct group *g, int n, int c, const float *v, int left, int from,
                     int end, __m512 sum[ATTEND_ROWS][4])
{
    for (int key = from; key < end; key++) {
        const float *row = v + (size_t)key * (size_t)g->a->v_stride;
        const float *s = g->a->s + key - g->first;
        __m512 value[4];
        values_at(row, c, left, value);
        UNROLL
        for (int i = 0; i < n; i++) {
            __mmask16 looks = key >= g->from[i] && key < g->end[i] ? 0xffff : 0;
            __m512 weight = _mm512_set1_ps(s[i * g->stride]);
            UNROLL
            for (int h = 0; h < c; h++)
                sum[i][h] = _mm512_mask_add_ps(sum[i][h], looks, sum[i][h],
                                               _mm512_mul_ps(weight, value[h]));
        }
    }
}

/* c registers of all queries' outputs, from column j on; left: as values_at() */
INLINE void mix_all(const struct group *g, int n, int c, int j, int left, __m512 r)
{
    const struct attend *a = g->a;
    const float *v = a->v + j;
    __m512 sum[ATTEND_ROWS][4];
    int from = g->from[n - 1], end = g->end[0]; /* what all look at */
    if (from > end)
        from = end;
    UNROLL
    for (int i = 0; i < n; i++)
        UNROLL
        for (int h = 0; h < c; h++)
            sum[i][h] = _mm512_setzero_ps();
    mix_some(g, n, c, v, left, g->from[0], from, sum);
    mix(g, n, c, v, left, from, end, sum);
    mix_some(g, n, c, v, left, end, g->end[n - 1], sum);
    UNROLL
    for (int i = 0; i < n; i++)
        UNROLL
        for (int h = 0; h < c; h++)
            store(g->y + (size_t)i * (size_t)a->y_stride + j + LANES * h,
                  _mm512_mul_ps(sum[i][h], spread(r, i)), left ? left - LANES * h : LANES);
}

/* n queries from query i on; n and the blocks and registers taken together are constants */
INLINE void attend(const struct attend *a, int i, int n, int blocks, int registers)
{
    struct group g = {
        .a = a,
        .t = a->first + i,
        .q = a->q + (size_t)i * (size_t)a->q_stride,
        .y = a->y + (size_t)i * (size_t)a->y_stride,
    };
    UNROLL
    for (int r = 0; r < n; r++) {
        g.end[r] = a->window ? g.t + r + 1 : a->n_keys;
        g.from[r] = a->window && g.end[r] > a->window ? g.end[r] - a->window : 0;
    }
    g.first = g.from[0] / KEY_BLOCK * KEY_BLOCK;
    g.blocks = (g.end[n - 1] - g.first + KEY_BLOCK - 1) / KEY_BLOCK;
    g.stride = g.blocks * KEY_BLOCK;
    __m512 top[ATTEND_ROWS], r;
    UNROLL
    for (int q = 0; q < n; q++)
        top[q] = _mm512_set1_ps(-INFINITY);
    int b = 0, j = 0;
    for (; b + blocks <= g.blocks; b += blocks)
        score(&g, n, blocks, g.first + b * KEY_BLOCK, top);
    for (; b < g.blocks; b++)
        score(&g, n, 1, g.first + b * KEY_BLOCK, top);
    r = weigh(&g, n, top);
    for (; j + registers * LANES <= a->d; j += registers * LANES)
        mix_all(&g, n, registers, j, 0, r);
    for (; registers > 2 && j + 2 * LANES <= a->d; j += 2 * LANES)
        mix_all(&g, n, 2, j, 0, r);
    for (; j < a->d; j += LANES)
        mix_all(&g, n, 1, j, a->d - j, r);
}

static void attend_8(const struct attend *a, int i)
{
    attend(a, i, 8, 2, 2);
}

static void attend_4(const struct attend *a, int i)
{
    attend(a, i, 4, 2, 2);
}

static void attend_2(const struct attend *a, int i)
{
    attend(a, i, 2, 4, 4);
}

static void attend_1(const struct attend *a, int i)
{
    attend(a, i, 1, 4, 4);
}

void avx512_attend(const struct attend *a)
{
    int i = 0;
    for (; i + 8 <= a->n; i += 8)
        attend_8(a, i);
    for (; i + 4 <= a->n; i += 4)
        attend_4(a, i);
    for (; i + 2 <= a->n; i += 2)
        attend_2(a, i);
    if (i < a->n)
        attend_1(a, i);
}

/* Sixteen rows of sixteen become columns */
INLINE void transpose(const float *from, size_t stride, float *to)
{
    __m512 a[16], b[16];
    for (int i = 0; i < 16; i++)
        a[i] = _mm512_loadu_ps(from + (size_t)i * stride);
    for (int i = 0; i < 16; i += 2) { /* pairs of rows: elements interleaved within fours */
        b[i] = _mm512_unpacklo_ps(a[i], a[i + 1]);
        b[i + 1] = _mm512_unpackhi_ps(a[i], a[i + 1]);
    }
    for (int i = 0; i < 16; i += 4) { /* fours of rows */
        for (int h = 0; h < 2; h++) {
            __m512d x = _mm512_castps_pd(b[i + h]), y = _mm512_castps_pd(b[i + 2 + h]);
            a[i + 2 * h] = _mm512_castpd_ps(_mm512_unpacklo_pd(x, y));
            a[i + 2 * h + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(x, y));
        }
    }
    UNROLL
    for (int c = 0; c < 4; c++) { /* a[4 i + c]: columns c, c + 4, c + 8, c + 12 of rows 4 i … */
        __m512 low = _mm512_shuffle_f32x4(a[c], a[4 + c], 0x88);
        __m512 high = _mm512_shuffle_f32x4(a[c], a[4 + c], 0xdd);
        __m512 low2 = _mm512_shuffle_f32x4(a[8 + c], a[12 + c], 0x88);
        __m512 high2 = _mm512_shuffle_f32x4(a[8 + c], a[12 + c], 0xdd);
        _mm512_storeu_ps(to + 16 * c, _mm512_shuffle_f32x4(low, low2, 0x88));
        _mm512_storeu_ps(to + 16 * (c + 4), _mm512_shuffle_f32x4(high, high2, 0x88));
        _mm512_storeu_ps(to + 16 * (c + 8), _mm512_shuffle_f32x4(low, low2, 0xdd));
        _mm512_storeu_ps(to + 16 * (c + 12), _mm512_shuffle_f32x4(high, high2, 0xdd));
    }
}

/* Four rows of d numbers become four lanes of a block */
static void put_four(int d, const float *k, size_t stride, float *to)
{
    for (int j = 0; j < d; j += 4, k += 4, to += 4 * KEY_BLOCK) {
        __m128 a = _mm_loadu_ps(k), b = _mm_loadu_ps(k + stride);
        __m128 c = _mm_loadu_ps(k + 2 * stride), e = _mm_loadu_ps(k + 3 * stride);
        _MM_TRANSPOSE4_PS(a, b, c, e);
        _mm_storeu_ps(to, a);
        _mm_storeu_ps(to + KEY_BLOCK, b);
        _mm_storeu_ps(to + 2 * KEY_BLOCK, c);
        _mm_storeu_ps(to + 3 * KEY_BLOCK, e);
    }
}

void avx512_put_keys(int n, int d, const float *k, int stride, int at, float *keys, int key_stride)
{
    for (int done; n > 0; n -= done, at += done, k += (size_t)done * (size_t)stride) {
        float *block = keys + (size_t)(at / KEY_BLOCK) * (size_t)key_stride;
        int lane = at % KEY_BLOCK;
        if (n >= KEY_BLOCK && lane == 0 && d % LANES == 0) {
            done = KEY_BLOCK;
            for (int j = 0; j < d; j += LANES)
                transpose(k + j, (size_t)stride, block + j * KEY_BLOCK);
        } else if (n >= 4 && lane <= KEY_BLOCK - 4 && d % 4 == 0) {
            done = 4;
            put_four(d, k, (size_t)stride, block + lane);
        } else {
            done = 1;
            for (int j = 0; j < d; j++)
                block[j * KEY_BLOCK + lane] = k[j];
        }
    }
}
