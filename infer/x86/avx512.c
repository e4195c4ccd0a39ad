/* The float kernels in 512-bit registers. Multiplications and additions stay
 * apart, as kernel.h wants it: a Zen core has pipes of its own for each and loses
 * nothing by it. */
#include "infer/x86/avx512.h"

#include <math.h>
#include <string.h>

#include "infer/x86/zmm.h"

enum { EIGHTS = 4, NEAR_FLOATS = 8192 }; /* of rows, and their numbers, that go together at most */

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

INLINE __m512 masked(const float *p, int n)
{
    return _mm512_maskz_loadu_ps(mask_of(n), p);
}

/* 16 numbers as bytes; of them the first n are stored */
INLINE void put_16(int8_t *q, __m512i v, int n)
{
    __m128i b = bytes(v);
    if (n >= LANES)
        _mm_storeu_si128((__m128i *)q, b);
    else
        _mm_mask_storeu_epi8(q, mask_of(n), b);
}

/* 64 numbers as bytes */
INLINE void put_64(int8_t *q, const __m512i v[4])
{
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    __m512i b = _mm512_packs_epi16(_mm512_packs_epi32(v[0], v[1]), _mm512_packs_epi32(v[2], v[3]));
    b = _mm512_max_epi8(b, _mm512_set1_epi8(-127)); /* what is no number became -128 */
    _mm512_storeu_si512(q, _mm512_permutexvar_epi32(order, b));
}

/* Row r: q = x, times gain where there is a gain (else NULL), quantized */
INLINE void put_row(int n, const float *x, const float *gain, const struct scales *all, int r, int8_t *q)
{
    const struct scales own = *all, *s = &own; /* for the compiler a store of bytes may have changed *all */
    int i = 0;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        __m512i v[4];
        UNROLL
        for (int c = 0; c < 4; c++) {
            __m512 u = _mm512_loadu_ps(x + i + c * LANES);
            if (gain)
                u = _mm512_mul_ps(u, _mm512_loadu_ps(gain + i + c * LANES));
            v[c] = rounded(u, s, r);
        }
        put_64(q + i, v);
    }
    for (; i < n; i += LANES) {
        __m512 u = masked(x + i, n - i);
        if (gain)
            u = _mm512_mul_ps(u, masked(gain + i, n - i));
        put_16(q + i, rounded(u, s, r), n - i);
    }
}

INLINE __m512 largest_of(int rows, __m512 top[8])
{
    UNROLL
    for (int r = rows; r < 8; r++)
        top[r] = top[r % rows];
    return largest_8(top);
}

/* Scales of `rows` rows, a constant of 1 to 8 */
INLINE struct scales quantize_scales(int rows, int n, const float *x)
{
    __m512 top[8];
    UNROLL
    for (int r = 0; r < rows; r++)
        top[r] = _mm512_setzero_ps();
    for (int i = 0; i < n; i += LANES)
        UNROLL
        for (int r = 0; r < rows; r++)
            top[r] = larger(masked(x + r * n + i, n - i), top[r]);
    return scales_of(largest_of(rows, top));
}

INLINE void put_rows(int rows, int n, const float *x, const struct scales *s, int8_t *q, float *scale)
{
    _mm512_mask_storeu_ps(scale, mask_of(rows), s->scale);
    UNROLL
    for (int r = 0; r < rows; r++)
        put_row(n, x + r * n, NULL, s, r, q + r * n);
}

/* Rows go together in eights, so that none waits for its own folding, and the scales of some
 * eights are found one after the other, so that none waits for the last one's. */
INLINE void quantize(int eights, int rows, int n, const float *x, int8_t *q, float *scale)
{
    struct scales s[EIGHTS];
    for (int e = 0; e < eights; e++)
        s[e] = quantize_scales(rows, n, x + e * rows * n);
    for (int e = 0; e < eights; e++)
        put_rows(rows, n, x + e * rows * n, &s[e], q + e * rows * n, scale + e * rows);
}

/* x = gelu(x) in c registers; the largest of each lane */
INLINE __m512 gelu_some(int c, float *x, __m512 top)
{
    __m512 v[8];
    UNROLL
    for (int i = 0; i < c; i++)
        v[i] = _mm512_loadu_ps(x + i * LANES);
    gelu_all(c, v);
    UNROLL
    for (int i = 0; i < c; i++) {
        _mm512_storeu_ps(x + i * LANES, v[i]);
        top = larger(v[i], top);
    }
    return top;
}

INLINE __m512 gelu_row(int n, float *x)
{
    __m512 top = _mm512_setzero_ps();
    int i = 0;
    for (; i + 8 * LANES <= n; i += 8 * LANES)
        top = gelu_some(8, x + i, top);
    for (; i + 2 * LANES <= n; i += 2 * LANES)
        top = gelu_some(2, x + i, top);
    for (; i < n; i += LANES) {
        __m512 v = masked(x + i, n - i);
        gelu_all(1, &v);
        store(x + i, v, n - i);
        top = larger(v, top);
    }
    return top;
}

/* `rows` rows; their scales */
INLINE struct scales gelu_scales(int rows, int n, float *x)
{
    __m512 top[8];
    UNROLL
    for (int r = 0; r < rows; r++)
        top[r] = gelu_row(n, x + r * n);
    return scales_of(largest_of(rows, top));
}

/* 1 / sqrt(mean square + eps) of rows, in lanes, by the sums of their squares */
INLINE __m512 norm_factors(int rows, int n, float eps, __m512 sum[8])
{
    UNROLL
    for (int r = rows; r < 8; r++)
        sum[r] = sum[r % rows];
    __m512 mean = _mm512_div_ps(fold_8(sum), _mm512_set1_ps((float)n));
    __m512 root = _mm512_sqrt_ps(_mm512_add_ps(mean, _mm512_set1_ps(eps)));
    return _mm512_div_ps(_mm512_set1_ps(1.0F), root);
}

/* Scales of rows times gain; the factors of their norms are in what becomes *scale */
INLINE struct scales norm_scales(int rows, int n, const float *x, const float *g, float eps, float *scale)
{
    __m512 top[8], sum[8];
    UNROLL
    for (int r = 0; r < rows; r++)
        top[r] = sum[r] = _mm512_setzero_ps();
    for (int i = 0; i < n; i += LANES) {
        __m512 gain = masked(g + i, n - i);
        UNROLL
        for (int r = 0; r < rows; r++) {
            __m512 v = masked(x + r * n + i, n - i);
            sum[r] = _mm512_add_ps(sum[r], _mm512_mul_ps(v, v));
            top[r] = larger(_mm512_mul_ps(v, gain), top[r]);
        }
    }
    struct scales s = scales_of(largest_of(rows, top));
    _mm512_mask_storeu_ps(scale, mask_of(rows), _mm512_mul_ps(s.scale, norm_factors(rows, n, eps, sum)));
    return s;
}

/* Eights as in quantize() */
INLINE void norm_quantize(int eights, int rows, int n, const float *x, const float *g, float eps, int8_t *q,
                          float *scale)
{
    struct scales s[EIGHTS];
    for (int e = 0; e < eights; e++)
        s[e] = norm_scales(rows, n, x + e * rows * n, g, eps, scale + e * rows);
    for (int e = 0; e < eights; e++)
        UNROLL
        for (int r = 0; r < rows; r++) {
            int at = (e * rows + r) * n;
            put_row(n, x + at, g, &s[e], r, q + at);
        }
}

/* How many eights of so many rows go together: as long as they stay near */
static int eights_of(int m, int n)
{
    int near = NEAR_FLOATS / (8 * n), eights = m / 8;
    near = near < 1 ? 1 : near > EIGHTS ? EIGHTS : near;
    return eights < near ? eights : near;
}

void avx512_quantize(int m, int n, const float *x, int8_t *q, float *scale)
{
    for (int e; (e = eights_of(m, n)) > 0; m -= 8 * e, x += 8 * e * n, q += 8 * e * n, scale += 8 * e)
        quantize(e, 8, n, x, q, scale);
    for (; m >= 4; m -= 4, x += 4 * n, q += 4 * n, scale += 4)
        quantize(1, 4, n, x, q, scale);
    for (; m > 0; m--, x += n, q += n, scale++)
        quantize(1, 1, n, x, q, scale);
}

INLINE void round_rows(int rows, int n, const float *x, const float *top, int8_t *q, float *scale)
{
    __m512 most[8];
    UNROLL
    for (int r = 0; r < rows; r++)
        most[r] = _mm512_loadu_ps(top + r * LANES);
    struct scales s = scales_of(largest_of(rows, most));
    put_rows(rows, n, x, &s, q, scale);
}

void avx512_round(int m, int n, const float *x, const float *top, int8_t *q, float *scale)
{
    for (; m >= 8; m -= 8, x += 8 * n, top += 8 * LANES, q += 8 * n, scale += 8)
        round_rows(8, n, x, top, q, scale);
    for (; m >= 4; m -= 4, x += 4 * n, top += 4 * LANES, q += 4 * n, scale += 4)
        round_rows(4, n, x, top, q, scale);
    for (; m > 0; m--, x += n, top += LANES, q += n, scale++)
        round_rows(1, n, x, top, q, scale);
}

/* Fours: while one's largest numbers are looked for, another is rounded. */
void avx512_gelu_quantize(int m, int n, float *x, int8_t *q, float *scale)
{
    struct scales s[2];
    int four = 0;
    for (; m - 4 * four >= 4; four++) {
        s[four % 2] = gelu_scales(4, n, x + 4 * four * n);
        if (four > 0)
            put_rows(4, n, x + 4 * (four - 1) * n, &s[(four - 1) % 2], q + 4 * (four - 1) * n, scale + 4 * (four - 1));
    }
    if (four > 0)
        put_rows(4, n, x + 4 * (four - 1) * n, &s[(four - 1) % 2], q + 4 * (four - 1) * n, scale + 4 * (four - 1));
    for (int r = 4 * four; r < m; r++) {
        s[0] = gelu_scales(1, n, x + r * n);
        put_rows(1, n, x + r * n, &s[0], q + r * n, scale + r);
    }
}

void avx512_norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                          float *scale)
{
    for (int e; (e = eights_of(m, n)) > 0; m -= 8 * e, x += 8 * e * n, q += 8 * e * n, scale += 8 * e)
        norm_quantize(e, 8, n, x, g, eps, q, scale);
    for (; m >= 4; m -= 4, x += 4 * n, q += 4 * n, scale += 4)
        norm_quantize(1, 4, n, x, g, eps, q, scale);
    for (; m > 0; m--, x += n, q += n, scale++)
        norm_quantize(1, 1, n, x, g, eps, q, scale);
}

void avx512_norm(int n, const float *x, const float *g, float eps, float *y)
{
    __m512 sum[8] = {_mm512_setzero_ps()};
    for (int i = 0; i < n; i += LANES) {
        __m512 v = load(x + i, n - i);
        sum[0] = _mm512_add_ps(sum[0], _mm512_mul_ps(v, v));
    }
    __m512 r = spread(norm_factors(1, n, eps, sum), 0);
    for (int i = 0; i < n; i += LANES)
        store(y + i, _mm512_mul_ps(_mm512_mul_ps(load(x + i, n - i), r), load(g + i, n - i)), n - i);
}

/* Four outputs side by side, because one alone waits for its own additions */
void avx512_dots(int n, int d, const float *x, const float *w, const float *bias, float *y)
{
    for (int i = 0; i < n; i += 4) {
        const float *row[4];
        __m512 sum[4];
        UNROLL
        for (int c = 0; c < 4; c++) { /* past the end: the last one again */
            row[c] = w + (size_t)(i + c < n ? i + c : n - 1) * (size_t)d;
            sum[c] = _mm512_setzero_ps();
        }
        for (int j = 0; j < d; j += LANES) {
            __m512 v = load(x + j, d - j);
            UNROLL
            for (int c = 0; c < 4; c++)
                sum[c] = _mm512_add_ps(sum[c], _mm512_mul_ps(v, load(row[c] + j, d - j)));
        }
        for (int c = 0; c < 4 && i + c < n; c++)
            y[i + c] = fold(sum[c]) + bias[i + c];
    }
}
