/* The matrix product of ARMv8.6 (I8MM): SMMLA multiplies 2 rows by 2 columns of eight
 * inputs, 32 products, into the four sums of a register.
 *
 * Weights are packed in panels of eight columns: inputs in eights, the eights of the
 * columns one after another, so that two columns are a register and four registers a
 * cache line. Rows go in pairs: ZIP puts an eight of one beside that of the other.
 * Eight rows by a panel are sixteen registers of sums. An odd row at the end goes
 * together with itself. */
#include "infer/arm/panel.h"

enum { PANEL = 8, EIGHT = 8, STEP = 16, ROWS = 8 };

static size_t packed_size(int n, int k)
{
    return panel_bytes(n, k, PANEL);
}

static void pack(int n, int k, const int8_t *w, void *packed)
{
    panel_pack(n, k, w, packed, PANEL, EIGHT);
}

INLINE int32x4_t halves(int32x4_t a, int32x4_t b, int half)
{
    int64x2_t u = vreinterpretq_s64_s32(a), v = vreinterpretq_s64_s32(b);
    return vreinterpretq_s32_s64(half ? vzip2q_s64(u, v) : vzip1q_s64(u, v));
}

/* 2 m rows from i, of which those from `to` on are the last one again, by p panels */
INLINE void tile(const struct gemm *g, int m, int p, int i, int to, int j, const int8_t *w)
{
    int32x4_t sum[ROWS / 2][2][PANEL / 2];
    const int8_t *a[ROWS];
    size_t bytes = PANEL * (size_t)g->k;
    UNROLL
    for (int r = 0; r < 2 * m; r++)
        a[r] = g->a + (size_t)(i + r < to ? i + r : to - 1) * (size_t)g->k;
    UNROLL
    for (int r = 0; r < m; r++)
        UNROLL
        for (int h = 0; h < p; h++)
            UNROLL
            for (int c = 0; c < PANEL / 2; c++)
                sum[r][h][c] = vdupq_n_s32(0);
    for (int l = 0; l < g->k; l += STEP) {
        int8x16_t x[2][ROWS / 2];
        UNROLL
        for (int r = 0; r < m; r++) {
            int64x2_t u = vreinterpretq_s64_s8(vld1q_s8(a[2 * r] + l));
            int64x2_t v = vreinterpretq_s64_s8(vld1q_s8(a[2 * r + 1] + l));
            x[0][r] = vreinterpretq_s8_s64(vzip1q_s64(u, v));
            x[1][r] = vreinterpretq_s8_s64(vzip2q_s64(u, v));
        }
        UNROLL
        for (int e = 0; e < STEP / EIGHT; e++, w += PANEL * EIGHT)
            UNROLL
            for (int h = 0; h < p; h++)
                UNROLL
                for (int c = 0; c < PANEL / 2; c++) {
                    int8x16_t y = vld1q_s8(w + (size_t)h * bytes + 16 * c);
                    UNROLL
                    for (int r = 0; r < m; r++)
                        sum[r][h][c] = vmmlaq_s32(sum[r][h][c], x[e][r], y);
                }
    }
    UNROLL
    for (int h = 0; h < p; h++)
        UNROLL
        for (int q = 0; q < 2; q++) {
            int32x4_t out[ROWS];
            UNROLL
            for (int r = 0; r < 2 * m; r++)
                out[r] = halves(sum[r / 2][h][2 * q], sum[r / 2][h][2 * q + 1], r % 2);
            if (i + 2 * m <= to)
                finish(g, 2 * m, i, j + h * PANEL + 4 * q, out);
            else
                finish(g, 2 * m - 1, i, j + h * PANEL + 4 * q, out);
        }
}

/* Rows from..to-1 by p panels */
INLINE void strip(const struct gemm *g, int p, int from, int to, int j, const int8_t *w)
{
    int i = from;
    if (p == 1)
        for (; i + 6 < to; i += 8)
            tile(g, 4, 1, i, to, j, w);
    for (; i + 2 < to; i += 4)
        tile(g, 2, p, i, to, j, w);
    if (i < to)
        tile(g, 1, p, i, to, j, w);
}

/* A block of rows that stays in the first cache, all panels over it */
static void block(const struct gemm *g, int from, int to)
{
    size_t bytes = PANEL * (size_t)g->k;
    const int8_t *w = g->w;
    int j = 0;
    if (to - from <= 4)
        for (; j + PANEL < g->n; j += 2 * PANEL, w += 2 * bytes)
            strip(g, 2, from, to, j, w);
    for (; j < g->n; j += PANEL, w += bytes)
        strip(g, 1, from, to, j, w);
}

static void gemm(const struct gemm *g)
{
    panel_rows(g, ROWS, block);
}

#define DOT(s) "smmla v" #s ".4s, v31.16b, v30.16b\n\t"

PANEL_PEAK(32)

extern const struct kernel kernel_i8mm;
const struct kernel kernel_i8mm = PANEL_KERNEL("i8mm");
