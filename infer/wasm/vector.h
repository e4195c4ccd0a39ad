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

INLINE v128_t times_plus(v128_t q, v128_t f, float c)
{
    return wasm_f32x4_add(wasm_f32x4_mul(q, f), wasm_f32x4_splat(c));
}

/* 2^x within 1e-4, |x| <= 126 */
INLINE v128_t power_4(v128_t x)
{
    v128_t n = wasm_f32x4_nearest(x), f = wasm_f32x4_sub(x, n);
    v128_t q = times_plus(wasm_f32x4_const_splat(REF_POWER_C3), f, REF_POWER_C2);
    q = times_plus(times_plus(q, f, REF_POWER_C1), f, REF_POWER_C0);
    v128_t power = wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_const_splat(127));
    return wasm_f32x4_mul(q, wasm_i32x4_shl(power, 23));
}

INLINE v128_t gelu_4(v128_t x)
{
    v128_t u = at_most(wasm_f32x4_abs(x), REF_GELU_MOST);
    v128_t low = wasm_f32x4_mul(u, wasm_f32x4_sub(u, wasm_f32x4_const_splat(REF_GELU_MOST)));
    v128_t high = times_plus(u, wasm_f32x4_sub(u, wasm_f32x4_const_splat(REF_GELU_OFF)), REF_GELU_PLUS);
    low = wasm_f32x4_mul(wasm_f32x4_mul(low, high), wasm_f32x4_const_splat(REF_GELU_BY));
    return wasm_f32x4_add(at_least(x, 0), low);
}

#endif
#endif
