/* AVX-512 with VNNI: VPDPBUSD multiplies 64 unsigned by 64 signed bytes and adds
 * fours of them to int32, without a 16-bit step that could saturate.
 *
 * The weight is made unsigned by adding 128 (its top bit turned), and 128 times
 * the sum of the activation row, the same for all outputs, is taken off at the
 * end. gcc 12 wraps the intrinsic into register copies that halve its speed, so
 * the instruction is written out. Rows are a multiple of 32 long: a last half
 * register is filled up with zeros, and those of the activation silence the rest.
 *
 * Floats are AVX2's. */
#include <immintrin.h>

#include "infer/x86/avx2.h"

#define INLINE static inline __attribute__((always_inline))

enum { STEP = 64, ROWS = 4, COLUMNS = 4, BLOCK = 64 };

INLINE __m512i dot(__m512i sum, __m512i u, __m512i s)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(u), "v"(s));
    return sum;
}

/* Sums of four registers over their sixteen lanes: [a b c d] */
INLINE __m128i fold(__m512i a, __m512i b, __m512i c, __m512i d)
{
    __m512i ab = _mm512_add_epi32(_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
    __m512i cd = _mm512_add_epi32(_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
    __m512i v = _mm512_add_epi32(_mm512_unpacklo_epi64(ab, cd), _mm512_unpackhi_epi64(ab, cd));
    __m256i w = _mm256_add_epi32(_mm512_castsi512_si256(v), _mm512_extracti64x4_epi64(v, 1));
    return _mm_add_epi32(_mm256_castsi256_si128(w), _mm256_extracti128_si256(w, 1));
}

INLINE __m512i load(const int8_t *p, bool half)
{
    return half ? _mm512_zextsi256_si512(_mm256_loadu_si256((const __m256i *)p))
                : _mm512_loadu_si512(p);
}

/* One step of a tile: 64 bytes at l, or 32 */
INLINE void step(int m, int c, int k, int l, bool half, const int8_t *a, const int8_t *w,
                 __m512i sum[ROWS][COLUMNS])
{
    const __m512i top = _mm512_set1_epi8(-128);
    __m512i y[COLUMNS];
    for (int j = 0; j < c; j++)
        y[j] = _mm512_xor_si512(load(w + (size_t)j * (size_t)k + l, half), top);
    for (int i = 0; i < m; i++) {
        __m512i x = load(a + (size_t)i * (size_t)k + l, half);
        for (int j = 0; j < c; j++)
            sum[i][j] = dot(sum[i][j], y[j], x);
    }
}

/* A tile of m <= ROWS activation rows by c weight rows, 1 or COLUMNS. */
INLINE void tile(int m, int c, int n, int k, const int8_t *a, const int8_t *w,
                 const int32_t *offset, int32_t *acc)
{
    __m512i sum[ROWS][COLUMNS];
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            sum[i][j] = _mm512_setzero_si512();
    int l = 0;
    for (; l + STEP <= k; l += STEP)
        step(m, c, k, l, false, a, w, sum);
    if (l < k)
        step(m, c, k, l, true, a, w, sum);
    for (int i = 0; i < m; i++) {
        __m128i out = _mm_sub_epi32(fold(sum[i][0], sum[i][1], sum[i][2], sum[i][3]),
                                    _mm_set1_epi32(offset[i]));
        if (c == COLUMNS)
            _mm_storeu_si128((__m128i *)(acc + (size_t)i * (size_t)n), out);
        else
            acc[(size_t)i * (size_t)n] = _mm_cvtsi128_si32(out);
    }
}

INLINE void strip(int m, int c, int n, int k, const int8_t *a, const int8_t *w,
                  const int32_t *offset, int32_t *acc)
{
    for (; m >= ROWS; m -= ROWS) {
        tile(ROWS, c, n, k, a, w, offset, acc);
        a += ROWS * (size_t)k;
        offset += ROWS;
        acc += ROWS * (size_t)n;
    }
    if (m == 3)
        tile(3, c, n, k, a, w, offset, acc);
    else if (m == 2)
        tile(2, c, n, k, a, w, offset, acc);
    else if (m == 1)
        tile(1, c, n, k, a, w, offset, acc);
}

/* 128 times the sum of each row */
static void row_offsets(int m, int k, const int8_t *a, int32_t *offset)
{
    const __m512i u = _mm512_set1_epi8(-128); /* 128, unsigned */
    for (int i = 0; i < m; i++, a += k) {
        __m512i sum = _mm512_setzero_si512();
        int l = 0;
        for (; l + STEP <= k; l += STEP)
            sum = dot(sum, u, load(a + l, false));
        if (l < k)
            sum = dot(sum, u, load(a + l, true));
        offset[i] = _mm512_reduce_add_epi32(sum);
    }
}

/* Weight rows are the outer loop: each is read from memory once for 64 rows. */
static void gemm_i8(int m, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
    for (; m > 0; m -= BLOCK) {
        int rows = m < BLOCK ? m : BLOCK, j = 0;
        int32_t offset[BLOCK];
        row_offsets(rows, k, a, offset);
        for (; j + COLUMNS <= n; j += COLUMNS)
            strip(rows, COLUMNS, n, k, a, w + (size_t)j * (size_t)k, offset, acc + j);
        for (; j < n; j++)
            strip(rows, 1, n, k, a, w + (size_t)j * (size_t)k, offset, acc + j);
        a += BLOCK * (size_t)k;
        acc += BLOCK * (size_t)n;
    }
}

extern const struct kernel kernel_avx512vnni;
const struct kernel kernel_avx512vnni = {
    .name = "avx512vnni",
    .gemm_i8 = gemm_i8,
    .quantize_row = avx2_quantize_row,
    .rms_norm = avx2_rms_norm,
    .dequantize = avx2_dequantize,
    .gelu = avx2_gelu,
    .attn_scores = avx2_attn_scores,
    .softmax = avx2_softmax,
    .attn_mix = avx2_attn_mix,
};
