/* What `earshot infer` does for all kinds of models (infer.c), and for BERT-like ones
 * (infer_bert.c). One thread. */
#ifndef DAEMON_TOOL_INFER_H
#define DAEMON_TOOL_INFER_H

#include "daemon/tool/tool.h"

/* One line: which row of its kind (count: "token", "text"), then its values. */
void infer_print_row(bool json, const char *count, uint64_t at, const char *kind, int n,
                     const float *value);

/* Token ids of a file, "-" standard input, by npy_read_ids(). */
int infer_read_ids(const char *path, uint16_t **ret, size_t *ret_rows, size_t *ret_columns,
                   struct reason *why);

/* Whether the file is a model that infer_other() runs; false too when it cannot be read. */
bool infer_is_other(const char *path);
/* All texts that the words name; an exit code. hidden, kernel: NULL without that option. */
int infer_other(const struct tool_args *args, const char *path, const char *kernel, int threads,
                const char *hidden, bool json);

#endif
