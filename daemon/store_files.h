/* The files that lie beside a store's file and are called after it. For daemon/store. */
#ifndef DAEMON_STORE_FILES_H
#define DAEMON_STORE_FILES_H

#include "config/reason.h"

/* Renames path to PATH.damaged-TIME, and its logs with it: they belong to the damage.
 * 0 with the new name in ret, or -errno. */
int store_files_move_aside(const char *path, char *ret, size_t size);

/* Whether a write-ahead log with something in it lies there. */
bool store_files_have_log(const char *path);

/* The name by which SQLite reads path as it is, without a log: file:PATH?immutable=1. */
void store_files_immutable(const char *path, char *ret, size_t size);

#endif
