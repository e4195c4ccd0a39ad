/* The table of models that take few rows a pass, as streams do. It differs from avx512vnni.c in where panels
 * lie: three of them together, in turns a step of each. Fours of rows take all three at once, so memory is
 * read from one end to the other, which the third level of cache does a tenth faster than three places in turns:
 *
 *   beginning of panel 0 | of 1 | of 2 | four inputs of 0 | of 1 | of 2 | the next four of 0 | …
 *
 * At the end of a matrix one or two lie together where no more are left. More rows, of several streams, go
 * over the three of them four by four; where these are too long to stay near meanwhile, or outputs end
 * inside a panel, weights lie as in avx512vnni.c, whose functions take them. */
#include "infer/x86/avx512.h"
#include "infer/x86/vnni.h"

enum { FEW = 4, PANELS = 3, STEP = PANEL * FOUR };
enum { INPUTS = 640, BYTES_AHEAD = 1536 }; /* at most, of three panels; where weights are fetched */

enum how { BIASED = 1, ADDED = 2, GELU = 4, SUMS = 8 };

static bool lie_together(int n, int k)
{
    return n % PANEL == 0 && k <= INPUTS;
}

/* Bytes: its beginning, as long as a step, and its steps */
static size_t panel_size(int k)
{
    return STEP + PANEL * (size_t)k;
}

static size_t packed_size(int n, int k)
{
    return kernel_avx512vnni.packed_size(n, k); /* nothing lies between panels either way */
}

static void pack_panel(int k, const int8_t *w, int8_t *to, size_t step)
{
    int32_t begin[PANEL] = {0};
    int8_t *head = to;
    for (int l = 0; l < k; l += FOUR) {
        to += step;
        for (int i = 0; i < PANEL; i++)
            for (int b = 0; b < FOUR; b++) {
                to[i * FOUR + b] = w[(size_t)i * (size_t)k + (size_t)(l + b)];
                begin[i] -= 128 * to[i * FOUR + b];
            }
    }
    memcpy(head, begin, sizeof(begin));
}

static void pack(int n, int k, const int8_t *w, void *packed)
{
    int8_t *to = packed;
    if (!lie_together(n, k)) {
        kernel_avx512vnni.pack(n, k, w, packed);
        return;
    }
    for (int j = 0, panels = n / PANEL, p; j < panels; j += p, to += (size_t)p * panel_size(k)) {
        p = panels - j < PANELS ? panels - j : PANELS;
        for (int i = 0; i < p; i++)
            pack_panel(k, w + (size_t)(j + i) * PANEL * (size_t)k, to + i * STEP, (size_t)p * STEP);
    }
}

/* Products of the next four numbers of m rows, and of p panels at w */
INLINE void step(int m, int p, const int8_t *a, size_t k, size_t l, const int8_t *w, __m512i sum[FEW][PANELS][2])
{
    __m512i y[PANELS][2];
    UNROLL
    for (int c = 0; c < p; c++)
        UNROLL
        for (int h = 0; h < 2; h++)
            y[c][h] = _mm512_load_si512(w + STEP * c + 64 * h);
    UNROLL
    for (int r = 0; r < m; r++) {
        __m512i x = four_at(a + (size_t)r * k + l);
        UNROLL
        for (int c = 0; c < p; c++)
            UNROLL
            for (int h = 0; h < 2; h++)
                sum[r][c][h] = dot(sum[r][c][h], x, y[c][h]);
    }
}

/* What is wanted soon. Into the first level alone: it is read once a pass, and is not to take the place of
 * keys and values in the second one. */
INLINE void fetch(int p, const int8_t *w)
{
    UNROLL
    for (int c = 0; c < 2 * p; c++)
        _mm_prefetch((const char *)w + BYTES_AHEAD + 64 * c, _MM_HINT_NTA);
}

struct end { /* what the end of a tile takes, from its first row and column on */
    float *y;
    size_t stride;
    const float *a_scale, *w_scale, *bias;
    float *top; /* the largest numbers of each row so far, LANES of them, or NULL */
};

/* The end of a tile; `how` is a constant, since two branches a register took as long as the rest. */
INLINE void finish(const struct end *e, int m, int p, __m512i sum[FEW][PANELS][2], int how)
{
    float *y = e->y;
    UNROLL
    for (int r = 0; r < m; r++, y += e->stride) {
        __m512 v[2 * PANELS], scale = _mm512_set1_ps(how & SUMS ? 0 : e->a_scale[r]);
        UNROLL
        for (int c = 0; c < 2 * p; c++) {
            __m512i one = sum[r][c / 2][c % 2];
            v[c] = _mm512_castsi512_ps(one);
            if (how & SUMS)
                continue;
            v[c] = _mm512_mul_ps(scale, _mm512_loadu_ps(e->w_scale + c * LANES));
            v[c] = _mm512_mul_ps(_mm512_cvtepi32_ps(one), v[c]);
            if (how & BIASED)
                v[c] = _mm512_add_ps(v[c], _mm512_loadu_ps(e->bias + c * LANES));
            if (how & ADDED)
                v[c] = _mm512_add_ps(v[c], _mm512_loadu_ps(y + c * LANES));
        }
        if (how & GELU)
            _mm512_storeu_ps(e->top + r * LANES, gelu_of(2 * p, v, _mm512_loadu_ps(e->top + r * LANES)));
        UNROLL
        for (int c = 0; c < 2 * p; c++)
            _mm512_storeu_ps(y + c * LANES, v[c]);
    }
}

INLINE void begin(int m, int p, const int8_t *w, __m512i sum[FEW][PANELS][2])
{
    UNROLL
    for (int c = 0; c < p; c++)
        UNROLL
        for (int h = 0; h < 2; h++) {
            __m512i v = _mm512_load_si512(w + STEP * c + 64 * h);
            UNROLL
            for (int r = 0; r < m; r++)
                sum[r][c][h] = v;
        }
}

/* A tile of m rows by the p panels that lie together at w */
INLINE void tile(int m, int p, const int8_t *a, size_t k, const int8_t *w, const struct end *e, int how)
{
    __m512i sum[FEW][PANELS][2];
    fetch(p, w);
    begin(m, p, w, sum);
    for (size_t l = 0; l < k; l += FOUR) {
        w += p * STEP;
        fetch(p, w);
        step(m, p, a, k, l, w, sum);
    }
    finish(e, m, p, sum, how);
}

/* All tiles of m rows by p panels from w on, and e with them: to where rows end, and back to the first one */
INLINE void all_rows(int m, int p, const struct gemm *g, const int8_t *w, struct end *e, int how)
{
    const int8_t *a = g->a, *last = a + (size_t)g->m * (size_t)g->k;
    struct end at = *e;
    for (; a < last; a += (size_t)m * (size_t)g->k) {
        tile(m, p, a, (size_t)g->k, w, &at, how);
        at.y += (size_t)m * at.stride;
        at.a_scale = how & SUMS ? NULL : at.a_scale + m;
        at.top = how & GELU ? at.top + m * LANES : NULL;
    }
    e->y += p * PANEL;
    e->w_scale = how & SUMS ? NULL : e->w_scale + p * PANEL;
    e->bias = how & BIASED ? e->bias + p * PANEL : NULL;
}

/* The product of a multiple of m rows, in one function: what goes before a tile of it took a tenth of the time of K 160. */
INLINE void multiply(int m, const struct gemm *g, float *top, int how)
{
    struct end e = {g->y, (size_t)g->stride, g->a_scale, g->w_scale, g->bias, top};
    const int8_t *w = g->w;
    int panels = g->n / PANEL;
    for (; panels >= PANELS; panels -= PANELS, w += PANELS * panel_size(g->k))
        all_rows(m, PANELS, g, w, &e, how);
    if (panels == 2)
        all_rows(m, 2, g, w, &e, how);
    else if (panels == 1)
        all_rows(m, 1, g, w, &e, how);
}

#define ENDED(m, name, how)                                                                        \
    static void name##_##m(const struct gemm *g, float *top)                                       \
    {                                                                                              \
        multiply(m, g, top, how);                                                                  \
    }
#define MULTIPLE(m)                                                                                \
    ENDED(m, put, 0) ENDED(m, biased, BIASED) ENDED(m, added, ADDED) ENDED(m, both, BIASED | ADDED) \
    ENDED(m, gelu, GELU) ENDED(m, sums, SUMS)
MULTIPLE(1) MULTIPLE(2) MULTIPLE(3) MULTIPLE(4)

/* By rows, and how they end; GELU is of what is put and has no bias. */
#define ENDS(m) {put_##m, biased_##m, added_##m, both_##m, gelu_##m, [SUMS] = sums_##m}
static void (*const multiples[FEW][SUMS + 1])(const struct gemm *g, float *top) = {ENDS(1), ENDS(2), ENDS(3), ENDS(4)};

static int how_of(const struct gemm *g)
{
    return g->end == GEMM_SUMS ? SUMS : (g->bias ? BIASED : 0) | (g->end == GEMM_ADD ? ADDED : 0);
}

/* Of so many outputs. Fours are as even as can be: five rows are three and two. */
static void by_fours(const struct gemm *g, float *top, int how)
{
    int fours = (g->m + FEW - 1) / FEW, less = g->m / fours, n_less = fours - g->m % fours, m = less * n_less;
    struct gemm part = *g;
    part.m = m;
    multiples[less - 1][how](&part, top);
    if (m == g->m)
        return;
    part.m = g->m - m;
    part.a += (size_t)m * (size_t)g->k;
    part.a_scale = how == SUMS ? NULL : part.a_scale + m;
    part.y = (float *)g->y + (size_t)m * (size_t)g->stride;
    multiples[less][how](&part, top ? top + m * LANES : NULL);
}

/* Where not all fours are alike, panels that lie together are gone over by all before the next ones are. */
static void by_panels(const struct gemm *g, float *top, int how)
{
    struct gemm part = *g;
    if (g->m <= FEW || g->m % FEW == 0) {
        by_fours(g, top, how);
        return;
    }
    for (int j = 0; j < g->n; j += part.n) {
        part.n = g->n - j < PANELS * PANEL ? g->n - j : PANELS * PANEL;
        part.w = (const int8_t *)g->w + (size_t)(j / PANEL) * panel_size(g->k);
        part.w_scale = how == SUMS ? NULL : g->w_scale + j;
        part.bias = how & BIASED ? g->bias + j : NULL;
        part.y = (float *)g->y + j;
        by_fours(&part, top, how);
    }
}

static void gemm(const struct gemm *g)
{
    if (lie_together(g->n, g->k))
        by_panels(g, NULL, how_of(g));
    else
        kernel_avx512vnni.gemm(g);
}

static void gemm_gelu(const struct gemm *g, int8_t *q, float *scale)
{
    _Alignas(64) float top[GELU_ROWS * LANES];
    if (!lie_together(g->n, g->k)) {
        kernel_avx512vnni.gemm_gelu(g, q, scale);
        return;
    }
    if (how_of(g) != 0 || g->m > GELU_ROWS) {
        gemm(g);
        avx512_gelu_quantize(g->m, g->n, g->y, q, scale);
        return;
    }
    memset(top, 0, (size_t)g->m * LANES * sizeof(*top));
    by_panels(g, top, GELU);
    avx512_round(g->m, g->n, g->y, top, q, scale);
}

const struct kernel kernel_avx512vnni_few = {
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
};
