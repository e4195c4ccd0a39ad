/* What an operator may ask of the running daemon: to read its settings again, and
 * the commands that come over MQTT. Main thread. */
#ifndef DAEMON_CONTROL_H
#define DAEMON_CONTROL_H

#include <stdio.h>

#include "daemon/status.h"

struct control { /* filled by the owner; what is pointed to outlives it */
    const char *config_path;
    struct settings *settings; /* in force, ours; replaced by a reload, then the old one is freed */
    struct settings *started;  /* this run began with them, ours; may be the same object */
    bool waits;                /* something in the settings has never run: it takes a restart */
    struct status *status;
    struct station_house *house;
    struct report *report;
    struct log *log;
    void (*reloaded)(void *ctx); /* called after each reload, whatever came of it */
    void (*left)(void *ctx, int former); /* nobody is there any more under that former name, 0 the first */
    void *ctx;
};

/* Asks daemon/check and logs what it says, but for the first error: that is in why, for
 * the caller to log. -EINVAL. */
int control_check(struct log *log, const struct settings *s, const struct model *m,
                  struct reason *why);

/* The settings in force are the operator's and work: they are kept for a bad day. Not while
 * some of them wait for a restart: nobody knows yet whether it comes up with those. */
void control_keep(struct control *c);
void control_done(struct control *c);

/* All or nothing. What came of it is in the log and in status. */
void control_reload(struct control *c);

/* Obeys what the publisher has received, and answers. */
void control_take_commands(struct control *c);

/* A request at the daemon's own door (a local_fn with a struct control). "NAME {…}": any
 * command, as over MQTT. "near_misses": one a line. "delivery": what is not with the broker
 * yet, and the disk. "ear SOURCE": its state, and why. "scores SOURCE": each window's from now on. */
bool control_ask(void *control, const char *request, FILE *out, char ret_topic[65]);

#endif
