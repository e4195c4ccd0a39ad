/* The unsent events of the store in their order, a few read at once: what the drain
 * sends next. The cursor is how far they were sent on this connection.
 *
 * One thread, the publisher's; the store is touched by feed_fill() alone. */
#ifndef DAEMON_FEED_H
#define DAEMON_FEED_H

#include "daemon/event.h"

enum { FEED_AHEAD = 16 };

struct store;

struct feed { /* zero: nothing is known of the store, and nothing is wanted */
    struct event ahead[FEED_AHEAD];
    int n, i;
    bool more; /* the store may hold unsent ones after the cursor */
    uint64_t cursor;
};

void feed_rewind(struct feed *f); /* from the oldest again */
void feed_stop(struct feed *f);   /* what was read ahead is not to be sent now */
void feed_expect(struct feed *f); /* something was added to the store */

bool feed_is_dry(const struct feed *f); /* nothing to send and nothing to read */
bool feed_wants(const struct feed *f);  /* read: feed_fill() */
void feed_fill(struct feed *f, struct store *s);

const struct event *feed_first(const struct feed *f); /* NULL: none was read */
void feed_pass(struct feed *f);                       /* that one is sent */

#endif
