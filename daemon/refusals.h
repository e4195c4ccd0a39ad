/* What the broker refuses on this connection, in words, and when it is tried again: messages
 * (PUBACK) and subscriptions (SUBACK). A subscription is not tried again before the next
 * connection. Messages are, all that wait at once: after first_wait_ns, and after twice as
 * long each time that something is refused again, up to 32 times. It is short again when a
 * topic is accepted that was refused before: somebody mends the access list. Messages are over
 * when a retry and first_wait_ns more brought no other refusal.
 *
 * Pure; the publisher's thread. Zeroed but for first_wait_ns is empty. */
#ifndef DAEMON_REFUSALS_H
#define DAEMON_REFUSALS_H

#include "config/base.h"

enum { REFUSALS_TOPICS = 32 };

struct refusals {
    int64_t first_wait_ns;
    char messages[256], subscription[256];
    int64_t retry_ns; /* when what was refused is to be sent again; 0: need not be */
    int64_t wait_ns;  /* before the last such moment; 0: none since all was well */
    int64_t over_ns;  /* when messages count as taken again; 0: none is refused */
    uint64_t topic[REFUSALS_TOPICS]; /* that were refused, as many as there is room for */
    size_t n_topics;
    uint64_t changes; /* rises with every change of refusals_text() */
};

/* What stands for a topic below: two that are the same here would do no harm. */
uint64_t refusals_topic(const char *topic);

/* text NULL: it was only interrupted, and is tried again. */
void refusals_message(struct refusals *r, uint64_t topic, const char *text, int64_t now_ns);
void refusals_accepted(struct refusals *r, uint64_t topic, int64_t now_ns);
void refusals_subscription(struct refusals *r, const char *topic, const char *text);
/* True: all that was refused is to be sent again now; once. */
bool refusals_retry(struct refusals *r, int64_t now_ns);
/* Perhaps something was mended: the retry is now, and the waits begin anew. */
void refusals_hurry(struct refusals *r, int64_t now_ns);
/* Forgets what is over. Returns when to call again (ns), INT64_MAX: no need. */
int64_t refusals_step(struct refusals *r, int64_t now_ns);
void refusals_forget(struct refusals *r); /* a new connection */

const char *refusals_text(const struct refusals *r); /* "" nothing is refused */

#endif
