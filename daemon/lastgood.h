/* The last settings that worked, for a start at which the operator's are wrong.
 *
 * Two readers of one sentence: an operator who starts the daemon by hand wants to be
 * told (exit 78), a box that comes up after a power cut wants its ears. So the kept
 * settings are used when nobody asked for this start: it is the first since the box
 * came up, or the run before it did not end by itself (a crash, the watchdog, the
 * out-of-memory killer). Nothing is kept without $STATE_DIRECTORY.
 *
 * Main thread; touches the disk at start, at a reload that changed something, at stop. */
#ifndef DAEMON_LASTGOOD_H
#define DAEMON_LASTGOOD_H

#include "config/settings.h"

/* Nobody asked for this start. Before lastgood_began(). */
bool lastgood_wanted(void);

/* Loads what was kept. -ENOENT: nothing; other -errno: it cannot be used; errors says why. */
int lastgood_load(struct settings **ret, struct settings_errors *errors);

/* This run begins, ends as it was told to. */
void lastgood_began(void);
void lastgood_ended(void);

/* These settings work: a run has come up with every one of them. */
int lastgood_keep(const struct settings *s, struct reason *why);

#endif
