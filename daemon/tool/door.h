/* The running daemon on this box, asked through its door (daemon/local). One thread. */
#ifndef DAEMON_TOOL_DOOR_H
#define DAEMON_TOOL_DOOR_H

#include <stdio.h>

#include "config/reason.h"

/* Sends the request; *ret_answer is read line by line until its end and closed with
 * fclose(). socket: a path, or NULL: where the daemon's is. -ENOENT and -ECONNREFUSED: no
 * daemon runs here; -EACCES: it is another user's; -ETIMEDOUT: it lets nobody in. That it does not
 * answer shows later, as an error of reading. */
int door_ask(const char *socket, const char *request, FILE **ret_answer, struct reason *why);

/* The one line of an answer without its newline, allocated; NULL and errno when none came. */
char *door_line(const char *socket, const char *request, struct reason *why);

#endif
