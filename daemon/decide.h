/* Scores to flags: thresholds, hysteresis, hold, rate limit.
 *
 * Pure: time is what the caller says, windows come in order. One decide a source;
 * used by the daemon's main thread and by `earshot scan`, so that both flag alike. */
#ifndef DAEMON_DECIDE_H
#define DAEMON_DECIDE_H

#include "config/settings.h"
#include "infer/model.h"

struct decide_params {
    int n_labels;
    float start[MODEL_MAX_LABELS]; /* at or over this a window counts; > 1: the label is off */
    float stay[MODEL_MAX_LABELS];  /* an open event goes on at or over this, lower one */
    int min_windows;               /* running, that start an event */
    int64_t hold_ns;               /* under `stay` for so long ends it */
    double max_events, period_s;   /* starts; what is over is suppressed */
};

enum decide_verdict {
    DECIDE_NOTHING, /* no event is open, or one that the rate limit keeps back */
    DECIDE_START,
    DECIDE_MORE,    /* the event goes on */
    DECIDE_END,
};

struct decide {
    struct decide_params params;
    int64_t last_over_ns;  /* time of the last window that kept the event open */
    uint32_t suppressed;   /* events kept back since decide_take_suppressed */
    uint64_t near_misses;  /* times that a score passed `stay` and no event came of it */
    /* private from here */
    bool open, kept_back, near;
    int run;
    double allowance;      /* starts that the rate limit would let through now */
    int64_t allowance_ns;  /* … when last computed, 0 never */
};

/* What a source's settings mean for this model. 0; 1: done, and why says what was
 * not taken literally (a budget that the model's curve cannot promise); -EINVAL: a
 * label that the model does not have, why names it and those it has. */
int decide_params_make(const struct settings_source *s, const struct model *m,
                       struct decide_params *ret, struct reason *why);

/* What keeps an event open that starts at `start` (0 < start < 1). */
float decide_stay(double start);

/* The same in that span of thresholds_at; -1 none: then it is decide_params_make(). */
int decide_params_at(const struct settings_source *s, const struct model *m, int span,
                     struct decide_params *ret, struct reason *why);

void decide_init(struct decide *d, const struct decide_params *p);

/* A window that ended at now_ns with probabilities p (n_labels). *ret_label: the
 * label with the highest p of those over their level, -1 none; a level is `start`
 * while no event is open, `stay` after. */
enum decide_verdict decide_feed(struct decide *d, const float *p, int64_t now_ns, int *ret_label);

/* No window came and it is now_ns: DECIDE_END when the hold has run out. */
enum decide_verdict decide_tick(struct decide *d, int64_t now_ns);

/* The stream broke off: windows over threshold before and after do not add up. */
void decide_gap(struct decide *d);

/* The event is ended from outside (source lost, muted, …). True when one was open
 * and not kept back, so that an end must be said. */
bool decide_close(struct decide *d);

uint32_t decide_take_suppressed(struct decide *d);

#endif
