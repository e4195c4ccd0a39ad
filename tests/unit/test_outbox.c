#include <stdio.h>
#include <string.h>

#include "daemon/outbox.h"
#include "daemon/window.h"
#include "tests/unit/check_main.h"

static struct outbox *o;

static void setup(void)
{
    ck_assert_int_eq(outbox_new(&o), 0);
}

static void teardown(void)
{
    outbox_free(o);
}

static int post(const char *topic, const char *payload, bool retained, uint64_t after)
{
    return outbox_post(o, &(struct outbox_message){.topic = (char *)topic, .payload = (char *)payload,
                                                    .retained = retained, .after = after});
}

static void expect(const char *topic, const char *payload, uint64_t after)
{
    const struct outbox_message *m = outbox_first(o);
    ck_assert_ptr_nonnull(m);
    ck_assert_str_eq(m->topic, topic);
    ck_assert_str_eq(m->payload, payload);
    ck_assert_uint_eq(m->after, after);
    outbox_pop(o);
}

START_TEST(latest_values_are_said_again)
{
    post("availability", "online", true, 0);
    post("hostile", "ON", true, 3);
    post("health", "1", false, 3);
    post("hostile", "OFF", true, 4);
    ck_assert_ptr_null(outbox_first(o)); /* not connected */
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(outbox_connected(o), 0);
        expect("availability", "online", 0);
        expect("hostile", "OFF", 0);
        ck_assert_ptr_null(outbox_first(o));
        outbox_disconnected(o);
    }
}
END_TEST

START_TEST(order_is_kept_while_connected)
{
    outbox_connected(o);
    post("hostile", "ON", true, 1);
    post("health", "1", false, 1);
    post("hostile", "OFF", true, 2);
    expect("hostile", "ON", 1);
    expect("health", "1", 1);
    expect("hostile", "OFF", 2);
    ck_assert_ptr_null(outbox_first(o));
    outbox_pop(o);
}
END_TEST

START_TEST(loss_drops_what_is_not_retained)
{
    outbox_connected(o);
    post("a", "1", true, 1);
    post("response", "1", false, 1);
    outbox_disconnected(o);
    ck_assert_ptr_null(outbox_first(o));
    outbox_connected(o);
    expect("a", "1", 0);
    ck_assert_ptr_null(outbox_first(o));
}
END_TEST

START_TEST(full_queue_keeps_the_latest)
{
    char payload[16];
    outbox_connected(o);
    for (int i = 0; i < 5000; i++) {
        snprintf(payload, sizeof(payload), "%d", i);
        ck_assert_int_eq(post(i % 2 ? "hostile" : "state", payload, true, (uint64_t)i), 0);
        ck_assert_int_eq(post("health", payload, false, (uint64_t)i), 0);
    }
    ck_assert_uint_le(outbox_queued(o), OUTBOX_MAX_QUEUED);
    char hostile[16] = "", state[16] = "", health[16] = "";
    uint64_t after = 0;
    for (const struct outbox_message *m; (m = outbox_first(o)); outbox_pop(o)) {
        ck_assert_uint_ge(m->after, after);
        after = m->after;
        snprintf(m->topic[0] == 's' ? state : m->topic[2] == 's' ? hostile : health, 16, "%s", m->payload);
    }
    ck_assert_str_eq(hostile, "4999");
    ck_assert_str_eq(state, "4998");
    ck_assert_str_eq(health, "4999");
}
END_TEST

START_TEST(topics_are_bounded)
{
    char topic[16];
    for (int i = 0; i < OUTBOX_MAX_TOPICS; i++) {
        snprintf(topic, sizeof(topic), "t%d", i);
        ck_assert_int_eq(post(topic, "x", true, 0), 0);
    }
    ck_assert_int_eq(post("one more", "x", true, 0), -ENOBUFS);
    ck_assert_int_eq(post("t7", "y", true, 0), 0);
    ck_assert_int_eq(outbox_connected(o), 0);
    ck_assert_uint_eq(outbox_queued(o), OUTBOX_MAX_TOPICS);
    ck_assert_int_eq(post("t9", "", true, 0), 0); /* its source is there no more */
    ck_assert_int_eq(post("one more", "x", true, 0), 0);
    ck_assert_int_eq(post("and one more", "x", true, 0), -ENOBUFS);
}
END_TEST

START_TEST(a_topic_is_forgotten_wherever_it_waits)
{
    outbox_connected(o);
    post("availability", "online", true, 0);
    post("hostile", "OFF", true, 0);
    post("availability", "online", true, 0);
    outbox_forget(o, "availability");
    outbox_forget(o, "nobody's");
    for (int i = 0; i < 2; i++) {
        expect("hostile", "OFF", 0);
        ck_assert_ptr_null(outbox_first(o));
        ck_assert_int_eq(outbox_again(o), 0);
    }
}
END_TEST

START_TEST(window_holds_and_gives_back)
{
    struct window w;
    struct window_slot s;
    window_init(&w);
    window_open(&w, 3);
    ck_assert_int_eq(window_oldest_ns(&w) == INT64_MAX, 1);
    uint64_t a = window_add(&w, 10, 7, 100), b = window_add(&w, 0, 7, 200), c = window_add(&w, 11, 7, 300);
    ck_assert(a && b && c && a != b && b != c);
    ck_assert_uint_eq(window_add(&w, 12, 7, 400), 0);
    ck_assert(window_has(&w, 11) && !window_has(&w, 12));
    ck_assert_int_eq(window_oldest_ns(&w), 100);
    ck_assert(window_take(&w, a, &s));
    ck_assert_uint_eq(s.seq, 10);
    ck_assert_uint_eq(s.topic, 7);
    ck_assert(!window_take(&w, a, &s)); /* acknowledged twice */
    ck_assert(!window_take(&w, 0, &s));
    ck_assert_int_eq(window_oldest_ns(&w), 200);
    uint64_t d = window_add(&w, 12, 7, 400);
    ck_assert_uint_gt(d, c);
    window_open(&w, 2); /* a new connection */
    ck_assert(!window_take(&w, d, &s)); /* late: of the old one */
    ck_assert_uint_gt(window_add(&w, 12, 7, 500), d);
}
END_TEST

/* It is told anew on each connection, so it must not become a text, nor the room of another. */
START_TEST(a_message_may_hold_an_event)
{
    char topic[16];
    struct event e = {.seq = 7, .source = "porch"};
    struct outbox_message m = {.topic = (char[]){"last_event"}, .event = &e, .retained = true};
    ck_assert_int_eq(outbox_post(o, &m), 0);
    e.seq = 8; /* a copy was taken */
    for (int i = 1; i < OUTBOX_MAX_TOPICS; i++) {
        snprintf(topic, sizeof(topic), "t%d", i);
        ck_assert_int_eq(post(topic, "x", true, 0), 0);
    }
    ck_assert_int_eq(post("one more", "x", true, 0), -ENOBUFS);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(outbox_connected(o), 0);
        const struct outbox_message *first = outbox_first(o);
        ck_assert_str_eq(first->topic, "last_event");
        ck_assert_uint_eq(first->event->seq, 7);
        ck_assert_ptr_null(first->payload);
        outbox_pop(o);
    }
    ck_assert_int_eq(post("last_event", "", true, 0), 0);
    ck_assert_int_eq(post("one more", "x", true, 0), 0);
}
END_TEST

static Suite *outbox_suite(void)
{
    Suite *s = suite_create("outbox");
    TCase *t = tcase_create("outbox");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, latest_values_are_said_again);
    tcase_add_test(t, order_is_kept_while_connected);
    tcase_add_test(t, loss_drops_what_is_not_retained);
    tcase_add_test(t, full_queue_keeps_the_latest);
    tcase_add_test(t, topics_are_bounded);
    tcase_add_test(t, a_topic_is_forgotten_wherever_it_waits);
    tcase_add_test(t, a_message_may_hold_an_event);
    tcase_add_test(t, window_holds_and_gives_back);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(outbox_suite)
