/* AVX2: 256-bit registers, no dot-product instruction.
 *
 * int8 products come from VPMADDUBSW, which wants one unsigned factor: |w|, with
 * the sign of w moved to the activation. Both are within ±127, so a pair is at
 * most 2 * 127 * 127 = 32,258 and the 16-bit sum cannot saturate. (Activations
 * made unsigned instead would reach 255 and saturate in nearly every vector.) */
#include <math.h>
#include <string.h>

#include "infer/x86/avx2.h"
#include "infer/x86/cells_ymm.h"

enum { ROWS = 4 }; /* eight sums; sixteen registers hold no more beside what they need */

INLINE __m256i step(__m256i sum, __m256i w, __m256i x)
{
    __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(x, w));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

static size_t packed_size(int n, int k)
{
    return packed_size_ymm(n, k);
}

static void pack(int n, int k, const int8_t *w, void *packed)
{
    pack_ymm(n, k, w, packed, 0);
}

static void gemm(const struct gemm *g)
{
    gemm_ymm(g, step, ROWS, 0);
}

static void attend_cells(const struct attend_cells *a)
{
    attend_cells_ymm(a, step, 0);
}

void avx2_put_cells(const struct put_cells *p)
{
    ref_put_cells_by(avx2_quantize, p);
}

enum { STEP = 32 };

void avx2_embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y)
{
    int whole = d / 8 * 8;
    for (int i = 0; i < whole; i += 8) {
        __m256 sum = _mm256_setzero_ps();
        for (int r = 0; r < n_rows; r++) {
            __m256i e = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)(row[r] + i)));
            sum = _mm256_add_ps(sum,
                                _mm256_mul_ps(_mm256_cvtepi32_ps(e), _mm256_set1_ps(scale[r])));
        }
        _mm256_storeu_ps(y + i, sum);
    }
    for (int i = whole; i < d; i++) {
        y[i] = 0;
        for (int r = 0; r < n_rows; r++)
            y[i] = y[i] + (float)row[r][i] * scale[r];
    }
}

/* 32 numbers times up, to bytes */
INLINE __m256i bytes_of(const __m256 x[4], __m256 up)
{
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    __m256i v[4];
    for (int j = 0; j < 4; j++)
        v[j] = _mm256_cvtps_epi32(_mm256_mul_ps(x[j], up));
    __m256i b = _mm256_packs_epi16(_mm256_packs_epi32(v[0], v[1]), _mm256_packs_epi32(v[2], v[3]));
    b = _mm256_max_epi8(b, _mm256_set1_epi8(-127)); /* what is no number became -128 */
    return _mm256_permutevar8x32_epi32(b, order);
}

static float quantize_row(int n, const float *x, int8_t *q)
{
    float scale;
    if (n % STEP != 0) {
        ref_quantize(1, n, x, q, &scale);
        return scale;
    }
    __m256 top = _mm256_setzero_ps();
    for (int i = 0; i < n; i += 8)
        top = _mm256_max_ps(absolute(_mm256_loadu_ps(x + i)), top);
    float max = largest(top);
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    __m256 up = _mm256_set1_ps(127.0F / max);
    for (int i = 0; i < n; i += STEP) {
        __m256 v[4];
        for (int j = 0; j < 4; j++)
            v[j] = _mm256_loadu_ps(x + i + 8 * j);
        _mm256_storeu_si256((__m256i *)(q + i), bytes_of(v, up));
    }
    return max / 127.0F;
}

void avx2_quantize(int m, int n, const float *x, int8_t *q, float *scale)
{
    for (int i = 0; i < m; i++, x += n, q += n)
        scale[i] = quantize_row(n, x, q);
}

void avx2_gelu_quantize(int m, int n, float *x, int8_t *q, float *scale)
{
    for (int i = 0; i < m; i++, x += n, q += n) {
        for (int j = 0; j < n; j += 8)
            store(x + j, gelu_8(load(x + j, n - j)), n - j);
        scale[i] = quantize_row(n, x, q);
    }
}

INLINE float norm_factor(int n, const float *x, float eps)
{
    __m256 sum[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    for (int i = 0; i < n; i += 16)
        for (int h = 0; h < 2; h++) {
            __m256 v = load(x + i + 8 * h, n - i - 8 * h);
            sum[h] = _mm256_add_ps(sum[h], _mm256_mul_ps(v, v));
        }
    return 1.0F / sqrtf(fold(sum[0], sum[1]) / (float)n + eps);
}

void avx2_norm(int n, const float *x, const float *g, float eps, float *y)
{
    __m256 r = _mm256_set1_ps(norm_factor(n, x, eps));
    for (int i = 0; i < n; i += 8) {
        __m256 v = _mm256_mul_ps(load(x + i, n - i), r);
        store(y + i, _mm256_mul_ps(v, load(g + i, n - i)), n - i);
    }
}

INLINE __m256 product(const float *x, const float *g)
{
    return _mm256_mul_ps(_mm256_loadu_ps(x), _mm256_loadu_ps(g));
}

static float norm_quantize_row(int n, const float *x, const float *g, float eps, int8_t *q)
{
    __m256 top = _mm256_setzero_ps();
    for (int i = 0; i < n; i += 8)
        top = _mm256_max_ps(absolute(product(x + i, g + i)), top);
    float max = largest(top);
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    __m256 up = _mm256_set1_ps(127.0F / max);
    for (int i = 0; i < n; i += STEP) {
        __m256 v[4];
        for (int j = 0; j < 4; j++)
            v[j] = product(x + i + 8 * j, g + i + 8 * j);
        _mm256_storeu_si256((__m256i *)(q + i), bytes_of(v, up));
    }
    return (max / 127.0F) * norm_factor(n, x, eps);
}

void avx2_norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                        float *scale)
{
    if (n % STEP != 0) {
        ref_norm_quantize(m, n, x, g, eps, q, scale);
        return;
    }
    for (int i = 0; i < m; i++, x += n, q += n)
        scale[i] = norm_quantize_row(n, x, g, eps, q);
}

/* Four outputs at a time, so that the folding at the end fills whole registers. */
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

void avx2_dots(int n, int d, const float *x, const float *w, const float *bias, float *y)
{
    for (int i = 0; i < n; i += 4) {
        const float *row[4];
        float dot[4];
        for (int j = 0; j < 4; j++) /* past the end: the last one again */
            row[j] = w + (size_t)(i + j < n ? i + j : n - 1) * (size_t)d;
        _mm_storeu_ps(dot, dot_4(d, x, row));
        for (int j = 0; j < 4 && i + j < n; j++)
            y[i + j] = dot[j] + bias[i + j];
    }
}

/* Scores of one query for a block: two registers, whatever of it may be seen */
INLINE void score_block(const struct attend *a, const float *q, int block, __m256 s[2])
{
    const float *key = a->keys + (size_t)block * (size_t)a->key_stride;
    s[0] = s[1] = _mm256_setzero_ps();
    for (int j = 0; j < a->d; j++, key += KEY_BLOCK) {
        __m256 x = _mm256_broadcast_ss(q + j);
        s[0] = _mm256_add_ps(s[0], _mm256_mul_ps(x, _mm256_loadu_ps(key)));
        s[1] = _mm256_add_ps(s[1], _mm256_mul_ps(x, _mm256_loadu_ps(key + 8)));
    }
}

/* Lanes from `from` to before `end`, counted from key at */
INLINE __m256 seen(int at, int from, int end)
{
    return _mm256_castsi256_ps(_mm256_andnot_si256(mask_of(from - at), mask_of(end - at)));
}

/* Powers of the scores of keys from..end-1 into s, zeros beside them in the same
 * blocks; returns 1 / their sum */
INLINE float weigh(const struct attend *a, const float *q, int t, int from, int end, float *s)
{
    __m256 top = _mm256_set1_ps(-INFINITY), scale = _mm256_set1_ps(a->scale), sum[2];
    int first = from / KEY_BLOCK * KEY_BLOCK;
    for (int at = first; at < end; at += KEY_BLOCK) {
        __m256 v[2];
        score_block(a, q, at / KEY_BLOCK, v);
        for (int h = 0; h < 2; h++) {
            __m256 mask = seen(at + 8 * h, from, end);
            __m256 bias =
                _mm256_maskload_ps(a->bias + at + 8 * h - t, _mm256_castps_si256(mask));
            v[h] = _mm256_add_ps(_mm256_mul_ps(v[h], scale), bias);
            v[h] = _mm256_blendv_ps(_mm256_set1_ps(-INFINITY), v[h], mask);
            top = _mm256_max_ps(v[h], top);
            _mm256_storeu_ps(s + at + 8 * h, v[h]);
        }
    }
    __m256 max = _mm256_set1_ps(largest(top));
    sum[0] = sum[1] = _mm256_setzero_ps();
    for (int at = first; at < end; at += KEY_BLOCK)
        for (int h = 0; h < 2; h++) {
            __m256 x = _mm256_sub_ps(_mm256_loadu_ps(s + at + 8 * h), max);
            __m256 in_range = _mm256_cmp_ps(x, _mm256_set1_ps(REF_EXP2_MIN), _CMP_GE_OQ);
            __m256 e = _mm256_and_ps(exp2_8(x), in_range);
            e = _mm256_and_ps(e, seen(at + 8 * h, from, end));
            _mm256_storeu_ps(s + at + 8 * h, e);
            sum[h] = _mm256_add_ps(sum[h], e);
        }
    return 1.0F / fold(sum[0], sum[1]);
}

INLINE void mix(const struct attend *a, const float *s, int from, int end, float r, float *y)
{
    int j = 0;
    for (; j + 32 <= a->d; j += 32) {
        __m256 sum[4];
        for (int h = 0; h < 4; h++)
            sum[h] = _mm256_setzero_ps();
        for (int i = from; i < end; i++) {
            const float *row = a->v + (size_t)i * (size_t)a->v_stride + j;
            __m256 weight = _mm256_broadcast_ss(s + i);
            for (int h = 0; h < 4; h++)
                sum[h] = _mm256_add_ps(sum[h], _mm256_mul_ps(weight, _mm256_loadu_ps(row + 8 * h)));
        }
        for (int h = 0; h < 4; h++)
            _mm256_storeu_ps(y + j + 8 * h, _mm256_mul_ps(sum[h], _mm256_set1_ps(r)));
    }
    for (; j < a->d; j += 8) {
        __m256 sum = _mm256_setzero_ps();
        for (int i = from; i < end; i++) {
            const float *row = a->v + (size_t)i * (size_t)a->v_stride + j;
            sum = _mm256_add_ps(sum, _mm256_mul_ps(_mm256_broadcast_ss(s + i), load(row, a->d - j)));
        }
        store(y + j, _mm256_mul_ps(sum, _mm256_set1_ps(r)), a->d - j);
    }
}

void avx2_attend(const struct attend *a)
{
    for (int i = 0; i < a->n; i++) {
        int t = a->first + i, end = a->window ? t + 1 : a->n_keys;
        int from = a->window && end > a->window ? end - a->window : 0;
        const float *q = a->q + (size_t)i * (size_t)a->q_stride;
        float r = weigh(a, q, t, from, end, a->s);
        mix(a, a->s, from, end, r, a->y + (size_t)i * (size_t)a->y_stride);
    }
}

/* Six times what step() needs beyond loads and the signs. In one piece, because
 * gcc 12 would keep an array of sums in memory. */
static int64_t peak(int rounds)
{
    for (int n = 0; n < rounds; n++) {
#define DOT(sum, pairs)                                                                            \
    "vpmaddubsw %%ymm12, %%ymm12, %%ymm" #pairs "\n\tvpmaddwd %%ymm13, %%ymm" #pairs               \
    ", %%ymm" #pairs "\n\tvpaddd %%ymm" #pairs ", %%ymm" #sum ", %%ymm" #sum "\n\t"
        __asm__ volatile(DOT(0, 6) DOT(1, 7) DOT(2, 8) DOT(3, 9) DOT(4, 10) DOT(5, 11)::
                             : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
                               "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13");
#undef DOT
    }
    return (int64_t)rounds * 6 * 32;
}

const struct kernel kernel_avx2 = {
    .name = "avx2",
    .packed_size = packed_size,
    .pack = pack,
    .gemm = gemm,
    .embed = avx2_embed,
    .quantize = avx2_quantize,
    .norm = avx2_norm,
    .norm_quantize = avx2_norm_quantize,
    .gelu_quantize = avx2_gelu_quantize,
    .put_cells = avx2_put_cells,
    .attend_cells = attend_cells,
    .put_keys = ref_put_keys,
    .attend = avx2_attend,
    .dots = avx2_dots,
    .peak = peak,
};
