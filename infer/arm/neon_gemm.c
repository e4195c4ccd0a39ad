/* Products for cores without the dot-product instruction: Cortex-A53 and its like.
 *
 * Two int8 products fit an int16 lane: SMULL of eight bytes, SMLAL of the next eight,
 * 2 * 127 * 127 = 32,258 at most; SADALP then adds pairs of lanes to int32. Three
 * instructions for sixteen products, and the core does one of them a cycle: 5.3
 * products a cycle are its limit, if it does nothing but this.
 *
 * It issues two instructions a cycle, in order, so the rest has to find room beside
 * them. A 64-bit load does, a 128-bit one does not; so every operand is half a
 * register. And what waits for a result stops all behind it; so the three steps of a
 * sum stand apart, with those of its neighbours between. tile_4() is written out for
 * that: 4 rows by 4 columns are sixteen sums in v0-v15, eight halves of rows in
 * v16-v23, halves of columns by turns in v24-v27, and four products on their way in
 * v28-v31. Step e works on sum e, and ends what steps e - 2 and e - 4 began:
 *
 *     sadalp sum e - 4    smlal product e - 2    smull product e    and a load
 *
 * also over the end of a block of 16 inputs. tests/bench/arm.py says what that makes.
 *
 * Weights are packed in panels of four columns: 16 inputs of each side by side, 64
 * bytes, one cache line a block. */
#include "infer/arm/panel.h"

enum { PANEL = 4, BLOCK = 16, ROWS = 4 };

static size_t packed_size(int n, int k)
{
    return panel_bytes(n, k, PANEL) + PANEL * BLOCK; /* the last step of a tile loads ahead */
}

static void pack(int n, int k, const int8_t *w, void *packed)
{
    memset(panel_pack(n, k, w, packed, PANEL, BLOCK), 0, PANEL * BLOCK);
}

#define ZERO(v) "movi v" #v ".4s, #0\n\t"
#define MUL(t, x, y) "smull v" #t ".8h, v" #x ".8b, v" #y ".8b\n\t"
#define MLA(t, x, y) "smlal v" #t ".8h, v" #x ".8b, v" #y ".8b\n\t"
#define SUM(s, t) "sadalp v" #s ".4s, v" #t ".8h\n\t"
#define PAIRS(d, a, b) "addp v" #d ".4s, v" #a ".4s, v" #b ".4s\n\t"
#define ROW(x, row, at) "ldr d" #x ", [%[" #row "], %[" #at "]]\n\t"
#define COL(y, at) "ldr d" #y ", [%[w], #" #at "]\n\t"

/* sums (ROWS, PANEL) of k inputs, a multiple of BLOCK, of four rows by a panel. In the
 * last block `step` becomes 0, so that what is loaded ahead is this block again. */
static void tile_4(int k, const int8_t *const *a, const int8_t *w, int32_t *sums)
{
    size_t low = 0, high = 8, step = BLOCK, blocks = (size_t)k / BLOCK;
    __asm__ volatile(
        ZERO(0) ZERO(1) ZERO(2) ZERO(3) ZERO(4) ZERO(5) ZERO(6) ZERO(7)
        ZERO(8) ZERO(9) ZERO(10) ZERO(11) ZERO(12) ZERO(13) ZERO(14) ZERO(15)
        /* nothing is on its way: zero products, and zeros times zeros to add to two of them */
        ZERO(28) ZERO(29) ZERO(30) ZERO(31) ZERO(27) ZERO(21) ZERO(23)
        ROW(16, a0, low) ROW(18, a1, low) ROW(20, a2, low) ROW(22, a3, low)
        ROW(17, a0, high) ROW(19, a1, high) COL(24, 0) COL(26, 8)
        "1:\n\t"
        SUM(12, 28) MLA(30, 21, 27) ROW(21, a2, high) MUL(28, 16, 24) COL(25, 16)
        SUM(13, 29) MLA(31, 23, 27) ROW(23, a3, high) MUL(29, 18, 24) "subs %[blocks], %[blocks], #1\n\t"
        SUM(14, 30) MLA(28, 17, 26) COL(27, 24) MUL(30, 20, 24)
        SUM(15, 31) MLA(29, 19, 26) MUL(31, 22, 24) "prfm pldl1keep, [%[w], #384]\n\t"

        SUM(0, 28) MLA(30, 21, 26) MUL(28, 16, 25) COL(24, 32)
        SUM(1, 29) MLA(31, 23, 26) MUL(29, 18, 25)
        SUM(2, 30) MLA(28, 17, 27) COL(26, 40) MUL(30, 20, 25)
        SUM(3, 31) MLA(29, 19, 27) MUL(31, 22, 25) "csel %[step], xzr, %[step], eq\n\t"

        SUM(4, 28) MLA(30, 21, 27) MUL(28, 16, 24) COL(25, 48)
        SUM(5, 29) MLA(31, 23, 27) MUL(29, 18, 24) "add %[low], %[low], %[step]\n\t"
        SUM(6, 30) MLA(28, 17, 26) COL(27, 56) MUL(30, 20, 24)
        SUM(7, 31) MLA(29, 19, 26) MUL(31, 22, 24) "add %[high], %[high], %[step]\n\t"

        SUM(8, 28) MLA(30, 21, 26) COL(24, 64) MUL(28, 16, 25) ROW(16, a0, low)
        SUM(9, 29) MLA(31, 23, 26) MUL(29, 18, 25) ROW(18, a1, low)
        SUM(10, 30) MLA(28, 17, 27) ROW(17, a0, high) COL(26, 72) MUL(30, 20, 25) ROW(20, a2, low)
        SUM(11, 31) MLA(29, 19, 27) ROW(19, a1, high) MUL(31, 22, 25) ROW(22, a3, low)
        "add %[w], %[w], #64\n\t"
        "b.ne 1b\n\t"
        SUM(12, 28) MLA(30, 21, 27) SUM(13, 29) MLA(31, 23, 27) SUM(14, 30) SUM(15, 31)
        PAIRS(0, 0, 4) PAIRS(1, 1, 5) PAIRS(2, 2, 6) PAIRS(3, 3, 7)
        PAIRS(8, 8, 12) PAIRS(9, 9, 13) PAIRS(10, 10, 14) PAIRS(11, 11, 15)
        PAIRS(0, 0, 8) PAIRS(1, 1, 9) PAIRS(2, 2, 10) PAIRS(3, 3, 11)
        "st1 {v0.4s, v1.4s, v2.4s, v3.4s}, [%[sums]]"
        : [w] "+r"(w), [low] "+r"(low), [high] "+r"(high), [step] "+r"(step), [blocks] "+r"(blocks)
        : [a0] "r"(a[0]), [a1] "r"(a[1]), [a2] "r"(a[2]), [a3] "r"(a[3]), [sums] "r"(sums)
        : "cc", "memory", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11",
          "v12", "v13", "v14", "v15", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24",
          "v25", "v26", "v27", "v28", "v29", "v30", "v31");
}

static void rows_4(const struct gemm *g, int i, int j, const int8_t *w)
{
    int32x4_t sums[ROWS];
    const int8_t *a[ROWS];
    for (int r = 0; r < ROWS; r++)
        a[r] = g->a + (size_t)(i + r) * (size_t)g->k;
    tile_4(g->k, a, w, (int32_t *)sums);
    finish(g, ROWS, i, j, sums);
}

/* m < ROWS rows from i by p panels from column j; what reads each weight for so few
 * rows waits for memory anyway, so the compiler's order is good enough. */
INLINE void rows_few(const struct gemm *g, int m, int p, int i, int j, const int8_t *w)
{
    int32x4_t sum[ROWS][2][PANEL];
    const int8_t *a = g->a + (size_t)i * (size_t)g->k;
    size_t bytes = PANEL * (size_t)g->k;
    UNROLL
    for (int r = 0; r < m; r++)
        UNROLL
        for (int h = 0; h < p; h++)
            UNROLL
            for (int c = 0; c < PANEL; c++)
                sum[r][h][c] = vdupq_n_s32(0);
    for (int l = 0; l < g->k; l += BLOCK, w += PANEL * BLOCK)
        UNROLL
        for (int h = 0; h < p; h++)
            UNROLL
            for (int c = 0; c < PANEL; c++) {
                const int8_t *y = w + (size_t)h * bytes + c * BLOCK;
                UNROLL
                for (int r = 0; r < m; r++) {
                    const int8_t *x = a + (size_t)r * (size_t)g->k + l;
                    int16x8_t pairs = vmull_s8(vld1_s8(x), vld1_s8(y));
                    pairs = vmlal_s8(pairs, vld1_s8(x + 8), vld1_s8(y + 8));
                    sum[r][h][c] = vpadalq_s16(sum[r][h][c], pairs);
                }
            }
    UNROLL
    for (int h = 0; h < p; h++) {
        int32x4_t out[ROWS];
        UNROLL
        for (int r = 0; r < m; r++) {
            const int32x4_t *s = sum[r][h];
            out[r] = vpaddq_s32(vpaddq_s32(s[0], s[1]), vpaddq_s32(s[2], s[3]));
        }
        finish(g, m, i, j + h * PANEL, out);
    }
}

/* A block of rows that stays in the first cache, all panels over it */
static void block(const struct gemm *g, int from, int to)
{
    size_t bytes = PANEL * (size_t)g->k;
    const int8_t *w = g->w;
    int j = 0;
    if (to - from == 1)
        for (; j + PANEL < g->n; j += 2 * PANEL, w += 2 * bytes)
            rows_few(g, 1, 2, from, j, w);
    for (; j < g->n; j += PANEL, w += bytes) {
        int i = from;
        for (; i + ROWS <= to; i += ROWS)
            rows_4(g, i, j, w);
        if (to - i == 3)
            rows_few(g, 3, 1, i, j, w);
        else if (to - i == 2)
            rows_few(g, 2, 1, i, j, w);
        else if (to - i == 1)
            rows_few(g, 1, 1, i, j, w);
    }
}

static void gemm(const struct gemm *g)
{
    panel_rows(g, ROWS, block);
}

/* Products of registers alone, the steps of a sum eight instructions apart */
static int64_t peak(int rounds)
{
    long left = rounds;
    __asm__ volatile(
        "1:\n\t"
        MUL(24, 20, 21) MUL(25, 20, 21) MUL(26, 20, 21) MUL(27, 20, 21)
        MUL(28, 20, 21) MUL(29, 20, 21) MUL(30, 20, 21) MUL(31, 20, 21)
        MLA(24, 22, 23) MLA(25, 22, 23) MLA(26, 22, 23) MLA(27, 22, 23)
        MLA(28, 22, 23) MLA(29, 22, 23) MLA(30, 22, 23) MLA(31, 22, 23)
        SUM(0, 24) SUM(1, 25) SUM(2, 26) SUM(3, 27)
        SUM(4, 28) SUM(5, 29) SUM(6, 30) SUM(7, 31)
        MUL(24, 20, 21) MUL(25, 20, 21) MUL(26, 20, 21) MUL(27, 20, 21)
        MUL(28, 20, 21) MUL(29, 20, 21) MUL(30, 20, 21) MUL(31, 20, 21)
        MLA(24, 22, 23) MLA(25, 22, 23) MLA(26, 22, 23) MLA(27, 22, 23)
        MLA(28, 22, 23) MLA(29, 22, 23) MLA(30, 22, 23) MLA(31, 22, 23)
        SUM(8, 24) SUM(9, 25) SUM(10, 26) SUM(11, 27)
        SUM(12, 28) SUM(13, 29) SUM(14, 30) SUM(15, 31)
        "subs %[left], %[left], #1\n\t"
        "b.ne 1b"
        : [left] "+r"(left)
        :
        : "cc", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12",
          "v13", "v14", "v15", "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31");
    return (int64_t)rounds * 256;
}

extern const struct kernel kernel_neon;
const struct kernel kernel_neon = PANEL_KERNEL("neon");
