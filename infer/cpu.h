/* What this processor, and the system that runs on it, can do.
 *
 * An instruction set counts only when the operating system saves its registers:
 * CPUID together with XGETBV on x86, HWCAP on ARM. Cheap; any thread. */
#ifndef INFER_CPU_H
#define INFER_CPU_H

enum cpu_flag {
    CPU_AVX2 = 1 << 0,
    CPU_AVX512VNNI = 1 << 1, /* AVX-512 F, BW, DQ, VL and VNNI together */
    CPU_NEON = 1 << 2,
    CPU_DOTPROD = 1 << 3, /* SDOT */
    CPU_I8MM = 1 << 4,    /* SMMLA */
    CPU_AVXVNNI = 1 << 5, /* VPDPBUSD without AVX-512 */
};

unsigned cpu_flags(void);

#endif
