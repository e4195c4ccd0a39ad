/* What is said to the node: which topics are subscribed, and what a message there means.
 * One thread, the publisher's. */
#ifndef DAEMON_INBOX_H
#define DAEMON_INBOX_H

#include "config/settings.h"
#include "daemon/message.h"
#include "daemon/mqtt.h"
#include "daemon/publisher.h"

struct inbox {
    char commands[MESSAGE_TOPIC_SIZE]; /* …/cmd/ */
    char birth[MESSAGE_TOPIC_SIZE];    /* where Home Assistant says that it is there; "": not asked */
    bool wants_commands;
};

enum inbox_news { INBOX_EMPTY, INBOX_COMMAND, INBOX_BIRTH };

void inbox_init(struct inbox *i, const struct settings *s);
void inbox_subscribe(const struct inbox *i, struct mqtt *m); /* on each new connection */

/* m NULL: not connected. Nobody unsubscribes: what is no longer allowed is answered with
 * that, until the connection ends. */
void inbox_want_commands(struct inbox *i, struct mqtt *m, bool want);

/* The next message: a command, in *ret, or that Home Assistant has started. */
enum inbox_news inbox_take(const struct inbox *i, struct mqtt *m, struct publisher_command *ret);

#endif
