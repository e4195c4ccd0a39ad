/* Times as people write them on the command line and read them in lists. Pure but for
 * the clock and the zone of this box; one thread. */
#ifndef DAEMON_TOOL_MOMENT_H
#define DAEMON_TOOL_MOMENT_H

#include "config/base.h"

enum { MOMENT_SIZE = 24 };

/* "2h" ago, "2026-11-23", "2026-11-23 04:31[:07]" in local time, or the same with a T
 * and a Z for UTC. -EINVAL: complained of as --option. */
int moment_since(const char *option, const char *text, int64_t *ret_wall_ms);

/* "2026-11-23 04:31:07", local time. */
void moment_write(int64_t wall_ms, char ret_text[MOMENT_SIZE]);

#endif
