#include "daemon/sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sources {
    const struct station_house *house;
    size_t n;
    struct station *station[SETTINGS_MAX_SOURCES];
};

int sources_check(const struct station_house *h, const struct settings *s, struct reason *why)
{
    for (size_t i = 0; i < s->n_sources; i++) {
        int r = station_check(h, s, &s->source[i], why);
        if (r < 0)
            return r;
    }
    return 0;
}

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
        station_close(s->station[i], why);
    free(s);
}

static struct station *take_out(struct sources *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (!strcmp(station_name(s->station[i]), name)) {
            struct station *st = s->station[i];
            s->station[i] = s->station[--s->n];
            return st;
        }
    return NULL;
}

/* What stays open is kept, the rest of the old ones is closed. */
static void keep_unchanged(struct sources *s, const struct settings *now)
{
    struct sources kept = {.house = s->house};
    for (size_t i = 0; i < now->n_sources; i++) {
        struct station *st = take_out(s, now->source[i].name);
        if (st && station_apply(st, &now->source[i]))
            kept.station[kept.n++] = st;
        else
            station_close(st, END_RELOAD);
    }
    for (size_t i = 0; i < s->n; i++) { /* no longer wanted */
        char name[EVENT_NAME_SIZE];
        snprintf(name, sizeof(name), "%s", station_name(s->station[i]));
        station_close(s->station[i], END_RELOAD);
        report_forget(s->house->report, name);
    }
    *s = kept;
}

void sources_reload(struct sources *s, const struct settings *now)
{
    sources_take_results(s);
    keep_unchanged(s, now);
    sources_take_results(s); /* of those that are gone, too: stream numbers come again */
    for (size_t i = 0; i < now->n_sources; i++) {
        const struct settings_source *set = &now->source[i];
        struct reason why;
        if (sources_find(s, set->name))
            continue;
        if (station_open(s->house, now, set, &s->station[s->n], &why) < 0)
            log_say(s->house->log, LOG_LEVEL_ERROR, set->name, "%s", why.text);
        else
            s->n++;
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
