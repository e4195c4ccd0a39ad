/* What the store does while its disk refuses, and when it takes events again. */
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/store_db.h"
#include "tests/unit/check_main.h"
#include "tests/unit/store_folder.h"

/* More than STORE_PENDING: none of them is forgotten, or the broker gets them without end. */
START_TEST(a_failing_disk_forgets_no_acknowledgement)
{
    struct store_figures f;
    signal(SIGXFSZ, SIG_IGN);
    struct store *s = open_store(8 << 20, 0);
    add(s, 1, 3000);
    limit_files(0);
    add(s, 3001, 3001);
    for (uint64_t seq = 1; seq <= 3001; seq++)
        if (seq != 2500)
            store_sent(s, &seq, 1);
    int unsent = count_unsent(s, NULL);
    store_figures(s, &f);
    limit_files(RLIM_INFINITY); /* what check says of a failure is a file as well */
    ck_assert_int_eq(unsent, 1);
    ck_assert_uint_eq(f.unsent, 1);
    ck_assert_int_eq(f.oldest_unsent_ms, make(2500, EVENT_START).time_ms);
    store_close(s);
    s = open_store(8 << 20, 0);
    uint64_t first = 0;
    ck_assert_int_eq(count_unsent(s, &first), 1);
    ck_assert_uint_eq(first, 2500);
    ck_assert_uint_eq(store_next_seq(s), 3002);
    store_close(s);
}
END_TEST

/* The marks go through where the events do not. */
START_TEST(acknowledgements_do_not_wait_for_room)
{
    signal(SIGXFSZ, SIG_IGN);
    struct store *s = open_store(8 << 20, 0);
    struct stat st;
    add(s, 1, 600);
    store_close(s);
    s = open_store(8 << 20, 0);
    limit_files(0);
    add(s, 601, 3000);
    for (uint64_t seq = 1; seq <= 600; seq++)
        store_sent(s, &seq, 1);
    ck_assert_int_eq(stat(path, &st), 0);
    limit_files((rlim_t)st.st_size + (128 << 10));
    store_close(s);
    limit_files(RLIM_INFINITY);
    s = open_store(8 << 20, 0);
    uint64_t first = 0;
    count_unsent(s, &first);
    ck_assert_uint_ne(first, 1);
    store_close(s);
}
END_TEST

/* A file whose events can all be read, and which a new one takes the place of. */
static void make_seed(const char *seed, uint64_t events)
{
    struct store *s = open_store(8 << 20, 0);
    add(s, 1, events);
    store_close(s);
    int fd = open(path, O_RDWR);
    ck_assert_int_eq(pwrite(fd, "\0\0\0\2", 4, 60), 4); /* user_version: of a newer Earshot */
    close(fd);
    ck_assert_int_eq(rename(path, seed), 0);
}

static bool has_events(const char *name)
{
    struct store_db *d;
    struct event e;
    if (store_db_open_to_read(name, &d, NULL) < 0)
        return false;
    bool some = store_db_read(d, 0, false, &e, 1) > 0;
    store_db_close(d);
    return some;
}

/* Wherever the disk is full: each event is in one place, is counted once, and its
 * acknowledgement holds. */
START_TEST(a_move_that_stops_half_way_doubles_nothing)
{
    enum { EVENTS = 200, LEFT = 150, KIB = 1024 };
    char seed[160], command[512];
    int half = 0;
    signal(SIGXFSZ, SIG_IGN);
    snprintf(seed, sizeof(seed), "%s/seed.db", folder);
    snprintf(command, sizeof(command), "rm -f %s*; cp %s %s", path, seed, path);
    make_seed(seed, EVENTS);
    for (rlim_t limit = 40 * KIB; limit < 240 * KIB; limit += 16 * KIB) {
        struct store_figures before, after;
        struct reason why;
        struct store *s;
        uint64_t first = 0;
        ck_assert_int_eq(system(command), 0);
        limit_files(limit);
        int r = store_open(path, 8 << 20, 0, &s, &why);
        int unsent = count_unsent(s, NULL);
        store_figures(s, &before);
        bool some = has_events(path);
        for (uint64_t seq = 1; seq <= EVENTS; seq++)
            if (seq != LEFT)
                store_sent(s, &seq, 1);
        int left = count_unsent(s, NULL);
        store_figures(s, &after);
        limit_files(RLIM_INFINITY);
        ck_assert_int_eq(r, 1);
        ck_assert_int_eq(unsent, EVENTS);
        ck_assert_uint_eq(before.unsent, EVENTS);
        ck_assert_int_eq(left, 1);
        ck_assert_uint_eq(after.unsent, 1);
        half += some && before.in_memory;
        store_close(s);
        s = open_store(8 << 20, 0);
        ck_assert_int_eq(count_unsent(s, &first), 1);
        ck_assert_uint_eq(first, LEFT);
        ck_assert_uint_eq(store_next_seq(s), EVENTS + 1);
        store_close(s);
    }
    ck_assert_int_gt(half, 0);
}
END_TEST

/* An outbox that does not go into memory whole: what is open comes along, and stays unsent. */
START_TEST(an_open_event_is_not_taken_for_sent)
{
    enum { EVENTS = 24000 };
    signal(SIGXFSZ, SIG_IGN);
    struct store *s = open_store(64 << 20, 0);
    struct event e[100], open = make(EVENTS + 1, EVENT_START), left;
    for (uint64_t seq = 1; seq <= EVENTS; seq += 100) {
        for (uint64_t i = 0; i < 100; i++)
            e[i] = make(seq + i, EVENT_END);
        ck_assert_int_eq(store_add(s, e, 100, NULL), 0);
    }
    snprintf(open.id, sizeof(open.id), "01JDBXOPEN");
    ck_assert_int_eq(store_add(s, &open, 1, NULL), 0);
    store_close(s);
    limit_files(0);
    s = open_store(64 << 20, 1);
    int copied = count_unsent(s, NULL);
    int n = store_open_events(s, &left, 1);
    limit_files(RLIM_INFINITY);
    ck_assert_int_lt(copied, EVENTS);
    ck_assert_int_eq(n, 1);
    ck_assert_str_eq(left.id, open.id);
    store_close(s);
    s = open_store(64 << 20, 0);
    ck_assert_int_eq(count_unsent(s, NULL), EVENTS + 1);
    store_close(s);
}
END_TEST

static void be_killed_after(uint64_t seq)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        struct store *s;
        struct event e = make(seq, EVENT_START);
        if (store_open(path, 1 << 20, 0, &s, NULL) == 0 && store_add(s, &e, 1, NULL) == 0)
            kill(getpid(), SIGKILL);
        _exit(1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
}

/* Of a run that was killed, on a disk that is read-only by now: its last number is in the
 * log alone, and is not given out again. */
START_TEST(a_log_that_cannot_be_read_is_counted_over)
{
    char shm[160];
    uid_t me = geteuid();
    struct reason why;
    struct store *s = open_store(1 << 20, 0);
    add(s, 1, 1);
    store_close(s);
    be_killed_after(2);
    snprintf(shm, sizeof(shm), "%s-shm", path);
    ck_assert_int_eq(unlink(shm), 0);
    ck_assert(chmod(unit_root, 0755) == 0 && chmod(path, 0444) == 0 && chmod(folder, 0555) == 0);
    ck_assert(me != 0 || seteuid(65534) == 0);
    int r = store_open(path, 1 << 20, 0, &s, &why);
    ck_assert_int_eq(seteuid(me), 0);
    ck_assert(chmod(folder, 0700) == 0 && chmod(path, 0640) == 0);
    ck_assert_int_eq(r, 1);
    ck_assert_msg(strstr(why.text, "seq could not be read") != NULL, "%s", why.text);
    uint64_t next = store_next_seq(s);
    ck_assert_uint_gt(next, 100000000); /* of the clock */
    add(s, next, next);
    store_close(s); /* the disk can be written again */
    s = open_store(1 << 20, 0);
    ck_assert_int_eq(count_unsent(s, NULL), 3);
    ck_assert_uint_eq(store_next_seq(s), next + 1);
    store_close(s);
}
END_TEST

static Suite *store_disk_suite(void)
{
    Suite *s = suite_create("store_disk");
    TCase *t = tcase_create("store_disk");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_failing_disk_forgets_no_acknowledgement);
    tcase_add_test(t, acknowledgements_do_not_wait_for_room);
    tcase_add_test(t, a_move_that_stops_half_way_doubles_nothing);
    tcase_add_test(t, an_open_event_is_not_taken_for_sent);
    tcase_add_test(t, a_log_that_cannot_be_read_is_counted_over);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(store_disk_suite)
