/* Token ids from a file that a person or NumPy wrote. */
#ifndef DAEMON_TOOL_NPY_H
#define DAEMON_TOOL_NPY_H

#include <stdio.h>

#include "config/reason.h"

/* Rows of ids: a .npy array (rows, columns) of unsigned or signed whole numbers up
 * to 64 bits, C order, or text, one row a line, numbers between blanks. *ret is
 * (rows, columns), the caller's, free(). -EBADMSG: neither, a number over 65,535
 * or below 0, rows of different length, more than max_rows. -ENOMEM, -EIO. */
int npy_read_ids(FILE *in, size_t max_rows, uint16_t **ret, size_t *ret_rows, size_t *ret_columns,
                 struct reason *why);

#endif
