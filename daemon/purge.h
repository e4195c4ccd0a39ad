/* `earshotd --purge-discovery`: takes this node out of Home Assistant, also when no
 * daemon runs any more. A daemon that runs with mqtt.discovery.enabled says it anew at
 * its next start, reload or connection. */
#ifndef DAEMON_PURGE_H
#define DAEMON_PURGE_H

#include "config/settings.h"

/* Connects, publishes the empty retained message and waits until the broker has it: ten
 * seconds at most. -EINVAL: the settings of the broker; other -errno: the broker is away
 * or refused. */
int purge_discovery(const struct settings *settings, struct reason *why);

#endif
