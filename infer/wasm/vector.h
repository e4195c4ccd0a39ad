/* What the files of the Wasm kernel share: four floats at a time, and its product.
 *
 * Only infer/wasm includes this. Every function gives the bits of its name in
 * infer/ref.c: no FMA, the same order. */
#ifndef INFER_WASM_VECTOR_H
#define INFER_WASM_VECTOR_H

#include "infer/ref.h"

/* As struct kernel's, in simd128_gemm.c */
size_t simd128_packed_size(int n, int k);
void simd128_pack(int n, int k, const int8_t *w, void *packed);
void simd128_gemm(const struct gemm *g);

#ifdef __wasm_simd128__

#include <wasm_simd128.h>

#define INLINE static inline __attribute__((always_inline))

/* pmin(limit, x) is x < limit ? x : limit, so what is no number becomes the limit */
INLINE v128_t at_most(v128_t x, float limit)
{
    return wasm_f32x4_pmin(wasm_f32x4_splat(limit), x);
}

INLINE v128_t at_least(v128_t x, float limit)
{
    return wasm_f32x4_pmax(wasm_f32x4_splat(limit), x);
}

INLINE v128_t exp_4(v128_t x)
{
    const v128_t round = wasm_f32x4_const_splat(REF_ROUND);
    v128_t below = wasm_f32x4_lt(x, wasm_f32x4_const_splat(REF_EXP_MIN));
    x = at_most(x, REF_EXP_MAX);
    v128_t n = wasm_f32x4_mul(x, wasm_f32x4_const_splat(REF_LOG2E));
    n = wasm_f32x4_sub(wasm_f32x4_add(n, round), round);
    v128_t r = wasm_f32x4_sub(x, wasm_f32x4_mul(n, wasm_f32x4_const_splat(REF_LN2_HIGH)));
    r = wasm_f32x4_sub(r, wasm_f32x4_mul(n, wasm_f32x4_const_splat(REF_LN2_LOW)));
    v128_t q = wasm_f32x4_const_splat(REF_EXP_C6);
    q = wasm_f32x4_add(wasm_f32x4_mul(q, r), wasm_f32x4_const_splat(REF_EXP_C5));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, r), wasm_f32x4_const_splat(REF_EXP_C4));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, r), wasm_f32x4_const_splat(REF_EXP_C3));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, r), wasm_f32x4_const_splat(REF_EXP_C2));
    v128_t e = wasm_f32x4_mul(wasm_f32x4_mul(q, r), r);
    e = wasm_f32x4_add(wasm_f32x4_add(e, r), wasm_f32x4_const_splat(1.0F));
    v128_t power = wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_const_splat(127));
    e = wasm_f32x4_mul(e, wasm_i32x4_shl(power, 23));
    return wasm_v128_andnot(e, below);
}

INLINE v128_t gelu_4(v128_t v)
{
    v128_t u = wasm_f32x4_mul(wasm_f32x4_mul(v, v), v);
    u = wasm_f32x4_add(v, wasm_f32x4_mul(wasm_f32x4_const_splat(REF_GELU_CUBE), u));
    u = wasm_f32x4_mul(wasm_f32x4_const_splat(REF_GELU_SLOPE), u);
    u = wasm_f32x4_add(wasm_f32x4_const_splat(1.0F), exp_4(wasm_f32x4_neg(u)));
    return wasm_f32x4_div(v, u);
}

#endif
#endif
