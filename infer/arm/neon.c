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

enum { STEP = 16, ROWS = 4, COLUMNS = 4, LANES = 16 };

/* A tile of m <= ROWS activation rows by c <= COLUMNS weight rows. */
INLINE void tile(int m, int c, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
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
        if (c == COLUMNS)
            vst1q_s32(acc + (size_t)i * (size_t)n, out);
        else
            acc[(size_t)i * (size_t)n] = vgetq_lane_s32(out, 0);
    }
}

INLINE void strip(int m, int c, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
    for (; m >= ROWS; m -= ROWS) {
        tile(ROWS, c, n, k, a, w, acc);
        a += ROWS * (size_t)k;
        acc += ROWS * (size_t)n;
    }
    if (m == 3)
        tile(3, c, n, k, a, w, acc);
    else if (m == 2)
        tile(2, c, n, k, a, w, acc);
    else if (m == 1)
        tile(1, c, n, k, a, w, acc);
}

/* Weight rows are the outer loop: each is read from memory once for all rows. */
static void gemm_i8(int m, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
    int j = 0;
    for (; j + COLUMNS <= n; j += COLUMNS)
        strip(m, COLUMNS, n, k, a, w + (size_t)j * (size_t)k, acc + j);
    for (; j < n; j++)
        strip(m, 1, n, k, a, w + (size_t)j * (size_t)k, acc + j);
}

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

static float quantize_row(int n, const float *x, int8_t *q)
{
    if (n % LANES != 0)
        return ref_quantize_row(n, x, q);
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

static void rms_norm(int n, const float *x, const float *g, float eps, float *y)
{
    if (n % LANES != 0) {
        ref_rms_norm(n, x, g, eps, y);
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

static void dequantize(int n, const int32_t *acc, float a_scale, const float *w_scale,
                       const float *add, float *y)
{
    int whole = n / 4 * 4;
    for (int i = 0; i < whole; i += 4) {
        float32x4_t scale = vmulq_n_f32(vld1q_f32(w_scale + i), a_scale);
        float32x4_t v = vmulq_f32(vcvtq_f32_s32(vld1q_s32(acc + i)), scale);
        vst1q_f32(y + i, add ? vaddq_f32(v, vld1q_f32(add + i)) : v);
    }
    ref_dequantize(n - whole, acc + whole, a_scale, w_scale + whole, add ? add + whole : NULL,
                   y + whole);
}

static void gelu(int n, float *x)
{
    int whole = n / 4 * 4;
    for (int i = 0; i < whole; i += 4) {
        float32x4_t v = vld1q_f32(x + i);
        float32x4_t cube = vmulq_f32(vmulq_f32(v, v), v);
        float32x4_t u = vaddq_f32(v, vmulq_f32(vdupq_n_f32(REF_GELU_CUBE), cube));
        u = vmulq_f32(vdupq_n_f32(REF_GELU_SLOPE), u);
        float32x4_t e = exp_4(vnegq_f32(u));
        vst1q_f32(x + i, vdivq_f32(v, vaddq_f32(vdupq_n_f32(1.0F), e)));
    }
    ref_gelu(n - whole, x + whole);
}

/* One dot product a call, or two side by side that share the loads of q. */
INLINE void dot(int keys, int d, const float *q, const float *k, int stride, float *ret)
{
    float32x4_t sum[2][4];
    for (int i = 0; i < keys; i++)
        for (int h = 0; h < 4; h++)
            sum[i][h] = vdupq_n_f32(0);
    for (int j = 0; j < d; j += LANES)
        for (int h = 0; h < 4; h++) {
            float32x4_t v = vld1q_f32(q + j + 4 * h);
            for (int i = 0; i < keys; i++) {
                float32x4_t u = vld1q_f32(k + (size_t)i * (size_t)stride + j + 4 * h);
                sum[i][h] = vaddq_f32(sum[i][h], vmulq_f32(v, u));
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
    float32x4_t top = vdupq_n_f32(s[0]), sum[4];
    for (int i = 0; i < whole; i += 4)
        top = vmaxnmq_f32(top, vld1q_f32(s + i));
    float max = vmaxnmvq_f32(top);
    for (int i = whole; i < n; i++)
        max = s[i] > max ? s[i] : max;
    for (int h = 0; h < 4; h++)
        sum[h] = vdupq_n_f32(0);
    float32x4_t off = vdupq_n_f32(max);
    for (int i = 0; i < n; i += LANES) {
        float end[LANES], *block = s + i;
        if (n - i < LANES) { /* the rest of the block is exp(-inf) = 0 */
            for (int j = 0; j < LANES; j++)
                end[j] = j < n - i ? s[i + j] : -INFINITY;
            block = end;
        }
        for (int h = 0; h < 4; h++) {
            float32x4_t e = exp_4(vsubq_f32(vld1q_f32(block + 4 * h), off));
            vst1q_f32(block + 4 * h, e);
            sum[h] = vaddq_f32(sum[h], e);
        }
        if (block == end)
            memcpy(s + i, end, (size_t)(n - i) * sizeof(*s));
    }
    float r = 1.0F / fold(sum);
    for (int i = 0; i < whole; i += 4)
        vst1q_f32(s + i, vmulq_n_f32(vld1q_f32(s + i), r));
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
        float32x4_t sum[4];
        for (int h = 0; h < 4; h++)
            sum[h] = vdupq_n_f32(0);
        for (int i = 0; i < n; i++) {
            const float *row = v + (size_t)i * (size_t)stride + j;
            for (int h = 0; h < 4; h++)
                sum[h] = vaddq_f32(sum[h], vmulq_n_f32(vld1q_f32(row + 4 * h), p[i]));
        }
        for (int h = 0; h < 4; h++)
            vst1q_f32(y + j + 4 * h, sum[h]);
    }
}

extern const struct kernel kernel_neon;
const struct kernel kernel_neon = {
    .name = "neon",
    .gemm_i8 = gemm_i8,
    .quantize_row = quantize_row,
    .rms_norm = rms_norm,
    .dequantize = dequantize,
    .gelu = gelu,
    .attn_scores = attn_scores,
    .softmax = softmax,
    .attn_mix = attn_mix,
};
