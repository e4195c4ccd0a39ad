/* Who lives longer stands higher. The publisher outlives the sources, so that the
 * ends of their events still reach the store; the store outlives the publisher, so
 * that what the broker did not take is there at the next start.
 *
 *      start |  loop       signals, timers, wake-ups         ^ stop
 *            |  model      the file, the kernel              |
 *            |  store      the outbox; seq; what a crash left|
 *            |  publisher  broker; says "starting"           |
 *            |  pool       worker threads                    |
 *            |  front      MFCC and tokens                   |
 *            |  sources    capture threads                   |
 *            |  local      the door for `earshot`            |
 *            |  metrics    figures for Prometheus            |
 *            v  watch      timers; says "running", READY=1   |
 */
#include "daemon/app.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/app_parts.h"
#include "daemon/clock.h"
#include "daemon/lastgood.h"
#include "daemon/memory.h"
#include "daemon/notify.h"
#include "daemon/remedy.h"

enum { TICK_MS = 500, GOODBYE_MS = 3000, SETTLE_MS = 3000, MAX_LEFT_OPEN = 64, MAX_ENDED = 2 * SETTINGS_MAX_SOURCES };

/* ---- loop ---- */

static void quit(void *ctx)
{
    struct app *a = ctx;
    loop_quit(a->loop);
}

static void reload(void *ctx)
{
    struct app *a = ctx;
    control_reload(&a->control);
}

static int start_loop(struct app *a, struct reason *why)
{
    int r = loop_new(&a->loop, why);
    if (r < 0)
        return EX_OSERR;
    if ((r = loop_on_signal(a->loop, SIGTERM, quit, a)) < 0 ||
        (r = loop_on_signal(a->loop, SIGINT, quit, a)) < 0 ||
        (r = loop_on_signal(a->loop, SIGHUP, reload, a)) < 0) {
        reason_set(why, -r, "signals cannot be waited for: %s", strerror(-r));
        return EX_OSERR;
    }
    return 0;
}

static void stop_loop(struct app *a)
{
    loop_free(a->loop);
}

int app_wake_fd(struct app *a, loop_fn *fn, struct reason *why)
{
    int fd = loop_on_wake(a->loop, fn, a);
    return fd >= 0 ? fd : reason_set(why, -fd, "no eventfd: %s", strerror(-fd));
}

/* ---- store ---- */

static bool was_told(const struct app *a, const char *name)
{
    for (int i = 0; i < a->n_told; i++)
        if (!strcmp(a->told[i], name))
            return true;
    return false;
}

/* The history knows whom it holds an event of. Most sources never flag anything: those are
 * in the last settings that worked. */
static void read_who_was_told(struct app *a)
{
    struct settings *last = NULL;
    struct settings_errors errors;
    a->n_told = store_sources(a->store, a->events.node, a->told, SETTINGS_MAX_SOURCES);
    bool ours = lastgood_load(&last, &errors) >= 0 && !strcmp(last->node, a->report.node) &&
                !strcmp(last->mqtt.prefix, a->report.prefix);
    for (size_t i = 0; ours && i < last->n_sources; i++)
        if (!was_told(a, last->source[i].name))
            snprintf(a->told[a->n_told++], EVENT_NAME_SIZE, "%s", last->source[i].name);
    settings_free(last);
    settings_errors_done(&errors);
}

static int start_store(struct app *a, struct reason *why)
{
    char buf[4096];
    struct store_figures f;
    int r = store_open(store_path(a->control.settings->store.path, buf, sizeof(buf)),
                       a->control.settings->store.max_size,
                       a->control.settings->store.max_age_ms, &a->store, why);
    if (r < 0)
        return EX_OSERR;
    store_figures(a->store, &f);
    if (r == 1)
        log_say(a->log, LOG_LEVEL_WARNING, NULL, "%s%s%s", why->text, *f.text ? "; " : "", *f.text ? remedy_store(f.text) : "");
    snprintf(a->store_text, sizeof(a->store_text), "%s", f.text);
    a->events.next_seq = store_next_seq(a->store);
    a->left_open = calloc(MAX_LEFT_OPEN, sizeof(*a->left_open));
    a->ended = calloc(MAX_ENDED, sizeof(*a->ended));
    if (!a->left_open || !a->ended) {
        reason_set(why, ENOMEM, "no memory");
        return EX_OSERR;
    }
    a->n_left_open = store_open_events(a->store, a->left_open, MAX_LEFT_OPEN);
    a->n_ended = store_ends(a->store, a->events.node, a->ended, MAX_ENDED);
    read_who_was_told(a);
    return 0;
}

static void stop_store(struct app *a)
{
    store_close(a->store);
    free(a->left_open);
    free(a->ended);
}

/* ---- publisher ---- */

static void tell_store(struct app *a, const char *text)
{
    if (!strcmp(a->store_text, text))
        return;
    snprintf(a->store_text, sizeof(a->store_text), "%s", text);
    if (*text)
        log_say(a->log, LOG_LEVEL_WARNING, NULL, "%s: events are kept in memory; %s", text, remedy_store(text));
    else
        log_say(a->log, LOG_LEVEL_INFO, NULL, "the store takes events again");
}

static void publisher_woke(void *ctx)
{
    struct app *a = ctx;
    struct publisher_stats p;
    publisher_stats(a->status.publisher, &p);
    const struct settings *s = a->control.settings;
    bool well = p.connected && !p.refused;
    const char *remedy = well ? "" : remedy_broker(p.text, settings_is_credential(s, s->mqtt.password_file));
    if (p.changes != a->publisher_changes && *p.text)
        log_say(a->log, well ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, NULL, "broker: %s%s%s",
                p.text, *remedy ? "; " : "", remedy);
    a->publisher_changes = p.changes;
    tell_store(a, p.store_text);
    control_take_commands(&a->control);
}

/* A name is remembered until the broker has heard that nothing is left of it. */
static void let_names_go(struct app *a)
{
    struct publisher_stats p;
    publisher_stats(a->status.publisher, &p);
    if (!a->former_told || !p.quiet || p.queued > 0)
        return;
    a->former_told = false;
    app_keep_names(a);
}

/* `hostile` and the event must not stay as the crash left them. */
static void end_what_crashed(struct app *a)
{
    for (int i = 0; i < a->n_left_open; i++) {
        struct event e;
        event_crashed(&a->events, &a->left_open[i], &e);
        report_event(&a->report, &e);
    }
    free(a->left_open);
    a->left_open = NULL;
    a->n_left_open = 0;
}

static bool is_source(const struct app *a, const char *name)
{
    const struct settings *s = a->control.settings;
    for (size_t i = 0; i < s->n_sources; i++)
        if (!strcmp(s->source[i].name, name))
            return true;
    return false;
}

/* What the broker keeps is from before an outage in which the daemon ended, or it keeps
 * nothing. Said before the sources are: `last_event` comes before `hostile` OFF. */
static void say_last_events(struct app *a)
{
    for (int i = 0; i < a->n_ended; i++)
        if (is_source(a, a->ended[i].source))
            report_last_event(&a->report, &a->ended[i]);
    free(a->ended);
    a->ended = NULL;
    a->n_ended = 0;
}

/* A source that was taken out of the settings while nobody ran: what the broker keeps of
 * it, a `hostile` perhaps, would stand there for ever. */
static void forget_who_is_gone(struct app *a)
{
    for (int i = 0; i < a->n_told; i++)
        if (!is_source(a, a->told[i]))
            report_forget(&a->report, a->told[i]);
}

static int start_publisher(struct app *a, struct reason *why)
{
    struct publisher_params p = {.settings = a->control.settings, .store = a->store};
    p.wake_fd = app_wake_fd(a, publisher_woke, why);
    if (p.wake_fd < 0)
        return EX_OSERR;
    char former[FORMER_MAX][MESSAGE_TOPIC_SIZE];
    app_read_names(a, former, &p);
    int r = publisher_start(&p, &a->status.publisher, why);
    if (r < 0)
        return r == -EINVAL ? EX_CONFIG : EX_OSERR;
    a->report.publisher = a->status.publisher;
    (void)status_say(&a->status);
    say_last_events(a);
    end_what_crashed(a);
    forget_who_is_gone(a);
    if (*a->former.discovery && (!a->report.discoverable || strcmp(a->former.discovery, a->report.discovery_prefix) != 0))
        report_forget_discovery(&a->report, a->former.discovery);
    report_discovery(&a->report, a->control.settings);
    return 0;
}

static void stop_publisher(struct app *a)
{
    if (!a->status.publisher)
        return;
    a->status.phase = "stopped";
    (void)status_say(&a->status);
    publisher_stop(a->status.publisher, GOODBYE_MS);
}

/* ---- local ---- */

static void open_door(void *ctx)
{
    struct app *a = ctx;
    local_turn(a->local);
}

/* Without it `earshot test-alarm` and `why` do not work; that is no reason not to listen. */
static int start_local(struct app *a, struct reason *why)
{
    char path[128];
    if (!local_path(path, sizeof(path)))
        return 0;
    int r = local_open(path, control_ask, &a->control, &a->local, why);
    if (r >= 0 && (r = loop_on_readable(a->loop, local_fd(a->local), open_door, a)) < 0)
        reason_set(why, -r, "control socket: %s", strerror(-r));
    if (r < 0)
        log_say(a->log, LOG_LEVEL_WARNING, NULL, "%s; the daemon goes on", why->text);
    a->house.local = a->local;
    return 0;
}

static void stop_local(struct app *a)
{
    if (a->loop)
        loop_leave(a->loop, open_door, a);
    a->house.local = NULL;
    local_close(a->local);
    a->local = NULL;
}

/* ---- metrics ---- */

static void gather(void *ctx, struct metrics_figures *ret)
{
    struct app *a = ctx;
    status_figures(&a->status, ret);
}

static void serve(void *ctx)
{
    struct app *a = ctx;
    metrics_turn(a->metrics);
}

/* Listening matters more than telling: without it the daemon goes on. */
static int start_metrics(struct app *a, struct reason *why)
{
    const char *where = a->control.settings->metrics_listen;
    if (!where)
        return 0;
    int r = metrics_open(where, gather, a, &a->metrics, why);
    if (r >= 0 && (r = loop_on_readable(a->loop, metrics_fd(a->metrics), serve, a)) < 0)
        reason_set(why, -r, "metrics.listen: %s", strerror(-r));
    log_say(a->log, r < 0 ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO, NULL, "%s%s",
            r < 0 ? why->text : "figures for Prometheus at http://", r < 0 ? "; the daemon goes on" : where);
    return 0;
}

static void stop_metrics(struct app *a)
{
    if (a->loop)
        loop_leave(a->loop, serve, a);
    metrics_close(a->metrics);
    a->metrics = NULL;
}

/* ---- watch ---- */

static void say_line(struct app *a)
{
    char line[sizeof(a->line)];
    status_line(&a->status, line, sizeof(line));
    if (!strcmp(line, a->line))
        return;
    memcpy(a->line, line, sizeof(line));
    notify_status(line);
}

/* What opening took (tables of 130 libraries, probing, TLS) is let go. */
static void settle(struct app *a)
{
    a->settles_ns = 0;
    malloc_trim(0);
    memory_drop(a->memory);
}

void app_tick(void *ctx)
{
    struct app *a = ctx;
    int64_t now_ns = clock_boot_ns();
    if (!a->status.sources)
        return;
    a->house.clock_synced = a->status.clock_synced = clock_synced();
    clock_follow(&a->status.boot_to_wall_ns);
    a->house.boot_to_wall_ns = a->status.boot_to_wall_ns;
    sources_tick(a->status.sources, now_ns);
    let_names_go(a);
    if (status_say(&a->status)) /* something was opened, or lost */
        a->settles_ns = now_ns + SETTLE_MS * 1000000LL;
    say_line(a);
    log_turn(a->log, now_ns);
    if (a->settles_ns && now_ns >= a->settles_ns)
        settle(a);
}

static void feed_watchdog(void *ctx)
{
    struct app *a = ctx;
    const char *stuck = status_stuck(&a->status, clock_boot_ns());
    if (!stuck)
        notify_alive();
    else
        log_say(a->log, LOG_LEVEL_ERROR, NULL, "%s does not move; the watchdog is not fed", stuck);
}

static void say_health(void *ctx)
{
    struct app *a = ctx;
    status_say_health(&a->status);
}

static void reloaded(void *ctx)
{
    struct app *a = ctx;
    (void)loop_set_period(a->loop, a->control.settings->health_interval_ms, say_health, a);
    app_keep_names(a);
    app_tick(a);
    *a->line = '\0'; /* "reloaded" stands over it until the next tick */
}

static int start_watch(struct app *a, struct reason *why)
{
    int64_t watchdog_ms = notify_watchdog_ms();
    int r = loop_every(a->loop, TICK_MS, app_tick, a);
    if (r >= 0)
        r = loop_every(a->loop, a->control.settings->health_interval_ms, say_health, a);
    if (r >= 0 && watchdog_ms)
        r = loop_every(a->loop, watchdog_ms, feed_watchdog, a);
    if (r < 0) {
        reason_set(why, -r, "no timer: %s", strerror(-r));
        return EX_OSERR;
    }
    a->status.phase = "running";
    control_keep(&a->control);
    app_keep_names(a);
    app_tick(a);
    notify_ready(a->line);
    return 0;
}

static void stop_watch(struct app *a)
{
    notify_stopping();
    if (!a->status.publisher)
        return;
    a->status.phase = "stopping";
    (void)status_say(&a->status);
}

/* ---- the list ---- */

static const struct part {
    const char *name;
    int (*start)(struct app *a, struct reason *why); /* 0, or the exit code and why */
    void (*stop)(struct app *a);                     /* also after a failed or no start */
} parts[] = {
    {"loop", start_loop, stop_loop},
    {"model", app_start_model, app_stop_model},
    {"store", start_store, stop_store},
    {"publisher", start_publisher, stop_publisher},
    {"pool", app_start_pool, app_stop_pool},
    {"front", app_start_front, app_stop_front},
    {"sources", app_start_sources, app_stop_sources},
    {"local", start_local, stop_local},
    {"metrics", start_metrics, stop_metrics},
    {"watch", start_watch, stop_watch},
};

static int live(struct app *a, struct reason *why)
{
    size_t started = 0;
    int code = 0;
    while (started < ARRAY_SIZE(parts) && !code) {
        code = parts[started].start(a, why);
        if (code)
            log_say(a->log, LOG_LEVEL_ERROR, NULL, "%s", why->text);
        started++;
    }
    if (!code && loop_run(a->loop) < 0)
        code = EX_SOFTWARE;
    while (started > 0)
        parts[--started].stop(a);
    return code;
}

int app_run(const struct app_params *p, struct reason *why)
{
    struct settings *settings = p->settings;
    struct app *a = calloc(1, sizeof(*a));
    if (!a) {
        settings_free(settings);
        return EX_OSERR;
    }
    a->log = p->log;
    a->memory = p->memory;
    a->control = (struct control){
        .config_path = p->config_path,
        .settings = settings,
        .started = settings,
        .status = &a->status,
        .house = &a->house,
        .report = &a->report,
        .log = p->log,
        .reloaded = reloaded,
        .left = app_name_left,
        .ctx = a,
    };
    report_init(&a->report, p->log, settings);
    snprintf(a->events.node, sizeof(a->events.node), "%s", settings->node);
    health_boot_id(a->events.boot_id);
    health_init(&a->health, clock_boot_ns());
    if (getrandom(a->events.random, sizeof(a->events.random), GRND_NONBLOCK) < 0)
        a->events.random[0] = (uint64_t)clock_wall_ns() ^ (uint64_t)getpid() << 40;
    a->status.phase = "starting";
    a->status.settings = settings;
    a->status.report = &a->report;
    a->status.health = &a->health;
    a->status.clock_synced = clock_synced();
    a->status.started_ns = a->status.config_loaded_ns = clock_boot_ns();
    clock_follow(&a->status.boot_to_wall_ns);
    a->status.last_reload_ok = a->status.settings_current = !p->wrong;
    snprintf(a->status.config_error, sizeof(a->status.config_error), "%s", p->wrong ? p->wrong : "");
    snprintf(a->status.boot_id, sizeof(a->status.boot_id), "%s", a->events.boot_id);
    int code = live(a, why);
    status_done(&a->status);
    control_done(&a->control);
    free(a);
    return code;
}
