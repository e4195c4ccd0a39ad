#include <stdlib.h>

#include "daemon/store_marks.h"
#include "tests/unit/check_main.h"

enum { NUMBERS = 200 };

/* The same set, written down plainly. */
struct plain {
    bool has[NUMBERS + 2];
};

static void compare(const struct store_marks *m, const struct plain *p)
{
    uint64_t lowest[NUMBERS], want = 0;
    size_t spans = 0, n = store_marks_lowest(m, lowest, NUMBERS);
    for (uint64_t seq = 1; seq <= NUMBERS; seq++) {
        ck_assert_int_eq(store_marks_has(m, seq), p->has[seq]);
        uint64_t last = seq;
        while (p->has[seq] && p->has[last + 1])
            last++;
        ck_assert_uint_eq(store_marks_run(m, seq), last);
        if (!p->has[seq])
            continue;
        ck_assert_uint_lt(want, n);
        ck_assert_uint_eq(lowest[want++], seq);
        spans += !p->has[seq - 1];
    }
    ck_assert_uint_eq(n, want);
    ck_assert_uint_eq(m->count, want);
    ck_assert_uint_eq(m->n, spans);
}

START_TEST(it_is_a_set)
{
    struct store_marks m = {0};
    struct plain p = {0};
    srand(7);
    compare(&m, &p);
    for (int turn = 0; turn < 2000; turn++) {
        uint64_t seq = 1 + (uint64_t)rand() % NUMBERS;
        ck_assert_int_eq(store_marks_add(&m, seq), 0);
        p.has[seq] = true;
        if (rand() % 20 == 0) {
            size_t n = (size_t)rand() % 40;
            store_marks_drop_lowest(&m, n);
            for (uint64_t i = 1; i <= NUMBERS && n > 0; i++)
                if (p.has[i]) {
                    p.has[i] = false;
                    n--;
                }
        }
        compare(&m, &p);
    }
    store_marks_drop_lowest(&m, NUMBERS + 1);
    ck_assert_uint_eq(m.count, 0);
    ck_assert_uint_eq(m.n, 0);
    store_marks_done(&m);
}
END_TEST

START_TEST(a_backlog_acknowledged_about_in_order_is_small)
{
    struct store_marks m = {0};
    for (uint64_t seq = 1; seq <= 100000; seq += 2) { /* the second of two comes first */
        ck_assert_int_eq(store_marks_add(&m, seq + 1), 0);
        ck_assert_int_eq(store_marks_add(&m, seq), 0);
    }
    ck_assert_uint_eq(m.count, 100000);
    ck_assert_uint_eq(m.n, 1);
    ck_assert_uint_le(m.room, 16);
    store_marks_done(&m);
}
END_TEST

static Suite *store_marks_suite(void)
{
    Suite *s = suite_create("store_marks");
    TCase *t = tcase_create("store_marks");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_test(t, it_is_a_set);
    tcase_add_test(t, a_backlog_acknowledged_about_in_order_is_small);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(store_marks_suite)
