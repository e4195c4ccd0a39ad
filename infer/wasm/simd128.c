/* 128-bit SIMD of WebAssembly: floats. The sixteen lanes of kernel.h are four vectors.
 * Shapes that are no multiple of sixteen occur in tests only and go to ref.c. */
#include "infer/cells.h"
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
            s = at_least(s, -127.0F);
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

/* n a multiple of sixteen */
static __attribute__((noinline)) float norm_factor(int n, const float *x, float eps)
{
    v128_t sum[4];
    for (int h = 0; h < 4; h++)
        sum[h] = wasm_f32x4_const_splat(0);
    for (int i = 0; i < n; i += LANES)
        for (int h = 0; h < 4; h++) {
            v128_t v = wasm_v128_load(x + i + 4 * h);
            sum[h] = wasm_f32x4_add(sum[h], wasm_f32x4_mul(v, v));
        }
    return 1.0F / sqrtf(fold(sum) / (float)n + eps);
}

static void norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                          float *scale)
{
    float y[NORM_MOST];
    if (n > NORM_MOST || n % LANES != 0) {
        ref_norm_quantize(m, n, x, g, eps, q, scale);
        return;
    }
    for (int i = 0; i < m; i++, x += n, q += n) {
        for (int j = 0; j < n; j += 4)
            wasm_v128_store(y + j, wasm_f32x4_mul(wasm_v128_load(x + j), wasm_v128_load(g + j)));
        scale[i] = quantize_row(n, y, q) * norm_factor(n, x, eps);
    }
}

static void gelu_quantize(int m, int n, float *x, int8_t *q, float *scale)
{
    if (n % LANES != 0) {
        ref_gelu_quantize(m, n, x, q, scale);
        return;
    }
    for (int i = 0; i < m * n; i += 4)
        wasm_v128_store(x + i, gelu_4(wasm_v128_load(x + i)));
    quantize(m, n, x, q, scale);
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

/* Sixteen sums over n numbers of each of some cells, which lie `cell` bytes apart: fours of a row meet
 * sixteen, keys or numbers of values, which are two sums each until the end and `step` bytes from
 * those of the four before; of each of the row's sixteen bits only those of `mask` count */
static __attribute__((noinline)) void sums(const int8_t *row, int mask, int cells, int n, const int8_t *sixteen, int step, size_t cell,
                                           v128_t ret[4])
{
    v128_t sum[8];
    for (int c = 0; c < 8; c++)
        sum[c] = wasm_i32x4_const_splat(0);
    for (; cells > 0; cells--, sixteen += cell) {
        const int8_t *s = sixteen;
        for (int j = 0; j < n; j += 8, row += 8, s += 2 * step) {
            v128_t q = wasm_v128_and(wasm_i16x8_load8x8(row), wasm_i16x8_splat((int16_t)mask));
            v128_t low = wasm_i64x2_shuffle(q, q, 0, 0), high = wasm_i64x2_shuffle(q, q, 1, 1);
            for (int c = 0; c < 8; c++) {
                sum[c] = wasm_i32x4_add(sum[c], wasm_i32x4_dot_i16x8(wasm_i16x8_load8x8(s + 8 * c), low));
                sum[c] = wasm_i32x4_add(sum[c], wasm_i32x4_dot_i16x8(wasm_i16x8_load8x8(s + step + 8 * c), high));
            }
        }
    }
    for (int h = 0; h < 4; h++) {
        v128_t even = wasm_i32x4_shuffle(sum[2 * h], sum[2 * h + 1], 0, 2, 4, 6);
        v128_t odd = wasm_i32x4_shuffle(sum[2 * h], sum[2 * h + 1], 1, 3, 5, 7);
        ret[h] = wasm_f32x4_convert_i32x4(wasm_i32x4_add(even, odd));
    }
}

/* Scores of the query for the cell of key `at`, without their bias */
static void score(const struct cells *g, int at, float *s)
{
    const float *scale = cells_scales(g, at);
    v128_t sum[4];
    sums(g->q, -1, 1, g->a->d, cells_at(g, at), 64, 0, sum);
    for (int h = 0; h < 4; h++) {
        v128_t by = wasm_f32x4_mul(wasm_v128_load(scale + 4 * h), wasm_f32x4_splat(g->factor[0]));
        wasm_v128_store(s + 4 * h, wasm_f32x4_mul(sum[h], by));
    }
}

/* Scores of all cells into weights; returns what their sums are times */
static __attribute__((noinline)) float weigh(const struct cells *g, float *s)
{
    float max = -INFINITY, widest = 0;
    v128_t sum[4];
    for (int key = g->first; key < g->last; key++) {
        if (key < g->from[0] || key >= g->end[0]) {
            s[key - g->first] = -INFINITY; /* its power is 0 */
            continue;
        }
        float v = s[key - g->first] + g->a->bias[key - g->t[0]];
        float scale = cells_scales(g, key)[KEY_BLOCK + key % KEY_BLOCK];
        s[key - g->first] = v;
        max = v > max ? v : max;
        widest = scale > widest ? scale : widest;
    }
    for (int h = 0; h < 4; h++)
        sum[h] = wasm_f32x4_const_splat(0);
    const v128_t off = wasm_f32x4_splat(max), up = wasm_f32x4_splat(cells_up(widest));
    const v128_t round = wasm_f32x4_const_splat(REF_ROUND);
    for (int at = 0; at < g->stride; at += KEY_BLOCK)
        for (int h = 0; h < 4; h++) {
            v128_t x = wasm_f32x4_sub(wasm_v128_load(s + at + 4 * h), off);
            v128_t seen = wasm_f32x4_ge(x, wasm_f32x4_const_splat(REF_EXP2_MIN)), e = wasm_v128_and(power_4(x), seen);
            v128_t by = wasm_f32x4_mul(wasm_v128_load(cells_scales(g, g->first + at) + KEY_BLOCK + 4 * h), up);
            /* by is infinite where the scale of a key that is not seen is far above all that are */
            v128_t w = wasm_i32x4_sub(wasm_f32x4_add(wasm_v128_and(wasm_f32x4_mul(e, by), seen), round), round);
            w = wasm_i16x8_narrow_i32x4(w, w);
            wasm_v128_store32_lane((int8_t *)g->weights + at + 4 * h, wasm_u8x16_narrow_i16x8(w, w), 0);
            sum[h] = wasm_f32x4_add(sum[h], e);
        }
    return cells_down(widest, fold(sum));
}

/* Sixteen numbers of the output, from number j on */
static void mix(const struct cells *g, int j, float by, float *y)
{
    v128_t sum[4];
    int d = g->a->d;
    sums(g->weights, 0xff, g->stride / KEY_BLOCK, KEY_BLOCK, cells_at(g, g->first) + KEY_BLOCK * d + 4 * j, 4 * d, g->cell, sum);
    for (int h = 0; h < 4; h++)
        wasm_v128_store(y + j + 4 * h, wasm_f32x4_mul(sum[h], wasm_f32x4_splat(by)));
}

static void put_cells(const struct put_cells *p)
{
    ref_put_cells_by(quantize, p);
}

static void attend_cells(const struct attend_cells *a)
{
    struct cells g;
    for (int i = 0; i < a->n * a->n_heads; i++) {
        const struct attend_cells one = ref_head(a, i / a->n);
        cells_open(&g, &one, 1, i % a->n, quantize);
        for (int at = g.first; at < g.last; at += KEY_BLOCK)
            score(&g, at, a->s + at - g.first);
        float by = weigh(&g, a->s);
        for (int j = 0; j < a->d; j += LANES)
            mix(&g, j, by, one.y + (size_t)(i % a->n) * (size_t)a->y_stride);
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
    .norm = ref_norm, /* of the last rows only */
    .norm_quantize = norm_quantize,
    .gelu_quantize = gelu_quantize,
    .put_cells = put_cells,
    .attend_cells = attend_cells,
    .dots = dots,
};
