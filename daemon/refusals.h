/* What the broker refuses on this connection, in words: messages (PUBACK) and
 * subscriptions (SUBACK). It is told until it is over: for subscriptions that is the next
 * connection, for messages the time that the drain names, moved on by each further one.
 *
 * Pure; the publisher's thread. Zeroed is empty. */
#ifndef DAEMON_REFUSALS_H
#define DAEMON_REFUSALS_H

#include "config/base.h"

struct refusals {
    char messages[256], subscription[256];
    int64_t over_ns;  /* when messages count as taken again; 0: none is refused */
    uint64_t changes; /* rises with every change of refusals_text() */
};

void refusals_message(struct refusals *r, const char *text, int64_t over_ns);
void refusals_subscription(struct refusals *r, const char *topic, const char *text);
/* Forgets what is over. Returns when to call again (ns), INT64_MAX: no need. */
int64_t refusals_step(struct refusals *r, int64_t now_ns);
void refusals_forget(struct refusals *r); /* a new connection */

const char *refusals_text(const struct refusals *r); /* "" nothing is refused */

#endif
