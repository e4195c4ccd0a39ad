/* Four floats side by side, by the compiler's own vectors: the same bits on every machine. In Wasm,
 * where bytes count more, it is one.
 *
 * For what goes beside the kernels and is the same for all of their tables: a stream pools by it. */
#ifndef INFER_FOUR_H
#define INFER_FOUR_H

#include <string.h>

#include "infer/ref.h"

#ifdef KERNEL_WASM
enum { FOUR_LANES = 1 };
#else
enum { FOUR_LANES = 4 };
#endif

typedef float four __attribute__((vector_size(FOUR_LANES * sizeof(float))));
typedef int32_t four_ints __attribute__((vector_size(FOUR_LANES * sizeof(int32_t))));

static inline four four_at(const float *p)
{
    four v;
    memcpy(&v, p, sizeof(v));
    return v;
}

/* a where mask is -1, b where it is 0 */
static inline four four_chosen(four_ints mask, four a, four b)
{
    return (four)((mask & (four_ints)a) | (~mask & (four_ints)b));
}

/* exp_f() of each, step by step as infer/ref.c has it */
static inline four four_exp(four x)
{
#ifdef KERNEL_WASM
    return (four){exp_f(x[0])};
#else
    four_ints there = ~(x < REF_EXP_MIN);
    x = four_chosen(x < REF_EXP_MAX, x, (four){0} + REF_EXP_MAX);
    x = (four)(there & (four_ints)x);
    four n = (x * REF_LOG2E + REF_ROUND) - REF_ROUND;
    four r = (x - n * REF_LN2_HIGH) - n * REF_LN2_LOW;
    four q = r * REF_EXP_C6 + REF_EXP_C5;
    q = q * r + REF_EXP_C4;
    q = q * r + REF_EXP_C3;
    q = q * r + REF_EXP_C2;
    four e = ((q * r) * r + r) + 1.0F;
    four_ints power = (__builtin_convertvector(n, four_ints) + 127) << 23;
    return (four)(there & (four_ints)(e * (four)power));
#endif
}

#endif
