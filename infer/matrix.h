/* A matrix of a model file in any of the types that an encoder may have: F32, F16, Q8_0,
 * or I8 with one scale a row (tensors NAME.weight and NAME.scale). infer/bert.c is the
 * user. All values are checked when it is bound, so rows need no look later. */
#ifndef INFER_MATRIX_H
#define INFER_MATRIX_H

#include "infer/gguf.h"

struct matrix { /* points into the file */
    enum gguf_tensor_type type;
    size_t rows, cols;
    const void *data;
    const float *scale; /* (rows) of I8 */
};

/* NAME.weight of this shape. -EBADMSG: missing, of another shape or type, a value that is
 * not finite, an I8 of -128. */
int matrix_bind(const struct gguf *g, const char *name, size_t rows, size_t cols,
                struct matrix *ret, struct reason *why);

/* A vector of F32, all finite, by its full name. */
int matrix_vector(const struct gguf *g, const char *name, size_t n, const float **ret,
                  struct reason *why);

/* Row i as floats (cols); i < rows. */
void matrix_row(const struct matrix *m, size_t i, float *ret);

/* The same of a table of which few rows are wanted now and then: of a large one it leaves no
 * page in memory, as gguf_read(). At most MATRIX_READ_COLS columns. -EIO. */
enum { MATRIX_READ_COLS = 1024, MATRIX_SMALL = 1 << 20 };
int matrix_read(const struct gguf *g, const struct matrix *m, size_t i, float *ret);

/* It was read and is not needed soon: gguf_drop(). */
void matrix_drop(const struct gguf *g, const struct matrix *m);

#endif
