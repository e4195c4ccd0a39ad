#include "infer/bert_math.h"

#include <string.h>

extern const struct bert_math bert_math_avx512, bert_math_avx2, bert_math_plain;

static const struct {
    const char *kernel;
    const struct bert_math *math;
} pairs[] = {
#ifdef KERNEL_X86
    {"avx512vnni", &bert_math_avx512},
    {"avxvnni", &bert_math_avx2},
    {"avx2", &bert_math_avx2},
#endif
    {"ref", &bert_math_plain},
};

const struct bert_math *bert_math_of(const struct kernel *k)
{
    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
        if (strcmp(pairs[i].kernel, k->name) == 0)
            return pairs[i].math;
    return &bert_math_plain;
}

void bert_math_list(const struct bert_math *ret[4])
{
    size_t n = 0;
    for (const struct kernel *const *k = kernel_list(); *k; k++) {
        const struct bert_math *m = bert_math_of(*k);
        if (kernel_runs(*k) && (n == 0 || ret[n - 1] != m))
            ret[n++] = m;
    }
    ret[n] = NULL;
}
