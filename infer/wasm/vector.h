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

/* 2^x, |x| <= 126 */
INLINE v128_t exp2_4(v128_t x)
{
    v128_t n = wasm_f32x4_nearest(x), f = wasm_f32x4_sub(x, n);
    v128_t q = wasm_f32x4_const_splat(REF_EXP2_C5);
    q = wasm_f32x4_add(wasm_f32x4_mul(q, f), wasm_f32x4_const_splat(REF_EXP2_C4));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, f), wasm_f32x4_const_splat(REF_EXP2_C3));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, f), wasm_f32x4_const_splat(REF_EXP2_C2));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, f), wasm_f32x4_const_splat(REF_EXP2_C1));
    q = wasm_f32x4_add(wasm_f32x4_mul(q, f), wasm_f32x4_const_splat(REF_EXP2_C0));
    v128_t power = wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_const_splat(127));
    return wasm_f32x4_mul(q, wasm_i32x4_shl(power, 23));
}

INLINE v128_t gelu_4(v128_t x)
{
    v128_t u = wasm_f32x4_mul(wasm_f32x4_const_splat(REF_GELU_B), wasm_f32x4_mul(x, x));
    u = wasm_f32x4_mul(x, wasm_f32x4_add(wasm_f32x4_const_splat(REF_GELU_A), u));
    u = at_least(at_most(u, REF_GELU_MOST), -REF_GELU_MOST);
    return wasm_f32x4_div(x, wasm_f32x4_add(wasm_f32x4_const_splat(1.0F), exp2_4(u)));
}

#endif
#endif
