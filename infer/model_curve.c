/* The number of events need not fall with every step up: a higher threshold can part one
 * long event into two. So a threshold is taken only if all above it keep to the budget too. */
#include "infer/model_curve.h"

#include "infer/gguf.h"

#define THRESHOLD "earshot.curve.threshold"
#define PER_HOUR "earshot.curve.false_alarms_per_hour"
#define HOURS "earshot.curve.hours"

static const double max_rate = 1e6, max_hours = 1e6;

static int check(const struct model_curve *c, struct reason *why)
{
    if (!(c->hours > 0 && (double)c->hours <= max_hours))
        return reason_set(why, EBADMSG, "key '" HOURS "' is %g, expected over 0, up to %g", (double)c->hours, max_hours);
    for (int i = 0; i < c->n; i++) {
        float above = i ? c->threshold[i - 1] : 0;
        if (!(c->threshold[i] > above && c->threshold[i] < 1))
            return reason_set(why, EBADMSG, "key '" THRESHOLD "': element %d is %g, expected over %g and under 1", i,
                              (double)c->threshold[i], (double)above);
        if (!(c->per_hour[i] >= 0 && (double)c->per_hour[i] <= max_rate))
            return reason_set(why, EBADMSG, "key '" PER_HOUR "': element %d is %g, expected 0 to %g", i,
                              (double)c->per_hour[i], max_rate);
    }
    return 0;
}

int model_curve_read(const struct gguf *g, struct model_curve *ret, struct reason *why)
{
    struct gguf_array at, rate;
    *ret = (struct model_curve){0};
    if (!gguf_has(g, THRESHOLD) && !gguf_has(g, PER_HOUR) && !gguf_has(g, HOURS))
        return 0;
    struct model_curve c = {0};
    int r = gguf_array(g, THRESHOLD, GGUF_F32, 2, MODEL_MAX_CURVE, &at, why);
    if (r == 0)
        r = gguf_array(g, PER_HOUR, GGUF_F32, at.n, at.n, &rate, why);
    if (r == 0)
        r = gguf_f32(g, HOURS, &c.hours, why);
    if (r < 0)
        return r;
    c.n = (int)at.n;
    for (size_t i = 0; i < at.n; i++) {
        c.threshold[i] = gguf_array_f32(g, &at, i);
        c.per_hour[i] = gguf_array_f32(g, &rate, i);
    }
    r = check(&c, why);
    if (r == 0)
        *ret = c;
    return r;
}

float model_curve_threshold(const struct model_curve *c, double per_hour, double *ret_per_hour)
{
    int i = c->n - 1;
    while (i > 0 && (double)c->per_hour[i] <= per_hour && (double)c->per_hour[i - 1] <= per_hour)
        i--;
    *ret_per_hour = (double)c->per_hour[i];
    return c->threshold[i];
}

bool model_curve_can_tell(const struct model_curve *c, double per_hour)
{
    return per_hour * (double)c->hours >= 1;
}
