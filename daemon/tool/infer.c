/* earshot infer: token ids to scores, without any sound. For looking at a model,
 * and for comparing it with another program that holds the same weights. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/commands.h"
#include "daemon/tool/infer.h"
#include "daemon/tool/json.h"
#include "daemon/tool/npy.h"
#include "infer/encoder.h"
#include "infer/team.h"

enum { OPT_MODEL, OPT_KERNEL, OPT_HOP, OPT_LOGITS, OPT_HIDDEN, OPT_JSON, OPT_THREADS };
enum { TOKENS_MAX = 1 << 20 };

#ifdef __wasi__ /* models of other kinds need room that there is not */
static const bool others = false;
#define ABOUT_OTHERS
#define OPTIONS_OF_OTHERS
#define NO_SCRATCH "out of memory"
#else
static const bool others = true;
#define NO_SCRATCH "no memory, or not so many threads"
#define OPTIONS_OF_OTHERS                                                                          \
    [OPT_THREADS] = {"threads", "N", "share a text or a window, 1 to 16 (1)"},
#define ABOUT_OTHERS                                                                               \
    "A BERT-like model (FILE of architecture bert) takes any number of FILEs, each a\n"            \
    "text: an id a line, its token type behind it where that is not 0. It answers\n"               \
    "with one line a text: the outputs of its head, else the pooled embedding.\n"
#endif

struct run {
    const struct model *model;
    struct scratch *scratch;
    const uint16_t *ids;
    int n;
    int hop;
    bool json;
};

void infer_print_row(bool json, const char *count, uint64_t at, const char *kind, int n,
                     const float *value)
{
    if (json)
        printf("{\"%s\": %llu, \"%s\": [", count, (unsigned long long)at, kind);
    else
        printf("%llu", (unsigned long long)at);
    for (int i = 0; i < n; i++)
        printf("%s%.9g", json ? (i ? ", " : "") : "\t", (double)value[i]);
    printf(json ? "]}\n" : "\n");
}

static void print_row(const struct run *r, uint64_t token, const char *kind, int n,
                      const float *value)
{
    infer_print_row(r->json, "token", token, kind, n, value);
}

static void print_head(const struct run *r)
{
    if (r->json)
        return;
    printf("token");
    for (int i = 0; i < r->model->n_labels; i++)
        printf("\t%s", r->model->label[i]);
    printf("\tspeech\n");
}

static int run_windows(const struct run *r)
{
    struct stream *stream;
    struct scores scores[ENCODER_MAX_ROWS + 1];
    if (stream_new(r->model, r->hop, &stream) < 0)
        return EX_OSERR;
    print_head(r);
    for (int at = 0; at < r->n; at += ENCODER_MAX_ROWS) {
        int n = r->n - at < ENCODER_MAX_ROWS ? r->n - at : ENCODER_MAX_ROWS;
        struct encoder_job job = {stream, r->ids + (size_t)at * (size_t)r->model->books.n, n, scores};
        encoder_step(r->model, r->scratch, &job, 1);
        for (int i = 0; i < job.n_out; i++) {
            float row[MODEL_MAX_LABELS + 1];
            memcpy(row, scores[i].p, sizeof(scores[i].p));
            row[r->model->n_labels] = scores[i].speech;
            print_row(r, scores[i].token, "scores", r->model->n_labels + 1, row);
        }
    }
    stream_free(stream);
    return EX_OK;
}

static int run_logits(const struct run *r)
{
    int width = r->model->n_labels + 1;
    float *logits = calloc((size_t)r->n * (size_t)width, sizeof(*logits));
    if (!logits || encoder_logits(r->model, r->scratch, r->ids, r->n, logits) < 0) {
        free(logits);
        return EX_OSERR;
    }
    print_head(r);
    for (int t = 0; t < r->n; t++)
        print_row(r, (uint64_t)t + 1, "logits", width, logits + (size_t)t * (size_t)width);
    free(logits);
    return EX_OK;
}

static int run_whole(const struct run *r, bool want_hidden)
{
    int d = r->model->d;
    float logits[MODEL_MAX_LABELS + 1];
    float *hidden = calloc((size_t)r->n * (size_t)d, sizeof(*hidden));
    if (!hidden)
        return EX_OSERR;
    encoder_window(r->model, r->scratch, r->ids, r->n, hidden, logits);
    if (!want_hidden)
        print_head(r);
    for (int t = 0; want_hidden && t < r->n; t++)
        print_row(r, (uint64_t)t + 1, "hidden", d, hidden + (size_t)t * (size_t)d);
    if (!want_hidden)
        print_row(r, (uint64_t)r->n, "logits", r->model->n_labels + 1, logits);
    free(hidden);
    return EX_OK;
}

static int check_ids(const struct run *r, size_t rows, size_t columns, struct reason *why)
{
    const struct model *m = r->model;
    if (rows == 0)
        return reason_set(why, EBADMSG, "no tokens");
    if (columns != (size_t)m->books.n)
        return reason_set(why, EBADMSG, "%zu ids a token, the model has %d codebooks", columns,
                          m->books.n);
    if (!m->causal && rows > (size_t)m->window)
        return reason_set(why, EBADMSG, "%zu tokens, the model's window is %d", rows, m->window);
    for (size_t i = 0; i < rows * columns; i++)
        if (r->ids[i] >= m->books.codes)
            return reason_set(why, EBADMSG, "token %zu: id %u, the codebooks have %d codes",
                              i / columns + 1, r->ids[i], m->books.codes);
    return 0;
}

int infer_read_ids(const char *path, uint16_t **ret, size_t *ret_rows, size_t *ret_columns,
                   struct reason *why)
{
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!in)
        return reason_set(why, errno, "%s", strerror(errno));
    int err = npy_read_ids(in, TOKENS_MAX, ret, ret_rows, ret_columns, why);
    if (in != stdin)
        fclose(in);
    return err;
}

static int infer_file(struct run *r, const char *path, const struct tool_args *args)
{
    struct reason why;
    uint16_t *ids = NULL;
    size_t rows = 0, columns = 0;
    int err = infer_read_ids(path, &ids, &rows, &columns, &why);
    r->ids = ids;
    r->n = (int)rows;
    if (err >= 0)
        err = check_ids(r, rows, columns, &why);
    int code;
    if (err < 0) {
        tool_complain_of(path, &why);
        code = tool_exit(err);
    } else if (!r->model->causal) {
        code = run_whole(r, args->value[OPT_HIDDEN] != NULL);
    } else {
        code = args->value[OPT_LOGITS] ? run_logits(r) : run_windows(r);
    }
    if (code == EX_OSERR)
        tool_complain("%s: out of memory", path);
    free(ids);
    return code;
}

static int run(const struct tool_args *args)
{
    struct run r = {.json = args->value[OPT_JSON] != NULL};
    const char *path = args->value[OPT_MODEL];
    int threads = 1;
    if (others && tool_int(args, OPT_THREADS, "threads", 1, TEAM_MOST, 1, &threads) < 0)
        return EX_USAGE;
    if (others && path && infer_is_other(path))
        return infer_other(args, path, args->value[OPT_KERNEL], threads, args->value[OPT_HIDDEN], r.json);
    if (args->n_words > 1) {
        tool_complain("infer: one file of token ids at a time");
        return EX_USAGE;
    }
    const struct kernel *kernel;
    int code = EX_USAGE;
    if (tool_int(args, OPT_HOP, "hop", 1, 64, 4, &r.hop) < 0 ||
        (code = tool_kernel(args->value[OPT_KERNEL], &kernel)) != EX_OK ||
        (code = tool_model(args->value[OPT_MODEL], kernel, &r.model)) != EX_OK)
        return code;
    if (args->value[OPT_HIDDEN] && r.model->causal) {
        tool_complain("infer: --hidden is for bidirectional models");
        code = EX_USAGE;
    } else if (scratch_new_team(r.model, threads, &r.scratch) < 0) {
        tool_complain(NO_SCRATCH);
        code = EX_OSERR;
    } else {
        code = tool_finish(infer_file(&r, args->n_words ? args->word[0] : "-", args));
    }
    scratch_free(r.scratch);
    model_close(r.model);
    return code;
}

const struct tool_command infer_command = {
    .name = "infer",
    .synopsis = "[OPTION…] [FILE…]",
    .summary = "scores of token ids, by a model file",
    .about = "Reads token ids, one token a line (as `earshot tokens` prints them) or as a .npy\n"
             "array, from FILE or standard input, and prints the probabilities of every\n"
             "window. A bidirectional model is given all tokens as its one window and\n"
             "answers with the logits before calibration.\n" ABOUT_OTHERS,
    .example = "example: earshot tokens porch.wav | earshot infer --hop 1\n",
    .option =
        {
            [OPT_MODEL] = {"model", "FILE", "this one, not the shipped one"},
            [OPT_KERNEL] = {"kernel", "NAME", "arithmetic: auto, ref, avx2, neon …"},
            [OPT_HOP] = {"hop", "N", "tokens between two windows, 1 to 64 (4)"},
            [OPT_LOGITS] = {"logits", NULL, "the outputs of each token before pooling"},
            [OPT_HIDDEN] = {"hidden", NULL, "the hidden state of each token (bidirectional, BERT)"},
            [OPT_JSON] = {"json", NULL, "one JSON object a line"},
            OPTIONS_OF_OTHERS
        },
    .run = run,
};
