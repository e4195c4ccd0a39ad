/* The curve of a model file: how many false alarms an hour a threshold costs, as measured
 * on harmless speech when the model was made. Optional; infer/FORMAT.md says how.
 *
 * Read by model_open(), part of the immutable model; decide and the tool look thresholds
 * up in it. Pure but for the file; any thread. */
#ifndef INFER_MODEL_CURVE_H
#define INFER_MODEL_CURVE_H

#include "config/reason.h"

enum { MODEL_MAX_CURVE = 256 };

struct model_curve {
    int n;                             /* points; 0: the file has no curve */
    float hours;                       /* of harmless speech that it was measured on */
    float threshold[MODEL_MAX_CURVE];  /* ascending, over 0 and under 1; for every label */
    float per_hour[MODEL_MAX_CURVE];   /* events at it, of all labels together */
};

struct gguf;

/* *ret with n = 0 when the file has none of its keys. -EBADMSG: it has some, but not all, or
 * they make no curve; why names the key. */
int model_curve_read(const struct gguf *g, struct model_curve *ret, struct reason *why);

/* The lowest threshold that, with every higher one, kept to so many false alarms an hour, and
 * how many it made. The highest one, if even that made more. c->n > 0. */
float model_curve_threshold(const struct model_curve *c, double per_hour, double *ret_per_hour);

/* Whether it was measured for long enough to tell so low a rate from none. */
bool model_curve_can_tell(const struct model_curve *c, double per_hour);

#endif
