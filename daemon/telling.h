/* The message of an event as it is to be said now, however long it lay in the store.
 *
 * The drain makes …/event and …/last_event here at the moment of sending, so both say
 * the same of an event. Any thread. */
#ifndef DAEMON_TELLING_H
#define DAEMON_TELLING_H

#include "daemon/event.h"

/* Stamped anew if the clock is right by now; with its age, unknown when the clock was set
 * since. replayed: see message_event(). The caller frees it with free(); NULL: no memory. */
char *telling_event(const struct event *stored, bool replayed);

#endif
