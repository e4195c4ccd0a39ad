/* The walk is done once, at open, and everything it learns is kept in two small
 * arrays (keys, tensors); nothing is ever parsed again from an offset that was
 * not checked. The order of a file is
 *
 *   "GGUF" version n_tensors n_keys | keys … | tensor descriptions … | pad | data
 *
 * The data begins at the next multiple of 32 behind the last description, so a
 * count that lies is found where the bytes stop making sense, and the complaint
 * can name that byte. Multi-byte numbers are read with memcpy: keys are not
 * aligned. Only little-endian machines are built for. */
#include "infer/gguf_walk.h"

#include <stdlib.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "model files are mapped as they are: little-endian machines only"
#endif

struct cursor {
    const struct gguf *g;
    size_t at;
    struct reason *why;
};

static const struct {
    const char *name;
    size_t size; /* 0: strings and arrays */
} types[] = {
    [GGUF_U8] = {"uint8", 1},    [GGUF_I8] = {"int8", 1},    [GGUF_U16] = {"uint16", 2},
    [GGUF_I16] = {"int16", 2},   [GGUF_U32] = {"uint32", 4}, [GGUF_I32] = {"int32", 4},
    [GGUF_F32] = {"float32", 4}, [GGUF_BOOL] = {"bool", 1},  [GGUF_STRING] = {"string", 0},
    [GGUF_ARRAY] = {"array", 0}, [GGUF_U64] = {"uint64", 8}, [GGUF_I64] = {"int64", 8},
    [GGUF_F64] = {"float64", 8},
};

#define NAME(x) (int)(x)->n_name, (x)->name

const char *gguf_walk_type_name(uint32_t type)
{
    return type < ARRAY_SIZE(types) ? types[type].name : "unknown";
}

static int take(struct cursor *c, uint64_t n, const uint8_t **ret, const char *what)
{
    size_t left = c->g->size - c->at;
    if (n > left) {
        reason_set(c->why, EBADMSG, "file ends in %s at byte %zu: %llu bytes needed, %zu left",
                   what, c->at, (unsigned long long)n, left);
        return -EBADMSG;
    }
    *ret = c->g->data + c->at;
    c->at += (size_t)n;
    return 0;
}

static int take_u32(struct cursor *c, uint32_t *ret, const char *what)
{
    const uint8_t *p;
    int r = take(c, sizeof(*ret), &p, what);
    if (r == 0)
        memcpy(ret, p, sizeof(*ret));
    return r;
}

static int take_u64(struct cursor *c, uint64_t *ret, const char *what)
{
    const uint8_t *p;
    int r = take(c, sizeof(*ret), &p, what);
    if (r == 0)
        memcpy(ret, p, sizeof(*ret));
    return r;
}

static int take_string(struct cursor *c, uint64_t max, const char **ret, size_t *ret_n,
                       const char *what)
{
    size_t at = c->at;
    uint64_t n;
    const uint8_t *p;
    int r = take_u64(c, &n, what);
    if (r < 0)
        return r;
    if (n > max) {
        reason_set(c->why, EBADMSG, "%s at byte %zu is %llu bytes long, at most %llu allowed", what,
                   at, (unsigned long long)n, (unsigned long long)max);
        return -EBADMSG;
    }
    r = take(c, n, &p, what);
    if (r < 0)
        return r;
    *ret = (const char *)p;
    *ret_n = (size_t)n;
    return 0;
}

static int take_name(struct cursor *c, const char **ret, size_t *ret_n, const char *what)
{
    size_t at = c->at;
    int r = take_string(c, GGUF_MAX_NAME, ret, ret_n, what);
    if (r < 0)
        return r;
    if (*ret_n == 0)
        return reason_set(c->why, EBADMSG, "%s at byte %zu is empty", what, at);
    return 0;
}

static int take_array(struct cursor *c, struct gguf_key *k)
{
    size_t at = c->at;
    uint64_t n;
    const uint8_t *p;
    int r = take_u32(c, &k->item_type, "an array's type");
    if (r == 0)
        r = take_u64(c, &n, "an array's length");
    if (r < 0)
        return r;
    if (k->item_type >= ARRAY_SIZE(types) || k->item_type == GGUF_ARRAY)
        return reason_set(c->why, EBADMSG, "key '%.*s' at byte %zu: array of unknown type %u",
                          NAME(k), at, k->item_type);
    k->n = n;
    k->at = c->at;
    if (k->item_type != GGUF_STRING) {
        uint64_t bytes;
        if (__builtin_mul_overflow(n, (uint64_t)types[k->item_type].size, &bytes))
            return reason_set(c->why, EBADMSG, "key '%.*s' at byte %zu: %llu elements are too many",
                              NAME(k), at, (unsigned long long)n);
        return take(c, bytes, &p, "an array");
    }
    for (uint64_t i = 0; i < n; i++) {
        const char *s;
        size_t n_s;
        r = take_string(c, GGUF_MAX_STRING, &s, &n_s, "a string in an array");
        if (r < 0)
            return r;
    }
    return 0;
}

static int take_key(struct cursor *c, struct gguf_key *k)
{
    size_t at = c->at;
    const uint8_t *p;
    int r = take_name(c, &k->name, &k->n_name, "the name of a key");
    if (r == 0)
        r = take_u32(c, &k->type, "the type of a key");
    if (r < 0)
        return r;
    if (k->type >= ARRAY_SIZE(types))
        return reason_set(c->why, EBADMSG, "key '%.*s' at byte %zu: unknown type %u", NAME(k), at,
                          k->type);
    k->at = c->at;
    if (k->type == GGUF_ARRAY) {
        r = take_array(c, k);
    } else if (k->type == GGUF_STRING) {
        const char *s = NULL;
        size_t n = 0;
        r = take_string(c, GGUF_MAX_STRING, &s, &n, "the string of a key");
        k->n = n;
        k->at = c->at - n;
    } else {
        r = take(c, types[k->type].size, &p, "the value of a key");
    }
    return r < 0 ? reason_prefix(c->why, r, "key '%.*s'", NAME(k)) : 0;
}

/* 0: a type we do not know */
static size_t bytes_of(uint32_t type, size_t n)
{
    switch (type) {
    case GGUF_TENSOR_F32:
        return n * sizeof(float);
    case GGUF_TENSOR_F16:
        return n * sizeof(uint16_t);
    case GGUF_TENSOR_Q8_0:
        return n / GGUF_Q8_0_BLOCK * GGUF_Q8_0_BYTES;
    case GGUF_TENSOR_I8:
        return n;
    }
    return 0;
}

static int take_tensor(struct cursor *c, struct gguf_tensor *t)
{
    t->info_at = c->at;
    int r = take_name(c, &t->name, &t->n_name, "the name of a tensor");
    if (r == 0)
        r = take_u32(c, &t->n_dims, "the number of dimensions of a tensor");
    if (r < 0)
        return r;
    if (t->n_dims < 1 || t->n_dims > GGUF_MAX_DIMS)
        return reason_set(c->why, EBADMSG, "tensor '%.*s' at byte %zu has %u dimensions (1 to %d)",
                          NAME(t), t->info_at, t->n_dims, GGUF_MAX_DIMS);
    uint64_t n = 1;
    for (uint32_t i = 0; i < t->n_dims; i++) {
        r = take_u64(c, &t->dim[i], "a dimension of a tensor");
        if (r < 0)
            return reason_prefix(c->why, r, "tensor '%.*s'", NAME(t));
        if (t->dim[i] == 0)
            return reason_set(c->why, EBADMSG, "tensor '%.*s' at byte %zu: dimension %u is 0",
                              NAME(t), t->info_at, i);
        if (__builtin_mul_overflow(n, t->dim[i], &n) || n > GGUF_MAX_BYTES)
            return reason_set(c->why, EBADMSG,
                              "tensor '%.*s' at byte %zu: more elements than a file can hold",
                              NAME(t), t->info_at);
    }
    r = take_u32(c, &t->type, "the type of a tensor");
    if (r == 0)
        r = take_u64(c, &t->offset, "the offset of a tensor");
    if (r < 0)
        return reason_prefix(c->why, r, "tensor '%.*s'", NAME(t));
    if (t->type == GGUF_TENSOR_Q8_0 && t->dim[0] % GGUF_Q8_0_BLOCK != 0)
        return reason_set(c->why, EBADMSG,
                          "tensor '%.*s' at byte %zu: a row of Q8_0 is no multiple of %d", NAME(t),
                          t->info_at, GGUF_Q8_0_BLOCK);
    t->bytes = bytes_of(t->type, (size_t)n);
    if (t->offset % GGUF_ALIGNMENT != 0)
        return reason_set(c->why, EBADMSG,
                          "tensor '%.*s' at byte %zu: offset %llu is no multiple of %d", NAME(t),
                          t->info_at, (unsigned long long)t->offset, GGUF_ALIGNMENT);
    return 0;
}

static int walk_keys(struct cursor *c, struct gguf *g)
{
    for (size_t i = 0; i < g->n_keys; i++) {
        size_t at = c->at;
        struct gguf_key *k = &g->keys[i];
        int r = take_key(c, k);
        if (r < 0)
            return r;
        for (size_t j = 0; j < i; j++)
            if (gguf_walk_same(k->name, k->n_name, g->keys[j].name, g->keys[j].n_name))
                return reason_set(c->why, EBADMSG, "key '%.*s' appears again at byte %zu", NAME(k),
                                  at);
        if (gguf_walk_same(k->name, k->n_name, "general.alignment", strlen("general.alignment"))) {
            uint32_t alignment = 0;
            if (k->type == GGUF_U32)
                memcpy(&alignment, g->data + k->at, sizeof(alignment));
            if (alignment != GGUF_ALIGNMENT)
                return reason_set(c->why, EBADMSG,
                                  "key 'general.alignment' at byte %zu is not the uint32 %d", at,
                                  GGUF_ALIGNMENT);
        }
    }
    return 0;
}

static int walk_tensors(struct cursor *c, struct gguf *g)
{
    for (size_t i = 0; i < g->n_tensors; i++) {
        struct gguf_tensor *t = &g->tensors[i];
        int r = take_tensor(c, t);
        if (r < 0)
            return r;
        for (size_t j = 0; j < i; j++)
            if (gguf_walk_same(t->name, t->n_name, g->tensors[j].name, g->tensors[j].n_name))
                return reason_set(c->why, EBADMSG, "tensor '%.*s' appears again at byte %zu",
                                  NAME(t), t->info_at);
    }
    return 0;
}

/* Tensors are at most GGUF_MAX_TENSORS, so comparing each with each is cheap. */
static int place_tensors(struct cursor *c, struct gguf *g)
{
    size_t past = c->at % GGUF_ALIGNMENT;
    g->data_at = past == 0 ? c->at : c->at + GGUF_ALIGNMENT - past;
    uint64_t room = g->data_at <= g->size ? g->size - g->data_at : 0;
    for (size_t i = 0; i < g->n_tensors; i++) {
        struct gguf_tensor *t = &g->tensors[i];
        if (t->offset > room || t->bytes > room - t->offset)
            return reason_set(c->why, EBADMSG,
                              "tensor '%.*s' (described at byte %zu) lies outside the file: "
                              "offset %llu + %zu bytes, %llu there",
                              NAME(t), t->info_at, (unsigned long long)t->offset, t->bytes,
                              (unsigned long long)room);
        for (size_t j = 0; j < i; j++) {
            const struct gguf_tensor *o = &g->tensors[j];
            size_t o_offset = (size_t)o->offset - g->data_at;
            if (t->offset < o_offset + o->bytes && o_offset < t->offset + t->bytes)
                return reason_set(c->why, EBADMSG,
                                  "tensor '%.*s' (described at byte %zu) overlaps '%.*s'", NAME(t),
                                  t->info_at, NAME(o));
        }
        t->offset += g->data_at;
    }
    return 0;
}

int gguf_walk(struct gguf *g, struct reason *why)
{
    struct cursor c = {g, 0, why};
    const uint8_t *magic;
    uint32_t version;
    uint64_t n_tensors, n_keys;
    int r = take(&c, 4, &magic, "the magic");
    if (r < 0)
        return r;
    if (memcmp(magic, "GGUF", 4) != 0)
        return reason_set(why, EBADMSG, "not a GGUF file: it does not begin with 'GGUF'");
    r = take_u32(&c, &version, "the version");
    if (r < 0)
        return r;
    if ((version & 0xffff) == 0 && version != 0)
        return reason_set(why, EBADMSG, "version at byte 4: a big-endian file");
    if (version != 3)
        return reason_set(why, EBADMSG, "version at byte 4 is %u, only 3 is known", version);
    r = take_u64(&c, &n_tensors, "the number of tensors");
    if (r == 0)
        r = take_u64(&c, &n_keys, "the number of keys");
    if (r < 0)
        return r;
    if (n_tensors > GGUF_MAX_TENSORS)
        return reason_set(why, EBADMSG, "number of tensors at byte 8 is %llu, at most %d allowed",
                          (unsigned long long)n_tensors, GGUF_MAX_TENSORS);
    if (n_keys > GGUF_MAX_KEYS)
        return reason_set(why, EBADMSG, "number of keys at byte 16 is %llu, at most %d allowed",
                          (unsigned long long)n_keys, GGUF_MAX_KEYS);
    g->n_tensors = (size_t)n_tensors;
    g->n_keys = (size_t)n_keys;
    g->keys = calloc(g->n_keys + 1, sizeof(*g->keys));
    g->tensors = calloc(g->n_tensors + 1, sizeof(*g->tensors));
    if (!g->keys || !g->tensors)
        return reason_set(why, ENOMEM, "no memory for the file's directory");
    r = walk_keys(&c, g);
    if (r == 0)
        r = walk_tensors(&c, g);
    if (r == 0)
        r = place_tensors(&c, g);
    return r;
}
