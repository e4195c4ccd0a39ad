/* earshot calibrate: listens on site and proposes thresholds for a budget of false alarms. */
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
#include "daemon/tool/hearing.h"

enum { OPT_FOR, OPT_BUDGET, OPT_CONFIG, OPT_JSON, OPT_SOCKET };
#define S INT64_C(1000000000)

static int block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void hearing_passed(struct hearing *h, int64_t now_ns, double heard_s)
{
    for (; (h->minutes + 1) * 60 * S <= now_ns - h->begin_ns; h->minutes++)
        bar_done_one(h->bar);
    bar_moved(h->bar, heard_s);
}

static int hear(struct hearing *h, int64_t for_ms)
{
    bool none;
    h->signals = block_signals();
    if (h->signals < 0)
        return EX_OSERR;
    h->begin_ns = clock_boot_ns();
    h->end_ns = h->begin_ns + for_ms * (S / 1000);
    h->bar = bar_new((int)(for_ms / 60000));
    int code = hearing_daemon(h, &none);
    if (none)
        code = hearing_own(h);
    bar_free(h->bar);
    close(h->signals);
    return code;
}

/* The source of that name, and its rules: labels, min_windows, hold. */
static int find_source(struct hearing *h, const char *name)
{
    struct decide_params p;
    struct reason why;
    for (size_t i = 0; i < h->settings->n_sources && !h->source; i++)
        if (!strcmp(h->settings->source[i].name, name))
            h->source = &h->settings->source[i];
    if (!h->source) {
        tool_complain("calibrate: the settings have no source %s", name);
        return EX_USAGE;
    }
    if (decide_params_make(h->source, h->model, &p, &why) < 0) {
        tool_complain("%s", why.text);
        return EX_CONFIG;
    }
    curve_init(&h->curve, &p);
    return EX_OK;
}

/* Settings and the model, as the daemon would take them. */
static int open_all(const struct tool_args *args, struct settings **ret_s, const struct model **ret_m)
{
    const struct kernel *kernel;
    int code = tool_settings(args->value[OPT_CONFIG], ret_s);
    if (code == EX_OK)
        code = tool_kernel((*ret_s)->model.kernel, &kernel);
    return code == EX_OK ? tool_model((*ret_s)->model.path, kernel, ret_m) : code;
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
    h->socket = args->value[OPT_SOCKET];
    int code = calibration_budget("budget", budget, &per_s) < 0 ? EX_USAGE : open_all(args, &s, &m);
    h->settings = s;
    h->model = m;
    if (code == EX_OK)
        code = find_source(h, args->word[0]);
    if (code == EX_OK)
        code = hear(h, for_ms);
    if (code == EX_OK)
        code = calibration_print(&h->curve, m, args->word[0], per_s, args->value[OPT_JSON] != NULL);
    model_close(m);
    settings_free(s);
    free(h);
    return tool_finish(code);
}

const struct tool_command calibrate_command = {
    .name = "calibrate",
    .synopsis = "[OPTION…] SOURCE",
    .summary = "listen on site, propose thresholds for a budget of false alarms",
    .about = "Follows the scores of SOURCE in the running daemon, or, without one, listens to it\n"
             "itself; counts how often each threshold would have flagged, and prints the lowest\n"
             "thresholds that keep to the budget, as YAML to paste, with how sure that is. All that\n"
             "is heard is taken for harmless: let it run over ordinary days. Ctrl-C ends it early,\n"
             "with what was heard until then. Over recordings: earshot scan --calibrate 1/day.\n",
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
