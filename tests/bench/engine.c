/* The engine as a library that a Python script can load, so that it is timed in one process
 * and in turns with others. For tests/bench/engine.py only. */
#include <math.h>
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

struct heads { /* of attention, each (n, d); all but the last three are Python's */
    const struct kernel *kernel;
    int n_heads, n, d;
    const float *q, *k, *v;
    float *y;
    float *keys, *scores, *zeros;
};

struct heads *engine_heads(int n_heads, int n, int d, const float *q, const float *k, const float *v,
                           float *y);
void engine_attend(const struct heads *h);
struct engine *engine_open(const char *path, const char *kernel, int threads, char *why,
                           size_t size);
int engine_width(const struct engine *e);
int engine_run(struct engine *e, const uint16_t *ids, int n, float *hidden, float *pooled);
double engine_peak(const char *kernel, int rounds);
const char *engine_kernel(void);

struct engine *engine_open(const char *path, const char *kernel, int threads, char *why,
                           size_t size)
{
    struct reason reason = {.text = ""};
    const struct kernel *k;
    struct engine *e = calloc(1, sizeof(*e));
    int r = e ? kernel_select(kernel, &k, &reason) : -ENOMEM;
    if (r == 0)
        r = bert_is(path) ? bert_open(path, k, &e->bert, &reason)
                          : model_open(path, k, &e->model, &reason);
    if (r == 0)
        r = e->bert ? bert_scratch_new_team(e->bert, threads, &e->bert_scratch)
                    : scratch_new_team(e->model, threads, &e->scratch);
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

static float *floats(int n)
{
    float *p = aligned_alloc(64, (size_t)n * sizeof(float)); /* n: a multiple of 16 */
    for (int i = 0; p && i < n; i++)
        p[i] = 0;
    return p;
}

struct heads *engine_heads(int n_heads, int n, int d, const float *q, const float *k, const float *v,
                           float *y)
{
    struct heads *h = calloc(1, sizeof(*h));
    if (!h || n < 1 || d < 1 || n % KEY_BLOCK || d % 16 || n > 4096 || d > 1024 ||
        kernel_select("auto", &h->kernel, NULL) < 0)
        return NULL;
    h->n_heads = n_heads, h->n = n, h->d = d;
    h->q = q, h->k = k, h->v = v, h->y = y;
    h->keys = floats(n * d);
    h->scores = floats(ATTEND_ROWS * n);
    h->zeros = floats(2 * n);
    return h->keys && h->scores && h->zeros ? h : NULL;
}

/* y = softmax(q k^T / sqrt(d)) v, keys put into their order each time, as encoders do */
void engine_attend(const struct heads *h)
{
    for (int i = 0; i < h->n_heads; i++) {
        size_t at = (size_t)i * (size_t)h->n * (size_t)h->d;
        h->kernel->put_keys(h->n, h->d, h->k + at, h->d, 0, h->keys, KEY_BLOCK * h->d);
        const struct attend a = {
            .n = h->n, .d = h->d, .n_keys = h->n,
            .q = h->q + at, .keys = h->keys, .v = h->v + at, .bias = h->zeros + h->n,
            .scale = ATTEND_LOG2E / sqrtf((float)h->d),
            .y = h->y + at, .s = h->scores,
            .q_stride = h->d, .key_stride = KEY_BLOCK * h->d, .v_stride = h->d, .y_stride = h->d,
        };
        h->kernel->attend(&a);
    }
}
