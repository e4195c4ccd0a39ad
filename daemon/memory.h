/* Gives back memory that only the start needed. Main thread. */
#ifndef DAEMON_MEMORY_H
#define DAEMON_MEMORY_H

#include "config/base.h"

struct memory;

/* Notes where program and libraries are mapped. Before there is any other thread.
 * NULL: no memory, or no /proc; the others take that. */
struct memory *memory_new(void);
void memory_free(struct memory *m);

/* Lets go of the noted pages; what is used again comes back from the page cache. */
void memory_drop(const struct memory *m);

#endif
