#include <string.h>

#include "config/reason.h"
#include "tests/unit/check_main.h"

START_TEST(set_returns_negative_and_tidies)
{
    struct reason why;
    ck_assert_int_eq(reason_set(&why, EINVAL, "bad\n%s", "\x1b[2J"), -EINVAL);
    ck_assert_str_eq(why.text, "bad??[2J");
    ck_assert_int_eq(reason_set(NULL, EIO, "x"), -EIO);
}
END_TEST

START_TEST(cut_keeps_characters_whole)
{
    struct reason why;
    char s[REASON_SIZE + 10];
    memset(s, 'a', sizeof(s));
    memcpy(s + REASON_SIZE - 3, "\xe2\x82\xac", 3);
    s[sizeof(s) - 1] = '\0';
    reason_set(&why, EINVAL, "%s", s);
    ck_assert_uint_eq(strlen(why.text), REASON_SIZE - 3);
}
END_TEST

START_TEST(what_is_no_utf8_is_replaced)
{
    struct reason why;
    reason_set(&why, EINVAL, "found \"%.4s…\", %s, %s", "aaa\xc3\xb6", "\xff\xc3)", "f\xc3\xbcr");
    ck_assert_str_eq(why.text, "found \"aaa?…\", ?\?), f\xc3\xbcr");
    reason_set(&why, EINVAL, "\xc2\x9b\x32J \xed\xa0\x80 \xf0\x9f\x98\x80 \xe2\x82"); /* CSI, a surrogate, half a sign */
    ck_assert_str_eq(why.text, "??2J ??? \xf0\x9f\x98\x80 ??");
}
END_TEST

START_TEST(prefix_goes_before)
{
    struct reason why;
    reason_set(&why, ENOENT, "no such file");
    ck_assert_int_eq(reason_prefix(&why, -ENOENT, "model %s", "m.gguf"), -ENOENT);
    ck_assert_str_eq(why.text, "model m.gguf: no such file");
}
END_TEST

static Suite *reason_suite(void)
{
    Suite *s = suite_create("reason");
    TCase *t = tcase_create("reason");
    tcase_add_test(t, set_returns_negative_and_tidies);
    tcase_add_test(t, cut_keeps_characters_whole);
    tcase_add_test(t, what_is_no_utf8_is_replaced);
    tcase_add_test(t, prefix_goes_before);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(reason_suite)
