/* A write-ahead log, not a rollback journal, because a commit then costs the disk one
 * sync and not four, and an event waits for its commit before it is published; readers
 * and the writer do not wait for each other either. SQLite before 3.51.3 can corrupt such
 * a file when one connection resets the log while another checkpoints. There is no other
 * that could: daemon/store locks the file for its one writer, and who reads opens it
 * read-only, and such a connection never checkpoints. The log is bounded and written again
 * from its start, so a commit seldom touches the allocation table. At the end it is folded
 * into the file: what is left is one file that anybody may read who may read it.
 * synchronous FULL, because a commit is a promise: the event may be published after it.
 *
 * seq is the row id, so insertion appends; the outbox is a partial index that holds
 * only unsent rows, so its size follows the outage and not the history. */
#include "daemon/store_db.h"
#include "daemon/store_files.h"
#include "daemon/store_row.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SCHEMA_VERSION = 1,
    APPLICATION_ID = 0x45617253,
    BUSY_MS = 2000,
    TRIM_ROWS = 64, /* at once: bounds the work of a call */
};

static const char SCHEMA[] =
    "CREATE TABLE event("
    " seq INTEGER PRIMARY KEY,"
    " sent INTEGER NOT NULL," /* 1: the broker has acknowledged it */
    " type INTEGER NOT NULL," /* 0 start, 1 update, 2 end */
    " id TEXT NOT NULL, node TEXT NOT NULL, source TEXT NOT NULL,"
    " time_ms INTEGER NOT NULL, started_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL,"
    " duration_ms INTEGER NOT NULL, end_reason INTEGER NOT NULL,"
    " label INTEGER NOT NULL, labels TEXT NOT NULL," /* a line a label: score, blank, name */
    " score REAL, peak REAL, threshold REAL, sensitivity TEXT NOT NULL,"
    " dbfs REAL, latency_ms REAL, model TEXT NOT NULL,"
    " clock_synced INTEGER NOT NULL, boot_id TEXT NOT NULL, boot_ns INTEGER NOT NULL,"
    " suppressed INTEGER NOT NULL, test INTEGER NOT NULL);"
    "CREATE INDEX unsent ON event(sent) WHERE sent = 0;"
    "CREATE TABLE base(seq INTEGER NOT NULL);" /* where seq goes on when there are no events */
    "INSERT INTO base VALUES(0);"
    "PRAGMA user_version = 1; PRAGMA application_id = 0x45617253;";

enum statement { ADD, MARK, READ_ALL, READ_UNSENT, READ_OPEN, READ_ENDS, IS_SENT, OLDEST, FORGET,
                 DROP_SENT, DROP_UNSENT, DROP_OLD, N_STATEMENTS };

static const char *const SQL[N_STATEMENTS] = {
    [ADD] = "INSERT OR IGNORE INTO event(" STORE_ROW_COLUMNS ", sent) "
            "VALUES(" STORE_ROW_PLACES ")",
    [MARK] = "UPDATE event SET sent = 1 WHERE seq = ? AND sent = 0",
    [READ_ALL] = "SELECT " STORE_ROW_COLUMNS " FROM event WHERE seq > ? ORDER BY seq LIMIT ?",
    [READ_UNSENT] = "SELECT " STORE_ROW_COLUMNS " FROM event INDEXED BY unsent "
                    "WHERE sent = 0 AND seq > ? ORDER BY seq LIMIT ?",
    [READ_OPEN] = "SELECT " STORE_ROW_COLUMNS " FROM event WHERE seq IN (SELECT max(seq) FROM event "
                  "GROUP BY id HAVING max(type) < 2) ORDER BY seq",
    [READ_ENDS] = "SELECT " STORE_ROW_COLUMNS " FROM event WHERE seq IN (SELECT max(seq) FROM event "
                  "WHERE type = 2 AND node = ? GROUP BY source) ORDER BY seq DESC",
    [IS_SENT] = "SELECT sent FROM event WHERE seq = ?",
    [OLDEST] = "SELECT time_ms FROM event WHERE sent = 0 ORDER BY seq LIMIT 1",
    [FORGET] = "DELETE FROM event WHERE seq = ?",
    [DROP_SENT] = "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE sent = 1 AND seq < ? "
                  "ORDER BY seq LIMIT ?)",
    [DROP_UNSENT] = "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE sent = 0 AND "
                    "seq < ? ORDER BY seq LIMIT ?)",
    [DROP_OLD] = "DELETE FROM event WHERE seq IN (SELECT seq FROM (SELECT seq, sent, time_ms, clock_synced "
                 "FROM event ORDER BY seq LIMIT ?1) WHERE sent = 1 AND seq < ?3 AND (time_ms < ?2 OR "
                 "clock_synced = 0) AND seq <= (SELECT max(seq) FROM (SELECT seq, time_ms FROM event "
                 "WHERE clock_synced = 1 ORDER BY seq LIMIT ?1) WHERE time_ms < ?2))",
};

struct store_db {
    sqlite3 *handle;
    sqlite3_stmt *statement[N_STATEMENTS];
    bool writable;
    uint64_t rows, unsent, last_seq;
};

static int errno_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return EBADMSG;
    case SQLITE_FULL:
        return ENOSPC;
    case SQLITE_READONLY:
        return EROFS;
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
        return EACCES;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return EBUSY;
    case SQLITE_NOMEM:
        return ENOMEM;
    default:
        return EIO;
    }
}

static int fail(struct store_db *d, int code, struct reason *why)
{
    return reason_set(why, errno_of(code), "%s",
                      d->handle ? sqlite3_errmsg(d->handle) : sqlite3_errstr(code));
}

static int run(struct store_db *d, const char *sql, struct reason *why)
{
    int code = sqlite3_exec(d->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? 0 : fail(d, code, why);
}

/* The first column of the first row; fallback when there is none. */
static int number(struct store_db *d, const char *sql, int64_t fallback, int64_t *ret)
{
    sqlite3_stmt *s;
    int code = sqlite3_prepare_v2(d->handle, sql, -1, &s, NULL);
    if (code != SQLITE_OK)
        return -errno_of(code);
    code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *ret = sqlite3_column_int64(s, 0);
    else if (code == SQLITE_DONE)
        *ret = fallback;
    sqlite3_finalize(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? 0 : -errno_of(code);
}

static int check(struct store_db *d, struct reason *why)
{
    sqlite3_stmt *s;
    int code = sqlite3_prepare_v2(d->handle, "PRAGMA quick_check(1)", -1, &s, NULL);
    if (code != SQLITE_OK)
        return fail(d, code, why);
    int r = 0;
    code = sqlite3_step(s);
    const char *text = code == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
    if (code != SQLITE_ROW)
        r = fail(d, code, why);
    else if (!text || strcmp(text, "ok") != 0)
        r = reason_set(why, EBADMSG, "%s", text ? text : "no answer to quick_check");
    sqlite3_finalize(s);
    return r;
}

/* Of a damaged file one of the two may be readable. */
static int read_last_seq(struct store_db *d, struct reason *why)
{
    int64_t last = 0, base = 0;
    int r = number(d, "SELECT max(seq) FROM event", 0, &last);
    int q = number(d, "SELECT max(seq) FROM base", 0, &base);
    d->last_seq = (uint64_t)(last > base ? last : base);
    if (r < 0 && (q < 0 || base == 0))
        return reason_set(why, -r, "%s", sqlite3_errmsg(d->handle));
    return 0;
}

static int read_counts(struct store_db *d, struct reason *why)
{
    int64_t rows = 0, unsent = 0;
    int r = number(d, "SELECT count(*) FROM event", 0, &rows);
    if (r >= 0)
        r = number(d, "SELECT count(*) FROM event WHERE sent = 0", 0, &unsent);
    if (r < 0)
        return reason_set(why, -r, "%s", sqlite3_errmsg(d->handle));
    d->rows = (uint64_t)rows;
    d->unsent = (uint64_t)unsent;
    return read_last_seq(d, why);
}

/* Creates the tables, or makes sure that they are ours and of a version we know. */
static int settle_schema(struct store_db *d, struct reason *why)
{
    int64_t version = 0, application = 0, tables = 0;
    int r = number(d, "PRAGMA user_version", 0, &version);
    if (r >= 0)
        r = number(d, "PRAGMA application_id", 0, &application);
    if (r >= 0)
        r = number(d, "SELECT count(*) FROM sqlite_schema", 0, &tables);
    if (r < 0)
        return reason_set(why, -r, "%s", sqlite3_errmsg(d->handle));
    if (tables == 0 && version == 0) {
        r = run(d, "BEGIN IMMEDIATE", why);
        if (r < 0)
            return r;
        r = run(d, SCHEMA, why);
        if (r >= 0)
            r = run(d, "COMMIT", why);
        if (r < 0)
            run(d, "ROLLBACK", NULL);
        return r;
    }
    if (application != APPLICATION_ID)
        return reason_set(why, EBADMSG, "not a store of Earshot");
    if (version > SCHEMA_VERSION)
        return reason_set(why, EBADMSG, "written by a newer version of Earshot (schema %lld)",
                          (long long)version);
    return check(d, why);
}

static int prepare(struct store_db *d, struct reason *why)
{
    for (int i = 0; i < N_STATEMENTS; i++) {
        int code = sqlite3_prepare_v3(d->handle, SQL[i], -1, SQLITE_PREPARE_PERSISTENT,
                                      &d->statement[i], NULL);
        if (code != SQLITE_OK)
            return fail(d, code, why);
    }
    return 0;
}

static int open_handle(const char *path, int flags, struct store_db **ret, struct reason *why)
{
    struct store_db *d = calloc(1, sizeof(*d));
    if (!d)
        return reason_set(why, ENOMEM, "no memory");
    int code = sqlite3_open_v2(path, &d->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        int r = fail(d, code, why);
        store_db_close(d);
        return r;
    }
    sqlite3_extended_result_codes(d->handle, 1);
    sqlite3_busy_timeout(d->handle, BUSY_MS);
    *ret = d;
    return 0;
}

int store_db_open(const char *path, struct store_db **ret, struct reason *why)
{
    struct store_db *d = NULL;
    int r = open_handle(path ? path : ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &d, why);
    if (r < 0)
        return r;
    d->writable = true;
    r = run(d, "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 2097152;"
               "PRAGMA wal_autocheckpoint = 512;"
               "PRAGMA synchronous = FULL; PRAGMA cache_size = -512; PRAGMA temp_store = MEMORY;"
               "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON", why);
    if (r >= 0)
        r = settle_schema(d, why);
    if (r >= 0)
        r = read_counts(d, why);
    if (r >= 0)
        r = prepare(d, why);
    /* A file that may be read but not written is found out here, not at the first event. */
    if (r >= 0)
        r = run(d, "BEGIN IMMEDIATE; UPDATE base SET seq = seq; COMMIT", why);
    if (r < 0) {
        store_db_close(d);
        return r;
    }
    *ret = d;
    return 0;
}

static int open_to_read(const char *name, int flags, struct store_db **ret, struct reason *why)
{
    struct store_db *d = NULL;
    int r = open_handle(name, SQLITE_OPEN_READONLY | flags, &d, why);
    if (r < 0)
        return r;
    sqlite3_db_config(d->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    r = read_last_seq(d, why); /* the file is opened now, and not before */
    if (r >= 0)
        r = prepare(d, why);
    if (r < 0) {
        store_db_close(d);
        return r;
    }
    *ret = d;
    return 0;
}

/* The log of a writer that was killed cannot be read in a folder that cannot be
 * written; then the file goes without it, and what is in the log alone is not seen. */
int store_db_open_to_read(const char *path, struct store_db **ret, struct reason *why)
{
    char uri[3 * 4096 + 64];
    int r = open_to_read(path, 0, ret, why);
    if (r != -EACCES && r != -EROFS)
        return r;
    store_files_immutable(path, uri, sizeof(uri));
    r = open_to_read(uri, SQLITE_OPEN_URI, ret, why);
    return r < 0 ? r : store_files_have_log(path);
}

void store_db_close(struct store_db *d)
{
    if (!d)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(d->statement[i]);
    if (d->writable) { /* unless somebody reads just now: the log stays, and is read by the next */
        sqlite3_busy_timeout(d->handle, 0);
        run(d, "PRAGMA journal_mode = DELETE", NULL);
    }
    sqlite3_close(d->handle);
    free(d);
}

static int add(struct store_db *d, const struct event *e, bool sent)
{
    sqlite3_stmt *s = d->statement[ADD];
    store_row_bind(s, e, sent);
    int code = sqlite3_step(s);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int do_to(struct store_db *d, enum statement which, uint64_t seq)
{
    sqlite3_bind_int64(d->statement[which], 1, (int64_t)seq);
    int code = sqlite3_step(d->statement[which]);
    sqlite3_reset(d->statement[which]);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

int store_db_write(struct store_db *d, const struct event *e, size_t n, bool sent,
                   const uint64_t *seq, size_t n_seq, struct reason *why)
{
    uint64_t added = 0, marked = 0, last = d->last_seq;
    int r = run(d, "BEGIN IMMEDIATE", why);
    if (r < 0)
        return r;
    int code = SQLITE_OK;
    for (size_t i = 0; i < n && code == SQLITE_OK; i++) {
        code = add(d, &e[i], sent);
        if (code == SQLITE_OK && sqlite3_changes(d->handle) > 0)
            added++;
        if (e[i].seq > last)
            last = e[i].seq;
    }
    for (size_t i = 0; i < n_seq && code == SQLITE_OK; i++) {
        code = do_to(d, MARK, seq[i]);
        if (code == SQLITE_OK)
            marked += (uint64_t)sqlite3_changes(d->handle);
    }
    r = code == SQLITE_OK ? run(d, "COMMIT", why) : fail(d, code, why);
    if (r < 0) {
        run(d, "ROLLBACK", NULL);
        return r;
    }
    d->rows += added;
    d->unsent += (sent ? 0 : added) - marked;
    d->last_seq = last;
    return 0;
}

static int collect(sqlite3_stmt *s, struct event *ret, int max)
{
    int n = 0, code = SQLITE_DONE;
    while (n < max && (code = sqlite3_step(s)) == SQLITE_ROW)
        store_row_take(s, &ret[n++]);
    sqlite3_reset(s);
    /* What could be read of a damaged file is worth more than its error. */
    return n == 0 && code != SQLITE_DONE && code != SQLITE_ROW ? -errno_of(code) : n;
}

int store_db_read(struct store_db *d, uint64_t after, bool unsent_only, struct event *ret, int max)
{
    sqlite3_stmt *s = d->statement[unsent_only ? READ_UNSENT : READ_ALL];
    sqlite3_bind_int64(s, 1, (int64_t)after);
    sqlite3_bind_int(s, 2, max);
    return collect(s, ret, max);
}

int store_db_is_sent(struct store_db *d, uint64_t seq)
{
    sqlite3_stmt *s = d->statement[IS_SENT];
    sqlite3_bind_int64(s, 1, (int64_t)seq);
    int code = sqlite3_step(s);
    int sent = code == SQLITE_ROW ? sqlite3_column_int(s, 0) : code == SQLITE_DONE ? -ENOENT : -errno_of(code);
    sqlite3_reset(s);
    return sent;
}

int store_db_forget(struct store_db *d, uint64_t seq)
{
    bool unsent = store_db_is_sent(d, seq) == 0;
    int code = do_to(d, FORGET, seq);
    if (code != SQLITE_OK)
        return -errno_of(code);
    if (sqlite3_changes(d->handle) > 0) {
        d->rows--;
        d->unsent -= unsent;
    }
    return 0;
}

int store_db_open_events(struct store_db *d, struct event *ret, int max)
{
    return collect(d->statement[READ_OPEN], ret, max);
}

int store_db_ends(struct store_db *d, const char *node, struct event *ret, int max)
{
    sqlite3_bind_text(d->statement[READ_ENDS], 1, node, -1, SQLITE_TRANSIENT);
    return collect(d->statement[READ_ENDS], ret, max);
}

int store_db_sources(struct store_db *d, const char *node, char (*ret)[EVENT_NAME_SIZE], int max)
{
    sqlite3_stmt *s;
    int n = 0, code = sqlite3_prepare_v2(d->handle, "SELECT DISTINCT source FROM event WHERE node = ?", -1, &s, NULL);
    if (code != SQLITE_OK)
        return -errno_of(code);
    sqlite3_bind_text(s, 1, node, -1, SQLITE_STATIC);
    while (n < max && sqlite3_step(s) == SQLITE_ROW)
        snprintf(ret[n++], EVENT_NAME_SIZE, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return n;
}

static int drop(struct store_db *d, enum statement which, int64_t first, int64_t second, int64_t third)
{
    sqlite3_stmt *s = d->statement[which];
    sqlite3_bind_int64(s, 1, first);
    sqlite3_bind_int64(s, 2, second);
    if (which == DROP_OLD)
        sqlite3_bind_int64(s, 3, third);
    int code = sqlite3_step(s);
    sqlite3_reset(s);
    return code == SQLITE_DONE ? sqlite3_changes(d->handle) : -errno_of(code);
}

int store_db_trim_size(struct store_db *d, int64_t max_bytes, uint64_t *lost)
{
    for (int turn = 0; turn < 16 && store_db_bytes(d) > max_bytes && d->rows > 1; turn++) {
        enum statement which = d->rows > d->unsent ? DROP_SENT : DROP_UNSENT;
        int n = drop(d, which, (int64_t)d->last_seq, TRIM_ROWS, 0);
        if (n == 0 && which == DROP_SENT) /* the one sent row is the newest */
            n = drop(d, which = DROP_UNSENT, (int64_t)d->last_seq, TRIM_ROWS, 0);
        if (n <= 0)
            return n;
        d->rows -= (uint64_t)n;
        if (which == DROP_UNSENT) {
            d->unsent -= (uint64_t)n;
            *lost += (uint64_t)n;
        }
    }
    return 0;
}

int store_db_trim_age(struct store_db *d, int64_t before_ms)
{
    int n = drop(d, DROP_OLD, TRIM_ROWS * 4, before_ms, (int64_t)d->last_seq);
    if (n > 0)
        d->rows -= (uint64_t)n;
    return n;
}

uint64_t store_db_last_seq(const struct store_db *d)
{
    return d->last_seq;
}

int store_db_set_last_seq(struct store_db *d, uint64_t seq)
{
    char sql[64];
    snprintf(sql, sizeof(sql), "UPDATE base SET seq = %llu", (unsigned long long)seq);
    int r = run(d, sql, NULL);
    if (r >= 0 && seq > d->last_seq)
        d->last_seq = seq;
    return r;
}

uint64_t store_db_unsent(const struct store_db *d)
{
    return d->unsent;
}

uint64_t store_db_rows(const struct store_db *d)
{
    return d->rows;
}

int64_t store_db_oldest_unsent_ms(struct store_db *d)
{
    sqlite3_stmt *s = d->statement[OLDEST];
    int64_t time_ms = d->unsent > 0 && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return time_ms;
}

int64_t store_db_bytes(struct store_db *d)
{
    int64_t pages = 0, unused = 0, size = 0;
    if (number(d, "PRAGMA page_count", 0, &pages) < 0 || number(d, "PRAGMA page_size", 0, &size) < 0 ||
        number(d, "PRAGMA freelist_count", 0, &unused) < 0)
        return 0;
    return (pages - unused) * size;
}
