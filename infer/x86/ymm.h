/* What kernels in 256-bit registers share: ends of rows, folding, exp, GELU, and
 * what becomes of a tile of sums. For files compiled with AVX2; ref.c defines all.
 *
 * Floats follow the sixteen lanes of kernel.h: two registers, block 2 i in the
 * lower, block 2 i + 1 in the upper. Ends are read with VMASKMOVPS, which does
 * not touch what it leaves out. */
#ifndef INFER_X86_YMM_H
#define INFER_X86_YMM_H

#include <immintrin.h>

#include "infer/ref.h"

#define INLINE static inline __attribute__((always_inline))

/* Before a loop over registers: gcc would sooner keep them in memory. */
#define UNROLL _Pragma("GCC unroll 16")

/* The first n of eight lanes; n > 8 is all, n <= 0 none */
INLINE __m256i mask_of(int n)
{
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), lane);
}

INLINE __m256 load(const float *p, int n)
{
    return n >= 8 ? _mm256_loadu_ps(p) : _mm256_maskload_ps(p, mask_of(n));
}

INLINE void store(float *p, __m256 v, int n)
{
    if (n >= 8)
        _mm256_storeu_ps(p, v);
    else
        _mm256_maskstore_ps(p, mask_of(n), v);
}

/* 16 -> 8 -> 4 */
INLINE __m128 fold_to_4(__m256 lower, __m256 upper)
{
    __m256 v = _mm256_add_ps(lower, upper);
    return _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
}

INLINE float fold(__m256 lower, __m256 upper)
{
    __m128 v = fold_to_4(lower, upper);
    v = _mm_add_ps(v, _mm_movehl_ps(v, v));
    return _mm_cvtss_f32(_mm_add_ss(v, _mm_movehdup_ps(v)));
}

INLINE float largest(__m256 v)
{
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
}

INLINE __m256 absolute(__m256 v)
{
    return _mm256_and_ps(v, _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff)));
}

/* 2^x, |x| <= 126 */
INLINE __m256 exp2_8(__m256 x)
{
    __m256 n = _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m256 f = _mm256_sub_ps(x, n), q = _mm256_set1_ps(REF_EXP2_C5);
    q = _mm256_add_ps(_mm256_mul_ps(q, f), _mm256_set1_ps(REF_EXP2_C4));
    q = _mm256_add_ps(_mm256_mul_ps(q, f), _mm256_set1_ps(REF_EXP2_C3));
    q = _mm256_add_ps(_mm256_mul_ps(q, f), _mm256_set1_ps(REF_EXP2_C2));
    q = _mm256_add_ps(_mm256_mul_ps(q, f), _mm256_set1_ps(REF_EXP2_C1));
    q = _mm256_add_ps(_mm256_mul_ps(q, f), _mm256_set1_ps(REF_EXP2_C0));
    __m256i power =
        _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23);
    return _mm256_mul_ps(q, _mm256_castsi256_ps(power));
}

/* The same within 1e-4 */
INLINE __m256 power_8(__m256 x)
{
    __m256 n = _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m256 f = _mm256_sub_ps(x, n), q = _mm256_set1_ps(REF_POWER_C3);
    q = _mm256_add_ps(_mm256_mul_ps(q, f), _mm256_set1_ps(REF_POWER_C2));
    q = _mm256_add_ps(_mm256_mul_ps(q, f), _mm256_set1_ps(REF_POWER_C1));
    q = _mm256_add_ps(_mm256_mul_ps(q, f), _mm256_set1_ps(REF_POWER_C0));
    __m256i power =
        _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23);
    return _mm256_mul_ps(q, _mm256_castsi256_ps(power));
}

INLINE __m256 gelu_8(__m256 x)
{
    const __m256 most = _mm256_set1_ps(REF_GELU_MOST);
    __m256 u = _mm256_min_ps(absolute(x), most), low = _mm256_mul_ps(u, _mm256_sub_ps(u, most));
    __m256 high = _mm256_mul_ps(u, _mm256_sub_ps(u, _mm256_set1_ps(REF_GELU_OFF)));
    low = _mm256_mul_ps(low, _mm256_add_ps(high, _mm256_set1_ps(REF_GELU_PLUS)));
    low = _mm256_mul_ps(low, _mm256_set1_ps(REF_GELU_BY));
    return _mm256_add_ps(_mm256_max_ps(x, _mm256_setzero_ps()), low);
}

/* Sums at row i, columns j to j + 7, of which some may be past the last */
INLINE void finish_8(const struct gemm *g, int i, int j, __m256i sum)
{
    int n = g->n - j;
    float *y = (float *)g->y + (size_t)i * (size_t)g->stride + (size_t)j;
    if (g->end == GEMM_SUMS) {
        store(y, _mm256_castsi256_ps(sum), n);
        return;
    }
    __m256 scale = _mm256_mul_ps(_mm256_set1_ps(g->a_scale[i]), load(g->w_scale + j, n));
    __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale);
    if (g->bias)
        v = _mm256_add_ps(v, load(g->bias + j, n));
    if (g->end == GEMM_ADD)
        v = _mm256_add_ps(v, load(y, n));
    store(y, v, n);
}

#endif
