/* Lines for the operator: to the journal with fields when our standard error is
 * connected to it, else plain lines. What repeats within a minute is counted and
 * said once more at its end. An object of main's; main thread only. */
#ifndef DAEMON_LOG_H
#define DAEMON_LOG_H

#include "config/base.h"

enum log_level { LOG_LEVEL_ERROR = 3, LOG_LEVEL_WARNING = 4, LOG_LEVEL_INFO = 6, LOG_LEVEL_DEBUG = 7 };

struct log;

/* fd: where lines go (2), stays the caller's. -ENOMEM. */
int log_new(int fd, struct log **ret);
void log_free(struct log *l); /* says what was held back; NULL is fine */

/* "error" "warning" "info" "debug"; anything else leaves the level alone. */
void log_set_level(struct log *l, const char *level);

/* One line without its end. source: name of the source that it is about, or NULL. */
void log_say(struct log *l, enum log_level level, const char *source, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

/* Says what was held back for long enough. Called every second or so. */
void log_turn(struct log *l, int64_t now_ns);

#endif
