/* Orders that come over MQTT on …/cmd/<command>, and the answers to them.
 *
 * Anybody who may publish on the broker can write here, so nothing of it is
 * believed: the name must be in the settings' list, the payload is empty or one
 * small flat JSON object of known keys. Pure; any thread. */
#ifndef DAEMON_COMMAND_H
#define DAEMON_COMMAND_H

#include "config/settings.h"

enum command_kind {
    COMMAND_RELOAD,
    COMMAND_SNAPSHOT,        /* answered with the state of the node */
    COMMAND_MUTE,            /* source, for_ms */
    COMMAND_UNMUTE,          /* source */
    COMMAND_TEST_ALARM,      /* source, or "" for the first one */
    COMMAND_PURGE_DISCOVERY,
};

enum { COMMAND_NAME_SIZE = 32, COMMAND_TRANSACTION_SIZE = 129, COMMAND_MAX_FOR_MS = 7 * 86400000 };

struct command {
    enum command_kind kind;
    char name[COMMAND_NAME_SIZE];
    char source[65];                           /* "": none said */
    int64_t for_ms;                            /* 1..COMMAND_MAX_FOR_MS; 0: not said */
    char transaction[COMMAND_TRANSACTION_SIZE]; /* "": none said */
};

/* payload: "" or {"transaction": "…", "source": "porch", "for": "10m"}, transaction
 * also a number. -EPERM not in allowed, -ENOENT no such command, -EINVAL the payload;
 * why is what the answer says. ret->name and ret->transaction are filled as far as
 * they could be read even then, for the answer; the rest only on success. */
int command_parse(const char *name, const char *payload, const struct strings *allowed,
                  struct command *ret, struct reason *why);

/* {"schema": "earshot.response/1", "command": …, "ok": …, "error": … or null,
 * "transaction": … or null, "event": … or null, "state": … or null}. error NULL: it was
 * done. event: id of the one that a test alarm raised, or NULL. state: JSON, or NULL. The
 * caller frees it; NULL: no memory, or state is not JSON. */
char *command_answer(const struct command *c, const char *error, const char *event, const char *state);

/* All of them, for who needs no permission. */
extern const struct strings command_all;

#endif
