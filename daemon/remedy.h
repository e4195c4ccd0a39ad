/* What to do: a sentence for each failure of a source or the broker that we can name, so
 * that the daemon's log and `earshot doctor` give the same advice. Pure; static strings. */
#ifndef DAEMON_REMEDY_H
#define DAEMON_REMEDY_H

/* For a word of capture_reasons (audio/capture.h); "" for what heals by itself. */
const char *remedy_source(const char *reason);

/* For what daemon/mqtt says of a connection that failed; "" for one that was made. */
const char *remedy_broker(const char *text);

#endif
