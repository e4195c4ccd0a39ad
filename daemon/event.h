/* The life of an event: id, seq, start / update / end.
 *
 * Pure: told what decide found and what happened to the source, it says which
 * messages follow, in order. One event_log a node (it owns seq), one event_track
 * a source. Main thread.
 *
 * A position becomes a time here, once an event: `started` is wall time, all later
 * times of the event are `started` plus what passed since on CLOCK_BOOTTIME, so a
 * clock that is set meanwhile tears no event apart. Only when it becomes right for the
 * first time, `started` is moved to what it would have been by it. The event carries the label
 * that peaked highest over its threshold; `score` is that label's in this window. */
#ifndef DAEMON_EVENT_H
#define DAEMON_EVENT_H

#include "config/reason.h"

enum { EVENT_ID_SIZE = 27, EVENT_NAME_SIZE = 65, EVENT_MAX_LABELS = 16 };

enum event_type { EVENT_START, EVENT_UPDATE, EVENT_END };
enum event_end { END_NONE, END_QUIET, END_SOURCE_LOST, END_MUTED, END_SHUTDOWN, END_CRASH, END_RELOAD };

/* One event message, all that the contract's JSON holds. A value: copied, never shared. */
struct event {
    enum event_type type;
    char id[EVENT_ID_SIZE]; /* ULID */
    uint64_t seq;
    char node[EVENT_NAME_SIZE], source[EVENT_NAME_SIZE];
    int64_t time_ms, started_ms, ended_ms; /* wall clock of the audio, ms since 1970; ended 0: not yet */
    int64_t duration_ms;
    enum event_end end_reason;
    int label; /* index into labels of the highest over its threshold */
    float score, peak, threshold;
    char sensitivity[32];
    int n_labels;
    char label_name[EVENT_MAX_LABELS][64];
    float scores[EVENT_MAX_LABELS];
    double dbfs;       /* -INFINITY: digital silence */
    double latency_ms; /* last sample of the window -> handed on; < 0: none (end at shutdown …) */
    char model[128];
    bool clock_synced;
    char boot_id[37];
    uint32_t suppressed;
    bool test;
    int64_t boot_ns; /* CLOCK_BOOTTIME of `time`, for age_ms within this boot; 0 when from an older boot */
};

struct event_log { /* one a node */
    char node[EVENT_NAME_SIZE], boot_id[37], model[128];
    int n_labels;
    char label_name[EVENT_MAX_LABELS][64];
    uint64_t next_seq;  /* of the next message */
    uint64_t random[2]; /* state of the ids' random part: seed it from the kernel, not both 0 */
};

struct event_track { /* one a source */
    char source[EVENT_NAME_SIZE], sensitivity[32];
    float threshold[EVENT_MAX_LABELS];
    bool open;
    /* private from here */
    bool changed;                 /* since the last message */
    int64_t said_ns, started_ns;  /* boot time of the last message, of the start */
    struct event last;
};

struct event_now { /* the window in question, or the moment */
    int64_t boot_ns; /* of the window's last sample */
    int64_t wall_ms; /* the same moment on the wall */
    const float *p;  /* (n_labels) NULL: no window, the last one's stay */
    double dbfs;
    double latency_ms; /* < 0: none */
    bool clock_synced;
    uint32_t suppressed;
    bool test; /* a synthetic alarm; only a start looks at it */
};

/* An event begins with this window; label is the highest over its threshold. */
void event_start(struct event_log *l, struct event_track *t, int label, const struct event_now *now,
                 struct event *ret);

/* A window while the event is open; label the highest that keeps it open, -1 none.
 * True: *ret is an update to send: label, peak or source state changed, and the last
 * message is a second old. */
bool event_more(struct event_log *l, struct event_track *t, int label, const struct event_now *now,
                struct event *ret);

/* The open event ends now; ended_ns: boot time of the last window over threshold. */
void event_end(struct event_log *l, struct event_track *t, enum event_end why, int64_t ended_ns,
               const struct event_now *now, struct event *ret);

/* The clock is right now and was not when the event was stamped: what the event's times
 * were by this clock, if it is of this boot; then it counts as synchronised. */
void event_restamp(struct event *e, int64_t wall_ms, int64_t boot_ns);

/* The state of the source changed: worth an update. */
void event_source_changed(struct event_track *t);

/* The end of an event that an earlier run left open; last is its latest message. */
void event_crashed(struct event_log *l, const struct event *last, struct event *ret);

const char *event_type_name(enum event_type t);  /* "start" … */
const char *event_end_name(enum event_end e);    /* "quiet" …; NULL for END_NONE */

#endif
