/* Everything that is said over MQTT: structs to topics and JSON, as the contract
 * has it. Pure; any thread. Payloads are allocated, the caller frees them with
 * free(); NULL: no memory. Numbers that are not known are null in events and
 * states; health has no null. Scores have 4 places, times are RFC 3339 UTC. */
#ifndef DAEMON_MESSAGE_H
#define DAEMON_MESSAGE_H

#include "config/base.h"
#include "daemon/event.h"

enum { MESSAGE_TOPIC_SIZE = 320, MESSAGE_TIME_SIZE = 25, MESSAGE_MAX_SOURCES = 32, MESSAGE_MAX_FILES = 32 };

/* prefix/node/leaf, or prefix/node/source/leaf when source is not NULL. */
void message_topic(char ret_topic[MESSAGE_TOPIC_SIZE], const char *prefix, const char *node,
                   const char *source, const char *leaf);

/* 2026-11-23T04:31:07.123Z */
void message_time(char ret_text[MESSAGE_TIME_SIZE], int64_t wall_ms);

/* replayed: sent from the store after an outage; age_ms: `time` to now, < 0 unknown (null). */
char *message_event(const struct event *e, bool replayed, int64_t age_ms);

struct message_source { /* state of one ear */
    const char *state, *reason; /* reason NULL: none */
    int64_t since_ms, time_ms;  /* wall */
    const char *kind;           /* NULL: unknown */
    double dbfs;                /* -INFINITY: digital silence */
    double clipping;
    double bandwidth_hz, rate_hz; /* 0: unknown */
    uint64_t restarts, xruns, dropped_windows;
};
char *message_source(const struct message_source *s);

struct message_node {
    const char *status, *reason; /* "running" …; reason NULL: none */
    const char *version, *boot_id;
    int64_t started_ms;
    const char *model_name, *model_version, *model_sha256; /* name NULL: no model */
    int n_labels;
    const char *label[EVENT_MAX_LABELS];
    const char *kernel;
    const char *config_sha256, *config_error; /* error NULL: none */
    int n_files;
    const char *file[MESSAGE_MAX_FILES];
    int64_t config_loaded_ms;
    bool last_reload_ok;
    int n_sources;
    struct {
        const char *name, *state;
    } source[MESSAGE_MAX_SOURCES];
    bool clock_synced;
};
char *message_node(const struct message_node *n);

struct message_health { /* figures of the node, flat */
    int64_t time_ms;
    double uptime_s, cpu_percent;
    uint64_t rss_bytes, windows, dropped_windows, queue;
    double latency_p50_ms, latency_p99_ms, latency_max_ms; /* since the last such message */
    uint64_t outbox_unsent, outbox_oldest_s, outbox_bytes, outbox_lost, broker_connects;
    uint64_t sources, sources_online;
    double temperature_c; /* NAN: no sensor, the key is then absent */
};
char *message_health(const struct message_health *h);

struct message_source_health {
    int64_t time_ms;
    double dbfs; /* -INFINITY is said as -120 */
    double clipping;
    uint64_t windows, dropped_windows, restarts, xruns, near_misses, events;
};
char *message_source_health(const struct message_source_health *h);

struct near_miss;
/* label NULL: not known. */
char *message_near_miss(const struct near_miss *m, const char *label);

/* What is on its way to the broker. refused: text says what the broker
 * refuses. store_text: what is wrong with the disk; "" nothing. */
char *message_delivery(bool connected, bool refused, uint64_t unsent, const char *text, const char *store_text);

/* How a source is, and the sentence of its last failure; reason NULL: none. How long ago it was
 * last tried, and in how long again, in seconds, when that is waited for; NAN: it is not. */
char *message_ear(const char *state, const char *reason, const char *text, double tried_s, double retry_s);

/* The scores of one window, as they are published. dbfs -INFINITY: digital silence. */
char *message_window(int64_t time_ms, double dbfs, float speech, int n_labels, const char (*label)[64], const float *p);

enum { MESSAGE_SCORES_SIZE = 2048 };
/* One window, as a line; allocates nothing. */
void message_scores(char ret[MESSAGE_SCORES_SIZE], int64_t time_ms, int64_t boot_ns, double dbfs, float speech, int n_labels,
                    const char (*label)[64], const float *p);

#endif
