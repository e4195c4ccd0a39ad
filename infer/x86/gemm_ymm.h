/* The matrix product over weights packed in panels of sixteen outputs, for tables
 * with 256-bit registers, which differ in one step of it.
 *
 * A panel: inputs in fours, each four of outputs 0, 1, … 15 side by side. So one
 * register holds fours of eight outputs, the four activations that they meet are
 * one broadcast, and no sum is ever folded across its register. Outputs past the
 * last are zeros. The panel is the outer loop: it stays in the cache while all
 * rows go over it. */
#ifndef INFER_X86_GEMM_YMM_H
#define INFER_X86_GEMM_YMM_H

#include <string.h>

#include "infer/x86/ymm.h"

enum { YMM_PANEL = 16, YMM_ROWS = 6, YMM_BLOCK = 64, FOUR = 4 };

/* sum of eight outputs + weights · activations, four inputs each */
typedef __m256i step_function(__m256i sum, __m256i w, __m256i x);

INLINE size_t packed_size_ymm(int n, int k)
{
    return (size_t)(n + YMM_PANEL - 1) / YMM_PANEL * YMM_PANEL * (size_t)k;
}

/* top: what is added to each weight */
INLINE void pack_ymm(int n, int k, const int8_t *w, void *packed, int top)
{
    uint8_t *to = packed;
    for (int j = 0; j < n; j += YMM_PANEL)
        for (int l = 0; l < k; l += FOUR)
            for (int i = 0; i < YMM_PANEL; i++)
                for (int b = 0; b < FOUR; b++) {
                    int v = j + i < n ? w[(size_t)(j + i) * (size_t)k + (size_t)(l + b)] : 0;
                    *to++ = (uint8_t)(v + top);
                }
}

INLINE __m256i four_at(const int8_t *a)
{
    int32_t four;
    memcpy(&four, a, sizeof(four));
    return _mm256_set1_epi32(four);
}

/* A tile of m <= YMM_ROWS rows from i, columns j to j + 15; begin (m): what their sums begin with */
INLINE void tile_ymm(const struct gemm *g, step_function *step, int m, int i, int j,
                     const int8_t *panel, const int32_t *begin)
{
    const int8_t *a = g->a + (size_t)i * (size_t)g->k;
    __m256i sum[YMM_ROWS][2];
    UNROLL
    for (int r = 0; r < m; r++)
        sum[r][0] = sum[r][1] = _mm256_set1_epi32(begin[r]);
    for (int l = 0; l < g->k; l += FOUR, panel += YMM_PANEL * FOUR) {
        __m256i low = _mm256_load_si256((const __m256i *)panel);
        __m256i high = _mm256_load_si256((const __m256i *)panel + 1);
        UNROLL
        for (int r = 0; r < m; r++) {
            __m256i x = four_at(a + (size_t)r * (size_t)g->k + l);
            sum[r][0] = step(sum[r][0], low, x);
            sum[r][1] = step(sum[r][1], high, x);
        }
    }
    UNROLL
    for (int r = 0; r < m; r++)
        UNROLL
        for (int h = 0; h < 2; h++)
            finish_8(g, i + r, j + 8 * h, sum[r][h]);
}

/* The same, m constant in each copy */
INLINE void any_tile_ymm(const struct gemm *g, step_function *step, int m, int i, int j,
                         const int8_t *panel, const int32_t *begin)
{
    switch (m) {
    case 1:
        tile_ymm(g, step, 1, i, j, panel, begin);
        break;
    case 2:
        tile_ymm(g, step, 2, i, j, panel, begin);
        break;
    case 3:
        tile_ymm(g, step, 3, i, j, panel, begin);
        break;
    case 4:
        tile_ymm(g, step, 4, i, j, panel, begin);
        break;
    case 5:
        tile_ymm(g, step, 5, i, j, panel, begin);
        break;
    case 6:
        tile_ymm(g, step, 6, i, j, panel, begin);
        break;
    }
}

INLINE int32_t sum_of(const int8_t *a, int k)
{
    int32_t sum = 0;
    for (int l = 0; l < k; l++)
        sum += a[l];
    return sum;
}

/* rows: of a tile, 1 to YMM_ROWS; top: what pack_ymm() added */
INLINE void gemm_ymm(const struct gemm *g, step_function *step, int rows, int top)
{
    for (int from = 0; from < g->m; from += YMM_BLOCK) {
        int end = g->m - from < YMM_BLOCK ? g->m : from + YMM_BLOCK;
        int32_t begin[YMM_BLOCK] = {0};
        for (int i = from; top && i < end; i++)
            begin[i - from] = -top * sum_of(g->a + (size_t)i * (size_t)g->k, g->k);
        const int8_t *panel = g->w;
        for (int j = 0; j < g->n; j += YMM_PANEL, panel += YMM_PANEL * (size_t)g->k)
            for (int i = from; i < end; i += rows)
                any_tile_ymm(g, step, end - i < rows ? end - i : rows, i, j, panel,
                             begin + (i - from));
    }
}

#endif
