/* The figures of health as Prometheus reads them: GET /metrics on metrics.listen.
 *
 * Whoever reaches the address may read, so there is nothing here but figures and names.
 * Nothing waits and nothing allocates after metrics_open(): at most METRICS_CONNECTIONS
 * at a time (others wait in the kernel's queue), each with one request of at most
 * METRICS_MAX_REQUEST bytes and METRICS_DEADLINE_MS for all of it. Main thread. */
#ifndef DAEMON_METRICS_H
#define DAEMON_METRICS_H

#include "daemon/metrics_page.h"

enum {
    METRICS_CONNECTIONS = 8,
    METRICS_MAX_REQUEST = 4096,
    METRICS_DEADLINE_MS = 5000,
};

struct metrics;

/* Fills in what is known now; called for every page. */
typedef void metrics_fn(void *ctx, struct metrics_figures *ret);

/* listen: 127.0.0.1:9464, [::1]:9464, a name of this box with a port. -EADDRINUSE,
 * -EADDRNOTAVAIL, -EACCES …, -EINVAL no such address, -ENOMEM. */
int metrics_open(const char *listen, metrics_fn *fn, void *ctx, struct metrics **ret,
                 struct reason *why);
void metrics_close(struct metrics *m); /* NULL is fine */

/* Readable when metrics_turn() has something to do; the object's. */
int metrics_fd(const struct metrics *m);
void metrics_turn(struct metrics *m);

#endif
