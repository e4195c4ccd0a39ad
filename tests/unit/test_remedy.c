#include <string.h>

#include "audio/capture.h"
#include "config/base.h"
#include "daemon/remedy.h"
#include "tests/unit/check_main.h"

static const char *const kinds[] = {"alsa", "pipe", "file", "rtsp", "http"};

/* Only what heals by itself, or is as the operator wants it, needs nobody. */
START_TEST(each_failure_of_a_camera_has_one)
{
    static const char heals[] = " stalled no_writer disconnected ended ";
    for (int i = 0; capture_reasons[i]; i++) {
        char word[40];
        snprintf(word, sizeof(word), " %s ", capture_reasons[i]);
        const char *remedy = remedy_source(kinds[_i], capture_reasons[i], false);
        ck_assert_msg(!*remedy == !!strstr(heals, word), "%s: \"%s\"", capture_reasons[i], remedy);
    }
    ck_assert_str_eq(remedy_source(kinds[_i], "no such word", false), "");
}
END_TEST

START_TEST(a_microphone_or_a_file_is_no_camera)
{
    static const char *const of_a_camera[] = {"camera", "password_file", "ffprobe", "ping", "port"};
    for (int i = 0; capture_reasons[i]; i++) {
        const char *remedy = remedy_source(kinds[_i], capture_reasons[i], true);
        for (size_t w = 0; w < ARRAY_SIZE(of_a_camera); w++)
            ck_assert_msg(!strstr(remedy, of_a_camera[w]), "%s, %s: \"%s\"", kinds[_i], capture_reasons[i], remedy);
    }
    ck_assert_str_ne(remedy_source(kinds[_i], "no_file", false), "");
    ck_assert_str_ne(remedy_source(kinds[_i], "no_device", false), "");
}
END_TEST

/* A microphone that the sandbox denies has no password to look at. */
START_TEST(what_this_box_forbids_is_not_a_login)
{
    ck_assert_ptr_nonnull(strstr(remedy_source("rtsp", "unauthorized", false), "password_file"));
    const char *remedy = remedy_source("alsa", "forbidden", false);
    ck_assert_ptr_null(strstr(remedy, "password"));
    ck_assert_ptr_null(strstr(remedy, "camera"));
    ck_assert_ptr_nonnull(strstr(remedy, "the group audio"));
    ck_assert_ptr_nonnull(strstr(remedy, "systemctl restart earshotd"));
}
END_TEST

/* systemd copied it when the service started: the right password in its file is not enough. */
START_TEST(a_changed_credential_takes_a_restart)
{
    static const char restart[] = "systemctl restart earshotd";
    ck_assert_ptr_nonnull(strstr(remedy_source("rtsp", "unauthorized", true), restart));
    ck_assert_ptr_null(strstr(remedy_source("rtsp", "unauthorized", false), restart));
    ck_assert_str_eq(remedy_source("http", "refused", true), remedy_source("http", "refused", false));
    static const char *const login[] = {"refused: bad user name or password", "refused: Not authorized"};
    for (size_t i = 0; i < 2; i++) {
        ck_assert_ptr_nonnull(strstr(remedy_broker(login[i], true), restart));
        ck_assert_ptr_null(strstr(remedy_broker(login[i], false), restart));
    }
    static const char *const list[] = {"messages refused: Not authorized",
                                       "the subscription of earshot/gate/cmd/+ refused: Not authorized"};
    for (size_t i = 0; i < 2; i++)
        ck_assert_ptr_nonnull(strstr(remedy_broker(list[i], true), "access list")); /* the password was right */
    ck_assert_str_eq(remedy_broker("not reachable", true), remedy_broker("not reachable", false));
}
END_TEST

/* `earshot monitor` reads no settings, and its broker is not that of the service. */
START_TEST(options_have_other_names)
{
    static const char *const said[] = {
        "not reachable", "TLS: certificate verify failed", "TLS: no protocols available", "refused: Not authorized",
        "refused: bad user name or password", "refused: protocol version not supported", "no answer", "refused: not authorised",
        "not reachable, speaks no TLS, or its certificate does not hold the name gate"};
    char ret[REMEDY_SIZE];
    for (size_t i = 0; i < ARRAY_SIZE(said); i++) {
        remedy_options(said[i], true, ret);
        ck_assert_msg(!strstr(ret, "mqtt.") && !strstr(ret, "earshot"), "%s", ret);
        ck_assert_uint_lt(strlen(ret), REMEDY_SIZE - 1);
    }
    remedy_options("not reachable", true, ret);
    ck_assert_str_eq(ret, "are host and port in --broker right, and does the broker run?");
    remedy_options("not reachable", false, ret);
    ck_assert_str_eq(ret, "does a broker run on this box? --broker URL names another one");
    remedy_options("TLS: certificate verify failed", true, ret);
    ck_assert_ptr_nonnull(strstr(ret, "come from --ca-file, or from an authority"));
    remedy_options("refused: not authorised", true, ret);
    ck_assert_ptr_nonnull(strstr(ret, "are --username and --password-file what the broker has?"));
    for (int i = 0; capture_reasons[i]; i++) {
        const char *remedy = remedy_url("rtsp", capture_reasons[i]);
        ck_assert_msg(!strstr(remedy, "service") && !strstr(remedy, "password_file"), "%s", remedy);
        ck_assert_msg(!*remedy == !*remedy_source("rtsp", capture_reasons[i], false), "%s", capture_reasons[i]);
    }
}
END_TEST

static Suite *remedy_suite(void)
{
    Suite *s = suite_create("remedy");
    TCase *t = tcase_create("remedy");
    tcase_add_loop_test(t, a_microphone_or_a_file_is_no_camera, 0, 3);
    tcase_add_loop_test(t, each_failure_of_a_camera_has_one, 3, 5);
    tcase_add_test(t, what_this_box_forbids_is_not_a_login);
    tcase_add_test(t, a_changed_credential_takes_a_restart);
    tcase_add_test(t, options_have_other_names);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(remedy_suite)
