/* earshot monitor: what is heard and flagged, while it happens. */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/tool/commands.h"
#include "daemon/tool/monitor.h"

enum { DRAW_MS = 200 };

/* Until the source ends, the broker's connection fails for good, or a signal. */
static int watch(struct monitor_feed *f, struct view *v, bool json, int signals)
{
    for (;;) {
        struct pollfd p[] = {{f->fd, POLLIN, 0}, {signals, POLLIN, 0}};
        if (poll(p, ARRAY_SIZE(p), DRAW_MS) < 0 && errno != EINTR)
            return EX_OSERR;
        if (p[1].revents)
            return EX_OK;
        int r = f->turn(f->state, v, json);
        if (r < 0)
            return tool_exit(r);
        view_draw(v);
        if (ferror(stdout))
            return EX_OK; /* the reader went away */
        if (r > 0)
            return EX_OK;
    }
}

static int run(const struct tool_args *args)
{
    bool json = args->value[MONITOR_JSON] != NULL;
    if (args->n_words > 1) {
        tool_complain("monitor: one source, or none and a broker");
        return EX_USAGE;
    }
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL); /* before any thread, so that all inherit it */
    int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0)
        return EX_OSERR;
    struct view v;
    struct monitor_feed f;
    view_init(&v, !json && isatty(STDOUT_FILENO));
    int code = args->n_words ? monitor_source_open(args, &v, &f) : monitor_broker_open(args, &v, &f);
    if (code == EX_OK) {
        view_begin(&v);
        code = watch(&f, &v, json, signals);
        f.close(f.state);
    }
    view_done(&v);
    if (*v.last_words)
        tool_complain("%s", v.last_words);
    close(signals);
    return tool_finish(code);
}

const struct tool_command monitor_command = {
    .name = "monitor",
    .synopsis = "[OPTION…] [SOURCE]",
    .summary = "live view of sources, levels, scores and events",
    .about = "Without SOURCE: what a daemon says, through its broker. With SOURCE, a URL as in\n"
             "earshot.yaml: listens there itself, without a broker. Ends with Ctrl-C. When the\n"
             "output is no terminal, prints events as lines.\n",
    .example = "example: earshot monitor --broker mqtt://localhost\n"
               "         earshot monitor alsa:hw:CARD=Mic\n",
    .option =
        {
            [MONITOR_BROKER] = {"broker", "URL", "mqtt://, mqtts://, ws:// or wss:// (mqtt://localhost)"},
            [MONITOR_USERNAME] = {"username", "NAME", "for the broker"},
            [MONITOR_PASSWORD_FILE] = {"password-file", "FILE", "for the broker"},
            [MONITOR_CA_FILE] = {"ca-file", "FILE", "certificates that the broker's is checked against"},
            [MONITOR_PREFIX] = {"prefix", "WORD", "first part of the topics (earshot)"},
            [MONITOR_NODE] = {"node", "NAME", "only this node"},
            [MONITOR_JSON] = {"json", NULL, "a JSON object a line: every message, or every window"},
            [MONITOR_MODEL] = {"model", "FILE", "with SOURCE: this one, not the shipped one"},
            [MONITOR_SENSITIVITY] = {"sensitivity", "LEVEL", "with SOURCE: low, medium, high"},
            [MONITOR_HOP] = {"hop", "N", "with SOURCE: tokens between two windows"},
        },
    .run = run,
};
