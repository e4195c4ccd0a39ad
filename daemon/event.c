#include "daemon/event.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { UPDATE_EVERY_MS = 1000 };

/* xoroshiro128+ (Blackman, Vigna): ids must be unlikely to meet, not secret. */
static uint64_t draw(struct event_log *l)
{
    uint64_t a = l->random[0], b = l->random[1], sum = a + b;
    b ^= a;
    l->random[0] = (a << 24 | a >> 40) ^ b ^ b << 16;
    l->random[1] = b << 37 | b >> 27;
    return sum;
}

/* 48 bits of milliseconds and 80 random ones in Crockford's base 32. */
static void make_ulid(struct event_log *l, int64_t wall_ms, char ret_id[EVENT_ID_SIZE])
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint64_t ms = (uint64_t)wall_ms & 0xffffffffffffu;
    for (int i = 9; i >= 0; i--, ms >>= 5)
        ret_id[i] = digits[ms & 31];
    for (int half = 0; half < 2; half++) {
        uint64_t r = draw(l) >> 24; /* the better bits */
        for (int i = 0; i < 8; i++, r >>= 5)
            ret_id[10 + 8 * half + i] = digits[r & 31];
    }
    ret_id[26] = '\0';
}

static int64_t ms_between(int64_t from_ns, int64_t to_ns)
{
    return to_ns > from_ns ? (to_ns - from_ns + 500000) / 1000000 : 0;
}

/* What every message of an open event takes over from the window. */
static void look(struct event_log *l, struct event_track *t, const struct event_now *now)
{
    struct event *e = &t->last;
    if (now->clock_synced && !e->clock_synced)
        e->started_ms = now->wall_ms - ms_between(t->started_ns, now->boot_ns);
    e->time_ms = e->started_ms + ms_between(t->started_ns, now->boot_ns);
    e->duration_ms = e->time_ms - e->started_ms;
    e->boot_ns = now->boot_ns;
    e->dbfs = now->dbfs;
    e->latency_ms = now->latency_ms;
    e->clock_synced = now->clock_synced;
    if (now->p) {
        memcpy(e->scores, now->p, sizeof(float) * (size_t)l->n_labels);
        e->score = e->scores[e->label];
    }
}

static void say(struct event_log *l, struct event_track *t, const struct event_now *now,
                struct event *ret)
{
    t->last.seq = l->next_seq++;
    t->last.suppressed = now->suppressed;
    t->said_ns = now->boot_ns;
    t->changed = false;
    *ret = t->last;
}

void event_start(struct event_log *l, struct event_track *t, int label, const struct event_now *now,
                 struct event *ret)
{
    assert(!t->open && label >= 0 && label < l->n_labels && now->p);
    struct event *e = &t->last;
    memset(e, 0, sizeof(*e));
    e->type = EVENT_START;
    make_ulid(l, now->wall_ms, e->id);
    snprintf(e->node, sizeof(e->node), "%s", l->node);
    snprintf(e->source, sizeof(e->source), "%s", t->source);
    snprintf(e->sensitivity, sizeof(e->sensitivity), "%s", t->sensitivity);
    snprintf(e->model, sizeof(e->model), "%s", l->model);
    snprintf(e->boot_id, sizeof(e->boot_id), "%s", l->boot_id);
    e->n_labels = l->n_labels;
    memcpy(e->label_name, l->label_name, sizeof(e->label_name));
    e->label = label;
    e->threshold = t->threshold[label];
    e->started_ms = now->wall_ms;
    e->test = now->test;
    t->started_ns = now->boot_ns;
    t->open = true;
    look(l, t, now);
    e->peak = e->score;
    say(l, t, now, ret);
}

/* As people see it: 4 places. */
static bool higher(float a, float b)
{
    return lrintf(a * 1e4f) > lrintf(b * 1e4f);
}

bool event_more(struct event_log *l, struct event_track *t, int label, const struct event_now *now,
                struct event *ret)
{
    assert(t->open && label < l->n_labels);
    struct event *e = &t->last;
    if (label >= 0 && higher(now->p[label], e->peak)) {
        e->label = label;
        e->threshold = t->threshold[label];
        e->peak = now->p[label];
        t->changed = true;
    }
    look(l, t, now);
    e->type = EVENT_UPDATE;
    if (!t->changed || ms_between(t->said_ns, now->boot_ns) < UPDATE_EVERY_MS)
        return false;
    say(l, t, now, ret);
    return true;
}

void event_end(struct event_log *l, struct event_track *t, enum event_end why, int64_t ended_ns,
               const struct event_now *now, struct event *ret)
{
    assert(t->open && why != END_NONE);
    struct event *e = &t->last;
    look(l, t, now);
    e->type = EVENT_END;
    e->end_reason = why;
    e->ended_ms = e->started_ms + ms_between(t->started_ns, ended_ns);
    e->duration_ms = e->ended_ms - e->started_ms;
    t->open = false;
    say(l, t, now, ret);
}

void event_restamp(struct event *e, int64_t wall_ms, int64_t boot_ns)
{
    if (e->boot_ns <= 0 || boot_ns < e->boot_ns)
        return;
    int64_t shift = wall_ms - ms_between(e->boot_ns, boot_ns) - e->time_ms;
    e->time_ms += shift;
    e->started_ms += shift;
    e->ended_ms += e->ended_ms ? shift : 0;
    e->clock_synced = true;
}

void event_source_changed(struct event_track *t)
{
    t->changed = true;
}

void event_crashed(struct event_log *l, const struct event *last, struct event *ret)
{
    *ret = *last;
    ret->type = EVENT_END;
    ret->seq = l->next_seq++;
    ret->end_reason = END_CRASH;
    ret->ended_ms = last->time_ms; /* the last that is known of it */
    ret->duration_ms = ret->ended_ms - ret->started_ms;
    ret->latency_ms = -1;
    ret->suppressed = 0;
    ret->boot_ns = 0;
}

const char *event_type_name(enum event_type t)
{
    static const char *const names[] = {"start", "update", "end"};
    return (size_t)t < ARRAY_SIZE(names) ? names[t] : NULL;
}

const char *event_end_name(enum event_end e)
{
    static const char *const names[] = {NULL,    "quiet",    "source_lost", "muted",
                                        "shutdown", "crash", "reload"};
    return (size_t)e < ARRAY_SIZE(names) ? names[e] : NULL;
}
