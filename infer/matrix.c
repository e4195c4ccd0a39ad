#include "infer/matrix.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_BYTES = 96 };

/* IEEE half to float, all of them */
static float half(const uint8_t *p)
{
    uint16_t h;
    memcpy(&h, p, sizeof(h));
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = h >> 10 & 31, digits = h & 1023;
    float v;
    if (exponent == 0) { /* subnormal, or 0 */
        v = (float)digits * 0x1p-24F;
        return sign ? -v : v;
    }
    uint32_t bits = sign | (exponent == 31 ? 255 : exponent + 112) << 23 | digits << 13;
    memcpy(&v, &bits, sizeof(v));
    return v;
}

static void row_q8_0(const uint8_t *p, size_t cols, float *ret)
{
    for (size_t i = 0; i < cols; i += GGUF_Q8_0_BLOCK, p += GGUF_Q8_0_BYTES) {
        float scale = half(p);
        const int8_t *q = (const int8_t *)p + 2;
        for (size_t j = 0; j < GGUF_Q8_0_BLOCK; j++)
            ret[i + j] = (float)q[j] * scale;
    }
}

static size_t row_bytes(const struct matrix *m)
{
    switch (m->type) {
    case GGUF_TENSOR_F32:
        return m->cols * sizeof(float);
    case GGUF_TENSOR_F16:
        return m->cols * 2;
    case GGUF_TENSOR_Q8_0:
        return m->cols / GGUF_Q8_0_BLOCK * GGUF_Q8_0_BYTES;
    case GGUF_TENSOR_I8:
        break;
    }
    return m->cols;
}

/* Row i, whose bytes are at p */
static void decode(const struct matrix *m, size_t i, const uint8_t *p, float *ret)
{
    size_t n = m->cols;
    switch (m->type) {
    case GGUF_TENSOR_F32:
        memcpy(ret, p, n * sizeof(float));
        return;
    case GGUF_TENSOR_F16:
        for (size_t j = 0; j < n; j++)
            ret[j] = half(p + j * 2);
        return;
    case GGUF_TENSOR_Q8_0:
        row_q8_0(p, n, ret);
        return;
    case GGUF_TENSOR_I8:
        for (size_t j = 0; j < n; j++)
            ret[j] = (float)((const int8_t *)p)[j] * m->scale[i];
        return;
    }
}

void matrix_row(const struct matrix *m, size_t i, float *ret)
{
    decode(m, i, (const uint8_t *)m->data + i * row_bytes(m), ret);
}

int matrix_read(const struct gguf *g, const struct matrix *m, size_t i, float *ret)
{
    uint8_t row[MATRIX_READ_COLS * sizeof(float)];
    size_t bytes = row_bytes(m);
    if (m->rows * bytes <= MATRIX_SMALL) { /* a call of the system would take longer than all else */
        matrix_row(m, i, ret);
        return 0;
    }
    int r = gguf_read(g, (const uint8_t *)m->data + i * bytes, bytes, row);
    if (r == 0)
        decode(m, i, row, ret);
    return r;
}

void matrix_drop(const struct gguf *g, const struct matrix *m)
{
    gguf_drop(g, m->data, m->rows * row_bytes(m));
}

static int check_floats(const float *v, size_t n, const char *name, size_t at, struct reason *why)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(v[i]))
            return reason_set(why, EBADMSG, "tensor '%s': the value at byte %zu is not finite",
                              name, at + i * sizeof(*v));
    return 0;
}

/* F16 values, or the scales of Q8_0, `step` bytes apart: an exponent of ones is no number. */
static int check_halves(const uint8_t *p, size_t n, size_t step, const char *name, size_t at,
                        struct reason *why)
{
    for (size_t i = 0; i < n; i++)
        if ((p[i * step + 1] & 0x7c) == 0x7c)
            return reason_set(why, EBADMSG, "tensor '%s': the value at byte %zu is not finite",
                              name, at + i * step);
    return 0;
}

int matrix_vector(const struct gguf *g, const char *name, size_t n, const float **ret,
                  struct reason *why)
{
    const void *p;
    size_t at;
    int r = gguf_tensor(g, name, GGUF_TENSOR_F32, 0, n, &p, &at, why);
    if (r == 0)
        r = check_floats(p, n, name, at, why);
    if (r == 0)
        *ret = p;
    return r;
}

static int check_values(const struct matrix *m, const char *name, size_t at, struct reason *why)
{
    size_t n = m->rows * m->cols;
    switch (m->type) {
    case GGUF_TENSOR_F32:
        return check_floats(m->data, n, name, at, why);
    case GGUF_TENSOR_F16:
        return check_halves(m->data, n, 2, name, at, why);
    case GGUF_TENSOR_Q8_0:
        return check_halves(m->data, n / GGUF_Q8_0_BLOCK, GGUF_Q8_0_BYTES, name, at, why);
    case GGUF_TENSOR_I8:
        break;
    }
    const uint8_t *bad = memchr(m->data, 0x80, n);
    return !bad ? 0
                : reason_set(why, EBADMSG, "tensor '%s': the value at byte %zu is -128", name,
                             at + (size_t)(bad - (const uint8_t *)m->data));
}

int matrix_bind(const struct gguf *g, const char *name, size_t rows, size_t cols,
                struct matrix *ret, struct reason *why)
{
    char full[NAME_MAX_BYTES];
    struct matrix m = {.rows = rows, .cols = cols};
    size_t at = 0;
    snprintf(full, sizeof(full), "%s.weight", name);
    int r = gguf_tensor_type(g, full, rows, cols, &m.type, why);
    if (r == 0)
        r = gguf_tensor(g, full, m.type, rows, cols, &m.data, &at, why);
    if (r == 0)
        r = check_values(&m, full, at, why);
    if (r == 0 && m.type == GGUF_TENSOR_I8) {
        snprintf(full, sizeof(full), "%s.scale", name);
        r = matrix_vector(g, full, rows, &m.scale, why);
    }
    if (r == 0)
        *ret = m;
    return r;
}
