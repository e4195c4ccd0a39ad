/* What to do: a sentence for each failure of a source or the broker that we can name, so
 * that the daemon's log and `earshot doctor` give the same advice. Pure; static strings. */
#ifndef DAEMON_REMEDY_H
#define DAEMON_REMEDY_H

#include <stdbool.h>

enum { REMEDY_SIZE = 320 };

/* For a word of source_kind() (audio/source.h) and one of capture_reasons (audio/capture.h); ""
 * for what heals by itself, or of which the failure's own sentence says all. credential: the
 * password is one of systemd's (settings_is_credential()). */
const char *remedy_source(const char *kind, const char *reason, bool credential);

/* For what daemon/mqtt says of a connection that failed; "" for one that was made. */
const char *remedy_broker(const char *text, bool credential);

/* The same two for who gave no settings: a source's URL, or options of `earshot
 * monitor`. named: the broker's URL is one of them. */
const char *remedy_url(const char *kind, const char *reason);
void remedy_options(const char *text, bool named, char ret[REMEDY_SIZE]);

/* For what daemon/store says of a disk that takes no events. */
const char *remedy_store(const char *text);

/* For a source that root hears and the service does not: it may open less. */
extern const char remedy_sandbox[];

#endif
