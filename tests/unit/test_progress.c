#include "daemon/progress.h"
#include "tests/unit/check_main.h"

#define S 1000000000LL

START_TEST(what_has_work_must_move)
{
    struct progress p = {0};
    progress_tell(&p, "front", 1, false, 10000, 1 * S);
    progress_tell(&p, "workers", 7, true, 10000, 1 * S);
    ck_assert_ptr_null(progress_stuck(&p, 11 * S));
    progress_tell(&p, "workers", 7, true, 10000, 12 * S);
    ck_assert_str_eq(progress_stuck(&p, 12 * S), "front");
    progress_tell(&p, "front", 2, false, 10000, 13 * S); /* it was only slow */
    ck_assert_ptr_null(progress_stuck(&p, 13 * S));
    progress_tell(&p, "front", 3, false, 10000, 23 * S);
    progress_tell(&p, "workers", 7, false, 10000, 23 * S); /* work came, nothing done since 12 s */
    ck_assert_str_eq(progress_stuck(&p, 23 * S), "workers");
    progress_forget(&p, "workers");
    ck_assert_ptr_null(progress_stuck(&p, 23 * S));
}
END_TEST

static Suite *progress_suite(void)
{
    Suite *s = suite_create("progress");
    TCase *t = tcase_create("progress");
    tcase_add_test(t, what_has_work_must_move);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(progress_suite)
