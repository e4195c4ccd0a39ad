#include "infer/cpu.h"

#if defined(__x86_64__) || defined(__i386__)

#include <cpuid.h>
#include <stdint.h>

enum { XCR0_YMM = 0x06, XCR0_ZMM = 0xe6 }; /* SSE and AVX state; and opmask, ZMM */
enum { LEAF_7_1_AVXVNNI = 1 << 4 };      /* of EAX */

static uint64_t xgetbv(void)
{
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

unsigned cpu_flags(void)
{
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_AVX))
        return 0;
    uint64_t saved = xgetbv();
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d))
        return 0;
    unsigned flags = 0;
    if ((saved & XCR0_YMM) == XCR0_YMM && (b & bit_AVX2))
        flags |= CPU_AVX2;
    const uint32_t avx512 = bit_AVX512F | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL;
    if ((saved & XCR0_ZMM) == XCR0_ZMM && (b & avx512) == avx512 && (c & bit_AVX512VNNI))
        flags |= CPU_AVX512VNNI;
    if ((flags & CPU_AVX2) && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & LEAF_7_1_AVXVNNI))
        flags |= CPU_AVXVNNI;
    return flags;
}

#elif defined(__aarch64__)

#include <asm/hwcap.h>
#include <sys/auxv.h>

unsigned cpu_flags(void)
{
    unsigned long cap = getauxval(AT_HWCAP), more = getauxval(AT_HWCAP2);
    if (!(cap & HWCAP_ASIMD))
        return 0;
    return CPU_NEON | (cap & HWCAP_ASIMDDP ? CPU_DOTPROD : 0) | (more & HWCAP2_I8MM ? CPU_I8MM : 0);
}

#else

unsigned cpu_flags(void)
{
    return 0;
}

#endif
