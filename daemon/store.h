/* The outbox and the history of event messages, in one SQLite file.
 *
 * One connection, used by one thread (the publisher's; before it starts, main's).
 * Rollback journal, synchronous FULL: SQLite 3.40's WAL can corrupt with two
 * connections, and `earshot events` must be able to read beside the daemon. */
#ifndef DAEMON_STORE_H
#define DAEMON_STORE_H

#include "daemon/event.h"

struct store;

/* path NULL: in memory only. A damaged file is moved aside to PATH.damaged-TIME and
 * a new one begun; a folder that cannot be written: memory. In both cases 1 is
 * returned with the sentence in why. -ENOMEM. */
int store_open(const char *path, int64_t max_size, int64_t max_age_ms, struct store **ret, struct reason *why);
void store_close(struct store *s);

uint64_t store_next_seq(struct store *s); /* 1 + the highest ever stored */

/* Events of an earlier run that have a start but no end: what a crash left open.
 * Up to max into ret; their count. */
int store_open_events(struct store *s, struct event *ret, int max);

/* Several in one transaction. */
int store_add(struct store *s, const struct event *e, size_t n, struct reason *why);
/* Oldest unsent with seq > after: up to max, count. */
int store_unsent(struct store *s, uint64_t after, struct event *ret, int max);
int store_sent(struct store *s, const uint64_t *seq, size_t n, struct reason *why);

struct store_figures {
    uint64_t unsent, oldest_unsent_ms, bytes, lost;
    bool in_memory;
};
void store_figures(struct store *s, struct store_figures *ret);

#endif
