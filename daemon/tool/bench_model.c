#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/tool/bench.h"
#include "daemon/tool/tool.h"
#include "infer/encoder.h"
#include "infer/synth.h"

enum { MOST_STREAMS = 16 };

struct load {
    const struct model *model;
    struct scratch *scratch;
    int n_tokens, n_streams;
    uint16_t *ids; /* (n_tokens, n_books), the same for all streams */
    struct stream *stream[MOST_STREAMS];
    struct encoder_job job[MOST_STREAMS];
    struct scores out[MOST_STREAMS][ENCODER_MAX_ROWS + 1];
    void *bytes; /* bench_weights: what is read */
    size_t n_bytes;
    const void *found;
};

static void load_done(void *of)
{
    struct load *l = of;
    for (int i = 0; i < l->n_streams; i++)
        stream_free(l->stream[i]);
    scratch_free(l->scratch);
    model_close(l->model);
    free(l->bytes);
    free(l->ids);
    free(l);
}

static int no_memory(struct load *l)
{
    tool_complain("bench: out of memory");
    if (l)
        load_done(l);
    return EX_OSERR;
}

/* Products of one token in all layers */
static double products_of(const struct model *m)
{
    return (double)m->n_layers * m->d * (4.0 * m->d + 2.0 * m->ff);
}

/* Ids and working memory for n tokens; l->model is open. */
static bool prepare(struct load *l, int n_tokens, int threads)
{
    const struct model *m = l->model;
    size_t n = (size_t)n_tokens * (size_t)m->books.n;
    l->n_tokens = n_tokens;
    l->ids = calloc(n, sizeof(*l->ids));
    if (!l->ids || scratch_new_team(m, threads, &l->scratch) < 0)
        return false;
    for (size_t i = 0; i < n; i++)
        l->ids[i] = (uint16_t)(i * 37 % (size_t)m->books.codes);
    return true;
}

/* The file has no name and is gone with the mapping. */
static int open_random(const struct synth_shape *shape, const struct kernel *k,
                       const struct model **ret, struct reason *why)
{
    char path[64];
    int fd = memfd_create("earshot-bench", MFD_CLOEXEC);
    if (fd < 0)
        return reason_set(why, errno, "memfd_create: %s", strerror(errno));
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    int r = synth_write(path, shape, 1, why);
    if (r == 0)
        r = model_open(path, k, ret, why);
    close(fd);
    return r;
}

static void run_window(void *of)
{
    struct load *l = of;
    float logits[MODEL_MAX_LABELS + 1];
    encoder_window(l->model, l->scratch, l->ids, l->n_tokens, NULL, logits);
}

int bench_encoder(const struct bench_case *c, const struct bench_env *e, struct bench *ret)
{
    struct synth_shape shape = synth_edge();
    struct reason why;
    struct load *l = calloc(1, sizeof(*l));
    if (!l)
        return no_memory(l);
    shape.window = c->size[0];
    shape.d = c->size[1];
    shape.n_heads = c->size[2];
    shape.ff = c->size[3];
    shape.causal = false;
    int err = open_random(&shape, e->kernel, &l->model, &why);
    if (err < 0) {
        tool_complain("bench: %s", why.text);
        load_done(l);
        return tool_exit(err);
    }
    if (!prepare(l, shape.window, c->size[4]))
        return no_memory(l);
    *ret = (struct bench){run_window, load_done, l, products_of(l->model) * l->n_tokens, 0, c->size[4]};
    return EX_OK;
}

static void run_step(void *of)
{
    struct load *l = of;
    encoder_step(l->model, l->scratch, l->job, (size_t)l->n_streams);
}

int bench_stream(const struct bench_case *c, const struct bench_env *e, struct bench *ret)
{
    struct load *l = calloc(1, sizeof(*l));
    int n_tokens = c->size[0], n_streams = c->size[1];
    if (!l)
        return no_memory(l);
    int code = tool_model(e->model, e->kernel, &l->model);
    if (code != EX_OK || !l->model->causal) {
        if (code == EX_OK)
            tool_complain("bench: %s does not stream", l->model->name);
        load_done(l);
        return code == EX_OK ? EX_DATAERR : code;
    }
    if (!prepare(l, n_tokens, 1))
        return no_memory(l);
    for (int i = 0; i < n_streams; i++) {
        if (stream_new(l->model, n_tokens, &l->stream[i]) < 0)
            return no_memory(l);
        l->n_streams++;
        l->job[i] = (struct encoder_job){l->stream[i], l->ids, n_tokens, l->out[i], 0};
    }
    for (int i = 0; i < l->model->window; i += n_tokens) /* fills the caches */
        run_step(l);
    double products = products_of(l->model) * n_tokens * n_streams;
    *ret = (struct bench){run_step, load_done, l, products, 0, 1};
    return EX_OK;
}

static void run_read(void *of)
{
    struct load *l = of;
    l->found = memchr(l->bytes, 1, l->n_bytes); /* nowhere: reads all, as fast as it goes */
}

int bench_weights(const struct bench_case *c, const struct bench_env *e, struct bench *ret)
{
    struct load *l = calloc(1, sizeof(*l));
    if (!l)
        return no_memory(l);
    int code = tool_model(e->model, NULL, &l->model);
    if (code != EX_OK) {
        load_done(l);
        return code;
    }
    l->n_bytes = (size_t)products_of(l->model); /* a byte each */
    l->bytes = malloc(l->n_bytes);
    if (!l->bytes)
        return no_memory(l);
    memset(l->bytes, 2, l->n_bytes);
    *ret = (struct bench){run_read, load_done, l, 0, (double)l->n_bytes, 1};
    return EX_OK;
}
