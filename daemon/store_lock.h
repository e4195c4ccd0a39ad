/* PATH-lock beside a store: who holds it is the one writer of the store.
 *
 * Its content is one number, the highest seq that was given out while the disk took no
 * events. It has its place from the start and is written over, which a full disk and a
 * locked or damaged store allow: so a run that is killed in such a time leaves behind how
 * far it counted. A disk that takes nothing at all does not keep it. Used by daemon/store
 * only, in its thread. */
#ifndef DAEMON_STORE_LOCK_H
#define DAEMON_STORE_LOCK_H

#include <stdint.h>

#include "config/reason.h"

/* Waits up to 3 s for one that is just ending. *ret_fd is the caller's to close; -1: there is no
 * lock to be had, the folder cannot be written. The file stays: one that is removed could be
 * locked by two. 0; -EBUSY: another process has it, why says so. */
int store_lock_take(const char *path, int *ret_fd, struct reason *why);

uint64_t store_lock_noted(int fd); /* 0: nothing, or no lock */
void store_lock_note(int fd, uint64_t seq);

#endif
