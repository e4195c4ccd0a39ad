/* AVX2 versions of the float kernels, for tables that improve on AVX2 elsewhere. */
#ifndef INFER_X86_AVX2_H
#define INFER_X86_AVX2_H

#include "infer/kernel.h"

extern const struct kernel kernel_avx2;

float avx2_quantize_row(int n, const float *x, int8_t *q);
void avx2_rms_norm(int n, const float *x, const float *g, float eps, float *y);
void avx2_dequantize(int n, const int32_t *acc, float a_scale, const float *w_scale,
                     const float *add, float *y);
void avx2_gelu(int n, float *x);
void avx2_attn_scores(int n, int d, const float *q, const float *k, int stride, float scale,
                      const float *bias, float *s);
void avx2_softmax(int n, float *s);
void avx2_attn_mix(int n, int d, const float *p, const float *v, int stride, float *y);

#endif
