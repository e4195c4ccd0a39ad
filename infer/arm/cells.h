/* Attention over rounded keys and values (cells) by Advanced SIMD, compiled into each table
 * of ARM: with the dot product where the table has it.
 *
 * Fours of a query meet sixteen keys. Without a dot product two of them go through SMULL and
 * SMLAL, whose 16-bit sums of two cannot overflow, and SADALP, as in neon_gemm.c. Values are
 * widened once for two queries and multiplied by SMLAL; a register holds pairs of tokens, which
 * the last addition folds. Only panel.h includes this. */
#ifndef INFER_ARM_CELLS_H
#define INFER_ARM_CELLS_H

#include <math.h>

#include "infer/arm/neon.h"
#include "infer/arm/vector.h"
#include "infer/cells.h"

#ifdef __ARM_NEON

/* int32 sums of n queries with the sixteen keys of a cell */
INLINE void cells_sums(const struct cells *g, int n, const int8_t *key, int32x4_t (*ret)[4])
{
    int d = g->a->d;
#ifdef __ARM_FEATURE_DOTPROD
    UNROLL
    for (int r = 0; r < n; r++)
        UNROLL
        for (int h = 0; h < 4; h++)
            ret[r][h] = vdupq_n_s32(0);
    for (int j = 0; j < d; j += 4, key += 64)
        UNROLL
        for (int r = 0; r < n; r++) {
            int8x16_t q = vreinterpretq_s8_s32(vld1q_dup_s32((const int32_t *)(const void *)(g->q + r * d + j)));
            UNROLL
            for (int h = 0; h < 4; h++)
                ret[r][h] = vdotq_s32(ret[r][h], vld1q_s8(key + 16 * h), q);
        }
#else
    int32x4_t sum[CELL_QUERIES][8];
    UNROLL
    for (int r = 0; r < n; r++)
        UNROLL
        for (int c = 0; c < 8; c++)
            sum[r][c] = vdupq_n_s32(0);
    for (int j = 0; j < d; j += 8, key += 128) {
        int8x8_t q[CELL_QUERIES][2];
        UNROLL
        for (int r = 0; r < n; r++) {
            int32x2_t both = vld1_s32((const int32_t *)(const void *)(g->q + r * d + j));
            q[r][0] = vreinterpret_s8_s32(vdup_lane_s32(both, 0));
            q[r][1] = vreinterpret_s8_s32(vdup_lane_s32(both, 1));
        }
        UNROLL
        for (int c = 0; c < 8; c++) {
            int8x8_t k0 = vld1_s8(key + 8 * c), k1 = vld1_s8(key + 64 + 8 * c);
            UNROLL
            for (int r = 0; r < n; r++)
                sum[r][c] = vpadalq_s16(sum[r][c], vmlal_s8(vmull_s8(k0, q[r][0]), k1, q[r][1]));
        }
    }
    UNROLL
    for (int r = 0; r < n; r++)
        UNROLL
        for (int h = 0; h < 4; h++)
            ret[r][h] = vpaddq_s32(sum[r][2 * h], sum[r][2 * h + 1]);
#endif
}

struct cells_most { /* of one query */
    float score, scale; /* the largest of them, and of the scales of values that it sees */
};

/* Scores s of query r for four keys from `key` on, of which it may not see all */
INLINE void cells_score(const struct cells *g, int r, int key, int32x4_t sum, float *s, struct cells_most *most)
{
    const float *scale = cells_scales(g, key) + key % KEY_BLOCK, *bias = g->a->bias + key - g->t[r];
    float32x4_t v = vmulq_f32(vcvtq_f32_s32(sum), vmulq_n_f32(vld1q_f32(scale), g->factor[r]));
    if (key >= g->from[r] && key + 4 <= g->end[r]) {
        v = vaddq_f32(v, vld1q_f32(bias));
        vst1q_f32(s, v);
        most->score = fmaxf(most->score, vmaxnmvq_f32(v));
        most->scale = fmaxf(most->scale, vmaxnmvq_f32(vld1q_f32(scale + KEY_BLOCK)));
        return;
    }
    vst1q_f32(s, v);
    for (int c = 0; c < 4; c++) {
        if (key + c < g->from[r] || key + c >= g->end[r]) {
            s[c] = -INFINITY; /* its power is 0 */
            continue;
        }
        s[c] = s[c] + bias[c];
        most->score = fmaxf(most->score, s[c]);
        most->scale = fmaxf(most->scale, scale[KEY_BLOCK + c]);
    }
}

/* Scores into weights; returns what their sums are times */
static float cells_weigh(const struct cells *g, const float *s, int16_t *w, struct cells_most most)
{
    float32x4_t sum[4], max = vdupq_n_f32(most.score);
    float up = cells_up(most.scale);
    for (int h = 0; h < 4; h++)
        sum[h] = vdupq_n_f32(0);
    for (int key = g->first; key < g->last; key += KEY_BLOCK)
        for (int h = 0; h < 4; h++, s += 4, w += 4) {
            float32x4_t x = vsubq_f32(vld1q_f32(s), max);
            uint32x4_t in_range = vcgeq_f32(x, vdupq_n_f32(REF_EXP2_MIN));
            float32x4_t e = vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(power_4(x)), in_range));
            float32x4_t by = vmulq_n_f32(vld1q_f32(cells_scales(g, key) + KEY_BLOCK + 4 * h), up);
            vst1_s16(w, vmovn_s32(vcvtnq_s32_f32(vmulq_f32(e, by))));
            sum[h] = vaddq_f32(sum[h], e);
        }
    return cells_down(most.scale, fold(sum));
}

/* Sixteen numbers of n queries' outputs, from number j on */
INLINE void cells_mix(const struct cells *g, int n, int j, const float *by, float *y)
{
    int32x4_t sum[CELL_QUERIES][8];
    UNROLL
    for (int r = 0; r < n; r++)
        UNROLL
        for (int h = 0; h < 8; h++)
            sum[r][h] = vdupq_n_s32(0);
    for (int key = g->first; key < g->last; key += KEY_BLOCK) {
        const int8_t *v = cells_at(g, key) + KEY_BLOCK * g->a->d + 2 * j;
        const int16_t *w = g->weights + key - g->first;
        for (int p = 0; p < KEY_BLOCK; p += 2, v += 2 * g->a->d) {
            int8x16_t low = vld1q_s8(v), high = vld1q_s8(v + 16);
            int16x8_t value[4] = {vmovl_s8(vget_low_s8(low)), vmovl_s8(vget_high_s8(low)),
                                  vmovl_s8(vget_low_s8(high)), vmovl_s8(vget_high_s8(high))};
            UNROLL
            for (int r = 0; r < n; r++) {
                const int32_t *pair = (const int32_t *)(const void *)(w + r * g->stride + p);
                int16x8_t weight = vreinterpretq_s16_s32(vld1q_dup_s32(pair));
                UNROLL
                for (int h = 0; h < 4; h++) {
                    sum[r][2 * h] = vmlal_s16(sum[r][2 * h], vget_low_s16(value[h]), vget_low_s16(weight));
                    sum[r][2 * h + 1] = vmlal_high_s16(sum[r][2 * h + 1], value[h], weight);
                }
            }
        }
    }
    UNROLL
    for (int r = 0; r < n; r++)
        UNROLL
        for (int h = 0; h < 4; h++) {
            float32x4_t v = vcvtq_f32_s32(vpaddq_s32(sum[r][2 * h], sum[r][2 * h + 1]));
            vst1q_f32(y + (size_t)r * (size_t)g->a->y_stride + j + 4 * h, vmulq_n_f32(v, by[r]));
        }
}

/* n queries from query i on, n a constant */
INLINE void cells_attend(const struct attend_cells *a, int n, int i)
{
    struct cells g;
    struct cells_most most[CELL_QUERIES];
    float by[CELL_QUERIES];
    cells_open(&g, a, n, i, neon_quantize);
    for (int r = 0; r < n; r++)
        most[r] = (struct cells_most){-INFINITY, 0};
    for (int key = g.first; key < g.last; key += KEY_BLOCK) {
        int32x4_t sum[CELL_QUERIES][4];
        cells_sums(&g, n, cells_at(&g, key), sum);
        UNROLL
        for (int r = 0; r < n; r++)
            UNROLL
            for (int h = 0; h < 4; h++)
                cells_score(&g, r, key + 4 * h, sum[r][h], a->s + r * g.stride + key - g.first + 4 * h, &most[r]);
    }
    for (int r = 0; r < n; r++)
        by[r] = cells_weigh(&g, a->s + r * g.stride, g.weights + r * g.stride, most[r]);
    for (int j = 0; j < a->d; j += KEY_BLOCK)
        cells_mix(&g, n, j, by, a->y + (size_t)i * (size_t)a->y_stride);
}

static void attend_cells(const struct attend_cells *a)
{
    for (int head = 0; head < a->n_heads; head++) {
        const struct attend_cells one = ref_head(a, head);
        int i = 0;
        for (; i + 2 <= a->n; i += 2)
            cells_attend(&one, 2, i);
        if (i < a->n)
            cells_attend(&one, 1, i);
    }
}

#endif
#endif
