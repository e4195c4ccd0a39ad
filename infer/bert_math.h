/* What a BERT-like encoder needs beyond infer/kernel.h: matrices in float32, layer norm
 * and GELU by the error function.
 *
 * One source, bert_vector.c, is compiled once for each width of register and so is equal
 * bit for bit in all of them: outputs of a product lie side by side in a register, each
 * summed in ascending order; what is summed over a row runs in the sixteen lanes of
 * kernel.h and is halved as there; nothing is contracted. Any thread; nothing allocates. */
#ifndef INFER_BERT_MATH_H
#define INFER_BERT_MATH_H

#include "infer/kernel.h"

struct bert_product { /* y (m, n) = x w^T + bias, then + y where `add` */
    int m, n, k;          /* n a multiple of 32 */
    const float *x;       /* (m, k) */
    const float *w;       /* weights (n, k) in panels, see `panel` */
    const float *bias;    /* (n) or NULL */
    float *y;             /* (m, n) */
    bool add;
};

struct bert_math {
    const char *name;
    /* Weights lie in panels of so many outputs, 32 at most: the weight of output j and
     * input l is at w[(j / panel * k + l) * panel + j % panel]. */
    int panel;
    void (*product)(const struct bert_product *p);
    /* m rows of n, each x = (x - mean) * (1 / sqrt(mean((x - mean)²) + eps)) * g + b, from the left */
    void (*norm)(int m, int n, float *x, const float *g, const float *b, float eps);
    /* x = x (1/2 + h), where h = Φ(x) - 1/2 as z P(z²) / Q(z²), z = x within ±5.6; error of
     * Φ < 2.5e-7; n a multiple of 16 */
    void (*gelu)(int n, float *x);
};

/* What goes with a kernel: the same instructions, or fewer. */
const struct bert_math *bert_math_of(const struct kernel *k);

/* All that run on this machine, best first, NULL-terminated; the last one is plain. */
void bert_math_list(const struct bert_math *ret[4]);

#endif
