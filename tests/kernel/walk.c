/* Compares a kernel table with ref.c on random shapes, bit for bit, or times it.
 *
 *   walk [--kernel NAME] [--seed N] [--rounds N] [--bench]
 *
 * Every buffer ends where a page that cannot be touched begins, so a kernel that
 * reads or writes past its end dies. Exit 77 (Meson's SKIP) when the machine
 * cannot run the table. The seed is printed: the same seed is the same shapes
 * and numbers. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifndef __wasi__
#include <sys/mman.h>
#endif
#include <unistd.h>

#include "infer/kernel.h"

enum { SKIP = 77, MAX_BUFFERS = 16 };

static uint64_t state;
static const struct kernel *ref, *tested;
static int failures;

static struct {
    void *map;
    size_t bytes;
} buffers[MAX_BUFFERS];
static int n_buffers;

static uint32_t draw(void) /* splitmix64 */
{
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (uint32_t)((z ^ (z >> 31)) >> 32);
}

static int between(int low, int high)
{
    return low + (int)(draw() % (uint32_t)(high - low + 1));
}

static float number(float size)
{
    return ((float)draw() * (1.0F / 2147483648.0F) - 1.0F) * size;
}

#ifdef __wasi__

/* No pages to forbid there: bytes behind the end that must stay what they are. */
enum { GUARD = 64, MARK = 0xa5 };

static void *guarded(size_t n)
{
    char *p = malloc(n + GUARD);
    if (!p || n_buffers == MAX_BUFFERS)
        abort();
    memset(p + n, MARK, GUARD);
    buffers[n_buffers].map = p;
    buffers[n_buffers++].bytes = n;
    return p;
}

static void release(void)
{
    while (n_buffers > 0) {
        const unsigned char *p = buffers[--n_buffers].map;
        for (int i = 0; i < GUARD; i++)
            if (p[buffers[n_buffers].bytes + (size_t)i] != MARK) {
                printf("written %d bytes behind a buffer\n", i + 1);
                failures++;
                break;
            }
        free(buffers[n_buffers].map);
    }
}

#else

/* n bytes that end at a page nobody may touch */
static void *guarded(size_t n)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), inside = (n + page - 1) / page * page;
    char *p = mmap(NULL, inside + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED || mprotect(p + inside, page, PROT_NONE) != 0 || n_buffers == MAX_BUFFERS)
        abort();
    buffers[n_buffers].map = p;
    buffers[n_buffers++].bytes = inside + page;
    return p + inside - n;
}

static void release(void)
{
    while (n_buffers > 0) {
        n_buffers--;
        munmap(buffers[n_buffers].map, buffers[n_buffers].bytes);
    }
}

#endif

static float *floats(int n, float size)
{
    float *p = guarded((size_t)n * sizeof(*p));
    for (int i = 0; i < n; i++)
        p[i] = number(size);
    return p;
}

static float *copy(const float *from, int n)
{
    float *p = guarded((size_t)n * sizeof(*p));
    memcpy(p, from, (size_t)n * sizeof(*p));
    return p;
}

/* Values that hurt: the whole range, or only its ends */
static int8_t *bytes(int n)
{
    int8_t *p = guarded((size_t)n);
    bool ends = draw() % 4 == 0;
    for (int i = 0; i < n; i++)
        p[i] = (int8_t)(ends ? (draw() & 1 ? 127 : -127) : between(-127, 127));
    return p;
}

static void same(const char *what, const void *a, const void *b, size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++) {
        const char *x = (const char *)a + i * size, *y = (const char *)b + i * size;
        if (memcmp(x, y, size) == 0)
            continue;
        uint32_t want = 0, got = 0;
        memcpy(&want, x, size);
        memcpy(&got, y, size);
        printf("%s: element %zu of %zu is %08x, ref says %08x\n", what, i, n, got, want);
        failures++;
        return;
    }
}

static void check_gemm(void)
{
    int m = between(1, 67), n = between(1, 41), k = 32 * between(1, 24);
    int8_t *a = bytes(m * k), *w = bytes(n * k);
    size_t size = (size_t)(m * n) * sizeof(int32_t);
    int32_t *want = guarded(size), *got = guarded(size);
    char what[64];
    ref->gemm_i8(m, n, k, a, w, want);
    tested->gemm_i8(m, n, k, a, w, got);
    snprintf(what, sizeof(what), "gemm_i8 m %d n %d k %d", m, n, k);
    same(what, want, got, (size_t)(m * n), sizeof(*want));
}

static void check_quantize(void)
{
    int n = draw() % 2 ? 32 * between(1, 40) : between(1, 300);
    float *x = floats(n, powf(10, number(6)));
    int8_t *want = guarded((size_t)n), *got = guarded((size_t)n);
    switch (draw() % 8) {
    case 0:
        memset(x, 0, (size_t)n * sizeof(*x));
        break;
    case 1: /* halves, to see the rounding */
        for (int i = 0; i < n; i++)
            x[i] = (float)between(-254, 254) * 0.5F;
        x[0] = 127;
        break;
    case 2:
        x[between(0, n - 1)] = INFINITY;
        break;
    case 3:
        x[between(0, n - 1)] = 1e-35F;
        break;
    }
    float want_scale = ref->quantize_row(n, x, want), got_scale = tested->quantize_row(n, x, got);
    same("quantize_row", want, got, (size_t)n, 1);
    same("quantize_row scale", &want_scale, &got_scale, 1, sizeof(float));
}

static void check_rows(void)
{
    int n = draw() % 2 ? 32 * between(1, 40) : between(1, 300);
    float *x = floats(n, powf(10, number(3))), *g = floats(n, 2), *add = floats(n, 5);
    float *want = guarded((size_t)n * sizeof(float)), *got = guarded((size_t)n * sizeof(float));
    ref->rms_norm(n, x, g, 1e-5F, want);
    tested->rms_norm(n, x, g, 1e-5F, got);
    same("rms_norm", want, got, (size_t)n, sizeof(float));
    int32_t *acc = guarded((size_t)n * sizeof(*acc));
    for (int i = 0; i < n; i++)
        acc[i] = between(-80000000, 80000000);
    float scale = number(0.1F);
    ref->dequantize(n, acc, scale, g, NULL, want);
    tested->dequantize(n, acc, scale, g, NULL, got);
    same("dequantize", want, got, (size_t)n, sizeof(float));
    ref->dequantize(n, acc, scale, g, add, want);
    float *in_place = copy(add, n);
    tested->dequantize(n, acc, scale, g, in_place, in_place);
    same("dequantize, adding", want, in_place, (size_t)n, sizeof(float));
    float *wide = floats(n, powf(10, number(2.5F))), *same_wide = copy(wide, n);
    ref->gelu(n, wide);
    tested->gelu(n, same_wide);
    same("gelu", wide, same_wide, (size_t)n, sizeof(float));
}

static void check_attention(void)
{
    int n = between(1, 140), d = draw() % 3 ? 16 * between(1, 12) : between(1, 100);
    int stride = d + between(0, 40), rows = (n - 1) * stride + d;
    float *q = floats(d, 3), *k = floats(rows, 3), *v = floats(rows, 3), *bias = floats(n, 2);
    float *want = guarded((size_t)n * sizeof(float)), *got = guarded((size_t)n * sizeof(float));
    float *y = guarded((size_t)d * sizeof(float)), *z = guarded((size_t)d * sizeof(float));
    ref->attn_scores(n, d, q, k, stride, 0.25F, bias, want);
    tested->attn_scores(n, d, q, k, stride, 0.25F, bias, got);
    same("attn_scores", want, got, (size_t)n, sizeof(float));
    ref->softmax(n, want);
    tested->softmax(n, got);
    same("softmax", want, got, (size_t)n, sizeof(float));
    ref->attn_mix(n, d, want, v, stride, y);
    tested->attn_mix(n, d, got, v, stride, z);
    same("attn_mix", y, z, (size_t)d, sizeof(float));
}

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Best of many: what the machine can do when nobody else asks for it. */
#define TIME(best, call)                                                                           \
    do {                                                                                           \
        best = INT64_MAX;                                                                          \
        for (int64_t end = now_ns() + 150000000; now_ns() < end;) {                                \
            int64_t from = now_ns();                                                               \
            call;                                                                                  \
            int64_t took = now_ns() - from;                                                        \
            best = took < best ? took : best;                                                      \
        }                                                                                          \
    } while (0)

static void bench_gemm(int m, int n, int k)
{
    int8_t *a = bytes(m * k), *w = bytes(n * k);
    int32_t *acc = guarded((size_t)(m * n) * sizeof(*acc));
    int64_t best;
    TIME(best, tested->gemm_i8(m, n, k, a, w, acc));
    printf("%-11s gemm_i8 %3d x %4d x %4d  %9.2f us  %7.1f GOPS\n", tested->name, m, n, k,
           (double)best / 1e3, 2.0 * m * n * k / (double)best);
    release();
}

static void bench_floats(void)
{
    int n = 64, d = 32, wide = 640;
    float *q = floats(d, 1), *k = floats(n * 160, 1), *bias = floats(n, 1), *s = floats(n, 1);
    float *x = floats(wide, 1), *g = floats(wide, 1), *y = floats(wide, 1);
    int8_t *a = guarded((size_t)wide);
    int32_t *acc = guarded((size_t)wide * sizeof(*acc));
    int64_t ns[7];
    memset(acc, 1, (size_t)wide * sizeof(*acc));
    TIME(ns[0], tested->attn_scores(n, d, q, k, 160, 0.2F, bias, s));
    TIME(ns[1], tested->softmax(n, s));
    TIME(ns[2], tested->attn_mix(n, d, s, k, 160, y));
    TIME(ns[3], tested->quantize_row(wide, x, a));
    TIME(ns[4], tested->rms_norm(wide, x, g, 1e-5F, y));
    TIME(ns[5], tested->dequantize(wide, acc, 0.1F, g, NULL, y));
    TIME(ns[6], tested->gelu(wide, x));
    printf(
        "%-11s 64 keys of 32: scores %lld, softmax %lld, mix %lld ns; 640 numbers: quantize %lld, "
        "rms_norm %lld, dequantize %lld, gelu %lld ns\n",
        tested->name, (long long)ns[0], (long long)ns[1], (long long)ns[2], (long long)ns[3],
        (long long)ns[4], (long long)ns[5], (long long)ns[6]);
    release();
}

static void bench(void)
{
    static const int rows[] = {1, 4, 16, 64};
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        bench_gemm(rows[i], 480, 160);
        bench_gemm(rows[i], 640, 160);
        bench_gemm(rows[i], 160, 640);
    }
    bench_floats();
}

static int test(const struct kernel *k, int rounds, bool benchmark)
{
    const char *lacks = kernel_lacks(k);
    if (lacks) {
        printf("SKIP %s: needs %s\n", k->name, lacks);
        return SKIP;
    }
    tested = k;
    if (benchmark) {
        bench();
        return 0;
    }
    uint64_t seed = state;
    for (int i = 0; i < rounds && failures == 0; i++) {
        check_gemm();
        check_quantize();
        release();
        check_rows();
        release();
        check_attention();
        release();
    }
    printf("%s %s: seed %llu, %d rounds\n", failures ? "FAIL" : "ok", k->name,
           (unsigned long long)seed, rounds);
    return failures ? 1 : 0;
}

int main(int argc, char **argv)
{
    const char *name = NULL;
    bool benchmark = false;
    int rounds = 300, result = 0;
    state = (uint64_t)now_ns();
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--bench") == 0)
            benchmark = true;
        else if (strcmp(argv[i], "--kernel") == 0 && i + 1 < argc)
            name = argv[++i];
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            state = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc)
            rounds = atoi(argv[++i]);
        else
            return fprintf(stderr,
                           "usage: walk [--kernel NAME] [--seed N] [--rounds N] [--bench]\n"),
                   64;
    }
    const struct kernel *const *list = kernel_list();
    for (int i = 0; list[i]; i++)
        ref = list[i]; /* the last one */
    int found = 0;
    for (int i = 0; list[i]; i++)
        if (!name || strcmp(name, list[i]->name) == 0) {
            int r = test(list[i], rounds, benchmark);
            result = name || r != SKIP ? (r > result ? r : result) : result;
            found++;
        }
    return found ? result : (printf("SKIP %s: not in this program\n", name), SKIP);
}
