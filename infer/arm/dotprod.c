/* The dot product of ARMv8.2: SDOT adds four int8 products to each int32 lane.
 *
 * Weights are packed in panels of eight columns: inputs in fours, each four of the
 * eight columns side by side, two registers. SDOT by element multiplies them with one
 * four of a row, so no sum is folded across its register, and one load of a row
 * serves four such steps. Sixteen registers of sums, eight rows by a panel, and fewer
 * rows by more panels, because a product takes several cycles and as many must be
 * under way. */
#include "infer/arm/panel.h"

enum { PANEL = 8, FOUR = 4, STEP = 16, ROWS = 8, MOST_PANELS = 4 };

static size_t packed_size(int n, int k)
{
    return panel_bytes(n, k, PANEL);
}

static void pack(int n, int k, const int8_t *w, void *packed)
{
    panel_pack(n, k, w, packed, PANEL, FOUR);
}

/* sum += four columns (w) times four inputs, the e-th four of x */
INLINE int32x4_t dot(int32x4_t sum, int8x16_t w, int8x16_t x, int e)
{
    switch (e) {
    case 0:
        return vdotq_laneq_s32(sum, w, x, 0);
    case 1:
        return vdotq_laneq_s32(sum, w, x, 1);
    case 2:
        return vdotq_laneq_s32(sum, w, x, 2);
    default:
        return vdotq_laneq_s32(sum, w, x, 3);
    }
}

/* m rows from i by p panels from column j */
INLINE void tile(const struct gemm *g, int m, int p, int i, int j, const int8_t *w)
{
    int32x4_t sum[ROWS][MOST_PANELS][2];
    const int8_t *a = g->a + (size_t)i * (size_t)g->k;
    size_t bytes = PANEL * (size_t)g->k;
    UNROLL
    for (int r = 0; r < m; r++)
        UNROLL
        for (int h = 0; h < p; h++)
            sum[r][h][0] = sum[r][h][1] = vdupq_n_s32(0);
    for (int l = 0; l < g->k; l += STEP) {
        int8x16_t x[ROWS];
        UNROLL
        for (int r = 0; r < m; r++)
            x[r] = vld1q_s8(a + (size_t)r * (size_t)g->k + l);
        UNROLL
        for (int e = 0; e < STEP / FOUR; e++, w += PANEL * FOUR)
            UNROLL
            for (int h = 0; h < p; h++) {
                const int8_t *y = w + (size_t)h * bytes;
                int8x16_t y0 = vld1q_s8(y), y1 = vld1q_s8(y + 16);
                UNROLL
                for (int r = 0; r < m; r++) {
                    sum[r][h][0] = dot(sum[r][h][0], y0, x[r], e);
                    sum[r][h][1] = dot(sum[r][h][1], y1, x[r], e);
                }
            }
    }
    UNROLL
    for (int h = 0; h < p; h++)
        UNROLL
        for (int q = 0; q < 2; q++) {
            int32x4_t out[ROWS];
            UNROLL
            for (int r = 0; r < m; r++)
                out[r] = sum[r][h][q];
            finish(g, m, i, j + h * PANEL + 4 * q, out);
        }
}

/* Rows from..to-1 by p panels */
INLINE void strip(const struct gemm *g, int p, int from, int to, int j, const int8_t *w)
{
    int i = from;
    if (p == 1)
        for (; i + 8 <= to; i += 8)
            tile(g, 8, 1, i, j, w);
    if (p <= 2)
        for (; i + 4 <= to; i += 4)
            tile(g, 4, p, i, j, w);
    for (; i + 2 <= to; i += 2)
        tile(g, 2, p, i, j, w);
    if (i < to)
        tile(g, 1, p, i, j, w);
}

/* A block of rows that stays in the first cache, all panels over it */
static void block(const struct gemm *g, int from, int to)
{
    size_t bytes = PANEL * (size_t)g->k;
    const int8_t *w = g->w;
    int j = 0, m = to - from;
    if (m < 4)
        for (; j + 3 * PANEL < g->n; j += 4 * PANEL, w += 4 * bytes)
            strip(g, 4, from, to, j, w);
    if (m < 8)
        for (; j + PANEL < g->n; j += 2 * PANEL, w += 2 * bytes)
            strip(g, 2, from, to, j, w);
    for (; j < g->n; j += PANEL, w += bytes)
        strip(g, 1, from, to, j, w);
}

static void gemm(const struct gemm *g)
{
    panel_rows(g, ROWS, block);
}

#define DOT(s) "sdot v" #s ".4s, v31.16b, v30.4b[0]\n\t"

PANEL_PEAK(16)

extern const struct kernel kernel_dotprod;
const struct kernel kernel_dotprod = PANEL_KERNEL("dotprod");
