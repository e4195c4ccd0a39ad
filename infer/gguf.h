/* A GGUF 3 file, mapped read-only and walked once.
 *
 * gguf_open visits every key and every tensor description with a cursor that
 * cannot leave the file: each count, length, dimension and offset is checked
 * before it is used, names are unique, tensors lie inside the data and do not
 * overlap. After that a look-up only has to say whether what the file holds is
 * what was asked for. infer/model.c and infer/bert.c are the users. A file object is
 * immutable and may be read by any thread; what look-ups return points into the mapping
 * and lives until gguf_close.
 *
 * Every failure is -EBADMSG with a sentence that names the key or tensor and the
 * byte of the file where it stands, but for the errors of open(2) and -ENOMEM.
 * The file must not be written to while it is open: replace it by rename. */
#ifndef INFER_GGUF_H
#define INFER_GGUF_H

#include "config/reason.h"

enum gguf_type {
    GGUF_U8, GGUF_I8, GGUF_U16, GGUF_I16, GGUF_U32, GGUF_I32, GGUF_F32,
    GGUF_BOOL, GGUF_STRING, GGUF_ARRAY, GGUF_U64, GGUF_I64, GGUF_F64,
};

enum gguf_tensor_type { /* ggml's numbers */
    GGUF_TENSOR_F32 = 0,
    GGUF_TENSOR_F16 = 1,
    GGUF_TENSOR_Q8_0 = 8, /* blocks of 32 in a row: an F16 scale, then 32 int8 */
    GGUF_TENSOR_I8 = 24,
};

enum { GGUF_Q8_0_BLOCK = 32, GGUF_Q8_0_BYTES = 34 };

enum {
    GGUF_MAX_BYTES = 256 << 20,
    GGUF_MAX_KEYS = 1024,
    GGUF_MAX_TENSORS = 2048,
    GGUF_MAX_NAME = 255,     /* bytes of a key's or tensor's name */
    GGUF_MAX_STRING = 65535, /* bytes of a string value */
    GGUF_MAX_DIMS = 4,
    GGUF_ALIGNMENT = 32,
};

struct gguf_array { /* of strings, f32 or u32 */
    const char *name;    /* of the key, for complaints */
    enum gguf_type type;
    size_t n;
    size_t at;           /* byte where the elements begin */
};

struct gguf;

int gguf_open(const char *path, struct gguf **ret, struct reason *why);
void gguf_close(struct gguf *g); /* NULL is fine */

const uint8_t *gguf_bytes(const struct gguf *g, size_t *ret_size); /* the whole file */

/* What lies there was read and is not needed soon: it leaves memory, and comes
 * back from the file when it is read again. */
void gguf_drop(const struct gguf *g, const void *p, size_t bytes);

/* Copies what lies at p without bringing it into the mapping's memory: a page touched there
 * brings its fifteen neighbours along. -EIO: the file cannot be read any more. */
int gguf_read(const struct gguf *g, const void *p, size_t bytes, void *ret);

bool gguf_has(const struct gguf *g, const char *key);

/* Values of keys. A missing key or one of another type is -EBADMSG. */
int gguf_u32(const struct gguf *g, const char *key, uint32_t *ret, struct reason *why);
int gguf_f32(const struct gguf *g, const char *key, float *ret, struct reason *why);
int gguf_bool(const struct gguf *g, const char *key, bool *ret, struct reason *why);
/* A uint32 of min..max that is a multiple of `multiple`. */
int gguf_number(const struct gguf *g, const char *key, uint32_t min, uint32_t max,
                uint32_t multiple, int *ret, struct reason *why);
/* Copied and terminated; -EBADMSG when it is empty, does not fit into `size`
 * or holds anything but printable ASCII. */
int gguf_string(const struct gguf *g, const char *key, char *ret, size_t size, struct reason *why);

/* An array of n_min..n_max elements of `type`, and its elements; i < n. */
int gguf_array(const struct gguf *g, const char *key, enum gguf_type type, size_t n_min,
               size_t n_max, struct gguf_array *ret, struct reason *why);
uint32_t gguf_array_u32(const struct gguf *g, const struct gguf_array *a, size_t i);
float gguf_array_f32(const struct gguf *g, const struct gguf_array *a, size_t i);
int gguf_array_string(const struct gguf *g, const struct gguf_array *a, size_t i, char *ret,
                      size_t size, struct reason *why);

/* The data of a tensor of this type and shape, (rows, cols) row-major, or (cols)
 * when rows is 0; 32-byte aligned. ret_at: its byte in the file. */
int gguf_tensor(const struct gguf *g, const char *name, enum gguf_tensor_type type, size_t rows,
                size_t cols, const void **ret, size_t *ret_at, struct reason *why);

/* Rows of a tensor that may be missing (0); a vector has 1. The type of one of this shape,
 * which is one of the four above; else -EBADMSG. */
size_t gguf_rows(const struct gguf *g, const char *name);
int gguf_tensor_type(const struct gguf *g, const char *name, size_t rows, size_t cols,
                     enum gguf_tensor_type *ret, struct reason *why);

#endif
