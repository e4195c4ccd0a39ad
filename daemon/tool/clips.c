/* Each clip is heard by a capture of its own, as in the daemon, and has a slot:
 *
 *   capture ══ring══▶ hear (gate, MFCC, tokens) ▶ pool_submit ══▶ workers ══▶ window()
 *
 * This thread does everything between the ring and the pool for all slots in turn
 * and sleeps on one eventfd that captures and workers write to. A slot submits no
 * more than the pool has room for, so nothing is ever shed. Each token is given the
 * place of its end in the recording for a submission time, and the pool hands it
 * back with the window that ends there. */
#include "daemon/tool/clips.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "audio/capture.h"
#include "daemon/hear.h"
#include "daemon/tool/sound.h"
#include "infer/pool.h"

enum {
    MAX_WAITING = 1024,
    AHEAD = 512,
    BLOCKS_A_TURN = 64,
    NS_PER_SAMPLE = 1000000000 / SAMPLE_RATE,
    QUIET_AFTER = SAMPLE_RATE / 2, /* samples */
};

struct slot {
    struct clips *clips;
    void *clip; /* of calls; NULL: the slot is free */
    struct capture *capture;
    struct hear *hear;
    int stream;
    uint64_t samples;          /* heard so far */
    uint64_t pos;              /* of the next sample, what was lost counted */
    uint64_t changes;          /* of the capture, as last told */
    uint64_t tokens;           /* of the stream, since the sound last broke off */
    uint64_t expected, scored; /* windows of the clip */
    uint32_t epoch;            /* of the last window */
    bool ended;
    char error[256];
};

struct clips {
    const struct clips_params *p;
    const struct clips_calls *calls;
    struct pool *pool;
    int wake_fd;
    struct slot *slot; /* (side_by_side) */
    bool names_left;
    int busy;
};

static void hear_restart(void *context)
{
    struct slot *s = context;
    pool_reset(s->clips->pool, s->stream);
    s->tokens = 0;
}

static void hear_token(void *context, const struct hear_token *t)
{
    struct slot *s = context;
    pool_submit(s->clips->pool, s->stream, t->ids, 1, (int64_t)t->end_pos * NS_PER_SAMPLE);
    if (++s->tokens % (uint64_t)s->clips->p->hop == 0)
        s->expected++;
}

static int make_hear(struct slot *s)
{
    struct hear_params hp = {
        .books = &s->clips->p->model->books,
        .gate_dbfs = s->clips->p->gate_dbfs,
        .sink = {hear_restart, hear_token, s},
    };
    hear_free(s->hear);
    s->hear = NULL;
    return hear_new(&hp, &s->hear);
}

static void end_clip(struct clips *c, struct slot *s)
{
    capture_stop(s->capture);
    s->capture = NULL;
    c->calls->end(c->calls->context, s->clip, (double)s->samples / SAMPLE_RATE,
                  s->error[0] ? s->error : NULL);
    s->clip = NULL;
    c->busy--;
}

/* 1: a clip begins in this slot; 0: no name is left. */
static int begin_clip(struct clips *c, struct slot *s, struct reason *why)
{
    const char *name = sound_next_name(c->p->names);
    if (!name) {
        c->names_left = false;
        return 0;
    }
    s->clip = c->calls->begin(c->calls->context, name);
    if (!s->clip)
        return reason_set(why, ENOMEM, "out of memory");
    if (make_hear(s) < 0)
        return reason_set(why, ENOMEM, "out of memory");
    c->busy++;
    s->samples = s->pos = s->changes = s->tokens = s->expected = s->scored = 0;
    s->ended = false;
    s->error[0] = '\0';
    pool_reset(c->pool, s->stream);
    struct reason refused;
    struct capture_params cp = {
        .url = strcmp(name, "-") == 0 ? "pipe:-" : name,
        .username = c->p->username,
        .password = c->p->password,
        .paced = c->p->paced,
        .reopen = c->p->reopen,
        .wake_fd = c->wake_fd,
    };
    if (capture_start(&cp, &s->capture, &refused) < 0) {
        snprintf(s->error, sizeof(s->error), "%.*s", (int)sizeof(s->error) - 1, refused.text);
        s->ended = true;
    }
    return 1;
}

/* The model is sure of a sentence only a moment after its last word. Where a recording was cut
 * off there, it hears half a second of quiet, as behind a sentence that was said to a microphone. */
static void feed_quiet(struct slot *s)
{
    struct ring_block b = {.n = RING_BLOCK};
    for (uint64_t end = s->pos + QUIET_AFTER; s->samples > 0 && s->pos < end; s->pos += b.n) {
        b.pos = s->pos;
        if (end - s->pos < b.n)
            b.n = (uint32_t)(end - s->pos);
        hear_feed(s->hear, &b);
    }
}

static void note_end(struct slot *s, const struct capture_status *status)
{
    s->ended = true;
    if (status->reason && strcmp(status->reason, "ended") != 0)
        snprintf(s->error, sizeof(s->error), "%s", status->text);
    else
        feed_quiet(s);
}

/* Takes what the ring holds; true when there was something. */
static bool feed_slot(struct clips *c, struct slot *s)
{
    uint64_t ahead = (uint64_t)(AHEAD / c->p->hop);
    struct capture_status before; /* asked before the ring, so that no last block is missed */
    capture_status(s->capture, &before);
    if (before.changes != s->changes && c->calls->state)
        c->calls->state(c->calls->context, s->clip, &before);
    s->changes = before.changes;
    for (int n = 0; n < BLOCKS_A_TURN; n++) {
        struct ring_block b;
        if (s->expected - s->scored > ahead)
            return n > 0;
        if (!ring_pop(capture_ring(s->capture), &b)) {
            if (before.phase == CAPTURE_ENDED)
                note_end(s, &before);
            return n > 0 || s->ended;
        }
        s->samples += b.n;
        s->pos = b.pos + b.n;
        hear_feed(s->hear, &b);
    }
    return true;
}

static bool take_windows(struct clips *c)
{
    struct pool_result r;
    bool any = false;
    while (pool_take(c->pool, &r)) {
        struct slot *s = NULL;
        for (int i = 0; i < c->p->side_by_side && !s; i++)
            if (c->slot[i].stream == r.stream)
                s = &c->slot[i];
        bool fresh = s->scored++ == 0 || r.epoch != s->epoch;
        s->epoch = r.epoch;
        c->calls->window(c->calls->context, s->clip, &r.scores, r.submitted_ns, fresh);
        any = true;
    }
    return any;
}

static void sleep_until_woken(struct clips *c)
{
    struct pollfd f = {c->wake_fd, POLLIN, 0};
    uint64_t count;
    if (poll(&f, 1, 1000) > 0 && read(c->wake_fd, &count, sizeof(count)) < 0)
        return; /* somebody else's wake-up: the next turn looks anyway */
}

/* What is on its way through the pool is still waited for. */
static void end_all(struct clips *c)
{
    c->names_left = false;
    for (int i = 0; i < c->p->side_by_side; i++)
        c->slot[i].ended = true;
}

static int run_all(struct clips *c, struct reason *why)
{
    c->names_left = true;
    while (c->names_left || c->busy > 0) {
        bool moved = false;
        if (c->calls->go_on && !c->calls->go_on(c->calls->context))
            end_all(c);
        for (int i = 0; i < c->p->side_by_side; i++) {
            struct slot *s = &c->slot[i];
            if (!s->clip && c->names_left) {
                int err = begin_clip(c, s, why);
                if (err < 0)
                    return err;
                moved |= err > 0;
            }
            if (s->clip && !s->ended)
                moved |= feed_slot(c, s);
        }
        moved |= take_windows(c);
        for (int i = 0; i < c->p->side_by_side; i++) {
            struct slot *s = &c->slot[i];
            if (s->clip && s->ended && s->scored == s->expected) {
                end_clip(c, s);
                moved = true;
            }
        }
        if (!moved)
            sleep_until_woken(c);
    }
    return 0;
}

static int make_slots(struct clips *c, struct reason *why)
{
    c->slot = calloc((size_t)c->p->side_by_side, sizeof(*c->slot));
    if (!c->slot)
        return reason_set(why, ENOMEM, "out of memory");
    for (int i = 0; i < c->p->side_by_side; i++) {
        struct slot *s = &c->slot[i];
        s->clips = c;
        s->stream = pool_add(c->pool, c->p->hop);
        if (s->stream < 0 || make_hear(s) < 0)
            return reason_set(why, ENOMEM, "out of memory");
    }
    return 0;
}

int clips_run(const struct clips_params *p, const struct clips_calls *calls, struct reason *why)
{
    struct clips c = {.p = p, .calls = calls, .wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (c.wake_fd < 0)
        return reason_set(why, errno, "eventfd: %s", strerror(errno));
    struct pool_params pp = {
        .model = p->model,
        .workers = p->workers,
        .max_streams = p->side_by_side,
        .max_waiting = MAX_WAITING,
        .wake_fd = c.wake_fd,
    };
    int err = hear_suits(p->model, why);
    if (err >= 0)
        err = pool_start(&pp, &c.pool, why);
    if (err >= 0)
        err = make_slots(&c, why);
    if (err >= 0)
        err = run_all(&c, why);
    for (int i = 0; c.slot && i < p->side_by_side; i++) {
        capture_stop(c.slot[i].capture);
        hear_free(c.slot[i].hear);
    }
    pool_stop(c.pool);
    free(c.slot);
    close(c.wake_fd);
    return err;
}
