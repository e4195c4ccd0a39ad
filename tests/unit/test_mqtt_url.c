#include <string.h>

#include "daemon/mqtt_url.h"
#include "tests/unit/check_main.h"

static const struct {
    const char *text, *host, *path;
    int port;
    bool tls, websocket;
} GOOD[] = {
    {"mqtt://localhost", "localhost", "", 1883, false, false},
    {"mqtt://broker.lan:1884/", "broker.lan", "", 1884, false, false},
    {"mqtts://a_b-c.example", "a_b-c.example", "", 8883, true, false},
    {"mqtts://10.0.0.1:443", "10.0.0.1", "", 443, true, false},
    {"mqtt://[::1]:1", "::1", "", 1, false, false},
    {"mqtts://[fe80::1%eth0]", "fe80::1%eth0", "", 8883, true, false},
    {"ws://h", "h", "", 80, false, true},
    {"ws://h:65535/mqtt?x=1", "h", "/mqtt?x=1", 65535, false, true},
    {"wss://h/mqtt", "h", "/mqtt", 443, true, true},
};

static const struct {
    const char *text, *word; /* that the reason must hold */
} BAD[] = {
    {"", "begin"},
    {"localhost", "begin"},
    {"tcp://h", "begin"},
    {"http://h", "begin"},
    {"MQTT://h", "begin"},
    {"mqtt://", "host"},
    {"mqtt://:1883", "host"},
    {"mqtt://h:", "port"},
    {"mqtt://h:0", "port"},
    {"mqtt://h:65536", "port"},
    {"mqtt://h:18 83", "port"},
    {"mqtt://h:-1", "port"},
    {"mqtt://h:000001883", "port"},
    {"mqtt://a b", "host"},
    {"mqtt://::1", "[]"},
    {"mqtt://[::1", "[]"},
    {"mqtt://[::1]x", "[]"},
    {"mqtt://[host]", "host"},
    {"mqtt://h/path", "path"},
    {"mqtts://h/?x", "path"},
};

START_TEST(good_ones)
{
    struct mqtt_url u;
    struct reason why = {0};
    ck_assert_msg(mqtt_url_parse(GOOD[_i].text, &u, &why) == 0, "%s: %s", GOOD[_i].text, why.text);
    ck_assert_str_eq(u.host, GOOD[_i].host);
    ck_assert_str_eq(u.path, GOOD[_i].path);
    ck_assert_int_eq(u.port, GOOD[_i].port);
    ck_assert_int_eq(u.tls, GOOD[_i].tls);
    ck_assert_int_eq(u.websocket, GOOD[_i].websocket);
}
END_TEST

START_TEST(bad_ones)
{
    struct mqtt_url u = {.port = 77};
    struct reason why = {0};
    ck_assert_int_eq(mqtt_url_parse(BAD[_i].text, &u, &why), -EINVAL);
    ck_assert_msg(strstr(why.text, BAD[_i].word) != NULL, "%s: %s", BAD[_i].text, why.text);
    ck_assert_int_eq(u.port, 77);
}
END_TEST

START_TEST(secrets_are_not_repeated)
{
    struct mqtt_url u;
    struct reason why = {0};
    ck_assert_int_eq(mqtt_url_parse("mqtt://me:hunter2@h:1883", &u, &why), -EINVAL);
    ck_assert_ptr_nonnull(strstr(why.text, "holds a user"));
    ck_assert_ptr_null(strstr(why.text, "hunter2"));
}
END_TEST

START_TEST(long_ones)
{
    char text[1024];
    struct mqtt_url u;
    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    memcpy(text, "mqtt://", 7);
    ck_assert_int_eq(mqtt_url_parse(text, &u, NULL), -EINVAL);
    memcpy(text, "ws://h/", 7);
    ck_assert_int_eq(mqtt_url_parse(text, &u, NULL), -EINVAL);
}
END_TEST

static Suite *mqtt_url_suite(void)
{
    Suite *s = suite_create("mqtt_url");
    TCase *t = tcase_create("mqtt_url");
    tcase_add_loop_test(t, good_ones, 0, ARRAY_SIZE(GOOD));
    tcase_add_loop_test(t, bad_ones, 0, ARRAY_SIZE(BAD));
    tcase_add_test(t, secrets_are_not_repeated);
    tcase_add_test(t, long_ones);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(mqtt_url_suite)
