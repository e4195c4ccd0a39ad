/* Who listens for `earshot calibrate`: the running daemon, whose scores are followed, or,
 * without one, the tool itself. Both fill the same curve until the time is over or
 * somebody ends it. One thread. */
#ifndef DAEMON_TOOL_HEARING_H
#define DAEMON_TOOL_HEARING_H

#include "daemon/tool/curve.h"

struct hearing {
    const struct settings *settings;
    const struct settings_source *source; /* of these */
    const struct model *model;            /* packed for a kernel */
    const char *socket;                   /* the daemon's; NULL: where it usually is */
    int signals;                          /* a signalfd: readable, that is the end */
    int64_t begin_ns, end_ns;             /* CLOCK_BOOTTIME */
    struct curve curve;                   /* what was heard */
    struct bar *bar;                      /* a place for each minute */
    int minutes;                          /* of these, done */
};

/* Exit codes, after complaints. *ret_none: no daemon runs here, nothing was complained of. */
int hearing_daemon(struct hearing *h, bool *ret_none);
int hearing_own(struct hearing *h);

/* Time has passed, in which so much was heard: for the bar. */
void hearing_passed(struct hearing *h, int64_t now_ns, double heard_s);

#endif
