/* AVX2 versions of the float kernels, for tables that improve on AVX2 elsewhere. */
#ifndef INFER_X86_AVX2_H
#define INFER_X86_AVX2_H

#include "infer/kernel.h"

extern const struct kernel kernel_avx2;

void avx2_embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y);
void avx2_quantize(int m, int n, const float *x, int8_t *q, float *scale);
void avx2_norm(int n, const float *x, const float *g, float eps, float *y);
void avx2_norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                        float *scale);
void avx2_gelu_quantize(int m, int n, float *x, int8_t *q, float *scale);
void avx2_put_cells(const struct put_cells *p);
void avx2_attend(const struct attend *a);
void avx2_dots(int n, int d, const float *x, const float *w, const float *bias, float *y);

#endif
