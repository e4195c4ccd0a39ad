/* The definition of every kernel, in plain C: infer/kernel.h says what each does.
 * Tables of instruction sets name these where they have nothing better, and the
 * constants below where they compute the same thing several at a time. */
#ifndef INFER_REF_H
#define INFER_REF_H

#include "infer/kernel.h"

#define REF_ZERO_ROW 1e-30F

/* exp: x = n ln 2 + r, e^r = 1 + r + r² (C2 + r (C3 + …)) */
#define REF_EXP_MIN (-87.0F)
#define REF_EXP_MAX 88.0F
#define REF_LOG2E 1.44269504F
#define REF_LN2_HIGH 0.693359375F /* 9 bits: n times it is exact */
#define REF_LN2_LOW (-2.12194440e-4F)
#define REF_ROUND 12582912.0F /* 1.5 * 2^23: adding and subtracting it rounds half to even */
#define REF_EXP_C2 0.49999994F
#define REF_EXP_C3 0.1666652F
#define REF_EXP_C4 0.041668393F
#define REF_EXP_C5 0.008368781F
#define REF_EXP_C6 0.0013814467F

#define REF_GELU_CUBE 0.044715F
#define REF_GELU_SLOPE 1.5957691F /* 2 sqrt(2 / pi) */

extern const struct kernel kernel_ref;

void ref_gemm_i8(int m, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc);
float ref_quantize_row(int n, const float *x, int8_t *q);
void ref_rms_norm(int n, const float *x, const float *g, float eps, float *y);
void ref_dequantize(int n, const int32_t *acc, float a_scale, const float *w_scale,
                    const float *add, float *y);
void ref_gelu(int n, float *x);
void ref_attn_scores(int n, int d, const float *q, const float *k, int stride, float scale,
                     const float *bias, float *s);
void ref_softmax(int n, float *s);
void ref_attn_mix(int n, int d, const float *p, const float *v, int stride, float *y);

#endif
