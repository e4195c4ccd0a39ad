/* What the node says of itself: its retained state, its figures, and whether it
 * is alive. Main thread. */
#ifndef DAEMON_STATUS_H
#define DAEMON_STATUS_H

#include "daemon/metrics_page.h"
#include "daemon/sources.h"
#include "infer/kernel.h"

struct status { /* the owner fills in what it has; NULL: not there (yet, any more) */
    const char *phase; /* "starting" "running" "stopping" "stopped" */
    const struct settings *settings;
    const struct model *model;
    const struct kernel *kernel;
    struct publisher *publisher;
    struct pool *pool;
    struct front *front;
    struct sources *sources;
    struct report *report;
    struct health *health;
    char boot_id[37];
    int64_t started_ns, config_loaded_ns; /* boot time */
    int64_t boot_to_wall_ns;              /* clock_follow() */
    bool clock_synced, last_reload_ok;
    bool settings_current; /* false: the last good ones, because the operator's are wrong */
    char config_error[REASON_SIZE]; /* of the last reload; "" none */
    /* private from here */
    char *said; /* node state as last published, to be freed by status_done() */
    struct progress progress;
};

void status_done(struct status *s);

/* Publishes the node's state, if it is another one than last time: then true. */
bool status_say(struct status *s);

/* One message with the node's figures and one a source. */
void status_say_health(struct status *s);

/* The same figures as they are now, for Prometheus. The strings are this object's. */
void status_figures(struct status *s, struct metrics_figures *ret);

/* NULL: everything moves, the watchdog may be fed. Else what does not. */
const char *status_stuck(struct status *s, int64_t now_ns);

/* One line for `systemctl status`: "listening to 3 of 4 sources; connected to …". */
void status_line(struct status *s, char *ret_text, size_t size);

#endif
