#include "daemon/tool/curve.h"

#include <math.h>
#include <string.h>

#define LOWEST 0.05
#define HIGHEST 0.9995

static double logit(double p)
{
    return log(p / (1 - p));
}

static double level(int i)
{
    double at = logit(LOWEST) + (logit(HIGHEST) - logit(LOWEST)) * i / (CURVE_LEVELS - 1);
    return 1 / (1 + exp(-at));
}

void curve_init(struct curve *c, const struct decide_params *p)
{
    memset(c, 0, sizeof(*c));
    c->params = *p;
}

static void step(const struct decide_params *p, struct curve_state *s, double score, double start, int64_t now_ns)
{
    if (s->open && score >= (double)decide_stay(start))
        s->last_over_ns = now_ns;
    else if (s->open && now_ns - s->last_over_ns >= p->hold_ns)
        s->open = false;
    if (s->open)
        return;
    s->run = score >= start ? s->run + 1 : 0;
    if (s->run < p->min_windows)
        return;
    *s = (struct curve_state){.open = true, .last_over_ns = now_ns, .n = s->n + 1};
}

void curve_feed(struct curve *c, const float *p, int64_t now_ns)
{
    for (int l = 0; l < c->params.n_labels; l++)
        for (int i = 0; i < CURVE_LEVELS && c->params.start[l] <= 1; i++)
            step(&c->params, &c->at[l][i], (double)p[l], level(i), now_ns);
}

void curve_gap(struct curve *c)
{
    for (int l = 0; l < c->params.n_labels; l++)
        for (int i = 0; i < CURVE_LEVELS; i++)
            c->at[l][i].run = 0;
}

void curve_add(struct curve *to, const struct curve *from)
{
    for (int l = 0; l < to->params.n_labels; l++)
        for (int i = 0; i < CURVE_LEVELS; i++)
            to->at[l][i].n += from->at[l][i].n;
    to->heard_s += from->heard_s;
}

/* P(at most n | mean), summed from its largest term's neighbourhood: n is small here. */
static double at_most(uint32_t n, double mean)
{
    double term = exp(-mean), sum = term;
    for (uint32_t i = 1; i <= n; i++) {
        term *= mean / i;
        sum += term;
    }
    return sum;
}

double curve_poisson_upper(uint32_t n)
{
    double low = n, high = n + 10 + 4 * sqrt((double)n);
    if (n > 500) /* the normal distribution is near enough, and exp() does not run out */
        return n + 1.645 * sqrt((double)n) + 1.7;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (at_most(n, middle) > 0.05)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static struct curve_label propose_one(const struct curve *c, double floor, int l, uint32_t allowed)
{
    int i = 0;
    while (i < CURVE_LEVELS - 1 && level(i) < floor)
        i++;
    int first = i;
    while (i < CURVE_LEVELS - 1 && c->at[l][i].n > allowed)
        i++;
    return (struct curve_label){.label = l,
                                .threshold = i == first ? fmax(floor, LOWEST) : level(i),
                                .n = c->at[l][i].n,
                                .floor = i == first,
                                .over_budget = c->at[l][i].n > allowed};
}

void curve_propose(const struct curve *c, const struct model *m, double budget_per_s,
                   struct curve_proposal *ret)
{
    struct curve_proposal p = {.heard_s = c->heard_s, .met = true};
    int n_on = 0;
    if (m->curve.n) {
        double rate;
        p.model_threshold = (double)model_curve_threshold(&m->curve, budget_per_s * 3600, &rate);
        p.by_model = c->heard_s * budget_per_s < curve_poisson_upper(0);
    }
    for (int l = 0; l < c->params.n_labels; l++)
        n_on += c->params.start[l] <= 1;
    for (int l = 0; l < c->params.n_labels; l++) {
        if (c->params.start[l] > 1)
            continue;
        double allowed = trunc(budget_per_s * c->heard_s / n_on + 1e-9);
        double floor = fmax((double)m->threshold[SENSITIVITY_HIGH][l], p.by_model ? p.model_threshold : 0);
        struct curve_label one = propose_one(c, floor, l, (uint32_t)fmin(allowed, 1e9));
        p.n += one.n;
        p.met &= !one.over_budget;
        p.label[p.n_labels++] = one;
    }
    p.upper_per_day = c->heard_s > 0 ? curve_poisson_upper(p.n) / c->heard_s * 86400 : INFINITY;
    p.enough_s = curve_poisson_upper(p.n) / budget_per_s;
    *ret = p;
}
