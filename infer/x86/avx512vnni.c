/* VNNI: VPDPBUSD multiplies 64 unsigned by 64 signed bytes and adds fours of them
 * to int32, without a 16-bit step that could saturate.
 *
 * Weights are packed in panels of 32 outputs: inputs in fours, each four of
 * outputs 0 to 31 side by side, two registers. The four activations that they
 * meet are one broadcast, so no sum is folded across its register, and a panel
 * stays in the cache while all rows go over it. The activation is made unsigned
 * by adding 128 (its top bit turned, in pipes that the products leave idle), and
 * what that adds, 128 times the sum of the output's weights, stands negative
 * before each panel: sums begin with it.
 *
 * Registers of 512 bits, because a Zen 5 runs two such products a cycle as it
 * does of 256 (544 against 272 GMAC/s at 4.25 GHz), and a Zen 4 or an Intel core
 * as many bytes either way. Sums of a tile are at most 24 registers, 12 rows by a
 * panel: two weights and twelve broadcasts are loaded for 24 products, where two
 * loads go with two products a cycle. Of few rows, several panels go together,
 * since a product takes four cycles and eight must be under way.
 *
 * Models that take few rows a pass have the other table, of avx512vnni_few.c. */
#include <string.h>

#include "infer/x86/avx512.h"
#include "infer/x86/vnni.h"

enum { ROWS = 12, PANELS = 5, HEAD = PANEL * sizeof(int32_t) };
enum { FEW = 5 }; /* rows of which several panels go together */
enum { STEPS_AHEAD = 8, BYTES_AHEAD = 6144 }; /* where weights are fetched by several panels, and by one */

static size_t panel_size(int k)
{
    return HEAD + PANEL * (size_t)k;
}

static size_t packed_size(int n, int k)
{
    return (size_t)((n + PANEL - 1) / PANEL) * panel_size(k);
}

static void pack(int n, int k, const int8_t *w, void *packed)
{
    int8_t *to = packed;
    for (int j = 0; j < n; j += PANEL) {
        int32_t begin[PANEL] = {0};
        int8_t *head = to;
        to += HEAD;
        for (int l = 0; l < k; l += FOUR)
            for (int i = 0; i < PANEL; i++)
                for (int b = 0; b < FOUR; b++) {
                    *to = j + i < n ? w[(size_t)(j + i) * (size_t)k + (size_t)(l + b)] : 0;
                    begin[i] -= 128 * *to++;
                }
        memcpy(head, begin, sizeof(begin));
    }
}

/* The rest of a tile where outputs end inside it, or sums are wanted */
static void finish_slowly(const struct gemm *g, int m, int p, int i, int j, const int32_t *sum)
{
    for (int r = 0; r < m; r++, sum += p * PANEL)
        for (int c = 0; c < p * PANEL && j + c < g->n; c++) {
            size_t at = (size_t)(i + r) * (size_t)g->stride + (size_t)(j + c);
            int32_t one = sum[c];
            if (g->end == GEMM_SUMS)
                ((int32_t *)g->y)[at] = one;
            else
                ((float *)g->y)[at] = ref_end(g, i + r, j + c, one, ((float *)g->y)[at]);
        }
}

/* What a tile left raw, of which the next one takes GELU a row at a time between its products:
 * those have two pipes full, and GELU's sums and maxima want the other two. */
struct raw {
    int rows;
    float *y;   /* rows `stride` apart, a panel wide */
    size_t stride;
    float *top; /* the largest numbers of each row so far, LANES of them */
};

static const float gelu_constants[] = {REF_GELU_MOST, REF_GELU_OFF, REF_GELU_PLUS, REF_GELU_BY};

/* GELU of sixteen numbers, whose largest ones are returned with those in top. Beside a tile's sums
 * there is no register for a constant, so each is read where it is needed. */
INLINE __m512 gelu_between(float *y, __m512 top)
{
    const float *c = gelu_constants;
    __asm__("" : "+r"(c));
    __m512 x = _mm512_loadu_ps(y), u = _mm512_range_ps(x, _mm512_set1_ps(c[0]), 0x0a);
    __m512 low = _mm512_mul_ps(u, _mm512_sub_ps(u, _mm512_set1_ps(c[0])));
    __m512 high = _mm512_mul_ps(u, _mm512_sub_ps(u, _mm512_set1_ps(c[1])));
    low = _mm512_mul_ps(low, _mm512_add_ps(high, _mm512_set1_ps(c[2])));
    low = _mm512_mul_ps(low, _mm512_set1_ps(c[3]));
    x = _mm512_add_ps(_mm512_max_ps(x, _mm512_setzero_ps()), low);
    _mm512_storeu_ps(y, x);
    return larger(x, top);
}

INLINE void gelu_rest(const struct raw *raw)
{
    for (int r = 0; r < raw->rows; r++) {
        float *y = raw->y + (size_t)r * raw->stride, *top = raw->top + r * LANES;
        _mm512_storeu_ps(top, gelu_between(y + LANES, gelu_between(y, _mm512_loadu_ps(top))));
    }
}

/* Products of the next four numbers of m rows, and of p panels at w; row r begins at
 * a[r / 3] + r % 3 * k */
INLINE void step(int m, int p, const int8_t *const *a, size_t k, size_t l, const int8_t *w, size_t panel_bytes,
                 __m512i sum[ROWS][PANELS][2])
{
    __m512i y[PANELS][2];
    UNROLL
    for (int c = 0; c < p; c++)
        UNROLL
        for (int h = 0; h < 2; h++)
            y[c][h] = _mm512_load_si512(w + (size_t)c * panel_bytes + 64 * h);
    UNROLL
    for (int r = 0; r < m; r++) {
        __m512i x = four_at(a[r / 3] + (size_t)(r % 3) * k + l);
        UNROLL
        for (int c = 0; c < p; c++)
            UNROLL
            for (int h = 0; h < 2; h++)
                sum[r][c][h] = dot(sum[r][c][h], x, y[c][h]);
    }
}

/* What a tile of more than FEW rows, and so of one panel, fetches: from where on, bytes beside a step */
struct fetched {
    const char *at;
    size_t step; /* one cache line or two */
};

/* Fetches weights beside a step. Into the first level: into the second one alone (PREFETCHT1) a Zen 5
 * fetches 18 bytes a cycle, where it reads 25 by itself, and 30 with this. */
INLINE void fetch(int m, int p, size_t panel_bytes, struct fetched *f)
{
    UNROLL
    for (int c = 0; m <= FEW && c < p; c++) {
        _mm_prefetch(f->at + (size_t)c * panel_bytes, _MM_HINT_T0);
        _mm_prefetch(f->at + (size_t)c * panel_bytes + 64, _MM_HINT_T0);
    }
    if (m > FEW) {
        _mm_prefetch(f->at, _MM_HINT_T0);
        _mm_prefetch(f->at + f->step / 2, _MM_HINT_T0);
    }
    f->at += m <= FEW ? PANEL * FOUR : f->step;
}

enum how { BIASED = 1, ADDED = 2, GELU = 4 };

/* The end of a tile. Where few rows go by several panels, `how` is a constant: two branches a register took as
 * long as the rest. Of many rows gcc would then begin with all registers at once and have no room for them. */
INLINE void finish(const struct gemm *g, int m, int p, int i, int j, __m512i sum[ROWS][PANELS][2], int how, float *top)
{
    size_t stride = (size_t)g->stride;
    const float *a_scale = g->a_scale + i, *w_scale = g->w_scale + j, *bias = how & BIASED ? g->bias + j : NULL;
    float *y = (float *)g->y + (size_t)i * stride + j;
    UNROLL
    for (int r = 0; r < m; r++, y += stride) {
        __m512 scale = _mm512_set1_ps(a_scale[r]), v[2 * PANELS];
        UNROLL
        for (int c = 0; c < 2 * p; c++) {
            v[c] = _mm512_mul_ps(scale, _mm512_loadu_ps(w_scale + c * LANES));
            v[c] = _mm512_mul_ps(_mm512_cvtepi32_ps(sum[r][c / 2][c % 2]), v[c]);
            if (how & BIASED)
                v[c] = _mm512_add_ps(v[c], _mm512_loadu_ps(bias + c * LANES));
            if (how & ADDED)
                v[c] = _mm512_add_ps(v[c], _mm512_loadu_ps(y + c * LANES));
        }
        if (how & GELU)
            _mm512_storeu_ps(top + r * LANES, gelu_of(2 * p, v, _mm512_loadu_ps(top + r * LANES)));
        UNROLL
        for (int c = 0; c < 2 * p; c++)
            _mm512_storeu_ps(y + c * LANES, v[c]);
    }
}

/* A tile of m rows from i by p panels from column j; raw: NULL, or what the tile before left, for which
 * k is at least 8 * ROWS; of at most FEW rows there is no room for that, and GELU is taken of this tile's own
 * end, which is put and has no bias. */
INLINE void tile(const struct gemm *g, int m, int p, int i, int j, struct fetched f, const struct raw *raw)
{
    size_t k = (size_t)g->k, panel_bytes = panel_size(g->k);
    const int8_t *w = (const int8_t *)g->w + (size_t)(j / PANEL) * panel_bytes;
    const int8_t *a[ROWS / 3]; /* every third row: base + k and + 2 k need no pointer */
    __m512i sum[ROWS][PANELS][2];
    UNROLL
    for (int c = 0; c < p; c++)
        UNROLL
        for (int h = 0; h < 2; h++) {
            __m512i begin = _mm512_load_si512(w + (size_t)c * panel_bytes + 64 * h);
            UNROLL
            for (int r = 0; r < m; r++)
                sum[r][c][h] = begin;
        }
    w += HEAD;
    UNROLL
    for (int r = 0; r < m; r += 3)
        a[r / 3] = g->a + (size_t)(i + r) * k;
    size_t l = 0, turn = m <= FEW ? k - STEPS_AHEAD * FOUR : k;
    if (m <= FEW)
        f.at = (const char *)w + STEPS_AHEAD * PANEL * FOUR;
    if (m > FEW && raw) {
        float *y = raw->y, *top = raw->top;
        for (float *end = top + raw->rows * LANES; top < end; top += LANES, y += raw->stride, l += 2 * FOUR) {
            fetch(m, p, panel_bytes, &f);
            fetch(m, p, panel_bytes, &f);
            step(m, p, a, k, l, w, panel_bytes, sum);
            __m512 most = gelu_between(y, _mm512_loadu_ps(top));
            step(m, p, a, k, l + FOUR, w + PANEL * FOUR, panel_bytes, sum);
            _mm512_storeu_ps(top, gelu_between(y + LANES, most));
            w += 2 * PANEL * FOUR;
        }
    }
    for (; l < turn; l += FOUR, w += PANEL * FOUR) {
        fetch(m, p, panel_bytes, &f);
        step(m, p, a, k, l, w, panel_bytes, sum);
    }
    if (m <= FEW)
        f.at += (size_t)(p - 1) * panel_bytes + HEAD; /* the next panels */
    for (; l < k; l += FOUR, w += PANEL * FOUR) {
        fetch(m, p, panel_bytes, &f);
        step(m, p, a, k, l, w, panel_bytes, sum);
    }
    if (g->end == GEMM_SUMS || j + p * PANEL > g->n) {
        int32_t all[ROWS * PANELS * PANEL];
        UNROLL
        for (int r = 0; r < m; r++)
            UNROLL
            for (int c = 0; c < p; c++)
                UNROLL
                for (int h = 0; h < 2; h++)
                    _mm512_storeu_si512(all + (r * p + c) * PANEL + h * LANES, sum[r][c][h]);
        finish_slowly(g, m, p, i, j, all);
        return;
    }
    int how = (g->bias ? BIASED : 0) | (g->end == GEMM_ADD ? ADDED : 0);
    if (m > FEW)
        finish(g, m, p, i, j, sum, how, NULL);
    else if (raw)
        finish(g, m, p, i, j, sum, GELU, raw->top);
    else if (how == (BIASED | ADDED))
        finish(g, m, p, i, j, sum, BIASED | ADDED, NULL);
    else if (how == BIASED)
        finish(g, m, p, i, j, sum, BIASED, NULL);
    else if (how == ADDED)
        finish(g, m, p, i, j, sum, ADDED, NULL);
    else
        finish(g, m, p, i, j, sum, 0, NULL);
}

/* Two functions a shape of tile */
#define TILE(m, p)                                                                                 \
    static void tile_##m##_##p(const struct gemm *g, int i, int j, struct fetched f, const struct raw *raw) \
    {                                                                                              \
        tile(g, m, p, i, j, f, NULL);                                                              \
    }                                                                                              \
    static void gelu_##m##_##p(const struct gemm *g, int i, int j, struct fetched f, const struct raw *raw) \
    {                                                                                              \
        tile(g, m, p, i, j, f, raw);                                                               \
    }
TILE(1, 1) TILE(1, 2) TILE(1, 3) TILE(1, 4) TILE(1, 5)
TILE(2, 1) TILE(2, 2) TILE(2, 3) TILE(2, 4) TILE(2, 5)
TILE(3, 1) TILE(3, 2) TILE(3, 3) TILE(4, 1) TILE(4, 2) TILE(4, 3)
TILE(5, 1) TILE(5, 2) TILE(6, 1) TILE(7, 1) TILE(8, 1)
TILE(9, 1) TILE(10, 1) TILE(11, 1) TILE(12, 1)

typedef void tile_function(const struct gemm *g, int i, int j, struct fetched f, const struct raw *raw);

/* Plain, and with GELU, by rows and panels */
#define BOTH(m, p) {tile_##m##_##p, gelu_##m##_##p}
static tile_function *const tiles[ROWS][PANELS][2] = {
    {BOTH(1, 1), BOTH(1, 2), BOTH(1, 3), BOTH(1, 4), BOTH(1, 5)},
    {BOTH(2, 1), BOTH(2, 2), BOTH(2, 3), BOTH(2, 4), BOTH(2, 5)},
    {BOTH(3, 1), BOTH(3, 2), BOTH(3, 3)},
    {BOTH(4, 1), BOTH(4, 2), BOTH(4, 3)},
    {BOTH(5, 1), BOTH(5, 2)},
    {BOTH(6, 1)}, {BOTH(7, 1)}, {BOTH(8, 1)}, {BOTH(9, 1)}, {BOTH(10, 1)}, {BOTH(11, 1)}, {BOTH(12, 1)},
};

static int most_panels(int rows)
{
    int p = PANELS;
    while (!tiles[rows - 1][p - 1][0])
        p--;
    return p;
}

/* Where one tile has all rows, it waits for weights, and fetches them some steps before they are wanted.
 * Else a panel is gone over several times, and the first two of a column's tiles fetch the next one,
 * half each; what the others fetch is there already. Behind the last panel of a matrix the model
 * has the next matrix. */
static struct fetched fetched_by(const struct gemm *g, int panel, int r, int n_rows)
{
    const char *w = (const char *)g->w + (size_t)(n_rows > 1 && r < 2 ? panel + 1 : panel) * panel_size(g->k);
    if (n_rows == 1)
        return (struct fetched){w + BYTES_AHEAD, PANEL * FOUR};
    return (struct fetched){w + (size_t)(r % 2) * (size_t)g->k * (64 / FOUR), 64};
}

/* Rows and panels are cut into tiles as even as can be: 32 rows are 11, 11 and 10. raw: NULL, or for the tiles */
static void all_tiles(const struct gemm *g, struct raw *raw)
{
    int n_rows = (g->m + ROWS - 1) / ROWS, panels = (g->n + PANEL - 1) / PANEL;
    int together = n_rows == 1 ? most_panels(g->m) : 1;
    int n_columns = (panels + together - 1) / together;
    float *top = raw ? raw->top : NULL;
    for (int c = 0; c < n_columns; c++) {
        int j = c * panels / n_columns, p = (c + 1) * panels / n_columns - j;
        for (int r = 0; r < n_rows; r++) {
            int i = r * g->m / n_rows, m = (r + 1) * g->m / n_rows - i;
            tiles[m - 1][p - 1][raw != NULL](g, i, j * PANEL, fetched_by(g, j, r, n_rows), raw);
            if (!raw)
                continue;
            raw->rows = m;
            raw->y = (float *)g->y + (size_t)i * raw->stride + j * PANEL;
            raw->top = top + i * LANES;
        }
    }
}

static void gemm(const struct gemm *g)
{
    all_tiles(g, NULL);
}

static void gemm_gelu(const struct gemm *g, int8_t *q, float *scale)
{
    _Alignas(64) float top[GELU_ROWS * LANES];
    bool few = g->m <= FEW && !g->bias, many = g->m > ROWS && g->m <= GELU_ROWS && g->k >= 2 * FOUR * ROWS;
    if (g->n % PANEL || !(few || many)) {
        gemm(g);
        avx512_gelu_quantize(g->m, g->n, g->y, q, scale);
        return;
    }
    struct raw raw = {.rows = 0, .y = g->y, .stride = (size_t)g->n, .top = top};
    memset(top, 0, (size_t)g->m * LANES * sizeof(*top));
    all_tiles(g, &raw);
    if (many)
        gelu_rest(&raw);
    avx512_round(g->m, g->n, g->y, top, q, scale);
}

/* Twelve sums that do not wait for each other. In one piece, because gcc 12 would
 * keep an array of them in memory. */
static int64_t peak(int rounds)
{
    for (int n = 0; n < rounds; n++) {
#define DOT(r) "vpdpbusd %%zmm12, %%zmm12, %%zmm" #r "\n\t"
        __asm__ volatile(DOT(0) DOT(1) DOT(2) DOT(3) DOT(4) DOT(5) DOT(6) DOT(7) DOT(8) DOT(9)
                             DOT(10) DOT(11)::
                                 : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
                                   "xmm8", "xmm9", "xmm10", "xmm11", "xmm12");
#undef DOT
    }
    return (int64_t)rounds * 12 * 64;
}

const struct kernel kernel_avx512vnni = {
    .name = "avx512vnni",
    .packed_size = packed_size,
    .pack = pack,
    .gemm = gemm,
    .embed = avx512_embed,
    .quantize = avx512_quantize,
    .norm = avx512_norm,
    .norm_quantize = avx512_norm_quantize,
    .gelu_quantize = avx512_gelu_quantize,
    .gemm_gelu = gemm_gelu,
    .put_cells = avx512_put_cells,
    .attend_cells = avx512_attend_cells,
    .put_keys = avx512_put_keys,
    .attend = avx512_attend,
    .dots = avx512_dots,
    .peak = peak,
    .few = &kernel_avx512vnni_few,
};
