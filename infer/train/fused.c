/* The two operations that take most of a training step beside the matrix products, forward and
 * backward, each in one pass: causal attention over a window with a bias by distance, and GELU.
 * Called by fused.py through ctypes; net.py holds the same in PyTorch, which is the definition.
 *
 * Tensors are bfloat16, row-major and contiguous: qkv (batch, tokens, 3, heads, 32), out (batch,
 * tokens, heads, 32); bias (heads, 64) and log-sum-exp (batch, heads, tokens) are float. Arithmetic
 * is float. Queries go in tiles of 16, one a lane; the keys that such a tile can reach are the 64
 * before it and its own 16, so that tables of 80 x 16 hold all scores of a tile.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DIM = 32, WINDOW = 64, TILE = 16, REACH = WINDOW + TILE, MAX_TOKENS = 1024 };

typedef float vec __attribute__((vector_size(64)));
typedef float vec_u __attribute__((vector_size(64), aligned(4)));
typedef int32_t ivec __attribute__((vector_size(64)));
typedef uint32_t uvec __attribute__((vector_size(64)));
typedef uint16_t half __attribute__((vector_size(32)));
typedef uint16_t half_u __attribute__((vector_size(32), aligned(2)));

struct head {  /* one head of one sequence */
    _Alignas(64) float q[MAX_TOKENS][DIM], k[MAX_TOKENS][DIM], v[MAX_TOKENS][DIM];
    _Alignas(64) float dq[MAX_TOKENS][DIM], dk[MAX_TOKENS][DIM], dv[MAX_TOKENS][DIM], dout[MAX_TOKENS][DIM];
    _Alignas(64) float delta[MAX_TOKENS];  /* product of a row of out with its gradient */
    vec bias[REACH], dbias[REACH];
};

static inline vec load(const uint16_t *p)
{
    return (vec)(__builtin_convertvector(*(const half_u *)p, uvec) << 16);
}

static inline void store(uint16_t *p, vec x)
{
    uvec u = (uvec)x;

    u = (u + 0x7fff + ((u >> 16) & 1)) >> 16;
    *(half_u *)p = __builtin_convertvector(u, half);
}

static inline vec larger(vec a, vec b)
{
    ivec m = a > b;

    return (vec)(((ivec)a & m) | ((ivec)b & ~m));
}

static inline vec within(vec x, float limit)
{
    return -larger(-larger(x, (vec){0} - limit), (vec){0} - limit);
}

/* e^x within 2 units of the seventh digit; less than 2^-126 becomes that. */
static inline vec expv(vec x)
{
    vec top = within(x * 1.44269504f, 126.0f);
    vec r = top + 12582912.0f;                         /* 1.5 * 2^23: rounds to an integer */
    ivec n = (ivec)r - 0x4b400000;
    vec f = top - (r - 12582912.0f);
    vec p = f * 0.00133336f + 0.00961812f;

    p = p * f + 0.0555041f;
    p = p * f + 0.240227f;
    p = p * f + 0.693147f;
    p = p * f + 1.0f;
    return (vec)((ivec)p + (n << 23));
}

static void load_rows(float (*to)[DIM], const uint16_t *from, size_t stride, int tokens)
{
    for (int t = 0; t < tokens; t++, from += stride) {
        *(vec *)to[t] = load(from);
        *(vec *)(to[t] + 16) = load(from + 16);
    }
}

static void store_rows(uint16_t *to, float (*from)[DIM], size_t stride, int tokens)
{
    for (int t = 0; t < tokens; t++, to += stride) {
        store(to, *(vec *)from[t]);
        store(to + 16, *(vec *)(from[t] + 16));
    }
}

/* bias[j][lane]: of key j of a tile's reach for the query in that lane. */
static void spread(struct head *h, const float *bias)
{
    for (int j = 0; j < REACH; j++)
        for (int lane = 0; lane < TILE; lane++) {
            int distance = WINDOW + lane - j;

            h->bias[j][lane] = distance >= 0 && distance < WINDOW ? bias[distance] : -1e30f;
        }
}

/* out[j] = for each lane the product of row j of `rows` with that lane's row of `lanes`, j from `first`. */
static inline void products(vec *out, const float (*rows)[DIM], const float (*lanes)[DIM], int first)
{
    vec column[DIM];

    for (int d = 0; d < DIM; d++)
        for (int lane = 0; lane < TILE; lane++)
            column[d][lane] = lanes[lane][d];
    for (int j = first; j < REACH; j += 8) {
        vec a[8] = {0};

        for (int d = 0; d < DIM; d++)
            for (int i = 0; i < 8; i++)
                a[i] += rows[j + i][d] * column[d];
        for (int i = 0; i < 8; i++)
            out[j + i] = a[i];
    }
}

/* to[lane] = sum over j of weight[j][lane] * rows[j]. */
static inline void gather(float (*to)[DIM], const vec *weight, const float (*rows)[DIM], int first)
{
    for (int half = 0; half < TILE; half += 8) {
        vec a[8][2] = {0};

        for (int j = first; j < REACH; j++) {
            vec low = *(const vec *)rows[j], high = *(const vec *)(rows[j] + 16);
            const float *w = (const float *)&weight[j] + half;

            for (int i = 0; i < 8; i++) {
                a[i][0] += w[i] * low;
                a[i][1] += w[i] * high;
            }
        }
        for (int i = 0; i < 8; i++) {
            *(vec *)to[half + i] = a[i][0];
            *(vec *)(to[half + i] + 16) = a[i][1];
        }
    }
}

/* to[j] += sum over lanes of weight[j][lane] * lanes[lane]. */
static inline void scatter(float (*to)[DIM], const vec *weight, const float (*lanes)[DIM], int first)
{
    for (int j = first; j < REACH; j += 4) {
        vec a[4][2];

        for (int i = 0; i < 4; i++) {
            a[i][0] = *(vec *)to[j + i];
            a[i][1] = *(vec *)(to[j + i] + 16);
        }
        for (int lane = 0; lane < TILE; lane++) {
            vec low = *(const vec *)lanes[lane], high = *(const vec *)(lanes[lane] + 16);

            for (int i = 0; i < 4; i++) {
                float w = ((const float *)&weight[j + i])[lane];

                a[i][0] += w * low;
                a[i][1] += w * high;
            }
        }
        for (int i = 0; i < 4; i++) {
            *(vec *)to[j + i] = a[i][0];
            *(vec *)(to[j + i] + 16) = a[i][1];
        }
    }
}

static void forward(struct head *h, uint16_t *out, float *lse, int tokens, size_t stride)
{
    float scale = 1 / sqrtf(DIM);

    for (int t = 0; t < tokens; t += TILE) {
        int first = t < WINDOW ? WINDOW - t : 0;
        vec p[REACH], top = (vec){0} - 1e30f, sum = {0};
        /* row j of the reach is token t - 64 + j; rows before `first` are not touched */
        const float (*k)[DIM] = (const float (*)[DIM])h->k + t - WINDOW;
        const float (*v)[DIM] = (const float (*)[DIM])h->v + t - WINDOW;

        products(p, k, (const float (*)[DIM])h->q + t, first);
        for (int j = first; j < REACH; j++) {
            p[j] = p[j] * scale + h->bias[j];
            top = larger(p[j], top);
        }
        for (int j = first; j < REACH; j++) {
            p[j] = expv(p[j] - top);
            sum += p[j];
        }
        gather(h->dout + t, p, v, first);
        for (int lane = 0; lane < TILE; lane++) {
            float *o = h->dout[t + lane], by = 1 / sum[lane];

            *(vec *)o *= by;
            *(vec *)(o + 16) *= by;
            lse[t + lane] = top[lane] + logf(sum[lane]);
        }
    }
    store_rows(out, h->dout, stride, tokens);
}

/* delta[t] = dout[t] . out[t] */
static void dots(struct head *h, const uint16_t *out, size_t stride, int tokens)
{
    for (int t = 0; t < tokens; t++, out += stride) {
        vec both = load(out) * *(vec *)h->dout[t] + load(out + 16) * *(vec *)(h->dout[t] + 16);

        h->delta[t] = 0;
        for (int i = 0; i < 16; i++)
            h->delta[t] += both[i];
    }
}

static void backward(struct head *h, const float *lse, int tokens)
{
    float scale = 1 / sqrtf(DIM);

    memset(h->dk, 0, sizeof(h->dk[0]) * tokens);
    memset(h->dv, 0, sizeof(h->dv[0]) * tokens);
    memset(h->dbias, 0, sizeof(h->dbias));
    for (int t = 0; t < tokens; t += TILE) {
        int first = t < WINDOW ? WINDOW - t : 0;
        vec p[REACH], ds[REACH], less = *(const vec *)(lse + t), mean = *(vec *)(h->delta + t);
        const float (*k)[DIM] = (const float (*)[DIM])h->k + t - WINDOW;
        const float (*v)[DIM] = (const float (*)[DIM])h->v + t - WINDOW;
        const float (*q)[DIM] = (const float (*)[DIM])h->q + t;
        const float (*dout)[DIM] = (const float (*)[DIM])h->dout + t;

        products(p, k, q, first);
        products(ds, v, dout, first);
        for (int j = first; j < REACH; j++) {
            p[j] = expv(p[j] * scale + h->bias[j] - less);
            ds[j] = p[j] * (ds[j] - mean);
            h->dbias[j] += ds[j];
            ds[j] *= scale;
        }
        gather(h->dq + t, ds, k, first);
        scatter(h->dk + t - WINDOW, ds, q, first);
        scatter(h->dv + t - WINDOW, p, dout, first);
    }
}

static void sum_bias(float *to, const struct head *h)
{
    memset(to, 0, WINDOW * sizeof(*to));
    for (int j = 0; j < REACH; j++)
        for (int lane = 0; lane < TILE; lane++) {
            int distance = WINDOW + lane - j;

            if (distance >= 0 && distance < WINDOW)
                to[distance] += h->dbias[j][lane];
        }
}

/* tokens: a multiple of 16, at most MAX_TOKENS. Returns 0, or -1 where that is not so. */
int attend_forward(const uint16_t *qkv, const float *bias, uint16_t *out, float *lse, int batch, int tokens, int heads)
{
    size_t row = (size_t)heads * DIM;
    struct head *all;

    if (tokens % TILE || tokens > MAX_TOKENS)
        return -1;
#pragma omp parallel private(all)
    {
        all = aligned_alloc(64, sizeof(*all));
#pragma omp for schedule(static)
        for (int i = 0; i < batch * heads; i++) {
            int b = i / heads, n = i % heads;
            const uint16_t *in = qkv + b * tokens * 3 * row + n * DIM;

            load_rows(all->q, in, 3 * row, tokens);
            load_rows(all->k, in + row, 3 * row, tokens);
            load_rows(all->v, in + 2 * row, 3 * row, tokens);
            spread(all, bias + n * WINDOW);
            forward(all, out + b * tokens * row + n * DIM, lse + (size_t)i * tokens, tokens, row);
        }
        free(all);
    }
    return 0;
}

/* dbias (batch, heads, 64): a sum for each sequence, to be summed by the caller. */
int attend_backward(const uint16_t *qkv, const float *bias, const uint16_t *out, const uint16_t *dout,
                    const float *lse, uint16_t *dqkv, float *dbias, int batch, int tokens, int heads)
{
    size_t row = (size_t)heads * DIM;
    struct head *all;

    if (tokens % TILE || tokens > MAX_TOKENS)
        return -1;
#pragma omp parallel private(all)
    {
        all = aligned_alloc(64, sizeof(*all));
#pragma omp for schedule(static)
        for (int i = 0; i < batch * heads; i++) {
            int b = i / heads, n = i % heads;
            size_t at = b * tokens * 3 * row + n * DIM;

            load_rows(all->q, qkv + at, 3 * row, tokens);
            load_rows(all->k, qkv + at + row, 3 * row, tokens);
            load_rows(all->v, qkv + at + 2 * row, 3 * row, tokens);
            load_rows(all->dout, dout + b * tokens * row + n * DIM, row, tokens);
            dots(all, out + b * tokens * row + n * DIM, row, tokens);
            spread(all, bias + n * WINDOW);
            backward(all, lse + (size_t)i * tokens, tokens);
            store_rows(dqkv + at, all->dq, 3 * row, tokens);
            store_rows(dqkv + at + row, all->dk, 3 * row, tokens);
            store_rows(dqkv + at + 2 * row, all->dv, 3 * row, tokens);
            sum_bias(dbias + (size_t)i * WINDOW, all);
        }
        free(all);
    }
    return 0;
}

/* x * sigmoid(2 u), u = sqrt(2 / pi) (x + 0.044715 x^3): the tanh form of GELU. count: a multiple of 16. */
void gelu_forward(const uint16_t *x, uint16_t *y, long count)
{
#pragma omp parallel for schedule(static)
    for (long i = 0; i < count; i += 16) {
        vec a = load(x + i), u = a * (1.5957691f + 0.0713548f * a * a);

        store(y + i, a / (1.0f + expv(-u)));
    }
}

void gelu_backward(const uint16_t *x, const uint16_t *dy, uint16_t *dx, long count)
{
#pragma omp parallel for schedule(static)
    for (long i = 0; i < count; i += 16) {
        vec a = load(x + i), b = a * a, s = 1.0f / (1.0f + expv(-a * (1.5957691f + 0.0713548f * b)));

        store(dx + i, load(dy + i) * s * (1.0f + a * (1.0f - s) * (1.5957691f + 0.2140644f * b)));
    }
}

/* out[row] = sum over books of keep[row][book] * table[ids[row][book]]; d: a multiple of 16. All of float but
 * the ids, which are rows of the table. */
void embed_forward(const int64_t *ids, const float *keep, const float *table, float *out, long rows, int books, int d)
{
#pragma omp parallel for schedule(static)
    for (long r = 0; r < rows; r++)
        for (int at = 0; at < d; at += 16) {
            vec sum = {0};

            for (int j = 0; j < books; j++)
                sum += keep[r * books + j] * *(const vec_u *)(table + ids[r * books + j] * d + at);
            *(vec_u *)(out + r * d + at) = sum;
        }
}

/* dtable[ids[row][book]] += keep[row][book] * dout[row]. Each thread has columns of its own: no two meet. */
void embed_backward(const int64_t *ids, const float *keep, const float *dout, float *dtable, long rows, int books, int d)
{
#pragma omp parallel for schedule(static)
    for (int at = 0; at < d; at += 16)
        for (long r = 0; r < rows; r++) {
            vec x = *(const vec_u *)(dout + r * d + at);

            for (int j = 0; j < books; j++)
                *(vec_u *)(dtable + ids[r * books + j] * d + at) += keep[r * books + j] * x;
        }
}
