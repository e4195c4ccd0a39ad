/* Mapping and look-ups; infer/gguf_walk.c has checked all that is used here. */
#include "infer/gguf.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#ifndef __wasi__
#include <sys/mman.h>
#endif
#include <sys/stat.h>
#include <unistd.h>

#include "infer/gguf_walk.h"

#ifdef __wasi__

/* No mapping under WASI: a copy, aligned as the header promises. */
static int take(struct gguf *g, int fd, struct reason *why)
{
    size_t room = (g->size + GGUF_ALIGNMENT - 1) / GGUF_ALIGNMENT * GGUF_ALIGNMENT, n = 0;
    uint8_t *p = aligned_alloc(GGUF_ALIGNMENT, room);
    if (!p)
        return reason_set(why, ENOMEM, "no memory for %zu bytes", room);
    g->data = p;
    while (n < g->size) {
        ssize_t got = read(fd, p + n, g->size - n);
        if (got == 0)
            return reason_set(why, EBADMSG, "file ended at byte %zu of %zu", n, g->size);
        if (got < 0)
            return reason_set(why, errno, "cannot be read: %s", strerror(errno));
        n += (size_t)got;
    }
    return 0;
}

static void give_back(struct gguf *g)
{
    free((void *)g->data);
}

void gguf_drop(const struct gguf *g, const void *p, size_t bytes)
{
}

int gguf_read(const struct gguf *g, const void *p, size_t bytes, void *ret)
{
    memcpy(ret, p, bytes);
    return 0;
}

#else

static int take(struct gguf *g, int fd, struct reason *why)
{
    void *p = mmap(NULL, g->size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return reason_set(why, errno, "cannot be mapped: %s", strerror(errno));
    g->data = p;
    return 0;
}

static void give_back(struct gguf *g)
{
    if (g->data)
        munmap((void *)g->data, g->size);
}

void gguf_drop(const struct gguf *g, const void *p, size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), from = (size_t)((const uint8_t *)p - g->data);
    size_t end = (from + bytes) / page * page; /* whole pages only */
    from = (from + page - 1) / page * page;
    if (from < end)
        madvise((void *)(g->data + from), end - from, MADV_DONTNEED);
}

int gguf_read(const struct gguf *g, const void *p, size_t bytes, void *ret)
{
    off_t at = (const uint8_t *)p - g->data;
    for (size_t n = 0; n < bytes;) {
        ssize_t got = pread(g->fd, (char *)ret + n, bytes - n, at + (off_t)n);
        if (got == 0 || (got < 0 && errno != EINTR))
            return -EIO;
        n += got < 0 ? 0 : (size_t)got;
    }
    return 0;
}

#endif

static int take_checked(struct gguf *g, int fd, struct reason *why)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        return reason_set(why, errno, "cannot be examined: %s", strerror(errno));
    if (!S_ISREG(st.st_mode))
        return reason_set(why, EBADMSG, "not a regular file");
    if (st.st_size < 1 || st.st_size > GGUF_MAX_BYTES)
        return reason_set(why, EBADMSG, "file has %lld bytes, 1 to %d are allowed",
                          (long long)st.st_size, GGUF_MAX_BYTES);
    g->size = (size_t)st.st_size;
    return take(g, fd, why);
}

int gguf_open(const char *path, struct gguf **ret, struct reason *why)
{
    struct gguf *g = calloc(1, sizeof(*g));
    if (!g)
        return reason_set(why, ENOMEM, "%s: no memory", path);
    g->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int r = g->fd < 0 ? reason_set(why, errno, "%s", strerror(errno)) : take_checked(g, g->fd, why);
    if (r == 0)
        r = gguf_walk(g, why);
    if (r < 0) {
        gguf_close(g);
        return reason_prefix(why, r, "%s", path);
    }
    *ret = g;
    return 0;
}

void gguf_close(struct gguf *g)
{
    if (!g)
        return;
    give_back(g);
    if (g->fd >= 0)
        close(g->fd);
    free(g->keys);
    free(g->tensors);
    free(g);
}

const uint8_t *gguf_bytes(const struct gguf *g, size_t *ret_size)
{
    *ret_size = g->size;
    return g->data;
}

bool gguf_has(const struct gguf *g, const char *key)
{
    for (size_t i = 0; i < g->n_keys; i++)
        if (gguf_walk_same(g->keys[i].name, g->keys[i].n_name, key, strlen(key)))
            return true;
    return false;
}

/* NULL, with why filled, where there is no such key of this type: the model is then -EBADMSG. */
static const struct gguf_key *find_key(const struct gguf *g, const char *name, uint32_t type,
                                       struct reason *why)
{
    for (size_t i = 0; i < g->n_keys; i++) {
        const struct gguf_key *k = &g->keys[i];
        if (!gguf_walk_same(k->name, k->n_name, name, strlen(name)))
            continue;
        if (k->type == type)
            return k;
        reason_set(why, EBADMSG, "key '%s' at byte %zu is of type %s, expected %s", name, k->at,
                   gguf_walk_type_name(k->type), gguf_walk_type_name(type));
        return NULL;
    }
    reason_set(why, EBADMSG, "key '%s' is missing", name);
    return NULL;
}

int gguf_u32(const struct gguf *g, const char *key, uint32_t *ret, struct reason *why)
{
    const struct gguf_key *k = find_key(g, key, GGUF_U32, why);
    if (!k)
        return -EBADMSG;
    memcpy(ret, g->data + k->at, sizeof(*ret));
    return 0;
}

int gguf_number(const struct gguf *g, const char *key, uint32_t min, uint32_t max,
                uint32_t multiple, int *ret, struct reason *why)
{
    uint32_t v;
    int r = gguf_u32(g, key, &v, why);
    if (r < 0)
        return r;
    if (v < min || v > max)
        return reason_set(why, EBADMSG, "key '%s' is %u, expected %u to %u", key, v, min, max);
    if (v % multiple != 0)
        return reason_set(why, EBADMSG, "key '%s' is %u, expected a multiple of %u", key, v,
                          multiple);
    *ret = (int)v;
    return 0;
}

int gguf_f32(const struct gguf *g, const char *key, float *ret, struct reason *why)
{
    const struct gguf_key *k = find_key(g, key, GGUF_F32, why);
    if (!k)
        return -EBADMSG;
    memcpy(ret, g->data + k->at, sizeof(*ret));
    return 0;
}

int gguf_bool(const struct gguf *g, const char *key, bool *ret, struct reason *why)
{
    const struct gguf_key *k = find_key(g, key, GGUF_BOOL, why);
    if (!k)
        return -EBADMSG;
    if (g->data[k->at] > 1)
        return reason_set(why, EBADMSG, "key '%s' at byte %zu is a bool of value %u", key, k->at,
                          g->data[k->at]);
    *ret = g->data[k->at];
    return 0;
}

static int copy_string(const struct gguf *g, const char *key, size_t at, size_t n, char *ret,
                       size_t size, struct reason *why)
{
    if (n == 0 || n >= size)
        return reason_set(why, EBADMSG,
                          "key '%s' at byte %zu: a string of %zu bytes, 1 to %zu allowed", key, at,
                          n, size - 1);
    for (size_t i = 0; i < n; i++)
        if (g->data[at + i] < 0x20 || g->data[at + i] > 0x7e)
            return reason_set(why, EBADMSG, "key '%s' at byte %zu: not printable ASCII", key,
                              at + i);
    memcpy(ret, g->data + at, n);
    ret[n] = '\0';
    return 0;
}

int gguf_string(const struct gguf *g, const char *key, char *ret, size_t size, struct reason *why)
{
    const struct gguf_key *k = find_key(g, key, GGUF_STRING, why);
    return k ? copy_string(g, key, k->at, (size_t)k->n, ret, size, why) : -EBADMSG;
}

int gguf_array(const struct gguf *g, const char *key, enum gguf_type type, size_t n_min,
               size_t n_max, struct gguf_array *ret, struct reason *why)
{
    const struct gguf_key *k = find_key(g, key, GGUF_ARRAY, why);
    if (!k)
        return -EBADMSG;
    if (k->item_type != type)
        return reason_set(why, EBADMSG, "key '%s' at byte %zu is an array of %s, expected %s", key,
                          k->at, gguf_walk_type_name(k->item_type), gguf_walk_type_name(type));
    if (k->n < n_min || k->n > n_max)
        return reason_set(why, EBADMSG,
                          "key '%s' at byte %zu has %llu elements, expected %zu to %zu", key, k->at,
                          (unsigned long long)k->n, n_min, n_max);
    *ret = (struct gguf_array){key, type, (size_t)k->n, k->at};
    return 0;
}

uint32_t gguf_array_u32(const struct gguf *g, const struct gguf_array *a, size_t i)
{
    uint32_t v;
    memcpy(&v, g->data + a->at + i * sizeof(v), sizeof(v));
    return v;
}

float gguf_array_f32(const struct gguf *g, const struct gguf_array *a, size_t i)
{
    float v;
    memcpy(&v, g->data + a->at + i * sizeof(v), sizeof(v));
    return v;
}

int gguf_array_string(const struct gguf *g, const struct gguf_array *a, size_t i, char *ret,
                      size_t size, struct reason *why)
{
    size_t at = a->at; /* the walk has checked every length on the way */
    for (;; i--) {
        uint64_t n;
        memcpy(&n, g->data + at, sizeof(n));
        at += sizeof(n);
        if (i == 0)
            return copy_string(g, a->name, at, (size_t)n, ret, size, why);
        at += (size_t)n;
    }
}

static const struct gguf_tensor *find_tensor(const struct gguf *g, const char *name)
{
    for (size_t i = 0; i < g->n_tensors; i++)
        if (gguf_walk_same(g->tensors[i].name, g->tensors[i].n_name, name, strlen(name)))
            return &g->tensors[i];
    return NULL;
}

static int missing(const char *name, struct reason *why)
{
    return reason_set(why, EBADMSG, "tensor '%s' is missing", name);
}

static int check_shape(const struct gguf_tensor *t, const char *name, size_t rows, size_t cols,
                       struct reason *why)
{
    if (t->dim[0] == cols && (rows == 0 ? t->n_dims == 1 : t->n_dims == 2 && t->dim[1] == rows))
        return 0;
    char want[48], got[100] = "";
    size_t at = 0;
    if (rows == 0)
        snprintf(want, sizeof(want), "%zu", cols);
    else
        snprintf(want, sizeof(want), "%zu, %zu", cols, rows);
    for (uint32_t i = 0; i < t->n_dims; i++)
        at += (size_t)snprintf(got + at, sizeof(got) - at, "%s%llu", i ? ", " : "",
                               (unsigned long long)t->dim[i]);
    return reason_set(why, EBADMSG, "tensor '%s' at byte %zu has dimensions [%s], expected [%s]",
                      name, t->info_at, got, want);
}

int gguf_tensor(const struct gguf *g, const char *name, enum gguf_tensor_type type, size_t rows,
                size_t cols, const void **ret, size_t *ret_at, struct reason *why)
{
    const struct gguf_tensor *t = find_tensor(g, name);
    if (!t)
        return missing(name, why);
    if (t->type != (uint32_t)type)
        return reason_set(why, EBADMSG, "tensor '%s' at byte %zu is of type %u, expected %s (%u)",
                          name, t->info_at, t->type, type == GGUF_TENSOR_I8 ? "I8" : "F32",
                          (unsigned)type);
    int r = check_shape(t, name, rows, cols, why);
    if (r < 0)
        return r;
    *ret = g->data + t->offset;
    *ret_at = (size_t)t->offset;
    return 0;
}

size_t gguf_rows(const struct gguf *g, const char *name)
{
    const struct gguf_tensor *t = find_tensor(g, name);
    return !t ? 0 : t->n_dims == 1 ? 1 : (size_t)t->dim[1];
}

int gguf_tensor_type(const struct gguf *g, const char *name, size_t rows, size_t cols,
                     enum gguf_tensor_type *ret, struct reason *why)
{
    const struct gguf_tensor *t = find_tensor(g, name);
    if (!t)
        return missing(name, why);
    if (t->bytes == 0)
        return reason_set(why, EBADMSG,
                          "tensor '%s' at byte %zu is of type %u, expected F32 (%d), F16 (%d), "
                          "Q8_0 (%d) or I8 (%d)",
                          name, t->info_at, t->type, GGUF_TENSOR_F32, GGUF_TENSOR_F16,
                          GGUF_TENSOR_Q8_0, GGUF_TENSOR_I8);
    *ret = (enum gguf_tensor_type)t->type;
    return check_shape(t, name, rows, cols, why);
}
