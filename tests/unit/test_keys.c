#include <string.h>

#include "config/guess.h"
#include "config/keys.h"
#include "config/schedule.h"
#include "config/settings.h"
#include "tests/unit/check_main.h"

START_TEST(table_is_in_order)
{
    for (size_t i = 0; i < keys_n; i++) {
        const struct key *k = &keys[i];
        size_t n = strlen(k->help);
        ck_assert_msg(n > 0 && k->help[n - 1] != '.', "%s: help ends in a full stop", k->path);
        ck_assert_msg(k->fallback || k->example, "%s: neither default nor example", k->path);
        ck_assert_msg(!k->fallback == !strcmp(k->path, "url"), "%s: no default", k->path);
        ck_assert_msg(!k->absent == !(k->fallback && !strcmp(k->fallback, "null")),
                      "%s: null and absent go together", k->path);
        ck_assert_msg(!k->reopens || k->reloadable, "%s: reopened by no reload", k->path);
        ck_assert_msg(k->scope == KEY_NODE || k->reloadable, "%s: a reload takes it up, and the manual denies it", k->path);
        ck_assert_ptr_eq(keys_find(k->scope, k->path), k);
        ck_assert_uint_eq(keys_index(k), i);
    }
    ck_assert_ptr_null(keys_find(KEY_SHARED, "url"));
    ck_assert_ptr_nonnull(keys_find(KEY_SOURCE, "hop"));
    ck_assert(keys_is_group("mqtt") && keys_is_group("mqtt.tls"));
    ck_assert(!keys_is_group("mqtt.url") && !keys_is_group("mq"));
}
END_TEST

static const struct {
    enum key_scope scope;
    const char *word, *meant;
} guesses[] = {
    {KEY_NODE, "nod", "node"},
    {KEY_NODE, "source", "sources"},
    {KEY_NODE, "default", "defaults"},
    {KEY_NODE, "mqqt", "mqtt"},
    {KEY_NODE, "mqtt.keepalive", "keep_alive"},
    {KEY_NODE, "mqtt.password", "password_file"},
    {KEY_NODE, "mqtt.tls.cafile", "ca_file"},
    {KEY_NODE, "ca_file", "mqtt.tls.ca_file"},
    {KEY_NODE, "sensitivity", "defaults.sensitivity"},
    {KEY_SOURCE, "sensitivty", "sensitivity"},
    {KEY_SOURCE, "ulr", "url"},
    {KEY_SOURCE, "treshold", "thresholds"},
    {KEY_SHARED, "url", "sources.NAME.url"},
    {KEY_NODE, "volume", NULL},
    {KEY_NODE, "x", NULL},
};

START_TEST(guesses_are_what_was_meant)
{
    char path[64] = "";
    bool found = keys_guess(guesses[_i].scope, guesses[_i].word, path, sizeof(path));
    ck_assert_int_eq(found, guesses[_i].meant != NULL);
    if (found)
        ck_assert_str_eq(path, guesses[_i].meant);
}
END_TEST

START_TEST(distances)
{
    char endless[200];
    memset(endless, 'a', sizeof(endless) - 1);
    endless[sizeof(endless) - 1] = '\0';
    ck_assert_int_eq(guess_distance("", ""), 0);
    ck_assert_int_eq(guess_distance("", "abc"), 3);
    ck_assert_int_eq(guess_distance("kitten", "sitting"), 3);
    ck_assert_int_eq(guess_distance("ulr", "url"), 1);
    ck_assert_int_eq(guess_distance("URL", "url"), 0);
    ck_assert_int_eq(guess_distance(endless, "url"), GUESS_MAX_WORD);
    ck_assert_int_eq(guess_near("ab", "xy"), -1);
}
END_TEST

static const struct {
    const char *text;
    int64_t ms; /* -1: refused */
} durations[] = {
    {"0s", 0},
    {"1ms", 1},
    {"2s", 2000},
    {"1.5s", 1500},
    {"3m", 180000},
    {"1h", 3600000},
    {"30d", 2592000000},
    {"0.001s", 1},
    {"1.25m", 75000},
    {"", -1},
    {"2", -1},
    {"s", -1},
    {"-1s", -1},
    {"+1s", -1},
    {"2 s", -1},
    {"2S", -1},
    {"0.0001s", -1},
    {"01s", -1},
    {"1.s", -1},
    {".5s", -1},
    {"1.5.5s", -1},
    {"1e3s", -1},
    {"2sec", -1},
    {"999999999999999d", -1},
    {"1000000000000000ms", -1},
};

START_TEST(durations_are_exact)
{
    int64_t ms = -1;
    bool fine = scalar_duration(durations[_i].text, &ms);
    ck_assert_int_eq(fine, durations[_i].ms >= 0);
    ck_assert_int_eq(ms, durations[_i].ms);
}
END_TEST

static const struct {
    const char *text;
    enum scalar_kind kind;
} kinds[] = {
    {"", SCALAR_NULL},         {"~", SCALAR_NULL},          {"null", SCALAR_NULL},
    {"nULL", SCALAR_TEXT},     {"true", SCALAR_BOOL},       {"False", SCALAR_BOOL},
    {"yes", SCALAR_TEXT},      {"no", SCALAR_TEXT},         {"on", SCALAR_TEXT},
    {"0", SCALAR_INT},         {"-12", SCALAR_INT},         {"+12", SCALAR_INT},
    {"010", SCALAR_INT},       {"0o17", SCALAR_INT},        {"0x1F", SCALAR_INT},
    {"0o8", SCALAR_TEXT},      {"0x", SCALAR_TEXT},         {"1:30", SCALAR_TEXT},
    {"1_000", SCALAR_TEXT},    {"1.", SCALAR_FLOAT},        {".5", SCALAR_FLOAT},
    {"-1.5e+3", SCALAR_FLOAT}, {"1e", SCALAR_TEXT},         {".", SCALAR_TEXT},
    {"-", SCALAR_TEXT},        {"-.inf", SCALAR_FLOAT},     {".nan", SCALAR_FLOAT},
    {"inf", SCALAR_TEXT},      {"2026-11-23", SCALAR_TEXT}, {"1.2.3", SCALAR_TEXT},
};

START_TEST(kinds_follow_yaml_1_2)
{
    ck_assert_int_eq(scalar_kind(kinds[_i].text), kinds[_i].kind);
}
END_TEST

START_TEST(numbers_go_there_and_back)
{
    static const char *const decimals[] = {
        "0", "-60", "0.1", "-42.5", "123456789.123456", "0.000001", "999999999999999"};
    char text[SCALAR_TEXT_SIZE];
    double value;
    struct rate rate;
    int64_t bytes;
    for (size_t i = 0; i < ARRAY_SIZE(decimals); i++) {
        ck_assert(scalar_decimal(decimals[i], &value));
        scalar_write_decimal(value, text);
        ck_assert_str_eq(text, decimals[i]);
    }
    ck_assert(scalar_rate("0.5/day", &rate));
    ck_assert_double_eq(rate.n, 0.5);
    ck_assert_double_eq(rate.period_s, 86400);
    scalar_write_rate(&rate, text);
    ck_assert_str_eq(text, "0.5/day");
    ck_assert(scalar_size("1536KiB", &bytes));
    scalar_write_size(bytes, text);
    ck_assert_str_eq(text, "1536KiB");
    ck_assert(scalar_size("2048KiB", &bytes));
    scalar_write_size(bytes, text);
    ck_assert_str_eq(text, "2MiB");
    ck_assert(scalar_decimal("0.5700000000000001", &value)); /* as programs write them */
    ck_assert_double_eq(value, 0.57);
    ck_assert(!scalar_decimal("1234567890123456", &value));
    ck_assert(!scalar_decimal("999999999999999.5", &value));
    ck_assert(!scalar_rate("1/", &rate) && !scalar_rate("1", &rate) && !scalar_rate("/s", &rate));
    ck_assert(!scalar_size("1.5MiB", &bytes) && !scalar_size("9999999999GiB", &bytes));
}
END_TEST

static const struct {
    const char *text;
    int weekday, minute;
    bool covered;
} spans[] = {
    {"Mon-Fri 08:00-16:00", 1, 8 * 60, true},
    {"Mon-Fri 08:00-16:00", 1, 8 * 60 - 1, false},
    {"Mon-Fri 08:00-16:00", 5, 16 * 60 - 1, true},
    {"Mon-Fri 08:00-16:00", 5, 16 * 60, false},
    {"Mon-Fri 08:00-16:00", 6, 9 * 60, false},
    {"Sat,Sun 00:00-24:00", 0, 1439, true},
    {"sat-mon 10:00-11:00", 0, 630, true},
    {"Sat-Mon 10:00-11:00", 2, 630, false},
    {"Fri 22:00-06:00", 5, 23 * 60, true},
    {"Fri 22:00-06:00", 6, 5 * 60, true},
    {"Fri 22:00-06:00", 6, 6 * 60, false},
    {"Fri 22:00-06:00", 5, 5 * 60, false},
    {"Sat 22:00-06:00", 0, 60, true},
    {"12:00-13:00", 3, 720, true},
};

START_TEST(spans_cover)
{
    struct schedule s;
    ck_assert_int_eq(schedule_read(spans[_i].text, &s, NULL), 0);
    ck_assert_int_eq(schedule_covers(&s, spans[_i].weekday, spans[_i].minute), spans[_i].covered);
}
END_TEST

START_TEST(spans_refused)
{
    static const char *const wrong[] = {"",
                                        "Mon",
                                        "Mon ",
                                        "Mon 8:00-9:00",
                                        "Mo 08:00-09:00",
                                        "Mon- 08:00-09:00",
                                        "Mon, 08:00-09:00",
                                        "08:00",
                                        "08:00-24:01",
                                        "08:60-09:00",
                                        "08:00-08:00",
                                        "24:00-01:00",
                                        "08:00-09:00 ",
                                        "Mon-Fri  08:00-09:00",
                                        "Mon-Fri08:00-09:00"};
    struct schedule s;
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
        ck_assert_msg(schedule_read(wrong[i], &s, NULL) == -EINVAL, "%s", wrong[i]);
}
END_TEST

START_TEST(public_urls_hold_no_secret)
{
    static const struct {
        const char *url, *shown;
    } urls[] = {
        {"rtsp://u:p@h:554/s", "rtsp://…@h:554/s"},
        {"rtsp://u:p/w@h/s", "rtsp://…@h/s"},
        {"http://h/s?token=p", "http://h/s?…"},
        {"http://u:p@h/s#p", "http://…@h/s?…"},
        {"rtsp://u:p@w@h/s", "rtsp://…@h/s"},
        {"rtsp:u:p@h", "rtsp:…@h"},
        {"rtsp://u:p#w@h/s", "rtsp://…@h/s"},
        {"rtsp://u:1?w@h/s?token=p", "rtsp://…@h/s?…"},
        {"http://h/s?mail=a@b", "http://…@b"},
        {"alsa:hw:1,0", "alsa:hw:1,0"},
        {"file:/a@b?c", "file:/a@b?c"},
        {"mqtt://h", "mqtt://h"},
    };
    char shown[64];
    for (size_t i = 0; i < ARRAY_SIZE(urls); i++) {
        check_public_url(urls[i].url, shown, sizeof(shown));
        ck_assert_str_eq(shown, urls[i].shown);
    }
    check_public_url("rtsp://u:p@host/s", shown, 12);
    ck_assert_uint_lt(strlen(shown), 12);
}
END_TEST

START_TEST(source_urls)
{
    static const char *const good[] = {"alsa:hw:CARD=Mic",
                                       "alsa:default",
                                       "pipe:-",
                                       "pipe:/run/x",
                                       "pipe:-?rate=48000&channels=2",
                                       "pipe:/x?format=f32le",
                                       "file:/a b.wav",
                                       "rtsp://cam/s",
                                       "rtsps://[fe80::1]:322/s",
                                       "http://h",
                                       "https://h:8443/a?b",
                                       "rtsp://cam/p@th"};
    static const char *const bad[] = {"",
                                      "cam",
                                      "pipe:",
                                      "pipe:-x",
                                      "pipe:x",
                                      "file:",
                                      "alsa:",
                                      "rtsp://",
                                      "rtsp:///s",
                                      "rtsp://:554/s",
                                      "rtsp://h:/s",
                                      "rtsp://h:1x/s",
                                      "rtsp://[::1/s",
                                      "rtsp://[]/s",
                                      "rtsp://h h/s",
                                      "rtsp://u@h/s",
                                      "RTSP://h/s",
                                      "ftp://h/s"};
    for (size_t i = 0; i < ARRAY_SIZE(good); i++)
        ck_assert_msg(check_source_url(good[i], NULL), "%s", good[i]);
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        ck_assert_msg(!check_source_url(bad[i], NULL), "%s", bad[i]);
}
END_TEST

static Suite *keys_suite(void)
{
    Suite *s = suite_create("keys");
    TCase *t = tcase_create("keys");
    tcase_add_test(t, table_is_in_order);
    tcase_add_loop_test(t, guesses_are_what_was_meant, 0, ARRAY_SIZE(guesses));
    tcase_add_test(t, distances);
    tcase_add_loop_test(t, durations_are_exact, 0, ARRAY_SIZE(durations));
    tcase_add_loop_test(t, kinds_follow_yaml_1_2, 0, ARRAY_SIZE(kinds));
    tcase_add_test(t, numbers_go_there_and_back);
    tcase_add_loop_test(t, spans_cover, 0, ARRAY_SIZE(spans));
    tcase_add_test(t, spans_refused);
    tcase_add_test(t, source_urls);
    tcase_add_test(t, public_urls_hold_no_secret);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(keys_suite)
