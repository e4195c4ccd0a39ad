/* What the kernels of ARM share: four floats at a time, and the end of a sum.
 *
 * Only infer/arm includes this. Every function gives the bits of its name in
 * infer/ref.c: no FMA, the same order. */
#ifndef INFER_ARM_VECTOR_H
#define INFER_ARM_VECTOR_H

#include "infer/ref.h"

#ifdef __ARM_NEON

#include <arm_neon.h>

#define INLINE static inline __attribute__((always_inline))
/* Before a short loop over registers: gcc counts its cost wrongly and would index memory. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* 16 -> 8 -> 4 -> 2 -> 1 */
INLINE float fold(const float32x4_t v[4])
{
    float32x4_t four = vaddq_f32(vaddq_f32(v[0], v[2]), vaddq_f32(v[1], v[3]));
    float32x2_t two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
    return vget_lane_f32(two, 0) + vget_lane_f32(two, 1);
}

/* x < limit ? x : limit, and what is no number becomes the limit */
INLINE float32x4_t at_most(float32x4_t x, float limit)
{
    return vminnmq_f32(x, vdupq_n_f32(limit));
}

INLINE float32x4_t at_least(float32x4_t x, float limit)
{
    return vmaxnmq_f32(x, vdupq_n_f32(limit));
}

/* 2^x, |x| <= 126 */
INLINE float32x4_t exp2_4(float32x4_t x)
{
    float32x4_t n = vrndnq_f32(x), f = vsubq_f32(x, n);
    float32x4_t q = vdupq_n_f32(REF_EXP2_C5);
    q = vaddq_f32(vmulq_f32(q, f), vdupq_n_f32(REF_EXP2_C4));
    q = vaddq_f32(vmulq_f32(q, f), vdupq_n_f32(REF_EXP2_C3));
    q = vaddq_f32(vmulq_f32(q, f), vdupq_n_f32(REF_EXP2_C2));
    q = vaddq_f32(vmulq_f32(q, f), vdupq_n_f32(REF_EXP2_C1));
    q = vaddq_f32(vmulq_f32(q, f), vdupq_n_f32(REF_EXP2_C0));
    int32x4_t power = vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127)), 23);
    return vmulq_f32(q, vreinterpretq_f32_s32(power));
}

/* The same within 1e-4 */
INLINE float32x4_t power_4(float32x4_t x)
{
    float32x4_t n = vrndnq_f32(x), f = vsubq_f32(x, n);
    float32x4_t q = vdupq_n_f32(REF_POWER_C3);
    q = vaddq_f32(vmulq_f32(q, f), vdupq_n_f32(REF_POWER_C2));
    q = vaddq_f32(vmulq_f32(q, f), vdupq_n_f32(REF_POWER_C1));
    q = vaddq_f32(vmulq_f32(q, f), vdupq_n_f32(REF_POWER_C0));
    int32x4_t power = vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127)), 23);
    return vmulq_f32(q, vreinterpretq_f32_s32(power));
}

INLINE float32x4_t gelu_4(float32x4_t x)
{
    float32x4_t u = at_most(vabsq_f32(x), REF_GELU_MOST);
    float32x4_t low = vmulq_f32(u, vsubq_f32(u, vdupq_n_f32(REF_GELU_MOST)));
    float32x4_t high = vmulq_f32(u, vsubq_f32(u, vdupq_n_f32(REF_GELU_OFF)));
    low = vmulq_f32(low, vaddq_f32(high, vdupq_n_f32(REF_GELU_PLUS)));
    return vaddq_f32(at_least(x, 0), vmulq_n_f32(low, REF_GELU_BY));
}

/* Sums of row i, columns j to j + 3, of which those beyond n are nothing's */
static __attribute__((noinline, unused)) void finish_part(const struct gemm *g, int i, int j,
                                                          int32x4_t sum)
{
    int32_t one[4], *y = (int32_t *)g->y + (size_t)i * (size_t)g->stride + (size_t)j;
    vst1q_s32(one, sum);
    for (int c = 0; c < 4 && j + c < g->n; c++)
        if (g->end == GEMM_SUMS)
            y[c] = one[c];
        else
            ((float *)y)[c] = ref_end(g, i, j + c, one[c], ((float *)y)[c]);
}

/* The same of m rows from i on, which share what belongs to the columns; nothing of columns beyond n */
INLINE void finish(const struct gemm *g, int m, int i, int j, const int32x4_t *sum)
{
    if (g->n - j < 4 || g->end == GEMM_SUMS) {
        for (int r = 0; r < m; r++)
            finish_part(g, i + r, j, sum[r]);
        return;
    }
    size_t stride = (size_t)g->stride;
    float *y = (float *)g->y + (size_t)i * stride + (size_t)j;
    const float *a_scale = g->a_scale + i, *bias = g->bias ? g->bias + j : NULL;
    float32x4_t w_scale = vld1q_f32(g->w_scale + j), b = vdupq_n_f32(0);
    bool add = g->end == GEMM_ADD;
    if (bias)
        b = vld1q_f32(bias);
    UNROLL
    for (int r = 0; r < m; r++, y += stride) {
        float32x4_t v = vmulq_f32(vcvtq_f32_s32(sum[r]), vmulq_n_f32(w_scale, a_scale[r]));
        if (bias)
            v = vaddq_f32(v, b);
        if (add)
            v = vaddq_f32(v, vld1q_f32(y));
        vst1q_f32(y, v);
    }
}

#endif
#endif
