/* Sixteen lanes because that is one AVX-512 register, two of AVX2, four of NEON:
 * every machine can add in this order without shuffling, and the halving at the
 * end is the order in which vector code folds its registers. Scores are summed key
 * by key in ascending order instead: sixteen keys of a block fill the lanes, and
 * nothing is left to fold. Nothing here may be reassociated or contracted; the
 * build says -ffp-contract=off. */
#include "infer/ref.h"

#include <math.h>
#include <string.h>

enum { LANES = 16 };

static float fold(float lane[LANES])
{
    for (int half = LANES / 2; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            lane[i] = lane[i] + lane[i + half];
    return lane[0];
}

float exp_f(float x)
{
    if (x < REF_EXP_MIN)
        return 0;
    x = x < REF_EXP_MAX ? x : REF_EXP_MAX;
    float n = (x * REF_LOG2E + REF_ROUND) - REF_ROUND;
    float r = (x - n * REF_LN2_HIGH) - n * REF_LN2_LOW;
    float q = REF_EXP_C6;
    q = q * r + REF_EXP_C5;
    q = q * r + REF_EXP_C4;
    q = q * r + REF_EXP_C3;
    q = q * r + REF_EXP_C2;
    float e = ((q * r) * r + r) + 1.0F;
    uint32_t bits = (uint32_t)((int32_t)n + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof(power));
    return e * power;
}

/* x = m 2^e with m in [sqrt(1/2), sqrt(2)); ln m = 2 atanh((m - 1) / (m + 1)), in
 * double, so that rounding to float hides the last bits. */
float log_f(float x)
{
    double v = (double)x;
    uint64_t bits;
    memcpy(&bits, &v, sizeof(bits));
    int64_t e = (int64_t)(bits >> 52) - 1023;
    bits = (bits & 0xfffffffffffff) | 0x3ff0000000000000;
    memcpy(&v, &bits, sizeof(v));
    if (v > 1.4142135623730951) {
        v = v * 0.5;
        e++;
    }
    double t = (v - 1.0) / (v + 1.0), t2 = t * t, sum = 0;
    for (int i = 15; i >= 1; i -= 2)
        sum = sum * t2 + 1.0 / i;
    return (float)(2.0 * t * sum + (double)e * 0.6931471805599453);
}

static float times_power(float q, float n)
{
    uint32_t bits = (uint32_t)((int32_t)n + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof(power));
    return q * power;
}

/* 2^x within 1e-4, -126 <= x <= 126 */
static float power_f(float x)
{
    float n = (x + REF_ROUND) - REF_ROUND, f = x - n;
    float q = REF_POWER_C3;
    q = q * f + REF_POWER_C2;
    q = q * f + REF_POWER_C1;
    q = q * f + REF_POWER_C0;
    return times_power(q, n);
}

float ref_end(const struct gemm *g, int i, int j, int32_t sum, float y)
{
    float v = (float)sum * (g->a_scale[i] * g->w_scale[j]);
    if (g->bias)
        v = v + g->bias[j];
    return g->end == GEMM_ADD ? v + y : v;
}

void ref_gemm(const struct gemm *g)
{
    for (int i = 0; i < g->m; i++)
        for (int j = 0; j < g->n; j++) {
            const int8_t *x = g->a + (size_t)i * (size_t)g->k;
            const int8_t *w = (const int8_t *)g->w + (size_t)j * (size_t)g->k;
            size_t at = (size_t)i * (size_t)g->stride + (size_t)j;
            int32_t sum = 0;
            for (int l = 0; l < g->k; l++)
                sum += x[l] * w[l];
            if (g->end == GEMM_SUMS)
                ((int32_t *)g->y)[at] = sum;
            else
                ((float *)g->y)[at] = ref_end(g, i, j, sum, ((float *)g->y)[at]);
        }
}

void ref_embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y)
{
    for (int i = 0; i < d; i++) {
        float sum = 0;
        for (int r = 0; r < n_rows; r++)
            sum = sum + (float)row[r][i] * scale[r];
        y[i] = sum;
    }
}

static int8_t rounded(float v)
{
    v = v > -127.0F ? v : -127.0F; /* no number is -127 too; more than 127 is none */
    return (int8_t)((v + REF_ROUND) - REF_ROUND);
}

static float quantize_row(int n, const float *x, int8_t *q)
{
    float max = 0;
    for (int i = 0; i < n; i++) {
        float v = fabsf(x[i]);
        max = v > max ? v : max;
    }
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    float up = 127.0F / max;
    for (int i = 0; i < n; i++)
        q[i] = rounded(x[i] * up);
    return max / 127.0F;
}

void ref_quantize(int m, int n, const float *x, int8_t *q, float *scale)
{
    for (size_t i = 0; i < (size_t)m; i++)
        scale[i] = quantize_row(n, x + i * (size_t)n, q + i * (size_t)n);
}

float ref_gelu(float x)
{
    float u = fabsf(x) < REF_GELU_MOST ? fabsf(x) : REF_GELU_MOST;
    float low = u * (u - REF_GELU_MOST), high = u * (u - REF_GELU_OFF) + REF_GELU_PLUS;
    return (x > 0 ? x : 0) + low * high * REF_GELU_BY;
}

void ref_gelu_quantize(int m, int n, float *x, int8_t *q, float *scale)
{
    for (size_t i = 0; i < (size_t)m * (size_t)n; i++)
        x[i] = ref_gelu(x[i]);
    ref_quantize(m, n, x, q, scale);
}

static float norm_factor(int n, const float *x, float eps)
{
    float lane[LANES] = {0};
    for (int i = 0; i < n; i++)
        lane[i % LANES] += x[i] * x[i];
    return 1.0F / sqrtf(fold(lane) / (float)n + eps);
}

void ref_norm(int n, const float *x, const float *g, float eps, float *y)
{
    float r = norm_factor(n, x, eps);
    for (int i = 0; i < n; i++)
        y[i] = (x[i] * r) * g[i];
}

void ref_norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                       float *scale)
{
    for (int i = 0; i < m; i++, x += n, q += n) {
        float max = 0;
        for (int at = 0; at < n; at++) {
            float v = fabsf(x[at] * g[at]);
            max = v > max ? v : max;
        }
        bool zero = max < REF_ZERO_ROW;
        scale[i] = zero ? 0 : (max / 127.0F) * norm_factor(n, x, eps);
        float up = 127.0F / max;
        for (int at = 0; at < n; at++)
            q[at] = zero ? 0 : rounded((x[at] * g[at]) * up);
    }
}

/* Where a token's cell is, of one head */
static size_t cell_at(int t, int d)
{
    return (size_t)(t / KEY_BLOCK) * cell_bytes(d);
}

static float bounded(float scale)
{
    return scale < REF_SCALE_MOST ? scale : REF_SCALE_MOST;
}

void ref_put_cells_by(void (*quantize)(int m, int n, const float *x, int8_t *q, float *scale),
                      const struct put_cells *p)
{
    int8_t row[CELL_MOST];
    float scale;
    for (int i = 0; i < p->n * p->n_heads; i++) {
        int head = i / p->n, t = p->at + i % p->n, lane = t % KEY_BLOCK, d = p->d;
        int8_t *cell = p->cells + (size_t)head * p->head_step + cell_at(t, d);
        int8_t *value = cell + KEY_BLOCK * d + lane / 4 * 4 * d + lane % 4;
        float *scales = (float *)(cell + 2 * KEY_BLOCK * d);
        size_t at = (size_t)(i % p->n) * (size_t)p->stride + (size_t)(head * d);
        quantize(1, d, p->k + at, row, &scale);
        scales[lane] = bounded(scale);
        for (int j = 0; j < d; j += 4)
            memcpy(cell + j * KEY_BLOCK + lane * 4, row + j, 4);
        quantize(1, d, p->v + at, row, &scale);
        scales[KEY_BLOCK + lane] = bounded(scale);
        for (int j = 0; j < d; j++)
            value[4 * j] = row[j];
    }
}

void ref_put_cells(const struct put_cells *p)
{
    ref_put_cells_by(ref_quantize, p);
}

struct query {
    int8_t q[CELL_MOST];
    float scale;
    int t, from, end; /* where it stands, and the keys it sees */
};

static float value_scale(const struct attend_cells *a, int s)
{
    const int8_t *cell = a->cells + cell_at(s, a->d);
    return ((const float *)(cell + 2 * KEY_BLOCK * a->d))[KEY_BLOCK + s % KEY_BLOCK];
}

static float score(const struct attend_cells *a, const struct query *q, int s)
{
    const int8_t *cell = a->cells + cell_at(s, a->d), *key = cell + s % KEY_BLOCK * 4;
    const float *scale = (const float *)(cell + 2 * KEY_BLOCK * a->d);
    int32_t sum = 0;
    for (int j = 0; j < a->d; j++)
        sum += q->q[j] * key[j / 4 * 64 + j % 4];
    return (float)sum * (q->scale * scale[s % KEY_BLOCK]) + a->bias[s - q->t];
}

/* Scores a->s into weights; returns what their sums are times */
static float weigh(const struct attend_cells *a, const struct query *q, uint8_t *w)
{
    float max = -INFINITY, top = 0, lane[LANES] = {0};
    for (int s = q->from; s < q->end; s++) {
        float scale = value_scale(a, s);
        max = a->s[s] > max ? a->s[s] : max;
        top = scale > top ? scale : top;
    }
    float up = top < REF_ZERO_ROW ? 0 : (float)CELL_WEIGHT / top;
    for (int s = q->from; s < q->end; s++) {
        float x = a->s[s] - max, e = x >= REF_EXP2_MIN ? power_f(x) : 0;
        lane[s % LANES] += e;
        w[s] = (uint8_t)((e * (value_scale(a, s) * up) + REF_ROUND) - REF_ROUND);
    }
    return (top / (float)CELL_WEIGHT) * (1.0F / fold(lane));
}

static int32_t mixed(const struct attend_cells *a, const struct query *q, const uint8_t *w, int j)
{
    int32_t sum = 0;
    for (int s = q->from; s < q->end; s++) {
        const int8_t *value = a->cells + cell_at(s, a->d) + KEY_BLOCK * a->d;
        sum += w[s] * value[s % KEY_BLOCK / 4 * 4 * a->d + 4 * j + s % 4];
    }
    return sum;
}

struct attend_cells ref_head(const struct attend_cells *a, int head)
{
    struct attend_cells one = *a;
    one.n_heads = 1;
    one.q += head * a->d;
    one.y += head * a->d;
    one.cells += (size_t)head * a->head_step;
    one.bias += head * a->bias_step;
    return one;
}

static void attend_head(const struct attend_cells *a)
{
    struct query q;
    uint8_t *w = (uint8_t *)(a->s + ATTEND_ROWS * ((a->n_keys + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK));
    for (int i = 0; i < a->n; i++) {
        q.t = a->first + i;
        q.end = a->window ? q.t + 1 : a->n_keys;
        q.from = a->window && q.end > a->window ? q.end - a->window : 0;
        ref_quantize(1, a->d, a->q + (size_t)i * (size_t)a->q_stride, q.q, &q.scale);
        q.scale = q.scale * a->scale;
        for (int s = q.from; s < q.end; s++)
            a->s[s] = score(a, &q, s);
        float by = weigh(a, &q, w);
        for (int j = 0; j < a->d; j++)
            a->y[(size_t)i * (size_t)a->y_stride + (size_t)j] = (float)mixed(a, &q, w, j) * by;
    }
}

void ref_attend_cells(const struct attend_cells *a)
{
    for (int head = 0; head < a->n_heads; head++) {
        struct attend_cells one = ref_head(a, head);
        attend_head(&one);
    }
}

#ifndef KERNEL_WASM /* which has no infer/bert.c */

/* 2^x, |x| <= 126 */
static float exp2_f(float x)
{
    float n = (x + REF_ROUND) - REF_ROUND, f = x - n;
    float q = REF_EXP2_C5;
    q = q * f + REF_EXP2_C4;
    q = q * f + REF_EXP2_C3;
    q = q * f + REF_EXP2_C2;
    q = q * f + REF_EXP2_C1;
    q = q * f + REF_EXP2_C0;
    return times_power(q, n);
}

static size_t key_at(int t, int stride)
{
    return (size_t)(t / KEY_BLOCK) * (size_t)stride + (size_t)(t % KEY_BLOCK);
}

void ref_put_keys(int n, int d, const float *k, int stride, int at, float *keys, int key_stride)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < d; j++)
            keys[key_at(at + i, key_stride) + (size_t)j * KEY_BLOCK] =
                k[(size_t)i * (size_t)stride + (size_t)j];
}

static void attend_one(const struct attend *a, int i)
{
    int t = a->first + i, end = a->window ? t + 1 : a->n_keys;
    int from = a->window && end > a->window ? end - a->window : 0;
    const float *q = a->q + (size_t)i * (size_t)a->q_stride;
    float *y = a->y + (size_t)i * (size_t)a->y_stride;
    float max = -INFINITY, lane[LANES] = {0};
    for (int s = from; s < end; s++) {
        const float *key = a->keys + key_at(s, a->key_stride);
        float dot = 0;
        for (int j = 0; j < a->d; j++)
            dot = dot + q[j] * key[j * KEY_BLOCK];
        a->s[s] = dot * a->scale + a->bias[s - t];
        max = a->s[s] > max ? a->s[s] : max;
    }
    for (int s = from; s < end; s++) {
        float x = a->s[s] - max;
        a->s[s] = x >= REF_EXP2_MIN ? exp2_f(x) : 0;
        lane[s % LANES] += a->s[s];
    }
    float r = 1.0F / fold(lane);
    for (int j = 0; j < a->d; j++) {
        float sum = 0;
        for (int s = from; s < end; s++)
            sum = sum + a->s[s] * a->v[(size_t)s * (size_t)a->v_stride + (size_t)j];
        y[j] = sum * r;
    }
}

void ref_attend(const struct attend *a)
{
    for (int i = 0; i < a->n; i++)
        attend_one(a, i);
}

#endif

void ref_dots(int n, int d, const float *x, const float *w, const float *bias, float *y)
{
    for (int i = 0; i < n; i++, w += d) {
        float lane[LANES] = {0};
        for (int j = 0; j < d; j++)
            lane[j % LANES] += x[j] * w[j];
        y[i] = fold(lane) + bias[i];
    }
}

const struct kernel kernel_ref = {
    .name = "ref",
    .gemm = ref_gemm,
    .embed = ref_embed,
    .quantize = ref_quantize,
    .norm = ref_norm,
    .norm_quantize = ref_norm_quantize,
    .gelu_quantize = ref_gelu_quantize,
    .put_cells = ref_put_cells,
    .attend_cells = ref_attend_cells,
#ifndef KERNEL_WASM
    .put_keys = ref_put_keys,
    .attend = ref_attend,
#endif
    .dots = ref_dots,
};
