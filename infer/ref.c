/* Sixteen lanes because that is one AVX-512 register, two of AVX2, four of NEON:
 * every machine can add in this order without shuffling, and the halving at the
 * end is the order in which vector code folds its registers. Nothing here may be
 * reassociated or contracted; the build says -ffp-contract=off. */
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

void ref_gemm_i8(int m, int n, int k, const int8_t *a, const int8_t *w, int32_t *acc)
{
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++) {
            const int8_t *x = a + (size_t)i * (size_t)k, *y = w + (size_t)j * (size_t)k;
            int32_t sum = 0;
            for (int l = 0; l < k; l++)
                sum += x[l] * y[l];
            acc[(size_t)i * (size_t)n + (size_t)j] = sum;
        }
}

float ref_quantize_row(int n, const float *x, int8_t *q)
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
    for (int i = 0; i < n; i++) {
        float v = x[i] * up;
        v = v < 127.0F ? v : 127.0F;
        v = v > -127.0F ? v : -127.0F;
        v = (v + REF_ROUND) - REF_ROUND;
        q[i] = (int8_t)v;
    }
    return max / 127.0F;
}

void ref_rms_norm(int n, const float *x, const float *g, float eps, float *y)
{
    float lane[LANES] = {0};
    for (int i = 0; i < n; i++)
        lane[i % LANES] += x[i] * x[i];
    float r = 1.0F / sqrtf(fold(lane) / (float)n + eps);
    for (int i = 0; i < n; i++)
        y[i] = (x[i] * r) * g[i];
}

void ref_dequantize(int n, const int32_t *acc, float a_scale, const float *w_scale,
                    const float *add, float *y)
{
    for (int i = 0; i < n; i++) {
        float v = (float)acc[i] * (a_scale * w_scale[i]);
        y[i] = add ? v + add[i] : v;
    }
}

void ref_gelu(int n, float *x)
{
    for (int i = 0; i < n; i++) {
        float v = x[i];
        float u = REF_GELU_SLOPE * (v + REF_GELU_CUBE * ((v * v) * v));
        x[i] = v / (1.0F + exp_f(-u));
    }
}

void ref_attn_scores(int n, int d, const float *q, const float *k, int stride, float scale,
                     const float *bias, float *s)
{
    for (int i = 0; i < n; i++) {
        const float *row = k + (size_t)i * (size_t)stride;
        float lane[LANES] = {0};
        for (int j = 0; j < d; j++)
            lane[j % LANES] += q[j] * row[j];
        s[i] = fold(lane) * scale + bias[i];
    }
}

void ref_softmax(int n, float *s)
{
    float max = s[0], lane[LANES] = {0};
    for (int i = 1; i < n; i++)
        max = s[i] > max ? s[i] : max;
    for (int i = 0; i < n; i++) {
        s[i] = exp_f(s[i] - max);
        lane[i % LANES] += s[i];
    }
    float r = 1.0F / fold(lane);
    for (int i = 0; i < n; i++)
        s[i] = s[i] * r;
}

void ref_attn_mix(int n, int d, const float *p, const float *v, int stride, float *y)
{
    memset(y, 0, (size_t)d * sizeof(*y));
    for (int i = 0; i < n; i++) {
        const float *row = v + (size_t)i * (size_t)stride;
        for (int j = 0; j < d; j++)
            y[j] = y[j] + p[i] * row[j];
    }
}

const struct kernel kernel_ref = {
    .name = "ref",
    .gemm_i8 = ref_gemm_i8,
    .quantize_row = ref_quantize_row,
    .rms_norm = ref_rms_norm,
    .dequantize = ref_dequantize,
    .gelu = ref_gelu,
    .attn_scores = ref_attn_scores,
    .softmax = ref_softmax,
    .attn_mix = ref_attn_mix,
};
