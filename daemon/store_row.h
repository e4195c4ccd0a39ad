/* An event message as a row of the store, and back.
 *
 * The columns stand here once, in the order in which they are bound and read; what
 * is read is checked, so a row that somebody changed makes a valid event of it. */
#ifndef DAEMON_STORE_ROW_H
#define DAEMON_STORE_ROW_H

#include "daemon/event.h"

#define STORE_ROW_COLUMNS                                                                          \
    "seq, type, id, node, source, time_ms, started_ms, ended_ms, duration_ms, end_reason, label, " \
    "labels, score, peak, threshold, sensitivity, dbfs, latency_ms, model, clock_synced, "         \
    "boot_id, boot_ns, suppressed, test"
#define STORE_ROW_PLACES "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?" /* the columns and sent */

struct sqlite3_stmt;

/* The statement borrows the event's texts until it is reset. */
void store_row_bind(struct sqlite3_stmt *s, const struct event *e, bool sent);
void store_row_take(struct sqlite3_stmt *s, struct event *ret); /* the statement stands on a row */

#endif
