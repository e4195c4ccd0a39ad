#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "daemon/broker.h"
#include "tests/unit/check_main.h"

/* The connection's life by told times: no broker is needed to see how long it waits. Each
 * try really connects to a port where nobody listens, and its answer is not taken. */
#define S INT64_C(1000000000)

enum { MIN_MS = 1000, MAX_MS = 60000, TAKEN_OVER = 142 };

static struct broker *broker;
static int64_t now_ns;

static void setup(void)
{
    static struct settings s = {.node = "gate-3"};
    struct reason why = {""};
    s.mqtt.url = "mqtt://127.0.0.1:1";
    s.mqtt.version = MQTT_VERSION_5;
    s.mqtt.prefix = "earshot";
    s.mqtt.keep_alive_ms = 30000;
    struct broker_params p = {.settings = &s, .will_topic = "x", .wake_fd = eventfd(0, EFD_CLOEXEC),
                              .connect_deadline_ms = 10000, .backoff_min_ms = MIN_MS, .backoff_max_ms = MAX_MS};
    ck_assert_msg(broker_new(&p, &broker, &why) == 0, "%s", why.text);
    now_ns = 1000 * S;
}

static void teardown(void)
{
    broker_free(broker);
}

static void note(enum mqtt_note_type type, int code)
{
    struct mqtt_note n = {.type = type, .code = code, .receive_max = 20};
    snprintf(n.text, sizeof(n.text), "told");
    broker_note(broker, &n, now_ns);
}

/* How long it waits now, in ms; then it tries. */
static int64_t wait_and_try(void)
{
    int64_t due_ns = broker_step(broker, now_ns);
    ck_assert_int_eq(broker_state(broker), BROKER_IDLE);
    int64_t waits_ms = (due_ns - now_ns) / 1000000;
    now_ns = due_ns;
    broker_step(broker, now_ns);
    uint64_t changes;
    ck_assert_msg(broker_state(broker) == BROKER_CONNECTING, "%s", broker_text(broker, &changes));
    return waits_ms;
}

static void fail_often(int times)
{
    for (int i = 0; i < times; i++) {
        note(MQTT_UNREACHABLE, 0);
        wait_and_try();
    }
}

START_TEST(waits_grow_and_are_bounded)
{
    int64_t wants_ms = MIN_MS;
    broker_step(broker, now_ns);
    for (int i = 0; i < 12; i++) {
        note(MQTT_UNREACHABLE, 0);
        int64_t waits_ms = wait_and_try();
        ck_assert_int_ge(waits_ms, wants_ms / 2);
        ck_assert_int_le(waits_ms, wants_ms);
        wants_ms = wants_ms * 2 < MAX_MS ? wants_ms * 2 : MAX_MS;
    }
}
END_TEST

START_TEST(a_healthy_minute_makes_the_wait_short)
{
    broker_step(broker, now_ns);
    fail_often(10);
    note(MQTT_CONNECTED, 0);
    now_ns += 59 * S;
    note(MQTT_LOST, 0);
    ck_assert_int_ge(wait_and_try(), MAX_MS / 2);
    note(MQTT_CONNECTED, 0);
    now_ns += 60 * S;
    note(MQTT_LOST, 0);
    ck_assert_int_le(wait_and_try(), MIN_MS);
}
END_TEST

START_TEST(who_is_thrown_off_waits_longest)
{
    uint64_t changes;
    broker_step(broker, now_ns);
    note(MQTT_CONNECTED, 0);
    now_ns += 3600 * S;
    note(MQTT_LOST, TAKEN_OVER);
    ck_assert_ptr_nonnull(strstr(broker_text(broker, &changes), "told, next try in"));
    ck_assert_int_ge(wait_and_try(), MAX_MS / 2);
}
END_TEST

START_TEST(a_refresh_does_not_wait)
{
    broker_step(broker, now_ns);
    fail_often(10);
    note(MQTT_UNREACHABLE, 0);
    broker_refresh(broker, now_ns);
    broker_step(broker, now_ns);
    ck_assert_int_eq(broker_state(broker), BROKER_CONNECTING);
    note(MQTT_CONNECTED, 0);
    broker_refresh(broker, now_ns); /* no files, nothing to do */
    ck_assert_int_eq(broker_state(broker), BROKER_ONLINE);
}
END_TEST

static Suite *broker_suite(void)
{
    Suite *s = suite_create("broker");
    TCase *t = tcase_create("broker");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, waits_grow_and_are_bounded);
    tcase_add_test(t, a_healthy_minute_makes_the_wait_short);
    tcase_add_test(t, who_is_thrown_off_waits_longest);
    tcase_add_test(t, a_refresh_does_not_wait);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(broker_suite)
