/* One thread that takes the sound of all sources from their rings to the worker
 * pool: ring -> ear -> level gate, MFCC, tokenizer (daemon/hear) -> pool_submit.
 *
 * The thread never waits for the workers, and allocates nothing. Main adds and
 * removes sources and reads what they are; both take the lock that the thread holds
 * while it works off what came, some hundred microseconds. The token's arrival time
 * goes with it through the pool as submitted_ns. */
#ifndef DAEMON_FRONT_H
#define DAEMON_FRONT_H

#include "audio/capture.h"
#include "audio/ear.h"
#include "infer/pool.h"

struct front;

enum { FRONT_MAX_SOURCES = 32 };

struct front_params {
    const struct model *model; /* model and pool outlive the front */
    struct pool *pool;
    int wake_fd; /* eventfd of main, written when a source's state or reason changed */
};

struct front_source {
    struct capture *capture; /* started with front_wake_fd(); outlives its place here */
    double gate_dbfs;
    int hop;
};

struct front_status {
    enum ear_state state;
    const char *reason;  /* NULL or static storage */
    int64_t since_ns;
    double dbfs, clipping, bandwidth_hz;
    bool quiet;          /* behind the gate */
    uint64_t changes;    /* of state or reason */
    uint64_t samples;    /* taken from the ring */
    uint64_t tokens;     /* submitted */
    uint64_t shed_tokens; /* of these, not looked at for lack of time */
    struct capture_status capture; /* as last looked at */
};

/* Starts the thread, with a model that hear_suits(). -ENOMEM, -EAGAIN. */
int front_start(const struct front_params *p, struct front **ret, struct reason *why);
void front_stop(struct front *f); /* NULL is fine */

/* The eventfd that captures write. */
int front_wake_fd(const struct front *f);

/* >= 0: its place; -ENOSPC, -ENOMEM. */
int front_add(struct front *f, const struct front_source *s);
/* From then on the capture is not touched and no results come, except those that
 * wait already: take them from the pool before adding another one. */
void front_remove(struct front *f, int place);

void front_status(struct front *f, int place, struct front_status *ret);
void front_set_gate(struct front *f, int place, double gate_dbfs);
int front_stream(struct front *f, int place); /* number in the pool */
uint64_t front_turns(const struct front *f);  /* rises at least once a second */

#endif
