/* The arithmetic of the encoder as a table of functions, one table an ISA.
 *
 * ref.c is the definition. An ISA's table starts as a copy of ref's and replaces
 * what it does better. int32 sums are equal bit for bit in every table, and so
 * are floats: each float reduction runs in 16 lanes (lane l sums elements
 * l, l + 16, …), then halves: 16 -> 8 -> 4 -> 2 -> 1, lane i + lane i + n/2; and
 * nothing is contracted to FMA. No global state but the table chosen at start. */
#ifndef INFER_KERNEL_H
#define INFER_KERNEL_H

#include "config/reason.h"

struct kernel {
    const char *name; /* "ref", "avx2", "neon" … */

    /* acc (m, n) int32 = a (m, k) int8 · w (n, k)^T int8; all in [-127, 127];
     * k a multiple of 32. */
    void (*gemm_i8)(int m, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc);

    /* One row: q[i] = round-half-even(x[i] * (127 / max|x|)), returns the scale
     * max|x| / 127; a row that nowhere reaches 1e-30 gives 0 and zeros. What is
     * not finite comes out within [-127, 127] too. */
    float (*quantize_row)(int n, const float *x, int8_t *q);

    /* y[i] = x[i] * (1 / sqrt(mean(x²) + eps)) * g[i], from the left */
    void (*rms_norm)(int n, const float *x, const float *g, float eps, float *y);

    /* y[i] = (float) acc[i] * (a_scale * w_scale[i]), plus add[i] if add */
    void (*dequantize)(int n, const int32_t *acc, float a_scale, const float *w_scale, const float *add, float *y);

    /* x[i] = x[i] * sigmoid(1.5957691 (x[i] + 0.044715 x[i]³)): GELU, tanh form */
    void (*gelu)(int n, float *x);

    /* n dot products: s[i] = q · k[i] * scale + bias[i]; k rows `stride` floats apart */
    void (*attn_scores)(int n, int d, const float *q, const float *k, int stride, float scale, const float *bias, float *s);

    /* s = softmax(s) in place (max taken off, exp_f, 16-lane sum) */
    void (*softmax)(int n, float *s);

    /* y[j] = sum over i ascending of p[i] * v[i][j] */
    void (*attn_mix)(int n, int d, const float *p, const float *v, int stride, float *y);
};

/* Shapes: m, n, k >= 1; rows, heads and keys need no alignment; y may be x or add. */

/* Best table that this machine runs and `want` allows: "auto" (or NULL) the
 * best, else a name. $EARSHOT_CPU, a kernel's name, lowers what auto may choose
 * to it and what comes after it in kernel_list(). -ENOENT no such kernel;
 * -ENOTSUP this machine lacks what it needs. */
int kernel_select(const char *want, const struct kernel **ret, struct reason *why);

/* All tables compiled in, best first, NULL-terminated, whether or not they run here. */
const struct kernel *const *kernel_list(void);
bool kernel_runs(const struct kernel *k);
/* What this machine lacks to run k, for a message; NULL when it runs. */
const char *kernel_lacks(const struct kernel *k);

/* exp(x) by range reduction and a polynomial; same bits everywhere. Relative
 * error < 2e-7 for x in [-87, 88]; 0 below, clamped above (NaN too). */
float exp_f(float x);

/* ln(x) for finite x > 0, same bits everywhere, error < 1 ulp. */
float log_f(float x);

#endif
