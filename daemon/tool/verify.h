/* A model in every kernel of this machine against plain C, bit for bit: for `earshot model`
 * and `doctor`. One thread. */
#ifndef DAEMON_TOOL_VERIFY_H
#define DAEMON_TOOL_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct kernel;

enum { VERIFY_MAX_KERNELS = 16 };

struct verdict {
    bool finite;   /* all outputs of plain C are numbers within reason */
    int n_kernels; /* that run here, plain C first; 0: not even that came to an end */
    struct {
        const char *name;
        bool equal;
    } kernel[VERIFY_MAX_KERNELS];
};

/* The n outputs of the model in path under k, for the same input at every call; opened anew,
 * because weights are packed for one kernel. An exit code, after complaints. */
typedef int verify_run(const char *path, const struct kernel *k, size_t n, float *ret);

/* EX_OK when the model is good, EX_DATAERR when its outputs are not finite, EX_SOFTWARE when
 * a kernel is not equal; any other exit code after complaints. */
int verify_kernels(verify_run *run, const char *path, size_t n, struct verdict *ret);

/* A line a kernel and a last one with the name of the file; nothing where n_kernels is 0. */
void verify_say(const struct verdict *v, const char *file, FILE *out);

/* {"schema": "earshot.verify/1", …}: one line, as config/integrations/schema/verify.json has it. */
void verify_json(const struct verdict *v, const char *file, const char *model, FILE *out);

#endif
