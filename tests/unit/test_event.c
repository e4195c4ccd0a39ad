#include <string.h>

#include "daemon/event.h"
#include "tests/unit/check_main.h"

#define S 1000000000LL

static struct event_log a_log(void)
{
    struct event_log l = {.node = "gate-3", .boot_id = "b", .model = "m/1+00", .n_labels = 2,
                          .label_name = {"threat", "abuse"}, .next_seq = 1042, .random = {1, 2}};
    return l;
}

static struct event_track a_track(void)
{
    struct event_track t = {.source = "porch", .sensitivity = "medium", .threshold = {0.7f, 0.6f}};
    return t;
}

static struct event_now at(int64_t boot_ns, const float *p)
{
    /* the wall clock is set back by an hour at 10 s of uptime */
    int64_t wall_ms = 1732336267123 + boot_ns / 1000000 - (boot_ns > 10 * S ? 3600000 : 0);
    return (struct event_now){boot_ns, wall_ms, p, -23.1, 4.1, true, 0};
}

START_TEST(start_update_end_share_id_and_count_up)
{
    struct event_log l = a_log();
    struct event_track t = a_track();
    struct event e;
    float p[2] = {0.93f, 0.2f};
    struct event_now now = at(9 * S, p);
    event_start(&l, &t, 0, &now, &e);
    ck_assert_int_eq(e.type, EVENT_START);
    ck_assert_uint_eq(e.seq, 1042);
    ck_assert_uint_eq(strlen(e.id), 26);
    ck_assert_int_eq(strncmp(e.id, "01JDBMKMMV", 10), 0); /* the time of day in front, as ULIDs have it */
    ck_assert_int_eq(e.time_ms, e.started_ms);
    ck_assert_int_eq(e.ended_ms, 0);
    ck_assert_float_eq(e.threshold, 0.7f);
    char id[EVENT_ID_SIZE];
    strcpy(id, e.id);

    p[0] = 0.97f;
    now = at(11 * S, p);
    ck_assert(event_more(&l, &t, 0, &now, &e));
    ck_assert_int_eq(e.type, EVENT_UPDATE);
    ck_assert_uint_eq(e.seq, 1043);
    ck_assert_float_eq(e.peak, 0.97f);
    ck_assert_int_eq(e.time_ms - e.started_ms, 2000); /* though the clock was set back */

    now = at(14 * S, NULL);
    event_end(&l, &t, END_QUIET, 12 * S, &now, &e);
    ck_assert_str_eq(e.id, id);
    ck_assert_uint_eq(e.seq, 1044);
    ck_assert_int_eq(e.ended_ms - e.started_ms, 3000);
    ck_assert_int_eq(e.duration_ms, 3000);
    ck_assert_int_eq(e.time_ms - e.started_ms, 5000);
    ck_assert_str_eq(event_end_name(e.end_reason), "quiet");
    ck_assert_float_eq(e.peak, 0.97f);
    ck_assert(!t.open);

    now = at(20 * S, p);
    event_start(&l, &t, 1, &now, &e);
    ck_assert_str_ne(e.id, id);
}
END_TEST

START_TEST(updates_only_on_change_and_once_a_second)
{
    struct event_log l = a_log();
    struct event_track t = a_track();
    struct event e;
    float p[2] = {0.8f, 0.2f};
    struct event_now now = at(S, p);
    event_start(&l, &t, 0, &now, &e);
    int updates = 0;
    for (int i = 1; i <= 50; i++) { /* 8 s of the same and of less */
        p[0] = i % 2 ? 0.8f : 0.75f;
        now = at(S + i * S * 160 / 1000, p);
        updates += event_more(&l, &t, 0, &now, &e);
    }
    ck_assert_int_eq(updates, 0);
    for (int i = 51; i <= 100; i++) { /* 8 s of ever more */
        p[0] = 0.8f + (float)i * 0.001f;
        now = at(S + i * S * 160 / 1000, p);
        updates += event_more(&l, &t, 0, &now, &e);
    }
    ck_assert_int_ge(updates, 7);
    ck_assert_int_le(updates, 8);
    int before = updates;
    now = at(20 * S, p);
    updates += event_more(&l, &t, -1, &now, &e); /* said: the last peak */
    now = at(22 * S, p);
    ck_assert(!event_more(&l, &t, -1, &now, &e));
    event_source_changed(&t);
    now = at(24 * S, p);
    ck_assert(event_more(&l, &t, -1, &now, &e));
    ck_assert_int_le(updates - before, 1);
}
END_TEST

START_TEST(the_label_that_peaked_highest_names_the_event)
{
    struct event_log l = a_log();
    struct event_track t = a_track();
    struct event e;
    float p[2] = {0.8f, 0.2f};
    struct event_now now = at(S, p);
    event_start(&l, &t, 0, &now, &e);
    p[0] = 0.3f;
    p[1] = 0.79f; /* over its threshold, but lower than the peak */
    now = at(3 * S, p);
    ck_assert(!event_more(&l, &t, 1, &now, &e));
    p[1] = 0.9f;
    now = at(5 * S, p);
    ck_assert(event_more(&l, &t, 1, &now, &e));
    ck_assert_int_eq(e.label, 1);
    ck_assert_float_eq(e.threshold, 0.6f);
    ck_assert_float_eq(e.score, 0.9f);
}
END_TEST

START_TEST(a_crash_is_ended_where_it_was_last_seen)
{
    struct event_log l = a_log();
    struct event_track t = a_track();
    struct event last, e;
    float p[2] = {0.8f, 0.2f};
    struct event_now now = at(S, p);
    event_start(&l, &t, 0, &now, &last);
    l.next_seq = 2000;
    event_crashed(&l, &last, &e);
    ck_assert_int_eq(e.type, EVENT_END);
    ck_assert_uint_eq(e.seq, 2000);
    ck_assert_str_eq(e.id, last.id);
    ck_assert_str_eq(event_end_name(e.end_reason), "crash");
    ck_assert_int_eq(e.ended_ms, last.time_ms);
    ck_assert_double_lt(e.latency_ms, 0);
}
END_TEST

/* A box without a battery: it starts in 1970, hears something, and only then learns the time. */
START_TEST(times_are_right_once_the_clock_is)
{
    struct event_log l = a_log();
    struct event_track t = a_track();
    struct event start, e;
    float p[2] = {0.93f, 0.2f};
    struct event_now now = at(2 * S, p);
    now.wall_ms = 5000;
    now.clock_synced = false;
    event_start(&l, &t, 0, &now, &start);
    now = at(4 * S, p);
    event_end(&l, &t, END_QUIET, 3 * S, &now, &e);
    ck_assert(e.clock_synced);
    ck_assert_int_eq(e.started_ms, now.wall_ms - 2000);
    ck_assert_int_eq(e.time_ms, now.wall_ms);
    ck_assert_int_eq(e.ended_ms, now.wall_ms - 1000);

    /* The start waited in the store meanwhile, and is stamped anew when it is sent. */
    struct event sent = start, old = start;
    event_restamp(&sent, now.wall_ms + 6000, 10 * S);
    ck_assert(sent.clock_synced);
    ck_assert_int_eq(sent.time_ms, now.wall_ms - 2000);
    ck_assert_int_eq(sent.started_ms, sent.time_ms);
    ck_assert_int_eq(sent.ended_ms, 0);
    old.boot_ns = 0; /* of an older boot: nobody knows */
    event_restamp(&old, now.wall_ms, 10 * S);
    ck_assert(!old.clock_synced);
    ck_assert_int_eq(old.time_ms, 5000);
}
END_TEST

static Suite *event_suite(void)
{
    Suite *s = suite_create("event");
    TCase *t = tcase_create("event");
    tcase_add_test(t, start_update_end_share_id_and_count_up);
    tcase_add_test(t, updates_only_on_change_and_once_a_second);
    tcase_add_test(t, the_label_that_peaked_highest_names_the_event);
    tcase_add_test(t, times_are_right_once_the_clock_is);
    tcase_add_test(t, a_crash_is_ended_where_it_was_last_seen);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(event_suite)
