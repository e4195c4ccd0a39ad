/* Floats by Advanced SIMD: all of a table but its products, for every ARM that we
 * know. The sixteen lanes of kernel.h are four registers. Shapes that are no
 * multiple of sixteen occur in tests only and go to ref.c. */
#include "infer/arm/neon.h"

#include <math.h>
#include <string.h>

#include "infer/arm/vector.h"

enum { LANES = 16, NORM_MOST = 1024 };

static float quantize_row(int n, const float *x, int8_t *q)
{
    float scale;
    if (n % LANES != 0) {
        ref_quantize(1, n, x, q, &scale);
        return scale;
    }
    float32x4_t top = vdupq_n_f32(0);
    for (int i = 0; i < n; i += 4)
        top = vmaxnmq_f32(top, vabsq_f32(vld1q_f32(x + i)));
    float max = vmaxnmvq_f32(top);
    if (max < REF_ZERO_ROW) {
        memset(q, 0, (size_t)n);
        return 0;
    }
    float up = 127.0F / max;
    for (int i = 0; i < n; i += LANES) {
        int16x4_t v[4];
        for (int j = 0; j < 4; j++) {
            float32x4_t s = vmulq_n_f32(vld1q_f32(x + i + 4 * j), up);
            v[j] = vmovn_s32(vcvtnq_s32_f32(at_least(s, -127.0F)));
        }
        vst1q_s8(q + i, vcombine_s8(vmovn_s16(vcombine_s16(v[0], v[1])),
                                    vmovn_s16(vcombine_s16(v[2], v[3]))));
    }
    return max / 127.0F;
}

void neon_quantize(int m, int n, const float *x, int8_t *q, float *scale)
{
    for (int i = 0; i < m; i++, x += n, q += n)
        scale[i] = quantize_row(n, x, q);
}

/* n a multiple of sixteen */
static float norm_factor(int n, const float *x, float eps)
{
    float32x4_t sum[4];
    for (int h = 0; h < 4; h++)
        sum[h] = vdupq_n_f32(0);
    for (int i = 0; i < n; i += LANES)
        for (int h = 0; h < 4; h++) {
            float32x4_t v = vld1q_f32(x + i + 4 * h);
            sum[h] = vaddq_f32(sum[h], vmulq_f32(v, v));
        }
    return 1.0F / sqrtf(fold(sum) / (float)n + eps);
}

void neon_norm(int n, const float *x, const float *g, float eps, float *y)
{
    if (n % LANES != 0) {
        ref_norm(n, x, g, eps, y);
        return;
    }
    float r = norm_factor(n, x, eps);
    for (int i = 0; i < n; i += 4)
        vst1q_f32(y + i, vmulq_f32(vmulq_n_f32(vld1q_f32(x + i), r), vld1q_f32(g + i)));
}

void neon_norm_quantize(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                        float *scale)
{
    float y[NORM_MOST];
    if (n > NORM_MOST || n % LANES != 0) {
        ref_norm_quantize(m, n, x, g, eps, q, scale);
        return;
    }
    for (int i = 0; i < m; i++, x += n, q += n) {
        for (int j = 0; j < n; j += 4)
            vst1q_f32(y + j, vmulq_f32(vld1q_f32(x + j), vld1q_f32(g + j)));
        scale[i] = quantize_row(n, y, q) * norm_factor(n, x, eps);
    }
}

void neon_gelu_quantize(int m, int n, float *x, int8_t *q, float *scale)
{
    for (int i = 0; i < m; i++, x += n, q += n) {
        int j = 0;
        for (; j + 4 <= n; j += 4)
            vst1q_f32(x + j, gelu_4(vld1q_f32(x + j)));
        for (; j < n; j++)
            x[j] = ref_gelu(x[j]);
        scale[i] = quantize_row(n, x, q);
    }
}

void neon_embed(int n_rows, int d, const int8_t *const *row, const float *scale, float *y)
{
    if (d % 8 != 0) {
        ref_embed(n_rows, d, row, scale, y);
        return;
    }
    for (int i = 0; i < d; i += 8) {
        float32x4_t sum[2] = {vdupq_n_f32(0), vdupq_n_f32(0)};
        for (int r = 0; r < n_rows; r++) {
            int16x8_t e = vmovl_s8(vld1_s8(row[r] + i));
            float32x4_t low = vcvtq_f32_s32(vmovl_s16(vget_low_s16(e)));
            float32x4_t high = vcvtq_f32_s32(vmovl_s16(vget_high_s16(e)));
            sum[0] = vaddq_f32(sum[0], vmulq_n_f32(low, scale[r]));
            sum[1] = vaddq_f32(sum[1], vmulq_n_f32(high, scale[r]));
        }
        vst1q_f32(y + i, sum[0]);
        vst1q_f32(y + i + 4, sum[1]);
    }
}

void neon_dots(int n, int d, const float *x, const float *w, const float *bias, float *y)
{
    if (d % LANES != 0) {
        ref_dots(n, d, x, w, bias, y);
        return;
    }
    for (int i = 0; i < n; i++, w += d) {
        float32x4_t sum[4];
        for (int h = 0; h < 4; h++)
            sum[h] = vdupq_n_f32(0);
        for (int j = 0; j < d; j += LANES)
            for (int h = 0; h < 4; h++)
                sum[h] = vaddq_f32(sum[h], vmulq_f32(vld1q_f32(x + j + 4 * h), vld1q_f32(w + j + 4 * h)));
        y[i] = fold(sum) + bias[i];
    }
}

void neon_put_cells(const struct put_cells *p)
{
    ref_put_cells_by(neon_quantize, p);
}
