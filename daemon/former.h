/* Names under which this box spoke before: a node that was renamed, or was given another
 * prefix, while the daemon was stopped. What the broker keeps of the old name would stand
 * there for ever, an `offline` in every dashboard.
 *
 * $STATE_DIRECTORY/names remembers them, and of which box: a copied disk is another one.
 * The old name's `availability` is subscribed, and only when it says `offline` is what is
 * retained under it taken away, for somebody else may have the name by now. Main thread. */
#ifndef DAEMON_FORMER_H
#define DAEMON_FORMER_H

#include "config/settings.h"
#include "daemon/event.h"

enum { FORMER_MAX = 3, FORMER_MACHINE_SIZE = 33 };

struct former_name {
    char prefix[EVENT_NAME_SIZE], node[EVENT_NAME_SIZE];
    char discovery[EVENT_NAME_SIZE]; /* prefix; "": Home Assistant was told nothing */
    size_t n_sources;
    char source[SETTINGS_MAX_SOURCES][EVENT_NAME_SIZE];
    bool left; /* the broker was told that nothing is kept of it */
};

struct former {
    size_t n;
    struct former_name name[FORMER_MAX];
    char discovery[EVENT_NAME_SIZE]; /* where the present name was told last; "": nowhere */
};

void former_machine(char ret[FORMER_MACHINE_SIZE]); /* which box this is; "": it does not say */

/* What is remembered but for the present name; nothing when the file is not there or is another box's. */
void former_read(const char *path, const char *machine, const struct former_name *present, struct former *ret);
/* Remembers the present name and those of f that are not `left`. -errno: why says what. */
int former_write(const char *path, const char *machine, const struct former_name *present, const struct former *f,
                 struct reason *why);

#endif
