#include <string.h>

#include "audio/capture.h"
#include "daemon/remedy.h"
#include "tests/unit/check_main.h"

/* Only what heals by itself, or is as the operator wants it, needs nobody. */
START_TEST(each_failure_of_a_source_has_one)
{
    static const char heals[] = " stalled no_writer disconnected ended ";
    for (int i = 0; capture_reasons[i]; i++) {
        char word[40];
        snprintf(word, sizeof(word), " %s ", capture_reasons[i]);
        const char *remedy = remedy_source(capture_reasons[i]);
        ck_assert_msg(!*remedy == !!strstr(heals, word), "%s: \"%s\"", capture_reasons[i], remedy);
    }
    ck_assert_str_eq(remedy_source("no such word"), "");
}
END_TEST

/* A microphone that the sandbox denies has no password to look at. */
START_TEST(what_this_box_forbids_is_not_a_login)
{
    ck_assert_ptr_nonnull(strstr(remedy_source("unauthorized"), "password_file"));
    const char *remedy = remedy_source("forbidden");
    ck_assert_ptr_null(strstr(remedy, "password"));
    ck_assert_ptr_null(strstr(remedy, "camera"));
    ck_assert_ptr_nonnull(strstr(remedy, "the group audio"));
    ck_assert_ptr_nonnull(strstr(remedy, "systemctl restart earshotd"));
}
END_TEST

static Suite *remedy_suite(void)
{
    Suite *s = suite_create("remedy");
    TCase *t = tcase_create("remedy");
    tcase_add_test(t, each_failure_of_a_source_has_one);
    tcase_add_test(t, what_this_box_forbids_is_not_a_login);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(remedy_suite)
