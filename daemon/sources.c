#include "daemon/sources.h"

#include <stdlib.h>
#include <string.h>

struct sources {
    const struct station_house *house;
    struct sources_gone gone;
    size_t n;
    struct station *station[SETTINGS_MAX_SOURCES];
};

int sources_start(const struct station_house *h, const struct settings *set, struct sources **ret,
                  struct reason *why)
{
    struct sources *s = calloc(1, sizeof(*s));
    if (!s)
        return reason_set(why, ENOMEM, "no memory for the sources");
    s->house = h;
    for (size_t i = 0; i < set->n_sources; i++) {
        int r = station_open(h, set, &set->source[i], &s->station[s->n], why);
        if (r < 0) {
            sources_stop(s, END_SHUTDOWN);
            return r;
        }
        s->n++;
    }
    *ret = s;
    return 0;
}

void sources_stop(struct sources *s, enum event_end why)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n; i++)
        station_leave(s->station[i], why);
    for (size_t i = 0; i < s->n; i++)
        station_close(s->station[i], why);
    free(s);
}

static const struct settings_source *find_settings(const struct settings *set, const char *name)
{
    for (size_t i = 0; i < set->n_sources; i++)
        if (!strcmp(set->source[i].name, name))
            return &set->source[i];
    return NULL;
}

/* A stream of the pool has its hop for life, a capture its password. */
static bool must_close(const struct station *st, const struct settings *before, const struct settings *now,
                       const struct settings_diff *d)
{
    const char *name = station_name(st);
    const struct settings_source *was = find_settings(before, name), *set = find_settings(now, name);
    if (!was || !set || was->hop != set->hop || station_password_differs(st, now, set))
        return true;
    for (size_t i = 0; i < d->n_sources; i++)
        if (d->source[i].change == SETTINGS_REOPENED && !strcmp(d->source[i].name, name))
            return true;
    return false;
}

struct mutes { /* of the sources that are closed, as far as they come back */
    size_t n;
    const char *name[SETTINGS_MAX_SOURCES];
    int64_t until_ns[SETTINGS_MAX_SOURCES];
};

/* What it has counted stays counted. */
static void close_one(struct sources *s, struct station *st)
{
    struct station_figures f;
    station_figures(st, &f);
    s->gone.windows += f.windows;
    s->gone.dropped_windows += f.dropped_windows;
    station_close(st, END_RELOAD);
}

/* All that must be are left first, and so close in the time of one. */
static void close_some(struct sources *s, const struct settings *before, const struct settings *now,
                       const struct settings_diff *diff, struct mutes *ret)
{
    bool goes[SETTINGS_MAX_SOURCES];
    size_t kept = 0;
    ret->n = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct station *st = s->station[i];
        const struct settings_source *set = find_settings(now, station_name(st));
        goes[i] = must_close(st, before, now, diff);
        if (!goes[i])
            continue;
        station_leave(st, END_RELOAD);
        if (!set)
            continue;
        ret->name[ret->n] = set->name;
        ret->until_ns[ret->n++] = station_muted_until(st);
    }
    for (size_t i = 0; i < s->n; i++)
        if (goes[i])
            close_one(s, s->station[i]);
        else
            s->station[kept++] = s->station[i];
    s->n = kept;
}

static void open_one(struct sources *s, const struct settings *now, const struct settings_source *set,
                     const struct mutes *m)
{
    struct reason why;
    if (station_open(s->house, now, set, &s->station[s->n], &why) < 0) {
        log_say(s->house->log, LOG_LEVEL_ERROR, set->name, "%s", why.text);
        return;
    }
    s->n++;
    for (size_t i = 0; i < m->n; i++)
        if (!strcmp(m->name[i], set->name))
            station_mute(s->station[s->n - 1], m->until_ns[i]);
}

void sources_reload(struct sources *s, const struct settings *before, const struct settings *now,
                    const struct settings_diff *diff)
{
    struct mutes mutes;
    sources_take_results(s);
    close_some(s, before, now, diff, &mutes);
    for (size_t i = 0; i < diff->n_sources; i++)
        if (diff->source[i].change == SETTINGS_REMOVED)
            report_forget(s->house->report, diff->source[i].name);
    for (size_t i = 0; i < now->n_sources; i++) {
        struct station *st = sources_find(s, now->source[i].name);
        if (st)
            station_apply(st, &now->source[i]);
        else
            open_one(s, now, &now->source[i], &mutes);
    }
}

void sources_take_results(struct sources *s)
{
    struct pool_result r;
    while (pool_take(s->house->pool, &r) > 0)
        for (size_t i = 0; i < s->n; i++)
            if (station_stream(s->station[i]) == r.stream) {
                station_result(s->station[i], &r);
                break;
            }
}

void sources_tick(struct sources *s, int64_t now_ns)
{
    for (size_t i = 0; i < s->n; i++)
        station_tick(s->station[i], now_ns);
}

struct sources_gone sources_gone(const struct sources *s)
{
    return s->gone;
}

size_t sources_count(const struct sources *s)
{
    return s->n;
}

struct station *sources_at(struct sources *s, size_t i)
{
    return s->station[i];
}

struct station *sources_find(struct sources *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (!strcmp(station_name(s->station[i]), name))
            return s->station[i];
    return NULL;
}
