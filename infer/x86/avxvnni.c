/* AVX-VNNI: VPDPBUSD in 256-bit registers without AVX-512, as the small cores of
 * Intel and every newer one have it. As in avx512vnni.c no step saturates, but
 * here the weight is made unsigned, when it is packed: sixteen registers hold
 * twelve sums, two weights and one broadcast, and nothing to turn its top bit
 * with. 128 times the sum of the activation row is what a sum begins with,
 * negative. Floats are AVX2's.
 *
 * The instruction is written out: gcc 12 copies registers around its intrinsic. */
#include "infer/x86/avx2.h"
#include "infer/x86/cells_ymm.h"

enum { TOP = 128 };

INLINE __m256i step(__m256i sum, __m256i w, __m256i x)
{
    __asm__("%{vex%} vpdpbusd %2, %1, %0" : "+x"(sum) : "x"(w), "x"(x));
    return sum;
}

static size_t packed_size(int n, int k)
{
    return packed_size_ymm(n, k);
}

static void pack(int n, int k, const int8_t *w, void *packed)
{
    pack_ymm(n, k, w, packed, TOP);
}

static void gemm(const struct gemm *g)
{
    gemm_ymm(g, step, YMM_ROWS, TOP);
}

static void attend_cells(const struct attend_cells *a)
{
    attend_cells_ymm(a, step, TOP);
}

/* Twelve sums that do not wait for each other. In one piece, because gcc 12 would
 * keep an array of them in memory. */
static int64_t peak(int rounds)
{
    for (int n = 0; n < rounds; n++) {
#define DOT(r) "%{vex%} vpdpbusd %%ymm12, %%ymm12, %%ymm" #r "\n\t"
        __asm__ volatile(DOT(0) DOT(1) DOT(2) DOT(3) DOT(4) DOT(5) DOT(6) DOT(7) DOT(8) DOT(9)
                             DOT(10) DOT(11)::
                                 : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
                                   "xmm8", "xmm9", "xmm10", "xmm11", "xmm12");
#undef DOT
    }
    return (int64_t)rounds * 12 * 32;
}

extern const struct kernel kernel_avxvnni;
const struct kernel kernel_avxvnni = {
    .name = "avxvnni",
    .packed_size = packed_size,
    .pack = pack,
    .gemm = gemm,
    .embed = avx2_embed,
    .quantize = avx2_quantize,
    .norm = avx2_norm,
    .norm_quantize = avx2_norm_quantize,
    .gelu_quantize = avx2_gelu_quantize,
    .put_cells = avx2_put_cells,
    .attend_cells = attend_cells,
    .put_keys = ref_put_keys,
    .attend = avx2_attend,
    .dots = avx2_dots,
    .peak = peak,
};
