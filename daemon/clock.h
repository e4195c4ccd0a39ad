/* Whether the wall clock can be believed. Any thread. */
#ifndef DAEMON_CLOCK_H
#define DAEMON_CLOCK_H

#include <stdbool.h>

/* What the kernel says of its clock: true when something keeps it right. */
bool clock_synced(void);

#endif
