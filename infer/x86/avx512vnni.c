/* VNNI: VPDPBUSD multiplies 32 unsigned by 32 signed bytes and adds fours of them
 * to int32, without a 16-bit step that could saturate.
 *
 * The weight is made unsigned by adding 128 (its top bit turned), and 128 times
 * the sum of the activation row, the same for all outputs, is taken off at the
 * end. gcc 12 wraps the intrinsic into register copies that halve its speed, so
 * the instruction is written out.
 *
 * Registers of 256 bits: rows of 160 are whole steps of them, folding a sum costs
 * half as much, and a Zen 4 runs two where it runs one of 512 (640 x 160, in
 * GOPS: 332 against 255). What AVX-512 gives is VNNI and 32 registers.
 *
 * Floats are AVX2's. */
#include <immintrin.h>

#include "infer/x86/avx2.h"

#define INLINE static inline __attribute__((always_inline))

enum { STEP = 32, ROWS = 4, COLUMNS = 4, BLOCK = 64 };

INLINE __m256i dot(__m256i sum, __m256i u, __m256i s)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(u), "v"(s));
    return sum;
}

INLINE __m256i load(const int8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

/* Sums of four registers over their eight lanes: [a b c d] */
INLINE __m128i fold(const __m256i v[COLUMNS])
{
    __m256i h = _mm256_hadd_epi32(_mm256_hadd_epi32(v[0], v[1]), _mm256_hadd_epi32(v[2], v[3]));
    return _mm_add_epi32(_mm256_castsi256_si128(h), _mm256_extracti128_si256(h, 1));
}

/* A tile of m <= ROWS activation rows by c weight rows, 1 or COLUMNS. */
INLINE void tile(int m, int c, int n, int k, const int8_t *a, const int8_t *w,
                 const int32_t *offset, int32_t *acc)
{
    const __m256i top = _mm256_set1_epi8(-128);
    __m256i sum[ROWS][COLUMNS];
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            sum[i][j] = _mm256_setzero_si256();
    for (int l = 0; l < k; l += STEP) {
        __m256i y[COLUMNS];
        for (int j = 0; j < c; j++)
            y[j] = _mm256_xor_si256(load(w + (size_t)j * (size_t)k + l), top);
        for (int i = 0; i < m; i++) {
            __m256i x = load(a + (size_t)i * (size_t)k + l);
            for (int j = 0; j < c; j++)
                sum[i][j] = dot(sum[i][j], y[j], x);
        }
    }
    for (int i = 0; i < m; i++) {
        __m128i out = _mm_sub_epi32(fold(sum[i]), _mm_set1_epi32(offset[i]));
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
    const __m256i u = _mm256_set1_epi8(-128); /* 128, unsigned */
    for (int i = 0; i < m; i++, a += k) {
        __m256i sum[COLUMNS] = {_mm256_setzero_si256()};
        for (int l = 0; l < k; l += STEP)
            sum[0] = dot(sum[0], u, load(a + l));
        offset[i] = _mm_cvtsi128_si32(fold(sum));
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
