#include <stdlib.h>
#include <string.h>

#include "daemon/command.h"
#include "tests/unit/check_main.h"

static const struct strings ALL = {
    .n = 6, .item = {"reload", "snapshot", "mute", "unmute", "test_alarm", "purge_discovery"}};

START_TEST(empty_payload)
{
    struct command c;
    ck_assert_int_eq(command_parse("reload", "", &ALL, &c, NULL), 0);
    ck_assert_int_eq(c.kind, COMMAND_RELOAD);
    ck_assert_str_eq(c.name, "reload");
    ck_assert_str_eq(c.transaction, "");
    ck_assert_int_eq(command_parse("snapshot", " {} ", &ALL, &c, NULL), 0);
    ck_assert_int_eq(c.kind, COMMAND_SNAPSHOT);
}
END_TEST

START_TEST(everything_said)
{
    struct command c;
    struct reason why;
    const char *payload = "{\"transaction\": \"a{[\\\"7\", \"source\": \"porch\", \"for\": \"10m\"}";
    ck_assert_msg(command_parse("mute", payload, &ALL, &c, &why) == 0, "%s", why.text);
    ck_assert_int_eq(c.kind, COMMAND_MUTE);
    ck_assert_str_eq(c.source, "porch");
    ck_assert_int_eq(c.for_ms, 600000);
    ck_assert_str_eq(c.transaction, "a{[\"7");
    ck_assert_int_eq(command_parse("test_alarm", "{\"transaction\": 42}", &ALL, &c, NULL), 0);
    ck_assert_str_eq(c.transaction, "42");
}
END_TEST

static const struct {
    const char *name, *payload;
    int err;
    const char *transaction; /* that the answer still echoes */
} BAD[] = {
    {"explode", "{\"transaction\": \"t\"}", -ENOENT, "t"},
    {"", "", -ENOENT, ""},
    {"a_name_that_is_longer_than_any_name_of_ours", "", -ENOENT, ""},
    {"reload", "reload", -EINVAL, ""},
    {"reload", "[]", -EINVAL, ""},
    {"reload", "{} {}", -EINVAL, ""},
    {"reload", "{\"transaction\": \"t\"", -EINVAL, ""},
    {"reload", "{\"transaction\": {}}", -EINVAL, ""},
    {"reload", "{\"transaction\": true}", -EINVAL, ""},
    {"reload", "{\"transaction\": 1.5}", -EINVAL, ""},
    {"reload", "{\"transaction\": 1e300}", -EINVAL, ""},
    {"reload", "{\"transaction\": \"t\", \"transaction\": \"u\"}", -EINVAL, "t"},
    {"reload", "{\"transaction\": \"t\", \"delay\": 1}", -EINVAL, "t"},
    {"reload", "{\"source\": \"porch\"}", -EINVAL, ""},
    {"mute", "{\"transaction\": \"t\", \"source\": \"porch\"}", -EINVAL, "t"},
    {"mute", "{\"for\": \"10m\"}", -EINVAL, ""},
    {"mute", "{\"source\": \"../x\", \"for\": \"10m\"}", -EINVAL, ""},
    {"mute", "{\"source\": \"\", \"for\": \"10m\"}", -EINVAL, ""},
    {"mute", "{\"source\": \"porch\", \"for\": 600}", -EINVAL, ""},
    {"mute", "{\"source\": \"porch\", \"for\": \"8d\"}", -EINVAL, ""},
    {"mute", "{\"source\": \"porch\", \"for\": \"0s\"}", -EINVAL, ""},
    {"unmute", "{\"source\": \"porch\", \"for\": \"1s\"}", -EINVAL, ""},
    {"reload", "{\"transaction\": \"caf\xe9\"}", -EINVAL, ""}, /* an answer with it would be no JSON */
};

START_TEST(bad_ones)
{
    struct command c;
    struct reason why = {0};
    ck_assert_msg(command_parse(BAD[_i].name, BAD[_i].payload, &ALL, &c, &why) == BAD[_i].err, "%s %s: %s",
                  BAD[_i].name, BAD[_i].payload, why.text);
    ck_assert_str_ne(why.text, "");
    ck_assert_str_eq(c.transaction, BAD[_i].transaction);
    ck_assert_int_eq(c.for_ms, 0);
}
END_TEST

START_TEST(only_what_is_allowed)
{
    struct command c;
    struct strings some = {.n = 1, .item = {"snapshot"}}, none = {0};
    ck_assert_int_eq(command_parse("snapshot", "", &some, &c, NULL), 0);
    ck_assert_int_eq(command_parse("reload", "{\"transaction\": \"t\"}", &some, &c, NULL), -EPERM);
    ck_assert_str_eq(c.transaction, "t");
    ck_assert_int_eq(command_parse("snapshot", "", &none, &c, NULL), -EPERM);
}
END_TEST

START_TEST(deep_payload)
{
    char payload[1024];
    struct command c;
    memset(payload, '[', sizeof(payload) - 1);
    payload[sizeof(payload) - 1] = '\0';
    ck_assert_int_eq(command_parse("reload", payload, &ALL, &c, NULL), -EINVAL);
}
END_TEST

START_TEST(answers)
{
    struct command c = {.name = "snapshot", .transaction = "7\""};
    char *text = command_answer(&c, NULL, "01A", "{\"status\":\"running\"}");
    ck_assert_str_eq(text, "{\"schema\":\"earshot.response/1\",\"command\":\"snapshot\",\"ok\":true,"
                           "\"error\":null,\"transaction\":\"7\\\"\",\"event\":\"01A\",\"state\":{\"status\":\"running\"}}");
    free(text);
    c.transaction[0] = '\0';
    text = command_answer(&c, "no such command", NULL, NULL);
    ck_assert_str_eq(text, "{\"schema\":\"earshot.response/1\",\"command\":\"snapshot\",\"ok\":false,"
                           "\"error\":\"no such command\",\"transaction\":null,\"event\":null,\"state\":null}");
    free(text);
    ck_assert_ptr_null(command_answer(&c, NULL, NULL, "{"));
}
END_TEST

static Suite *command_suite(void)
{
    Suite *s = suite_create("command");
    TCase *t = tcase_create("command");
    tcase_add_test(t, empty_payload);
    tcase_add_test(t, everything_said);
    tcase_add_loop_test(t, bad_ones, 0, ARRAY_SIZE(BAD));
    tcase_add_test(t, only_what_is_allowed);
    tcase_add_test(t, deep_payload);
    tcase_add_test(t, answers);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(command_suite)
