/* The connection to the broker as a state machine: when to try, how long to wait,
 * what to say about it.
 *
 * idle ──time──▶ connecting ──▶ online ──▶ closing ──▶ idle
 *
 * After a failure the wait doubles from backoff_min to backoff_max, half of it by
 * chance, so that a hundred boxes do not come back in one moment; a minute online
 * makes it short again. Thrown off by another one with the same client id, it waits the
 * longest at once: two that throw each other off get nothing done. One thread, the publisher's; broker_step() never waits
 * longer than Paho does. */
#ifndef DAEMON_BROKER_H
#define DAEMON_BROKER_H

#include "config/settings.h"
#include "daemon/mqtt.h"

struct broker;

struct broker_params {
    const struct settings *settings; /* copied as far as needed */
    const char *will_topic;          /* "offline" is said there if we vanish */
    int wake_fd;
    int64_t connect_deadline_ms, backoff_min_ms, backoff_max_ms;
};

enum broker_state { BROKER_IDLE, BROKER_CONNECTING, BROKER_ONLINE, BROKER_CLOSING };

/* -EINVAL: the URL or the TLS settings; -ENOMEM. */
int broker_new(const struct broker_params *p, struct broker **ret, struct reason *why);
void broker_free(struct broker *b); /* NULL is fine; may wait, see mqtt_free() */

/* What is due now: a try, a deadline. Returns when it wants to be called again (boot time, ns). */
int64_t broker_step(struct broker *b, int64_t now_ns);
/* A note from mqtt_take(). True: the state changed between online and not online. */
bool broker_note(struct broker *b, const struct mqtt_note *n, int64_t now_ns);
/* What is read from files may be others: tries at once if it waits, and connects anew if
 * the TLS files are not those of the connection any more. */
void broker_refresh(struct broker *b, int64_t now_ns);
/* Ends the connection because of something that we found; another try follows. The broker
 * says the will, if it speaks MQTT 5: nobody knows when the next connection comes. */
void broker_drop(struct broker *b, const char *reason, int64_t now_ns);
/* For good: no further try. parted: the broker has our own `offline` and needs no will. */
void broker_close(struct broker *b, bool parted, int64_t now_ns);

enum broker_state broker_state(const struct broker *b);
struct mqtt *broker_mqtt(struct broker *b);
int broker_receive_max(const struct broker *b); /* of this connection */
uint64_t broker_connects(const struct broker *b);
/* The sentence of the last change; *ret_changes rises when it is worth a log line. */
const char *broker_text(const struct broker *b, uint64_t *ret_changes);

#endif
