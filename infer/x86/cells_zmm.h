/* What attention over cells (infer/kernel.h) shares in 512-bit registers: its products by VNNI
 * and rounding. Only avx512_cells.c, avx512_put.c and avx512_window.c include this. */
#ifndef INFER_X86_CELLS_ZMM_H
#define INFER_X86_CELLS_ZMM_H

#include "infer/x86/zmm.h"

#define UNSEEN (-1e38F) /* a score that has no power beside any other */

/* sum + u · k, four unsigned by four signed bytes in each lane */
INLINE __m512i dot_bytes(__m512i sum, __m512i u, __m512i k)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(u), "v"(k));
    return sum;
}

/* Sixteen numbers of each of four rows as bytes: of each, a four side by side in every quarter */
INLINE __m512i fours(const __m512i v[4])
{
    __m512i b = _mm512_packs_epi16(_mm512_packs_epi32(v[0], v[1]), _mm512_packs_epi32(v[2], v[3]));
    return _mm512_max_epi8(b, _mm512_set1_epi8(-127)); /* what is no number became -128 */
}

#endif
