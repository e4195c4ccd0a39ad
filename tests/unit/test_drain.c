#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "config/keys.h"
#include "daemon/drain.h"
#include "daemon/store.h"
#include "daemon/window.h"
#include "tests/unit/check_main.h"

static time_t later_s;

/* Boot time goes on as fast as a test wants. */
int clock_gettime(clockid_t id, struct timespec *ret)
{
    int r = (int)syscall(SYS_clock_gettime, id, ret);
    ret->tv_sec += id == CLOCK_BOOTTIME ? later_s : 0;
    return r;
}

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

static bool in_memory(struct drain *d)
{
    struct publisher_stats s;
    later_s++; /* figures are as old as that */
    (void)drain_turn(d);
    drain_stats(d, &s);
    return s.store_in_memory;
}

/* Nobody speaks, and the broker is away too: no event and no acknowledgement brings it about. */
START_TEST(a_disk_that_comes_back_is_taken_without_being_asked)
{
    static struct settings s = {.node = "gate-3"};
    char folder[UNIT_FOLDER_SIZE], path[64];
    struct reason why = {""};
    struct store *store;
    struct drain *d;
    struct event e = {.seq = 1, .source = "porch", .id = "01JDBX00000000000000000000"};
    s.mqtt.url = "mqtt://127.0.0.1:1";
    s.mqtt.version = MQTT_VERSION_5;
    s.mqtt.prefix = "earshot";
    s.mqtt.in_flight = 16;
    unit_folder(folder);
    snprintf(path, sizeof(path), "%s/events.db", folder);
    for (int with_event = 0; with_event < 2; with_event++) {
        ck_assert_int_eq(mkdir(path, 0700), 0); /* what no database can be in */
        ck_assert_int_eq(store_open(path, 1 << 20, 0, &store, &why), 1);
        struct publisher_params p = {.settings = &s, .store = store, .wake_fd = -1};
        ck_assert_msg(drain_new(&p, -1, &d, &why) == 0, "%s", why.text);
        if (with_event) {
            drain_add_event(d, &e);
            drain_commit(d);
        }
        ck_assert(in_memory(d));
        ck_assert_int_eq(rmdir(path), 0);
        later_s += STORE_RETRY_MS / 1000 + 1;
        ck_assert_msg(!in_memory(d), "with %d events", with_event);
        drain_free(d);
        store_close(store);
        ck_assert_int_eq(unlink(path), 0);
    }
    snprintf(path, sizeof(path), "%s/events.db-lock", folder);
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(what_the_settings_allow_in_flight_has_room)
{
    ck_assert_double_le(keys_find(KEY_NODE, "mqtt.in_flight")->max + 1, WINDOW_MAX); /* and the last word */
}
END_TEST

static Suite *drain_suite(void)
{
    Suite *s = suite_create("drain");
    TCase *t = tcase_create("drain");
    tcase_add_test(t, an_abandoned_drain_takes_any_number_of_events);
    tcase_add_test(t, a_disk_that_comes_back_is_taken_without_being_asked);
    tcase_add_test(t, what_the_settings_allow_in_flight_has_room);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(drain_suite)
