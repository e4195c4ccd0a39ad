/* What the integer products of ARM share beside their tiles: weights in panels of columns,
 * rows in blocks that stay in the first cache, and the table around them.
 *
 * Weights are packed panel by panel; in a panel inputs go `step` at a time, those of the
 * panel's columns one after another, and columns past the last are zeros. Only files of
 * infer/arm that define a kernel table include this, each once. */
#ifndef INFER_ARM_PANEL_H
#define INFER_ARM_PANEL_H

#include <string.h>

#include "infer/arm/cells.h"

#ifdef __ARM_NEON

enum { PANEL_CACHED = 24 << 10 }; /* bytes of rows that a block may have */

INLINE size_t panel_bytes(int n, int k, int panel)
{
    return (size_t)((n + panel - 1) / panel * panel) * (size_t)k;
}

/* The end of what was packed */
INLINE int8_t *panel_pack(int n, int k, const int8_t *w, int8_t *to, int panel, int step)
{
    for (int j = 0; j < n; j += panel)
        for (int l = 0; l < k; l += step)
            for (int c = 0; c < panel; c++, to += step) {
                if (j + c < n)
                    memcpy(to, w + (size_t)(j + c) * (size_t)k + (size_t)l, (size_t)step);
                else
                    memset(to, 0, (size_t)step);
            }
    return to;
}

/* block() over the rows, whole tiles of `rows` at a time */
INLINE void panel_rows(const struct gemm *g, int rows,
                       void (*block)(const struct gemm *g, int from, int to))
{
    int many = PANEL_CACHED / g->k / rows * rows;
    if (many < rows)
        many = rows;
    for (int i = 0; i < g->m; i += many)
        block(g, i, g->m - i < many ? g->m : i + many);
}

/* Products of registers alone, as the macro DOT(sum) of a file multiplies v30 and v31: so many
 * each. Sixteen sums, that none waits for the one before. */
#define PANEL_PEAK(products)                                                                       \
    static int64_t peak(int rounds)                                                                \
    {                                                                                              \
        long left = rounds;                                                                        \
        __asm__ volatile("1:\n\t" DOT(0) DOT(1) DOT(2) DOT(3) DOT(4) DOT(5) DOT(6) DOT(7)          \
                         DOT(8) DOT(9) DOT(10) DOT(11) DOT(12) DOT(13) DOT(14) DOT(15)             \
                         "subs %[left], %[left], #1\n\tb.ne 1b"                                    \
                         : [left] "+r"(left)::"cc", "v0", "v1", "v2", "v3", "v4", "v5", "v6",      \
                           "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15");            \
        return (int64_t)rounds * 16 * (products);                                                  \
    }

/* The table of a file with packed_size(), pack(), gemm() and peak() of its own */
#define PANEL_KERNEL(which)                                                                        \
    {                                                                                              \
        .name = which, .packed_size = packed_size, .pack = pack, .gemm = gemm,                     \
        .embed = neon_embed, .quantize = neon_quantize, .norm = neon_norm,                         \
        .norm_quantize = neon_norm_quantize, .gelu_quantize = neon_gelu_quantize,                  \
        .put_cells = neon_put_cells, .attend_cells = attend_cells,                                 \
        .put_keys = ref_put_keys, .attend = neon_attend, .dots = neon_dots, .peak = peak,          \
    }

#endif
#endif
