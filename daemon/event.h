/* The life of an event: id, seq, start / update / end.
 *
 * Pure: told what decide found and what happened to the source, it says which
 * messages follow, in order. One event_log a node (it owns seq), one event_track
 * a source. Main thread. The contract is in the table "Event". */
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

const char *event_type_name(enum event_type t);  /* "start" … */
const char *event_end_name(enum event_end e);    /* "quiet" …; NULL for END_NONE */

#endif
