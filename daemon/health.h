/* The figures of this process and box, and how late windows are. Main thread. */
#ifndef DAEMON_HEALTH_H
#define DAEMON_HEALTH_H

#include "daemon/message.h"

enum { HEALTH_BUCKETS = 192 };

struct health {
    int64_t started_ns;
    /* private from here: since the last health_read() */
    int64_t read_ns, cpu_ns;
    uint64_t n;
    uint64_t bucket[HEALTH_BUCKETS]; /* eight an octave, from 0.05 ms on */
    double max_ms;
    bool has_last;
    struct message_health last; /* what health_read() said */
};

void health_init(struct health *h, int64_t now_ns);

/* A window was late by ms: from its last sample to the publisher. */
void health_latency(struct health *h, double ms);

/* Latency that a share q of the windows since the last health_read stayed under, to
 * a twelfth; 0 without any. */
double health_percentile(const struct health *h, double q);

/* Fills time, uptime, CPU, memory, latency and temperature; a new interval begins. */
void health_read(struct health *h, int64_t now_ns, struct message_health *ret);

/* The same as it is now, and no new interval: CPU and latency are those of the last
 * health_read(), before the first those since the start. */
void health_peek(const struct health *h, int64_t now_ns, struct message_health *ret);

/* "" where there is none. */
void health_boot_id(char ret_id[37]);

#endif
