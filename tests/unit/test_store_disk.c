/* What the store does while its disk refuses, and when it takes events again. */
#include <signal.h>
#include <sys/stat.h>

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

static Suite *store_disk_suite(void)
{
    Suite *s = suite_create("store_disk");
    TCase *t = tcase_create("store_disk");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_failing_disk_forgets_no_acknowledgement);
    tcase_add_test(t, acknowledgements_do_not_wait_for_room);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(store_disk_suite)
