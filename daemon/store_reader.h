/* Who reads the store beside the daemon, or without one: `earshot events`.
 *
 * Opens the file read-only, never waits for the daemon's writing and never holds it up;
 * each call is a transaction of its own, so the daemon's log can be folded in between.
 * One thread at a time. */
#ifndef DAEMON_STORE_READER_H
#define DAEMON_STORE_READER_H

#include "daemon/event.h"

struct store_reader;

struct store_entry {
    struct event event; /* boot_ns as stored: it means something only within event.boot_id */
    bool sent;          /* the broker has acknowledged it, and that is written down */
};

/* -ENOENT no such file, -EACCES, -EBADMSG no store of ours, -EIO, -ENOMEM; why says which. */
int store_reader_open(const char *path, struct store_reader **ret, struct reason *why);
void store_reader_close(struct store_reader *r); /* NULL is fine */

/* The next ones by seq, up to max; their number. 0: no more, for now: ask again to
 * follow. Also after the daemon has moved a damaged file aside and begun a new one. */
int store_reader_next(struct store_reader *r, struct store_entry *ret, int max, struct reason *why);

#endif
