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

enum { STEP = 8, ROWS = 4, COLUMNS = 2, LANES = 16, NORM_MOST = 1024 };

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
    for (int i = whole; i < n; i++)
        x[i] = ref_gelu(x[i]);
}

/* c sums of row i, from column j on; the GELU follows when the whole row is there,
 * four at a time */
static __attribute__((noinline)) void finish(const struct gemm *g, int i, int j, int c,
                                             const v128_t *sum)
{
    float *y = (float *)g->y + (size_t)i * (size_t)g->stride + (size_t)j;
    for (int l = 0; l < c; l++) {
        int32_t one = wasm_i32x4_extract_lane(sum[l], 0);
        if (g->end == GEMM_SUMS) {
            ((int32_t *)y)[l] = one;
            continue;
        }
        float v = (float)one * (g->a_scale[i] * g->w_scale[j + l]);
        if (g->bias)
            v = v + g->bias[j + l];
        y[l] = g->end == GEMM_ADD ? v + y[l] : v;
    }
}

/* A tile of m <= ROWS activation rows by c <= 4 weight rows. */
INLINE void tile(const struct gemm *g, int m, int c, int row, int column)
{
    int k = g->k;
    const int8_t *a = g->a + (size_t)row * (size_t)k;
    const int8_t *w = (const int8_t *)g->w + (size_t)column * (size_t)k;
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
            sum[i][j] = s;
        }
    for (int i = 0; i < m; i++)
        finish(g, row + i, column, c, sum[i]);
}

/* Weight rows are the outer loop: each is read from memory once for all rows. A
 * single row takes four of them at a time, for there is no second row to share with. */
static void gemm(const struct gemm *g)
{
    int j = 0, i;
    if (g->m < ROWS)
        for (; j + 4 <= g->n; j += 4)
            for (i = 0; i < g->m; i++)
                tile(g, 1, 4, i, j);
    for (; j + COLUMNS <= g->n; j += COLUMNS) {
        for (i = 0; i + ROWS <= g->m; i += ROWS)
            tile(g, ROWS, COLUMNS, i, j);
        for (; i < g->m; i++)
            tile(g, 1, COLUMNS, i, j);
    }
    for (i = 0; i < g->m && j < g->n; i++)
        tile(g, 1, 1, i, j);
    if (g->end == GEMM_GELU)
        for (int i = 0; i < g->m; i++)
            gelu(g->n, (float *)g->y + (size_t)i * (size_t)g->stride);
}

static float quantize(int n, const float *x, int8_t *q)
{
    if (n % LANES != 0)
        return ref_quantize(n, x, q);
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

static void norm(int n, const float *x, const float *g, float eps, float *y)
{
    if (n % LANES != 0) {
        ref_norm(n, x, g, eps, y);
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

static float norm_quantize(int n, const float *x, const float *g, float eps, int8_t *q)
{
    float y[NORM_MOST];
    if (n > NORM_MOST)
        return ref_norm_quantize(n, x, g, eps, q);
    norm(n, x, g, eps, y);
    return quantize(n, y, q);
}

static void embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y)
{
    if (d % STEP != 0) {
        ref_embed(n_rows, d, row, scale, y);
        return;
    }
    for (int i = 0; i < d; i += STEP) {
        v128_t low = wasm_f32x4_const_splat(0), high = low;
        for (int r = 0; r < n_rows; r++) {
            v128_t e = wasm_i16x8_load8x8(row[r] + i), by = wasm_f32x4_splat(scale[r]);
            v128_t a = wasm_f32x4_convert_i32x4(wasm_i32x4_extend_low_i16x8(e));
            v128_t b = wasm_f32x4_convert_i32x4(wasm_i32x4_extend_high_i16x8(e));
            low = wasm_f32x4_add(low, wasm_f32x4_mul(a, by));
            high = wasm_f32x4_add(high, wasm_f32x4_mul(b, by));
        }
        wasm_v128_store(y + i, low);
        wasm_v128_store(y + i + 4, high);
    }
}

static void dots(int n, int d, const float *x, const float *w, const float *bias, float *y)
{
    if (d % LANES != 0) {
        ref_dots(n, d, x, w, bias, y);
        return;
    }
    for (int i = 0; i < n; i++, w += d) {
        v128_t sum[4];
        for (int h = 0; h < 4; h++)
            sum[h] = wasm_f32x4_const_splat(0);
        for (int j = 0; j < d; j += LANES)
            for (int h = 0; h < 4; h++) {
                v128_t u = wasm_v128_load(w + j + 4 * h);
                sum[h] = wasm_f32x4_add(sum[h], wasm_f32x4_mul(wasm_v128_load(x + j + 4 * h), u));
            }
        y[i] = fold(sum) + bias[i];
    }
}

/* exp of the scores of keys from..end-1 into s, zeros beside them in the same
 * blocks; returns 1 / their sum */
INLINE float weigh(const struct attend *a, const float *q, int t, int from, int end, float *s)
{
    int first = from / KEY_BLOCK * KEY_BLOCK, last = (end + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK;
    float max = -INFINITY;
    v128_t sum[4];
    for (int at = first; at < last; at += KEY_BLOCK) {
        const float *key = a->keys + (size_t)(at / KEY_BLOCK) * (size_t)a->key_stride;
        for (int h = 0; h < 4; h++)
            sum[h] = wasm_f32x4_const_splat(0);
        for (int j = 0; j < a->d; j++, key += KEY_BLOCK) {
            v128_t x = wasm_f32x4_splat(q[j]);
            for (int h = 0; h < 4; h++)
                sum[h] = wasm_f32x4_add(sum[h], wasm_f32x4_mul(x, wasm_v128_load(key + 4 * h)));
        }
        for (int h = 0; h < 4; h++)
            wasm_v128_store(s + at + 4 * h, sum[h]);
    }
    for (int i = from; i < end; i++) {
        s[i] = s[i] * a->scale + a->bias[i - t];
        max = s[i] > max ? s[i] : max;
    }
    for (int i = first; i < from; i++)
        s[i] = -INFINITY; /* exp of it is 0 */
    for (int i = end; i < last; i++)
        s[i] = -INFINITY;
    for (int h = 0; h < 4; h++)
        sum[h] = wasm_f32x4_const_splat(0);
    v128_t off = wasm_f32x4_splat(max);
    for (int at = first; at < last; at += KEY_BLOCK)
        for (int h = 0; h < 4; h++) {
            v128_t e = exp_4(wasm_f32x4_sub(wasm_v128_load(s + at + 4 * h), off));
            wasm_v128_store(s + at + 4 * h, e);
            sum[h] = wasm_f32x4_add(sum[h], e);
        }
    return 1.0F / fold(sum);
}

static void attend(const struct attend *a)
{
    if (a->d % LANES != 0) {
        ref_attend(a);
        return;
    }
    for (int i = 0; i < a->n; i++) {
        int t = a->first + i, end = a->window ? t + 1 : a->n_keys;
        int from = a->window && end > a->window ? end - a->window : 0;
        float *y = a->y + (size_t)i * (size_t)a->y_stride;
        v128_t r = wasm_f32x4_splat(weigh(a, a->q + (size_t)i * (size_t)a->q_stride, t, from, end, a->s));
        for (int j = 0; j < a->d; j += LANES) {
            v128_t sum[4];
            for (int h = 0; h < 4; h++)
                sum[h] = wasm_f32x4_const_splat(0);
            for (int key = from; key < end; key++) {
                const float *row = a->v + (size_t)key * (size_t)a->v_stride + j;
                v128_t p = wasm_f32x4_splat(a->s[key]);
                for (int h = 0; h < 4; h++)
                    sum[h] = wasm_f32x4_add(sum[h], wasm_f32x4_mul(p, wasm_v128_load(row + 4 * h)));
            }
            for (int h = 0; h < 4; h++)
                wasm_v128_store(y + j + 4 * h, wasm_f32x4_mul(sum[h], r));
        }
    }
}

extern const struct kernel kernel_simd128;
const struct kernel kernel_simd128 = {
    .name = "simd128",
    .gemm = gemm,
    .embed = embed,
    .quantize = quantize,
    .norm = norm,
    .norm_quantize = norm_quantize,
    .put_keys = ref_put_keys,
    .attend = attend,
    .dots = dots,
};
