#include <stdio.h>

#include "daemon/mqtt_box.h"
#include "tests/unit/check_main.h"

static void put(struct mqtt_box *b, int number)
{
    struct mqtt_received r = {.retained = number % 2};
    snprintf(r.topic, sizeof(r.topic), "%d", number);
    mqtt_box_put(b, &r);
}

static void take(struct mqtt_box *b, int number)
{
    struct mqtt_received r;
    char topic[16];
    snprintf(topic, sizeof(topic), "%d", number);
    ck_assert(mqtt_box_take(b, &r));
    ck_assert_str_eq(r.topic, topic);
    ck_assert_int_eq(r.retained, number % 2);
}

START_TEST(first_in_first_out)
{
    struct mqtt_box *b = mqtt_box_new(3);
    for (int i = 0; i < 10; i++) {
        put(b, 2 * i);
        put(b, 2 * i + 1);
        take(b, 2 * i);
        take(b, 2 * i + 1);
    }
    struct mqtt_received r;
    ck_assert(!mqtt_box_take(b, &r));
    ck_assert_uint_eq(mqtt_box_lost(b), 0);
    mqtt_box_free(b);
}
END_TEST

START_TEST(what_finds_no_room_is_counted)
{
    struct mqtt_box *b = mqtt_box_new(3);
    for (int i = 0; i < 5; i++)
        put(b, i);
    ck_assert_uint_eq(mqtt_box_lost(b), 2);
    ck_assert_uint_eq(mqtt_box_lost(b), 0);
    take(b, 0);
    put(b, 5);
    put(b, 6);
    ck_assert_uint_eq(mqtt_box_lost(b), 1);
    take(b, 1);
    take(b, 2);
    take(b, 5);
    struct mqtt_received r;
    ck_assert(!mqtt_box_take(b, &r));
    mqtt_box_free(b);
    mqtt_box_free(NULL);
}
END_TEST

static Suite *mqtt_box_suite(void)
{
    Suite *s = suite_create("mqtt_box");
    TCase *t = tcase_create("mqtt_box");
    tcase_add_test(t, first_in_first_out);
    tcase_add_test(t, what_finds_no_room_is_counted);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(mqtt_box_suite)
