/* What kernels in 512-bit registers share: one register is the sixteen lanes of
 * kernel.h. Ends are masked. For files compiled with AVX-512 F, BW, DQ and VL;
 * ref.c defines all. */
#ifndef INFER_X86_ZMM_H
#define INFER_X86_ZMM_H

#include <immintrin.h>

#include "infer/ref.h"

#define INLINE static inline __attribute__((always_inline))

/* Before a loop over registers: gcc would sooner keep them in memory. */
#define UNROLL _Pragma("GCC unroll 16")

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

/* Each of eight rows folded, in the order of fold(): row i in lane i, and again in i + 8.
 * Together they need a third of the instructions, and do not wait for each other. */
INLINE __m512 fold_8(const __m512 v[8])
{
    __m512 h[4], q[2];
    for (int i = 0; i < 4; i++) /* rows 2 i, 2 i + 1: 16 -> 8 each */
        h[i] = _mm512_add_ps(_mm512_shuffle_f32x4(v[2 * i], v[2 * i + 1], 0x44),
                             _mm512_shuffle_f32x4(v[2 * i], v[2 * i + 1], 0xee));
    for (int i = 0; i < 2; i++) /* rows 4 i … 4 i + 3, a quarter of a register each: 8 -> 4 */
        q[i] = _mm512_add_ps(_mm512_shuffle_f32x4(h[2 * i], h[2 * i + 1], 0x88),
                             _mm512_shuffle_f32x4(h[2 * i], h[2 * i + 1], 0xdd));
    __m512 two = _mm512_add_ps(_mm512_shuffle_ps(q[0], q[1], 0x44),
                               _mm512_shuffle_ps(q[0], q[1], 0xee)); /* quarters: rows i, i + 4 */
    __m512 one = _mm512_add_ps(_mm512_shuffle_ps(two, two, 0x88), _mm512_shuffle_ps(two, two, 0xdd));
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 0, 4, 8, 12, 1, 5, 9, 13);
    return _mm512_permutexvar_ps(order, one);
}

/* The largest of each of eight rows, in lanes as fold_8() */
INLINE __m512 largest_8(const __m512 v[8])
{
    __m512 h[4], q[2];
    for (int i = 0; i < 4; i++)
        h[i] = _mm512_max_ps(_mm512_shuffle_f32x4(v[2 * i], v[2 * i + 1], 0x44),
                             _mm512_shuffle_f32x4(v[2 * i], v[2 * i + 1], 0xee));
    for (int i = 0; i < 2; i++)
        q[i] = _mm512_max_ps(_mm512_shuffle_f32x4(h[2 * i], h[2 * i + 1], 0x88),
                             _mm512_shuffle_f32x4(h[2 * i], h[2 * i + 1], 0xdd));
    __m512 two = _mm512_max_ps(_mm512_shuffle_ps(q[0], q[1], 0x44),
                               _mm512_shuffle_ps(q[0], q[1], 0xee));
    __m512 one = _mm512_max_ps(_mm512_shuffle_ps(two, two, 0x88), _mm512_shuffle_ps(two, two, 0xdd));
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 0, 4, 8, 12, 1, 5, 9, 13);
    return _mm512_permutexvar_ps(order, one);
}

/* Lane i everywhere */
INLINE __m512 spread(__m512 v, int i)
{
    return _mm512_permutexvar_ps(_mm512_set1_epi32(i), v);
}

/* q = q * f + c in n registers */
INLINE void times_plus(int n, __m512 *q, const __m512 *f, float c)
{
    UNROLL
    for (int i = 0; i < n; i++)
        q[i] = _mm512_add_ps(_mm512_mul_ps(q[i], f[i]), _mm512_set1_ps(c));
}

/* 2^x in n registers, |x| <= 126: step by step for all of them, because one alone is
 * a chain of instructions that each wait for the one before, and a few such chains
 * after another fill what the core can look ahead. VSCALEFPS multiplies by the power
 * of two, exactly as ref.c does where the result is normal, and here it always is. */
INLINE void exp2_all(int n, __m512 *x)
{
    __m512 whole[8], q[8];
    UNROLL
    for (int i = 0; i < n; i++)
        whole[i] = _mm512_roundscale_ps(x[i], _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    UNROLL
    for (int i = 0; i < n; i++) {
        x[i] = _mm512_sub_ps(x[i], whole[i]);
        q[i] = _mm512_set1_ps(REF_EXP2_C5);
    }
    times_plus(n, q, x, REF_EXP2_C4);
    times_plus(n, q, x, REF_EXP2_C3);
    times_plus(n, q, x, REF_EXP2_C2);
    times_plus(n, q, x, REF_EXP2_C1);
    times_plus(n, q, x, REF_EXP2_C0);
    UNROLL
    for (int i = 0; i < n; i++)
        x[i] = _mm512_scalef_ps(q[i], whole[i]);
}

/* The same within 1e-4 */
INLINE void power_all(int n, __m512 *x)
{
    __m512 whole[8], q[8];
    UNROLL
    for (int i = 0; i < n; i++)
        whole[i] = _mm512_roundscale_ps(x[i], _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    UNROLL
    for (int i = 0; i < n; i++) {
        x[i] = _mm512_sub_ps(x[i], whole[i]);
        q[i] = _mm512_set1_ps(REF_POWER_C3);
    }
    times_plus(n, q, x, REF_POWER_C2);
    times_plus(n, q, x, REF_POWER_C1);
    times_plus(n, q, x, REF_POWER_C0);
    UNROLL
    for (int i = 0; i < n; i++)
        x[i] = _mm512_scalef_ps(q[i], whole[i]);
}

/* The larger of |a| and |b|, of the one that is a number */
INLINE __m512 larger(__m512 a, __m512 b)
{
    return _mm512_range_ps(a, b, 0x0b);
}

/* GELU in n registers */
INLINE void gelu_all(int n, __m512 *x)
{
    const __m512 most = _mm512_set1_ps(REF_GELU_MOST);
    __m512 u[8], low[8], high[8];
    UNROLL
    for (int i = 0; i < n; i++) {
        u[i] = _mm512_range_ps(x[i], most, 0x0a); /* the smaller one without a sign */
        low[i] = _mm512_mul_ps(u[i], _mm512_sub_ps(u[i], most));
        high[i] = _mm512_sub_ps(u[i], _mm512_set1_ps(REF_GELU_OFF));
    }
    times_plus(n, high, u, REF_GELU_PLUS);
    UNROLL
    for (int i = 0; i < n; i++) {
        low[i] = _mm512_mul_ps(_mm512_mul_ps(low[i], high[i]), _mm512_set1_ps(REF_GELU_BY));
        x[i] = _mm512_add_ps(_mm512_max_ps(x[i], _mm512_setzero_ps()), low[i]);
    }
}

/* Scales of up to eight rows, by their largest numbers in lanes */
struct scales {
    __m512 up;         /* 127 / max */
    __m512 scale;      /* max / 127 */
    __mmask16 nonzero; /* rows that have a scale at all */
};

INLINE struct scales scales_of(__m512 max)
{
    __mmask16 nonzero = _mm512_cmp_ps_mask(max, _mm512_set1_ps(REF_ZERO_ROW), _CMP_GE_OQ);
    const __m512 most = _mm512_set1_ps(127.0F);
    return (struct scales){_mm512_div_ps(most, max), _mm512_maskz_div_ps(nonzero, max, most), nonzero};
}

/* 16 numbers of row r as int32; what is no number is the least one, for bytes() */
INLINE __m512i rounded(__m512 x, const struct scales *s, int r)
{
    __mmask16 keep = s->nonzero >> r & 1 ? 0xffff : 0;
    return _mm512_maskz_cvtps_epi32(keep, _mm512_mul_ps(x, spread(s->up, r)));
}

INLINE __m128i bytes(__m512i v)
{
    return _mm_max_epi8(_mm512_cvtsepi32_epi8(v), _mm_set1_epi8(-127));
}

#endif
