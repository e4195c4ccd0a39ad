/* What the parts of the daemon share, and those that live in daemon/app_ears.c; only the
 * list in daemon/app.c calls them. Main thread. */
#ifndef DAEMON_APP_PARTS_H
#define DAEMON_APP_PARTS_H

#include "daemon/control.h"
#include "daemon/former.h"
#include "daemon/loop.h"
#include "daemon/metrics.h"
#include "daemon/status.h"
#include "daemon/store.h"

struct memory;

struct app {
    struct log *log;
    const struct memory *memory;
    struct control control; /* owns the settings in force */
    struct loop *loop;
    struct store *store;
    struct event *left_open; /* by a crash */
    int n_left_open;
    struct event *ended; /* the latest end of each source */
    int n_ended;
    char told[2 * SETTINGS_MAX_SOURCES][EVENT_NAME_SIZE]; /* sources that earlier runs told of */
    int n_told;
    struct former former; /* names of earlier runs */
    bool former_told;     /* all is posted that takes one of them away */
    struct event_log events;
    struct health health;
    struct report report;
    struct status status; /* also holds the pointers to model, kernel, publisher … */
    struct station_house house;
    struct local *local;     /* NULL: no door */
    struct near_log near;
    struct metrics *metrics; /* NULL: not wanted, or it could not be had */
    uint64_t publisher_changes;
    char store_text[192]; /* what was said of the disk last; "": nothing is wrong */
    char line[REASON_SIZE + 96]; /* of `systemctl status`, as said last */
    int64_t settles_ns; /* when what opening took is let go; 0: done */
    char stuck[PROGRESS_NAME_SIZE];
};

/* An eventfd whose writers call fn in the loop; -errno. */
int app_wake_fd(struct app *a, loop_fn *fn, struct reason *why);
void app_tick(void *ctx);

/* Names of before (daemon/app_names.c). At the start, into ret, by way of topic; when nobody is there
 * any more under one of them; and what is remembered from now on. */
void app_read_names(struct app *a, char topic[FORMER_MAX][MESSAGE_TOPIC_SIZE], struct publisher_params *ret);
void app_name_left(void *ctx, int former);
void app_keep_names(struct app *a);

/* 0, or the exit code and why. */
int app_start_model(struct app *a, struct reason *why);
int app_start_pool(struct app *a, struct reason *why);
int app_start_front(struct app *a, struct reason *why);
int app_start_sources(struct app *a, struct reason *why);
/* Also after a failed start or none. */
void app_stop_model(struct app *a);
void app_stop_pool(struct app *a);
void app_stop_front(struct app *a);
void app_stop_sources(struct app *a);

#endif
