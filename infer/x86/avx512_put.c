/* Keys and values rounded into cells (infer/kernel.h).
 *
 * Four tokens that are neighbours in a cell go together: their keys, packed to bytes, are the
 * fours of the cell as they come, and their values are shifted together. One alone is put a few bytes at a time. */
#include "infer/x86/avx512.h"
#include "infer/x86/cells_zmm.h"

/* A row of numbers on its way into a cell */
struct row {
    const float *x;
    int8_t *to;    /* fours 64 bytes apart, of keys; bytes 4 apart, of values */
    float *scale;
};

/* Head's key or value of the i-th token that is put */
INLINE struct row row_of(const struct put_cells *p, int head, int i, bool value)
{
    int d = p->d, t = p->at + i, lane = t % KEY_BLOCK;
    int8_t *cell = p->cells + (size_t)head * p->head_step + (size_t)(t / KEY_BLOCK) * cell_bytes(d);
    float *scale = (float *)(cell + 2 * KEY_BLOCK * d) + lane;
    size_t at = (size_t)i * (size_t)p->stride + (size_t)(head * d);
    if (value)
        return (struct row){p->v + at, cell + KEY_BLOCK * d + lane / 4 * 4 * d, scale + KEY_BLOCK};
    return (struct row){p->k + at, cell + lane * 4, scale};
}

/* Scales of eight rows, which are put where they belong */
INLINE struct scales put_scales(int d, int n, const struct row row[8])
{
    __m512 top[8];
    float scale[LANES];
    UNROLL
    for (int r = 0; r < 8; r++)
        top[r] = _mm512_setzero_ps();
    for (int j = 0; j < d; j += LANES)
        UNROLL
        for (int r = 0; r < 8; r++)
            top[r] = larger(_mm512_loadu_ps(row[r].x + j), top[r]);
    struct scales s = scales_of(largest_8(top));
    _mm512_storeu_ps(scale, _mm512_min_ps(s.scale, _mm512_set1_ps(REF_SCALE_MOST)));
    for (int r = 0; r < n; r++)
        *row[r].scale = scale[r];
    return s;
}

/* One token, of up to four heads: rows in turns keys and values */
INLINE void put_one(const struct put_cells *p, int head, int i)
{
    struct row row[8];
    int heads = p->n_heads - head < 4 ? p->n_heads - head : 4, lane = (p->at + i) % KEY_BLOCK;
    for (int r = 0; r < 8; r++)
        row[r] = row_of(p, head + r / 2 % heads, i, r % 2);
    struct scales s = put_scales(p->d, 2 * heads, row);
    for (int j = 0; j < p->d; j += LANES)
        for (int r = 0; r < 2 * heads; r += 2) {
            __m128i k = bytes(rounded(_mm512_loadu_ps(row[r].x + j), &s, r));
            __m128i v = bytes(rounded(_mm512_loadu_ps(row[r + 1].x + j), &s, r + 1));
            __m512i apart = _mm512_slli_epi32(_mm512_cvtepu8_epi32(v), (unsigned)lane % 4 * 8);
            _mm512_mask_storeu_epi8(row[r + 1].to + 4 * j, (__mmask64)0x1111111111111111 << lane % 4, apart);
            for (int c = 0; c < 4; c++, k = _mm_srli_si128(k, 4))
                _mm_storeu_si32(row[r].to + (j + 4 * c) * KEY_BLOCK, k);
        }
}

/* Four tokens that are neighbours in a cell, of one head, whose keys, values and cell these are:
 * their scales, of keys first; false: not all have one */
INLINE bool four_scales(int d, const float *k, const float *v, size_t stride, int8_t *cell, int lane, float up[LANES])
{
    float *scale = (float *)(cell + 2 * KEY_BLOCK * d) + lane;
    __m512 top[8];
    UNROLL
    for (int r = 0; r < 8; r++)
        top[r] = _mm512_setzero_ps();
    for (int j = 0; j < d; j += LANES)
        UNROLL
        for (int r = 0; r < 4; r++) {
            top[r] = larger(_mm512_loadu_ps(k + (size_t)r * stride + j), top[r]);
            top[4 + r] = larger(_mm512_loadu_ps(v + (size_t)r * stride + j), top[4 + r]);
        }
    struct scales s = scales_of(largest_8(top));
    __m512 bounded = _mm512_min_ps(s.scale, _mm512_set1_ps(REF_SCALE_MOST));
    _mm_storeu_ps(scale, _mm512_castps512_ps128(bounded));
    _mm_storeu_ps(scale + KEY_BLOCK, _mm512_extractf32x4_ps(bounded, 1));
    _mm512_storeu_ps(up, s.up);
    return (s.nonzero & 0xff) == 0xff;
}

/* The same four, rounded */
INLINE void put_four(int d, const float *k, const float *v, size_t stride, int8_t *cell, int lane, const float up[LANES])
{
    const __m512i low = _mm512_set1_epi32(0xff), lower = _mm512_set1_epi32(0xffff), least = _mm512_set1_epi32(-127);
    int8_t *keys = cell + 4 * lane, *values = cell + (KEY_BLOCK + lane) * d;
    for (int j = 0; j < d; j += LANES, keys += LANES * KEY_BLOCK, values += 4 * LANES) {
        __m512i x[4], y[4];
        UNROLL
        for (int r = 0; r < 4; r++) {
            x[r] = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(k + (size_t)r * stride + j), _mm512_set1_ps(up[r])));
            y[r] = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(v + (size_t)r * stride + j), _mm512_set1_ps(up[4 + r])));
            y[r] = _mm512_max_epi32(y[r], least);
        }
        __m512i four = fours(x);
        _mm_storeu_si128((__m128i *)keys, _mm512_castsi512_si128(four));
        _mm_storeu_si128((__m128i *)(keys + 4 * KEY_BLOCK), _mm512_extracti32x4_epi32(four, 1));
        _mm_storeu_si128((__m128i *)(keys + 8 * KEY_BLOCK), _mm512_extracti32x4_epi32(four, 2));
        _mm_storeu_si128((__m128i *)(keys + 12 * KEY_BLOCK), _mm512_extracti32x4_epi32(four, 3));
        /* each one's byte goes above that of the one before */
        __m512i first = _mm512_ternarylogic_epi32(y[0], _mm512_slli_epi32(y[1], 8), low, 0xe4);
        __m512i last = _mm512_ternarylogic_epi32(y[2], _mm512_slli_epi32(y[3], 8), low, 0xe4);
        _mm512_storeu_si512(values, _mm512_ternarylogic_epi32(first, _mm512_slli_epi32(last, 16), lower, 0xe4));
    }
}

/* The same of all heads, from the i-th token that is put on; the scales of some heads are found
 * one after the other, so that none waits for the last one's. False: not all have one. */
static bool put_fours(const struct put_cells *p, int i)
{
    enum { SOME = 8 };
    float up[SOME][LANES];
    int t = p->at + i, lane = t % KEY_BLOCK, n;
    size_t stride = (size_t)p->stride;
    for (int head = 0; head < p->n_heads; head += n) {
        int8_t *cell = p->cells + (size_t)(t / KEY_BLOCK) * cell_bytes(p->d) + (size_t)head * p->head_step;
        size_t at = (size_t)i * stride + (size_t)(head * p->d), d = (size_t)p->d;
        bool all = true;
        n = p->n_heads - head < SOME ? p->n_heads - head : SOME;
        for (int h = 0; h < n; h++)
            all &= four_scales(p->d, p->k + at + (size_t)h * d, p->v + at + (size_t)h * d, stride,
                               cell + (size_t)h * p->head_step, lane, up[h]);
        if (!all)
            return false;
        for (int h = 0; h < n; h++)
            put_four(p->d, p->k + at + (size_t)h * d, p->v + at + (size_t)h * d, stride,
                     cell + (size_t)h * p->head_step, lane, up[h]);
    }
    return true;
}

void avx512_put_cells(const struct put_cells *p)
{
    for (int i = 0; i < p->n;) {
        bool four = (p->at + i) % 4 == 0 && i + 4 <= p->n && put_fours(p, i);
        for (int head = 0; !four && head < p->n_heads; head += 4)
            put_one(p, head, i);
        i += four ? 4 : 1;
    }
}
