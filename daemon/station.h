/* One source as main sees it: its capture, its place in the front, its decider,
 * its event, its mute times; what it says of itself and of what it heard.
 *
 * Main thread only. Opened and closed by daemon/sources. */
#ifndef DAEMON_STATION_H
#define DAEMON_STATION_H

#include "config/settings.h"
#include "daemon/event.h"
#include "daemon/front.h"
#include "daemon/health.h"
#include "daemon/local.h"
#include "daemon/near.h"
#include "daemon/report.h"

struct station;

struct station_house { /* what all stations share; outlives them */
    const struct model *model;
    struct pool *pool;
    struct front *front;
    struct report *report;
    struct log *log;
    struct event_log *events;
    struct health *health;
    struct near_log *near;
    struct local *local; /* who listens to scores; NULL: nobody can */
    bool clock_synced;       /* these two are kept up to date by the owner */
    int64_t boot_to_wall_ns; /* clock_follow() */
};

struct station_figures {
    const char *name, *state; /* state: word of the contract, static */
    const char *reason;       /* of the state, static; NULL: none */
    const char *text;         /* the sentence of the last failure, "" if none; the station's */
    int64_t tried_ns, retry_ns; /* see capture_status() */
    bool enabled, online;
    bool testing;               /* a test alarm is to end yet */
    double dbfs, clipping;
    uint64_t windows, dropped_windows, restarts, xruns, near_misses, events;
    uint64_t samples;   /* heard, for the watchdog */
    bool waits;         /* no samples now, and that is known */
};

/* Opens (unless disabled) a source whose settings were checked. The settings must
 * outlive it or be replaced by station_apply. -ENOMEM, -EAGAIN, -ENOSPC, -EINVAL. */
int station_open(const struct station_house *h, const struct settings *all,
                 const struct settings_source *s, struct station **ret, struct reason *why);

/* Ends an open event for this reason; nothing is heard from now on. station_close() must
 * follow; several that are left first close in the time of one. */
void station_leave(struct station *s, enum event_end why);
/* The same, unless it was done, and closes: up to 200 ms. NULL is fine. */
void station_close(struct station *s, enum event_end why);

/* What password_file holds is another password than the one that it was opened with: a
 * camera is told passwords when it is opened, and by nothing else. */
bool station_password_differs(const struct station *s, const struct settings *all,
                              const struct settings_source *now);

/* Checked settings that do not ask for the source to be opened anew apply from now
 * on; no sample is lost. Also when they say the same: their strings are used. */
void station_apply(struct station *s, const struct settings_source *now);

const char *station_name(const struct station *s);
int station_stream(const struct station *s); /* in the pool; -1: disabled */

void station_result(struct station *s, const struct pool_result *r);

/* Time passes: holds run out, mutes begin and end, states change and are said. */
void station_tick(struct station *s, int64_t now_ns);
void station_figures(const struct station *s, struct station_figures *ret);

/* Nothing is flagged until boot time until_ns; 0 ends a mute made so. */
void station_mute(struct station *s, int64_t until_ns);
int64_t station_muted_until(const struct station *s); /* as station_mute() was told */

/* A synthetic event of 2 s, marked as a test, and its id. -EBUSY while a real one is open. */
int station_test_alarm(struct station *s, char ret_id[EVENT_ID_SIZE]);

#endif
