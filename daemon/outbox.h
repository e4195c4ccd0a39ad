/* States and answers on their way to the broker: what is next, and what is said again.
 *
 * Keeps the latest value of every retained topic and the queue of messages that are
 * to be sent on this connection. Events are not in here, they are in the store; a
 * message carries the seq of the last event that was posted before it and waits until
 * that one was sent, so what main posted keeps its order. A message that tells of an event
 * holds the event and not its text, which says how old it is. Pure; the publisher's
 * thread. Messages belong to the outbox. */
#ifndef DAEMON_OUTBOX_H
#define DAEMON_OUTBOX_H

#include "daemon/event.h"

enum { OUTBOX_MAX_TOPICS = 256, OUTBOX_MAX_QUEUED = 1024, OUTBOX_MAX_CORRELATION = 128 };

struct outbox;

struct outbox_message {
    char *topic, *payload; /* NUL-terminated */
    struct event *event;   /* not NULL: told as it is when it is sent; the payload is not looked at */
    bool retained;
    uint64_t after; /* seq of the event that goes before; 0: none */
    int correlation_size;
    char correlation[OUTBOX_MAX_CORRELATION];
};

int outbox_new(struct outbox **ret); /* -ENOMEM */
void outbox_free(struct outbox *o);  /* NULL is fine */

/* Copies m. A retained one replaces the topic's latest value. Queued only while
 * connected; when the queue is full, retained messages that were overtaken by a newer
 * one go first, then the oldest that is not retained. -ENOMEM; -ENOBUFS too many topics,
 * those not counted that were taken away with payload "". */
int outbox_post(struct outbox *o, const struct outbox_message *m);

/* A new connection: the queue is every latest value, in the order in which the topics
 * first came, waiting for no event. */
int outbox_connected(struct outbox *o);
void outbox_disconnected(struct outbox *o); /* nothing is queued any more */
/* Somebody came who has heard nothing yet, or the broker refused one: every latest value once more, behind what is
 * queued. -ENOMEM. */
int outbox_again(struct outbox *o);

/* Nothing more is said on this topic: neither its latest value nor what is queued. */
void outbox_forget(struct outbox *o, const char *topic);

/* The next message, NULL: none. It stays the outbox's until outbox_pop(). */
const struct outbox_message *outbox_first(const struct outbox *o);
void outbox_pop(struct outbox *o);

size_t outbox_queued(const struct outbox *o);

#endif
