#include <stdio.h>
#include <string.h>

#include "config/keys.h"
#include "daemon/drain.h"
#include "daemon/store.h"
#include "daemon/window.h"
#include "tests/unit/check_main.h"

/* Main has given up on the thread and closes the store; the thread comes back from
 * the MQTT library and finds a long queue. */
START_TEST(an_abandoned_drain_takes_any_number_of_events)
{
    static struct settings s = {.node = "gate-3"};
    struct reason why = {""};
    struct store *store;
    struct drain *d;
    struct event e = {.source = "porch", .id = "01JDBX00000000000000000000"};
    s.mqtt.url = "mqtt://127.0.0.1:1";
    s.mqtt.version = MQTT_VERSION_5;
    s.mqtt.prefix = "earshot";
    s.mqtt.in_flight = 16;
    ck_assert_int_eq(store_open(NULL, 1 << 20, 0, &store, &why), 0);
    struct publisher_params p = {.settings = &s, .store = store, .wake_fd = -1};
    ck_assert_msg(drain_new(&p, -1, &d, &why) == 0, "%s", why.text);
    drain_abandon(d);
    for (int batch = 0; batch < 3; batch++) {
        for (int i = 0; i < DRAIN_BATCH; i++) {
            e.seq++;
            drain_add_event(d, &e);
        }
        drain_commit(d);
    }
    struct event left;
    ck_assert_int_eq(store_unsent(store, 0, &left, 1), 0); /* it is main's */
    drain_free(d);
    store_close(store);
}
END_TEST

START_TEST(what_the_settings_allow_in_flight_has_room)
{
    ck_assert_double_le(keys_find(KEY_NODE, "mqtt.in_flight")->max, WINDOW_MAX);
}
END_TEST

static Suite *drain_suite(void)
{
    Suite *s = suite_create("drain");
    TCase *t = tcase_create("drain");
    tcase_add_test(t, an_abandoned_drain_takes_any_number_of_events);
    tcase_add_test(t, what_the_settings_allow_in_flight_has_room);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(drain_suite)
