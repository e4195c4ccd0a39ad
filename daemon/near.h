/* Near misses: what came close to a flag, and the setting that kept it back.
 *
 * Pure. One near_track a source follows the windows beside decide; one near_log keeps
 * the last of all sources in memory, for `earshot why`: nothing of it goes to disk.
 * Main thread. */
#ifndef DAEMON_NEAR_H
#define DAEMON_NEAR_H

#include "daemon/decide.h"
#include "daemon/event.h"

enum { NEAR_LOG = 256, NEAR_GATE_DB = 6 };

/* Named as the settings that the operator may change. */
enum near_cause {
    NEAR_THRESHOLDS,  /* over what would have kept an event open, not over what starts one */
    NEAR_MIN_WINDOWS, /* over the threshold, but not in enough windows running */
    NEAR_MAX_EVENTS,  /* the rate limit */
    NEAR_MUTE,
    NEAR_GATE_DBFS,   /* not looked at: up to NEAR_GATE_DB quieter than the gate */
};

struct near_miss {
    enum near_cause cause;
    char source[EVENT_NAME_SIZE];
    int64_t time_ms;    /* wall, of the highest */
    int label;          /* -1: not known, it was not looked at */
    float peak, threshold;
    int windows, over;  /* that came close; of these, over the threshold */
    double dbfs;        /* of the highest; of the gate: the loudest */
    double limit;       /* gate: gate_dbfs */
};

struct near_window {
    const float *p; /* (n_labels) */
    int64_t time_ms;
    double dbfs;
    bool event;     /* it belongs to an event that is said */
    bool kept_back; /* … to one that the rate limit keeps back */
    bool muted;
};

struct near_track { /* private; zero it */
    bool open, quiet;
    int64_t quiet_ns; /* since, boot time */
    struct near_miss m, q;
};

/* True: something is over, and *ret (but for source) is what it came to. */
bool near_feed(struct near_track *t, const struct decide_params *p, const struct near_window *w,
               struct near_miss *ret);

struct near_level { /* behind the gate, or before it */
    bool closed; /* the gate is */
    double dbfs, gate_dbfs;
    int64_t boot_ns, time_ms; /* now: on the clock that nobody sets, on the wall */
};

/* Every half second or so: the level behind a closed gate; closed false ends it. */
bool near_listen(struct near_track *t, const struct near_level *l, struct near_miss *ret);

struct near_log {
    struct near_miss item[NEAR_LOG];
    uint64_t n; /* ever added; item[n % NEAR_LOG] is the next place */
};

void near_add(struct near_log *l, const struct near_miss *m);
/* The i-th that is kept, oldest first; NULL behind the last. */
const struct near_miss *near_at(const struct near_log *l, size_t i);

const char *near_cause_name(enum near_cause c); /* "thresholds" … */

#endif
