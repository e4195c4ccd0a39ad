/* What the drain has decided to send, as an MQTT publication: its text made, its place taken
 * in the window of what is not acknowledged, and handed to the client.
 *
 * All of it needs a connection. One thread, the publisher's. */
#ifndef DAEMON_SENDER_H
#define DAEMON_SENDER_H

#include "daemon/broker.h"
#include "daemon/outbox.h"
#include "daemon/window.h"

struct sender {
    struct broker *broker; /* the drain's */
    struct window window;
    char prefix[65];
    uint64_t replay_until; /* events up to this one are called replayed */
    uint64_t sent;
    uint64_t last_word; /* its tag; 0: not said on this connection */
};

/* -EAGAIN no room in the window or the client, -EINVAL it can never be sent, -ENOTCONN, -ENOMEM. */
int sender_event(struct sender *s, const struct event *e);
int sender_message(struct sender *s, const struct outbox_message *m);

/* `offline` at topic, once a connection, and without regard to mqtt.in_flight. Where the broker
 * itself allows no more it waits for an acknowledgement: Paho would hold it back, and behind it
 * DISCONNECT. */
void sender_last_word(struct sender *s, const char *topic);

#endif
