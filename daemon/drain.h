/* From the store to the broker: what the publisher's thread does in one turn.
 *
 *   post ─▶ store (commit) ─▶ window (sent, not acknowledged) ─▶ PUBACK ─▶ store (sent)
 *           outbox (states) ─┘
 *
 * No thread, no lock but one: drain_abandon() may come from another thread when this
 * one hangs inside the MQTT library, and keeps it away from the store from then on.
 * Everything else is called by one thread. */
#ifndef DAEMON_DRAIN_H
#define DAEMON_DRAIN_H

#include "daemon/outbox.h"
#include "daemon/publisher.h"

struct drain;

int drain_new(const struct publisher_params *p, int wake_fd, struct drain **ret, struct reason *why);
void drain_free(struct drain *d); /* NULL is fine; may wait for the MQTT library */

/* In the order in which they were posted; drain_commit() ends the batch. */
enum { DRAIN_BATCH = 128 };
void drain_add_event(struct drain *d, const struct event *e); /* at most DRAIN_BATCH a batch */
void drain_add_message(struct drain *d, struct outbox_message *m); /* what it points to is copied */
void drain_commit(struct drain *d);

/* Takes what the broker said, sends what may be sent. Returns when it wants to be
 * called again (boot time, ns), sooner if there is news. */
int64_t drain_turn(struct drain *d);
/* Whether …/cmd/+ is subscribed, now and at each connection; at first as the settings say. */
void drain_want_commands(struct drain *d, bool want);
bool drain_take_command(struct drain *d, struct publisher_command *ret);

/* Passwords, certificates and access lists may be others: see publisher_refresh(). */
void drain_refresh(struct drain *d);

/* Ending: nothing left to send or wait for, or no connection to do it. */
bool drain_quiet(const struct drain *d);
bool drain_online(const struct drain *d);
void drain_say_offline(struct drain *d); /* from now on, and nothing else; drain_quiet() when it is out */
void drain_close(struct drain *d); /* the connection, for good */
bool drain_closed(const struct drain *d);
void drain_flush(struct drain *d);
void drain_abandon(struct drain *d);

void drain_stats(struct drain *d, struct publisher_stats *ret); /* not: turns */

#endif
