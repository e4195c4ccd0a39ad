/* The float kernels in 512-bit registers, for the tables that have them. */
#ifndef INFER_X86_AVX512_H
#define INFER_X86_AVX512_H

#include "infer/kernel.h"

void avx512_embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y);
void avx512_quantize(int m, int n, const float *x, int8_t *q, float *scale);
void avx512_norm(int n, const float *x, const float *g, float eps, float *y);
void avx512_norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                          float *scale);
void avx512_gelu_quantize(int m, int n, float *x, int8_t *q, float *scale);
/* The rounding of quantize(), of rows whose largest numbers are in LANES of top */
void avx512_round(int m, int n, const float *x, const float *top, int8_t *q, float *scale);
void avx512_put_cells(const struct put_cells *p);
void avx512_attend_cells(const struct attend_cells *a);
void avx512_attend_window(const struct attend_cells *a); /* the same, for window 0 and ATTEND_ROWS queries or more */
void avx512_put_keys(int n, int d, const float *k, int stride, int at, float *keys, int key_stride);
void avx512_attend(const struct attend *a);
void avx512_dots(int n, int d, const float *x, const float *w, const float *bias, float *y);

#endif
