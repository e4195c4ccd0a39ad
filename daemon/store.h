/* The outbox and the history of event messages, in one SQLite file.
 *
 * One connection, used by one thread (the publisher's; before it starts, main's).
 * What store_add() was told survives SIGKILL and a power cut once it has returned,
 * as long as figures.in_memory is false. Where the disk refuses (full, read-only,
 * broken), events are kept in memory, bounded, and go to the file as soon as it
 * takes them again: nothing here fails because of a disk. When the bound is reached
 * the oldest sent events go first, then the oldest unsent ones, which are counted
 * as lost. max_age only ends history, while the clock is known to be right; an unsent
 * event has no age. */
#ifndef DAEMON_STORE_H
#define DAEMON_STORE_H

#include "daemon/event.h"

struct store;

enum { STORE_MEMORY_BYTES = 4 << 20, STORE_RETRY_MS = 10000 };

/* path NULL: in memory only. A damaged file is moved aside to PATH.damaged-TIME and
 * a new one begun, with the unsent events and the seq that could be read of it; a file
 * or folder that cannot be written: memory, with the same. In both cases 1 is returned
 * with the sentence in why. 0: all is well. -ENOMEM. -EBUSY: another process has had the
 * store for 3 s (PATH-lock). */
int store_open(const char *path, int64_t max_size, int64_t max_age_ms, struct store **ret,
               struct reason *why);
void store_close(struct store *s); /* NULL is fine; does what store_flush does */

/* Where it is: wanted, or, when that is NULL, events.db in $STATE_DIRECTORY or else
 * here; buf holds what is returned if it has to be made. */
const char *store_path(const char *wanted, char *buf, size_t size);

/* 1 + the highest ever stored; when that could not be read, a number that is higher than
 * any before (the top of store.c says how). */
uint64_t store_next_seq(struct store *s);

/* Events that have no end: what a crash left open. Each one's latest message (a
 * start, or an update), oldest first, up to max; their count. Ask before the first
 * store_add of this run. boot_ns is 0 when the event is from an older boot. */
int store_open_events(struct store *s, struct event *ret, int max);

/* The latest end that this node has said of each source, as far as its history goes, newest
 * first, up to max; count. Ask when store_open_events() is asked. */
int store_ends(struct store *s, const char *node, struct event *ret, int max);

/* The sources that this node has said something of, as far as its history goes, up to max; count. */
int store_sources(struct store *s, const char *node, char (*ret)[EVENT_NAME_SIZE], int max);

/* Several in one transaction. 0: on disk. 1: kept in memory, why says what is wrong
 * with the disk. -errno: not kept, counted as lost. */
int store_add(struct store *s, const struct event *e, size_t n, struct reason *why);

/* Unsent events with seq > after, oldest first: up to max, count. */
int store_unsent(struct store *s, uint64_t after, struct event *ret, int max);

/* The broker has acknowledged these. Remembered, and written with the next
 * store_add, by store_flush, or when STORE_PENDING of them wait: a mark that is lost
 * in a crash costs a duplicate, a commit for each would cost a flash card. While the
 * disk takes none, all are remembered, however many. */
enum { STORE_PENDING = 256 };
void store_sent(struct store *s, const uint64_t *seq, size_t n);
/* Writes what is remembered, ends history by age, tries the disk again. */
int store_flush(struct store *s, struct reason *why);

struct store_figures {
    uint64_t unsent;          /* acknowledged ones not counted, written or not */
    int64_t oldest_unsent_ms; /* its time, ms since 1970; 0: none */
    uint64_t bytes, lost;
    bool in_memory;           /* now */
    char text[192];           /* what is wrong with the disk; "" nothing */
};
void store_figures(struct store *s, struct store_figures *ret);

#endif
