/* Is everything that should move still moving? The judge behind the watchdog.
 *
 * A timer that feeds a watchdog proves only that timers work. So each part tells
 * its count of work done, and whether it has any: what has work and did not move
 * for its patience is stuck, and then the watchdog is not fed. Pure; main thread. */
#ifndef DAEMON_PROGRESS_H
#define DAEMON_PROGRESS_H

#include "config/base.h"

enum { PROGRESS_MAX = 64, PROGRESS_NAME_SIZE = 80 };

struct progress {
    size_t n;
    struct progress_item {
        char name[PROGRESS_NAME_SIZE];
        uint64_t count;
        int64_t moved_ns;
        int64_t patience_ns;
    } item[PROGRESS_MAX];
};

/* What `name` did so far. idle: it has nothing to do now, and that is known and
 * reported. More than PROGRESS_MAX names: those over are not watched. */
void progress_tell(struct progress *p, const char *name, uint64_t count, bool idle,
                   int64_t patience_ms, int64_t now_ns);

/* No longer there. */
void progress_forget(struct progress *p, const char *name);

/* NULL: all moves. Else the name of one that is stuck. */
const char *progress_stuck(const struct progress *p, int64_t now_ns);

#endif
