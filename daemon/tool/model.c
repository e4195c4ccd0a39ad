/* earshot model: what a model file is, whether this box computes it right, another one. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/commands.h"
#include "daemon/tool/json.h"
#include "daemon/tool/model.h"
#include "infer/encoder.h"

enum { OPT_JSON, OPT_CONFIG };

static void print_labels(const struct model *m)
{
    printf("labels      low     medium  high   (thresholds by sensitivity)\n");
    for (int i = 0; i < m->n_labels; i++)
        printf("  %-18s %.4f  %.4f  %.4f\n", m->label[i], (double)m->threshold[0][i],
               (double)m->threshold[1][i], (double)m->threshold[2][i]);
}

/* What some budgets mean, not all the points. */
static void print_curve(const struct model_curve *c)
{
    static const struct {
        const char *name;
        double per_hour;
    } budgets[] = {{"1/h", 1}, {"10/day", 10.0 / 24}, {"1/day", 1.0 / 24}};
    if (!c->n) {
        printf("curve       none: a budget of false alarms is taken roughly\n");
        return;
    }
    printf("curve       %d thresholds on %.3g h of harmless speech:", c->n, (double)c->hours);
    for (size_t i = 0; i < ARRAY_SIZE(budgets); i++) {
        double rate;
        double at = (double)model_curve_threshold(c, budgets[i].per_hour, &rate);
        bool sure = rate <= budgets[i].per_hour && model_curve_can_tell(c, budgets[i].per_hour);
        printf("%s %s %.4f%s", i ? "," : "", budgets[i].name, at, sure ? "" : " (not sure)");
    }
    printf("\n");
}

static void print_numbers(const char *name, const float *v, int n)
{
    printf("\"%s\": [", name);
    for (int i = 0; i < n; i++)
        printf("%s%.9g", i ? ", " : "", (double)v[i]);
    printf("]");
}

static void json_curve(const struct model_curve *c)
{
    if (!c->n) {
        printf(", \"curve\": null");
        return;
    }
    printf(", \"curve\": {\"hours\": %.9g, ", (double)c->hours);
    print_numbers("threshold", c->threshold, c->n);
    printf(", ");
    print_numbers("false_alarms_per_hour", c->per_hour, c->n);
    printf("}");
}

static size_t weights(const struct model *m)
{
    size_t d = (size_t)m->d, ff = (size_t)m->ff;
    return (size_t)m->n_layers * (4 * d * d + 2 * d * ff) +
           (size_t)m->books.n * (size_t)m->books.codes * d;
}

static int info(const struct model *m, const char *path, bool json)
{
    if (json) {
        printf("{\"file\": ");
        json_string(stdout, path);
        printf(", \"name\": ");
        json_string(stdout, m->name);
        printf(", \"version\": ");
        json_string(stdout, m->version);
        printf(", \"sha256\": \"%s\", \"feature\": \"%s\", \"bytes\": %zu, \"weights\": %zu, "
               "\"layers\": %d, \"d\": %d, \"heads\": %d, \"ff\": %d, \"window\": %d, "
               "\"causal\": %s, \"pool\": %d, \"codebooks\": %d, \"codes\": %d, "
               "\"frames\": %d, \"thresholds\": {",
               m->sha256, m->feature, m->file_size, weights(m), m->n_layers, m->d, m->n_heads,
               m->ff, m->window, m->causal ? "true" : "false", m->pool, m->books.n, m->books.codes,
               m->books.frames);
        static const char *const level[] = {"low", "medium", "high"};
        for (int i = 0; i < 3; i++) {
            printf("%s\"%s\": ", i ? ", " : "", level[i]);
            json_scores(stdout, m->n_labels, m->label, m->threshold[i]);
        }
        printf("}");
        json_curve(&m->curve);
        printf("}\n");
        return EX_OK;
    }
    printf("file        %s, %zu bytes\n", path, m->file_size);
    printf("name        %s %s\n", m->name, m->version);
    printf("sha256      %s\n", m->sha256);
    printf("features    %s, %d frames a token, %d codebooks of %d codes\n", m->feature,
           m->books.frames, m->books.n, m->books.codes);
    printf("encoder     %d layers of %d x %d, %d heads, %s over %d tokens, pooled over %d\n",
           m->n_layers, m->d, m->ff, m->n_heads, m->causal ? "causal" : "bidirectional", m->window,
           m->pool);
    printf("weights     %zu in 8 bits\n", weights(m));
    print_labels(m);
    print_curve(&m->curve);
    return EX_OK;
}

static int n_tokens(const struct model *m)
{
    return m->causal ? 2 * m->window : m->window;
}

static size_t n_outputs(const struct model *m)
{
    return (size_t)(m->causal ? n_tokens(m) : 1) * (size_t)(m->n_labels + 1);
}

/* Ids that go through all codebooks and codes, the same on every machine. */
static void walk_ids(const struct model *m, uint16_t *ids, int n)
{
    uint32_t x = 1;
    for (int i = 0; i < n * m->books.n; i++) {
        x = x * 1664525u + 1013904223u;
        ids[i] = (uint16_t)((x >> 16) % (uint32_t)m->books.codes);
    }
}

/* What every step of two windows answers; of one that is not causal, one window. */
static int outputs(const char *path, const struct kernel *k, size_t n_out, float *ret)
{
    const struct model *m;
    struct scratch *s = NULL;
    int code = tool_model(path, k, &m);
    if (code != EX_OK)
        return code;
    int n = n_tokens(m), err = -ENOMEM;
    uint16_t *ids = calloc((size_t)n * (size_t)m->books.n, sizeof(*ids));
    if (n_outputs(m) != n_out) {
        tool_complain("%s: it changed while it was read; try again", path ? path : "the shipped model");
        code = EX_DATAERR;
        goto end;
    }
    if (ids && (err = scratch_new(m, &s)) == 0) {
        walk_ids(m, ids, n);
        err = m->causal ? encoder_logits(m, s, ids, n, ret) : encoder_window(m, s, ids, n, NULL, ret);
    }
    if (err < 0) {
        tool_complain("%s", strerror(-err));
        code = tool_exit(err);
    }
end:
    scratch_free(s);
    free(ids);
    model_close(m);
    return code;
}

int model_verify(const struct model *m, const char *path, struct verdict *ret)
{
    return verify_kernels(outputs, path, n_outputs(m), ret);
}

static int apply(const struct tool_args *args)
{
    if (args->n_words != 2) {
        tool_complain("model apply: which file?");
        return EX_USAGE;
    }
    return model_apply(args->word[1], args->value[OPT_CONFIG], args->value[OPT_JSON] != NULL);
}

static int look(const struct tool_args *args, bool is_info)
{
    const char *path = args->n_words > 1 ? args->word[1] : NULL;
    const struct model *m;
    if (path && model_is_bert(path))
        return model_bert(path, is_info, args->value[OPT_JSON] != NULL);
    int code = tool_model(path, NULL, &m);
    if (code != EX_OK)
        return code;
    const char *name_of = path ? path : "the shipped model";
    bool json = args->value[OPT_JSON] != NULL;
    struct verdict v;
    if (is_info)
        code = info(m, name_of, json);
    else if ((code = model_verify(m, path, &v)), json)
        verify_json(&v, name_of, m->name, stdout);
    else
        verify_say(&v, name_of, stdout);
    model_close(m);
    return code;
}

static int run(const struct tool_args *args)
{
    const char *verb = args->n_words ? args->word[0] : "info";
    bool is_info = strcmp(verb, "info") == 0, is_apply = strcmp(verb, "apply") == 0;
    if (args->n_words > 2 || (!is_info && !is_apply && strcmp(verb, "verify") != 0)) {
        tool_complain("model: expected info, verify or apply, and a file");
        return EX_USAGE;
    }
    return tool_finish(is_apply ? apply(args) : look(args, is_info));
}

const struct tool_command model_command = {
    .name = "model",
    .synopsis = "info [FILE] | verify [FILE] | apply FILE",
    .summary = "what a model file is, its self-test, an update",
    .about = "info    shape, labels, thresholds and digest of a model file\n"
             "verify  reads all of it, runs it in every kernel of this machine and compares\n"
             "        with plain C, bit for bit\n"
             "apply   verifies it, sees that it has the labels of the settings, and puts a copy\n"
             "        where the daemon opens its model; the one before stays beside it as .old,\n"
             "        and goes back the same way\n"
             "Without FILE the shipped model.\n",
    .example = "example: sudo earshot model apply hostile-en-1.2.gguf\n",
    .words = "info verify apply",
    .option =
        {
            [OPT_JSON] = {"json", NULL, "one JSON object"},
            [OPT_CONFIG] = {"config", "FILE", "apply: these settings, not " EARSHOT_CONFIG},
        },
    .run = run,
};
