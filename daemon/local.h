/* The daemon's own door on this box: a Unix socket that only its user and root can open.
 *
 * A request is one line, the answer is lines of JSON, then the socket is closed; an
 * answer may also stay open and be told more until the client goes. Those who listen leave
 * places for those who ask. What a client asked that hung up meanwhile is not done: it was
 * told that it failed. Bounded: what a client does not read in time is not kept. Main
 * thread; a descriptor for the loop. */
#ifndef DAEMON_LOCAL_H
#define DAEMON_LOCAL_H

#include <stdio.h>

#include "config/settings.h"

enum {
    LOCAL_LISTENERS = SETTINGS_MAX_SOURCES, /* one a source, at most; they may stay for hours */
    LOCAL_QUESTIONS = 4,                    /* places that are nobody's for long */
    LOCAL_CONNECTIONS = LOCAL_LISTENERS + LOCAL_QUESTIONS,
    LOCAL_REQUEST_SIZE = 1280,
    LOCAL_ANSWER_SIZE = 131072,
    LOCAL_DEADLINE_MS = 5000
};

struct local;

/* Writes the answer to `request` (without its newline). True: stay open, and be told what
 * local_tell() says under `ret_topic` (at most 64 bytes); where LOCAL_LISTENERS do so already,
 * the client is told that instead of the answer. */
typedef bool local_fn(void *ctx, const char *request, FILE *out, char ret_topic[65]);

/* Where the socket is: in $RUNTIME_DIRECTORY, else in $STATE_DIRECTORY; false: neither
 * is set, or the path is too long for a socket. */
bool local_path(char *ret_path, size_t size);

/* A socket that a dead daemon left is replaced. -errno, why says what. */
int local_open(const char *path, local_fn *fn, void *ctx, struct local **ret, struct reason *why);
void local_close(struct local *l); /* NULL is fine */

int local_fd(const struct local *l); /* readable: call local_turn() */
void local_turn(struct local *l);

/* Whether anybody listens to this topic, and the line for those who do. The function that
 * answers may call them too. */
bool local_wanted(const struct local *l, const char *topic);
void local_tell(struct local *l, const char *topic, const char *line);

#endif
