/* The messages that were sent and not yet acknowledged: our own in-flight window.
 *
 * A message is known by its tag, which never comes again. Pure; one thread. */
#ifndef DAEMON_WINDOW_H
#define DAEMON_WINDOW_H

#include "config/base.h"

enum { WINDOW_MAX = 129 }; /* what mqtt.in_flight may be, and the last word of a stop */

struct window_slot {
    uint64_t tag; /* 0: free */
    uint64_t seq; /* the event's; 0: not an event */
    uint64_t topic; /* what stands for it: refusals_topic() */
    int64_t sent_ns;
};

struct window {
    int size, used; /* size 1..WINDOW_MAX */
    uint64_t last_tag;
    struct window_slot slot[WINDOW_MAX];
};

void window_init(struct window *w);
void window_open(struct window *w, int size); /* empty, for a new connection */
uint64_t window_add(struct window *w, uint64_t seq, uint64_t topic, int64_t now_ns); /* its tag; 0: full */
/* True, and *ret: it was in the window and is no more. */
bool window_take(struct window *w, uint64_t tag, struct window_slot *ret);
bool window_has(const struct window *w, uint64_t seq);
int64_t window_oldest_ns(const struct window *w); /* when it was sent; INT64_MAX: empty */

#endif
