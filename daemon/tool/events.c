/* earshot events: what was flagged, from the store, beside the daemon or without it. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/settings.h"
#include "daemon/message.h"
#include "daemon/store_reader.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/moment.h"

enum { OPT_SINCE, OPT_JSON, OPT_FOLLOW, OPT_SOURCE, OPT_ALL, OPT_STORE, OPT_CONFIG };
enum { AT_ONCE = 32, FOLLOW_MS = 500, PATH_SIZE = 4096 };

struct listing {
    struct store_reader *store;
    int64_t since_ms;
    const char *source; /* NULL: all */
    bool json, all, colour;
    struct store_entry entry[AT_ONCE];
};

/* Where the daemon has it: by the settings, if they say so; its own may be root's to read, and
 * then it is where it usually is, but those that were asked for are read. An exit code. */
static int find_store(const struct tool_args *args, char ret_path[PATH_SIZE])
{
    struct settings *s = NULL;
    struct settings_errors errors = {0};
    const char *dir = getenv("STATE_DIRECTORY"), *store = args->value[OPT_STORE], *config = args->value[OPT_CONFIG];
    int code = EX_OK;
    snprintf(ret_path, PATH_SIZE, "%s/events.db", dir && *dir ? dir : "/var/lib/earshot");
    if (!store && config)
        code = tool_settings(config, &s);
    else if (!store)
        (void)settings_load(EARSHOT_CONFIG, &s, &errors);
    if (store || (s && s->store.path))
        snprintf(ret_path, PATH_SIZE, "%s", store ? store : s->store.path);
    settings_errors_done(&errors);
    settings_free(s);
    return code;
}

static int print_json(const struct event *e)
{
    char *json = message_event(e, false, -1);
    if (!json)
        return -ENOMEM;
    puts(json);
    free(json);
    return 0;
}

static void print_line(const struct listing *l, const struct store_entry *entry)
{
    const struct event *e = &entry->event;
    char at[MOMENT_SIZE];
    const char *reason = event_end_name(e->end_reason);
    bool hot = l->colour && e->type == EVENT_START;
    moment_write(e->time_ms, at);
    printf("%s%s  %-14s %-6s  %-16s %.2f%s", hot ? "\033[1;31m" : "", at, e->source,
           event_type_name(e->type), e->label_name[e->label], (double)e->peak, hot ? "\033[0m" : "");
    if (e->type == EVENT_START)
        printf("  threshold %.2f", (double)e->threshold);
    else
        printf("  %.1f s", (double)e->duration_ms / 1000);
    printf("%s%s%s%s\n", reason ? "  " : "", reason ? reason : "", e->test ? "  a test" : "",
           entry->sent ? "" : "  not at the broker yet");
}

static bool wanted(const struct listing *l, const struct event *e)
{
    return e->time_ms >= l->since_ms && (!l->source || !strcmp(l->source, e->source)) &&
           (l->json || l->all || e->type != EVENT_UPDATE);
}

/* 0: that was all there is for now; -errno. */
static int print_what_is_there(struct listing *l, struct reason *why)
{
    int n, err = 0;
    while (err >= 0 && (n = store_reader_next(l->store, l->entry, AT_ONCE, why)) > 0)
        for (int i = 0; i < n && err >= 0; i++) {
            if (!wanted(l, &l->entry[i].event))
                continue;
            if (!l->json)
                print_line(l, &l->entry[i]);
            else if ((err = print_json(&l->entry[i].event)) < 0)
                reason_set(why, ENOMEM, "out of memory");
        }
    return err < 0 ? err : n;
}

/* Until nobody reads any more, or Ctrl-C. */
static int follow(struct listing *l, struct reason *why)
{
    int err;
    do {
        struct pollfd out = {.fd = STDOUT_FILENO};
        if (fflush(stdout) != 0 || (poll(&out, 1, FOLLOW_MS) > 0 && out.revents & POLLERR))
            return 0;
        err = print_what_is_there(l, why);
    } while (err >= 0);
    return err;
}

static int run(const struct tool_args *args)
{
    char path[PATH_SIZE];
    struct reason why = {""};
    struct listing l = {.source = args->value[OPT_SOURCE], .json = args->value[OPT_JSON] != NULL,
                         .all = args->value[OPT_ALL] != NULL, .since_ms = INT64_MIN,
                         .colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR")};
    if (args->n_words > 0) {
        tool_complain("events: what is \"%s\"? For one source, --source", args->word[0]);
        return EX_USAGE;
    }
    if (args->value[OPT_SINCE] &&
        moment_since("since", args->value[OPT_SINCE], &l.since_ms) < 0)
        return EX_USAGE;
    int code = find_store(args, path);
    if (code != EX_OK)
        return code;
    int err = store_reader_open(path, &l.store, &why);
    if (err >= 0)
        err = print_what_is_there(&l, &why);
    if (err >= 0 && args->value[OPT_FOLLOW])
        err = follow(&l, &why);
    store_reader_close(l.store);
    if (err < 0)
        tool_complain("%s%s", why.text,
                      err == -ENOENT ? "; nothing was ever stored, or the store is elsewhere (--store)"
                      : err == -EACCES ? "; try it with sudo" : "");
    return tool_finish(err < 0 ? tool_exit(err) : EX_OK);
}

const struct tool_command events_command = {
    .name = "events",
    .synopsis = "[OPTION…]",
    .summary = "what was flagged, also while the daemon runs",
    .about = "Lists the events in the daemon's store, oldest first: when and where each began and\n"
             "ended, its label and highest score. Times are local.\n",
    .example = "example: earshot events --since 24h\n"
               "         earshot events --follow --json | jq 'select(.event_type == \"start\")'\n",
    .option =
        {
            [OPT_SINCE] = {"since", "TIME", "from then on: 2h, 7d, \"2026-11-23 04:31\""},
            [OPT_JSON] = {"json", NULL, "one object a line, as on …/event over MQTT"},
            [OPT_FOLLOW] = {"follow", NULL, "and what comes, until Ctrl-C"},
            [OPT_SOURCE] = {"source", "NAME", "only this one's"},
            [OPT_ALL] = {"all", NULL, "updates too (--json has them)"},
            [OPT_STORE] = {"store", "FILE", "this one, not what the settings say"},
            [OPT_CONFIG] = {"config", "FILE", "these settings, not " EARSHOT_CONFIG},
        },
    .run = run,
};
