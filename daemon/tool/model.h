/* What is done with model files: for `earshot model` and `doctor`. Exit codes, after complaints. */
#ifndef DAEMON_TOOL_MODEL_H
#define DAEMON_TOOL_MODEL_H

#include "daemon/tool/verify.h"

struct model;

/* verify_kernels() of m, which was opened from path (NULL: the shipped one). */
int model_verify(const struct model *m, const char *path, struct verdict *ret);

/* The same for a BERT-like encoder, which `earshot infer` runs and the daemon does not:
 * info or verify on standard output. */
bool model_is_bert(const char *path);
int model_bert(const char *path, bool is_info, bool json);

/* Puts a copy of the model in path where the daemon with these settings (NULL: the usual
 * ones) opens its own, after all that verify does and a look at the settings' labels. Says
 * what was done on standard output. */
int model_apply(const char *path, const char *config, bool json);

#endif
