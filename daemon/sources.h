/* All sources: opened, closed, reloaded together, and fed with the pool's results.
 * Main thread only. */
#ifndef DAEMON_SOURCES_H
#define DAEMON_SOURCES_H

#include "daemon/progress.h"
#include "daemon/station.h"

struct sources;

struct sources_gone { /* counted by those that reloads closed, one that was opened anew among them */
    uint64_t windows, dropped_windows;
};

/* Opens all. The settings have passed daemon/check. The settings and the house outlive it, or are replaced by sources_reload. */
int sources_start(const struct station_house *h, const struct settings *s, struct sources **ret,
                  struct reason *why);
void sources_stop(struct sources *s, enum event_end why); /* NULL is fine */

/* Goes over to checked settings; diff is settings_diff(before, now). What did not
 * change, nor its password, goes on without losing a sample; one that is opened anew stays
 * muted as it was. A source that then cannot be opened (no memory) is logged and left out. */
void sources_reload(struct sources *s, const struct settings *before, const struct settings *now,
                    const struct settings_diff *diff);

/* Takes all results that the pool has. */
void sources_take_results(struct sources *s);
void sources_tick(struct sources *s, int64_t now_ns);

/* A sum over all sources that adds these never goes down. */
struct sources_gone sources_gone(const struct sources *s);

size_t sources_count(const struct sources *s);
struct station *sources_at(struct sources *s, size_t i);
struct station *sources_find(struct sources *s, const char *name); /* NULL: none */

#endif
