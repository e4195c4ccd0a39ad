/* What kernels in 512-bit registers share: one register is the sixteen lanes of
 * kernel.h. Ends are masked. For files compiled with AVX-512 F, BW, DQ and VL;
 * ref.c defines all. */
#ifndef INFER_X86_ZMM_H
#define INFER_X86_ZMM_H

#include <immintrin.h>

#include "infer/ref.h"

#define INLINE static inline __attribute__((always_inline))

enum { LANES = 16 };

/* The first n of sixteen lanes; n > 16 is all, n <= 0 none */
INLINE __mmask16 mask_of(int n)
{
    return (__mmask16)(n >= LANES ? 0xffff : n <= 0 ? 0 : (1 << n) - 1);
}

INLINE __m512 load(const float *p, int n)
{
    return n >= LANES ? _mm512_loadu_ps(p) : _mm512_maskz_loadu_ps(mask_of(n), p);
}

INLINE void store(float *p, __m512 v, int n)
{
    if (n >= LANES)
        _mm512_storeu_ps(p, v);
    else
        _mm512_mask_storeu_ps(p, mask_of(n), v);
}

/* 16 -> 8 -> 4 -> 2 -> 1 */
INLINE float fold(__m512 v)
{
    __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1));
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(four, _mm_movehdup_ps(four)));
}

INLINE float largest(__m512 v)
{
    __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1));
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
}

/* VSCALEFPS multiplies by the power of two, exactly as ref.c does where the
 * result is normal, and here it always is. */
INLINE __m512 exp_16(__m512 x)
{
    const __m512 round = _mm512_set1_ps(REF_ROUND);
    __mmask16 in_range = _mm512_cmp_ps_mask(x, _mm512_set1_ps(REF_EXP_MIN), _CMP_NLT_UQ);
    x = _mm512_min_ps(x, _mm512_set1_ps(REF_EXP_MAX));
    __m512 n =
        _mm512_sub_ps(_mm512_add_ps(_mm512_mul_ps(x, _mm512_set1_ps(REF_LOG2E)), round), round);
    __m512 r = _mm512_sub_ps(x, _mm512_mul_ps(n, _mm512_set1_ps(REF_LN2_HIGH)));
    r = _mm512_sub_ps(r, _mm512_mul_ps(n, _mm512_set1_ps(REF_LN2_LOW)));
    __m512 q = _mm512_set1_ps(REF_EXP_C6);
    q = _mm512_add_ps(_mm512_mul_ps(q, r), _mm512_set1_ps(REF_EXP_C5));
    q = _mm512_add_ps(_mm512_mul_ps(q, r), _mm512_set1_ps(REF_EXP_C4));
    q = _mm512_add_ps(_mm512_mul_ps(q, r), _mm512_set1_ps(REF_EXP_C3));
    q = _mm512_add_ps(_mm512_mul_ps(q, r), _mm512_set1_ps(REF_EXP_C2));
    __m512 e = _mm512_mul_ps(_mm512_mul_ps(q, r), r);
    e = _mm512_add_ps(_mm512_add_ps(e, r), _mm512_set1_ps(1.0F));
    return _mm512_maskz_scalef_ps(in_range, e, n);
}

INLINE __m512 gelu_16(__m512 v)
{
    __m512 cube = _mm512_mul_ps(_mm512_mul_ps(v, v), v);
    __m512 u = _mm512_add_ps(v, _mm512_mul_ps(_mm512_set1_ps(REF_GELU_CUBE), cube));
    u = _mm512_mul_ps(_mm512_set1_ps(REF_GELU_SLOPE), u);
    __m512 e = exp_16(_mm512_xor_ps(u, _mm512_set1_ps(-0.0F)));
    return _mm512_div_ps(v, _mm512_add_ps(_mm512_set1_ps(1.0F), e));
}

/* Sums at row i, columns j to j + 15, of which some may be past the last */
INLINE void finish_16(const struct gemm *g, enum gemm_end end, int i, int j, __m512i sum)
{
    int n = g->n - j;
    float *y = (float *)g->y + (size_t)i * (size_t)g->stride + (size_t)j;
    if (end == GEMM_SUMS) {
        store(y, _mm512_castsi512_ps(sum), n);
        return;
    }
    __m512 scale = _mm512_mul_ps(_mm512_set1_ps(g->a_scale[i]), load(g->w_scale + j, n));
    __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scale);
    if (g->bias)
        v = _mm512_add_ps(v, load(g->bias + j, n));
    if (end == GEMM_ADD)
        v = _mm512_add_ps(v, load(y, n));
    store(y, end == GEMM_GELU ? gelu_16(v) : v, n);
}

#endif
