#include "daemon/near.h"

#include <math.h>
#include <string.h>

#define QUIET_SPLIT_NS (600 * INT64_C(1000000000)) /* a room that hums under the gate is told every ten minutes */

static int highest(const struct decide_params *d, const float *p)
{
    int best = -1;
    for (int i = 0; i < d->n_labels; i++)
        if (d->start[i] <= 1 && p[i] >= d->stay[i] && (best < 0 || p[i] > p[best]))
            best = i;
    return best;
}

static bool end(bool *open, const struct near_miss *m, struct near_miss *ret)
{
    bool was_open = *open;
    *open = false;
    if (was_open)
        *ret = *m;
    return was_open;
}

bool near_feed(struct near_track *t, const struct decide_params *p, const struct near_window *w,
               struct near_miss *ret)
{
    struct near_miss *m = &t->m;
    int best = highest(p, w->p);
    if (w->event) {
        t->open = false; /* that was its beginning */
        return false;
    }
    if (best < 0)
        return end(&t->open, m, ret);
    if (!t->open)
        *m = (struct near_miss){.cause = NEAR_THRESHOLDS, .label = -1};
    t->open = true;
    m->windows++;
    bool over = w->p[best] >= p->start[best];
    m->over += over;
    if (over && m->cause == NEAR_THRESHOLDS)
        m->cause = NEAR_MIN_WINDOWS;
    if (over && w->kept_back)
        m->cause = NEAR_MAX_EVENTS;
    if (over && w->muted)
        m->cause = NEAR_MUTE;
    if (m->label < 0 || w->p[best] > m->peak) {
        m->label = best;
        m->peak = w->p[best];
        m->threshold = p->start[best];
        m->time_ms = w->time_ms;
        m->dbfs = w->dbfs;
    }
    return false;
}

bool near_listen(struct near_track *t, const struct near_level *l, struct near_miss *ret)
{
    struct near_miss *q = &t->q;
    bool close = l->closed && isfinite(l->dbfs) && l->dbfs < l->gate_dbfs && l->dbfs >= l->gate_dbfs - NEAR_GATE_DB;
    if (!close || (t->quiet && l->boot_ns - t->quiet_ns >= QUIET_SPLIT_NS))
        return end(&t->quiet, q, ret);
    if (!t->quiet) {
        *q = (struct near_miss){.cause = NEAR_GATE_DBFS, .label = -1, .dbfs = -INFINITY, .time_ms = l->time_ms};
        t->quiet_ns = l->boot_ns;
    }
    t->quiet = true;
    q->windows++;
    q->limit = l->gate_dbfs;
    q->dbfs = fmax(q->dbfs, l->dbfs);
    return false;
}

void near_add(struct near_log *l, const struct near_miss *m)
{
    l->item[l->n++ % NEAR_LOG] = *m;
}

const struct near_miss *near_at(const struct near_log *l, size_t i)
{
    uint64_t kept = l->n < NEAR_LOG ? l->n : NEAR_LOG;
    return i < kept ? &l->item[(l->n - kept + i) % NEAR_LOG] : NULL;
}

const char *near_cause_name(enum near_cause c)
{
    static const char *const names[] = {
        [NEAR_THRESHOLDS] = "thresholds", [NEAR_MIN_WINDOWS] = "min_windows",
        [NEAR_MAX_EVENTS] = "max_events", [NEAR_MUTE] = "mute",
        [NEAR_GATE_DBFS] = "gate_dbfs",
    };
    return names[c];
}
