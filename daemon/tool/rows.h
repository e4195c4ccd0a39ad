/* Rows of numbers on their way out: text, a NumPy array, or a packed stream.
 *
 *   ROWS_TSV     one row a line, tab between columns
 *   ROWS_NPY     one .npy array (rows, width) of all clips one after another
 *   ROWS_PACKED  a clip: uint32 number of rows, then the rows; little endian;
 *                written out clip by clip, so that a program can hold a dialogue
 *
 * The index, if asked for, has a line a clip: first row, number of rows, name.
 * One thread. After a failed write the rest is dropped and rows_close() says so. */
#ifndef DAEMON_TOOL_ROWS_H
#define DAEMON_TOOL_ROWS_H

#include <stdio.h>

#include "config/reason.h"

enum rows_format { ROWS_TSV, ROWS_NPY, ROWS_PACKED };
enum rows_type { ROWS_F32, ROWS_U16 };

struct rows_params {
    enum rows_format format;
    enum rows_type type;
    int width;         /* numbers a row */
    const char *path;  /* NULL: standard output */
    const char *index; /* NULL: none */
};

struct rows;

int rows_open(const struct rows_params *p, struct rows **ret, struct reason *why);

/* n rows, row by row, of the type; -EIO … or -ENOMEM. */
int rows_add(struct rows *r, const void *values, size_t n);

/* The clip is complete. */
int rows_end_clip(struct rows *r, const char *name);

/* Completes what must be, frees; a first failure anywhere on the way, else 0. NULL is fine. */
int rows_close(struct rows *r, struct reason *why);

#endif
