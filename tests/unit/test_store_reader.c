#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/store_reader.h"
#include "tests/unit/check_main.h"
#include "tests/unit/store_folder.h"

static int read_on(struct store_reader *r, struct store_entry *ret)
{
    struct reason why;
    int n = store_reader_next(r, ret, 8, &why);
    ck_assert_msg(n >= 0, "%s", why.text);
    return n;
}

START_TEST(a_reader_follows_the_writer)
{
    struct store_figures f;
    struct store_reader *r;
    struct store_entry e[8];
    struct reason why;
    ck_assert_int_eq(store_reader_open(path, &r, &why), -ENOENT);
    struct store *s = open_store(1 << 20, 0);
    add(s, 1, 10);
    store_sent(s, (uint64_t[]){1}, 1);
    store_flush(s, NULL);
    ck_assert_int_eq(store_reader_open(path, &r, &why), 0);
    ck_assert_int_eq(read_on(r, e), 8);
    ck_assert(e[0].sent && !e[1].sent);
    ck_assert_uint_eq(e[7].event.seq, 8);
    ck_assert_int_eq(read_on(r, e), 2);
    ck_assert_int_eq(read_on(r, e), 0);
    add(s, 11, 11);
    store_figures(s, &f);
    ck_assert(!f.in_memory);
    ck_assert_int_eq(read_on(r, e), 1);
    store_close(s);
    s = open_store(1 << 20, 0);
    add(s, 12, 12);
    ck_assert_int_eq(read_on(r, e), 1);
    ck_assert_uint_eq(e[0].event.seq, 12);
    store_reader_close(r);
    store_close(s);
    char command[256];
    snprintf(command, sizeof(command), "test $(ls %s | grep -c events.db-[ws]) = 0", folder);
    ck_assert_int_eq(system(command), 0); /* one file is left, which needs no log to be read: */
    char head[20];
    FILE *file = fopen(path, "r");
    ck_assert_uint_eq(fread(head, 1, sizeof(head), file), sizeof(head));
    fclose(file);
    ck_assert_int_eq(head[18], 1);
}
END_TEST

START_TEST(the_log_of_a_killed_writer_is_read)
{
    struct store_reader *r;
    struct store_entry e[8];
    struct reason why;
    pid_t child = fork();
    if (child == 0) {
        struct store *s;
        struct event first = make(1, EVENT_START);
        if (store_open(path, 1 << 20, 0, &s, NULL) == 0 && store_add(s, &first, 1, NULL) == 0)
            kill(getpid(), SIGKILL);
        _exit(1);
    }
    int status;
    waitpid(child, &status, 0);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(store_reader_open(path, &r, &why), 0);
    ck_assert_int_eq(read_on(r, e), 1);
    store_reader_close(r);
    struct store *s = open_store(1 << 20, 0);
    ck_assert_uint_eq(store_next_seq(s), 2);
    store_close(s);
}
END_TEST

static Suite *store_reader_suite(void)
{
    Suite *s = suite_create("store_reader");
    TCase *t = tcase_create("store_reader");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_reader_follows_the_writer);
    tcase_add_test(t, the_log_of_a_killed_writer_is_read);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(store_reader_suite)
