/* Vectors are the compiler's own (vector_size), because all that is needed is loads,
 * products and sums: the same lines become AVX-512, AVX2, SSE2 or NEON. BERT_MATH is
 * the name of the table, from meson.build. A tile keeps its sums in registers: rows by
 * two registers of outputs, as many as the instruction set has room for. */
#include "infer/bert_math.h"

#include <math.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 16")

#if defined(__AVX512F__)
enum { WIDTH = 16, ROWS = 12 };
#elif defined(__AVX__)
enum { WIDTH = 8, ROWS = 6 };
#elif defined(__aarch64__)
enum { WIDTH = 4, ROWS = 12 };
#else
enum { WIDTH = 4, ROWS = 6 };
#endif
enum { PANEL = 2 * WIDTH, LANES = 16, FEW = WIDTH == 16 ? 8 : 4, TOGETHER = 8 };

typedef float vec __attribute__((vector_size(WIDTH * sizeof(float))));
typedef int32_t mask __attribute__((vector_size(WIDTH * sizeof(float))));

INLINE vec load(const float *p)
{
    vec v;
    memcpy(&v, p, sizeof(v));
    return v;
}

INLINE vec all(float x)
{
    return x - (vec){0};
}

INLINE void put(float *y, vec sum, const float *bias, bool add)
{
    if (bias)
        sum = sum + load(bias);
    if (add)
        sum = sum + load(y);
    memcpy(y, &sum, sizeof(sum));
}

/* m rows from i by the panel at w, whose first output is j; m is a constant */
INLINE void tile(int m, const struct bert_product *p, const float *w, int i, int j)
{
    size_t k = (size_t)p->k;
    const float *x[(ROWS + 2) / 3]; /* every third row: base + k and + 2 k need no pointer */
    vec sum[ROWS][2];
    UNROLL
    for (int r = 0; r < m; r++)
        sum[r][0] = sum[r][1] = all(0);
    UNROLL
    for (int r = 0; r < m; r += 3)
        x[r / 3] = p->x + (size_t)(i + r) * k;
    for (size_t l = 0; l < k; l++, w += PANEL) {
        vec w0 = load(w), w1 = load(w + WIDTH);
        UNROLL
        for (int r = 0; r < m; r++) {
            vec a = all(x[r / 3][(size_t)(r % 3) * k + l]);
            sum[r][0] = sum[r][0] + a * w0;
            sum[r][1] = sum[r][1] + a * w1;
        }
    }
    const float *bias = p->bias ? p->bias + j : NULL;
    UNROLL
    for (int r = 0; r < m; r++) {
        float *y = p->y + (size_t)(i + r) * (size_t)p->n + j;
        put(y, sum[r][0], bias, p->add);
        put(y + WIDTH, sum[r][1], bias ? bias + WIDTH : NULL, p->add);
    }
}

#define TILE(m)                                                                                    \
    static void tile_##m(const struct bert_product *p, const float *w, int i, int j)               \
    {                                                                                              \
        tile(m, p, w, i, j);                                                                       \
    }
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if defined(__AVX512F__) || defined(__aarch64__)
TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
#endif

static void (*const tiles[ROWS])(const struct bert_product *, const float *, int, int) = {
    tile_1, tile_2, tile_3, tile_4, tile_5, tile_6,
#if defined(__AVX512F__) || defined(__aarch64__)
    tile_7, tile_8, tile_9, tile_10, tile_11, tile_12,
#endif
};

static void product(const struct bert_product *p)
{
    int n_tiles = (p->m + ROWS - 1) / ROWS;
    const float *w = p->w;
    for (int j = 0; j < p->n; j += PANEL, w += (size_t)PANEL * (size_t)p->k)
        for (int t = 0; t < n_tiles; t++) { /* as even as can be */
            int i = t * p->m / n_tiles, end = (t + 1) * p->m / n_tiles;
            tiles[end - i - 1](p, w, i, j);
        }
}

static float fold(float lane[LANES])
{
    for (int half = LANES / 2; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            lane[i] = lane[i] + lane[i + half];
    return lane[0];
}

/* Sum of (x - off)², or of x, over lanes; n is a multiple of 32 */
INLINE float sum_of(int n, const float *x, float off, bool square)
{
    enum { PARTS = LANES / WIDTH };
    vec sum[PARTS], from = all(off);
    float lane[LANES];
    UNROLL
    for (int c = 0; c < PARTS; c++)
        sum[c] = all(0);
    for (int i = 0; i < n; i += LANES)
        UNROLL
        for (int c = 0; c < PARTS; c++) {
            vec v = load(x + i + c * WIDTH);
            vec u = v - from;
            sum[c] = sum[c] + (square ? u * u : v);
        }
    memcpy(lane, sum, sizeof(lane));
    return fold(lane);
}

/* Some rows go together, so that none waits for its own sums. */
static void norm(int m, int n, float *x, const float *g, const float *b, float eps)
{
    float mean[TOGETHER], by[TOGETHER];
    for (int rows; m > 0; m -= rows, x += rows * n) {
        rows = m < TOGETHER ? m : TOGETHER;
        for (int r = 0; r < rows; r++)
            mean[r] = sum_of(n, x + r * n, 0, false) / (float)n;
        for (int r = 0; r < rows; r++)
            by[r] = 1.0F / sqrtf(sum_of(n, x + r * n, mean[r], true) / (float)n + eps);
        for (int r = 0; r < rows; r++)
            for (int i = 0; i < n; i += WIDTH) {
                float *at = x + r * n + i;
                vec v = ((load(at) - all(mean[r])) * all(by[r])) * load(g + i) + load(b + i);
                memcpy(at, &v, sizeof(v));
            }
    }
}

/* Least squares, weighted towards the largest error, over z in 0..5.6 */
#define MOST 5.6F
#define P0 0.398942232F
#define P1 0.0343744420F
#define P2 4.70714783e-3F
#define P3 1.73832421e-4F
#define P4 6.35628294e-6F
#define P5 2.21458672e-8F
#define Q1 0.252829671F
#define Q2 0.0289391093F
#define Q3 1.91287580e-3F
#define Q4 7.50953841e-5F
#define Q5 1.18021097e-6F

/* a where it is less than b, else (NaN too) b */
INLINE vec least(vec a, vec b)
{
    mask less = a < b;
    return (vec)((less & (mask)a) | (~less & (mask)b));
}

INLINE vec largest(vec a, vec b)
{
    mask more = a > b;
    return (vec)((more & (mask)a) | (~more & (mask)b));
}

/* c registers step by step for all of them: one alone is a chain of instructions that
 * each wait for the one before */
INLINE void gelu_some(int c, float *x)
{
    static const float ps[] = {P4, P3, P2, P1, P0}, qs[] = {Q4, Q3, Q2, Q1, 1};
    vec z[FEW], s[FEW], p[FEW], q[FEW];
    UNROLL
    for (int i = 0; i < c; i++) {
        z[i] = largest(least(load(x + i * WIDTH), all(MOST)), all(-MOST));
        s[i] = z[i] * z[i];
        p[i] = all(P5);
        q[i] = all(Q5);
    }
    UNROLL
    for (int k = 0; k < 5; k++)
        UNROLL
        for (int i = 0; i < c; i++) {
            p[i] = p[i] * s[i] + all(ps[k]);
            q[i] = q[i] * s[i] + all(qs[k]);
        }
    UNROLL
    for (int i = 0; i < c; i++) {
        vec y = load(x + i * WIDTH) * (0.5F + z[i] * p[i] / q[i]);
        memcpy(x + i * WIDTH, &y, sizeof(y));
    }
}

static void gelu(int n, float *x)
{
    for (; n >= FEW * WIDTH; n -= FEW * WIDTH, x += FEW * WIDTH)
        gelu_some(FEW, x);
    for (; n >= WIDTH; n -= WIDTH, x += WIDTH)
        gelu_some(1, x);
}

extern const struct bert_math BERT_MATH;
#define TEXT_OF(name) #name
#define TEXT(name) TEXT_OF(name)
const struct bert_math BERT_MATH = {TEXT(BERT_MATH), PANEL, product, norm, gelu};
