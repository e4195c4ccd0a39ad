/* One SQLite database of event messages: a file, or in memory.
 *
 * What daemon/store is made of: store decides which database to use and when, this
 * knows SQL and nothing of policy. One thread at a time. Rows are ordered by seq;
 * `sent` rows are history, the others the outbox. Errors are -errno: -EBADMSG the
 * file is damaged or not ours, -ENOSPC full, -EROFS and -EACCES not writable,
 * -EBUSY a reader held it too long, -EIO the rest. */
#ifndef DAEMON_STORE_DB_H
#define DAEMON_STORE_DB_H

#include "daemon/event.h"

struct store_db;

/* path NULL: in memory. Creates what is not there, checks what is. *ret is the caller's. */
int store_db_open(const char *path, struct store_db **ret, struct reason *why);
/* Read-only and unchecked: beside the daemon, or to save what can be read of a file that
 * is damaged or on a disk that cannot be written. Counts nothing but seq. 1: read without
 * its log, which may hold later events. */
int store_db_open_to_read(const char *path, struct store_db **ret, struct reason *why);
void store_db_close(struct store_db *d); /* NULL is fine */

/* One transaction: adds n events (all marked sent when `sent`), marks n_seq others
 * sent. All or nothing. Events that are there already are left alone. */
int store_db_write(struct store_db *d, const struct event *e, size_t n, bool sent,
                   const uint64_t *seq, size_t n_seq, struct reason *why);

/* Events with seq > after, in order, up to max; only unsent ones, or all. Their count, or -errno. */
int store_db_read(struct store_db *d, uint64_t after, bool unsent_only, struct event *ret, int max);
int store_db_is_sent(struct store_db *d, uint64_t seq); /* 1, 0; -ENOENT: there is no such event */
int store_db_forget(struct store_db *d, uint64_t seq);  /* no such event any more; 0 or -errno */

/* The latest message of each event that has no end, oldest first, up to max; count or -errno. */
int store_db_open_events(struct store_db *d, struct event *ret, int max);

/* The latest end that this node has said of each source, newest first, up to max; count or -errno. */
int store_db_ends(struct store_db *d, const char *node, struct event *ret, int max);

/* Names of the sources that this node has said something of, up to max; count or -errno. */
int store_db_sources(struct store_db *d, const char *node, char (*ret)[EVENT_NAME_SIZE], int max);

/* Deletes down to max_bytes: sent ones first, then unsent ones, whose number is added
 * to *lost; the newest row stays, it holds the seq. A bounded piece of work a call. */
int store_db_trim_size(struct store_db *d, int64_t max_bytes, uint64_t *lost);
/* Deletes sent rows from before before_ms; unsent ones have no age. Bounded as well. The time of
 * a row whose clock was not right says nothing: it goes with the next one that is too old. */
int store_db_trim_age(struct store_db *d, int64_t before_ms);

uint64_t store_db_last_seq(const struct store_db *d);      /* the highest ever, 0: none */
int store_db_set_last_seq(struct store_db *d, uint64_t seq); /* an empty database goes on from there */
uint64_t store_db_unsent(const struct store_db *d);        /* how many */
uint64_t store_db_rows(const struct store_db *d);
int64_t store_db_oldest_unsent_ms(struct store_db *d);     /* its `time`; 0: none */
int64_t store_db_bytes(struct store_db *d);                /* in use, free pages not counted */

#endif
