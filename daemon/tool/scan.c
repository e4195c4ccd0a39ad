/* earshot scan: recordings through everything that earshotd does with sound, and
 * what it would have flagged. Clips are heard side by side and end in any order;
 * what is said of each waits for its turn, so lines come in the order of the names. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/event.h"
#include "daemon/tool/calibration.h"
#include "daemon/tool/clips.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/json.h"
#include "daemon/tool/bar.h"
#include "daemon/tool/rules.h"
#include "daemon/tool/sound.h"

enum {
    OPT_JSON,
    OPT_SCORES,
    OPT_LIST,
    OPT_SENSITIVITY,
    OPT_HOP,
    OPT_CONFIG,
    OPT_MODEL,
    OPT_KERNEL,
    OPT_WORKERS,
    OPT_SIDE,
    OPT_PACED,
    OPT_CALIBRATE
};

struct clip {
    struct clip *next; /* in the order of the names */
    bool done;
    char *name, *error;
    double duration_s;
    int64_t last_ns;
    struct decide decide;
    struct event_log log;
    struct event_track track;
    float event_max[MODEL_MAX_LABELS]; /* over the open event */
    float peak[MODEL_MAX_LABELS];      /* over the recording */
    int n_events;
    char *events, *windows; /* text so far, of the streams below */
    size_t events_size, windows_size;
    FILE *events_out, *windows_out; /* windows_out NULL unless --scores */
    struct curve *curve;            /* NULL unless --calibrate */
};

struct scan {
    const struct model *model;
    struct rules rules;
    bool json, scores, colour;
    struct clip *first, *last;
    struct bar *bar;
    int unread; /* recordings */
    struct curve *curve; /* of all; NULL unless --calibrate */
};

static void clip_free(struct clip *k)
{
    if (k->events_out)
        fclose(k->events_out);
    if (k->windows_out)
        fclose(k->windows_out);
    free(k->events);
    free(k->windows);
    free(k->name);
    free(k->error);
    free(k->curve);
    free(k);
}

static void *begin(void *context, const char *name)
{
    struct scan *s = context;
    struct clip *k = calloc(1, sizeof(*k));
    if (!k)
        return NULL;
    k->name = strdup(name);
    k->events_out = open_memstream(&k->events, &k->events_size);
    if (s->scores)
        k->windows_out = open_memstream(&k->windows, &k->windows_size);
    if (s->curve)
        k->curve = malloc(sizeof(*k->curve));
    if (!k->name || !k->events_out || (s->scores && !k->windows_out) || (s->curve && !k->curve)) {
        clip_free(k);
        return NULL;
    }
    decide_init(&k->decide, &s->rules.decide);
    if (k->curve)
        curve_init(k->curve, &s->rules.decide);
    k->log = s->rules.log;
    k->track = s->rules.track;
    if (s->last)
        s->last->next = k;
    else
        s->first = k;
    s->last = k;
    return k;
}

static void say_event(struct scan *s, struct clip *k, const struct event *e)
{
    double start = (double)e->started_ms / 1e3, end = (double)e->ended_ms / 1e3;
    FILE *out = k->events_out;
    if (s->json) {
        fprintf(out, "%s{\"label\": ", k->n_events ? ", " : "");
        json_string(out, e->label_name[e->label]);
        fprintf(out, ", \"peak\": ");
        json_number(out, (double)e->peak, 4);
        fprintf(out, ", \"start_s\": %.3f, \"end_s\": %.3f, \"scores\": ", start, end);
        json_scores(out, s->model->n_labels, s->model->label, k->event_max);
        putc('}', out);
    } else {
        fprintf(out, "%s%s %.2f at %.1f-%.1f s", k->n_events ? ", " : "", e->label_name[e->label],
                (double)e->peak, start, end);
    }
    k->n_events++;
}

static void end_event(struct scan *s, struct clip *k, const struct event_now *now)
{
    struct event e;
    event_end(&k->log, &k->track, END_QUIET, k->decide.last_over_ns, now, &e);
    say_event(s, k, &e);
}

static void say_window(struct scan *s, struct clip *k, const struct scores *w, int64_t end_ns)
{
    FILE *out = k->windows_out;
    double at = (double)end_ns / 1e9;
    if (s->json)
        fprintf(out, "%s{\"end_s\": %.3f, \"speech\": %.9g, \"scores\": {",
                k->windows_size || ftell(out) > 0 ? ", " : "", at, (double)w->speech);
    else
        fprintf(out, "  %8.2f s  speech %.3f", at, (double)w->speech);
    for (int i = 0; i < s->model->n_labels; i++) {
        if (s->json) {
            fputs(i ? ", " : "", out);
            json_string(out, s->model->label[i]);
            fprintf(out, ": %.9g", (double)w->p[i]);
        } else {
            fprintf(out, "  %s %.3f", s->model->label[i], (double)w->p[i]);
        }
    }
    fputs(s->json ? "}}" : "\n", out);
}

static void window(void *context, void *clip, const struct scores *w, int64_t end_ns,
                   bool fresh)
{
    struct scan *s = context;
    struct clip *k = clip;
    struct event_now now = {
        .boot_ns = end_ns, .wall_ms = end_ns / 1000000, .p = w->p, .dbfs = -INFINITY, .latency_ms = -1};
    struct event e;
    int label;
    bar_moved(s->bar, (double)(end_ns - k->last_ns) / 1e9);
    k->last_ns = end_ns;
    if (k->curve && fresh)
        curve_gap(k->curve);
    if (k->curve)
        curve_feed(k->curve, w->p, end_ns);
    if (fresh) {
        decide_gap(&k->decide);
        if (decide_tick(&k->decide, end_ns) == DECIDE_END)
            end_event(s, k, &now);
    }
    enum decide_verdict v = decide_feed(&k->decide, w->p, end_ns, &label);
    if (v == DECIDE_START)
        memset(k->event_max, 0, sizeof(k->event_max));
    for (int i = 0; i < s->model->n_labels; i++) {
        k->peak[i] = fmaxf(k->peak[i], w->p[i]);
        k->event_max[i] = fmaxf(k->event_max[i], w->p[i]);
    }
    if (v == DECIDE_START)
        event_start(&k->log, &k->track, label, &now, &e);
    else if (v == DECIDE_MORE)
        event_more(&k->log, &k->track, label, &now, &e);
    else if (v == DECIDE_END)
        end_event(s, k, &now);
    if (k->windows_out)
        say_window(s, k, w, end_ns);
}

static void print_json(const struct scan *s, const struct clip *k)
{
    printf("{\"schema\": \"earshot.scan/1\", \"file\": ");
    json_string(stdout, k->name);
    printf(", \"duration_s\": ");
    json_number(stdout, k->duration_s, 3);
    printf(", \"hostile\": %s, \"peak\": ", k->n_events ? "true" : "false");
    json_scores(stdout, s->model->n_labels, s->model->label, k->peak);
    printf(", \"events\": [%s], \"error\": ", k->events);
    if (k->error)
        json_string(stdout, k->error);
    else
        printf("null");
    if (s->scores)
        printf(", \"windows\": [%s]", k->windows);
    printf("}\n");
}

static void print_text(const struct scan *s, const struct clip *k)
{
    const char *on = s->colour ? "\033[1;31m" : "", *off = s->colour ? "\033[0m" : "";
    int top = 0;
    for (int i = 1; i < s->model->n_labels; i++)
        if (k->peak[i] > k->peak[top])
            top = i;
    if (k->n_events)
        printf("%s: %.1f s: %shostile%s: %s\n", k->name, k->duration_s, on, off, k->events);
    else if (!k->error)
        printf("%s: %.1f s: nothing, highest %s %.2f\n", k->name, k->duration_s,
               s->model->label[top], (double)k->peak[top]);
    if (k->windows_out)
        fputs(k->windows, stdout);
}

/* Everything whose turn it is. */
static void print_done(struct scan *s)
{
    while (s->first && s->first->done) {
        struct clip *k = s->first;
        fflush(k->events_out);
        if (k->windows_out)
            fflush(k->windows_out);
        bar_hide(s->bar);
        if (k->error) {
            tool_complain("%s", k->error);
            s->unread++;
        }
        if (s->curve && !k->error)
            curve_add(s->curve, k->curve);
        else if (s->json && !s->curve)
            print_json(s, k);
        else if (!s->curve)
            print_text(s, k);
        if (s->bar == NULL || isatty(STDOUT_FILENO))
            fflush(stdout);
        s->first = k->next;
        if (!s->first)
            s->last = NULL;
        clip_free(k);
    }
}

static void end(void *context, void *clip, double duration_s, const char *error)
{
    struct scan *s = context;
    struct clip *k = clip;
    struct event_now now = {.boot_ns = k->last_ns, .dbfs = -INFINITY, .latency_ms = -1};
    if (decide_close(&k->decide))
        end_event(s, k, &now);
    k->duration_s = duration_s;
    if (k->curve)
        k->curve->heard_s = duration_s;
    k->error = error ? strdup(error) : NULL;
    k->done = true;
    bar_moved(s->bar, duration_s - (double)k->last_ns / 1e9);
    bar_done_one(s->bar);
    print_done(s);
}

static int scan_all(struct scan *s, const struct tool_args *args, struct clips_params *p)
{
    struct sound_params sp = {args->word, args->n_words, args->value[OPT_LIST], false};
    struct clips_calls calls = {.context = s, .begin = begin, .window = window, .end = end};
    struct reason why;
    int err = sound_open(&sp, &p->names, &why);
    if (err >= 0) {
        s->bar = bar_new(args->n_words);
        err = clips_run(p, &calls, &why);
        bar_free(s->bar);
    }
    sound_close(p->names);
    while (s->first) { /* after a failure of the machinery */
        struct clip *k = s->first;
        s->first = k->next;
        clip_free(k);
    }
    if (err < 0) {
        tool_complain("scan: %s", why.text);
        return tool_exit(err);
    }
    return s->unread ? EX_DATAERR : EX_OK;
}

/* The recordings instead of a site. What could not be read is no reason to say nothing. */
static int calibrate(struct scan *s, const struct tool_args *args, struct clips_params *p, double budget)
{
    int code = scan_all(s, args, p);
    if (code != EX_OK && code != EX_DATAERR)
        return code;
    int said = calibration_print(s->curve, s->model, NULL, budget, s->json);
    return said != EX_OK ? said : code;
}

static int run(const struct tool_args *args)
{
    double budget = 0;
    struct scan s = {
        .json = args->value[OPT_JSON] != NULL,
        .scores = args->value[OPT_SCORES] != NULL,
        .colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR"),
    };
    const struct kernel *kernel;
    struct clips_params p = {.paced = args->value[OPT_PACED] != NULL};
    int code = EX_USAGE;
    if (args->value[OPT_CALIBRATE] && calibration_budget("calibrate", args->value[OPT_CALIBRATE], &budget) < 0)
        return code;
    if ((args->n_words > 0) + (args->value[OPT_LIST] != NULL) != 1) {
        tool_complain("scan: expected recordings or --list FILE");
        return code;
    }
    if (tool_int(args, OPT_WORKERS, "workers", 1, 16, tool_cores(), &p.workers) < 0 ||
        tool_int(args, OPT_SIDE, "side-by-side", 1, 64, 8 * p.workers < 32 ? 8 * p.workers : 32,
                 &p.side_by_side) < 0 ||
        (code = tool_kernel(args->value[OPT_KERNEL], &kernel)) != EX_OK ||
        (code = tool_model(args->value[OPT_MODEL], kernel, &s.model)) != EX_OK)
        return code;
    code = rules_make(args->value[OPT_CONFIG], args->value[OPT_SENSITIVITY], args->value[OPT_HOP],
                      s.model, &s.rules);
    if (code == EX_OK) {
        p.model = s.model;
        p.hop = s.rules.hop;
        p.gate_dbfs = s.rules.gate_dbfs;
        if (args->value[OPT_CALIBRATE] && !(s.curve = malloc(sizeof(*s.curve))))
            code = EX_OSERR;
    }
    if (code == EX_OK) {
        if (s.curve)
            curve_init(s.curve, &s.rules.decide);
        code = s.curve ? calibrate(&s, args, &p, budget) : scan_all(&s, args, &p);
        code = tool_finish(code);
    }
    free(s.curve);
    model_close(s.model);
    return code;
}

const struct tool_command scan_command = {
    .name = "scan",
    .synopsis = "[OPTION…] RECORDING… | --list FILE",
    .summary = "what earshotd would flag in recordings",
    .about = "Takes recordings, or cameras' URLs, the whole way that the daemon takes sound,\n"
             "several side by side and as fast as it can, and prints a line on each. Times\n"
             "are seconds from its beginning. Behind its end half a second of quiet is\n"
             "heard, for what was said last. A recording `-` is WAV or raw s16le, 16 kHz,\n"
             "mono, on standard input. Exit code 65 when one could not be read.\n",
    .example = "example: earshot scan --json porch-*.opus | jq 'select(.hostile)'\n",
    .option =
        {
            [OPT_JSON] = {"json", NULL, "one JSON object a recording and line"},
            [OPT_SCORES] = {"scores", NULL, "with the scores of every window, not rounded"},
            [OPT_LIST] = {"list", "FILE", "recordings named in a file, one a line"},
            [OPT_SENSITIVITY] = {"sensitivity", "LEVEL", "low, medium, high or a budget (1/day)"},
            [OPT_HOP] = {"hop", "N", "tokens between two windows, 1 to 64"},
            [OPT_CONFIG] = {"config", "FILE", "judge by the defaults: of an earshot.yaml"},
            [OPT_MODEL] = {"model", "FILE", "this one, not the shipped one"},
            [OPT_KERNEL] = {"kernel", "NAME", "arithmetic: auto, ref, avx2, neon …"},
            [OPT_WORKERS] = {"workers", "N", "threads for the model (one a core)"},
            [OPT_SIDE] = {"side-by-side", "N", "recordings at a time (8 a worker, up to 32)"},
            [OPT_PACED] = {"paced", NULL, "in their own time, as if they were live"},
            [OPT_CALIBRATE] = {"calibrate", "RATE", "take them for harmless; propose thresholds for\nso many false alarms"},
        },
    .run = run,
};
