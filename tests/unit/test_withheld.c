#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/settings.h"
#include "tests/unit/check_main.h"
#include "tests/unit/settings_text.h"

static char folder[] = "/dev/shm/earshot-unit-XXXXXX"; /* the service would see it */
static char place[64];

static void write_file(const char *path, mode_t mode)
{
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fclose(f), 0);
    ck_assert_int_eq(chmod(path, mode), 0);
}

static void make_folder(void)
{
    unsetenv("CREDENTIALS_DIRECTORY");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chmod(folder, 0755), 0);
    snprintf(place, sizeof(place), "%s/ca.pem", folder);
}

static void remove_folder(void)
{
    unlink(place);
    rmdir(folder);
    strcpy(folder + sizeof(folder) - 7, "XXXXXX");
}

/* What is said of a file with these words behind "key: "; "": nothing. */
static void expect(const char *section, const char *key, const char *path, const char *want)
{
    char text[256];
    struct settings_errors found = {0};
    snprintf(text, sizeof(text), "%s {%s: %s}\n", section, key, path);
    if (strstr(section, "tls"))
        strcpy(text + strlen(text) - 1, "}\n");
    struct settings *s = load(text);
    settings_withheld(s, &found);
    ck_assert_uint_eq(found.n, *want ? 1 : 0);
    if (*want)
        ck_assert_msg(strstr(found.item[0].text, want) != NULL, "%s", found.item[0].text);
    settings_errors_done(&found);
    settings_free(s);
}

/* Whatever the rights of the file. */
START_TEST(by_the_unit)
{
    char hidden[UNIT_FOLDER_SIZE + 8], dir[UNIT_FOLDER_SIZE], want[320];
    unit_folder(dir);
    ck_assert_int_eq(chmod(dir, 0755), 0);
    snprintf(hidden, sizeof(hidden), "%s/k.pem", dir);
    write_file(hidden, 0644);
    snprintf(want, sizeof(want), "e.yaml:1:39: mqtt.tls.ca_file: you can read %s, the service cannot (PrivateTmp=yes): "
             "put it below /etc/earshot, for everybody to read", hidden);
    expect("mqtt: {url: mqtts://h, tls:", "ca_file", hidden, want);
    snprintf(want, sizeof(want), "mqtt.password_file: you can read %s, the service cannot (PrivateTmp=yes): it is given it "
             "by LoadCredential=k.pem:%s under [Service] (`systemctl edit earshotd`) and password_file: k.pem", hidden, hidden);
    expect("mqtt:", "username: u, password_file", hidden, want);
    expect("sources: {a: {url: rtsp://h, username: u, password_file: absent}}\nmodel:", "path", hidden, "model.path: you can read");
    ck_assert_int_eq(symlink(hidden, place), 0);
    expect("model:", "path", place, "the service cannot (PrivateTmp=yes)");
    ck_assert_int_eq(setenv("CREDENTIALS_DIRECTORY", dir, 1), 0);
    expect("mqtt:", "username: u, password_file", "k.pem", "");
    expect("model:", "path", "/root-beer", "");
}
END_TEST

START_TEST(by_its_rights)
{
    write_file(place, 0644);
    expect("model:", "path", place, "");
    ck_assert_int_eq(chmod(place, 0640), 0);
    expect("model:", "path", place, "the service cannot (it is not root)");
    ck_assert_int_eq(chmod(place, 0644), 0);
    ck_assert_int_eq(chmod(folder, 0700), 0);
    expect("model:", "path", place, "the service cannot (it is not root)");
}
END_TEST

static Suite *withheld_suite(void)
{
    Suite *s = suite_create("withheld");
    TCase *t = tcase_create("withheld");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, by_the_unit);
    tcase_add_test(t, by_its_rights);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(withheld_suite)
