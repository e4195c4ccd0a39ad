/* What a curve proposes, told to a person or a program: for `earshot calibrate` and
 * `scan --calibrate`. */
#ifndef DAEMON_TOOL_CALIBRATION_H
#define DAEMON_TOOL_CALIBRATION_H

#include "daemon/tool/curve.h"

/* "1/day"; -EINVAL: complained of as --option. */
int calibration_budget(const char *option, const char *text, double *ret_per_s);

/* To standard output. source: the name that the YAML is for; NULL: defaults. An exit code:
 * EX_UNAVAILABLE when nothing was heard. */
int calibration_print(const struct curve *c, const struct model *m, const char *source, double budget_per_s,
                      bool json);

#endif
