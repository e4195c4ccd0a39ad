/* Two const lists say what a model file must hold: keys with their ranges, and
 * tensors with type and shape in terms of the hyper-parameters. Binding walks
 * the lists; a pointer is taken only after gguf_tensor() has compared type and
 * shape, and after the values themselves were looked at: an int8 of -128 would
 * break the kernels' sign trick, a NaN would spread to every score.
 *
 * The bias by distance is the one thing that is copied: keys are walked oldest
 * first, distances count the other way, so it is stored reversed; and in units of
 * log2 e, as attend() wants it. */
#include "infer/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/sha256.h"
#include "infer/gguf.h"
#include "infer/huge.h"

enum { CACHE_LINE = 64 };

#define AT(field) offsetof(struct model, field)
#define LAYER(field) offsetof(struct model_layer, field)

static const struct {
    const char *key;
    size_t at; /* an int of struct model */
    uint32_t min, max, multiple;
} numbers[] = {
    {"earshot.block_count", AT(n_layers), 1, MODEL_MAX_LAYERS, 1},
    {"earshot.embedding_length", AT(d), 32, 1024, 32},
    {"earshot.feed_forward_length", AT(ff), 32, 4096, 32},
    {"earshot.attention.head_count", AT(n_heads), 1, 64, 1},
    {"earshot.attention.window", AT(window), 1, 512, 1},
    {"earshot.pool", AT(pool), 1, 512, 1},
    {"earshot.tokenizer.frames", AT(books.frames), 1, TOKENIZER_MAX_FRAMES, 1},
    {"earshot.tokenizer.codes", AT(books.codes), 2, TOKENIZER_MAX_CODES, 1},
};

static const struct {
    const char *key;
    size_t at, size; /* a char array of struct model */
} strings[] = {
    {"general.name", AT(name), sizeof(((struct model *)0)->name)},
    {"general.version", AT(version), sizeof(((struct model *)0)->version)},
    {"earshot.feature", AT(feature), sizeof(((struct model *)0)->feature)},
};

static const struct {
    const char *key;
    size_t at; /* a float array of struct model */
    int extra; /* elements over n_labels */
    float min, max;
} curves[] = {
    {"earshot.calibration.scale", AT(cal_scale), 1, 1e-6F, 1e6F},
    {"earshot.calibration.bias", AT(cal_bias), 1, -1e6F, 1e6F},
    {"earshot.threshold.low", AT(threshold[0]), 0, 0, 1},
    {"earshot.threshold.medium", AT(threshold[1]), 0, 0, 1},
    {"earshot.threshold.high", AT(threshold[2]), 0, 0, 1},
};

enum dim { NONE, D, D3, FF, EMBD, OUT };

static const struct tensor {
    const char *name; /* without .weight and .scale */
    size_t at;
    enum { FLOATS, LINEAR } kind;
    enum dim rows, cols;
} layer_tensors[] =
    {
        {"attn_norm", LAYER(attn_norm), FLOATS, NONE, D},
        {"attn_qkv", LAYER(qkv), LINEAR, D3, D},
        {"attn_output", LAYER(attn_out), LINEAR, D, D},
        {"ffn_norm", LAYER(ffn_norm), FLOATS, NONE, D},
        {"ffn_up", LAYER(ffn_up), LINEAR, FF, D},
        {"ffn_down", LAYER(ffn_down), LINEAR, D, FF},
},
  output_tensors[] = {
      {"output_norm", AT(out_norm), FLOATS, NONE, D},
      {"output", AT(out_w), FLOATS, OUT, D},
};

static size_t dim_of(const struct model *m, enum dim which)
{
    switch (which) {
    case D:
        return (size_t)m->d;
    case D3:
        return 3 * (size_t)m->d;
    case FF:
        return (size_t)m->ff;
    case EMBD:
        return (size_t)m->books.n * (size_t)m->books.codes;
    case OUT:
        return (size_t)m->n_labels + 1;
    case NONE:
        break;
    }
    return 0;
}

static int bind_floats(const struct model *m, const char *name, size_t rows, size_t cols,
                       const float **ret, struct reason *why)
{
    const void *p;
    size_t at;
    int r = gguf_tensor(m->file, name, GGUF_TENSOR_F32, rows, cols, &p, &at, why);
    if (r < 0)
        return r;
    const float *v = p;
    for (size_t i = 0; i < (rows ? rows : 1) * cols; i++)
        if (!isfinite(v[i]))
            return reason_set(why, EBADMSG, "tensor '%s': the value at byte %zu is not finite",
                              name, at + i * sizeof(*v));
    *ret = v;
    return 0;
}

static int bind_int8(const struct model *m, const char *name, size_t rows, size_t cols,
                     const int8_t **ret, struct reason *why)
{
    const void *p;
    size_t at;
    int r = gguf_tensor(m->file, name, GGUF_TENSOR_I8, rows, cols, &p, &at, why);
    if (r < 0)
        return r;
    const uint8_t *bad = memchr(p, 0x80, rows * cols);
    if (bad)
        return reason_set(why, EBADMSG, "tensor '%s': the value at byte %zu is -128", name,
                          at + (size_t)(bad - (const uint8_t *)p));
    *ret = p;
    return 0;
}

/* weight and scale of one matrix */
static int bind_linear(const struct model *m, const char *prefix, enum dim rows, enum dim cols,
                       struct linear_i8 *ret, struct reason *why)
{
    char name[64];
    struct linear_i8 l = {.n_in = (int)dim_of(m, cols), .n_out = (int)dim_of(m, rows)};
    snprintf(name, sizeof(name), "%s.weight", prefix);
    int r = bind_int8(m, name, dim_of(m, rows), dim_of(m, cols), &l.w, why);
    if (r < 0)
        return r;
    snprintf(name, sizeof(name), "%s.scale", prefix);
    r = bind_floats(m, name, 0, dim_of(m, rows), &l.scale, why);
    if (r == 0)
        *ret = l;
    return r;
}

static int bind_list(const struct model *m, const char *prefix, const struct tensor *list, size_t n,
                     char *base, struct reason *why)
{
    for (size_t i = 0; i < n; i++) {
        const struct tensor *t = &list[i];
        char name[96];
        int r;
        snprintf(name, sizeof(name), "%s%s%s", prefix, t->name, t->kind == LINEAR ? "" : ".weight");
        if (t->kind == LINEAR)
            r = bind_linear(m, name, t->rows, t->cols, (struct linear_i8 *)(base + t->at), why);
        else
            r = bind_floats(m, name, dim_of(m, t->rows), dim_of(m, t->cols),
                            (const float **)(base + t->at), why);
        if (r < 0)
            return r;
    }
    return 0;
}

static int bind_bias(struct model *m, int layer, struct reason *why)
{
    char name[64];
    size_t span = (size_t)m->bias_span, heads = (size_t)m->n_heads;
    const float *file = NULL;
    snprintf(name, sizeof(name), "blk.%d.attn_bias.weight", layer);
    int r = bind_floats(m, name, heads, span, &file, why);
    if (r < 0)
        return r;
    float *own = m->bias_by_key + (size_t)layer * heads * span;
    for (size_t h = 0; h < heads; h++)
        for (size_t j = 0; j < span; j++)
            own[h * span + j] = ATTEND_LOG2E * file[h * span + span - 1 - j];
    m->layer[layer].attn_bias = own;
    return 0;
}

static int bind_tensors(struct model *m, struct reason *why)
{
    char name[64];
    struct linear_i8 embd;
    for (int j = 0; j < m->books.n; j++) {
        snprintf(name, sizeof(name), "codebook.%d.weight", j);
        int r = bind_floats(m, name, (size_t)m->books.codes,
                            (size_t)(m->books.width[j] * m->books.frames), &m->books.book[j], why);
        if (r < 0)
            return r;
    }
    int r = bind_linear(m, "token_embd", EMBD, D, &embd, why);
    if (r < 0)
        return r;
    m->embd = embd.w;
    m->embd_scale = embd.scale;
    m->bias_by_key =
        calloc((size_t)m->n_layers * (size_t)m->n_heads, (size_t)m->bias_span * sizeof(float));
    if (!m->bias_by_key)
        return reason_set(why, ENOMEM, "no memory for the attention bias");
    for (int i = 0; i < m->n_layers; i++) {
        snprintf(name, sizeof(name), "blk.%d.", i);
        r = bind_list(m, name, layer_tensors, ARRAY_SIZE(layer_tensors), (char *)&m->layer[i], why);
        if (r == 0)
            r = bind_bias(m, i, why);
        if (r < 0)
            return r;
    }
    r = bind_list(m, "", output_tensors, ARRAY_SIZE(output_tensors), (char *)m, why);
    if (r < 0)
        return r;
    return bind_floats(m, "output.bias", 0, dim_of(m, OUT), &m->out_b, why);
}

static int read_numbers(struct model *m, struct reason *why)
{
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        int r = gguf_number(m->file, numbers[i].key, numbers[i].min, numbers[i].max,
                            numbers[i].multiple, (int *)((char *)m + numbers[i].at), why);
        if (r < 0)
            return r;
    }
    if (m->d % m->n_heads != 0 || m->d / m->n_heads % 16 != 0)
        return reason_set(why, EBADMSG,
                          "key 'earshot.attention.head_count' is %d, but a head of %d / %d numbers "
                          "is no multiple of 16",
                          m->n_heads, m->d, m->n_heads);
    m->d_head = m->d / m->n_heads;
    int r = gguf_bool(m->file, "earshot.attention.causal", &m->causal, why);
    if (r < 0)
        return r;
    m->bias_span = m->causal ? m->window : 2 * m->window - 1;
    r = gguf_f32(m->file, "earshot.attention.layer_norm_rms_epsilon", &m->norm_eps, why);
    if (r < 0)
        return r;
    if (!(m->norm_eps >= 1e-12F && m->norm_eps <= 1))
        return reason_set(
            why, EBADMSG,
            "key 'earshot.attention.layer_norm_rms_epsilon' is %g, expected 1e-12 to 1",
            (double)m->norm_eps);
    return 0;
}

static int read_labels(struct model *m, struct reason *why)
{
    struct gguf_array a;
    int r = gguf_array(m->file, "earshot.labels", GGUF_STRING, 1, MODEL_MAX_LABELS, &a, why);
    if (r < 0)
        return r;
    m->n_labels = (int)a.n;
    for (size_t i = 0; i < a.n; i++) {
        r = gguf_array_string(m->file, &a, i, m->label[i], sizeof(m->label[i]), why);
        if (r < 0)
            return r;
        if (m->label[i][strspn(m->label[i], "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0')
            return reason_set(why, EBADMSG, "key 'earshot.labels': '%s' is no name of a-z 0-9 _",
                              m->label[i]);
        for (size_t j = 0; j < i; j++)
            if (strcmp(m->label[i], m->label[j]) == 0)
                return reason_set(why, EBADMSG, "key 'earshot.labels': '%s' is there twice",
                                  m->label[i]);
    }
    return 0;
}

static int read_curves(struct model *m, struct reason *why)
{
    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        size_t n = (size_t)(m->n_labels + curves[i].extra);
        struct gguf_array a;
        int r = gguf_array(m->file, curves[i].key, GGUF_F32, n, n, &a, why);
        if (r < 0)
            return r;
        float *to = (float *)((char *)m + curves[i].at);
        for (size_t j = 0; j < n; j++) {
            to[j] = gguf_array_f32(m->file, &a, j);
            if (!(to[j] >= curves[i].min && to[j] <= curves[i].max))
                return reason_set(why, EBADMSG, "key '%s': element %zu is %g, expected %g to %g",
                                  curves[i].key, j, (double)to[j], (double)curves[i].min,
                                  (double)curves[i].max);
        }
    }
    return 0;
}

static int read_widths(struct model *m, struct reason *why)
{
    struct gguf_array a;
    int r = gguf_array(m->file, "earshot.tokenizer.widths", GGUF_U32, 1, TOKENIZER_MAX_CODEBOOKS,
                       &a, why);
    if (r < 0)
        return r;
    m->books.n = (int)a.n;
    for (size_t j = 0; j < a.n; j++) {
        uint32_t width = gguf_array_u32(m->file, &a, j);
        if (width < 1 || width > (uint32_t)(TOKENIZER_MAX_COEFS - m->books.coefs))
            return reason_set(why, EBADMSG,
                              "key 'earshot.tokenizer.widths': element %zu is %u, each is at least "
                              "1 and their sum at most %d",
                              j, width, TOKENIZER_MAX_COEFS);
        m->books.width[j] = (int)width;
        m->books.coefs += (int)width;
    }
    return 0;
}

static int read_keys(struct model *m, struct reason *why)
{
    char architecture[64];
    int r = gguf_string(m->file, "general.architecture", architecture, sizeof(architecture), why);
    if (r < 0)
        return r;
    if (strcmp(architecture, "earshot") != 0)
        return reason_set(why, EBADMSG, "key 'general.architecture' is '%s', expected 'earshot'",
                          architecture);
    for (size_t i = 0; i < ARRAY_SIZE(strings); i++) {
        r = gguf_string(m->file, strings[i].key, (char *)m + strings[i].at, strings[i].size, why);
        if (r < 0)
            return r;
    }
    r = read_numbers(m, why);
    if (r == 0)
        r = read_labels(m, why);
    if (r == 0)
        r = read_curves(m, why);
    if (r == 0)
        r = read_widths(m, why);
#ifndef __wasi__ /* no daemon there that would ask it, and no room for what nobody asks */
    if (r == 0)
        r = model_curve_read(m->file, &m->curve, why);
#endif
    return r;
}

/* The matrices of a layer, one by one; NULL after the last. */
static struct linear_i8 *linear_of(struct model_layer *l, size_t i)
{
    struct linear_i8 *all[] = {&l->qkv, &l->attn_out, &l->ffn_up, &l->ffn_down};
    return i < ARRAY_SIZE(all) ? all[i] : NULL;
}

static size_t packed_size(const struct kernel *k, const struct linear_i8 *l)
{
    return (k->packed_size(l->n_out, l->n_in) + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

/* Weights go into one block in the order of use; what was packed need not stay in memory twice. */
static int pack(struct model *m, const struct kernel *k, struct reason *why)
{
    size_t bytes = 0;
    struct linear_i8 *l;
#ifndef KERNEL_WASM /* has one table, where bytes count */
    k = m->causal && k->few ? k->few : k;
#endif
    m->kernel = k;
    for (int i = 0; i < m->n_layers; i++)
        for (size_t j = 0; (l = linear_of(&m->layer[i], j)); j++) {
            l->packed = l->w;
            bytes += k->pack ? packed_size(k, l) : 0;
        }
    if (!k->pack)
        return 0;
    m->packed = huge_alloc(bytes);
    if (!m->packed)
        return reason_set(why, ENOMEM, "no memory for packed weights");
    char *at = m->packed;
    for (int i = 0; i < m->n_layers; i++)
        for (size_t j = 0; (l = linear_of(&m->layer[i], j)); j++) {
            k->pack(l->n_out, l->n_in, l->w, at);
            gguf_drop(m->file, l->w, (size_t)l->n_out * (size_t)l->n_in);
            l->packed = at;
            at += packed_size(k, l);
        }
    return 0;
}

int model_open(const char *path, const struct kernel *k, const struct model **ret,
               struct reason *why)
{
    struct model *m = calloc(1, sizeof(*m));
    if (!m)
        return reason_set(why, ENOMEM, "%s: no memory", path);
    int r = gguf_open(path, &m->file, why);
    if (r < 0) {
        model_close(m);
        return r;
    }
    r = read_keys(m, why);
    if (r == 0)
        r = bind_tensors(m, why);
    if (r < 0) {
        model_close(m);
        return reason_prefix(why, r, "%s", path);
    }
    const uint8_t *bytes = gguf_bytes(m->file, &m->file_size);
    sha256_of(bytes, m->file_size, m->sha256);
    r = k ? pack(m, k, why) : 0;
    if (r < 0) {
        model_close(m);
        return reason_prefix(why, r, "%s", path);
    }
    *ret = m;
    return 0;
}

void model_close(const struct model *m)
{
    if (!m)
        return;
    gguf_close(m->file);
    free(m->bias_by_key);
    free(m->packed);
    free((void *)m);
}
