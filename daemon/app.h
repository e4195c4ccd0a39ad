/* The life of the daemon: one list of parts, started from the top and stopped
 * from the bottom. Main thread. */
#ifndef DAEMON_APP_H
#define DAEMON_APP_H

#include "config/settings.h"
#include "daemon/log.h"

struct memory;

/* Runs until SIGTERM or SIGINT. settings belong to it from now on, log and memory
 * (may be NULL) stay the caller's; config_path is
 * read again at SIGHUP. Returns what main() returns: 0, or a code of sysexits.h
 * after one logged sentence. Signals must be blocked (loop_block_signals). */
int app_run(struct log *log, const struct memory *memory, const char *config_path, struct settings *settings);

#endif
