/* How a subcommand judges scores: as the daemon would with the same settings. */
#ifndef DAEMON_TOOL_RULES_H
#define DAEMON_TOOL_RULES_H

#include "daemon/decide.h"
#include "daemon/event.h"

struct rules {
    struct decide_params decide;
    struct event_log log;     /* to copy: names of labels, ids from a seed */
    struct event_track track; /* to copy: thresholds */
    int hop;
    double gate_dbfs;
};

/* From the defaults: of an earshot.yaml (config NULL: those of the program), with
 * sensitivity and hop as words of a person over them (NULL: as they are there).
 * Complains; an exit code. */
int rules_make(const char *config, const char *sensitivity, const char *hop, const struct model *m,
               struct rules *ret);

#endif
