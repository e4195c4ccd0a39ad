/* 128-bit SIMD of WebAssembly.
 *
 * Its one widening multiply-add is i32x4.dot_i16x8_s: eight int16 products, added
 * in pairs to four int32. Both sides are widened to int16 while they are loaded
 * (v128.load8x8_s, a single instruction on x86 and two on ARM), so a tile of
 * 4 x 2 sums needs six loads for eight dots, and its eight sums, six operands and
 * a product fit the sixteen registers of x86. Nothing can saturate: two products
 * stay under 2^15 * 2.
 *
 * The sixteen lanes of kernel.h are four vectors, as in NEON. Shapes that are no
 * multiple of sixteen occur in tests only and go to ref.c. */
#include <math.h>
#include <string.h>
#include <wasm_simd128.h>

#include "infer/ref.h"

#define INLINE static inline __attribute__((always_inline))

enum { STEP = 8, ROWS = 4, COLUMNS = 2, LANES = 16 };

/* A tile of m <= ROWS activation rows by c <= 4 weight rows. */
INLINE void tile(int m, int c, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
    v128_t sum[ROWS][4];
    const int8_t *x[ROWS], *y[4];
    for (int i = 0; i < m; i++)
        x[i] = a + (size_t)i * (size_t)k;
    for (int j = 0; j < c; j++)
        y[j] = w + (size_t)j * (size_t)k;
    for (int i = 0; i < m; i++)
        for (int j = 0; j < c; j++)
            sum[i][j] = wasm_i32x4_const_splat(0);
    for (int l = 0; l < k; l += 2 * STEP)
        for (int h = 0; h < 2; h++) {
            v128_t b[4];
            for (int j = 0; j < c; j++)
                b[j] = wasm_i16x8_load8x8(y[j] + l + h * STEP);
            for (int i = 0; i < m; i++) {
                v128_t v = wasm_i16x8_load8x8(x[i] + l + h * STEP);
                for (int j = 0; j < c; j++)
                    sum[i][j] = wasm_i32x4_add(sum[i][j], wasm_i32x4_dot_i16x8(v, b[j]));
            }
        }
    for (int i = 0; i < m; i++)
        for (int j = 0; j < c; j++) {
            v128_t s = sum[i][j];
            s = wasm_i32x4_add(s, wasm_i32x4_shuffle(s, s, 2, 3, 0, 1));
            s = wasm_i32x4_add(s, wasm_i32x4_shuffle(s, s, 1, 0, 3, 2));
            acc[(size_t)i * (size_t)n + (size_t)j] = wasm_i32x4_extract_lane(s, 0);
        }
}

/* All m rows against c weight rows */
INLINE void strip(int m, int c, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
    for (; m >= ROWS; m -= ROWS) {
        tile(ROWS, c, n, k, a, w, acc);
        a += ROWS * (size_t)k;
        acc += ROWS * (size_t)n;
    }
    for (; m > 0; m--) {
        tile(1, c, n, k, a, w, acc);
        a += k;
        acc += n;
    }
}

/* Weight rows are the outer loop: each is read from memory once for all rows. A
 * single row takes four of them at a time, for there is no second row to share with. */
static void gemm_i8(int m, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
    int j = 0;
    if (m < ROWS)
        for (; j + 4 <= n; j += 4)
            strip(m, 4, n, k, a, w + (size_t)j * (size_t)k, acc + j);
    for (; j + COLUMNS <= n; j += COLUMNS)
        strip(m, COLUMNS, n, k, a, w + (size_t)j * (size_t)k, acc + j);
    if (j < n)
        strip(m, 1, n, k, a, w + (size_t)j * (size_t)k, acc + j);
}

/* 16 -> 8 -> 4 -> 2 -> 1 */
INLINE float fold(const v128_t v[4])
{
    v128_t four = wasm_f32x4_add(wasm_f32x4_add(v[0], v[2]), wasm_f32x4_add(v[1], v[3]));
    v128_t two = wasm_f32x4_add(four, wasm_i32x4_shuffle(four, four, 2, 3, 0, 1));
    return wasm_f32x4_extract_lane(two, 0) + wasm_f32x4_extract_lane(two, 1);
}

/* pmin(limit, x) is x < limit ? x : limit, so what is no number becomes the limit */
INLINE v128_t at_most(v128_t x, float limit)
{
    return wasm_f32x4_pmin(wasm_f32x4_splat(limit), x);
}

INLINE v128_t at_least(v128_t x, float limit)
{
    return wasm_f32x4_pmax(wasm_f32x4_splat(limit), x);
}

INLINE v128_t exp_4(v128_t x)
{
    const v128_t round = wasm_f32x4_const_splat(REF_ROUND);
    v128_t below = wasm_f32x4_lt(x, wasm_f32x4_const_splat(REF_EXP_MIN));
    x = at_most(x, REF_EXP_MAX);
    v128_t n = wasm_f32x4_mul(x, wasm_f32x4_const_splat(REF_LOG2E));
    n = wasm_f32x4_sub(wasm_f32x4_add(n, round), round);
    v128_t r = wasm_f32x4_sub(x, wasm_f32x4_mul(n, wasm_f32x4_const_splat(REF_LN2_HIGH)));
    r = wasm_f32x4_sub(r, wasm_f32x4_mul(n, wasm_f32x4_const_splat(REF_LN2_LOW)));
    v128_t q = wasm_f32x4_const_splat(REF_EXP_C6);
    q = wasm_f32x4_add(wasm_f32x4_mul(q, r), wasm_f32x4_const_splat(REF_EXP_C5));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, r), wasm_f32x4_const_splat(REF_EXP_C4));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, r), wasm_f32x4_const_splat(REF_EXP_C3));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, r), wasm_f32x4_const_splat(REF_EXP_C2));
    v128_t e = wasm_f32x4_mul(wasm_f32x4_mul(q, r), r);
    e = wasm_f32x4_add(wasm_f32x4_add(e, r), wasm_f32x4_const_splat(1.0F));
    v128_t power = wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_const_splat(127));
    e = wasm_f32x4_mul(e, wasm_i32x4_shl(power, 23));
    return wasm_v128_andnot(e, below);
}

static float quantize_row(int n, const float *x, int8_t *q)
{
    if (n % LANES != 0)
        return ref_quantize_row(n, x, q);
    v128_t top = wasm_f32x4_const_splat(0);
    for (int i = 0; i < n; i += 4) /* pmax(top, v) is top < v ? v : top */
        top = wasm_f32x4_pmax(top, wasm_f32x4_abs(wasm_v128_load(x + i)));
    float max = 0;
    float lane[4];
    wasm_v128_store(lane, top);
    for (int i = 0; i < 4; i++)
        max = lane[i] > max ? lane[i] : max;
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    const v128_t up = wasm_f32x4_splat(127.0F / max), round = wasm_f32x4_const_splat(REF_ROUND);
    for (int i = 0; i < n; i += LANES) {
        v128_t v[4];
        for (int h = 0; h < 4; h++) {
            v128_t s = wasm_f32x4_mul(wasm_v128_load(x + i + 4 * h), up);
            s = at_least(at_most(s, 127.0F), -127.0F);
            /* the low bits of 1.5 * 2^23 + s are s as an int */
            v[h] = wasm_i32x4_sub(wasm_f32x4_add(s, round), round);
        }
        wasm_v128_store(q + i, wasm_i8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(v[0], v[1]),
                                                       wasm_i16x8_narrow_i32x4(v[2], v[3])));
    }
    return max / 127.0F;
}

static void rms_norm(int n, const float *x, const float *g, float eps, float *y)
{
    if (n % LANES != 0) {
        ref_rms_norm(n, x, g, eps, y);
        return;
    }
    v128_t sum[4];
    for (int h = 0; h < 4; h++)
        sum[h] = wasm_f32x4_const_splat(0);
    for (int i = 0; i < n; i += LANES)
        for (int h = 0; h < 4; h++) {
            v128_t v = wasm_v128_load(x + i + 4 * h);
            sum[h] = wasm_f32x4_add(sum[h], wasm_f32x4_mul(v, v));
        }
    v128_t r = wasm_f32x4_splat(1.0F / sqrtf(fold(sum) / (float)n + eps));
    for (int i = 0; i < n; i += 4) {
        v128_t v = wasm_f32x4_mul(wasm_v128_load(x + i), r);
        wasm_v128_store(y + i, wasm_f32x4_mul(v, wasm_v128_load(g + i)));
    }
}

static void dequantize(int n, const int32_t *acc, float a_scale, const float *w_scale,
                       const float *add, float *y)
{
    int whole = n / 4 * 4;
    v128_t by = wasm_f32x4_splat(a_scale);
    for (int i = 0; i < whole; i += 4) {
        v128_t scale = wasm_f32x4_mul(wasm_v128_load(w_scale + i), by);
        v128_t v = wasm_f32x4_mul(wasm_f32x4_convert_i32x4(wasm_v128_load(acc + i)), scale);
        wasm_v128_store(y + i, add ? wasm_f32x4_add(v, wasm_v128_load(add + i)) : v);
    }
    ref_dequantize(n - whole, acc + whole, a_scale, w_scale + whole, add ? add + whole : NULL,
                   y + whole);
}

static void gelu(int n, float *x)
{
    int whole = n / 4 * 4;
    for (int i = 0; i < whole; i += 4) {
        v128_t v = wasm_v128_load(x + i);
        v128_t u = wasm_f32x4_mul(wasm_f32x4_mul(v, v), v);
        u = wasm_f32x4_add(v, wasm_f32x4_mul(wasm_f32x4_const_splat(REF_GELU_CUBE), u));
        u = wasm_f32x4_mul(wasm_f32x4_const_splat(REF_GELU_SLOPE), u);
        v128_t e = wasm_f32x4_add(wasm_f32x4_const_splat(1.0F), exp_4(wasm_f32x4_neg(u)));
        wasm_v128_store(x + i, wasm_f32x4_div(v, e));
    }
    ref_gelu(n - whole, x + whole);
}

/* One dot product, or two side by side that share the loads of q. */
INLINE void dot(int keys, int d, const float *q, const float *k, int stride, float *ret)
{
    v128_t sum[2][4];
    for (int i = 0; i < keys; i++)
        for (int h = 0; h < 4; h++)
            sum[i][h] = wasm_f32x4_const_splat(0);
    for (int j = 0; j < d; j += LANES)
        for (int h = 0; h < 4; h++) {
            v128_t v = wasm_v128_load(q + j + 4 * h);
            for (int i = 0; i < keys; i++) {
                v128_t u = wasm_v128_load(k + (size_t)i * (size_t)stride + j + 4 * h);
                sum[i][h] = wasm_f32x4_add(sum[i][h], wasm_f32x4_mul(v, u));
            }
        }
    for (int i = 0; i < keys; i++)
        ret[i] = fold(sum[i]);
}

static void attn_scores(int n, int d, const float *q, const float *k, int stride, float scale,
                        const float *bias, float *s)
{
    if (d % LANES != 0) {
        ref_attn_scores(n, d, q, k, stride, scale, bias, s);
        return;
    }
    for (int i = 0; i < n; i += 2) {
        float both[2];
        int keys = n - i < 2 ? 1 : 2;
        if (keys == 2)
            dot(2, d, q, k + (size_t)i * (size_t)stride, stride, both);
        else
            dot(1, d, q, k + (size_t)i * (size_t)stride, stride, both);
        for (int j = 0; j < keys; j++)
            s[i + j] = both[j] * scale + bias[i + j];
    }
}

static void softmax(int n, float *s)
{
    int whole = n / LANES * LANES;
    v128_t sum[4];
    float max = s[0];
    for (int i = 1; i < n; i++)
        max = s[i] > max ? s[i] : max;
    for (int h = 0; h < 4; h++)
        sum[h] = wasm_f32x4_const_splat(0);
    v128_t off = wasm_f32x4_splat(max);
    for (int i = 0; i < n; i += LANES) {
        float end[LANES], *block = s + i;
        if (n - i < LANES) { /* the rest of the block is exp(-inf) = 0 */
            for (int j = 0; j < LANES; j++)
                end[j] = j < n - i ? s[i + j] : -INFINITY;
            block = end;
        }
        for (int h = 0; h < 4; h++) {
            v128_t e = exp_4(wasm_f32x4_sub(wasm_v128_load(block + 4 * h), off));
            wasm_v128_store(block + 4 * h, e);
            sum[h] = wasm_f32x4_add(sum[h], e);
        }
        if (block == end)
            memcpy(s + i, end, (size_t)(n - i) * sizeof(*s));
    }
    float r = 1.0F / fold(sum);
    v128_t by = wasm_f32x4_splat(r);
    for (int i = 0; i < whole; i += 4)
        wasm_v128_store(s + i, wasm_f32x4_mul(wasm_v128_load(s + i), by));
    for (int i = whole; i < n; i++)
        s[i] = s[i] * r;
}

static void attn_mix(int n, int d, const float *p, const float *v, int stride, float *y)
{
    if (d % LANES != 0) {
        ref_attn_mix(n, d, p, v, stride, y);
        return;
    }
    for (int j = 0; j < d; j += LANES) {
        v128_t sum[4];
        for (int h = 0; h < 4; h++)
            sum[h] = wasm_f32x4_const_splat(0);
        for (int i = 0; i < n; i++) {
            const float *row = v + (size_t)i * (size_t)stride + j;
            v128_t by = wasm_f32x4_splat(p[i]);
            for (int h = 0; h < 4; h++)
                sum[h] = wasm_f32x4_add(sum[h], wasm_f32x4_mul(wasm_v128_load(row + 4 * h), by));
        }
        for (int h = 0; h < 4; h++)
            wasm_v128_store(y + j + 4 * h, sum[h]);
    }
}

extern const struct kernel kernel_simd128;
const struct kernel kernel_simd128 = {
    .name = "simd128",
    .gemm_i8 = gemm_i8,
    .quantize_row = quantize_row,
    .rms_norm = rms_norm,
    .dequantize = dequantize,
    .gelu = gelu,
    .attn_scores = attn_scores,
    .softmax = softmax,
    .attn_mix = attn_mix,
};
