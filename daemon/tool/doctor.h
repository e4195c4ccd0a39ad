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

struct doctor_ear { /* how the running daemon is with a source now */
    bool offline;
    char reason[32];     /* the word why, and the sentence; "" none */
    char text[REASON_SIZE];
    double tried_s, retry_s; /* since its last try, and to the next one; < 0: it waits for none */
};

void doctor_ear(const struct doctor *d, const char *source, struct doctor_ear *ret);

/* State of the source as the running daemon said; false: it said nothing of it. */
bool doctor_knows(const struct doctor *d, const char *source, char ret_state[32]);

#endif
