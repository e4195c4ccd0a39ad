/* Recordings through the daemon's own path, several side by side: capture, hear,
 * pool. Windows of one clip come in order; clips end in any order.
 *
 * One thread calls clips_run(), and all of `calls` are called from it. */
#ifndef DAEMON_TOOL_CLIPS_H
#define DAEMON_TOOL_CLIPS_H

#include "infer/stream.h"

struct sound;
struct capture_status;

struct clips_params {
    const struct model *model;
    struct sound *names; /* what to hear, see sound_next_name() */
    int workers;
    int hop;
    int side_by_side; /* clips at a time, 1..64 */
    double gate_dbfs;
    bool paced;       /* as live sources, in their own time */
    bool reopen;      /* a source that ends or fails is opened again: go_on() has to end it */
    const char *username, *password; /* NULL: none */
};

struct clips_calls {
    void *context;
    /* A clip begins; what is returned stands for it below. NULL: no memory, give up. */
    void *(*begin)(void *context, const char *name);
    /* A window that ends end_ns after the clip's start; fresh: it does not join on to
     * the one before. */
    void (*window)(void *context, void *clip, const struct scores *scores, int64_t end_ns,
                   bool fresh);
    /* Of a clip: opened, failed, waiting for the next try. NULL: not asked for. */
    void (*state)(void *context, void *clip, const struct capture_status *now);
    /* Asked once a second at least; false ends all. NULL: until all are over. */
    bool (*go_on)(void *context);
    /* The clip is over, of which so much was heard; error NULL, or the sentence about why it broke off or never began. */
    void (*end)(void *context, void *clip, double duration_s, const char *error);
};

/* 0 when every name was gone through, -errno when the machinery failed. */
int clips_run(const struct clips_params *p, const struct clips_calls *calls, struct reason *why);

#endif
