/* AVX2: 256-bit registers, no dot-product instruction.
 *
 * int8 products come from VPMADDUBSW, which wants one unsigned factor: |w|, with
 * the sign of w moved to the activation. Both are within ±127, so a pair is at
 * most 2 * 127 * 127 = 32,258 and the 16-bit sum cannot saturate. (Activations
 * made unsigned instead would reach 255 and saturate in nearly every vector.)
 *
 * Floats follow the sixteen lanes of kernel.h: two registers, block 2 i in the
 * lower, block 2 i + 1 in the upper. Ends are read with VMASKMOVPS, which does
 * not touch what it leaves out. */
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "infer/ref.h"
#include "infer/x86/avx2.h"

#define INLINE static inline __attribute__((always_inline))

enum { STEP = 32, ROWS = 4, COLUMNS = 2 };

/* Sums of a[0] and a[1] over their eight lanes, then of b: [a0 a1 b0 b1] */
INLINE __m128i fold_pairs(const __m256i a[COLUMNS], const __m256i b[COLUMNS])
{
    __m256i h = _mm256_hadd_epi32(_mm256_hadd_epi32(a[0], a[1]), _mm256_hadd_epi32(b[0], b[1]));
    return _mm_add_epi32(_mm256_castsi256_si128(h), _mm256_extracti128_si256(h, 1));
}

/* A tile of m <= ROWS activation rows by c <= COLUMNS weight rows. */
INLINE void tile(int m, int c, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i sum[ROWS][COLUMNS];
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            sum[i][j] = _mm256_setzero_si256();
    for (int l = 0; l < k; l += STEP) {
        __m256i y[COLUMNS], size[COLUMNS];
        for (int j = 0; j < c; j++) {
            y[j] = _mm256_loadu_si256((const __m256i *)(w + (size_t)j * (size_t)k + l));
            size[j] = _mm256_abs_epi8(y[j]);
        }
        for (int i = 0; i < m; i++) {
            __m256i x = _mm256_loadu_si256((const __m256i *)(a + (size_t)i * (size_t)k + l));
            for (int j = 0; j < c; j++) {
                __m256i pairs = _mm256_maddubs_epi16(size[j], _mm256_sign_epi8(x, y[j]));
                sum[i][j] = _mm256_add_epi32(sum[i][j], _mm256_madd_epi16(pairs, ones));
            }
        }
    }
    for (int i = 0; i < m; i += 2) {
        int32_t out[4];
        _mm_storeu_si128((__m128i *)out, fold_pairs(sum[i], sum[i + 1]));
        for (int j = 0; j < c; j++)
            acc[(size_t)i * (size_t)n + (size_t)j] = out[j];
        for (int j = 0; j < c && i + 1 < m; j++)
            acc[(size_t)(i + 1) * (size_t)n + (size_t)j] = out[2 + j];
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
    if (j < n)
        strip(m, 1, n, k, a, w + (size_t)j * (size_t)k, acc + j);
}

/* The first n of eight lanes; n > 8 is all */
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

INLINE __m256 exp_8(__m256 x)
{
    const __m256 round = _mm256_set1_ps(REF_ROUND);
    __m256 in_range = _mm256_cmp_ps(x, _mm256_set1_ps(REF_EXP_MIN), _CMP_NLT_UQ);
    x = _mm256_min_ps(x, _mm256_set1_ps(REF_EXP_MAX));
    __m256 n =
        _mm256_sub_ps(_mm256_add_ps(_mm256_mul_ps(x, _mm256_set1_ps(REF_LOG2E)), round), round);
    __m256 r = _mm256_sub_ps(x, _mm256_mul_ps(n, _mm256_set1_ps(REF_LN2_HIGH)));
    r = _mm256_sub_ps(r, _mm256_mul_ps(n, _mm256_set1_ps(REF_LN2_LOW)));
    __m256 q = _mm256_set1_ps(REF_EXP_C6);
    q = _mm256_add_ps(_mm256_mul_ps(q, r), _mm256_set1_ps(REF_EXP_C5));
    q = _mm256_add_ps(_mm256_mul_ps(q, r), _mm256_set1_ps(REF_EXP_C4));
    q = _mm256_add_ps(_mm256_mul_ps(q, r), _mm256_set1_ps(REF_EXP_C3));
    q = _mm256_add_ps(_mm256_mul_ps(q, r), _mm256_set1_ps(REF_EXP_C2));
    __m256 e = _mm256_mul_ps(_mm256_mul_ps(q, r), r);
    e = _mm256_add_ps(_mm256_add_ps(e, r), _mm256_set1_ps(1.0F));
    __m256i power =
        _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23);
    return _mm256_and_ps(_mm256_mul_ps(e, _mm256_castsi256_ps(power)), in_range);
}

float avx2_quantize_row(int n, const float *x, int8_t *q)
{
    const __m256 no_sign = _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff));
    const __m256 high = _mm256_set1_ps(127.0F), low = _mm256_set1_ps(-127.0F);
    if (n % STEP != 0)
        return ref_quantize_row(n, x, q);
    __m256 top = _mm256_setzero_ps();
    for (int i = 0; i < n; i += 8)
        top = _mm256_max_ps(_mm256_and_ps(_mm256_loadu_ps(x + i), no_sign), top);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(top), _mm256_extractf128_ps(top, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    float max = _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    __m256 up = _mm256_set1_ps(127.0F / max);
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    for (int i = 0; i < n; i += STEP) {
        __m256i v[4];
        for (int j = 0; j < 4; j++) {
            __m256 s = _mm256_mul_ps(_mm256_loadu_ps(x + i + 8 * j), up);
            v[j] = _mm256_cvtps_epi32(_mm256_max_ps(_mm256_min_ps(s, high), low));
        }
        __m256i bytes =
            _mm256_packs_epi16(_mm256_packs_epi32(v[0], v[1]), _mm256_packs_epi32(v[2], v[3]));
        _mm256_storeu_si256((__m256i *)(q + i), _mm256_permutevar8x32_epi32(bytes, order));
    }
    return max / 127.0F;
}

void avx2_rms_norm(int n, const float *x, const float *g, float eps, float *y)
{
    __m256 sum[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    for (int i = 0; i < n; i += 16)
        for (int h = 0; h < 2; h++) {
            __m256 v = load(x + i + 8 * h, n - i - 8 * h);
            sum[h] = _mm256_add_ps(sum[h], _mm256_mul_ps(v, v));
        }
    __m256 r = _mm256_set1_ps(1.0F / sqrtf(fold(sum[0], sum[1]) / (float)n + eps));
    for (int i = 0; i < n; i += 8) {
        __m256 v = _mm256_mul_ps(load(x + i, n - i), r);
        store(y + i, _mm256_mul_ps(v, load(g + i, n - i)), n - i);
    }
}

void avx2_dequantize(int n, const int32_t *acc, float a_scale, const float *w_scale,
                     const float *add, float *y)
{
    __m256 scale = _mm256_set1_ps(a_scale);
    for (int i = 0; i < n; i += 8) {
        __m256i sum = _mm256_castps_si256(load((const float *)(acc + i), n - i));
        __m256 v =
            _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_mul_ps(scale, load(w_scale + i, n - i)));
        store(y + i, add ? _mm256_add_ps(v, load(add + i, n - i)) : v, n - i);
    }
}

void avx2_gelu(int n, float *x)
{
    const __m256 one = _mm256_set1_ps(1.0F), minus = _mm256_set1_ps(-0.0F);
    for (int i = 0; i < n; i += 8) {
        __m256 v = load(x + i, n - i);
        __m256 cube = _mm256_mul_ps(_mm256_mul_ps(v, v), v);
        __m256 u = _mm256_add_ps(v, _mm256_mul_ps(_mm256_set1_ps(REF_GELU_CUBE), cube));
        u = _mm256_mul_ps(_mm256_set1_ps(REF_GELU_SLOPE), u);
        __m256 e = exp_8(_mm256_xor_ps(u, minus));
        store(x + i, _mm256_div_ps(v, _mm256_add_ps(one, e)), n - i);
    }
}

/* Four keys at a time, so that the folding at the end fills whole registers. */
INLINE __m128 dot_4(int d, const float *q, const float *const row[4])
{
    __m256 sum[4][2];
    for (int i = 0; i < 4; i++)
        sum[i][0] = sum[i][1] = _mm256_setzero_ps();
    for (int j = 0; j < d; j += 16)
        for (int h = 0; h < 2; h++) {
            int at = j + 8 * h;
            __m256 v = load(q + at, d - at);
            for (int i = 0; i < 4; i++)
                sum[i][h] = _mm256_add_ps(sum[i][h], _mm256_mul_ps(v, load(row[i] + at, d - at)));
        }
    __m128 v[4];
    for (int i = 0; i < 4; i++)
        v[i] = fold_to_4(sum[i][0], sum[i][1]);
    __m128 a = _mm_add_ps(_mm_unpacklo_ps(v[0], v[1]), _mm_unpackhi_ps(v[0], v[1]));
    __m128 b = _mm_add_ps(_mm_unpacklo_ps(v[2], v[3]), _mm_unpackhi_ps(v[2], v[3]));
    return _mm_add_ps(_mm_movelh_ps(a, b), _mm_movehl_ps(b, a));
}

void avx2_attn_scores(int n, int d, const float *q, const float *k, int stride, float scale,
                      const float *bias, float *s)
{
    for (int i = 0; i < n; i += 4) {
        const float *row[4];
        float dot[4];
        for (int j = 0; j < 4; j++) /* past the end: the last one again */
            row[j] = k + (size_t)(i + j < n ? i + j : n - 1) * (size_t)stride;
        _mm_storeu_ps(dot, dot_4(d, q, row));
        for (int j = 0; j < 4 && i + j < n; j++)
            s[i + j] = dot[j] * scale + bias[i + j];
    }
}

void avx2_softmax(int n, float *s)
{
    __m256 top = _mm256_set1_ps(s[0]), sum[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    int whole = n / 8 * 8;
    for (int i = 0; i < whole; i += 8)
        top = _mm256_max_ps(_mm256_loadu_ps(s + i), top);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(top), _mm256_extractf128_ps(top, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    float max = _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
    for (int i = whole; i < n; i++)
        max = s[i] > max ? s[i] : max;
    __m256 off = _mm256_set1_ps(max);
    for (int i = 0; i < n; i += 8) {
        __m256 e = exp_8(_mm256_sub_ps(load(s + i, n - i), off));
        if (n - i < 8)
            e = _mm256_and_ps(e, _mm256_castsi256_ps(mask_of(n - i)));
        store(s + i, e, n - i);
        sum[i / 8 % 2] = _mm256_add_ps(sum[i / 8 % 2], e);
    }
    __m256 r = _mm256_set1_ps(1.0F / fold(sum[0], sum[1]));
    for (int i = 0; i < n; i += 8)
        store(s + i, _mm256_mul_ps(load(s + i, n - i), r), n - i);
}

void avx2_attn_mix(int n, int d, const float *p, const float *v, int stride, float *y)
{
    int j = 0;
    for (; j + 32 <= d; j += 32) {
        __m256 sum[4];
        for (int h = 0; h < 4; h++)
            sum[h] = _mm256_setzero_ps();
        for (int i = 0; i < n; i++) {
            const float *row = v + (size_t)i * (size_t)stride + j;
            __m256 weight = _mm256_broadcast_ss(p + i);
            for (int h = 0; h < 4; h++)
                sum[h] = _mm256_add_ps(sum[h], _mm256_mul_ps(weight, _mm256_loadu_ps(row + 8 * h)));
        }
        for (int h = 0; h < 4; h++)
            _mm256_storeu_ps(y + j + 8 * h, sum[h]);
    }
    for (; j < d; j += 8) {
        __m256 sum = _mm256_setzero_ps();
        for (int i = 0; i < n; i++) {
            const float *row = v + (size_t)i * (size_t)stride + j;
            __m256 weight = _mm256_broadcast_ss(p + i);
            sum = _mm256_add_ps(sum, _mm256_mul_ps(weight, load(row, d - j)));
        }
        store(y + j, sum, d - j);
    }
}

const struct kernel kernel_avx2 = {
    .name = "avx2",
    .gemm_i8 = gemm_i8,
    .quantize_row = avx2_quantize_row,
    .rms_norm = avx2_rms_norm,
    .dequantize = avx2_dequantize,
    .gelu = avx2_gelu,
    .attn_scores = avx2_attn_scores,
    .softmax = avx2_softmax,
    .attn_mix = avx2_attn_mix,
};
