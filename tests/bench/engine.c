/* The engine as a library that a Python script can load, so that it is timed in one process
 * and in turns with others. For tests/bench/engine.py only. */
#include <stdio.h>
#include <stdlib.h>

#include "config/base.h"
#include "infer/bert.h"
#include "infer/encoder.h"

struct engine {
    const struct bert *bert; /* one of the two */
    const struct model *model;
    struct bert_scratch *bert_scratch;
    struct scratch *scratch;
};

struct engine *engine_open(const char *path, const char *kernel, char *why, size_t size);
int engine_width(const struct engine *e);
int engine_run(struct engine *e, const uint16_t *ids, int n, float *hidden, float *pooled);
double engine_peak(const char *kernel, int rounds);
const char *engine_kernel(void);

struct engine *engine_open(const char *path, const char *kernel, char *why, size_t size)
{
    struct reason reason = {.text = ""};
    const struct kernel *k;
    struct engine *e = calloc(1, sizeof(*e));
    int r = e ? kernel_select(kernel, &k, &reason) : -ENOMEM;
    if (r == 0)
        r = bert_is(path) ? bert_open(path, k, &e->bert, &reason)
                          : model_open(path, k, &e->model, &reason);
    if (r == 0)
        r = e->bert ? bert_scratch_new(e->bert, &e->bert_scratch)
                    : scratch_new(e->model, &e->scratch);
    snprintf(why, size, "%s", reason.text);
    return r == 0 ? e : NULL; /* what failed ends with the process */
}

int engine_width(const struct engine *e)
{
    return e->bert ? e->bert->d : e->model->d;
}

int engine_run(struct engine *e, const uint16_t *ids, int n, float *hidden, float *pooled)
{
    if (e->bert)
        return bert_run(e->bert, e->bert_scratch, ids, n, 1, hidden, pooled, NULL);
    return encoder_window(e->model, e->scratch, ids, n, hidden, NULL);
}

/* int8 products a second, 0 where nobody knows */
double engine_peak(const char *kernel, int rounds)
{
    const struct kernel *k;
    if (kernel_select(kernel, &k, NULL) < 0 || !k->peak)
        return 0;
    int64_t from = clock_boot_ns();
    double products = (double)k->peak(rounds);
    return products * 1e9 / (double)(clock_boot_ns() - from);
}

const char *engine_kernel(void)
{
    const struct kernel *k;
    return kernel_select(NULL, &k, NULL) < 0 ? "" : k->name;
}
