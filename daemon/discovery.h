/* What Home Assistant is told of this node: one retained message from which it makes
 * a device with its entities, by itself (its "device discovery", since 2024.11).
 * Pure; any thread. */
#ifndef DAEMON_DISCOVERY_H
#define DAEMON_DISCOVERY_H

#include "config/settings.h"
#include "daemon/message.h"

struct discovery {
    const char *prefix, *node; /* of the topics as they are in use */
    size_t n_sources;
    const char *source[SETTINGS_MAX_SOURCES]; /* also those that are disabled */
    size_t n_gone;
    const char *gone[SETTINGS_MAX_SOURCES]; /* were announced before, and are no more */
};

/* discovery_prefix/device/earshot_node/config. An empty payload there takes the device
 * and all its entities out of Home Assistant. */
void discovery_topic(char ret_topic[MESSAGE_TOPIC_SIZE], const char *discovery_prefix,
                     const char *node);

/* The payload; the caller frees it. NULL: no memory. Under PUBLISHER_MAX_PAYLOAD
 * whatever the names. */
char *discovery_message(const struct discovery *d);

#endif
