/* Mutes for a time, kept over a restart in $STATE_DIRECTORY/mutes: somebody who asked for
 * an hour of silence gets it whatever becomes of the daemon.
 *
 * Within one boot a mute ends by the clock that it was begun by. After another boot the wall
 * clock tells what is left, and never more than was left when it was written, so that a
 * clock that begins in 1970 does not mute for years. Main thread; touches the disk at a
 * command, a reload and the start. */
#ifndef DAEMON_MUTES_H
#define DAEMON_MUTES_H

#include <stddef.h>
#include <stdint.h>

#include "config/reason.h"

enum { MUTES_NAME_SIZE = 65 };

struct mute_kept {
    char source[MUTES_NAME_SIZE];
    int64_t until_ns; /* boot time */
};

struct mutes_now { /* when it is written, or read */
    const char *boot_id;
    int64_t boot_ns, wall_ms;
};

/* Replaces what is kept; with none that lasts beyond now, nothing is. -errno: why says what. */
int mutes_write(const char *path, const struct mute_kept *m, size_t n, const struct mutes_now *now, struct reason *why);
/* Those that last beyond now, up to max; their count. A line that means nothing is left out. */
size_t mutes_read(const char *path, struct mute_kept *ret, size_t max, const struct mutes_now *now);

struct sources;

/* The same for all sources of the daemon, in its state directory. */
int mutes_keep(struct sources *all, struct reason *why);
void mutes_restore(struct sources *all);

#endif
