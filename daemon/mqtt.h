/* An MQTT connection, by Paho's MQTTAsync: the one file that knows it.
 *
 * All functions are called by one thread, the publisher's: some of Paho's calls wait
 * while it resolves a name. Paho's own threads only put notes into a box here and
 * write to wake_fd; the notes are taken with mqtt_take(). One object for the life of
 * the process: it connects again and again, as often as it is told to and never by
 * itself. Nothing is kept of what was not acknowledged: that is the store's. */
#ifndef DAEMON_MQTT_H
#define DAEMON_MQTT_H

#include "daemon/mqtt_url.h"

struct mqtt;

enum { MQTT_MAX_UNACKED = 256, MQTT_TEXT_SIZE = 192, MQTT_PAYLOAD_SIZE = 4096, MQTT_SUBSCRIPTIONS = 8 };

struct mqtt_params { /* all copied */
    struct mqtt_url url;
    const char *client_id;
    bool v5; /* else 3.1.1 */
    const char *ca_file, *cert_file, *key_file; /* NULL: the system's, none, in cert_file */
    const char *will_topic, *will_payload;      /* retained, QoS 1 */
    int keep_alive_s, connect_deadline_s;
    size_t room; /* for messages that nobody has taken yet; 0: 64 */
    int wake_fd; /* eventfd, the caller's; outlives the object */
};

enum mqtt_note_type {
    MQTT_CONNECTED,   /* receive_max is filled */
    MQTT_UNREACHABLE, /* a connect failed; text */
    MQTT_LOST,        /* the connection ended, by whomever; text */
    MQTT_ACKED,       /* tag: the broker has it */
    MQTT_FAILED,      /* tag: refused (code >= 128, text) or interrupted (code < 0) */
    MQTT_SUBSCRIBED,     /* tag: its number */
    MQTT_NOT_SUBSCRIBED, /* tag, text: refused, or interrupted when code < 0 */
};

struct mqtt_note {
    enum mqtt_note_type type;
    uint64_t tag;
    int code;
    int receive_max; /* unacknowledged messages that the broker allows, 1..65535 */
    char text[MQTT_TEXT_SIZE];
};

struct mqtt_received {
    char topic[256];
    char payload[MQTT_PAYLOAD_SIZE]; /* NUL-terminated; a message that is longer or holds a NUL is dropped */
    bool retained;            /* said before we subscribed: no good for orders */
    char response_topic[256]; /* "": none */
    char correlation[128];
    int correlation_size;
};

struct mqtt_publication {
    const char *topic;
    const void *payload;
    size_t size;
    bool retained;
    int expiry_s;            /* MQTT 5 only, like what follows; 0: never */
    const void *correlation;
    int correlation_size;
};

/* -EINVAL, -ENOMEM. The process ignores SIGPIPE and has no proxy variables afterwards. */
int mqtt_new(const struct mqtt_params *p, struct mqtt **ret, struct reason *why);
/* Ends Paho's threads. May take seconds if a name is just being resolved. NULL is fine. */
void mqtt_free(struct mqtt *m);

/* Begins to connect; CONNECTED or UNREACHABLE follows. May be repeated when neither
 * came, which wakes a Paho that sleeps because the clock was set back. */
int mqtt_connect(struct mqtt *m, const char *username, const char *password, struct reason *why);
/* At once; LOST follows. with_will: the broker is to say the will all the same, which only
 * MQTT 5 can ask for. */
void mqtt_disconnect(struct mqtt *m, bool with_will);

/* QoS 1, with MQTT 5 marked as text and, where it is, as JSON; ACKED or FAILED with the tag follows, also after the connection was lost.
 * -EAGAIN: MQTT_MAX_UNACKED wait already; -ENOTCONN; -EINVAL; -ENOMEM. */
int mqtt_publish(struct mqtt *m, const struct mqtt_publication *p, uint64_t tag);
/* SUBSCRIBED or NOT_SUBSCRIBED with number, 0..MQTT_SUBSCRIPTIONS - 1, as its tag follows. */
int mqtt_subscribe(struct mqtt *m, const char *filter, int number);

bool mqtt_take(struct mqtt *m, struct mqtt_note *ret);
bool mqtt_take_message(struct mqtt *m, struct mqtt_received *ret);
uint64_t mqtt_lost(struct mqtt *m); /* messages that found no room since this was asked last */

#endif
