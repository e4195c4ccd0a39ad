/* What main waits for: signals, timers on CLOCK_BOOTTIME, eventfds of other
 * threads. One loop, main thread only; callbacks run one after the other and
 * must not block. */
#ifndef DAEMON_LOOP_H
#define DAEMON_LOOP_H

#include "config/reason.h"

struct loop;
typedef void loop_fn(void *ctx);

int loop_new(struct loop **ret, struct reason *why);
void loop_free(struct loop *l); /* closes its eventfds; NULL is fine */

/* Signals that the loop will handle are blocked before any thread starts, so that
 * no thread takes them; SIGPIPE is ignored. */
void loop_block_signals(void);

int loop_on_signal(struct loop *l, int number, loop_fn *fn, void *ctx);

/* Every period_ms, the first time after one period. Late turns are not made up for. */
int loop_every(struct loop *l, int64_t period_ms, loop_fn *fn, void *ctx);
/* Changes the period of the timer that has this fn and ctx. */
int loop_set_period(struct loop *l, int64_t period_ms, loop_fn *fn, void *ctx);

/* An eventfd (>= 0, the loop's); fn is called once for however many writes. */
int loop_on_wake(struct loop *l, loop_fn *fn, void *ctx);

/* fn is called while fd, which stays the caller's, is readable. */
int loop_on_readable(struct loop *l, int fd, loop_fn *fn, void *ctx);
/* No more calls of this fn with this ctx; before its fd is closed. */
void loop_leave(struct loop *l, loop_fn *fn, void *ctx);

/* Until loop_quit(). 0, -errno. */
int loop_run(struct loop *l);
void loop_quit(struct loop *l);

#endif
