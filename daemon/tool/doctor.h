/* What the examinations of `earshot doctor` share. One thread. */
#ifndef DAEMON_TOOL_DOCTOR_H
#define DAEMON_TOOL_DOCTOR_H

#include <stdio.h>

#include "config/settings.h"

enum finding { DOCTOR_OK, DOCTOR_WARN, DOCTOR_FAIL };

struct doctor {
    const struct settings *settings; /* NULL until they could be read */
    const char *config, *socket;     /* as on the command line; NULL */
    bool json, colour;
    char *snapshot; /* what a running daemon says of itself, JSON; NULL: none runs */
    int n_warn, n_fail;
    int code; /* of the first failure */
};

/* One line: the examination, what was found, and, unless all is well, what to do. code: the
 * exit code that a failure means. */
void doctor_say(struct doctor *d, enum finding f, int code, const char *check, const char *remedy,
                const char *fmt, ...) PRINTF_LIKE(6, 7);

void doctor_broker(struct doctor *d);  /* doctor_broker.c: name, TCP, TLS, MQTT, publish */
void doctor_sources(struct doctor *d); /* doctor_sources.c: the first samples of each */

/* remedy_broker() for the settings that are looked at. */
const char *doctor_remedy(const struct doctor *d, const char *text);

/* Whether the running daemon is without this source now; the word and the sentence why. */
bool doctor_misses(const struct doctor *d, const char *source, char ret_reason[32], struct reason *ret_text);

/* State of the source as the running daemon said; false: it said nothing of it. */
bool doctor_knows(const struct doctor *d, const char *source, char ret_state[32]);

#endif
