/* Advanced SIMD for cores without the dot-product instruction (Cortex-A53).
 *
 * Two int8 products fit an int16 lane: SMULL of the lower halves, SMLAL2 of the
 * upper ones, 2 * 127 * 127 = 32,258 at most; SADALP then adds pairs of lanes to
 * int32. That is three instructions for sixteen products. The A53 issues in
 * order, so a tile of 4 x 4 sums gives the compiler enough independent work to
 * put between an instruction and the use of its result.
 *
 * The sixteen lanes of kernel.h are four registers. Shapes that are no multiple
 * of sixteen occur in tests only and go to ref.c. */
#include <arm_neon.h>
#include <math.h>
#include <string.h>

#include "infer/ref.h"

#define INLINE static inline __attribute__((always_inline))

enum { STEP = 16, ROWS = 4, COLUMNS = 4, LANES = 16, NORM_MOST = 1024 };

/* 16 -> 8 -> 4 -> 2 -> 1 */
INLINE float fold(const float32x4_t v[4])
{
    float32x4_t four = vaddq_f32(vaddq_f32(v[0], v[2]), vaddq_f32(v[1], v[3]));
    float32x2_t two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
    return vget_lane_f32(two, 0) + vget_lane_f32(two, 1);
}

/* x < limit ? x : limit, so that what is no number becomes the limit */
INLINE float32x4_t at_most(float32x4_t x, float limit)
{
    float32x4_t v = vdupq_n_f32(limit);
    return vbslq_f32(vcltq_f32(x, v), x, v);
}

INLINE float32x4_t at_least(float32x4_t x, float limit)
{
    float32x4_t v = vdupq_n_f32(limit);
    return vbslq_f32(vcgtq_f32(x, v), x, v);
}

INLINE float32x4_t exp_4(float32x4_t x)
{
    const float32x4_t round = vdupq_n_f32(REF_ROUND);
    uint32x4_t below = vcltq_f32(x, vdupq_n_f32(REF_EXP_MIN));
    x = at_most(x, REF_EXP_MAX);
    float32x4_t n = vsubq_f32(vaddq_f32(vmulq_f32(x, vdupq_n_f32(REF_LOG2E)), round), round);
    float32x4_t r = vsubq_f32(x, vmulq_f32(n, vdupq_n_f32(REF_LN2_HIGH)));
    r = vsubq_f32(r, vmulq_f32(n, vdupq_n_f32(REF_LN2_LOW)));
    float32x4_t q = vdupq_n_f32(REF_EXP_C6);
    q = vaddq_f32(vmulq_f32(q, r), vdupq_n_f32(REF_EXP_C5));
    q = vaddq_f32(vmulq_f32(q, r), vdupq_n_f32(REF_EXP_C4));
    q = vaddq_f32(vmulq_f32(q, r), vdupq_n_f32(REF_EXP_C3));
    q = vaddq_f32(vmulq_f32(q, r), vdupq_n_f32(REF_EXP_C2));
    float32x4_t e = vmulq_f32(vmulq_f32(q, r), r);
    e = vaddq_f32(vaddq_f32(e, r), vdupq_n_f32(1.0F));
    int32x4_t power = vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127)), 23);
    e = vmulq_f32(e, vreinterpretq_f32_s32(power));
    return vreinterpretq_f32_u32(vbicq_u32(vreinterpretq_u32_f32(e), below));
}

INLINE float32x4_t gelu_4(float32x4_t v)
{
    float32x4_t cube = vmulq_f32(vmulq_f32(v, v), v);
    float32x4_t u = vaddq_f32(v, vmulq_f32(vdupq_n_f32(REF_GELU_CUBE), cube));
    u = vmulq_f32(vdupq_n_f32(REF_GELU_SLOPE), u);
    return vdivq_f32(v, vaddq_f32(vdupq_n_f32(1.0F), exp_4(vnegq_f32(u))));
}

/* Sums of row i, columns j and, when c is COLUMNS, the three after it */
INLINE void finish(const struct gemm *g, int i, int j, int c, int32x4_t sum)
{
    float *y = (float *)g->y + (size_t)i * (size_t)g->stride + (size_t)j;
    if (c != COLUMNS) {
        int32_t one = vgetq_lane_s32(sum, 0);
        if (g->end == GEMM_SUMS)
            *(int32_t *)y = one;
        else
            *y = ref_end(g, i, j, one, *y);
        return;
    }
    if (g->end == GEMM_SUMS) {
        vst1q_s32((int32_t *)y, sum);
        return;
    }
    float32x4_t scale = vmulq_n_f32(vld1q_f32(g->w_scale + j), g->a_scale[i]);
    float32x4_t v = vmulq_f32(vcvtq_f32_s32(sum), scale);
    if (g->bias)
        v = vaddq_f32(v, vld1q_f32(g->bias + j));
    if (g->end == GEMM_ADD)
        v = vaddq_f32(v, vld1q_f32(y));
    vst1q_f32(y, g->end == GEMM_GELU ? gelu_4(v) : v);
}

/* A tile of m <= ROWS activation rows by c <= COLUMNS weight rows. */
INLINE void tile(const struct gemm *g, int m, int c, int row, int column)
{
    int k = g->k;
    const int8_t *a = g->a + (size_t)row * (size_t)k;
    const int8_t *w = (const int8_t *)g->w + (size_t)column * (size_t)k;
    int32x4_t sum[ROWS][COLUMNS];
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            sum[i][j] = vdupq_n_s32(0);
    for (int l = 0; l < k; l += STEP) {
        int8x16_t x[ROWS];
        for (int i = 0; i < m; i++)
            x[i] = vld1q_s8(a + (size_t)i * (size_t)k + l);
        for (int j = 0; j < c; j++) {
            int8x16_t y = vld1q_s8(w + (size_t)j * (size_t)k + l);
            for (int i = 0; i < m; i++) {
                int16x8_t pairs = vmull_s8(vget_low_s8(x[i]), vget_low_s8(y));
                pairs = vmlal_high_s8(pairs, x[i], y);
                sum[i][j] = vpadalq_s16(sum[i][j], pairs);
            }
        }
    }
    for (int i = 0; i < m; i++) {
        int32x4_t out =
            vpaddq_s32(vpaddq_s32(sum[i][0], sum[i][1]), vpaddq_s32(sum[i][2], sum[i][3]));
        finish(g, row + i, column, c, out);
    }
}

/* Weight rows are the outer loop: each is read from memory once for all rows. */
INLINE void strip(const struct gemm *g, int c, int column)
{
    int i = 0;
    for (; i + ROWS <= g->m; i += ROWS)
        tile(g, ROWS, c, i, column);
    if (g->m - i == 3)
        tile(g, 3, c, i, column);
    else if (g->m - i == 2)
        tile(g, 2, c, i, column);
    else if (g->m - i == 1)
        tile(g, 1, c, i, column);
}

static void gemm(const struct gemm *g)
{
    int j = 0;
    for (; j + COLUMNS <= g->n; j += COLUMNS)
        strip(g, COLUMNS, j);
    for (; j < g->n; j++)
        strip(g, 1, j);
}

static float quantize(int n, const float *x, int8_t *q)
{
    if (n % LANES != 0)
        return ref_quantize(n, x, q);
    float32x4_t top = vdupq_n_f32(0);
    for (int i = 0; i < n; i += 4)
        top = vmaxnmq_f32(top, vabsq_f32(vld1q_f32(x + i)));
    float max = vmaxnmvq_f32(top);
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    float up = 127.0F / max;
    for (int i = 0; i < n; i += LANES) {
        int16x4_t v[4];
        for (int j = 0; j < 4; j++) {
            float32x4_t s = vmulq_n_f32(vld1q_f32(x + i + 4 * j), up);
            v[j] = vmovn_s32(vcvtnq_s32_f32(at_least(at_most(s, 127.0F), -127.0F)));
        }
        vst1q_s8(q + i, vcombine_s8(vmovn_s16(vcombine_s16(v[0], v[1])),
                                    vmovn_s16(vcombine_s16(v[2], v[3]))));
    }
    return max / 127.0F;
}

static void norm(int n, const float *x, const float *g, float eps, float *y)
{
    if (n % LANES != 0) {
        ref_norm(n, x, g, eps, y);
        return;
    }
    float32x4_t sum[4];
    for (int h = 0; h < 4; h++)
        sum[h] = vdupq_n_f32(0);
    for (int i = 0; i < n; i += LANES)
        for (int h = 0; h < 4; h++) {
            float32x4_t v = vld1q_f32(x + i + 4 * h);
            sum[h] = vaddq_f32(sum[h], vmulq_f32(v, v));
        }
    float r = 1.0F / sqrtf(fold(sum) / (float)n + eps);
    for (int i = 0; i < n; i += 4)
        vst1q_f32(y + i, vmulq_f32(vmulq_n_f32(vld1q_f32(x + i), r), vld1q_f32(g + i)));
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
    if (d % 8 != 0) {
        ref_embed(n_rows, d, row, scale, y);
        return;
    }
    for (int i = 0; i < d; i += 8) {
        float32x4_t sum[2] = {vdupq_n_f32(0), vdupq_n_f32(0)};
        for (int r = 0; r < n_rows; r++) {
            int16x8_t e = vmovl_s8(vld1_s8(row[r] + i));
            float32x4_t low = vcvtq_f32_s32(vmovl_s16(vget_low_s16(e)));
            float32x4_t high = vcvtq_f32_s32(vmovl_s16(vget_high_s16(e)));
            sum[0] = vaddq_f32(sum[0], vmulq_n_f32(low, scale[r]));
            sum[1] = vaddq_f32(sum[1], vmulq_n_f32(high, scale[r]));
        }
        vst1q_f32(y + i, sum[0]);
        vst1q_f32(y + i + 4, sum[1]);
    }
}

static void dots(int n, int d, const float *x, const float *w, const float *bias, float *y)
{
    if (d % LANES != 0) {
        ref_dots(n, d, x, w, bias, y);
        return;
    }
    for (int i = 0; i < n; i++, w += d) {
        float32x4_t sum[4];
        for (int h = 0; h < 4; h++)
            sum[h] = vdupq_n_f32(0);
        for (int j = 0; j < d; j += LANES)
            for (int h = 0; h < 4; h++)
                sum[h] = vaddq_f32(sum[h], vmulq_f32(vld1q_f32(x + j + 4 * h), vld1q_f32(w + j + 4 * h)));
        y[i] = fold(sum) + bias[i];
    }
}

/* exp of the scores of keys from..end-1 into s, zeros beside them in the same
 * blocks; returns 1 / their sum */
INLINE float weigh(const struct attend *a, const float *q, int t, int from, int end, float *s)
{
    int first = from / KEY_BLOCK * KEY_BLOCK, last = (end + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK;
    float max = -INFINITY;
    float32x4_t sum[4];
    for (int at = first; at < last; at += KEY_BLOCK) {
        const float *key = a->keys + (size_t)(at / KEY_BLOCK) * (size_t)a->key_stride;
        for (int h = 0; h < 4; h++)
            sum[h] = vdupq_n_f32(0);
        for (int j = 0; j < a->d; j++, key += KEY_BLOCK)
            for (int h = 0; h < 4; h++)
                sum[h] = vaddq_f32(sum[h], vmulq_n_f32(vld1q_f32(key + 4 * h), q[j]));
        for (int h = 0; h < 4; h++)
            vst1q_f32(s + at + 4 * h, sum[h]);
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
        sum[h] = vdupq_n_f32(0);
    for (int at = first; at < last; at += KEY_BLOCK)
        for (int h = 0; h < 4; h++) {
            float32x4_t e = exp_4(vsubq_f32(vld1q_f32(s + at + 4 * h), vdupq_n_f32(max)));
            vst1q_f32(s + at + 4 * h, e);
            sum[h] = vaddq_f32(sum[h], e);
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
        float r = weigh(a, a->q + (size_t)i * (size_t)a->q_stride, t, from, end, a->s);
        for (int j = 0; j < a->d; j += LANES) {
            float32x4_t sum[4];
            for (int h = 0; h < 4; h++)
                sum[h] = vdupq_n_f32(0);
            for (int key = from; key < end; key++) {
                const float *row = a->v + (size_t)key * (size_t)a->v_stride + j;
                for (int h = 0; h < 4; h++)
                    sum[h] = vaddq_f32(sum[h], vmulq_n_f32(vld1q_f32(row + 4 * h), a->s[key]));
            }
            for (int h = 0; h < 4; h++)
                vst1q_f32(y + j + 4 * h, vmulq_n_f32(sum[h], r));
        }
    }
}

extern const struct kernel kernel_neon;
const struct kernel kernel_neon = {
    .name = "neon",
    .gemm = gemm,
    .embed = embed,
    .quantize = quantize,
    .norm = norm,
    .norm_quantize = norm_quantize,
    .put_keys = ref_put_keys,
    .attend = attend,
    .dots = dots,
};
