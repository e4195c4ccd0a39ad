/* 128-bit SIMD of WebAssembly: floats. The sixteen lanes of kernel.h are four vectors.
 * Shapes that are no multiple of sixteen occur in tests only and go to ref.c. */
#include "infer/wasm/vector.h"

#include <math.h>
#include <string.h>

enum { STEP = 8, LANES = 16, NORM_MOST = 1024 };

/* 16 -> 8 -> 4 -> 2 -> 1 */
INLINE float fold(const v128_t v[4])
{
    v128_t four = wasm_f32x4_add(wasm_f32x4_add(v[0], v[2]), wasm_f32x4_add(v[1], v[3]));
    v128_t two = wasm_f32x4_add(four, wasm_i32x4_shuffle(four, four, 2, 3, 0, 1));
    return wasm_f32x4_extract_lane(two, 0) + wasm_f32x4_extract_lane(two, 1);
}

static __attribute__((noinline)) float quantize_row(int n, const float *x, int8_t *q)
{
    float scale;
    if (n % LANES != 0) {
        ref_quantize(1, n, x, q, &scale);
        return scale;
    }
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

static void quantize(int m, int n, const float *x, int8_t *q, float *scale)
{
    for (int i = 0; i < m; i++, x += n, q += n)
        scale[i] = quantize_row(n, x, q);
}

static __attribute__((noinline)) void norm(int n, const float *x, const float *g, float eps, float *y)
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

static void norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                          float *scale)
{
    float y[NORM_MOST];
    if (n > NORM_MOST) {
        ref_norm_quantize(m, n, x, g, eps, q, scale);
        return;
    }
    for (int i = 0; i < m; i++, x += n, q += n) {
        norm(n, x, g, eps, y);
        scale[i] = quantize_row(n, y, q);
    }
}

static void gelu_quantize(int m, int n, float *x, int8_t *q, float *scale)
{
    for (int i = 0; i < m; i++, x += n, q += n) {
        int j = 0;
        for (; j + 4 <= n; j += 4)
            wasm_v128_store(x + j, gelu_4(wasm_v128_load(x + j)));
        for (; j < n; j++)
            x[j] = ref_gelu(x[j]);
        scale[i] = quantize_row(n, x, q);
    }
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

/* Powers of the scores of keys from..end-1 into s, zeros beside them in the same
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
        s[i] = -INFINITY; /* its power is 0 */
    for (int i = end; i < last; i++)
        s[i] = -INFINITY;
    for (int h = 0; h < 4; h++)
        sum[h] = wasm_f32x4_const_splat(0);
    v128_t off = wasm_f32x4_splat(max);
    for (int at = first; at < last; at += KEY_BLOCK)
        for (int h = 0; h < 4; h++) {
            v128_t x = wasm_f32x4_sub(wasm_v128_load(s + at + 4 * h), off);
            v128_t e = wasm_v128_and(exp2_4(x), wasm_f32x4_ge(x, wasm_f32x4_const_splat(REF_EXP2_MIN)));
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
    .packed_size = simd128_packed_size,
    .pack = simd128_pack,
    .gemm = simd128_gemm,
    .embed = embed,
    .quantize = quantize,
    .norm = norm,
    .norm_quantize = norm_quantize,
    .gelu_quantize = gelu_quantize,
    .put_keys = ref_put_keys,
    .attend = attend,
    .dots = dots,
};
