/* Whether this box computes a model right: for `earshot model verify` and `doctor`. */
#ifndef DAEMON_TOOL_MODEL_H
#define DAEMON_TOOL_MODEL_H

#include <stdio.h>

struct model;

/* Runs m, which was opened from path (NULL: the shipped one), in every kernel of this
 * machine and compares bit for bit with plain C; a line on each into out. EX_OK, or an exit
 * code after complaints; name is what the last line calls it. */
int model_verify(const struct model *m, const char *path, const char *name, FILE *out);

#endif
