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

/* 2^x for |x| <= 126: x = n + f, |f| <= 1/2, 2^f = C0 + f (C1 + f (C2 + …));
 * relative error < 2.3e-7 */
#define REF_EXP2_MIN (-126.0F)
#define REF_EXP2_C0 1.00000012F
#define REF_EXP2_C1 0.693146944F
#define REF_EXP2_C2 0.240221202F
#define REF_EXP2_C3 0.0555071309F
#define REF_EXP2_C4 0.00967554096F
#define REF_EXP2_C5 0.00132764725F

/* The same with a relative error of 1e-4, where numbers are rounded to fewer bits anyway */
#define REF_POWER_C0 0.99992807F
#define REF_POWER_C1 0.69326099F
#define REF_POWER_C2 0.24261112F
#define REF_POWER_C3 0.05517166F

/* GELU(x) = max(x, 0) + BY u (u - MOST) (u (u - OFF) + PLUS), u = |x|, at most MOST: least largest
 * error of all quartics in u that are 0 at 0 and at MOST */
#define REF_GELU_MOST 3.3F
#define REF_GELU_OFF 5.5511141F
#define REF_GELU_PLUS 7.9594312F
#define REF_GELU_BY 0.020155858F

#define REF_SCALE_MOST 1e30F /* of a cell */

extern const struct kernel kernel_ref;

void ref_gemm(const struct gemm *g);
/* What becomes of one sum, at row i and column j, where y was (GEMM_ADD) */
float ref_end(const struct gemm *g, int i, int j, int32_t sum, float y);
void ref_embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y);
void ref_quantize(int m, int n, const float *x, int8_t *q, float *scale);
float ref_gelu(float x);
void ref_gelu_quantize(int m, int n, float *x, int8_t *q, float *scale);
void ref_norm(int n, const float *x, const float *g, float eps, float *y);
void ref_norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                       float *scale);
void ref_put_cells(const struct put_cells *p);
/* With a quantize() of a table's own */
void ref_put_cells_by(void (*quantize)(int m, int n, const float *x, int8_t *q, float *scale),
                      const struct put_cells *p);
/* One head of several as if there were no other */
struct attend_cells ref_head(const struct attend_cells *a, int head);
void ref_attend_cells(const struct attend_cells *a);
void ref_put_keys(int n, int d, const float *k, int stride, int at, float *keys, int key_stride);
void ref_attend(const struct attend *a);
void ref_dots(int n, int d, const float *x, const float *w, const float *bias, float *y);

#endif
