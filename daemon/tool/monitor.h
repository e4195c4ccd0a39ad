/* Where `earshot monitor` gets what it shows: a daemon, through its broker, or a
 * source that it opens itself. Each fills a struct view and, for programs, prints a
 * JSON object a line. One thread. */
#ifndef DAEMON_TOOL_MONITOR_H
#define DAEMON_TOOL_MONITOR_H

#include "daemon/tool/tool.h"
#include "daemon/tool/view.h"

enum {
    MONITOR_BROKER,
    MONITOR_USERNAME,
    MONITOR_PASSWORD_FILE,
    MONITOR_CA_FILE,
    MONITOR_PREFIX,
    MONITOR_NODE,
    MONITOR_JSON,
    MONITOR_MODEL,
    MONITOR_SENSITIVITY,
    MONITOR_HOP,
};

struct monitor_feed {
    void *state;
    int fd; /* to poll: readable when turn() has something to do */
    /* Takes what is there. 1: the source ended for good; -errno, complained of, or view.last_words say why. */
    int (*turn)(void *state, struct view *v, bool json);
    void (*close)(void *state);
};

/* Exit codes; they complain. */
int monitor_broker_open(const struct tool_args *args, struct view *v, struct monitor_feed *ret);
int monitor_source_open(const struct tool_args *args, struct view *v, struct monitor_feed *ret);

#endif
