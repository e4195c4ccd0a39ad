#include "daemon/tool/calibration.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/json.h"
#include "daemon/tool/tool.h"

#define DAY_S 86400.0

int calibration_budget(const char *option, const char *text, double *ret_per_s)
{
    struct rate r;
    if (!scalar_rate(text, &r)) {
        tool_complain("--%s: found \"%s\", expected a rate such as 1/day; units are s min h day", option, text);
        return -EINVAL;
    }
    *ret_per_s = r.n / r.period_s;
    return 0;
}

/* As it is printed: never lower than it was counted, and never 1, which no setting takes. */
static double printed(double threshold)
{
    return fmin(ceil(threshold * 1e4 - 1e-3) / 1e4, 0.9999);
}

static void print_json(const struct curve_proposal *p, const struct model *m, const char *source, double budget_per_s)
{
    printf("{\"schema\": \"earshot.calibration/1\", \"source\": ");
    if (source)
        json_string(stdout, source);
    else
        printf("null");
    printf(", \"heard_s\": %.1f, \"budget_per_day\": ", p->heard_s);
    json_number(stdout, budget_per_s * DAY_S, 4);
    printf(", \"met\": %s, \"events\": %u, \"upper_per_day\": ", p->met ? "true" : "false", (unsigned)p->n);
    json_number(stdout, p->upper_per_day, 2);
    printf(", \"enough_s\": %.0f, \"model_threshold\": ", p->enough_s);
    json_number(stdout, p->model_threshold > 0 ? p->model_threshold : NAN, 4);
    printf(", \"by_model\": %s, \"labels\": [", p->by_model ? "true" : "false");
    for (int i = 0; i < p->n_labels; i++) {
        const struct curve_label *l = &p->label[i];
        printf("%s{\"label\": ", i ? ", " : "");
        json_string(stdout, m->label[l->label]);
        printf(", \"threshold\": %.4f, \"events\": %u, \"lowest\": %s, \"over_budget\": %s}", printed(l->threshold),
               (unsigned)l->n, l->floor ? "true" : "false", l->over_budget ? "true" : "false");
    }
    printf("]}\n");
}

static void print_duration(double s)
{
    if (s < 120)
        printf("%.0f s", s);
    else if (s < 7200)
        printf("%.0f min", s / 60);
    else if (s < 2 * DAY_S)
        printf("%.1f h", s / 3600);
    else
        printf("%.0f days", s / DAY_S);
}

static void print_how_sure(const struct curve_proposal *p, double budget_per_s)
{
    printf("# How sure: with these thresholds %u events in ", (unsigned)p->n);
    print_duration(p->heard_s);
    printf(", so at most %.1f a day with 95 %% certainty.\n", p->upper_per_day);
    if (!p->met)
        printf("# The budget of %.3g a day is not met, not even by the highest thresholds: is something\n"
               "# hostile, or a television, among what was heard?\n", budget_per_s * DAY_S);
    else if (p->heard_s < p->enough_s) {
        printf("# To be as certain of %.3g a day takes ", budget_per_s * DAY_S);
        print_duration(p->enough_s);
        printf(" without another event.\n");
    }
    if (p->by_model)
        printf("# The model's own curve has %.4f for that budget; until more was heard here, nothing lower\n"
               "# is proposed.\n", p->model_threshold);
    else if (p->model_threshold > 0)
        printf("# The model's own curve has %.4f for that budget; what was heard here counts more.\n", p->model_threshold);
    printf("# All that was heard is taken for harmless.\n");
}

static void print_yaml(const struct curve_proposal *p, const struct model *m, const char *source)
{
    const char *pad = source ? "    " : "  ";
    if (source)
        printf("sources:\n  %s:\n", source);
    else
        printf("defaults:\n");
    printf("%sthresholds:\n", pad);
    for (int i = 0; i < p->n_labels; i++) {
        const struct curve_label *l = &p->label[i];
        bool model = p->by_model && p->model_threshold >= (double)m->threshold[SENSITIVITY_HIGH][l->label];
        printf("%s  %s: %.4f  # %u events%s\n", pad, m->label[l->label], printed(l->threshold), (unsigned)l->n,
               l->over_budget ? ", over the budget"
               : !l->floor    ? ""
               : model        ? ", as low as the model's curve"
                              : ", as low as sensitivity: high");
    }
}

int calibration_print(const struct curve *c, const struct model *m, const char *source, double budget_per_s,
                      bool json)
{
    struct curve_proposal p;
    if (!(c->heard_s > 0)) {
        tool_complain("nothing was heard: there is nothing to calibrate by");
        return EX_UNAVAILABLE;
    }
    curve_propose(c, m, budget_per_s, &p);
    if (json) {
        print_json(&p, m, source, budget_per_s);
        return EX_OK;
    }
    printf("# %s: ", source ? source : "recordings");
    print_duration(p.heard_s);
    printf(" heard, for %.3g false alarms a day of all labels together.\n", budget_per_s * DAY_S);
    print_how_sure(&p, budget_per_s);
    print_yaml(&p, m, source);
    return EX_OK;
}
