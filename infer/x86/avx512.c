/* The float kernels in 512-bit registers. Multiplications and additions stay
 * apart, as kernel.h wants it: a Zen core has pipes of its own for each and loses
 * nothing by it. */
#include "infer/x86/avx512.h"

#include <math.h>
#include <string.h>

#include "infer/x86/zmm.h"

void avx512_embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y)
{
    for (int i = 0; i < d; i += LANES) {
        __mmask16 mask = mask_of(d - i);
        __m512 sum = _mm512_setzero_ps();
        for (int r = 0; r < n_rows; r++) {
            __m512i e = _mm512_cvtepi8_epi32(_mm_maskz_loadu_epi8(mask, row[r] + i));
            sum = _mm512_add_ps(sum,
                                _mm512_mul_ps(_mm512_cvtepi32_ps(e), _mm512_set1_ps(scale[r])));
        }
        store(y + i, sum, d - i);
    }
}

/* 16 numbers times up, to bytes; of them the first n are stored */
INLINE void put_bytes(int8_t *q, __m512 x, __m512 up, int n)
{
    __m512 s = _mm512_mul_ps(x, up);
    s = _mm512_max_ps(_mm512_min_ps(s, _mm512_set1_ps(127.0F)), _mm512_set1_ps(-127.0F));
    __m128i b = _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(s));
    if (n >= LANES)
        _mm_storeu_si128((__m128i *)q, b);
    else
        _mm_mask_storeu_epi8(q, mask_of(n), b);
}

float avx512_quantize(int n, const float *x, int8_t *q)
{
    __m512 top = _mm512_setzero_ps();
    for (int i = 0; i < n; i += LANES)
        top = _mm512_max_ps(_mm512_abs_ps(load(x + i, n - i)), top);
    float max = largest(top);
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    __m512 up = _mm512_set1_ps(127.0F / max);
    for (int i = 0; i < n; i += LANES)
        put_bytes(q + i, load(x + i, n - i), up, n - i);
    return max / 127.0F;
}

INLINE __m512 norm_factor(int n, const float *x, float eps)
{
    __m512 sum = _mm512_setzero_ps();
    for (int i = 0; i < n; i += LANES) {
        __m512 v = load(x + i, n - i);
        sum = _mm512_add_ps(sum, _mm512_mul_ps(v, v));
    }
    return _mm512_set1_ps(1.0F / sqrtf(fold(sum) / (float)n + eps));
}

INLINE __m512 normed(const float *x, const float *g, __m512 r, int n)
{
    return _mm512_mul_ps(_mm512_mul_ps(load(x, n), r), load(g, n));
}

void avx512_norm(int n, const float *x, const float *g, float eps, float *y)
{
    __m512 r = norm_factor(n, x, eps);
    for (int i = 0; i < n; i += LANES)
        store(y + i, normed(x + i, g + i, r, n - i), n - i);
}

float avx512_norm_quantize(int n, const float *x, const float *g, float eps, int8_t *q)
{
    __m512 r = norm_factor(n, x, eps), top = _mm512_setzero_ps();
    for (int i = 0; i < n; i += LANES)
        top = _mm512_max_ps(_mm512_abs_ps(normed(x + i, g + i, r, n - i)), top);
    float max = largest(top);
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    __m512 up = _mm512_set1_ps(127.0F / max);
    for (int i = 0; i < n; i += LANES)
        put_bytes(q + i, normed(x + i, g + i, r, n - i), up, n - i);
    return max / 127.0F;
}

/* Four outputs side by side, because one alone waits for its own additions */
void avx512_dots(int n, int d, const float *x, const float *w, const float *bias, float *y)
{
    for (int i = 0; i < n; i += 4) {
        const float *row[4];
        __m512 sum[4];
        for (int c = 0; c < 4; c++) { /* past the end: the last one again */
            row[c] = w + (size_t)(i + c < n ? i + c : n - 1) * (size_t)d;
            sum[c] = _mm512_setzero_ps();
        }
        for (int j = 0; j < d; j += LANES) {
            __m512 v = load(x + j, d - j);
            for (int c = 0; c < 4; c++)
                sum[c] = _mm512_add_ps(sum[c], _mm512_mul_ps(v, load(row[c] + j, d - j)));
        }
        for (int c = 0; c < 4 && i + c < n; c++)
            y[i + c] = fold(sum[c]) + bias[i + c];
    }
}
