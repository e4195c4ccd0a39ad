/* What both tables of products by VNNI in 512-bit registers share; avx512vnni.c tells how weights lie. */
#ifndef INFER_X86_VNNI_H
#define INFER_X86_VNNI_H

#include <string.h>

#include "infer/x86/zmm.h"

extern const struct kernel kernel_avx512vnni, kernel_avx512vnni_few;

enum { PANEL = 32, FOUR = 4, GELU_ROWS = 128 }; /* of GELU_ROWS at most GELU goes with the product */

/* gcc 12 wraps the intrinsic into register copies that halve its speed, so the instruction is written out. */
INLINE __m512i dot(__m512i sum, __m512i u, __m512i s)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(u), "v"(s));
    return sum;
}

INLINE __m512i four_at(const int8_t *a)
{
    int32_t four;
    memcpy(&four, a, sizeof(four));
    return _mm512_xor_si512(_mm512_set1_epi32(four), _mm512_set1_epi8(-128));
}

/* GELU of n registers, six at a time; the largest ones of them and of those in top */
INLINE __m512 gelu_of(int n, __m512 *v, __m512 top)
{
    UNROLL
    for (int i = 0; i < n; i += 6)
        gelu_all(n - i < 6 ? n - i : 6, v + i);
    UNROLL
    for (int i = 0; i < n; i++)
        top = larger(v[i], top);
    return top;
}

#endif
