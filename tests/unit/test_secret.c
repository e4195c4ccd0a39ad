#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/settings.h"
#include "tests/unit/check_main.h"

static char folder[UNIT_FOLDER_SIZE];

static void make_folder(void)
{
    char inner[96];
    unit_folder(folder);
    snprintf(inner, sizeof(inner), "%s/credentials", folder);
    ck_assert_int_eq(mkdir(inner, 0700), 0);
    unsetenv("CREDENTIALS_DIRECTORY");
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static void write_file(const char *name, const char *bytes, size_t n)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
}

static struct settings *load(void)
{
    char path[96];
    struct settings *s;
    struct settings_errors errors;
    write_file("earshot.yaml", "", 0);
    snprintf(path, sizeof(path), "%s/earshot.yaml", folder);
    ck_assert_int_eq(settings_load(path, &s, &errors), 0);
    return s;
}

static void expect(const struct settings *s, const char *name, const char *password)
{
    struct reason why = {""};
    char *secret;
    int err = settings_secret(s, name, &secret, &why);
    ck_assert_msg(err == 0, "%s", why.text);
    ck_assert_str_eq(secret, password);
    secret_free(secret);
}

START_TEST(is_found_where_the_contract_says)
{
    char absolute[128], credentials[96];
    struct settings *s = load();
    write_file("cam", "beside\n", 7);
    write_file("credentials/cam", "credential", 10);
    expect(s, "cam", "beside");
    ck_assert(!settings_is_credential(s, "cam") && !settings_is_credential(s, NULL));
    snprintf(credentials, sizeof(credentials), "%s/credentials", folder);
    setenv("CREDENTIALS_DIRECTORY", credentials, 1);
    expect(s, "cam", "credential");
    expect(s, "./cam", "beside");
    snprintf(absolute, sizeof(absolute), "%s/cam", folder);
    expect(s, absolute, "beside");
    write_file("other", "x", 1);
    expect(s, "other", "x");
    ck_assert(settings_is_credential(s, "cam") && !settings_is_credential(s, NULL));
    ck_assert(!settings_is_credential(s, "./cam") && !settings_is_credential(s, absolute) && !settings_is_credential(s, "other"));
    settings_free(s);
}
END_TEST

START_TEST(loses_one_newline_only)
{
    struct settings *s = load();
    write_file("p", " a\tb\n\n", 6);
    expect(s, "p", " a\tb\n");
    write_file("p", "", 0);
    expect(s, "p", "");
    settings_free(s);
}
END_TEST

START_TEST(refusals)
{
    char *secret = NULL, large[4097];
    struct reason why;
    struct settings *s = load();
    memset(large, 'x', sizeof(large));
    write_file("large", large, sizeof(large));
    write_file("nul", "a\0b", 3);
    ck_assert_int_eq(settings_secret(s, "large", &secret, &why), -EINVAL);
    ck_assert_ptr_nonnull(strstr(why.text, "/large: too large"));
    ck_assert_int_eq(settings_secret(s, "nul", &secret, &why), -EINVAL);
    ck_assert_ptr_nonnull(strstr(why.text, "NUL"));
    ck_assert_int_eq(settings_secret(s, "absent", &secret, &why), -ENOENT);
    ck_assert_ptr_nonnull(strstr(why.text, "/absent: cannot be read: No such file"));
    ck_assert_int_eq(settings_secret(s, "..", &secret, &why), -EISDIR);
    ck_assert_ptr_null(secret);
    write_file("fits", large, 4096);
    ck_assert_int_eq(settings_secret(s, "fits", &secret, &why), 0);
    ck_assert_uint_eq(strlen(secret), 4096);
    secret_free(secret);
    settings_free(s);
}
END_TEST

static void expect_tls(const struct settings *s, const char *name, const char *tail)
{
    struct reason why = {""};
    char *path, want[160];
    int err = settings_tls_file(s, "key_file", name, &path, &why);
    ck_assert_msg(err == 0, "%s", why.text);
    snprintf(want, sizeof(want), "%s/%s", folder, tail);
    ck_assert_str_eq(path, want);
    free(path);
}

/* A private key is found as a password is, and who may not read it is told the same way out. */
START_TEST(tls_files)
{
    char credentials[96], absolute[128], want[256], *path = NULL;
    struct reason why;
    struct settings *s = load();
    write_file("gate.key", "x", 1);
    snprintf(absolute, sizeof(absolute), "%s/gate.key", folder);
    expect_tls(s, "gate.key", "gate.key");
    expect_tls(s, absolute, "gate.key");
    snprintf(credentials, sizeof(credentials), "%s/credentials", folder);
    setenv("CREDENTIALS_DIRECTORY", credentials, 1);
    expect_tls(s, "gate.key", "gate.key");
    write_file("credentials/gate.key", "x", 1);
    expect_tls(s, "gate.key", "credentials/gate.key");
    expect_tls(s, absolute, "gate.key");
    ck_assert_int_eq(settings_tls_file(s, "key_file", "absent", &path, &why), -ENOENT);
    ck_assert_ptr_nonnull(strstr(why.text, "/absent: cannot be read: No such file"));
    ck_assert_int_eq(chmod(absolute, 0), 0);
    if (getuid() == 0) /* whom no mode keeps out */
        ck_assert_int_eq(setreuid(65534, 0), 0);
    int err = settings_tls_file(s, "key_file", absolute, &path, &why);
    if (geteuid() == 0)
        ck_assert_int_eq(setreuid(0, 0), 0);
    ck_assert_int_eq(err, -EACCES);
    snprintf(want, sizeof(want), "LoadCredential=gate.key:%s under [Service] (`systemctl edit earshotd`) and key_file: "
             "gate.key", absolute);
    ck_assert_msg(strstr(why.text, want) != NULL, "%s", why.text);
    ck_assert_ptr_null(path);
    settings_free(s);
}
END_TEST

static void set_mode(const char *name, mode_t mode)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    ck_assert_int_eq(chmod(path, mode), 0);
}

/* The operator is told which line names the file, and the command that mends it. */
START_TEST(everybody_can_read_it)
{
    static const char text[] = "mqtt: {username: u, password_file: broker}\n"
                               "sources:\n  yard: {url: \"rtsp://h\", username: u, password_file: cam}\n"
                               "  gate: {url: \"rtsp://g\", username: u, password_file: absent}\n";
    struct settings_errors exposed = {0}, errors;
    struct settings *s;
    char path[96];
    write_file("earshot.yaml", text, sizeof(text) - 1);
    write_file("cam", "x", 1);
    write_file("broker", "x", 1);
    set_mode("cam", 0644);
    set_mode("broker", 0640);
    snprintf(path, sizeof(path), "%s/earshot.yaml", folder);
    ck_assert_int_eq(settings_load(path, &s, &errors), 0);
    settings_exposed(s, &exposed);
    ck_assert_uint_eq(exposed.n, 1);
    const char *said = exposed.item[0].text;
    ck_assert_msg(strstr(said, "earshot.yaml:3:55: sources.yard.password_file: everybody on this "
                               "box can read ") != NULL, "%s", said);
    ck_assert_msg(strstr(said, "/cam (found mode 644, expected 640 or 600: chmod o= ") != NULL,
                  "%s", said);
    settings_errors_done(&exposed);
    set_mode("cam", 0600);
    set_mode("broker", 0604);
    settings_exposed(s, &exposed);
    ck_assert_uint_eq(exposed.n, 1);
    ck_assert_ptr_nonnull(strstr(exposed.item[0].text, ":1:36: mqtt.password_file: everybody"));
    settings_errors_done(&exposed);
    settings_free(s);
    static const char tls[] = "mqtt: {url: \"mqtts://h\", tls: {cert_file: c, key_file: broker}}\n";
    write_file("earshot.yaml", tls, sizeof(tls) - 1);
    ck_assert_int_eq(settings_load(path, &s, &errors), 0);
    settings_exposed(s, &exposed);
    ck_assert_uint_eq(exposed.n, 1);
    ck_assert_ptr_nonnull(strstr(exposed.item[0].text, "mqtt.tls.key_file: everybody"));
    settings_errors_done(&exposed);
    settings_free(s);
}
END_TEST

static Suite *secret_suite(void)
{
    Suite *s = suite_create("secret");
    TCase *t = tcase_create("secret");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, is_found_where_the_contract_says);
    tcase_add_test(t, loses_one_newline_only);
    tcase_add_test(t, refusals);
    tcase_add_test(t, tls_files);
    tcase_add_test(t, everybody_can_read_it);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(secret_suite)
