/* What the walk over a GGUF file finds; private to infer/gguf*.c. */
#ifndef INFER_GGUF_WALK_H
#define INFER_GGUF_WALK_H

#include <string.h>

#include "infer/gguf.h"

struct gguf_key {
    const char *name; /* n_name bytes in the file, not terminated */
    size_t n_name;
    uint32_t type;
    uint32_t item_type; /* of an array */
    uint64_t n;         /* elements of an array, bytes of a string */
    size_t at;          /* byte of the value: first element, first character */
};

struct gguf_tensor {
    const char *name;
    size_t n_name;
    size_t info_at; /* byte of its description */
    uint32_t n_dims, type;
    uint64_t dim[GGUF_MAX_DIMS]; /* innermost first */
    uint64_t offset;             /* from data_at, then from the file's beginning */
    size_t bytes;                /* 0: a type we do not know */
};

struct gguf {
    int fd;
    const uint8_t *data;
    size_t size, data_at;
    size_t n_keys, n_tensors;
    struct gguf_key *keys;
    struct gguf_tensor *tensors;
};

/* Fills everything but fd, data and size, which are there; on failure the caller
 * still frees keys and tensors. -EBADMSG, -ENOMEM. */
int gguf_walk(struct gguf *g, struct reason *why);

const char *gguf_walk_type_name(uint32_t type);

static inline bool gguf_walk_same(const char *a, size_t n_a, const char *b, size_t n_b)
{
    return n_a == n_b && memcmp(a, b, n_a) == 0;
}

#endif
