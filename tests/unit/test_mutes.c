#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon/mutes.h"
#include "tests/unit/check_main.h"

#define S INT64_C(1000000000)

static char folder[UNIT_FOLDER_SIZE], path[64];
static const struct mutes_now now = {"11111111-2222-3333-4444-555555555555", 100 * S, 1000000};
static const struct mute_kept two[] = {{"porch", 160 * S}, {"yard", 0}, {"gate", 101 * S}};
static struct mute_kept got[4];

static void setup(void)
{
    unit_folder(folder);
    snprintf(path, sizeof(path), "%s/mutes", folder);
}

static void teardown(void)
{
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0); /* also: nothing else is left */
}

static void write_two(void)
{
    struct reason why;
    ck_assert_msg(mutes_write(path, two, 3, &now, &why) == 0, "%s", why.text);
}

/* What is read `later` s on, by a clock on the wall that has moved by wall_s. */
static size_t read_at(const char *boot_id, int64_t boot_ns, int64_t wall_s)
{
    struct mutes_now then = {boot_id, boot_ns, now.wall_ms + wall_s * 1000};
    memset(got, 0, sizeof(got));
    return mutes_read(path, got, ARRAY_SIZE(got), &then);
}

START_TEST(within_a_boot_its_own_clock_counts)
{
    write_two();
    ck_assert_uint_eq(read_at(now.boot_id, 100 * S, 0), 2);
    ck_assert_uint_eq(read_at(now.boot_id, 102 * S, 86400), 1); /* the other clock was set meanwhile */
    ck_assert_str_eq(got[0].source, "porch");
    ck_assert_int_eq(got[0].until_ns, 160 * S);
    ck_assert_uint_eq(read_at(now.boot_id, 160 * S, 0), 0);
}
END_TEST

START_TEST(after_another_boot_the_one_on_the_wall_does)
{
    static const char other[] = "99999999-2222-3333-4444-555555555555";
    write_two();
    ck_assert_uint_eq(read_at(other, 5 * S, 20), 1);
    ck_assert_str_eq(got[0].source, "porch");
    ck_assert_int_eq(got[0].until_ns, 45 * S);
    ck_assert_uint_eq(read_at(other, 5 * S, 61), 0);
    ck_assert_uint_eq(read_at(other, 5 * S, -900000), 2); /* it begins in the past: never more than was left */
    ck_assert_int_eq(got[0].until_ns, 65 * S);
}
END_TEST

START_TEST(what_means_nothing_is_left_out)
{
    ck_assert_uint_eq(read_at(now.boot_id, 0, 0), 0);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fprintf(f, "x\n\n%s 160000000000 1 60000 porch\n%s 99999999999999999999 9 9 yard\n%s 1 2 -3 gate\n\n", now.boot_id,
            now.boot_id, "99999999-2222-3333-4444-555555555555");
    fclose(f);
    ck_assert_uint_eq(read_at(now.boot_id, 100 * S, 0), 1);
    ck_assert_int_eq(got[0].until_ns, 160 * S);
    ck_assert_uint_eq(read_at("99999999-2222-3333-4444-555555555555", 0, 0), 0);
    ck_assert_uint_eq(read_at(now.boot_id, 0, 0), 1); /* the other is longer than a command may ask for */
}
END_TEST

START_TEST(with_none_left_nothing_is_kept)
{
    struct reason why;
    write_two();
    ck_assert_int_eq(mutes_write(path, two + 1, 1, &now, &why), 0);
    ck_assert_int_eq(access(path, F_OK), -1);
    ck_assert_int_eq(mutes_write(path, two + 1, 1, &now, &why), 0);
    ck_assert_int_eq(mutes_write("/nowhere/mutes", two, 1, &now, &why), -ENOENT);
    ck_assert_ptr_nonnull(strstr(why.text, "/nowhere/mutes"));
}
END_TEST

static Suite *mutes_suite(void)
{
    Suite *s = suite_create("mutes");
    TCase *t = tcase_create("mutes");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, within_a_boot_its_own_clock_counts);
    tcase_add_test(t, after_another_boot_the_one_on_the_wall_does);
    tcase_add_test(t, what_means_nothing_is_left_out);
    tcase_add_test(t, with_none_left_nothing_is_kept);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(mutes_suite)
