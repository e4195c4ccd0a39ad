/* The watchdog's questions. A source is well while samples come or it is known,
 * and published, that none do; the front, while it turns; the workers, while they
 * finish jobs or have none; the publisher, while it turns: it may wait for a slow
 * card or a name server, so its patience is longest. */
#include "daemon/status.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MS = 30000, FRONT_MS = 10000, WORK_MS = 20000, PUBLISHER_MS = 60000 };
enum { SILENCE_DBFS = -120 };

void status_done(struct status *s)
{
    free(s->said);
    s->said = NULL;
}

static void count_sources(struct status *s, size_t *ret_enabled, size_t *ret_online)
{
    *ret_enabled = *ret_online = 0;
    for (size_t i = 0; s->sources && i < sources_count(s->sources); i++) {
        struct station_figures f;
        station_figures(sources_at(s->sources, i), &f);
        *ret_enabled += f.enabled;
        *ret_online += f.online;
    }
}

static void name_status(struct status *s, struct message_node *n)
{
    size_t enabled, online;
    struct publisher_stats p = {0};
    count_sources(s, &enabled, &online);
    if (s->publisher)
        publisher_stats(s->publisher, &p);
    n->status = s->phase;
    if (strcmp(s->phase, "running") || (online == enabled && s->settings_current && !p.store_text[0]))
        return;
    n->status = "degraded";
    n->reason = !s->settings_current       ? "last_good_config"
                : enabled && !online       ? "no_source_online"
                : p.store_text[0]          ? "store_in_memory"
                                           : "source_offline";
}

static int64_t wall_ms(const struct status *s, int64_t boot_ns)
{
    return (boot_ns + s->boot_to_wall_ns) / 1000000;
}

bool status_say(struct status *s)
{
    struct message_node n = {
        .version = EARSHOT_VERSION,
        .boot_id = s->boot_id,
        .started_ms = wall_ms(s, s->started_ns),
        .kernel = s->kernel ? s->kernel->name : NULL,
        .config_sha256 = s->settings->sha256,
        .config_error = *s->config_error ? s->config_error : NULL,
        .config_loaded_ms = wall_ms(s, s->config_loaded_ns),
        .last_reload_ok = s->last_reload_ok,
        .clock_synced = s->clock_synced,
    };
    if (s->model) {
        n.model_name = s->model->name;
        n.model_version = s->model->version;
        n.model_sha256 = s->model->sha256;
        n.n_labels = s->model->n_labels;
        for (int i = 0; i < n.n_labels; i++)
            n.label[i] = s->model->label[i];
    }
    for (size_t i = 0; i < s->settings->n_files && i < MESSAGE_MAX_FILES; i++)
        n.file[n.n_files++] = s->settings->file[i];
    for (size_t i = 0; s->sources && i < sources_count(s->sources); i++) {
        struct station_figures f;
        station_figures(sources_at(s->sources, i), &f);
        n.source[n.n_sources].name = f.name;
        n.source[n.n_sources++].state = f.state;
    }
    name_status(s, &n);
    return report_node(s->report, &n, &s->said);
}

/* All but what health_read() knows; health.time_ms is that of the sources too. */
static void gather(struct status *s, struct metrics_figures *ret)
{
    struct message_health *h = &ret->health;
    struct publisher_stats p = {0};
    struct pool_stats w = {0};
    if (s->publisher)
        publisher_stats(s->publisher, &p);
    if (s->pool)
        pool_stats(s->pool, &w);
    h->queue = w.waiting;
    h->outbox_unsent = p.unsent;
    h->outbox_oldest_s = p.oldest_s;
    h->outbox_bytes = p.store_bytes;
    h->outbox_lost = p.lost;
    h->broker_connects = p.connects;
    struct sources_gone gone = s->sources ? sources_gone(s->sources) : (struct sources_gone){0};
    h->windows = gone.windows;
    h->dropped_windows = gone.dropped_windows;
    for (size_t i = 0; s->sources && i < sources_count(s->sources); i++) {
        struct station_figures f;
        station_figures(sources_at(s->sources, i), &f);
        h->windows += f.windows;
        h->dropped_windows += f.dropped_windows;
        h->sources++;
        h->sources_online += f.online;
        ret->source[ret->n_sources].name = f.name;
        ret->source[ret->n_sources].online = f.online;
        ret->source[ret->n_sources++].health = (struct message_source_health){
            .time_ms = h->time_ms,
            .dbfs = fmax(f.dbfs, SILENCE_DBFS),
            .clipping = f.clipping,
            .windows = f.windows,
            .dropped_windows = f.dropped_windows,
            .restarts = f.restarts,
            .xruns = f.xruns,
            .near_misses = f.near_misses,
            .events = f.events,
        };
    }
}

void status_say_health(struct status *s)
{
    struct metrics_figures f = {.health.temperature_c = NAN};
    health_read(s->health, clock_boot_ns(), &f.health);
    gather(s, &f);
    for (int i = 0; i < f.n_sources; i++)
        report_source_health(s->report, f.source[i].name, &f.source[i].health);
    report_health(s->report, &f.health);
}

void status_figures(struct status *s, struct metrics_figures *ret)
{
    *ret = (struct metrics_figures){
        .node = s->report->node,
        .version = EARSHOT_VERSION,
        .kernel = s->kernel ? s->kernel->name : NULL,
        .model = s->model ? s->model->name : NULL,
        .health.temperature_c = NAN,
    };
    health_peek(s->health, clock_boot_ns(), &ret->health);
    gather(s, ret);
}

static void tell_sources(struct status *s, int64_t now_ns)
{
    for (size_t i = 0; i < sources_count(s->sources); i++) {
        struct station_figures f;
        char name[PROGRESS_NAME_SIZE];
        station_figures(sources_at(s->sources, i), &f);
        snprintf(name, sizeof(name), "source %s", f.name);
        progress_tell(&s->progress, name, f.samples, f.waits, SOURCE_MS, now_ns);
    }
}

/* What a reload took away has nothing more to tell, and must not be waited for. */
static void forget_sources(struct status *s)
{
    static const char prefix[] = "source ";
    for (size_t i = s->progress.n; i-- > 0;) {
        const char *name = s->progress.item[i].name;
        if (!strncmp(name, prefix, strlen(prefix)) &&
            !sources_find(s->sources, name + strlen(prefix)))
            progress_forget(&s->progress, name);
    }
}

const char *status_stuck(struct status *s, int64_t now_ns)
{
    struct pool_stats w;
    struct publisher_stats p;
    pool_stats(s->pool, &w);
    publisher_stats(s->publisher, &p);
    forget_sources(s);
    tell_sources(s, now_ns);
    progress_tell(&s->progress, "front", front_turns(s->front), false, FRONT_MS, now_ns);
    progress_tell(&s->progress, "workers", w.jobs_done, w.jobs_started == w.jobs_done, WORK_MS,
                  now_ns);
    progress_tell(&s->progress, "publisher", p.turns, false, PUBLISHER_MS, now_ns);
    return progress_stuck(&s->progress, now_ns);
}

void status_line(struct status *s, char *ret_text, size_t size)
{
    size_t enabled, online;
    struct publisher_stats p;
    count_sources(s, &enabled, &online);
    publisher_stats(s->publisher, &p);
    snprintf(ret_text, size, "%slistening to %zu of %zu sources; %s",
             !s->settings_current ? "WRONG SETTINGS, the last good ones are used; "
             : !s->last_reload_ok ? "NOT RELOADED, the settings before are used; "
                                  : "",
             online, enabled, p.text);
}
