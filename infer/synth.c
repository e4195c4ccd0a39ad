/* The directory of a GGUF file stands before the data, so tensors are listed
 * first, with their offsets, and filled afterwards in the same order. */
#include "infer/synth.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "infer/gguf.h"
#include "infer/model.h"

enum { MAX_TENSORS = MODEL_MAX_LAYERS * 11 + TOKENIZER_MAX_CODEBOOKS + 8, COEFS = 16 };

enum fill { WEIGHTS, SPREAD, GAIN, SCALE };

struct tensor {
    char name[64];
    size_t rows, cols; /* rows 0: a vector */
    enum fill fill;
    float size; /* SPREAD: uniform in ±size; SCALE: every value near it */
};

struct out {
    FILE *f;
    size_t at;
    uint64_t random;
    size_t n;
    struct tensor tensor[MAX_TENSORS];
};

struct synth_shape synth_edge(void)
{
    return (struct synth_shape){12, 160, 5, 640, 64, true, 32, 5, 4, 256, 12};
}

struct synth_shape synth_tiny(void)
{
    return (struct synth_shape){2, 32, 2, 64, 16, true, 8, 3, 2, 16, 4};
}

static uint64_t next(struct out *o) /* splitmix64 */
{
    uint64_t z = o->random += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static float uniform(struct out *o) /* [-1, 1) */
{
    return (float)(int64_t)(next(o) >> 40) * (1.0F / 8388608.0F) - 1.0F;
}

static void put(struct out *o, const void *p, size_t n)
{
    fwrite(p, 1, n, o->f);
    o->at += n;
}

static void put_u32(struct out *o, uint32_t v)
{
    put(o, &v, sizeof(v));
}

static void put_u64(struct out *o, uint64_t v)
{
    put(o, &v, sizeof(v));
}

static void put_string(struct out *o, const char *s)
{
    put_u64(o, strlen(s));
    put(o, s, strlen(s));
}

static void put_key(struct out *o, const char *key, enum gguf_type type)
{
    put_string(o, key);
    put_u32(o, type);
}

static void put_array(struct out *o, const char *key, enum gguf_type type, int n)
{
    put_key(o, key, GGUF_ARRAY);
    put_u32(o, type);
    put_u64(o, (uint64_t)n);
}

static void put_floats(struct out *o, const char *key, int n, float v)
{
    put_array(o, key, GGUF_F32, n);
    for (int i = 0; i < n; i++)
        put(o, &v, sizeof(v));
}

static size_t width(const struct synth_shape *s, int j)
{
    return j + 1 < s->n_codebooks ? 1 : (size_t)(COEFS + 1 - s->n_codebooks);
}

static void put_keys(struct out *o, const struct synth_shape *s)
{
    const struct {
        const char *key, *value;
    } strings[] = {{"general.architecture", "earshot"},
                   {"general.name", "synthetic"},
                   {"general.version", "0"},
                   {"earshot.feature", "mfcc16-1"}};
    const struct {
        const char *key;
        int value;
    } numbers[] = {
        {"earshot.block_count", s->n_layers},    {"earshot.embedding_length", s->d},
        {"earshot.feed_forward_length", s->ff},  {"earshot.attention.head_count", s->n_heads},
        {"earshot.attention.window", s->window}, {"earshot.pool", s->pool},
        {"earshot.tokenizer.frames", s->frames}, {"earshot.tokenizer.codes", s->codes}};
    for (size_t i = 0; i < ARRAY_SIZE(strings); i++) {
        put_key(o, strings[i].key, GGUF_STRING);
        put_string(o, strings[i].value);
    }
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        put_key(o, numbers[i].key, GGUF_U32);
        put_u32(o, (uint32_t)numbers[i].value);
    }
    put_key(o, "earshot.attention.causal", GGUF_BOOL);
    put(o, &s->causal, 1);
    put_key(o, "earshot.attention.layer_norm_rms_epsilon", GGUF_F32);
    put(o, &(float){1e-5F}, sizeof(float));
    put_array(o, "earshot.labels", GGUF_STRING, s->n_labels);
    for (int i = 0; i < s->n_labels; i++) {
        char label[24];
        snprintf(label, sizeof(label), "label_%d", i);
        put_string(o, label);
    }
    put_floats(o, "earshot.calibration.scale", s->n_labels + 1, 1);
    put_floats(o, "earshot.calibration.bias", s->n_labels + 1, 0);
    put_floats(o, "earshot.threshold.low", s->n_labels, 0.9F);
    put_floats(o, "earshot.threshold.medium", s->n_labels, 0.7F);
    put_floats(o, "earshot.threshold.high", s->n_labels, 0.5F);
    put_array(o, "earshot.tokenizer.widths", GGUF_U32, s->n_codebooks);
    for (int j = 0; j < s->n_codebooks; j++)
        put_u32(o, (uint32_t)width(s, j));
}

enum { N_KEYS = 4 + 8 + 2 + 1 + 5 + 1 };

static void list(struct out *o, int layer, const char *name, size_t rows, size_t cols,
                 enum fill fill, float size)
{
    struct tensor *t = &o->tensor[o->n++];
    int at = layer < 0 ? 0 : snprintf(t->name, sizeof(t->name), "blk.%d.", layer);
    snprintf(t->name + at, sizeof(t->name) - (size_t)at, "%s", name);
    t->rows = rows;
    t->cols = cols;
    t->fill = fill;
    t->size = size;
}

/* A matrix whose products with rows of size 1 have about the size `out` */
static void list_linear(struct out *o, int layer, const char *name, size_t rows, size_t cols,
                        float size)
{
    char full[48];
    snprintf(full, sizeof(full), "%.32s.weight", name);
    list(o, layer, full, rows, cols, WEIGHTS, 0);
    snprintf(full, sizeof(full), "%.32s.scale", name);
    list(o, layer, full, 0, rows, SCALE, size / 73.0F);
}

static void list_tensors(struct out *o, const struct synth_shape *s)
{
    size_t d = (size_t)s->d, ff = (size_t)s->ff, outputs = (size_t)s->n_labels + 1;
    size_t span = (size_t)(s->causal ? s->window : 2 * s->window - 1);
    float by_d = 1.0F / sqrtf((float)d), by_ff = 1.0F / sqrtf((float)ff);
    for (int j = 0; j < s->n_codebooks; j++) {
        char name[32];
        snprintf(name, sizeof(name), "codebook.%d.weight", j);
        list(o, -1, name, (size_t)s->codes, width(s, j) * (size_t)s->frames, SPREAD, 2);
    }
    list_linear(o, -1, "token_embd", (size_t)(s->n_codebooks * s->codes), d,
                1.0F / sqrtf((float)s->n_codebooks));
    for (int i = 0; i < s->n_layers; i++) {
        list(o, i, "attn_norm.weight", 0, d, GAIN, 0);
        list_linear(o, i, "attn_qkv", 3 * d, d, by_d);
        list(o, i, "attn_bias.weight", (size_t)s->n_heads, span, SPREAD, 1);
        list_linear(o, i, "attn_output", d, d, by_d);
        list(o, i, "ffn_norm.weight", 0, d, GAIN, 0);
        list_linear(o, i, "ffn_up", ff, d, by_d);
        list_linear(o, i, "ffn_down", d, ff, by_ff);
    }
    list(o, -1, "output_norm.weight", 0, d, GAIN, 0);
    list(o, -1, "output.weight", outputs, d, SPREAD, 2 * by_d);
    list(o, -1, "output.bias", 0, outputs, SPREAD, 1);
}

static size_t bytes_of(const struct tensor *t)
{
    return (t->rows ? t->rows : 1) * t->cols * (t->fill == WEIGHTS ? 1 : sizeof(float));
}

static size_t padded(size_t n)
{
    return (n + GGUF_ALIGNMENT - 1) / GGUF_ALIGNMENT * GGUF_ALIGNMENT;
}

static void put_directory(struct out *o)
{
    size_t offset = 0;
    for (size_t i = 0; i < o->n; i++) {
        const struct tensor *t = &o->tensor[i];
        put_string(o, t->name);
        put_u32(o, t->rows ? 2 : 1);
        put_u64(o, t->cols);
        if (t->rows)
            put_u64(o, t->rows);
        put_u32(o, t->fill == WEIGHTS ? GGUF_TENSOR_I8 : GGUF_TENSOR_F32);
        put_u64(o, offset);
        offset += padded(bytes_of(t));
    }
}

static void put_padding(struct out *o)
{
    static const char zeros[GGUF_ALIGNMENT];
    put(o, zeros, padded(o->at) - o->at);
}

static void put_data(struct out *o, const struct tensor *t)
{
    size_t n = (t->rows ? t->rows : 1) * t->cols;
    if (t->fill == WEIGHTS) {
        for (size_t i = 0; i < n; i += 8) {
            int8_t w[8];
            uint64_t r = next(o);
            memcpy(w, &r, sizeof(w));
            for (size_t j = 0; j < sizeof(w); j++)
                w[j] = w[j] == -128 ? 0 : w[j];
            put(o, w, n - i < sizeof(w) ? n - i : sizeof(w));
        }
        return;
    }
    for (size_t i = 0; i < n; i++) {
        float u = uniform(o);
        float v = t->fill == SPREAD ? t->size * u
                  : t->fill == GAIN ? 1.0F + 0.2F * u
                                    : t->size * (1.0F + 0.2F * u);
        put(o, &v, sizeof(v));
    }
}

static bool shape_valid(const struct synth_shape *s)
{
    return s->n_layers >= 1 && s->n_layers <= MODEL_MAX_LAYERS && s->d >= 1 && s->ff >= 1 &&
           s->n_heads >= 1 && s->window >= 1 && s->n_labels >= 1 &&
           s->n_labels <= MODEL_MAX_LABELS && s->codes >= 1 && s->frames >= 1 &&
           s->n_codebooks >= 1 && s->n_codebooks <= COEFS;
}

static int write_file(struct out *o, const struct synth_shape *shape)
{
    put(o, "GGUF", 4);
    put_u32(o, 3);
    list_tensors(o, shape);
    put_u64(o, o->n);
    put_u64(o, N_KEYS);
    put_keys(o, shape);
    put_directory(o);
    put_padding(o);
    for (size_t i = 0; i < o->n; i++) {
        put_data(o, &o->tensor[i]);
        put_padding(o);
    }
    return fflush(o->f) == 0 && !ferror(o->f) ? 0 : -EIO;
}

int synth_write(const char *path, const struct synth_shape *shape, uint64_t seed,
                struct reason *why)
{
    if (!shape_valid(shape))
        return reason_set(why, EINVAL, "no model has such a shape");
    struct out *o = calloc(1, sizeof(*o));
    if (!o)
        return reason_set(why, ENOMEM, "no memory");
    o->random = seed;
    o->f = fopen(path, "we");
    if (!o->f) {
        int err = errno;
        free(o);
        return reason_set(why, err, "%s: %s", path, strerror(err));
    }
    int r = write_file(o, shape);
    if (fclose(o->f) != 0)
        r = -EIO;
    free(o);
    if (r < 0) {
        unlink(path);
        reason_set(why, -r, "%s: cannot be written", path);
    }
    return r;
}
