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
#define UNROLL _Pragma("GCC unroll 16")

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

INLINE float32x4_t gelu_4(float32x4_t x)
{
    float32x4_t u = vmulq_f32(vdupq_n_f32(REF_GELU_B), vmulq_f32(x, x));
    u = vmulq_f32(x, vaddq_f32(vdupq_n_f32(REF_GELU_A), u));
    u = at_least(at_most(u, REF_GELU_MOST), -REF_GELU_MOST);
    return vdivq_f32(x, vaddq_f32(vdupq_n_f32(1.0F), exp2_4(u)));
}

/* Sums of row i, columns j to j + 3, of which those beyond n are nothing's */
INLINE void finish(const struct gemm *g, int i, int j, int32x4_t sum)
{
    float *y = (float *)g->y + (size_t)i * (size_t)g->stride + (size_t)j;
    if (g->n - j < 4) {
        int32_t one[4];
        vst1q_s32(one, sum);
        for (int c = 0; c < g->n - j; c++)
            if (g->end == GEMM_SUMS)
                ((int32_t *)y)[c] = one[c];
            else
                y[c] = ref_end(g, i, j + c, one[c], y[c]);
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
    vst1q_f32(y, v);
}

#endif
#endif
