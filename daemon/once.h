/* One message to the broker, without a daemon: for `earshotd --purge-discovery` and
 * `earshot doctor`. One try, not the publisher's patience: whoever typed it waits. */
#ifndef DAEMON_ONCE_H
#define DAEMON_ONCE_H

#include "config/settings.h"

struct once {
    const char *name; /* of the purpose: ends the client id, so that a running daemon, which
                         has another, is not thrown off the broker */
    const char *topic, *payload;
    bool retained;
};

/* Connects as the settings say, publishes, waits until the broker has it: ten seconds at
 * most. -EINVAL: the settings of the broker; -ECONNREFUSED: it cannot be connected to, why
 * says at which step; -EACCES: it does not take the message; -ENOENT: no password can be
 * read; -ETIMEDOUT. */
int once_publish(const struct settings *settings, const struct once *o, struct reason *why);

#endif
