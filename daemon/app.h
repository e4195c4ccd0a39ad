/* The life of the daemon: one list of parts, started from the top and stopped
 * from the bottom. Main thread. */
#ifndef DAEMON_APP_H
#define DAEMON_APP_H

#include "config/settings.h"
#include "daemon/log.h"

struct memory;

struct app_params {
    struct log *log;             /* the caller's, as is */
    const struct memory *memory; /* (may be NULL) */
    const char *config_path;     /* read again at SIGHUP */
    struct settings *settings;   /* belong to app_run() */
    const char *wrong; /* why these are the last good ones, and not what is in config_path; NULL */
};

/* Runs until SIGTERM or SIGINT. Returns what main() returns: 0, or a code of sysexits.h
 * after one logged sentence, which is also in why. Signals must be blocked
 * (loop_block_signals). */
int app_run(const struct app_params *p, struct reason *why);

#endif
