/* Compares a kernel table with ref.c on random shapes, bit for bit.
 *
 *   walk [--kernel NAME] [--seed N] [--rounds N]
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

enum { SKIP = 77, MAX_BUFFERS = 32 };

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

static void *packed(const struct kernel *k, int n, int m, const int8_t *w)
{
    if (!k->pack)
        return (void *)w;
    void *p = guarded(k->packed_size(n, m));
    k->pack(n, m, w, p);
    return p;
}

/* Packed weights end at the page that cannot be touched, so they begin on a cache
 * line only if their size is of whole ones, which is a part of the contract. */
static void check_gemm(void)
{
    static const char *const end[] = {"sums", "put", "add"};
    int m = draw() % 8 ? between(1, 40) : between(40, 200);
    int n = draw() % 2 ? 32 * between(1, 6) : between(1, 170), k = 32 * between(1, 24);
    int stride = n + (draw() % 2 ? between(0, 9) : 0), size = (m - 1) * stride + n;
    int8_t *a = bytes(m * k), *w = bytes(n * k);
    float *was = floats(size, 5), *want = copy(was, size), *got = copy(was, size);
    struct gemm g = {m, n, k, a, floats(m, 0.01F), w, floats(n, 0.01F), draw() % 2 ? floats(n, 3) : NULL,
                     (enum gemm_end)(draw() % ARRAY_SIZE(end)), want, stride};
    char what[96];
    snprintf(what, sizeof(what), "gemm %s m %d n %d k %d", end[g.end], m, n, k);
    ref->gemm(&g);
    g.w = packed(tested, n, k, w);
    g.y = got;
    tested->gemm(&g);
    same(what, want, got, (size_t)size, sizeof(*want));
}

static void check_gemm_gelu(void)
{
    int m = draw() % 8 ? between(1, 40) : between(40, 200);
    int n = draw() % 4 ? 32 * between(1, 6) : between(1, 170), k = 32 * between(1, 8), size = m * n;
    int8_t *a = bytes(m * k), *w = bytes(n * k), *q = guarded((size_t)size), *a_too = guarded((size_t)(m * (k > n ? k : n)));
    float *a_scale = floats(m, 0.002F), *scale = guarded((size_t)m * sizeof(*scale)), *scale_too = copy(a_scale, m);
    float *want = floats(size, 5), *got = copy(want, size);
    struct gemm g = {m, n, k, a, a_scale, w, floats(n, 0.01F), draw() % 2 ? floats(n, 3) : NULL, GEMM_PUT, want, n};
    char what[96];
    memcpy(a_too, a, (size_t)(m * k));
    ref->gemm(&g);
    ref->gelu_quantize(m, n, want, q, scale);
    g.a = a_too, g.a_scale = scale_too, g.y = got;
    g.w = packed(tested, n, k, w);
    kernel_gemm_gelu(tested, &g, a_too, scale_too);
    snprintf(what, sizeof(what), "gemm_gelu m %d n %d k %d", m, n, k);
    same(what, want, got, (size_t)size, sizeof(*want));
    strcat(what, ", rounded");
    same(what, q, a_too, (size_t)size, 1);
    strcat(what, ", scales");
    same(what, scale, scale_too, (size_t)m, sizeof(*scale));
}

/* A row that hurts, or one that does not */
static void spoil(float *x, int n)
{
    switch (draw() % 12) {
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
        for (int i = 0; i < n; i++)
            x[i] = number(1e-35F);
        break;
    case 4:
        x[between(0, n - 1)] = NAN;
        break;
    }
}

struct rows {
    int8_t *q;
    float *scale;
};

static struct rows rows_of(int m, int n)
{
    return (struct rows){guarded((size_t)(m * n)), guarded((size_t)m * sizeof(float))};
}

static void same_rows(const char *what, struct rows a, struct rows b, int m, int n)
{
    char full[96];
    snprintf(full, sizeof(full), "%s %d x %d", what, m, n);
    same(full, a.q, b.q, (size_t)(m * n), 1);
    strcat(full, ", scales");
    same(full, a.scale, b.scale, (size_t)m, sizeof(float));
}

static void check_quantize(void)
{
    int m = between(1, draw() % 2 ? 4 : 40), n = draw() % 2 ? 32 * between(1, 40) : between(1, 300);
    float *x = floats(m * n, powf(10, number(6)));
    struct rows want = rows_of(m, n), got = rows_of(m, n);
    for (int i = 0; i < m; i++)
        spoil(x + i * n, n);
    ref->quantize(m, n, x, want.q, want.scale);
    tested->quantize(m, n, x, got.q, got.scale);
    same_rows("quantize", want, got, m, n);
    float *wide = floats(m * n, powf(10, number(2.5F))), *same_wide = copy(wide, m * n);
    ref->gelu_quantize(m, n, wide, want.q, want.scale);
    tested->gelu_quantize(m, n, same_wide, got.q, got.scale);
    same("gelu", wide, same_wide, (size_t)(m * n), sizeof(float));
    same_rows("gelu_quantize", want, got, m, n);
}

static void check_norm(void)
{
    int m = between(1, draw() % 2 ? 4 : 40), n = draw() % 2 ? 32 * between(1, 40) : between(1, 300);
    float *x = floats(m * n, powf(10, number(3))), *g = floats(n, 2);
    size_t size = (size_t)(m * n) * sizeof(float);
    float *want = guarded(size), *got = guarded(size);
    struct rows want_rows = rows_of(m, n), got_rows = rows_of(m, n);
    if (draw() % 8 == 0)
        memset(x, 0, (size_t)n * sizeof(*x));
    for (int i = 0; i < m; i++) {
        ref->norm(n, x + i * n, g, 1e-5F, want + i * n);
        tested->norm(n, x + i * n, g, 1e-5F, got + i * n);
    }
    same("norm", want, got, (size_t)(m * n), sizeof(float));
    ref->norm_quantize(m, n, x, g, 1e-5F, want_rows.q, want_rows.scale);
    tested->norm_quantize(m, n, x, g, 1e-5F, got_rows.q, got_rows.scale);
    same_rows("norm_quantize", want_rows, got_rows, m, n);
    for (int i = 0; i < m * n; i++)
        want[i] = x[i] * g[i % n];
    ref->quantize(m, n, want, got_rows.q, got_rows.scale);
    char what[96];
    snprintf(what, sizeof(what), "norm_quantize %d x %d, beside what quantize() rounds", m, n);
    same(what, want_rows.q, got_rows.q, (size_t)(m * n), 1);
}

static void check_embed(void)
{
    int n = between(1, 16), d = draw() % 2 ? 32 * between(1, 24) : between(1, 300);
    float *want = guarded((size_t)d * sizeof(float)), *got = guarded((size_t)d * sizeof(float));
    float *scale = floats(n, 0.1F);
    const int8_t **row = guarded((size_t)n * sizeof(*row));
    const int8_t *all = bytes(n * d);
    for (int i = 0; i < n; i++)
        row[i] = all + (n - 1 - i) * d;
    ref->embed(n, d, row, scale, want);
    tested->embed(n, d, row, scale, got);
    same("embed", want, got, (size_t)d, sizeof(float));
    float *w = floats(n * d, 1), *bias = floats(n, 1);
    ref->dots(n, d, want, w, bias, scale);
    float *other = guarded((size_t)n * sizeof(float));
    tested->dots(n, d, want, w, bias, other);
    same("dots", scale, other, (size_t)n, sizeof(float));
}

static void check_cells(void)
{
    int heads = between(1, 8), d = 16 * between(1, draw() % 4 ? 4 : 16), wide = heads * d;
    int n = draw() % 2 ? between(1, 40) : between(1, 5), first = draw() % 3 ? between(0, 140) : 0;
    bool causal = draw() % 2;
    int window = causal ? between(1, draw() % 4 ? 100 : 6) : 0, n_keys = first + n + (causal ? 0 : between(0, 40));
    int blocks = (n_keys + KEY_BLOCK - 1) / KEY_BLOCK;
    int span = causal ? window : 2 * n_keys - 1, size = n * wide;
    size_t step = (size_t)blocks * cell_bytes(d), all = step * (size_t)heads;
    float *k = floats(n_keys * wide, 2), *v = floats(n_keys * wide, 3), *bias = floats(heads * span, 2);
    float *q = floats((n - 1) * 3 * wide + wide, 2), *s = guarded(cells_scratch(n_keys) * sizeof(float));
    int8_t *want_cells = bytes((int)all), *got_cells = guarded(all);
    for (int i = 0; i < heads * blocks; i++) /* what nobody put: any bytes, and finite scales */
        memset(want_cells + (size_t)(i + 1) * cell_bytes(d) - 8 * KEY_BLOCK, 0x40, 8 * KEY_BLOCK);
    memcpy(got_cells, want_cells, all);
    spoil(k, wide);
    spoil(v, wide);
    if (draw() % 4 == 0) { /* one value to whose scale those of the others, which may not see it, are nothing */
        for (int i = 0; i < n_keys * wide; i++)
            v[i] *= 1e-28F;
        v[between(0, n_keys - 1) * wide] = 1e12F;
    }
    for (int i = 0, now; i < n_keys; i += now) {
        now = between(1, n_keys - i < 40 ? n_keys - i : 40);
        struct put_cells p = {now, heads, d, i, k + i * wide, v + i * wide, wide, want_cells, step};
        ref->put_cells(&p);
        p.cells = got_cells;
        tested->put_cells(&p);
    }
    same("put_cells", want_cells, got_cells, all, 1);
    if (draw() % 8 == 0)
        memset(q, 0, (size_t)d * sizeof(*q));
    float *want = floats(size, 1), *got = copy(want, size);
    struct attend_cells a = {
        .n = n, .n_heads = heads, .d = d, .first = first, .window = window, .n_keys = n_keys, .q = q,
        .cells = want_cells, .head_step = step, .bias = bias + (causal ? window : n_keys) - 1, .bias_step = span,
        .scale = 0.3F, .y = want, .s = s, .q_stride = 3 * wide, .y_stride = wide,
    };
    char what[96];
    snprintf(what, sizeof(what), "attend_cells %d queries of %d x %d from %d, window %d", n, heads, d, first, window);
    ref->attend_cells(&a);
    a.y = got;
    tested->attend_cells(&a);
    same(what, want, got, (size_t)size, sizeof(float));
}

static void check_attend(void)
{
    if (!tested->attend)
        return;
    int heads = between(1, 3), d = draw() % 3 ? 16 * between(1, 8) : between(1, 100), wide = heads * d;
    int n = draw() % 2 ? between(1, 40) : between(1, 5), first = draw() % 3 ? between(0, 140) : 0;
    bool causal = draw() % 2 || first > 0;
    int window = causal ? between(1, draw() % 4 ? 100 : 6) : 0, n_keys = first + n;
    int blocks = (n_keys + KEY_BLOCK - 1) / KEY_BLOCK, at = d * between(0, heads - 1);
    int span = causal ? window : 2 * n - 1, size = (n - 1) * wide + d;
    float *rows = floats(n_keys * wide, 2), *bias = floats(span, 2), *v = floats((n_keys - 1) * wide + d, 3);
    float *q = floats((n - 1) * 3 * wide + d, 2), *s = guarded((size_t)(ATTEND_ROWS * blocks * KEY_BLOCK) * sizeof(float));
    float *want_keys = floats(blocks * KEY_BLOCK * wide, 1), *got_keys = copy(want_keys, blocks * KEY_BLOCK * wide);
    float *want = floats(size, 1), *got = copy(want, size);
    for (int i = 0, step; i < n_keys; i += step) {
        step = between(1, n_keys - i < 40 ? n_keys - i : 40);
        ref->put_keys(step, wide, rows + i * wide, wide, i, want_keys, KEY_BLOCK * wide);
        tested->put_keys(step, wide, rows + i * wide, wide, i, got_keys, KEY_BLOCK * wide);
    }
    same("put_keys", want_keys, got_keys, (size_t)(blocks * KEY_BLOCK * wide), sizeof(float));
    struct attend a = {n, d, first, window, n_keys, q, want_keys + at * KEY_BLOCK, v,
                       bias + (causal ? window : n) - 1, 0.3F, want, s, 3 * wide, KEY_BLOCK * wide, wide, wide};
    char what[96];
    snprintf(what, sizeof(what), "attend %d queries of %d from %d, window %d", n, d, first, window);
    ref->attend(&a);
    a.y = got;
    tested->attend(&a);
    same(what, want, got, (size_t)size, sizeof(float));
}

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int test(const struct kernel *k, int rounds)
{
    const char *lacks = kernel_lacks(k);
    if (lacks) {
        printf("SKIP %s: needs %s\n", k->name, lacks);
        return SKIP;
    }
    tested = k;
    uint64_t seed = state;
    for (int i = 0; i < rounds && failures == 0; i++) {
        check_gemm();
        check_gemm_gelu();
        release();
        if (k->few) {
            tested = k->few;
            check_gemm();
            check_gemm_gelu();
            release();
            tested = k;
        }
        check_quantize();
        release();
        check_norm();
        check_embed();
        release();
        check_attend();
        release();
        check_cells();
        release();
    }
    printf("%s %s: seed %llu, %d rounds\n", failures ? "FAIL" : "ok", k->name,
           (unsigned long long)seed, rounds);
    return failures ? 1 : 0;
}

int main(int argc, char **argv)
{
    const char *name = NULL;
    int rounds = 300, result = 0;
    state = (uint64_t)now_ns();
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--kernel") == 0 && i + 1 < argc)
            name = argv[++i];
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            state = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc)
            rounds = atoi(argv[++i]);
        else
            return fprintf(stderr, "usage: walk [--kernel NAME] [--seed N] [--rounds N]\n"), 64;
    }
    const struct kernel *const *list = kernel_list();
    for (int i = 0; list[i]; i++)
        ref = list[i]; /* the last one */
    int found = 0;
    for (int i = 0; list[i]; i++)
        if (!name || strcmp(name, list[i]->name) == 0) {
            int r = test(list[i], rounds);
            result = name || r != SKIP ? (r > result ? r : result) : result;
            found++;
        }
    return found ? result : (printf("SKIP %s: not in this program\n", name), SKIP);
}
