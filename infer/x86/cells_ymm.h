/* Attention over rounded keys and values (cells, infer/kernel.h), for tables with 256-bit
 * registers, which differ in the step of an int8 product as their gemm does.
 * Two queries go together where there are two. */
#ifndef INFER_X86_CELLS_YMM_H
#define INFER_X86_CELLS_YMM_H

#include <math.h>

#include "infer/cells.h"
#include "infer/x86/avx2.h"
#include "infer/x86/gemm_ymm.h"

/* Scores of n queries for the cell of key `at`, their maxima, and the largest scales of values
 * that they see; top as in gemm_ymm() */
INLINE void cells_score(const struct cells *g, step_function *step, int top, int n, int at,
                        const int32_t *begin, __m256 *max, __m256 *widest)
{
    const struct attend_cells *a = g->a;
    const int8_t *key = cells_at(g, at);
    const __m256i high = _mm256_set1_epi8((char)top);
    __m256i sum[CELL_QUERIES][2];
    UNROLL
    for (int i = 0; i < n; i++)
        sum[i][0] = sum[i][1] = _mm256_set1_epi32(begin[i]);
    for (int j = 0; j < a->d; j += FOUR, key += 64)
        UNROLL
        for (int h = 0; h < 2; h++) {
            __m256i k = _mm256_load_si256((const __m256i *)key + h);
            k = top ? _mm256_xor_si256(k, high) : k;
            UNROLL
            for (int i = 0; i < n; i++)
                sum[i][h] = step(sum[i][h], k, four_at(g->q + i * a->d + j));
        }
    UNROLL
    for (int i = 0; i < n; i++)
        UNROLL
        for (int h = 0; h < 2; h++) {
            int from = at + 8 * h;
            __m256i seen = _mm256_andnot_si256(mask_of(g->from[i] - from), mask_of(g->end[i] - from));
            __m256 bias = _mm256_maskload_ps(a->bias + from - g->t[i], seen);
            const float *scale = cells_scales(g, at) + 8 * h;
            __m256 by = _mm256_mul_ps(_mm256_set1_ps(g->factor[i]), _mm256_load_ps(scale));
            __m256 v = _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sum[i][h]), by), bias);
            v = _mm256_blendv_ps(_mm256_set1_ps(-INFINITY), v, _mm256_castsi256_ps(seen));
            max[i] = _mm256_max_ps(v, max[i]);
            widest[i] = _mm256_max_ps(_mm256_maskload_ps(scale + KEY_BLOCK, seen), widest[i]);
            _mm256_storeu_ps(a->s + i * g->stride + from - g->first, v);
        }
}

/* Scores s, of which the largest is max, into weights; widest is the largest scale of a value that
 * is seen. Returns what sums are times */
INLINE float cells_weigh(const struct cells *g, const float *s, float max, float widest, int16_t *weights)
{
    __m256 off = _mm256_set1_ps(max), sum[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    __m256 up = _mm256_set1_ps(cells_up(widest));
    for (int at = g->first; at < g->last; at += KEY_BLOCK, s += KEY_BLOCK, weights += KEY_BLOCK) {
        __m256i w[2];
        for (int h = 0; h < 2; h++) {
            __m256 x = _mm256_sub_ps(_mm256_loadu_ps(s + 8 * h), off);
            __m256 seen = _mm256_cmp_ps(x, _mm256_set1_ps(REF_EXP2_MIN), _CMP_GE_OQ);
            __m256 e = _mm256_and_ps(power_8(x), seen);
            __m256 by = _mm256_mul_ps(_mm256_load_ps(cells_scales(g, at) + KEY_BLOCK + 8 * h), up);
            sum[h] = _mm256_add_ps(sum[h], e);
            /* by is infinite where the scale of a key that is not seen is far above all that are */
            w[h] = _mm256_cvtps_epi32(_mm256_and_ps(_mm256_mul_ps(e, by), seen));
        }
        _mm256_storeu_si256((__m256i *)weights,
                            _mm256_permute4x64_epi64(_mm256_packs_epi32(w[0], w[1]), 0xd8));
    }
    return cells_down(widest, fold(sum[0], sum[1]));
}

/* Sixteen numbers of n queries' outputs, from number j on */
INLINE void cells_mix(const struct cells *g, int n, int j, const float *by, float *y)
{
    const struct attend_cells *a = g->a;
    __m256i sum[CELL_QUERIES][4];
    UNROLL
    for (int i = 0; i < n; i++)
        UNROLL
        for (int h = 0; h < 4; h++)
            sum[i][h] = _mm256_setzero_si256();
    for (int at = g->first; at < g->last; at += KEY_BLOCK) {
        const int8_t *v = cells_at(g, at) + KEY_BLOCK * a->d + FOUR * j;
        const int16_t *w = (const int16_t *)g->weights + at - g->first;
        for (int p = 0; p < KEY_BLOCK; p += FOUR, v += FOUR * a->d)
            UNROLL
            for (int h = 0; h < 4; h++) { /* four numbers, two pairs of tokens each */
                __m256i value = _mm256_cvtepi8_epi16(_mm_load_si128((const __m128i *)v + h));
                UNROLL
                for (int i = 0; i < n; i++) {
                    __m256i four = _mm256_set1_epi64x(*(const long long *)(const void *)(w + i * g->stride + p));
                    sum[i][h] = _mm256_add_epi32(sum[i][h], _mm256_madd_epi16(value, four));
                }
            }
    }
    UNROLL
    for (int i = 0; i < n; i++)
        UNROLL
        for (int h = 0; h < 2; h++) {
            __m256i whole = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[i][2 * h], sum[i][2 * h + 1]), 0xd8);
            _mm256_storeu_ps(y + (size_t)i * (size_t)a->y_stride + j + 8 * h,
                             _mm256_mul_ps(_mm256_cvtepi32_ps(whole), _mm256_set1_ps(by[i])));
        }
}

/* n queries from query i on, n a constant */
INLINE void cells_attend(const struct attend_cells *a, step_function *step, int top, int n, int i)
{
    struct cells g;
    __m256 max[CELL_QUERIES], widest[CELL_QUERIES];
    int32_t begin[CELL_QUERIES];
    float by[CELL_QUERIES];
    cells_open(&g, a, n, i, avx2_quantize);
    for (int r = 0; r < n; r++) {
        begin[r] = top ? -top * sum_of(g.q + r * a->d, a->d) : 0;
        max[r] = _mm256_set1_ps(-INFINITY);
        widest[r] = _mm256_setzero_ps();
    }
    for (int at = g.first; at < g.last; at += KEY_BLOCK)
        cells_score(&g, step, top, n, at, begin, max, widest);
    for (int r = 0; r < n; r++)
        by[r] = cells_weigh(&g, a->s + r * g.stride, largest(max[r]), largest(widest[r]),
                            (int16_t *)g.weights + r * g.stride);
    for (int j = 0; j < a->d; j += KEY_BLOCK)
        cells_mix(&g, n, j, by, a->y + (size_t)i * (size_t)a->y_stride);
}

INLINE void attend_cells_ymm(const struct attend_cells *a, step_function *step, int top)
{
    for (int head = 0; head < a->n_heads; head++) {
        const struct attend_cells one = ref_head(a, head);
        int i = 0;
        for (; i + 2 <= a->n; i += 2)
            cells_attend(&one, step, top, 2, i);
        if (i < a->n)
            cells_attend(&one, step, top, 1, i);
    }
}

#endif
