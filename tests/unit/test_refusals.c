#include <string.h>

#include "daemon/refusals.h"
#include "tests/unit/check_main.h"

START_TEST(messages_are_over_when_none_was_refused_for_a_while)
{
    struct refusals r = {0};
    ck_assert_str_eq(refusals_text(&r), "");
    ck_assert_int_eq(refusals_step(&r, 5), INT64_MAX);
    refusals_message(&r, "Not authorized", 10);
    ck_assert_str_eq(refusals_text(&r), "messages refused: Not authorized");
    ck_assert_int_eq(refusals_step(&r, 9), 10);
    refusals_message(&r, "Not authorized", 20);
    ck_assert_uint_eq(r.changes, 1); /* said once, however often it is tried */
    ck_assert_int_eq(refusals_step(&r, 19), 20);
    ck_assert_str_ne(refusals_text(&r), "");
    ck_assert_int_eq(refusals_step(&r, 20), INT64_MAX);
    ck_assert_str_eq(refusals_text(&r), "");
    ck_assert_uint_eq(r.changes, 2);
    refusals_message(&r, "Not authorized", 30); /* is news again */
    ck_assert_uint_eq(r.changes, 3);
}
END_TEST

START_TEST(a_subscription_stays_refused_until_the_next_connection)
{
    struct refusals r = {0};
    refusals_subscription(&r, "earshot/gate/cmd/+", "Not authorized");
    refusals_message(&r, "Not authorized", 10);
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

START_TEST(a_long_text_is_cut)
{
    struct refusals r = {0};
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
    tcase_add_test(t, messages_are_over_when_none_was_refused_for_a_while);
    tcase_add_test(t, a_subscription_stays_refused_until_the_next_connection);
    tcase_add_test(t, a_long_text_is_cut);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(refusals_suite)
