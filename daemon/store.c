/* Two databases, one on disk and one in memory, behind one face:
 *
 *   store_add ──▶ disk ──fails──▶ memory (bounded) ──disk works again──▶ disk
 *
 * An event is on the disk that is open or in memory, never on both, and those in memory
 * are newer: so reading the one and then the other keeps the order of seq, and an
 * acknowledgement reaches what it is of. A failing disk is asked again every
 * STORE_RETRY_MS; then everything in memory moves.
 *
 * seq lives in the file. If that can be read but not written at start, it is read, with
 * what is unsent and what is open. If it, or its log, cannot be read, nobody knows which
 * numbers were given out, and one that is given out twice could cost an event at a
 * subscriber that knows messages by it. So the numbers go on from the seconds since
 * 2020, more than a node can have said by then: a gap, which is told, and no repetition.
 * What was given out from memory and never reached the file is noted beside it, in the
 * lock: a gap again, of events that a crash took, and that is true. */
#include "daemon/store.h"
#include "daemon/clock.h"
#include "daemon/store_db.h"
#include "daemon/store_files.h"
#include "daemon/store_lock.h"
#include "daemon/store_marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { MOVE_EVENTS = 32, MARK_EVENTS = 1024, AGE_EVERY_MS = 60000 };
static const int64_t SECONDS_TO_2020 = 1577836800;

struct store {
    char *path; /* NULL: never a disk */
    int64_t max_size, max_age_ms;
    struct store_db *disk;   /* NULL: not open */
    struct store_db *memory; /* there for ever */
    int lock_fd;             /* -1: none, the folder cannot be written */
    bool failing;            /* the disk, since retry_ns - STORE_RETRY_MS */
    int64_t retry_ns, age_ns;
    uint64_t last_seq, lost;
    uint64_t first_seq; /* of this run, when the disk was not open at its start; else 0 */
    bool guessed;       /* seq was not, or not all, to be read */
    char boot_id[37];
    struct reason trouble;
    struct store_marks marks; /* acknowledged, and unsent on disk */
    struct event moving[MOVE_EVENTS];
};

static void read_boot_id(char ret[37])
{
    FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
    if (!f || !fgets(ret, 37, f))
        ret[0] = '\0';
    if (f)
        fclose(f);
}

static void disk_failed(struct store *s, const struct reason *why)
{
    s->failing = true;
    s->trouble = *why;
    s->retry_ns = clock_boot_ns() + (int64_t)STORE_RETRY_MS * 1000000;
}

/* Copies to memory what d holds and this run needs: the outbox, as far as it goes in, and
 * the latest message of what is open. How many of the outbox. */
static uint64_t copy_to_memory(struct store *s, struct store_db *d)
{
    uint64_t saved = 0, after = 0;
    int n;
    while ((n = store_db_read(d, after, true, s->moving, MOVE_EVENTS)) > 0) {
        after = s->moving[n - 1].seq;
        if (store_db_write(s->memory, s->moving, (size_t)n, false, NULL, 0, NULL) < 0)
            break;
        saved += (uint64_t)n;
        if (store_db_bytes(s->memory) > STORE_MEMORY_BYTES)
            break;
    }
    n = store_db_open_events(d, s->moving, MOVE_EVENTS);
    for (int i = 0; i < n; i++)
        store_db_write(s->memory, &s->moving[i], 1, store_db_is_sent(d, s->moving[i].seq) > 0, NULL, 0, NULL);
    if (store_db_last_seq(s->memory) > s->last_seq)
        s->last_seq = store_db_last_seq(s->memory);
    return saved;
}

static void guess_seq(struct store *s)
{
    int64_t since = clock_wall_ns() / 1000000000 - SECONDS_TO_2020;
    uint32_t chance = 0;
    if (since <= 0 && getrandom(&chance, sizeof(chance), GRND_NONBLOCK) < 0)
        chance = (uint32_t)clock_boot_ns();
    uint64_t guess = since > 0 ? (uint64_t)since : chance;
    s->guessed = true;
    if (guess > s->last_seq)
        s->last_seq = guess;
}

/* What can be had of a file that cannot be used: seq, outbox, open events. The number of
 * unsent ones. */
static uint64_t salvage(struct store *s)
{
    struct store_db *d = NULL;
    int r = store_db_open_to_read(s->path, &d, NULL);
    if (r >= 0 && store_db_last_seq(d) > s->last_seq)
        s->last_seq = store_db_last_seq(d);
    if (r != 0)
        guess_seq(s);
    if (r < 0)
        return 0;
    uint64_t saved = copy_to_memory(s, d);
    store_db_close(d);
    return saved;
}

static const char *seq_text(const struct store *s, char *buf, size_t size)
{
    snprintf(buf, size, "; seq could not be read and goes on with %llu", (unsigned long long)s->last_seq + 1);
    return s->guessed ? buf : "";
}

/* Opens the file. 0, 1 after one was moved aside, -errno: no disk; why unless 0. */
static int open_disk(struct store *s, struct reason *why)
{
    int r = store_db_open(s->path, &s->disk, why);
    if (r != -EBADMSG)
        return r < 0 ? reason_prefix(why, r, "store %s", s->path) : 0;
    char aside[4096], seq[80];
    struct reason damage = *why;
    uint64_t saved = salvage(s);
    r = store_files_move_aside(s->path, aside, sizeof(aside));
    if (r < 0)
        return reason_set(why, -r, "store %s is damaged (%s) and cannot be moved aside: %s", s->path,
                          damage.text, strerror(-r));
    r = store_db_open(s->path, &s->disk, why);
    if (r < 0)
        return reason_prefix(why, r, "store %s", s->path);
    store_db_set_last_seq(s->disk, s->last_seq);
    reason_set(why, EBADMSG, "store %s was damaged (%s): moved to %s, %llu unsent events saved of it%s",
               s->path, damage.text, aside, (unsigned long long)saved, seq_text(s, seq, sizeof(seq)));
    return 1;
}

static bool disk_usable(const struct store *s)
{
    return s->disk && !s->failing;
}

/* Moves what is in memory to the disk, in order; each step is a transaction of its
 * own, and what it moved is in memory no more. */
static int move_to_disk(struct store *s, struct reason *why)
{
    uint64_t after = 0;
    int n;
    while ((n = store_db_read(s->memory, after, false, s->moving, MOVE_EVENTS)) > 0) {
        for (int i = 0; i < n;) {
            int sent = store_db_is_sent(s->memory, s->moving[i].seq);
            int end = i + 1;
            while (end < n && store_db_is_sent(s->memory, s->moving[end].seq) == sent)
                end++;
            int r = store_db_write(s->disk, s->moving + i, (size_t)(end - i), sent > 0, NULL, 0, why);
            if (r < 0)
                return r;
            for (; i < end; i++)
                store_db_forget(s->memory, s->moving[i].seq);
        }
        after = s->moving[n - 1].seq;
    }
    if (n < 0)
        return reason_set(why, -n, "the store in memory cannot be read");
    struct store_db *empty;
    int r = store_db_open(NULL, &empty, why);
    if (r < 0)
        return r;
    store_db_close(s->memory);
    s->memory = empty;
    return 0;
}

/* What was copied from the disk that is open now is the disk's again, and with it what
 * was acknowledged of it. */
static void give_copies_back(struct store *s)
{
    uint64_t after = 0;
    int n;
    while ((n = store_db_read(s->memory, after, false, s->moving, MOVE_EVENTS)) > 0) {
        after = s->moving[n - 1].seq;
        for (int i = 0; i < n; i++) {
            uint64_t seq = s->moving[i].seq;
            int there = store_db_is_sent(s->disk, seq);
            if (there == 0 && store_db_is_sent(s->memory, seq) > 0 && store_marks_add(&s->marks, seq) < 0)
                continue;
            if (there >= 0)
                store_db_forget(s->memory, seq);
        }
    }
}

/* A file that could not be used at start and can now. Numbers in it that this run has given
 * out as well would clash, which takes a clock far behind or another file: it is left alone. */
static int open_late(struct store *s, struct reason *why)
{
    int r = open_disk(s, why);
    if (r < 0)
        return r;
    if (r == 0 && store_db_last_seq(s->disk) >= s->first_seq) {
        store_db_close(s->disk);
        s->disk = NULL;
        reason_set(&s->trouble, EIO, "store %s holds events that could not be read at start; restart",
                   s->path);
        free(s->path);
        s->path = NULL;
        return reason_set(why, EIO, "%s", s->trouble.text);
    }
    if (s->last_seq > store_db_last_seq(s->disk))
        store_db_set_last_seq(s->disk, s->last_seq);
    give_copies_back(s);
    return r;
}

/* Marks what is acknowledged, and adds n events with the last of the marks. So what was
 * done counts, and a disk that is almost full need not take all of them at once. */
static int write_disk(struct store *s, const struct event *e, size_t n, struct reason *why)
{
    uint64_t seq[MARK_EVENTS];
    for (bool more = true; more;) {
        size_t marked = store_marks_lowest(&s->marks, seq, MARK_EVENTS);
        more = marked < s->marks.count;
        int r = store_db_write(s->disk, e, more ? 0 : n, false, seq, marked, why);
        if (r < 0)
            return reason_prefix(why, r, "store %s", s->path);
        store_marks_drop_lowest(&s->marks, marked);
    }
    store_db_trim_size(s->disk, s->max_size, &s->lost);
    return 0;
}

/* Brings the disk back, if it is away and its time has come. */
static void retry_disk(struct store *s)
{
    struct reason why = {0};
    if (!s->path || !s->failing || clock_boot_ns() < s->retry_ns)
        return;
    int r = s->disk ? 0 : open_late(s, &why);
    if (r >= 0 && s->marks.count > 0) /* they need no room */
        r = write_disk(s, NULL, 0, &why);
    if (r >= 0 && store_db_rows(s->memory) > 0)
        r = move_to_disk(s, &why);
    if (r < 0) {
        disk_failed(s, &why);
        return;
    }
    s->failing = false;
    s->trouble.text[0] = '\0';
}

/* At start; what is said of it is said once, so it holds all. */
static void without_disk(struct store *s, struct reason *why)
{
    char seq[80];
    struct reason cause = *why;
    if (!s->last_seq) /* else the file was damaged and is emptied already */
        salvage(s);
    disk_failed(s, why);
    reason_set(why, EIO, "%s: events are kept in memory%s", cause.text, seq_text(s, seq, sizeof(seq)));
}

/* A run that was killed while the disk took nothing said more than the file knows. */
static void go_on_from_note(struct store *s)
{
    uint64_t noted = store_lock_noted(s->lock_fd);
    if (noted > s->last_seq)
        s->last_seq = noted;
}

int store_open(const char *path, int64_t max_size, int64_t max_age_ms, struct store **ret,
               struct reason *why)
{
    struct reason local = {0};
    struct store *s = calloc(1, sizeof(*s));
    if (!s)
        return reason_set(why, ENOMEM, "no memory");
    s->max_size = max_size;
    s->max_age_ms = max_age_ms;
    s->lock_fd = -1;
    read_boot_id(s->boot_id);
    int r = store_db_open(NULL, &s->memory, why);
    if (r >= 0 && path && !(s->path = strdup(path)))
        r = reason_set(why, ENOMEM, "no memory");
    if (r >= 0 && path)
        r = store_lock_take(path, &s->lock_fd, why);
    if (r < 0) {
        store_close(s);
        return r;
    }
    if (s->path) {
        r = open_disk(s, &local);
        if (r < 0)
            without_disk(s, &local);
        else if (store_db_rows(s->memory) > 0 && move_to_disk(s, &local) < 0)
            disk_failed(s, &local);
    }
    uint64_t last = s->disk ? store_db_last_seq(s->disk) : 0;
    if (last > s->last_seq)
        s->last_seq = last;
    go_on_from_note(s);
    if (!s->disk)
        s->first_seq = s->last_seq + 1;
    *ret = s;
    if (r != 0 && why)
        *why = local;
    return r != 0;
}

const char *store_path(const char *wanted, char *buf, size_t size)
{
    const char *dir = getenv("STATE_DIRECTORY"); /* several would be parted by ':' */
    if (wanted)
        return wanted;
    snprintf(buf, size, "%.*s/events.db", dir && *dir ? (int)strcspn(dir, ":") : 1,
             dir && *dir ? dir : ".");
    return buf;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    if (s->memory) {
        s->retry_ns = 0;
        store_flush(s, NULL);
    }
    store_db_close(s->disk);
    store_db_close(s->memory);
    store_marks_done(&s->marks);
    if (s->lock_fd >= 0)
        close(s->lock_fd);
    free(s->path);
    free(s);
}

uint64_t store_next_seq(struct store *s)
{
    return s->last_seq + 1;
}

/* boot_ns of another boot means nothing here. */
static void forget_old_boots(struct store *s, struct event *e, int n)
{
    for (int i = 0; i < n; i++)
        if (!s->boot_id[0] || strcmp(e[i].boot_id, s->boot_id) != 0)
            e[i].boot_ns = 0;
}

int store_open_events(struct store *s, struct event *ret, int max)
{
    int n = store_db_open_events(s->disk ? s->disk : s->memory, ret, max);
    if (n < 0)
        n = 0;
    forget_old_boots(s, ret, n);
    return n;
}

int store_ends(struct store *s, const char *node, struct event *ret, int max)
{
    int n = store_db_ends(s->disk ? s->disk : s->memory, node, ret, max);
    if (n < 0)
        n = 0;
    forget_old_boots(s, ret, n);
    return n;
}

int store_sources(struct store *s, const char *node, char (*ret)[EVENT_NAME_SIZE], int max)
{
    int n = store_db_sources(s->disk ? s->disk : s->memory, node, ret, max);
    return n > 0 ? n : 0;
}

int store_add(struct store *s, const struct event *e, size_t n, struct reason *why)
{
    struct reason local = {0};
    retry_disk(s);
    for (size_t i = 0; i < n; i++)
        if (e[i].seq > s->last_seq)
            s->last_seq = e[i].seq;
    if (disk_usable(s)) {
        if (write_disk(s, e, n, &local) >= 0)
            return 0;
        disk_failed(s, &local);
    }
    store_lock_note(s->lock_fd, s->last_seq);
    int r = store_db_write(s->memory, e, n, false, NULL, 0, why);
    if (r < 0) {
        s->lost += n;
        return r;
    }
    int64_t limit = s->max_size < STORE_MEMORY_BYTES ? s->max_size : STORE_MEMORY_BYTES;
    store_db_trim_size(s->memory, limit, &s->lost);
    if (!s->failing)
        return 0;
    reason_set(why, EIO, "%s: events are kept in memory", s->trouble.text);
    return 1;
}

/* Leaves out what was acknowledged and not yet written; the count. */
static int without_marked(const struct store *s, struct event *e, int n)
{
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (!store_marks_has(&s->marks, e[i].seq)) {
            if (kept != i)
                e[kept] = e[i];
            kept++;
        }
    return kept;
}

static int read_unsent(struct store *s, struct store_db *d, uint64_t after, struct event *ret, int max)
{
    for (;;) {
        int n = store_db_read(d, after, true, ret, max);
        if (n <= 0)
            return 0;
        uint64_t last = ret[n - 1].seq;
        int kept = without_marked(s, ret, n);
        if (kept > 0)
            return kept;
        after = store_marks_run(&s->marks, last);
    }
}

int store_unsent(struct store *s, uint64_t after, struct event *ret, int max)
{
    int n = s->disk ? read_unsent(s, s->disk, after, ret, max) : 0;
    if (n == 0)
        n = read_unsent(s, s->memory, after, ret, max);
    forget_old_boots(s, ret, n);
    return n;
}

void store_sent(struct store *s, const uint64_t *seq, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (store_db_is_sent(s->memory, seq[i]) >= 0) {
            store_db_write(s->memory, NULL, 0, true, &seq[i], 1, NULL);
            continue;
        }
        int there = s->disk ? store_db_is_sent(s->disk, seq[i]) : -ENOENT;
        if (there == -ENOENT || there > 0) /* gone since, to stay in bounds; or said twice */
            continue;
        store_marks_add(&s->marks, seq[i]); /* no memory: it will be sent again */
        if (s->marks.count >= STORE_PENDING)
            store_flush(s, NULL);
    }
}

int store_flush(struct store *s, struct reason *why)
{
    struct reason local = {0};
    retry_disk(s);
    if (disk_usable(s) && s->marks.count > 0 && write_disk(s, NULL, 0, &local) < 0)
        disk_failed(s, &local);
    int64_t now_ns = clock_boot_ns();
    if (disk_usable(s) && s->max_age_ms > 0 && now_ns >= s->age_ns) {
        s->age_ns = now_ns + (int64_t)AGE_EVERY_MS * 1000000;
        if (clock_synced()) /* else size alone ends history */
            store_db_trim_age(s->disk, clock_wall_ns() / 1000000 - s->max_age_ms);
    }
    return s->failing ? reason_set(why, EIO, "%s", s->trouble.text) : 0;
}

void store_figures(struct store *s, struct store_figures *ret)
{
    *ret = (struct store_figures){.lost = s->lost, .in_memory = !disk_usable(s)};
    uint64_t disk = s->disk ? store_db_unsent(s->disk) : 0;
    ret->unsent = store_db_unsent(s->memory) + (disk > s->marks.count ? disk - s->marks.count : 0);
    struct event *e = &s->moving[0];
    if (ret->unsent > 0 && store_unsent(s, 0, e, 1) == 1)
        ret->oldest_unsent_ms = e->time_ms;
    ret->bytes = (uint64_t)store_db_bytes(s->memory) +
                 (s->disk ? (uint64_t)store_db_bytes(s->disk) : 0);
    snprintf(ret->text, sizeof(ret->text), "%.*s", (int)sizeof(ret->text) - 1, s->trouble.text);
}
