/* Attention over rounded keys and values (cells) by Advanced SIMD, compiled into each table
 * of ARM: with the dot product where the table has it.
 *
 * Fours of a query meet sixteen keys, and fours of weights sixteen numbers of values. Without a dot
 * product two of them go through SMULL and SMLAL, whose 16-bit sums of two cannot overflow, and
 * SADALP, as in neon_gemm.c. Weights fit a signed byte with LIFT taken off, which LIFT times the sums
 * of values makes good. Only panel.h includes this. */
#ifndef INFER_ARM_CELLS_H
#define INFER_ARM_CELLS_H

#include <math.h>

#include "infer/arm/neon.h"
#include "infer/arm/vector.h"
#include "infer/cells.h"

#ifdef __ARM_NEON

#ifdef __ARM_FEATURE_DOTPROD
enum { CELL_SUMS = 4, LIFT = CELL_WEIGHT / 2 };
#else
enum { CELL_SUMS = 8, LIFT = CELL_WEIGHT / 2 };
#endif

/* sum += fours of n rows, which lie `stride` apart, by the sixteen that each meets: keys for a query,
 * numbers of values for weights; those of a four are `step` bytes from the ones before */
INLINE void cells_add(int n, int fours, const int8_t *row, int stride, const int8_t *sixteen, int step,
                      int32x4_t (*sum)[CELL_SUMS])
{
#ifdef __ARM_FEATURE_DOTPROD
    for (int f = 0; f < fours; f++, row += 4, sixteen += step)
        UNROLL
        for (int r = 0; r < n; r++) {
            int8x16_t four = vreinterpretq_s8_s32(vld1q_dup_s32((const int32_t *)(const void *)(row + r * stride)));
            UNROLL
            for (int h = 0; h < 4; h++)
                sum[r][h] = vdotq_s32(sum[r][h], vld1q_s8(sixteen + 16 * h), four);
        }
#else
    for (int f = 0; f < fours; f += 2, row += 8, sixteen += 2 * step) {
        int8x8_t four[CELL_QUERIES][2];
        UNROLL
        for (int r = 0; r < n; r++) {
            int32x2_t both = vld1_s32((const int32_t *)(const void *)(row + r * stride));
            four[r][0] = vreinterpret_s8_s32(vdup_lane_s32(both, 0));
            four[r][1] = vreinterpret_s8_s32(vdup_lane_s32(both, 1));
        }
        UNROLL
        for (int c = 0; c < 8; c++) {
            int8x8_t s0 = vld1_s8(sixteen + 8 * c), s1 = vld1_s8(sixteen + step + 8 * c);
            UNROLL
            for (int r = 0; r < n; r++)
                sum[r][c] = vpadalq_s16(sum[r][c], vmlal_s8(vmull_s8(s0, four[r][0]), s1, four[r][1]));
        }
    }
#endif
}

INLINE void cells_zero(int n, int32x4_t (*sum)[CELL_SUMS])
{
    UNROLL
    for (int r = 0; r < n; r++)
        UNROLL
        for (int c = 0; c < CELL_SUMS; c++)
            sum[r][c] = vdupq_n_s32(0);
}

/* Sums 4 h to 4 h + 3 of the sixteen */
INLINE int32x4_t cells_sum(const int32x4_t *sum, int h)
{
    return CELL_SUMS == 4 ? sum[h] : vpaddq_s32(sum[2 * h % CELL_SUMS], sum[(2 * h + 1) % CELL_SUMS]);
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

/* Scores into weights less LIFT; returns what their sums are times */
static float cells_weigh(const struct cells *g, const float *s, int8_t *w, struct cells_most most)
{
    float32x4_t sum[4], max = vdupq_n_f32(most.score);
    float up = cells_up(most.scale);
    for (int h = 0; h < 4; h++)
        sum[h] = vdupq_n_f32(0);
    for (int key = g->first; key < g->last; key += KEY_BLOCK, w += KEY_BLOCK) {
        int16x4_t word[4];
        for (int h = 0; h < 4; h++, s += 4) {
            float32x4_t x = vsubq_f32(vld1q_f32(s), max);
            uint32x4_t in_range = vcgeq_f32(x, vdupq_n_f32(REF_EXP2_MIN));
            float32x4_t e = vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(power_4(x)), in_range));
            float32x4_t by = vmulq_n_f32(vld1q_f32(cells_scales(g, key) + KEY_BLOCK + 4 * h), up);
            word[h] = vsub_s16(vmovn_s32(vcvtnq_s32_f32(vmulq_f32(e, by))), vdup_n_s16(LIFT));
            sum[h] = vaddq_f32(sum[h], e);
        }
        vst1q_s8(w, vcombine_s8(vmovn_s16(vcombine_s16(word[0], word[1])), vmovn_s16(vcombine_s16(word[2], word[3]))));
    }
    return cells_down(most.scale, fold(sum));
}

/* Sixteen numbers of n queries' outputs, from number j on */
INLINE void cells_mix(const struct cells *g, int n, int j, const float *by, float *y)
{
    static const int8_t lift[KEY_BLOCK] = {LIFT, LIFT, LIFT, LIFT, LIFT, LIFT, LIFT, LIFT,
                                           LIFT, LIFT, LIFT, LIFT, LIFT, LIFT, LIFT, LIFT};
    int32x4_t sum[CELL_QUERIES][CELL_SUMS], lifted[1][CELL_SUMS];
    int d = g->a->d;
    cells_zero(n, sum);
    cells_zero(1, lifted);
    for (int key = g->first; key < g->last; key += KEY_BLOCK) {
        const int8_t *v = cells_at(g, key) + KEY_BLOCK * d + 4 * j;
        cells_add(n, KEY_BLOCK / 4, (const int8_t *)g->weights + key - g->first, g->stride, v, 4 * d, sum);
        cells_add(1, KEY_BLOCK / 4, lift, 0, v, 4 * d, lifted);
    }
    UNROLL
    for (int r = 0; r < n; r++)
        UNROLL
        for (int h = 0; h < 4; h++) {
            float32x4_t v = vcvtq_f32_s32(vaddq_s32(cells_sum(sum[r], h), cells_sum(lifted[0], h)));
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
        int32x4_t sum[CELL_QUERIES][CELL_SUMS];
        cells_zero(n, sum);
        cells_add(n, a->d / 4, g.q, a->d, cells_at(&g, key), 64, sum);
        UNROLL
        for (int r = 0; r < n; r++)
            UNROLL
            for (int h = 0; h < 4; h++)
                cells_score(&g, r, key + 4 * h, cells_sum(sum[r], h), a->s + r * g.stride + key - g.first + 4 * h, &most[r]);
    }
    for (int r = 0; r < n; r++)
        by[r] = cells_weigh(&g, a->s + r * g.stride, (int8_t *)g.weights + r * g.stride, most[r]);
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
