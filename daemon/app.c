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

#include "daemon/control.h"
#include "daemon/loop.h"
#include "daemon/memory.h"
#include "daemon/metrics.h"
#include "daemon/notify.h"
#include "daemon/status.h"
#include "daemon/store.h"

enum { TICK_MS = 500, GOODBYE_MS = 3000, SETTLE_MS = 3000, MAX_LEFT_OPEN = 64 };

struct app {
    struct log *log;
    const struct memory *memory;
    struct control control; /* owns the settings in force */
    struct loop *loop;
    struct store *store;
    struct event *left_open; /* by a crash */
    int n_left_open;
    struct event_log events;
    struct health health;
    struct report report;
    struct status status; /* also holds the pointers to model, kernel, publisher … */
    struct station_house house;
    struct metrics *metrics; /* NULL: not wanted, or it could not be had */
    uint64_t publisher_changes;
    char store_text[192]; /* what was said of the disk last; "": nothing is wrong */
    int64_t settles_ns; /* when what opening took is let go; 0: done */
    char stuck[PROGRESS_NAME_SIZE];
};

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

static int wake_fd(struct app *a, loop_fn *fn, struct reason *why)
{
    int fd = loop_on_wake(a->loop, fn, a);
    return fd >= 0 ? fd : reason_set(why, -fd, "no eventfd: %s", strerror(-fd));
}

/* ---- model ---- */

static int model_exit(int err)
{
    return err == -ENOENT ? EX_NOINPUT : err == -EBADMSG ? EX_DATAERR
           : err == -EACCES || err == -EPERM ? EX_NOPERM : EX_OSERR;
}

static void describe_model(struct app *a)
{
    const struct model *m = a->status.model;
    snprintf(a->events.model, sizeof(a->events.model), "%s/%s+%.8s", m->name, m->version,
             m->sha256);
    a->events.n_labels = m->n_labels;
    for (int i = 0; i < m->n_labels; i++)
        snprintf(a->events.label_name[i], sizeof(a->events.label_name[i]), "%s", m->label[i]);
}

static int start_model(struct app *a, struct reason *why)
{
    const char *path = a->control.settings->model.path;
    if (kernel_select(a->control.settings->model.kernel, &a->status.kernel, why) < 0) {
        reason_prefix(why, 0, "model.kernel");
        return EX_CONFIG;
    }
    int r = model_open(path ? path : EARSHOT_DATADIR "/hostile-en.gguf", a->status.kernel,
                       &a->status.model, why);
    if (r < 0)
        return model_exit(r);
    describe_model(a);
    log_say(a->log, LOG_LEVEL_INFO, NULL, "model %s, kernel %s", a->events.model,
            a->status.kernel->name);
    return 0;
}

static void stop_model(struct app *a)
{
    model_close(a->status.model);
}

/* ---- store ---- */

static int start_store(struct app *a, struct reason *why)
{
    char buf[4096];
    struct store_figures f;
    int r = store_open(store_path(a->control.settings->store.path, buf, sizeof(buf)),
                       a->control.settings->store.max_size,
                       a->control.settings->store.max_age_ms, &a->store, why);
    if (r < 0)
        return EX_OSERR;
    if (r == 1)
        log_say(a->log, LOG_LEVEL_WARNING, NULL, "%s", why->text);
    store_figures(a->store, &f);
    snprintf(a->store_text, sizeof(a->store_text), "%s", f.text);
    a->events.next_seq = store_next_seq(a->store);
    a->left_open = calloc(MAX_LEFT_OPEN, sizeof(*a->left_open));
    if (!a->left_open) {
        reason_set(why, ENOMEM, "no memory");
        return EX_OSERR;
    }
    a->n_left_open = store_open_events(a->store, a->left_open, MAX_LEFT_OPEN);
    return 0;
}

static void stop_store(struct app *a)
{
    store_close(a->store);
    free(a->left_open);
}

/* ---- publisher ---- */

static void tell_store(struct app *a, const char *text)
{
    if (!strcmp(a->store_text, text))
        return;
    snprintf(a->store_text, sizeof(a->store_text), "%s", text);
    if (*text)
        log_say(a->log, LOG_LEVEL_WARNING, NULL, "%s: events are kept in memory", text);
    else
        log_say(a->log, LOG_LEVEL_INFO, NULL, "the store takes events again");
}

static void publisher_woke(void *ctx)
{
    struct app *a = ctx;
    struct publisher_stats p;
    publisher_stats(a->status.publisher, &p);
    if (p.changes != a->publisher_changes && *p.text)
        log_say(a->log, p.connected ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, NULL, "broker: %s",
                p.text);
    a->publisher_changes = p.changes;
    tell_store(a, p.store_text);
    control_take_commands(&a->control);
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

static int start_publisher(struct app *a, struct reason *why)
{
    struct publisher_params p = {.settings = a->control.settings, .store = a->store};
    p.wake_fd = wake_fd(a, publisher_woke, why);
    if (p.wake_fd < 0)
        return EX_OSERR;
    int r = publisher_start(&p, &a->status.publisher, why);
    if (r < 0)
        return r == -EINVAL ? EX_CONFIG : EX_OSERR;
    a->report.publisher = a->status.publisher;
    (void)status_say(&a->status);
    report_discovery(&a->report, a->control.settings);
    end_what_crashed(a);
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

/* ---- pool, front, sources ---- */

static void results_came(void *ctx)
{
    struct app *a = ctx;
    if (a->status.sources)
        sources_take_results(a->status.sources);
}

static int start_pool(struct app *a, struct reason *why)
{
    struct pool_params p = {
        .model = a->status.model,
        .workers = a->control.settings->model.workers ? (int)a->control.settings->model.workers : pool_auto_workers(),
        .max_streams = SETTINGS_MAX_SOURCES,
    };
    p.wake_fd = wake_fd(a, results_came, why);
    int r = p.wake_fd >= 0 ? pool_start(&p, &a->status.pool, why) : -EMFILE;
    return r >= 0 ? 0 : r == -EINVAL ? EX_DATAERR : EX_OSERR; /* a model that follows no stream */
}

static void stop_pool(struct app *a)
{
    pool_stop(a->status.pool);
    a->status.pool = NULL;
}

static void tick(void *ctx);

static int start_front(struct app *a, struct reason *why)
{
    struct front_params p = {.model = a->status.model, .pool = a->status.pool};
    p.wake_fd = wake_fd(a, tick, why);
    if (p.wake_fd < 0)
        return EX_OSERR;
    int r = front_start(&p, &a->status.front, why);
    return r >= 0 ? 0 : r == -EINVAL ? EX_DATAERR : EX_OSERR;
}

static void stop_front(struct app *a)
{
    front_stop(a->status.front);
    a->status.front = NULL;
}

static int start_sources(struct app *a, struct reason *why)
{
    a->house = (struct station_house){
        .model = a->status.model,
        .pool = a->status.pool,
        .front = a->status.front,
        .report = &a->report,
        .log = a->log,
        .events = &a->events,
        .health = &a->health,
        .clock_synced = a->status.clock_synced,
    };
    if (control_check(a->log, a->control.settings, a->status.model, why) < 0)
        return EX_CONFIG;
    int r = sources_start(&a->house, a->control.settings, &a->status.sources, why);
    return r >= 0 ? 0 : r == -EINVAL ? EX_CONFIG : EX_OSERR;
}

static void stop_sources(struct app *a)
{
    sources_stop(a->status.sources, END_SHUTDOWN);
    a->status.sources = NULL;
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
    char line[320];
    status_line(&a->status, line, sizeof(line));
    notify_status(line);
}

/* What opening took (tables of 130 libraries, probing, TLS) is let go. */
static void settle(struct app *a)
{
    a->settles_ns = 0;
    malloc_trim(0);
    memory_drop(a->memory);
}

static void tick(void *ctx)
{
    struct app *a = ctx;
    int64_t now_ns = clock_boot_ns();
    if (!a->status.sources)
        return;
    a->house.clock_synced = a->status.clock_synced = health_clock_synced();
    sources_tick(a->status.sources, now_ns);
    if (status_say(&a->status)) { /* something was opened, or lost */
        a->settles_ns = now_ns + SETTLE_MS * 1000000LL;
        say_line(a);
    }
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
    say_line(a);
}

static void reloaded(void *ctx)
{
    struct app *a = ctx;
    (void)loop_set_period(a->loop, a->control.settings->health_interval_ms, say_health, a);
    tick(a);
}

static int start_watch(struct app *a, struct reason *why)
{
    int64_t watchdog_ms = notify_watchdog_ms();
    int r = loop_every(a->loop, TICK_MS, tick, a);
    if (r >= 0)
        r = loop_every(a->loop, a->control.settings->health_interval_ms, say_health, a);
    if (r >= 0 && watchdog_ms)
        r = loop_every(a->loop, watchdog_ms, feed_watchdog, a);
    if (r < 0) {
        reason_set(why, -r, "no timer: %s", strerror(-r));
        return EX_OSERR;
    }
    a->status.phase = "running";
    tick(a);
    char line[320];
    status_line(&a->status, line, sizeof(line));
    notify_ready(line);
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
    {"model", start_model, stop_model},
    {"store", start_store, stop_store},
    {"publisher", start_publisher, stop_publisher},
    {"pool", start_pool, stop_pool},
    {"front", start_front, stop_front},
    {"sources", start_sources, stop_sources},
    {"metrics", start_metrics, stop_metrics},
    {"watch", start_watch, stop_watch},
};

static int live(struct app *a)
{
    size_t started = 0;
    int code = 0;
    while (started < ARRAY_SIZE(parts) && !code) {
        struct reason why = {""};
        code = parts[started].start(a, &why);
        if (code)
            log_say(a->log, LOG_LEVEL_ERROR, NULL, "%s", why.text);
        started++;
    }
    if (!code && loop_run(a->loop) < 0)
        code = EX_SOFTWARE;
    while (started > 0)
        parts[--started].stop(a);
    return code;
}

int app_run(struct log *log, const struct memory *memory, const char *config_path,
            struct settings *settings)
{
    struct app *a = calloc(1, sizeof(*a));
    if (!a) {
        settings_free(settings);
        return EX_OSERR;
    }
    a->log = log;
    a->memory = memory;
    a->control = (struct control){
        .config_path = config_path,
        .settings = settings,
        .status = &a->status,
        .house = &a->house,
        .report = &a->report,
        .log = log,
        .reloaded = reloaded,
        .ctx = a,
    };
    report_init(&a->report, log, settings);
    snprintf(a->events.node, sizeof(a->events.node), "%s", settings->node);
    health_boot_id(a->events.boot_id);
    health_init(&a->health, clock_boot_ns());
    if (getrandom(a->events.random, sizeof(a->events.random), GRND_NONBLOCK) < 0)
        a->events.random[0] = (uint64_t)clock_wall_ns() ^ (uint64_t)getpid() << 40;
    a->status.phase = "starting";
    a->status.settings = settings;
    a->status.report = &a->report;
    a->status.health = &a->health;
    a->status.clock_synced = health_clock_synced();
    a->status.started_ms = a->status.config_loaded_ms = clock_wall_ns() / 1000000;
    a->status.last_reload_ok = true;
    snprintf(a->status.boot_id, sizeof(a->status.boot_id), "%s", a->events.boot_id);
    int code = live(a);
    status_done(&a->status);
    settings_free(a->control.settings);
    free(a);
    return code;
}
