/* Attention by Advanced SIMD: up to four queries together, which share what is read of
 * keys and values. Most of an attention without FMA is multiply and add, so reading
 * each operand once for four of them takes away a third of its instructions.
 *
 *        from of query 0 … 3                end of query 0 … 3
 *   keys | 0 | 1 | 2 | 3 |   seen by all    | 0 | 1 | 2 | 3 |
 *
 * Scores are computed for whole blocks of 16 keys and those that a query does not see
 * are put out; values are taken by each query alone before and behind what all see,
 * so that nothing of them can reach who should not see it. */
#include <math.h>

#include "infer/arm/neon.h"
#include "infer/arm/vector.h"

enum { LANES = 16, QUERIES = 4 };

struct view { /* keys of a query */
    int at, from, end;
};

static struct view view_of(const struct attend *a, int i)
{
    int t = a->first + i, end = a->window ? t + 1 : a->n_keys;
    return (struct view){t, a->window && end > a->window ? end - a->window : 0, end};
}

/* s (m rows, `stride` apart) = q · key, for the blocks that hold keys from..end-1 */
INLINE void scores(const struct attend *a, int m, const float *q, int from, int end, float *s,
                   size_t stride)
{
    for (int at = from / KEY_BLOCK * KEY_BLOCK; at < end; at += KEY_BLOCK) {
        const float *key = a->keys + (size_t)(at / KEY_BLOCK) * (size_t)a->key_stride;
        float32x4_t sum[QUERIES][4];
        UNROLL
        for (int r = 0; r < m; r++)
            UNROLL
            for (int h = 0; h < 4; h++)
                sum[r][h] = vdupq_n_f32(0);
        for (int j = 0; j < a->d; j++, key += KEY_BLOCK) {
            float32x4_t k[4];
            UNROLL
            for (int h = 0; h < 4; h++)
                k[h] = vld1q_f32(key + 4 * h);
            UNROLL
            for (int r = 0; r < m; r++) {
                float x = q[(size_t)r * (size_t)a->q_stride + (size_t)j];
                UNROLL
                for (int h = 0; h < 4; h++)
                    sum[r][h] = vaddq_f32(sum[r][h], vmulq_n_f32(k[h], x));
            }
        }
        UNROLL
        for (int r = 0; r < m; r++)
            UNROLL
            for (int h = 0; h < 4; h++)
                vst1q_f32(s + (size_t)r * stride + at + 4 * h, sum[r][h]);
    }
}

/* Scores of a view's keys into their powers, zeros beside them in the same blocks; returns
 * 1 / their sum */
static float weigh(const struct attend *a, struct view v, float *s)
{
    int first = v.from / KEY_BLOCK * KEY_BLOCK, i = v.from;
    int last = (v.end + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK;
    const float *bias = a->bias - v.at;
    float32x4_t top = vdupq_n_f32(-INFINITY), sum[4];
    for (; i + 4 <= v.end; i += 4) {
        float32x4_t x = vmulq_n_f32(vld1q_f32(s + i), a->scale);
        x = vaddq_f32(x, vld1q_f32(bias + i));
        top = vmaxnmq_f32(top, x);
        vst1q_f32(s + i, x);
    }
    float max = vmaxnmvq_f32(top);
    for (; i < v.end; i++) {
        s[i] = s[i] * a->scale + bias[i];
        max = s[i] > max ? s[i] : max;
    }
    for (i = first; i < v.from; i++)
        s[i] = -INFINITY; /* its power is 0 */
    for (i = v.end; i < last; i++)
        s[i] = -INFINITY;
    for (int h = 0; h < 4; h++)
        sum[h] = vdupq_n_f32(0);
    for (i = first; i < last; i += KEY_BLOCK)
        for (int h = 0; h < 4; h++) {
            float32x4_t x = vsubq_f32(vld1q_f32(s + i + 4 * h), vdupq_n_f32(max));
            uint32x4_t in_range = vcgeq_f32(x, vdupq_n_f32(REF_EXP2_MIN));
            float32x4_t e = vreinterpretq_f32_u32(
                vandq_u32(vreinterpretq_u32_f32(exp2_4(x)), in_range));
            vst1q_f32(s + i + 4 * h, e);
            sum[h] = vaddq_f32(sum[h], e);
        }
    return 1.0F / fold(sum);
}

/* sum (m, 4 registers) += s times the values of keys from..end-1 */
INLINE void take(const struct attend *a, int m, int from, int end, const float *s, size_t stride,
                 int j, float32x4_t (*sum)[4])
{
    const float *row = a->v + (size_t)from * (size_t)a->v_stride + j;
    for (int key = from; key < end; key++, row += a->v_stride) {
        float32x4_t v[4];
        UNROLL
        for (int h = 0; h < 4; h++)
            v[h] = vld1q_f32(row + 4 * h);
        UNROLL
        for (int r = 0; r < m; r++)
            UNROLL
            for (int h = 0; h < 4; h++)
                sum[r][h] = vaddq_f32(sum[r][h], vmulq_n_f32(v[h], s[(size_t)r * stride + key]));
    }
}

/* m queries from i on */
INLINE void queries(const struct attend *a, int m, int i)
{
    struct view view[QUERIES];
    float r_sum[QUERIES];
    size_t stride = (size_t)(a->n_keys + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK;
    for (int r = 0; r < m; r++)
        view[r] = view_of(a, i + r);
    scores(a, m, a->q + (size_t)i * (size_t)a->q_stride, view[0].from, view[m - 1].end, a->s, stride);
    for (int r = 0; r < m; r++)
        r_sum[r] = weigh(a, view[r], a->s + (size_t)r * stride);
    int from = view[m - 1].from, end = view[0].end; /* what all see */
    if (from > end)
        from = end;
    for (int j = 0; j < a->d; j += LANES) {
        float32x4_t sum[QUERIES][4];
        UNROLL
        for (int r = 0; r < m; r++)
            UNROLL
            for (int h = 0; h < 4; h++)
                sum[r][h] = vdupq_n_f32(0);
        UNROLL
        for (int r = 0; r < m; r++)
            take(a, 1, view[r].from, from, a->s + (size_t)r * stride, 0, j, sum + r);
        take(a, m, from, end, a->s, stride, j, sum);
        UNROLL
        for (int r = 0; r < m; r++) {
            int behind = view[r].from > end ? view[r].from : end;
            take(a, 1, behind, view[r].end, a->s + (size_t)r * stride, 0, j, sum + r);
            float *y = a->y + (size_t)(i + r) * (size_t)a->y_stride + j;
            UNROLL
            for (int h = 0; h < 4; h++)
                vst1q_f32(y + 4 * h, vmulq_n_f32(sum[r][h], r_sum[r]));
        }
    }
}

void neon_attend(const struct attend *a)
{
    if (a->d % LANES != 0) {
        ref_attend(a);
        return;
    }
    int i = 0;
    for (; i + QUERIES <= a->n; i += QUERIES)
        queries(a, QUERIES, i);
    if (a->n - i >= 2) {
        queries(a, 2, i);
        i += 2;
    }
    if (i < a->n)
        queries(a, 1, i);
}
