/* Between the kernels of ARM: what a table of dot products takes from plain Advanced
 * SIMD. Each does what its name says in infer/kernel.h. */
#ifndef INFER_ARM_NEON_H
#define INFER_ARM_NEON_H

#include "infer/kernel.h"

void neon_embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y);
void neon_quantize(int m, int n, const float *x, int8_t *q, float *scale);
void neon_norm(int n, const float *x, const float *g, float eps, float *y);
void neon_norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                        float *scale);
void neon_gelu_quantize(int m, int n, float *x, int8_t *q, float *scale);
void neon_put_cells(const struct put_cells *p);
void neon_attend(const struct attend *a);
void neon_dots(int n, int d, const float *x, const float *w, const float *bias, float *y);

#endif
