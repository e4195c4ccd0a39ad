/* Says through the publisher what happened, on the right topics in the right
 * order. Main thread; nothing here waits. */
#ifndef DAEMON_REPORT_H
#define DAEMON_REPORT_H

#include "config/settings.h"
#include "daemon/former.h"
#include "daemon/log.h"
#include "daemon/message.h"
#include "daemon/publisher.h"

struct report {
    struct publisher *publisher;
    struct log *log;
    char prefix[EVENT_NAME_SIZE], node[EVENT_NAME_SIZE];
    char discovery_prefix[EVENT_NAME_SIZE];
    bool discoverable;
    /* private from here: sources that Home Assistant was told of and that are gone */
    size_t n_gone;
    char gone[SETTINGS_MAX_SOURCES][EVENT_NAME_SIZE];
};

/* The names as they are now; a reload does not change them. */
void report_init(struct report *r, struct log *log, const struct settings *s);

/* start: event, hostile ON. update: event. end: event, last_event, hostile OFF. */
void report_event(struct report *r, const struct event *e);

/* The latest end of a source: retained, and made anew at each sending. */
void report_last_event(struct report *r, const struct event *e);
void report_hostile(struct report *r, const char *source, bool on);
void report_source(struct report *r, const char *source, const struct message_source *s);
/* A window's scores, as message_window() made them; freed here. */
void report_scores(struct report *r, const char *source, char *json);
void report_source_health(struct report *r, const char *source,
                          const struct message_source_health *h);
void report_health(struct report *r, const struct message_health *h);

/* The node's state, unless it says the same as last time: then false. last is the
 * caller's, NULL at first; freed and renewed here. */
bool report_node(struct report *r, const struct message_node *n, char **last);

/* The source is no longer in the configuration: its retained topics go. */
void report_forget(struct report *r, const char *source);

/* Takes away all that is retained under a name that this box had. */
void report_forget_name(struct report *r, const struct former_name *name);
/* Takes the present node out of Home Assistant where it was told by this prefix. */
void report_forget_discovery(struct report *r, const char *discovery_prefix);

/* Tells Home Assistant of this node and the sources in s; nothing unless discoverable. */
void report_discovery(struct report *r, const struct settings *s);
/* Takes this node out of Home Assistant, until the next report_discovery(). */
void report_purge_discovery(struct report *r);

#endif
