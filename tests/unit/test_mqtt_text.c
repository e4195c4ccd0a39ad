#include <string.h>

#include "daemon/mqtt_text.h"
#include "tests/unit/check_main.h"

START_TEST(a_refusal_says_what_to_do)
{
    ck_assert_ptr_null(mqtt_refusal(true, 0, "Success"));
    ck_assert_ptr_null(mqtt_refusal(false, -3, ""));
    ck_assert_ptr_nonnull(strstr(mqtt_refusal(true, 1, "Granted QoS 1"), "mqtt.version"));
    ck_assert_str_eq(mqtt_refusal(false, 1, "Granted QoS 1"), "protocol version not supported");
    ck_assert_str_eq(mqtt_refusal(true, 4, ""), "bad user name or password"); /* an old broker's code */
    ck_assert_str_eq(mqtt_refusal(false, 5, ""), "not authorised");
    ck_assert_str_eq(mqtt_refusal(true, 135, "Not authorized"), "Not authorized");
    ck_assert_ptr_nonnull(mqtt_refusal(false, 255, ""));
}
END_TEST

START_TEST(the_reason_is_found_in_a_line_of_openssl)
{
    static const char line[] = "7F00:error:0A000086:SSL routines:f:certificate verify failed:statem.c:1889:\n";
    char found[32];
    ck_assert(mqtt_tls_error(line, sizeof(line) - 1, found, sizeof(found)));
    ck_assert_str_eq(found, "certificate verify failed");
    ck_assert(mqtt_tls_error(line, 50, found, sizeof(found))); /* no further than it is said to go */
    ck_assert_str_eq(found, "certificate ver");
    ck_assert(!mqtt_tls_error("a:b:c", 5, found, sizeof(found)));
    ck_assert(!mqtt_tls_error("", 0, found, sizeof(found)));
    ck_assert(mqtt_tls_error(line, sizeof(line) - 1, found, 5)); /* cut, not overrun */
    ck_assert_str_eq(found, "cert");
}
END_TEST

static Suite *mqtt_text_suite(void)
{
    Suite *s = suite_create("mqtt_text");
    TCase *t = tcase_create("mqtt_text");
    tcase_add_test(t, a_refusal_says_what_to_do);
    tcase_add_test(t, the_reason_is_found_in_a_line_of_openssl);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(mqtt_text_suite)
