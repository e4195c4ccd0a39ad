/* The page that Prometheus reads, in its text format 0.0.4.
 *
 * The same figures under the same names as in …/health and …/<source>/health:
 * earshot_KEY and earshot_source_KEY{source="…"}; those that only grow end in _total, as
 * Prometheus has it. Pure; any thread. */
#ifndef DAEMON_METRICS_PAGE_H
#define DAEMON_METRICS_PAGE_H

#include "daemon/message.h"

enum { METRICS_PAGE_SIZE = 65536 }; /* holds the longest page */

struct metrics_figures { /* strings: until the page is written */
    const char *node, *version, *kernel, *model;
    struct message_health health;
    int n_sources;
    struct {
        const char *name;
        bool online;
        struct message_source_health health;
    } source[MESSAGE_MAX_SOURCES];
};

/* Its length without the NUL, or -ENOSPC. */
int metrics_page(const struct metrics_figures *f, char *ret_page, size_t size);

#endif
