/* The one thread that talks to disk and broker.
 *
 * Main posts events and states; the thread commits events to the store, sends
 * them within its in-flight window, marks them sent on PUBACK, keeps the latest
 * value of every retained topic and says all of them again on each reconnect,
 * after the birth message and before the outbox. Order within what was posted is
 * kept while online. Nothing here blocks the caller. */
#ifndef DAEMON_PUBLISHER_H
#define DAEMON_PUBLISHER_H

#include "config/settings.h"
#include "daemon/event.h"

struct publisher;
struct store;

struct publisher_command { /* a message on …/cmd/<command> */
    char name[32];
    char payload[1024];        /* NUL-terminated; what is longer is cut, and refused for that it is no JSON */
    char response_topic[256];  /* MQTT 5; "" none */
    char correlation[128];     /* MQTT 5 correlation data, may hold any byte */
    int correlation_size;
    int former;                /* not 0: no command, but the former-th name says `offline` */
};

enum { PUBLISHER_MAX_FORMER = 4 };

struct publisher_params {
    const struct settings *settings; /* copied as far as needed; secrets read from it */
    struct store *store;             /* outlives the publisher; only its thread uses it */
    /* Topics of `availability` under names that this box had before, NULL behind the last; copied. */
    const char *former[PUBLISHER_MAX_FORMER];
    int wake_fd;                     /* eventfd written when publisher_take_command has something
                                        or the connection or the store changed; the caller's; -1 none */
    int64_t ack_deadline_ms;         /* 0: 10 s; an older unacknowledged message ends the connection */
    int64_t connect_deadline_ms;     /* 0: 10 s */
    int64_t backoff_min_ms, backoff_max_ms; /* 0: 1 s, 60 s */
    int64_t refused_retry_ms;        /* 0: 60 s; what the broker refused is sent again after that, and then less often */
};

enum { PUBLISHER_QUEUE = 4096, PUBLISHER_MAX_TOPICS = 256, PUBLISHER_MAX_PAYLOAD = 131072 /* discovery, all names at their longest */ };

struct publisher_stats {
    bool connected;
    bool refused;        /* connected, and text says what the broker refuses */
    bool quiet;          /* connected, and the broker has all that was posted before these figures */
    char text[REASON_SIZE]; /* of the last change: "connected to …", "refused: …, next try in 8 s" */
    uint64_t changes;    /* rises with every change of text */
    uint64_t connects, sent, acked;
    uint64_t unsent, oldest_s, store_bytes, lost;
    uint64_t queued;     /* posted, events and others, and not yet among these figures */
    bool store_in_memory;
    char store_text[192];    /* what is wrong with the disk; "" nothing */
    uint64_t store_changes;  /* rises with every change of store_text */
    uint64_t turns;      /* rises with every turn of the thread: the watchdog looks */
};

/* Starts the thread; never fails for a broker that is away. -EINVAL (URL, TLS files), -ENOMEM … */
int publisher_start(const struct publisher_params *p, struct publisher **ret, struct reason *why);

/* An event message. -ENOBUFS when the queue to the thread is full (counted as lost). */
int publisher_post_event(struct publisher *p, const struct event *e);

/* A state: topic and payload are copied. A retained one is kept as the topic's
 * latest value (payload "" removes it); one that is not retained is dropped while
 * offline. Sent after every event that was posted before it. -ENOBUFS the queue is
 * full, -E2BIG payload over PUBLISHER_MAX_PAYLOAD, -ENOMEM. */
int publisher_post_state(struct publisher *p, const char *topic, const char *payload, bool retained);

/* A retained state that tells of an event: sent as publisher_post_state() would, but made at
 * each sending, as the event's own message is, so that they agree. -ENOBUFS, -ENOMEM. */
int publisher_post_told(struct publisher *p, const char *topic, const struct event *e);

/* An answer to a command: to its response topic with correlation data, else to …/response. */
int publisher_post_response(struct publisher *p, const struct publisher_command *c, const char *payload);

/* Passwords, certificates and keys were perhaps replaced (a reload): a connection that is
 * waited for is tried at once, one whose TLS files are others by now is made anew, and what
 * the broker refused is sent again. */
void publisher_refresh(struct publisher *p);

/* Whether commands are subscribed; at first, whether mqtt.commands names any. */
void publisher_want_commands(struct publisher *p, bool want);
bool publisher_take_command(struct publisher *p, struct publisher_command *ret);
void publisher_stats(struct publisher *p, struct publisher_stats *ret);

/* Sends what was posted before, says `offline` itself, waits for what is in flight
 * up to deadline_ms, frees. Unsent events stay in the store, which the thread no
 * longer touches when this returns. Should the MQTT library hang past the deadline
 * (a resolver that does not answer), its thread is left to the end of the process.
 * NULL is fine. */
void publisher_stop(struct publisher *p, int deadline_ms);

#endif
