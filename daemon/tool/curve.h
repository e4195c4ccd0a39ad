/* How often would this threshold have flagged? Counted for many thresholds at once, by the
 * rules of daemon/decide, while sound is heard that is taken for harmless; then the
 * thresholds for a budget of false alarms, and how sure that is.
 *
 * Pure. One curve a recording or source; curves of the same shape add up. */
#ifndef DAEMON_TOOL_CURVE_H
#define DAEMON_TOOL_CURVE_H

#include "daemon/decide.h"

enum { CURVE_LEVELS = 72 }; /* thresholds from 0.05 to 0.9995, evenly in log-odds */

struct curve_state {
    bool open;
    int run;
    int64_t last_over_ns;
    uint32_t n; /* events */
};

struct curve {
    struct decide_params params; /* min_windows, hold; labels with start > 1 are off */
    double heard_s;              /* the caller adds to it */
    struct curve_state at[MODEL_MAX_LABELS][CURVE_LEVELS];
};

struct curve_label {
    int label;
    double threshold;
    uint32_t n;       /* events that it would have made */
    bool floor;       /* as low as it may be (curve_propose): lower was not looked for */
    bool over_budget; /* even the highest threshold makes too many */
};

struct curve_proposal {
    int n_labels;
    struct curve_label label[MODEL_MAX_LABELS];
    uint32_t n;             /* of all, at most: two labels may have flagged the same words */
    double heard_s;
    double upper_per_day;   /* false alarms of all together, at most, with 95 % certainty */
    double enough_s;        /* without one more event the budget is certain after so long */
    bool met;               /* nothing is over the budget */
    bool by_model;          /* heard for too short to go under the model's own curve */
    double model_threshold; /* what that has for the budget; 0: the model has none */
};

void curve_init(struct curve *c, const struct decide_params *p);
void curve_feed(struct curve *c, const float *p, int64_t now_ns); /* a window that ended then */
void curve_gap(struct curve *c);                                  /* the sound broke off */
void curve_add(struct curve *to, const struct curve *from);

/* The lowest thresholds whose events are within the budget (events a second), which the
 * labels share evenly; none under the model's sensitivity high, and none under what the
 * model's curve has for that budget until so much was heard that no event at all would
 * prove it (by_model). */
void curve_propose(const struct curve *c, const struct model *m, double budget_per_s,
                   struct curve_proposal *ret);

/* Upper end of the one-sided 95 % interval of a Poisson mean after n events: 3.0 for none. */
double curve_poisson_upper(uint32_t n);

#endif
