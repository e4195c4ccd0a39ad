/* Whether the wall clock can be believed, and whether somebody has set it. Any thread. */
#ifndef DAEMON_CLOCK_H
#define DAEMON_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* What the kernel says of its clock: true when something keeps it right. */
bool clock_synced(void);

/* What makes wall time of boot time, in ns; 0 at first. It stays the same until somebody sets
 * the clock (100 ms or more): a moment that is told again is told in the same words. */
void clock_follow(int64_t *boot_to_wall_ns);

#endif
