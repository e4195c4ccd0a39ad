#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/kept.h"
#include "tests/unit/check_main.h"

static char folder[UNIT_FOLDER_SIZE], kept[96], main_path[96];

static void write_file(const char *name, const char *text, size_t n)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(text, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
}

static void make_folder(void)
{
    static const char text[] = "node: a\nsources:\n  yard: {url: \"http://h/x?key=hidden\", "
                               "username: u, password_file: cam}\n";
    char conf[96];
    unit_folder(folder);
    snprintf(conf, sizeof(conf), "%s/conf.d", folder);
    snprintf(kept, sizeof(kept), "%s/kept", folder);
    snprintf(main_path, sizeof(main_path), "%s/earshot.yaml", folder);
    ck_assert_int_eq(mkdir(conf, 0700), 0);
    write_file("earshot.yaml", text, sizeof(text) - 1);
    write_file("conf.d/a.yaml", "defaults: {hop: 7}\n", 19);
    write_file("conf.d/b.yaml", "", 0);
    write_file("cam", "word\n", 5);
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct settings *load(void)
{
    struct settings *s;
    struct settings_errors errors;
    ck_assert_int_eq(settings_load(main_path, &s, &errors), 0);
    return s;
}

static void keep(void)
{
    struct settings *s = load();
    struct reason why = {""};
    ck_assert_msg(kept_write(s, kept, &why) == 0, "%s", why.text);
    settings_free(s);
}

START_TEST(comes_back_as_it_was)
{
    struct settings *was = load(), *is;
    struct settings_errors errors;
    struct settings_diff diff;
    struct stat st;
    struct reason why;
    char *password;
    keep();
    ck_assert_int_eq(stat(kept, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
    write_file("earshot.yaml", "nonsense", 8);
    ck_assert_int_eq(kept_load(kept, &is, &errors), 0);
    ck_assert_int_eq(settings_diff(was, is, &diff), 0);
    ck_assert_str_eq(was->sha256, is->sha256);
    ck_assert_uint_eq(is->n_files, 3);
    ck_assert_str_eq(is->file[0], main_path);
    ck_assert_int_eq(is->source[0].hop, 7);
    ck_assert_int_eq(settings_secret(is, "cam", &password, &why), 0);
    ck_assert_str_eq(password, "word");
    secret_free(password);
    settings_free(was);
    settings_free(is);
}
END_TEST

START_TEST(is_not_written_again_for_nothing)
{
    struct stat before, after;
    keep();
    ck_assert_int_eq(stat(kept, &before), 0);
    keep();
    ck_assert_int_eq(stat(kept, &after), 0);
    ck_assert_uint_eq(before.st_ino, after.st_ino);
    write_file("conf.d/b.yaml", "node: b\n", 8);
    keep();
    ck_assert_int_eq(stat(kept, &after), 0);
    ck_assert_uint_ne(before.st_ino, after.st_ino);
}
END_TEST

static int load_kept(void)
{
    struct settings *s = NULL;
    struct settings_errors errors;
    int err = kept_load(kept, &s, &errors);
    ck_assert_int_eq(err < 0, errors.n > 0);
    ck_assert_int_eq(err < 0, s == NULL);
    settings_errors_done(&errors);
    settings_free(s);
    return err;
}

/* Cut anywhere, or with any byte changed, it is refused; and nothing is read out of bounds. */
START_TEST(damage)
{
    char text[4096];
    keep();
    FILE *f = fopen(kept, "r");
    size_t n = fread(text, 1, sizeof(text), f);
    fclose(f);
    ck_assert_uint_lt(n, sizeof(text));
    for (size_t i = 0; i < n; i++) {
        write_file("kept", text, i);
        ck_assert_int_eq(load_kept(), -EBADMSG);
    }
    for (size_t i = 0; i < n; i++) {
        text[i] ^= 1;
        write_file("kept", text, n);
        int err = load_kept();
        bool name = err == 0; /* what a file was called is not in the sum */
        ck_assert_msg(err < 0 || (name && i > 80), "byte %zu", i);
        text[i] ^= 1;
    }
    write_file("kept", text, n);
    ck_assert_int_eq(load_kept(), 0);
    ck_assert_int_eq(unlink(kept), 0);
    ck_assert_int_eq(load_kept(), -ENOENT);
}
END_TEST

START_TEST(cannot_be_written)
{
    struct settings *s = load();
    struct reason why = {""};
    ck_assert_int_eq(kept_write(s, "/nowhere/kept", &why), -ENOENT);
    ck_assert_str_eq(why.text, "/nowhere/kept cannot be written: No such file or directory");
    settings_free(s);
}
END_TEST

static Suite *kept_suite(void)
{
    Suite *s = suite_create("kept");
    TCase *t = tcase_create("kept");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, comes_back_as_it_was);
    tcase_add_test(t, is_not_written_again_for_nothing);
    tcase_add_test(t, damage);
    tcase_add_test(t, cannot_be_written);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(kept_suite)
