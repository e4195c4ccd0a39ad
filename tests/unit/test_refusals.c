#include <string.h>

#include "daemon/refusals.h"
#include "tests/unit/check_main.h"

static const char NO[] = "Not authorized";
static const uint64_t PORCH = 1, YARD = 2; /* topics */

START_TEST(messages_are_over_when_a_retry_brought_no_other)
{
    struct refusals r = {.first_wait_ns = 10};
    ck_assert_str_eq(refusals_text(&r), "");
    ck_assert_int_eq(refusals_step(&r, 5), INT64_MAX);
    refusals_message(&r, PORCH, NO, 0);
    ck_assert_str_eq(refusals_text(&r), "messages refused: Not authorized");
    ck_assert(!refusals_retry(&r, 9));
    ck_assert(refusals_retry(&r, 10));
    ck_assert(!refusals_retry(&r, 10)); /* once */
    ck_assert_int_eq(refusals_step(&r, 19), 20);
    refusals_message(&r, PORCH, NO, 19);
    ck_assert_uint_eq(r.changes, 1); /* said once, however often it is tried */
    ck_assert(refusals_retry(&r, 39));
    ck_assert_int_eq(refusals_step(&r, 48), 49);
    ck_assert_str_ne(refusals_text(&r), "");
    ck_assert_int_eq(refusals_step(&r, 49), INT64_MAX);
    ck_assert_str_eq(refusals_text(&r), "");
    ck_assert_uint_eq(r.changes, 2);
    refusals_message(&r, PORCH, NO, 50); /* is news again, and tried as soon as the first */
    ck_assert_uint_eq(r.changes, 3);
    ck_assert_int_eq(r.retry_ns, 60);
}
END_TEST

/* Refused at the moment of the retry, n times; the wait before the last. */
static int64_t refuse(struct refusals *r, int n)
{
    int64_t now_ns = r->retry_ns;
    while (n-- > 0) {
        now_ns = r->retry_ns ? r->retry_ns : now_ns;
        ck_assert(!r->retry_ns || refusals_retry(r, now_ns));
        refusals_message(r, PORCH, NO, now_ns);
        refusals_message(r, YARD, NO, now_ns + 1); /* of the same round */
    }
    return r->retry_ns - now_ns;
}

START_TEST(the_wait_grows_while_all_is_refused)
{
    static const int64_t WAIT[] = {10, 20, 40, 80, 160, 320, 320, 320};
    struct refusals r = {.first_wait_ns = 10};
    for (size_t i = 0; i < sizeof(WAIT) / sizeof(*WAIT); i++)
        ck_assert_int_eq(refuse(&r, 1), WAIT[i]);
}
END_TEST

START_TEST(what_is_accepted_again_makes_the_wait_short)
{
    struct refusals r = {.first_wait_ns = 10};
    ck_assert_int_eq(refuse(&r, 6), 320);
    int64_t retry_ns = r.retry_ns, now_ns = retry_ns - 300;
    refusals_accepted(&r, 3, now_ns); /* was never refused: says nothing of the others */
    ck_assert_int_eq(r.retry_ns, retry_ns);
    refusals_accepted(&r, YARD, now_ns);
    ck_assert_int_eq(r.retry_ns, now_ns + 10);
    ck_assert_int_eq(refuse(&r, 1), 10);
    ck_assert_int_eq(refuse(&r, 1), 20);
    ck_assert(refusals_retry(&r, r.retry_ns)); /* and in a retry, before others are refused */
    refusals_accepted(&r, YARD, 1000);
    refusals_message(&r, PORCH, NO, 1000);
    ck_assert_int_eq(r.retry_ns, 1010);
}
END_TEST

START_TEST(a_reload_and_a_new_connection_make_it_short)
{
    struct refusals r = {.first_wait_ns = 10};
    refuse(&r, 5);
    refusals_hurry(&r, 7);
    ck_assert(refusals_retry(&r, 7));
    refusals_message(&r, PORCH, NO, 8);
    ck_assert_int_eq(r.retry_ns, 18);
    refuse(&r, 5);
    refusals_forget(&r);
    ck_assert(!refusals_retry(&r, INT64_MAX));
    ck_assert_int_eq(refuse(&r, 1), 10);
    refusals_forget(&r);
    refusals_hurry(&r, 7); /* nothing to hurry */
    ck_assert(!refusals_retry(&r, INT64_MAX));
}
END_TEST

START_TEST(what_was_interrupted_is_tried_and_not_told)
{
    struct refusals r = {.first_wait_ns = 10};
    refusals_message(&r, PORCH, NULL, 5);
    ck_assert_str_eq(refusals_text(&r), "");
    ck_assert_int_eq(r.retry_ns, 15);
    ck_assert(refusals_retry(&r, 15));
    ck_assert_int_eq(refuse(&r, 1), 10);
}
END_TEST

START_TEST(more_topics_than_are_remembered)
{
    struct refusals r = {.first_wait_ns = 10};
    for (uint64_t i = 1; i < 1000; i++)
        refusals_message(&r, i, NO, 0);
    refusals_accepted(&r, 1, 5);
    ck_assert_int_eq(r.retry_ns, 10);
}
END_TEST

START_TEST(a_subscription_stays_refused_until_the_next_connection)
{
    struct refusals r = {.first_wait_ns = 5};
    refusals_subscription(&r, "earshot/gate/cmd/+", NO);
    refusals_message(&r, PORCH, NO, 0);
    ck_assert(refusals_retry(&r, 5));
    refusals_step(&r, 10);
    ck_assert_str_eq(refusals_text(&r), "the subscription of earshot/gate/cmd/+ refused: Not authorized");
    uint64_t changes = r.changes;
    refusals_forget(&r);
    ck_assert_str_eq(refusals_text(&r), "");
    ck_assert_uint_eq(r.changes, changes + 1);
    refusals_forget(&r);
    ck_assert_uint_eq(r.changes, changes + 1);
}
END_TEST

START_TEST(topics_differ)
{
    ck_assert_uint_ne(refusals_topic("earshot/gate/porch/hostile"), refusals_topic("earshot/gate/yard/hostile"));
    ck_assert_uint_eq(refusals_topic("earshot/gate/state"), refusals_topic("earshot/gate/state"));
}
END_TEST

START_TEST(a_long_text_is_cut)
{
    struct refusals r = {.first_wait_ns = 10};
    char topic[400], text[400];
    memset(topic, 't', sizeof(topic) - 1);
    memset(text, 'x', sizeof(text) - 1);
    topic[sizeof(topic) - 1] = text[sizeof(text) - 1] = '\0';
    refusals_subscription(&r, topic, text);
    ck_assert_ptr_nonnull(strstr(refusals_text(&r), "ttt refused: xxx"));
}
END_TEST

static Suite *refusals_suite(void)
{
    Suite *s = suite_create("refusals");
    TCase *t = tcase_create("refusals");
    tcase_add_test(t, messages_are_over_when_a_retry_brought_no_other);
    tcase_add_test(t, the_wait_grows_while_all_is_refused);
    tcase_add_test(t, what_is_accepted_again_makes_the_wait_short);
    tcase_add_test(t, a_reload_and_a_new_connection_make_it_short);
    tcase_add_test(t, what_was_interrupted_is_tried_and_not_told);
    tcase_add_test(t, more_topics_than_are_remembered);
    tcase_add_test(t, a_subscription_stays_refused_until_the_next_connection);
    tcase_add_test(t, topics_differ);
    tcase_add_test(t, a_long_text_is_cut);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(refusals_suite)
