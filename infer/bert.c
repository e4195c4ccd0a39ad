/* Binding and packing; bert_run.c computes.
 *
 * Keys and values are two matrices in a file and one product here: their rows are packed
 * one behind the other. A matrix that is not I8 becomes float32 when it is
 * packed, so F16 and Q8_0 save room in the file only. */
#include "infer/bert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "infer/huge.h"

enum { CACHE_LINE = 64, PARTS = 2, FFN_UP = 3, FFN_DOWN = 4 };

/* One matrix of a layer: the tensors whose rows it is made of */
struct plan {
    const char *part[PARTS]; /* NULL: no more */
    size_t at;               /* in struct bert_layer */
    const char *like;        /* whose type they must have too, or NULL */
};

static const struct plan plans[] = {
    {{"attn_q"}, offsetof(struct bert_layer, q), NULL},
    {{"attn_k", "attn_v"}, offsetof(struct bert_layer, kv), "attn_q"},
    {{"attn_output"}, offsetof(struct bert_layer, attn_out), NULL},
    [FFN_UP] = {{"ffn_up"}, offsetof(struct bert_layer, ffn_up), NULL},
    [FFN_DOWN] = {{"ffn_down"}, offsetof(struct bert_layer, ffn_down), NULL},
};

struct parts { /* of one plan, bound */
    int n;
    struct matrix matrix[PARTS];
    const float *bias[PARTS];
};

static struct bert_linear *linear_of(struct bert *m, int layer, size_t i)
{
    return (struct bert_linear *)((char *)&m->layer[layer] + plans[i].at);
}

static void shape_of(const struct bert *m, size_t i, size_t *ret_rows, size_t *ret_cols)
{
    *ret_rows = (size_t)(i == FFN_UP ? m->ff : m->d);
    *ret_cols = (size_t)(i == FFN_DOWN ? m->ff : m->d);
}

static int bind_parts(const struct bert *m, int layer, size_t i, struct parts *ret,
                      struct reason *why)
{
    const char *like = plans[i].like ? plans[i].like : plans[i].part[0];
    enum gguf_tensor_type type = GGUF_TENSOR_F32;
    size_t rows, cols;
    char name[64];
    shape_of(m, i, &rows, &cols);
    snprintf(name, sizeof(name), "blk.%d.%s.weight", layer, like);
    int r = gguf_tensor_type(m->file, name, rows, cols, &type, why);
    for (ret->n = 0; ret->n < PARTS && plans[i].part[ret->n] && r == 0; ret->n++) {
        int p = ret->n;
        int at = snprintf(name, sizeof(name), "blk.%d.%s", layer, plans[i].part[p]);
        r = matrix_bind(m->file, name, rows, cols, &ret->matrix[p], why);
        if (r < 0)
            break;
        snprintf(name + at, sizeof(name) - (size_t)at, ".bias");
        r = matrix_vector(m->file, name, rows, &ret->bias[p], why);
        if (r == 0 && ret->matrix[p].type != type)
            r = reason_set(why, EBADMSG, "tensor 'blk.%d.%s.weight' is not of the type of '%s'",
                           layer, plans[i].part[p], like);
    }
    return r;
}

static bool is_int8(const struct parts *p)
{
    return p->matrix[0].type == GGUF_TENSOR_I8;
}

/* Bytes of the packed weights, and floats of scale and bias */
static size_t packed_bytes(const struct bert *m, const struct parts *p)
{
    size_t rows = (size_t)p->n * p->matrix[0].rows, cols = p->matrix[0].cols;
    size_t bytes = !is_int8(p)         ? rows * cols * sizeof(float)
                   : m->kernel->pack ? m->kernel->packed_size((int)rows, (int)cols)
                                       : rows * cols;
    return (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

static void pack_int8(const struct bert *m, const struct parts *p, int8_t *all, void *to)
{
    size_t bytes = p->matrix[0].rows * p->matrix[0].cols;
    for (int i = 0; i < p->n; i++)
        memcpy(all + (size_t)i * bytes, p->matrix[i].data, bytes);
    if (m->kernel->pack)
        m->kernel->pack(p->n * (int)p->matrix[0].rows, (int)p->matrix[0].cols, all, to);
    else
        memcpy(to, all, (size_t)p->n * bytes);
}

static void pack_floats(const struct bert *m, const struct parts *p, float *row, float *to)
{
    size_t rows = p->matrix[0].rows, cols = p->matrix[0].cols, panel = (size_t)m->math->panel;
    for (size_t j = 0; j < (size_t)p->n * rows; j++) {
        float *column = to + j / panel * cols * panel + j % panel;
        matrix_row(&p->matrix[j / rows], j % rows, row);
        for (size_t l = 0; l < cols; l++)
            column[l * panel] = row[l];
    }
}

/* to: packed_bytes(); own: 2 floats a row; room: for pack_int8() and pack_floats() */
static void pack_linear(const struct bert *m, const struct parts *p, void *room, void *to,
                        float *own, struct bert_linear *ret)
{
    size_t rows = p->matrix[0].rows, all = (size_t)p->n * rows;
    *ret = (struct bert_linear){(int)p->matrix[0].cols, (int)all, is_int8(p), to, NULL, own + all};
    for (int i = 0; i < p->n; i++) {
        memcpy(own + all + (size_t)i * rows, p->bias[i], rows * sizeof(float));
        if (ret->int8)
            memcpy(own + (size_t)i * rows, p->matrix[i].scale, rows * sizeof(float));
    }
    if (ret->int8) {
        ret->scale = own;
        pack_int8(m, p, room, to);
    } else {
        pack_floats(m, p, room, to);
    }
    for (int i = 0; i < p->n; i++)
        matrix_drop(m->file, &p->matrix[i]);
}

/* Twice through all matrices: how much room they need, and then into it. */
static int pack(struct bert *m, struct reason *why)
{
    struct parts p;
    size_t bytes = 0, own = 0, d = (size_t)m->d, ff = (size_t)m->ff;
    for (int l = 0; l < m->n_layers; l++)
        for (size_t i = 0; i < ARRAY_SIZE(plans); i++) {
            int r = bind_parts(m, l, i, &p, why);
            if (r < 0)
                return r;
            bytes += packed_bytes(m, &p);
            own += 2 * (size_t)p.n * p.matrix[0].rows;
        }
    size_t head = m->n_labels > 0 ? (d + (size_t)m->n_labels) * d : 0;
    void *room = malloc((2 * d * d + ff * d) * sizeof(float));
    m->packed = huge_alloc(bytes);
    m->own = calloc(own + head, sizeof(float));
    if (!room || !m->packed || !m->own) {
        free(room);
        return reason_set(why, ENOMEM, "no memory for packed weights");
    }
    char *to = m->packed;
    float *floats = m->own + head;
    for (int l = 0; l < m->n_layers; l++)
        for (size_t i = 0; i < ARRAY_SIZE(plans); i++) {
            bind_parts(m, l, i, &p, why);
            pack_linear(m, &p, room, to, floats, linear_of(m, l, i));
            to += packed_bytes(m, &p);
            floats += 2 * (size_t)p.n * p.matrix[0].rows;
        }
    free(room);
    return 0;
}

static int bind_norm(const struct bert *m, const char *name, struct bert_norm *ret,
                     struct reason *why)
{
    char full[96];
    snprintf(full, sizeof(full), "%s.weight", name);
    int r = matrix_vector(m->file, full, (size_t)m->d, &ret->gain, why);
    snprintf(full, sizeof(full), "%s.bias", name);
    return r < 0 ? r : matrix_vector(m->file, full, (size_t)m->d, &ret->bias, why);
}

/* Rows of a table that the file alone knows the length of */
static int bind_table(const struct bert *m, const char *name, size_t most, struct matrix *ret,
                      struct reason *why)
{
    char full[96];
    snprintf(full, sizeof(full), "%s.weight", name);
    size_t rows = gguf_rows(m->file, full);
    if (rows > most)
        return reason_set(why, EBADMSG, "tensor '%s' has %zu rows, at most %zu are allowed", full,
                          rows, most);
    return matrix_bind(m->file, name, rows, (size_t)m->d, ret, why);
}

static int bind_tables(struct bert *m, struct reason *why)
{
    int r = bind_table(m, "token_embd", BERT_MAX_VOCABULARY, &m->tokens, why);
    if (r == 0)
        r = matrix_bind(m->file, "position_embd", (size_t)m->window, (size_t)m->d, &m->positions,
                        why);
    if (r == 0 && gguf_rows(m->file, "token_types.weight"))
        r = bind_table(m, "token_types", BERT_MAX_TYPES, &m->types, why);
    if (r == 0)
        r = bind_norm(m, "token_embd_norm", &m->embd_norm, why);
    if (r == 0)
        matrix_drop(m->file, &m->tokens); /* of which a text needs few rows */
    m->vocabulary = (int)m->tokens.rows;
    m->n_types = (int)m->types.rows;
    for (int l = 0; l < m->n_layers && r == 0; l++) {
        char name[64];
        snprintf(name, sizeof(name), "blk.%d.attn_output_norm", l);
        r = bind_norm(m, name, &m->layer[l].attn_norm, why);
        snprintf(name, sizeof(name), "blk.%d.layer_output_norm", l);
        r = r < 0 ? r : bind_norm(m, name, &m->layer[l].ffn_norm, why);
    }
    return r;
}

/* A matrix of the head, its rows as floats at own */
static int bind_head(struct bert *m, const char *name, size_t rows, float *own,
                     const float **ret_w, const float **ret_b, struct reason *why)
{
    char full[96];
    struct matrix w;
    int r = matrix_bind(m->file, name, rows, (size_t)m->d, &w, why);
    snprintf(full, sizeof(full), "%s.bias", name);
    if (r == 0)
        r = matrix_vector(m->file, full, rows, ret_b, why);
    for (size_t i = 0; i < rows && r == 0; i++)
        matrix_row(&w, i, own + i * (size_t)m->d);
    *ret_w = own;
    return r;
}

static int bind_heads(struct bert *m, struct reason *why)
{
    size_t d = (size_t)m->d;
    int r = 0;
    if (m->n_labels == 0)
        return 0;
    if (gguf_rows(m->file, "cls.weight"))
        r = bind_head(m, "cls", d, m->own, &m->dense_w, &m->dense_b, why);
    if (r == 0)
        r = bind_head(m, "cls.output", (size_t)m->n_labels, m->own + d * d, &m->out_w, &m->out_b,
                      why);
    return r;
}

static int read_pooling(struct bert *m, struct reason *why)
{
    int pooling = BERT_POOL_NONE;
    size_t labels = gguf_rows(m->file, "cls.output.weight");
    if (labels > BERT_MAX_LABELS)
        return reason_set(why, EBADMSG,
                          "tensor 'cls.output.weight' has %zu rows, at most %d are allowed", labels,
                          BERT_MAX_LABELS);
    int r = gguf_has(m->file, "bert.pooling_type")
                ? gguf_number(m->file, "bert.pooling_type", 0, BERT_POOL_FIRST, 1, &pooling, why)
                : 0;
    m->n_labels = (int)labels;
    m->pooling = labels && pooling == BERT_POOL_NONE ? BERT_POOL_FIRST : (enum bert_pooling)pooling;
    return r;
}

/* A row of bits for each block of tokens: which blocks it sees */
static int read_mask(struct bert *m, struct reason *why)
{
    static const char size[] = "bert.attention.block_size", mask[] = "bert.attention.block_mask";
    struct gguf_array a;
    if (!gguf_has(m->file, size) && !gguf_has(m->file, mask))
        return 0;
    int r = gguf_number(m->file, size, KEY_BLOCK, BERT_MAX_TOKENS, KEY_BLOCK, &m->mask_block, why);
    if (r < 0)
        return r;
    size_t n = (size_t)((m->window + m->mask_block - 1) / m->mask_block);
    r = gguf_array(m->file, mask, GGUF_U32, n, n, &a, why);
    for (size_t i = 0; i < n && r == 0; i++) {
        m->mask[i] = gguf_array_u32(m->file, &a, i);
        if ((uint64_t)m->mask[i] >> n)
            r = reason_set(why, EBADMSG, "key '%s': row %zu has bits for more than %zu blocks", mask, i + 1, n);
        else if (!(m->mask[i] >> i & 1))
            r = reason_set(why, EBADMSG, "key '%s': block %zu does not see itself", mask, i + 1);
    }
    return r;
}

static int read_keys(struct bert *m, struct reason *why)
{
    const struct {
        const char *key;
        int *ret;
        uint32_t min, max, multiple;
    } numbers[] = {
        {"bert.block_count", &m->n_layers, 1, BERT_MAX_LAYERS, 1},
        {"bert.embedding_length", &m->d, 32, 1024, 32},
        {"bert.feed_forward_length", &m->ff, 32, 4096, 32},
        {"bert.attention.head_count", &m->n_heads, 1, 64, 1},
        {"bert.context_length", &m->window, 1, BERT_MAX_TOKENS, 1},
    };
    char architecture[64];
    int r = gguf_string(m->file, "general.architecture", architecture, sizeof(architecture), why);
    if (r == 0 && strcmp(architecture, "bert") != 0)
        r = reason_set(why, EBADMSG, "key 'general.architecture' is '%s', expected 'bert'",
                       architecture);
    if (r == 0)
        r = gguf_string(m->file, "general.name", m->name, sizeof(m->name), why);
    for (size_t i = 0; i < ARRAY_SIZE(numbers) && r == 0; i++)
        r = gguf_number(m->file, numbers[i].key, numbers[i].min, numbers[i].max,
                        numbers[i].multiple, numbers[i].ret, why);
    if (r < 0)
        return r;
    if (m->d % m->n_heads != 0 || m->d / m->n_heads % 16 != 0)
        return reason_set(why, EBADMSG,
                          "key 'bert.attention.head_count' is %d, but a head of %d / %d numbers is "
                          "no multiple of 16",
                          m->n_heads, m->d, m->n_heads);
    m->d_head = m->d / m->n_heads;
    r = gguf_f32(m->file, "bert.attention.layer_norm_epsilon", &m->eps, why);
    if (r == 0 && !(m->eps >= 1e-14F && m->eps <= 1))
        r = reason_set(why, EBADMSG,
                       "key 'bert.attention.layer_norm_epsilon' is %g, expected 1e-14 to 1",
                       (double)m->eps);
    r = r < 0 ? r : read_mask(m, why);
    return r < 0 ? r : read_pooling(m, why);
}

bool bert_is(const char *path)
{
    char architecture[64];
    struct gguf *g;
    if (gguf_open(path, &g, NULL) < 0)
        return false;
    bool is = gguf_string(g, "general.architecture", architecture, sizeof(architecture), NULL) == 0 &&
              strcmp(architecture, "bert") == 0;
    gguf_close(g);
    return is;
}

int bert_open(const char *path, const struct kernel *k, const struct bert **ret,
              struct reason *why)
{
    struct bert *m = calloc(1, sizeof(*m));
    if (!m)
        return reason_set(why, ENOMEM, "%s: no memory", path);
    int r = gguf_open(path, &m->file, why); /* names the path itself */
    if (r == 0) {
        m->kernel = k;
        m->math = bert_math_of(k);
        gguf_bytes(m->file, &m->file_size);
        r = read_keys(m, why);
        if (r == 0)
            r = bind_tables(m, why);
        if (r == 0)
            r = pack(m, why);
        if (r == 0)
            r = bind_heads(m, why);
        if (r < 0)
            reason_prefix(why, r, "%s", path);
    }
    if (r < 0) {
        bert_close(m);
        return r;
    }
    *ret = m;
    return 0;
}

void bert_close(const struct bert *m)
{
    if (!m)
        return;
    gguf_close(m->file);
    free(m->packed);
    free(m->own);
    free((void *)m);
}
