/* earshot calibrate: listens on site, by the running daemon's ears, and proposes thresholds
 * for a budget of false alarms. */
#include <cjson/cJSON.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/tool/bar.h"
#include "daemon/tool/calibration.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/door.h"

enum { OPT_FOR, OPT_BUDGET, OPT_CONFIG, OPT_JSON, OPT_SOCKET };
enum { LOOK_MS = 1000, STATE_MS = 5000, LINE_SIZE = 4096, SLICE_S = 60 };
#define MS INT64_C(1000000)

struct hearing {
    const char *source, *socket;
    const struct model *model;
    int64_t begin_ns, end_ns, state_ns;
    bool heard; /* at the last look the source was there */
    struct curve curve;
    struct bar *bar;
    int slices;
    char line[LINE_SIZE];
    size_t used;
};

static void take_window(struct hearing *h, const char *line)
{
    float p[MODEL_MAX_LABELS] = {0};
    cJSON *o = cJSON_Parse(line);
    const cJSON *scores = cJSON_GetObjectItemCaseSensitive(o, "scores");
    const cJSON *time = cJSON_GetObjectItemCaseSensitive(o, "time_ms");
    for (int i = 0; i < h->model->n_labels; i++) {
        const cJSON *s = cJSON_GetObjectItemCaseSensitive(scores, h->model->label[i]);
        p[i] = cJSON_IsNumber(s) ? (float)s->valuedouble : 0;
    }
    if (cJSON_IsNumber(time))
        curve_feed(&h->curve, p, (int64_t)time->valuedouble * MS);
    cJSON_Delete(o);
}

/* What came, line by line. 0: that was the end. */
static ssize_t take(struct hearing *h, int fd)
{
    ssize_t n = read(fd, h->line + h->used, sizeof(h->line) - 1 - h->used);
    if (n <= 0)
        return n < 0 && (errno == EAGAIN || errno == EINTR) ? 1 : 0;
    h->used += (size_t)n;
    h->line[h->used] = '\0';
    char *begin = h->line, *end;
    while ((end = strchr(begin, '\n'))) {
        *end = '\0';
        take_window(h, begin);
        begin = end + 1;
    }
    h->used -= (size_t)(begin - h->line);
    memmove(h->line, begin, h->used);
    return h->used < sizeof(h->line) - 1;
}

static bool is_there(const struct hearing *h)
{
    struct reason why;
    char *line = door_line(h->socket, "snapshot", &why);
    cJSON *o = line ? cJSON_Parse(line) : NULL;
    free(line);
    const cJSON *sources = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(o, "state"), "sources");
    const cJSON *s = cJSON_GetObjectItemCaseSensitive(sources, h->source);
    bool there = cJSON_IsString(s) && strcmp(s->valuestring, "offline") && strcmp(s->valuestring, "disabled");
    cJSON_Delete(o);
    return there;
}

/* Time counts as heard while the source is there, quiet or not. */
static void count_time(struct hearing *h, int64_t now_ns)
{
    if (now_ns - h->state_ns < STATE_MS * MS && now_ns < h->end_ns)
        return;
    bool there = is_there(h);
    if (there && h->heard)
        h->curve.heard_s += (double)(now_ns - h->state_ns) / 1e9;
    h->heard = there;
    h->state_ns = now_ns;
    for (; (int64_t)(h->slices + 1) * SLICE_S * 1000 * MS <= now_ns - h->begin_ns; h->slices++)
        bar_done_one(h->bar);
    bar_moved(h->bar, there ? STATE_MS / 1000.0 : 0);
}

/* Until the time is over, Ctrl-C, or the daemon is gone. */
static int listen_to(struct hearing *h, FILE *scores, int signals)
{
    for (;;) {
        struct pollfd p[] = {{fileno(scores), POLLIN, 0}, {signals, POLLIN, 0}};
        if (poll(p, ARRAY_SIZE(p), LOOK_MS) < 0 && errno != EINTR)
            return EX_OSERR;
        if (p[0].revents && take(h, p[0].fd) == 0) {
            bar_hide(h->bar);
            tool_complain("calibrate: the daemon went away; this is what was heard until then");
            return EX_OK;
        }
        int64_t now_ns = clock_boot_ns();
        if (p[1].revents && h->end_ns > now_ns)
            h->end_ns = now_ns;
        count_time(h, now_ns);
        if (now_ns >= h->end_ns)
            return EX_OK;
    }
}

/* The stream of scores begins with one line that says whether there is one. */
static int begin_scores(struct hearing *h, FILE **ret)
{
    char request[96];
    struct reason why = {""};
    snprintf(request, sizeof(request), "scores %.64s", h->source);
    int err = door_ask(h->socket, request, ret, &why);
    if (err < 0) {
        tool_complain("calibrate: %s", why.text);
        return err == -EACCES ? EX_NOPERM : EX_UNAVAILABLE;
    }
    setvbuf(*ret, NULL, _IONBF, 0); /* what follows is read past the stream */
    if (!fgets(h->line, sizeof(h->line), *ret))
        h->line[0] = '\0';
    cJSON *o = cJSON_Parse(h->line);
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(o, "error");
    bool fine = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "ok"));
    if (!fine)
        tool_complain("calibrate: %s: %s", h->source, cJSON_IsString(error) ? error->valuestring : "the daemon does not answer");
    cJSON_Delete(o);
    if (!fine)
        fclose(*ret);
    return fine ? EX_OK : EX_UNAVAILABLE;
}

static int block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int hear(struct hearing *h, int64_t for_ms)
{
    FILE *scores;
    int signals = block_signals();
    if (signals < 0)
        return EX_OSERR;
    int code = begin_scores(h, &scores);
    if (code == EX_OK) {
        h->begin_ns = h->state_ns = clock_boot_ns();
        h->end_ns = h->begin_ns + for_ms * MS;
        h->heard = is_there(h);
        h->bar = bar_new((int)(for_ms / 1000 / SLICE_S));
        code = listen_to(h, scores, signals);
        bar_free(h->bar);
        fclose(scores);
    }
    close(signals);
    return code;
}

/* The rules of that source: labels, min_windows, hold. */
static int rules_of(const struct settings *s, const char *name, const struct model *m, struct curve *ret)
{
    struct decide_params p;
    struct reason why;
    for (size_t i = 0; i < s->n_sources; i++) {
        if (strcmp(s->source[i].name, name))
            continue;
        if (decide_params_make(&s->source[i], m, &p, &why) < 0) {
            tool_complain("%s", why.text);
            return EX_CONFIG;
        }
        curve_init(ret, &p);
        return EX_OK;
    }
    tool_complain("calibrate: the settings have no source %s", name);
    return EX_USAGE;
}

static int run(const struct tool_args *args)
{
    const char *wanted = args->value[OPT_FOR] ? args->value[OPT_FOR] : "8h";
    const char *budget = args->value[OPT_BUDGET] ? args->value[OPT_BUDGET] : "1/day";
    double per_s;
    int64_t for_ms;
    struct settings *s = NULL;
    const struct model *m = NULL;
    if (args->n_words != 1) {
        tool_complain("calibrate: one source, by its name in the settings");
        return EX_USAGE;
    }
    if (!scalar_duration(wanted, &for_ms) || for_ms < 1000 || for_ms > 90 * 86400000LL) {
        tool_complain("--for: found \"%s\", expected a duration such as 8h, up to 90d", wanted);
        return EX_USAGE;
    }
    struct hearing *h = calloc(1, sizeof(*h));
    if (!h)
        return EX_OSERR;
    h->source = args->word[0];
    h->socket = args->value[OPT_SOCKET];
    int code = calibration_budget("budget", budget, &per_s) < 0 ? EX_USAGE : tool_settings(args->value[OPT_CONFIG], &s);
    if (code == EX_OK)
        code = tool_model(s->model.path, NULL, &m);
    h->model = m;
    if (code == EX_OK)
        code = rules_of(s, h->source, m, &h->curve);
    if (code == EX_OK)
        code = hear(h, for_ms);
    if (code == EX_OK)
        code = calibration_print(&h->curve, m, h->source, per_s, args->value[OPT_JSON] != NULL);
    model_close(m);
    settings_free(s);
    free(h);
    return tool_finish(code);
}

const struct tool_command calibrate_command = {
    .name = "calibrate",
    .synopsis = "[OPTION…] SOURCE",
    .summary = "listen on site, propose thresholds for a budget of false alarms",
    .about = "Follows the scores of SOURCE in the running daemon, counts how often each threshold\n"
             "would have flagged, and prints the lowest thresholds that keep to the budget, as YAML\n"
             "to paste, with how sure that is. All that is heard is taken for harmless: let it run\n"
             "over ordinary days. Ctrl-C ends it early, with what was heard until then. Over\n"
             "recordings: earshot scan --calibrate 1/day.\n",
    .example = "example: sudo earshot calibrate porch --for 8h --budget 1/day\n",
    .option =
        {
            [OPT_FOR] = {"for", "TIME", "so long (8h)"},
            [OPT_BUDGET] = {"budget", "RATE", "false alarms to put up with, all labels together (1/day)"},
            [OPT_CONFIG] = {"config", "FILE", "these settings, not " EARSHOT_CONFIG},
            [OPT_JSON] = {"json", NULL, "one JSON object"},
            [OPT_SOCKET] = {"socket", "FILE", "the daemon's, not /run/earshot/control"},
        },
    .run = run,
};
