#include "daemon/sources.h"

#include <stdlib.h>
#include <string.h>

struct sources {
    const struct station_house *house;
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

static void close_one(struct sources *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (!strcmp(station_name(s->station[i]), name)) {
            station_close(s->station[i], END_RELOAD);
            s->station[i] = s->station[--s->n];
            return;
        }
}

/* A stream of the pool has its hop for life. */
static bool must_close(const struct settings *before, const struct settings *now,
                       const struct settings_diff *d, size_t i)
{
    return d->source[i].change == SETTINGS_REMOVED || d->source[i].change == SETTINGS_REOPENED ||
           (d->source[i].change == SETTINGS_ADJUSTED &&
            before->source[d->source[i].before].hop != now->source[d->source[i].after].hop);
}

void sources_reload(struct sources *s, const struct settings *before, const struct settings *now,
                    const struct settings_diff *diff)
{
    sources_take_results(s);
    for (size_t i = 0; i < diff->n_sources; i++) {
        struct station *st = sources_find(s, diff->source[i].name);
        if (st && must_close(before, now, diff, i))
            station_leave(st, END_RELOAD);
    }
    for (size_t i = 0; i < diff->n_sources; i++) {
        if (must_close(before, now, diff, i))
            close_one(s, diff->source[i].name);
        if (diff->source[i].change == SETTINGS_REMOVED)
            report_forget(s->house->report, diff->source[i].name);
    }
    for (size_t i = 0; i < now->n_sources; i++) {
        const struct settings_source *set = &now->source[i];
        struct station *st = sources_find(s, set->name);
        struct reason why;
        if (st)
            station_apply(st, set);
        else if (station_open(s->house, now, set, &s->station[s->n], &why) >= 0)
            s->n++;
        else
            log_say(s->house->log, LOG_LEVEL_ERROR, set->name, "%s", why.text);
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
