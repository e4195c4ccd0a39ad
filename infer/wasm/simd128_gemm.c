/* Products by the one widening multiply-add of Wasm's SIMD, i32x4.dot_i16x8_s: eight
 * int16 products, added in pairs to four int32. Nothing can saturate: two products of
 * bytes stay under 2^15.
 *
 * Weights are packed in panels of eight columns: inputs in pairs, the pairs of the eight
 * columns side by side. v128.load8x8_s widens four of them as it loads (one instruction
 * on x86, two on ARM). A pair of inputs of a row, widened beforehand, is broadcast to
 * meet them, so each lane sums a column of its own and nothing is folded at the end.
 * Four rows by a panel are eight sums; with two weights, one row and a product they fit
 * the sixteen registers of x86: six loads for eight dots. */
#include <assert.h>

#include "infer/wasm/vector.h"

enum { PANEL = 8, PAIR = 2, ROWS = 4, WIDENED = 1 << 16, BLOCK = 16 };

size_t simd128_packed_size(int n, int k)
{
    return (size_t)(n + PANEL - 1) / PANEL * PANEL * (size_t)k;
}

void simd128_pack(int n, int k, const int8_t *w, void *packed)
{
    int8_t *to = packed;
    for (int j = 0; j < n; j += PANEL)
        for (int l = 0; l < k; l += PAIR)
            for (int c = 0; c < PANEL; c++)
                for (int b = 0; b < PAIR; b++)
                    *to++ = j + c < n ? w[(size_t)(j + c) * (size_t)k + (size_t)(l + b)] : 0;
}

/* Sums of row i, columns j to j + 3, of which those beyond n are nothing's */
static __attribute__((noinline)) void finish(const struct gemm *g, int i, int j, v128_t sum)
{
    float *y = (float *)g->y + (size_t)i * (size_t)g->stride + (size_t)j;
    if (g->n - j < 4) {
        int32_t one[4];
        wasm_v128_store(one, sum);
        for (int c = 0; c < g->n - j; c++)
            if (g->end == GEMM_SUMS)
                ((int32_t *)y)[c] = one[c];
            else
                y[c] = ref_end(g, i, j + c, one[c], y[c]);
        return;
    }
    if (g->end == GEMM_SUMS) {
        wasm_v128_store(y, sum);
        return;
    }
    v128_t scale = wasm_f32x4_mul(wasm_v128_load(g->w_scale + j), wasm_f32x4_splat(g->a_scale[i]));
    v128_t v = wasm_f32x4_mul(wasm_f32x4_convert_i32x4(sum), scale);
    if (g->bias)
        v = wasm_f32x4_add(v, wasm_v128_load(g->bias + j));
    if (g->end == GEMM_ADD)
        v = wasm_f32x4_add(v, wasm_v128_load(y));
    wasm_v128_store(y, v);
}

/* m rows from i, widened in a (m, k), by the panel of columns j to j + 7 */
INLINE void tile(const struct gemm *g, int m, int i, int j, const int16_t *a, const int8_t *w)
{
    v128_t sum[ROWS][2];
    for (int r = 0; r < m; r++)
        sum[r][0] = sum[r][1] = wasm_i32x4_const_splat(0);
    for (int l = 0; l < g->k; l += PAIR, w += PANEL * PAIR) {
        v128_t low = wasm_i16x8_load8x8(w), high = wasm_i16x8_load8x8(w + PANEL);
        for (int r = 0; r < m; r++) {
            v128_t x = wasm_v128_load32_splat(a + (size_t)r * (size_t)g->k + (size_t)l);
            sum[r][0] = wasm_i32x4_add(sum[r][0], wasm_i32x4_dot_i16x8(x, low));
            sum[r][1] = wasm_i32x4_add(sum[r][1], wasm_i32x4_dot_i16x8(x, high));
        }
    }
    for (int r = 0; r < m; r++) {
        finish(g, i + r, j, sum[r][0]);
        if (g->n - j > 4)
            finish(g, i + r, j + 4, sum[r][1]);
    }
}

/* rows from i on, all panels over them */
static void block(const struct gemm *g, int i, int rows, const int16_t *a)
{
    const int8_t *w = g->w;
    for (int j = 0; j < g->n; j += PANEL, w += PANEL * (size_t)g->k) {
        int r = 0;
        for (; r + ROWS <= rows; r += ROWS)
            tile(g, ROWS, i + r, j, a + (size_t)r * (size_t)g->k, w);
        if (rows - r >= 2) {
            tile(g, 2, i + r, j, a + (size_t)r * (size_t)g->k, w);
            r += 2;
        }
        if (r < rows)
            tile(g, 1, i + r, j, a + (size_t)r * (size_t)g->k, w);
    }
}

void simd128_gemm(const struct gemm *g)
{
    int16_t a[WIDENED];
    int most = WIDENED / g->k < BLOCK ? WIDENED / g->k : BLOCK;
    assert(most > 0);
    for (int i = 0; i < g->m; i += most) {
        int rows = g->m - i < most ? g->m - i : most;
        const int8_t *from = g->a + (size_t)i * (size_t)g->k;
        for (int l = 0; l < rows * g->k; l += 8) /* k is a multiple of 32 */
            wasm_v128_store(a + l, wasm_i16x8_load8x8(from + l));
        block(g, i, rows, a);
    }
}
