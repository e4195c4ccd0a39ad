#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/clock.h"
#include "daemon/store_db.h"
#include "tests/unit/check_main.h"
#include "tests/unit/store_folder.h"

static bool synced = true;

/* Stands before the one of the library: what the clock of the box is like is not for a test to set. */
bool clock_synced(void)
{
    return synced;
}

enum { NOBODY_COUNTS_SO_FAR = 100000000 }; /* seq that is told of the clock */

START_TEST(event_comes_back_whole)
{
    struct store *s = open_store(1 << 20, 0);
    struct event e = make(1, EVENT_END), got;
    e.end_reason = END_MUTED;
    e.ended_ms = 5;
    e.test = true;
    ck_assert_int_eq(store_add(s, &e, 1, NULL), 0);
    store_close(s);
    s = open_store(1 << 20, 0);
    ck_assert_int_eq(store_unsent(s, 0, &got, 1), 1);
    e.boot_ns = 0; /* another boot's */
    ck_assert_mem_eq(&e, &got, sizeof(e));
    store_close(s);
}
END_TEST

START_TEST(sent_stays_sent_and_seq_goes_on)
{
    struct store *s = open_store(1 << 20, 0);
    struct store_figures f;
    ck_assert_uint_eq(store_next_seq(s), 1);
    add(s, 1, 5);
    store_sent(s, (uint64_t[]){1, 2, 4}, 3);
    ck_assert_int_eq(count_unsent(s, NULL), 2); /* before it is written */
    store_figures(s, &f);
    ck_assert_uint_eq(f.unsent, 2);
    ck_assert_int_eq(f.oldest_unsent_ms, make(3, EVENT_START).time_ms);
    store_close(s);
    s = open_store(1 << 20, 0);
    uint64_t first = 0;
    ck_assert_int_eq(count_unsent(s, &first), 2);
    ck_assert_uint_eq(first, 3);
    ck_assert_uint_eq(store_next_seq(s), 6);
    store_close(s);
}
END_TEST

START_TEST(open_events_are_those_without_end)
{
    struct store *s = open_store(1 << 20, 0);
    struct event e[] = {make(2, EVENT_START), make(3, EVENT_END), make(4, EVENT_START),
                        make(5, EVENT_UPDATE), make(6, EVENT_START)};
    struct event got[4];
    ck_assert_int_eq(store_add(s, e, 5, NULL), 0);
    store_close(s);
    s = open_store(1 << 20, 0);
    ck_assert_int_eq(store_open_events(s, got, 4), 2);
    ck_assert_uint_eq(got[0].seq, 5);
    ck_assert_int_eq(got[0].type, EVENT_UPDATE);
    ck_assert_uint_eq(got[1].seq, 6);
    store_close(s);
}
END_TEST

START_TEST(the_latest_end_of_each_source_is_known)
{
    struct store *s = open_store(1 << 20, 0);
    struct event e[] = {make(1, EVENT_END), make(2, EVENT_START), make(3, EVENT_END), make(4, EVENT_END),
                        make(5, EVENT_START), make(6, EVENT_END)};
    struct event got[4];
    snprintf(e[3].source, sizeof(e[3].source), "yard");
    snprintf(e[5].node, sizeof(e[5].node), "what it was called before");
    ck_assert_int_eq(store_add(s, e, 6, NULL), 0);
    store_sent(s, (uint64_t[]){1, 2, 3, 4, 5, 6}, 6);
    store_close(s);
    s = open_store(1 << 20, 0);
    ck_assert_int_eq(store_ends(s, e[0].node, got, 4), 2);
    ck_assert_uint_eq(got[0].seq, 4);
    ck_assert_uint_eq(got[1].seq, 3);
    ck_assert_int_eq(got[1].boot_ns, 0); /* of another boot */
    ck_assert_int_eq(store_ends(s, e[0].node, got, 1), 1);
    ck_assert_int_eq(store_ends(s, "nobody", got, 4), 0);
    store_close(s);
}
END_TEST

START_TEST(bound_takes_sent_first)
{
    struct store *s = open_store(128 << 10, 0);
    struct store_figures f;
    add(s, 1, 100);
    for (uint64_t seq = 11; seq <= 100; seq++)
        store_sent(s, &seq, 1);
    store_flush(s, NULL);
    uint64_t seq = 100, first = 0;
    do {
        add(s, seq + 1, seq + 5);
        seq += 5;
        store_figures(s, &f);
    } while (f.lost == 0 && seq < 5000);
    ck_assert_uint_lt(seq, 5000);
    /* All history went before the first unsent one; then the oldest ones. */
    ck_assert_uint_eq((uint64_t)count_unsent(s, &first), seq - 90 - f.lost);
    ck_assert_uint_gt(first, 10);
    ck_assert_uint_le(f.bytes, 256 << 10);
    ck_assert_uint_eq(store_next_seq(s), seq + 1);
    store_close(s);
    struct store_db *d;
    ck_assert_int_eq(store_db_open(path, &d, NULL), 0);
    ck_assert_uint_eq(store_db_rows(d), store_db_unsent(d));
    store_db_close(d);
}
END_TEST

START_TEST(age_ends_history_only)
{
    struct store *s;
    ck_assert_int_eq(store_open(path, 1 << 20, 1000, &s, NULL), 0);
    struct event e[3] = {make(1, EVENT_START), make(2, EVENT_START), make(3, EVENT_START)};
    e[0].time_ms = e[1].time_ms = e[2].time_ms = 1000; /* 1970 */
    ck_assert_int_eq(store_add(s, e, 3, NULL), 0);
    store_sent(s, (uint64_t[]){1, 3}, 2);
    ck_assert_int_eq(store_flush(s, NULL), 0);
    ck_assert_int_eq(count_unsent(s, NULL), 1);
    store_close(s);
    char command[256];
    snprintf(command, sizeof(command), "test $(sqlite3 -readonly %s 'select count(*) from event') = 2", path);
    if (system("command -v sqlite3 >/dev/null") == 0)
        ck_assert_int_eq(system(command), 0); /* 2 is unsent, 3 holds the seq */
}
END_TEST

/* Opens the store, so that age is looked at, and closes it; how many events are left. */
static int left_by_age(void)
{
    struct event e[16];
    struct store *s;
    struct store_db *d;
    ck_assert_int_eq(store_open(path, 1 << 20, 3600000, &s, NULL), 0);
    ck_assert_int_eq(store_flush(s, NULL), 0);
    store_close(s);
    ck_assert_int_eq(store_db_open_to_read(path, &d, NULL), 0);
    int n = store_db_read(d, 0, false, e, 16);
    store_db_close(d);
    return n;
}

/* `times`: o old, n of now; capitals: the clock was not right. All are sent. */
static void add_times(const char *times)
{
    struct store *s = open_store(1 << 20, 0);
    for (size_t i = 0; times[i]; i++) {
        struct event e = make(i + 1, EVENT_START);
        e.clock_synced = times[i] == 'o' || times[i] == 'n';
        e.time_ms = times[i] == 'o' || times[i] == 'O' ? 1000 : clock_wall_ns() / 1000000;
        ck_assert_int_eq(store_add(s, &e, 1, NULL), 0);
        store_sent(s, &e.seq, 1);
    }
    store_close(s);
}

START_TEST(a_clock_that_is_not_right_ends_no_history)
{
    add_times("ooon");
    synced = false;
    ck_assert_int_eq(left_by_age(), 4);
    synced = true;
    ck_assert_int_eq(left_by_age(), 1);
}
END_TEST

START_TEST(an_event_of_a_wrong_clock_is_as_old_as_its_neighbours)
{
    add_times("OnOn"); /* a box that began in 1970, twice */
    ck_assert_int_eq(left_by_age(), 4);
}
END_TEST

START_TEST(an_event_of_a_wrong_clock_goes_with_the_next)
{
    add_times("NNNoOnOn");
    ck_assert_int_eq(left_by_age(), 4);
}
END_TEST

START_TEST(many_events_of_a_wrong_clock_keep_no_others)
{
    char times[400];
    memset(times, 'N', sizeof(times));
    memcpy(times + sizeof(times) - 6, "oooon", 6);
    add_times(times);
    ck_assert_int_eq(left_by_age(), 16); /* and more: a bounded piece of work */
    ck_assert_int_eq(left_by_age(), 1);
}
END_TEST

START_TEST(damaged_file_moves_aside)
{
    struct reason why;
    struct store *s = open_store(1 << 20, 0);
    add(s, 1, 200);
    store_close(s);
    int fd = open(path, O_RDWR);
    struct stat st;
    ck_assert_int_eq(fstat(fd, &st), 0);
    char junk[4096];
    memset(junk, 0x5a, sizeof(junk));
    ck_assert_int_eq(pwrite(fd, junk, sizeof(junk), 4096 * 8), sizeof(junk));
    close(fd);
    ck_assert_int_eq(store_open(path, 1 << 20, 0, &s, &why), 1);
    ck_assert_msg(strstr(why.text, "damaged") != NULL, "%s", why.text);
    ck_assert_uint_eq(store_next_seq(s), 201); /* the end of the tree could be read */
    add(s, 201, 201);
    ck_assert_int_gt(count_unsent(s, NULL), 1);
    store_close(s);
    char command[160];
    snprintf(command, sizeof(command), "ls %s/events.db.damaged-* >/dev/null", folder);
    ck_assert_int_eq(system(command), 0);
    s = open_store(1 << 20, 0);
    ck_assert_uint_eq(store_next_seq(s), 202);
    store_close(s);
}
END_TEST

START_TEST(text_file_moves_aside)
{
    FILE *f = fopen(path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("this is no database\n", f);
    fclose(f);
    struct store *s = open_store(1 << 20, 1);
    uint64_t next = store_next_seq(s);
    ck_assert_uint_gt(next, NOBODY_COUNTS_SO_FAR);
    add(s, next, next);
    store_close(s);
    s = open_store(1 << 20, 0);
    ck_assert_uint_eq(store_next_seq(s), next + 1);
    store_close(s);
}
END_TEST

/* The file can be read and not written: nothing of it is forgotten, nothing counted twice. */
START_TEST(a_file_that_cannot_be_written_is_read)
{
    signal(SIGXFSZ, SIG_IGN);
    struct store *s = open_store(1 << 20, 0);
    add(s, 1, 5);
    struct event open = make(6, EVENT_START), left[4];
    snprintf(open.id, sizeof(open.id), "01JDBXOPEN");
    ck_assert_int_eq(store_add(s, &open, 1, NULL), 0);
    store_sent(s, (uint64_t[]){1, 2, 3, 6}, 4);
    store_close(s);
    limit_files(0);
    s = open_store(1 << 20, 1);
    ck_assert_uint_eq(store_next_seq(s), 7);
    ck_assert_int_eq(count_unsent(s, NULL), 2);
    int n = store_open_events(s, left, 4);
    ck_assert_int_ge(n, 1);
    ck_assert_str_eq(left[n - 1].id, open.id);
    add(s, 7, 7);
    store_sent(s, (uint64_t[]){4, 5}, 2);
    limit_files(RLIM_INFINITY);
    store_close(s); /* tries the disk once more */
    s = open_store(1 << 20, 0);
    uint64_t first = 0;
    ck_assert_uint_eq(store_next_seq(s), 8);
    ck_assert_int_eq(count_unsent(s, &first), 1);
    ck_assert_uint_eq(first, 7);
    store_close(s);
}
END_TEST

/* The file cannot even be read: no number of before is given out again. */
START_TEST(a_file_that_cannot_be_read_is_counted_over)
{
    char hidden[160];
    struct store *s = open_store(1 << 20, 0);
    add(s, 1, 5);
    store_close(s);
    snprintf(hidden, sizeof(hidden), "%s.hidden", path);
    ck_assert_int_eq(rename(path, hidden), 0);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    s = open_store(1 << 20, 1);
    uint64_t next = store_next_seq(s);
    ck_assert_uint_gt(next, NOBODY_COUNTS_SO_FAR);
    add(s, next, next + 1);
    ck_assert_int_eq(rmdir(path), 0);
    ck_assert_int_eq(rename(hidden, path), 0);
    store_close(s); /* tries the disk once more */
    s = open_store(1 << 20, 0);
    ck_assert_uint_eq(store_next_seq(s), next + 2);
    ck_assert_int_eq(count_unsent(s, NULL), 7);
    store_close(s);
}
END_TEST

/* Killed while the disk is full: what was sent meanwhile was heard under its numbers. */
START_TEST(a_kill_gives_no_number_of_the_memory_out_again)
{
    int status;
    struct store *s = open_store(1 << 20, 0);
    add(s, 1, 5);
    store_close(s);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        if (store_open(path, 1 << 20, 0, &s, NULL) != 0)
            _exit(1);
        limit_files(64); /* no file grows, and what has its place can be written over */
        for (uint64_t seq = 6; seq <= 8; seq++) {
            struct event e = make(seq, EVENT_START);
            if (store_add(s, &e, 1, NULL) != 1)
                _exit(2);
            store_sent(s, &seq, 1);
        }
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    for (int turn = 0; turn < 2; turn++) { /* as long as nothing else is said */
        s = open_store(1 << 20, 0);
        ck_assert_uint_eq(store_next_seq(s), 9);
        store_close(s);
    }
    s = open_store(1 << 20, 0);
    add(s, 9, 10);
    store_close(s);
    s = open_store(1 << 20, 0);
    ck_assert_uint_eq(store_next_seq(s), 11);
    store_close(s);
}
END_TEST

START_TEST(a_second_writer_is_refused)
{
    int fd[2];
    char go = 0;
    ck_assert_int_eq(pipe(fd), 0);
    pid_t child = fork();
    if (child == 0) {
        struct store *s;
        if (store_open(path, 1 << 20, 0, &s, NULL) != 0 || write(fd[1], &go, 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    ck_assert_int_eq(read(fd[0], &go, 1), 1);
    struct store *s;
    struct reason why;
    ck_assert_int_eq(store_open(path, 1 << 20, 0, &s, &why), -EBUSY);
    ck_assert_msg(strstr(why.text, "another earshotd") != NULL, "%s", why.text);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(fd[0]);
    close(fd[1]);
    store_close(open_store(1 << 20, 0));
}
END_TEST

START_TEST(no_folder_is_memory)
{
    struct store_figures f;
    snprintf(path, sizeof(path), "%s/not/there/events.db", folder);
    struct store *s = open_store(1 << 20, 1);
    add(s, 1, 3);
    ck_assert_int_eq(count_unsent(s, NULL), 3);
    store_sent(s, (uint64_t[]){2}, 1);
    ck_assert_int_eq(count_unsent(s, NULL), 2);
    store_figures(s, &f);
    ck_assert(f.in_memory);
    ck_assert_str_ne(f.text, "");
    store_close(s);
}
END_TEST

START_TEST(memory_is_bounded)
{
    struct store_figures f;
    struct store *s;
    ck_assert_int_eq(store_open(NULL, 64 << 20, 0, &s, NULL), 0);
    uint64_t n = 0;
    do {
        add(s, n + 1, n + 100);
        n += 100;
        store_figures(s, &f);
    } while (f.lost == 0 && n < 100000);
    ck_assert_uint_lt(n, 100000);
    ck_assert_uint_le(f.bytes, STORE_MEMORY_BYTES + (64 << 10));
    ck_assert_uint_eq(f.unsent + f.lost, n);
    store_close(s);
}
END_TEST

START_TEST(failing_disk_loses_nothing)
{
    struct store_figures f;
    signal(SIGXFSZ, SIG_IGN);
    struct store *s = open_store(1 << 20, 0);
    add(s, 1, 2);
    limit_files(0); /* every write now fails */
    struct event e = make(3, EVENT_START);
    ck_assert_int_eq(store_add(s, &e, 1, NULL), 1);
    add(s, 4, 5);
    ck_assert_int_eq(count_unsent(s, NULL), 5);
    store_sent(s, (uint64_t[]){1, 4}, 2);
    ck_assert_int_eq(count_unsent(s, NULL), 3);
    store_figures(s, &f);
    ck_assert(f.in_memory);
    ck_assert_uint_eq(f.unsent, 3);
    limit_files(RLIM_INFINITY);
    store_close(s); /* tries the disk once more */
    s = open_store(1 << 20, 0);
    uint64_t first = 0;
    ck_assert_int_eq(count_unsent(s, &first), 3);
    ck_assert_uint_eq(first, 2);
    ck_assert_uint_eq(store_next_seq(s), 6);
    store_close(s);
}
END_TEST

START_TEST(killed_process_keeps_its_promises)
{
    int fd[2];
    ck_assert_int_eq(pipe(fd), 0);
    pid_t child = fork();
    if (child == 0) {
        struct store *s;
        if (store_open(path, 8 << 20, 0, &s, NULL) < 0)
            _exit(1);
        for (uint64_t seq = 1;; seq++) {
            struct event e = make(seq, EVENT_START);
            if (store_add(s, &e, 1, NULL) != 0 || write(fd[1], &seq, sizeof(seq)) != sizeof(seq))
                _exit(1);
        }
    }
    close(fd[1]);
    uint64_t promised = 0;
    for (int i = 0; i < 50; i++)
        ck_assert_int_eq(read(fd[0], &promised, sizeof(promised)), sizeof(promised));
    kill(child, SIGKILL);
    while (read(fd[0], &promised, sizeof(promised)) == sizeof(promised))
        ;
    waitpid(child, NULL, 0);
    close(fd[0]);
    struct store *s = open_store(8 << 20, 0);
    ck_assert_uint_ge(store_next_seq(s), promised + 1);
    ck_assert_int_eq(count_unsent(s, NULL), (int)store_next_seq(s) - 1);
    store_close(s);
}
END_TEST

static Suite *store_suite(void)
{
    Suite *s = suite_create("store");
    TCase *t = tcase_create("store");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, event_comes_back_whole);
    tcase_add_test(t, sent_stays_sent_and_seq_goes_on);
    tcase_add_test(t, open_events_are_those_without_end);
    tcase_add_test(t, the_latest_end_of_each_source_is_known);
    tcase_add_test(t, bound_takes_sent_first);
    tcase_add_test(t, age_ends_history_only);
    tcase_add_test(t, a_clock_that_is_not_right_ends_no_history);
    tcase_add_test(t, an_event_of_a_wrong_clock_is_as_old_as_its_neighbours);
    tcase_add_test(t, an_event_of_a_wrong_clock_goes_with_the_next);
    tcase_add_test(t, many_events_of_a_wrong_clock_keep_no_others);
    tcase_add_test(t, damaged_file_moves_aside);
    tcase_add_test(t, text_file_moves_aside);
    tcase_add_test(t, no_folder_is_memory);
    tcase_add_test(t, memory_is_bounded);
    tcase_add_test(t, failing_disk_loses_nothing);
    tcase_add_test(t, killed_process_keeps_its_promises);
    tcase_add_test(t, a_file_that_cannot_be_written_is_read);
    tcase_add_test(t, a_file_that_cannot_be_read_is_counted_over);
    tcase_add_test(t, a_kill_gives_no_number_of_the_memory_out_again);
    tcase_add_test(t, a_second_writer_is_refused);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(store_suite)
