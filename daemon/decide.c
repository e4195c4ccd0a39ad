/* Two levels keep a score that trembles around its threshold from making many
 * events: it starts at `start` and stays until `stay`, which is lower by one in
 * log-odds, whatever the threshold.
 *
 *      p  start ----------/‾‾\------------/‾\--------------
 *         stay  ---------/----\/‾‾\------/---\-------------
 *                 ______/          \____/     \____________
 *                      |<- open ->           ->|  hold  |<- end
 */
#include "daemon/decide.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NS_PER_S 1e9
#define STAY_ODDS 0.36787944 /* e^-1 */

float decide_stay(double start)
{
    double odds = start / (1 - start) * STAY_ODDS;
    return (float)(odds / (1 + odds));
}

static int label_of(const struct model *m, const char *name)
{
    for (int i = 0; i < m->n_labels; i++)
        if (strcmp(m->label[i], name) == 0)
            return i;
    return -1;
}

static int no_such_label(const struct settings_source *s, const struct model *m, const char *name,
                         struct reason *why)
{
    char have[REASON_SIZE / 2] = "";
    for (int i = 0; i < m->n_labels; i++) {
        size_t n = strlen(have);
        snprintf(have + n, sizeof(have) - n, "%s%s", i ? ", " : "", m->label[i]);
    }
    return reason_set(why, EINVAL, "source \"%s\": the model %s %s has no label \"%s\" (it has %s)",
                      s->name ? s->name : "defaults", m->name, m->version, name, have);
}

/* A model without a curve has three operating points and no figure of what each costs: the
 * one that is made for about that many false alarms. 1: why says so. */
static int rough_level(double per_day, const char *source, enum sensitivity_level *ret, struct reason *why)
{
    static const char *const names[] = {"low", "medium", "high"};
    *ret = per_day <= 2.5 ? SENSITIVITY_LOW : per_day <= 24 ? SENSITIVITY_MEDIUM : SENSITIVITY_HIGH;
    reason_set(why, 1,
               "source \"%s\": the model has no table of false alarms, %.3g a day is taken as "
               "sensitivity %s; `earshot calibrate` measures it", source, per_day, names[*ret]);
    return 1;
}

/* One threshold for all labels, from the model's curve. 1: it cannot promise that, why says so. */
static int from_curve(const struct model_curve *c, double per_day, const char *source, float *ret,
                      struct reason *why)
{
    double rate;
    *ret = model_curve_threshold(c, per_day / 24, &rate);
    if (rate > per_day / 24)
        reason_set(why, 1,
                   "source \"%s\": even the highest threshold of the model's table, %.3g, made %.3g false "
                   "alarms a day, not %.3g; `earshot calibrate` measures it here",
                   source, (double)*ret, rate * 24, per_day);
    else if (!model_curve_can_tell(c, per_day / 24))
        reason_set(why, 1,
                   "source \"%s\": the model's table of false alarms is from %.3g h of speech, too few to tell "
                   "%.3g a day; %.3g is taken; `earshot calibrate` measures it here",
                   source, (double)c->hours, per_day, (double)*ret);
    else
        return 0;
    return 1;
}

/* Thresholds of all labels, whether they are on or not. 0; 1 as decide_params_make(). */
static int all_thresholds(const struct settings_source *s, const struct model *m, float *ret, struct reason *why)
{
    const char *source = s->name ? s->name : "defaults";
    enum sensitivity_level level = s->sensitivity.level;
    float common = 0;
    int r = 0;
    if (level == SENSITIVITY_BUDGET) {
        double per_day = s->sensitivity.budget.n / s->sensitivity.budget.period_s * 86400;
        r = m->curve.n ? from_curve(&m->curve, per_day, source, &common, why)
                       : rough_level(per_day, source, &level, why);
    }
    for (int i = 0; i < m->n_labels; i++)
        ret[i] = level == SENSITIVITY_BUDGET ? common : m->threshold[level][i];
    return r;
}

/* Over what p has, for labels that are on. */
static int override(const struct settings_source *s, const struct thresholds *t, const struct model *m,
                    struct decide_params *p, struct reason *why)
{
    for (size_t i = 0; i < t->n; i++) {
        int l = label_of(m, t->item[i].label);
        if (l < 0)
            return no_such_label(s, m, t->item[i].label, why);
        if (p->start[l] <= 1)
            p->start[l] = (float)t->item[i].probability;
    }
    return 0;
}

int decide_params_at(const struct settings_source *s, const struct model *m, int span,
                     struct decide_params *ret, struct reason *why)
{
    struct decide_params p = {
        .n_labels = m->n_labels,
        .min_windows = (int)s->min_windows,
        .hold_ns = s->hold_ms * 1000000,
        .max_events = s->max_events.n,
        .period_s = s->max_events.period_s,
    };
    float at[MODEL_MAX_LABELS];
    int roughly = all_thresholds(s, m, at, why);
    for (int i = 0; i < m->n_labels; i++)
        p.start[i] = s->labels.n ? INFINITY : at[i];
    for (size_t i = 0; i < s->labels.n; i++) {
        int l = label_of(m, s->labels.item[i]);
        if (l < 0)
            return no_such_label(s, m, s->labels.item[i], why);
        p.start[l] = at[l];
    }
    int r = override(s, &s->thresholds, m, &p, why);
    if (r >= 0 && span >= 0)
        r = override(s, &s->thresholds_at.item[span].thresholds, m, &p, why);
    if (r < 0)
        return r;
    for (int i = 0; i < m->n_labels; i++)
        p.stay[i] = p.start[i] < 1 ? decide_stay((double)p.start[i]) : p.start[i];
    *ret = p;
    return roughly;
}

int decide_params_make(const struct settings_source *s, const struct model *m,
                       struct decide_params *ret, struct reason *why)
{
    return decide_params_at(s, m, -1, ret, why);
}

void decide_init(struct decide *d, const struct decide_params *p)
{
    memset(d, 0, sizeof(*d));
    d->params = *p;
    d->allowance = fmax(p->max_events, 0);
}

static int highest(const struct decide_params *d, const float *p, const float *level)
{
    int best = -1;
    for (int i = 0; i < d->n_labels; i++)
        if (p[i] >= level[i] && (best < 0 || p[i] > p[best]))
            best = i;
    return best;
}

/* A bucket that holds max_events and fills in one period. */
static bool within_rate(struct decide *d, int64_t now_ns)
{
    const struct decide_params *p = &d->params;
    double cap = p->max_events > 0 && p->max_events < 1 ? 1 : p->max_events;
    if (d->allowance_ns && now_ns > d->allowance_ns && p->period_s > 0)
        d->allowance += (double)(now_ns - d->allowance_ns) / NS_PER_S * p->max_events / p->period_s;
    else if (!d->allowance_ns)
        d->allowance = cap;
    d->allowance = fmin(d->allowance, cap);
    d->allowance_ns = now_ns;
    if (d->allowance < 1 - 1e-9)
        return false;
    d->allowance -= 1;
    return true;
}

static enum decide_verdict start(struct decide *d, int64_t now_ns)
{
    d->open = true;
    d->near = false;
    d->run = 0;
    d->last_over_ns = now_ns;
    d->kept_back = !within_rate(d, now_ns);
    if (d->kept_back) {
        d->suppressed++;
        return DECIDE_NOTHING;
    }
    return DECIDE_START;
}

enum decide_verdict decide_feed(struct decide *d, const float *p, int64_t now_ns, int *ret_label)
{
    const struct decide_params *par = &d->params;
    *ret_label = highest(par, p, d->open ? par->stay : par->start);
    if (d->open) {
        if (*ret_label < 0)
            return decide_tick(d, now_ns);
        d->last_over_ns = now_ns;
        return d->kept_back ? DECIDE_NOTHING : DECIDE_MORE;
    }
    if (*ret_label >= 0 && ++d->run >= par->min_windows)
        return start(d, now_ns);
    if (*ret_label < 0)
        d->run = 0;
    bool near = highest(par, p, par->stay) >= 0;
    if (d->near && !near)
        d->near_misses++;
    d->near = near;
    return DECIDE_NOTHING;
}

enum decide_verdict decide_tick(struct decide *d, int64_t now_ns)
{
    if (!d->open)
        return DECIDE_NOTHING;
    if (now_ns - d->last_over_ns >= d->params.hold_ns)
        return decide_close(d) ? DECIDE_END : DECIDE_NOTHING;
    return d->kept_back ? DECIDE_NOTHING : DECIDE_MORE;
}

void decide_gap(struct decide *d)
{
    d->run = 0;
}

bool decide_close(struct decide *d)
{
    bool said = d->open && !d->kept_back;
    d->open = d->kept_back = false;
    d->run = 0;
    return said;
}

uint32_t decide_take_suppressed(struct decide *d)
{
    uint32_t n = d->suppressed;
    d->suppressed = 0;
    return n;
}
