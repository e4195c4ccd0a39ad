#include "infer/kernel.h"

#include <stdlib.h>
#include <string.h>

#include "infer/cpu.h"
#include "infer/ref.h"

#ifdef KERNEL_X86
extern const struct kernel kernel_avx512vnni, kernel_avxvnni, kernel_avx2;
#endif
#ifdef KERNEL_ARM
extern const struct kernel kernel_i8mm, kernel_dotprod, kernel_neon;
#endif
#ifdef KERNEL_WASM
extern const struct kernel kernel_simd128;
#endif

static const struct kernel *const tables[] = {
    /* best first */
#ifdef KERNEL_X86
    &kernel_avx512vnni,
    &kernel_avxvnni,
    &kernel_avx2,
#endif
#ifdef KERNEL_ARM
    &kernel_i8mm,
    &kernel_dotprod,
    &kernel_neon,
#endif
#ifdef KERNEL_WASM
    &kernel_simd128, /* a program that has it is only loaded where it runs */
#endif
    &kernel_ref,
    NULL,
};

static const struct {
    const char *name;
    unsigned flags;
    const char *lacks;
} needs[] = {
    {"avx512vnni", CPU_AVX2 | CPU_AVX512VNNI,
     "AVX-512 F, BW, DQ, VL and VNNI, with their registers saved by the system"},
    {"avxvnni", CPU_AVX2 | CPU_AVXVNNI, "AVX-VNNI, with its registers saved by the system"},
    {"avx2", CPU_AVX2, "AVX2, with its registers saved by the system"},
    {"i8mm", CPU_NEON | CPU_I8MM, "the matrix product of ARMv8.6 (i8mm)"},
    {"dotprod", CPU_NEON | CPU_DOTPROD, "the dot product of ARMv8.2 (asimddp)"},
    {"neon", CPU_NEON, "Advanced SIMD"},
};

const struct kernel *const *kernel_list(void)
{
    return tables;
}

const char *kernel_lacks(const struct kernel *k)
{
    for (size_t i = 0; i < ARRAY_SIZE(needs); i++)
        if (strcmp(needs[i].name, k->name) == 0)
            return (cpu_flags() & needs[i].flags) == needs[i].flags ? NULL : needs[i].lacks;
    return NULL;
}

bool kernel_runs(const struct kernel *k)
{
    return !kernel_lacks(k);
}

static int find(const char *name, size_t *ret, struct reason *why)
{
    for (size_t i = 0; tables[i]; i++)
        if (strcmp(tables[i]->name, name) == 0) {
            *ret = i;
            return 0;
        }
    char all[128] = "auto";
    for (size_t i = 0; tables[i]; i++) {
        strncat(all, ", ", sizeof(all) - strlen(all) - 1);
        strncat(all, tables[i]->name, sizeof(all) - strlen(all) - 1);
    }
    return reason_set(why, ENOENT, "no kernel '%s' in this program (there are %s)", name, all);
}

int kernel_select(const char *want, const struct kernel **ret, struct reason *why)
{
    size_t i = 0;
    if (want && strcmp(want, "auto") != 0) {
        int r = find(want, &i, why);
        if (r < 0)
            return r;
        const char *lacks = kernel_lacks(tables[i]);
        if (lacks)
            return reason_set(why, ENOTSUP, "kernel '%s' needs %s, which this machine lacks", want,
                              lacks);
        *ret = tables[i];
        return 0;
    }
    const char *lowered = getenv("EARSHOT_CPU");
    if (lowered && *lowered && strcmp(lowered, "auto") != 0) {
        int r = find(lowered, &i, why);
        if (r < 0)
            return reason_prefix(why, r, "EARSHOT_CPU");
    }
    while (!kernel_runs(tables[i]))
        i++;
    *ret = tables[i];
    return 0;
}

void kernel_gemm_gelu(const struct kernel *k, const struct gemm *g, int8_t *q, float *scale)
{
    if (k->gemm_gelu) {
        k->gemm_gelu(g, q, scale);
        return;
    }
    k->gemm(g);
    k->gelu_quantize(g->m, g->n, g->y, q, scale);
}
