#include <stdio.h>
#include <string.h>

#include "daemon/former.h"
#include "tests/unit/check_main.h"

static char folder[UNIT_FOLDER_SIZE], path[64];
static struct former_name present = {"earshot", "gate-3", "homeassistant", 2, {"porch", "yard"}, false};
static struct former f;

static void setup(void)
{
    unit_folder(folder);
    snprintf(path, sizeof(path), "%s/names", folder);
}

static void put(const char *text)
{
    FILE *out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_ge(fputs(text, out), 0);
    ck_assert_int_eq(fclose(out), 0);
}

static void write_names(const struct former_name *now)
{
    struct reason why;
    ck_assert_msg(former_write(path, "0123", now, &f, &why) == 0, "%s", why.text);
}

static void assert_lines(const char *want)
{
    char got[1000] = "";
    FILE *in = fopen(path, "r");
    ck_assert_ptr_nonnull(in);
    ck_assert_uint_gt(fread(got, 1, sizeof(got) - 1, in), 0);
    fclose(in);
    ck_assert_str_eq(got, want);
}

START_TEST(another_name_is_a_former_one)
{
    struct former_name now = {"earshot", "gate-9", "", 0, {""}, false};
    memset(&f, 0, sizeof(f));
    write_names(&present);
    former_read(path, "0123", &now, &f);
    ck_assert_uint_eq(f.n, 1);
    ck_assert_str_eq(f.name[0].node, "gate-3");
    ck_assert_str_eq(f.name[0].discovery, "homeassistant");
    ck_assert_uint_eq(f.name[0].n_sources, 2);
    ck_assert_str_eq(f.name[0].source[1], "yard");
    ck_assert_str_eq(f.discovery, "");
    write_names(&now);
    assert_lines("of 0123\nearshot gate-9 -\nearshot gate-3 homeassistant porch yard\n");
    f.name[0].left = true;
    write_names(&now);
    assert_lines("of 0123\nearshot gate-9 -\n");
}
END_TEST

START_TEST(the_same_name_is_none)
{
    memset(&f, 0, sizeof(f));
    write_names(&present);
    former_read(path, "0123", &present, &f);
    ck_assert_uint_eq(f.n, 0);
    ck_assert_str_eq(f.discovery, "homeassistant");
}
END_TEST

START_TEST(another_box_has_no_former_names)
{
    struct former_name now = {"earshot", "gate-9", "", 0, {""}, false};
    memset(&f, 0, sizeof(f));
    write_names(&present);
    former_read(path, "4567", &now, &f);
    ck_assert_uint_eq(f.n, 0);
    former_read("/nowhere/names", "0123", &now, &f);
    ck_assert_uint_eq(f.n, 0);
}
END_TEST

START_TEST(what_means_nothing_is_left_out)
{
    char long_name[200];
    memset(long_name, 'x', sizeof(long_name) - 1);
    long_name[sizeof(long_name) - 1] = '\0';
    char text[1000];
    snprintf(text, sizeof(text), "of 0123\nx\n\n%s a -\n+ a -\na # -\na b\np n1 -\np n2 -\np n3 -\np n4 -\n", long_name);
    put(text);
    former_read(path, "0123", &present, &f);
    ck_assert_uint_eq(f.n, FORMER_MAX);
    ck_assert_str_eq(f.name[0].node, "n1");
    put("");
    former_read(path, "0123", &present, &f);
    ck_assert_uint_eq(f.n, 0);
}
END_TEST

static Suite *former_suite(void)
{
    Suite *s = suite_create("former");
    TCase *t = tcase_create("former");
    tcase_add_checked_fixture(t, setup, NULL);
    tcase_add_test(t, another_name_is_a_former_one);
    tcase_add_test(t, the_same_name_is_none);
    tcase_add_test(t, another_box_has_no_former_names);
    tcase_add_test(t, what_means_nothing_is_left_out);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(former_suite)
