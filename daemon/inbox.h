/* What is said to the node: which topics are subscribed, and what a message there means.
 * One thread, the publisher's. */
#ifndef DAEMON_INBOX_H
#define DAEMON_INBOX_H

#include "config/settings.h"
#include "daemon/message.h"
#include "daemon/mqtt.h"
#include "daemon/publisher.h"

/* Subscriptions, by their number for mqtt_subscribe(). */
enum inbox_topic { INBOX_OF_COMMANDS, INBOX_OF_BIRTH, INBOX_OF_OURSELVES, INBOX_OF_FORMER };

struct inbox {
    char availability[MESSAGE_TOPIC_SIZE]; /* our own: somebody may say `offline` in our name */
    char commands[MESSAGE_TOPIC_SIZE]; /* …/cmd/ */
    char birth[MESSAGE_TOPIC_SIZE];    /* where Home Assistant says that it is there; "": not asked */
    char former[PUBLISHER_MAX_FORMER][MESSAGE_TOPIC_SIZE]; /* our own under other names; "": none more */
    bool wants_commands, leaving;
    int64_t all_ns, online_ns; /* when all states, when `online` is to be said again; 0: not */
};

void inbox_init(struct inbox *i, const struct settings *s, const char *const former[PUBLISHER_MAX_FORMER]);
void inbox_subscribe(struct inbox *i, struct mqtt *m); /* on each new connection */

/* What is of that number, for people; NULL: nobody misses it. */
const char *inbox_name(const struct inbox *i, uint64_t number);

/* m NULL: not connected. Nobody unsubscribes: what is no longer allowed is answered with
 * that, until the connection ends. */
void inbox_want_commands(struct inbox *i, struct mqtt *m, bool want);

/* The next command, or news of a former name. What else was said is remembered and asked for with what follows. */
bool inbox_take(struct inbox *i, struct mqtt *m, struct publisher_command *ret);

/* True once: Home Assistant has started and is to be told everything. It is at another
 * moment at each node. */
bool inbox_wants_all(struct inbox *i, int64_t now_ns);
/* True once: somebody says that this node is offline. */
bool inbox_wants_online(struct inbox *i, int64_t now_ns);
int64_t inbox_due_ns(const struct inbox *i); /* INT64_MAX: nothing is */
void inbox_leave(struct inbox *i); /* we say `offline` ourselves now */

#endif
