/* earshot infer of a BERT-like model: each file of ids is one text. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/memory.h"
#include "daemon/tool/infer.h"
#include "infer/bert.h"

struct run {
    const struct bert *model;
    struct bert_scratch *scratch;
    float *hidden, *pooled, *head; /* (window, d), (d), (n_labels) */
    bool want_hidden, json;
};

bool infer_is_other(const char *path)
{
    return bert_is(path);
}

static int check(const struct bert *m, const uint16_t *ids, size_t n, size_t columns,
                 struct reason *why)
{
    if (n == 0)
        return reason_set(why, EBADMSG, "no tokens");
    if (columns > 2)
        return reason_set(why, EBADMSG, "%zu numbers a token, expected its id and perhaps its type",
                          columns);
    if (n > (size_t)m->window)
        return reason_set(why, EBADMSG, "%zu tokens, the model takes %d", n, m->window);
    int types = m->n_types ? m->n_types : 1;
    for (size_t i = 0; i < n; i++) {
        if (ids[i * columns] >= m->vocabulary)
            return reason_set(why, EBADMSG, "token %zu: id %u, the model has %d", i + 1,
                              ids[i * columns], m->vocabulary);
        if (columns > 1 && ids[i * columns + 1] >= types)
            return reason_set(why, EBADMSG, "token %zu: type %u, the model has %d", i + 1,
                              ids[i * columns + 1], types);
    }
    return 0;
}

static int run_text(const struct run *r, const char *path, uint64_t number)
{
    const struct bert *m = r->model;
    struct reason why;
    uint16_t *ids = NULL;
    size_t n = 0, columns = 0;
    int err = infer_read_ids(path, &ids, &n, &columns, &why);
    if (err == 0)
        err = check(m, ids, n, columns, &why);
    if (err < 0) {
        tool_complain_of(path, &why);
        free(ids);
        return tool_exit(err);
    }
    if (bert_run(m, r->scratch, ids, (int)n, (int)columns, r->hidden, r->pooled, r->head) < 0) {
        tool_complain("the model's file cannot be read any more");
        free(ids);
        return EX_IOERR;
    }
    for (size_t t = 0; r->want_hidden && t < n; t++)
        infer_print_row(r->json, "token", t + 1, "hidden", m->d, r->hidden + t * (size_t)m->d);
    if (!r->want_hidden && m->n_labels)
        infer_print_row(r->json, "text", number, "logits", m->n_labels, r->head);
    else if (!r->want_hidden)
        infer_print_row(r->json, "text", number, "embedding", m->d, r->pooled);
    free(ids);
    return EX_OK;
}

static int run_all(struct run *r, const struct tool_args *args, int threads)
{
    size_t d = (size_t)r->model->d;
    r->hidden = calloc((size_t)r->model->window, d * sizeof(float));
    r->pooled = calloc(d, sizeof(float));
    r->head = calloc((size_t)r->model->n_labels + 1, sizeof(float));
    if (!r->hidden || !r->pooled || !r->head || bert_scratch_new_team(r->model, threads, &r->scratch) < 0) {
        tool_complain("no memory, or not so many threads");
        return EX_OSERR;
    }
    int code = args->n_words == 0 ? run_text(r, "-", 1) : EX_OK;
    for (int i = 0; i < args->n_words && code == EX_OK; i++)
        code = run_text(r, args->word[i], (uint64_t)i + 1);
    return tool_finish(code);
}

/* What binding a hundred libraries touched, several times what a small model needs */
static void drop_start(void)
{
    struct memory *m = memory_new();
    memory_drop(m);
    memory_free(m);
}

int infer_other(const struct tool_args *args, const char *path, const char *kernel, int threads,
                const char *hidden, bool json)
{
    struct run r = {.want_hidden = hidden != NULL, .json = json};
    struct reason why;
    const struct kernel *k;
    int code = tool_kernel(kernel, &k);
    if (code != EX_OK)
        return code;
    drop_start();
    int err = bert_open(path, k, &r.model, &why);
    if (err < 0) {
        tool_complain("%s", why.text);
        return tool_exit(err);
    }
    code = run_all(&r, args, threads);
    bert_scratch_free(r.scratch);
    bert_close(r.model);
    free(r.hidden);
    free(r.pooled);
    free(r.head);
    return code;
}
