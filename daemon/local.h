/* The daemon's own door on this box: a Unix socket that only its user and root can open.
 *
 * A request is one line, the answer is lines of JSON, then the socket is closed; an
 * answer may also stay open and be told more until the client goes. Bounded: what a
 * client does not read in time is not kept. Main thread; a descriptor for the loop. */
#ifndef DAEMON_LOCAL_H
#define DAEMON_LOCAL_H

#include <stdio.h>

#include "config/reason.h"

enum { LOCAL_CONNECTIONS = 4, LOCAL_REQUEST_SIZE = 1280, LOCAL_ANSWER_SIZE = 131072, LOCAL_DEADLINE_MS = 5000 };

struct local;

/* Writes the answer to `request` (without its newline). True: stay open, and be told what
 * local_tell() says under `ret_topic` (at most 64 bytes). */
typedef bool local_fn(void *ctx, const char *request, FILE *out, char ret_topic[65]);

/* Where the socket is: in $RUNTIME_DIRECTORY, else in $STATE_DIRECTORY; false: neither
 * is set, or the path is too long for a socket. */
bool local_path(char *ret_path, size_t size);

/* A socket that a dead daemon left is replaced. -errno, why says what. */
int local_open(const char *path, local_fn *fn, void *ctx, struct local **ret, struct reason *why);
void local_close(struct local *l); /* NULL is fine */

int local_fd(const struct local *l); /* readable: call local_turn() */
void local_turn(struct local *l);

/* Whether anybody listens to this topic, and the line for those who do. */
bool local_wanted(const struct local *l, const char *topic);
void local_tell(struct local *l, const char *topic, const char *line);

#endif
