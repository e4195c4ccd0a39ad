#include <math.h>
#include <string.h>

#include "daemon/near.h"
#include "tests/unit/check_main.h"

static const struct decide_params params = {
    .n_labels = 3, .start = {0.7f, 0.7f, INFINITY}, .stay = {0.5f, 0.5f, INFINITY}, .min_windows = 2};

static bool window(struct near_track *t, float a, float b, struct near_window w, struct near_miss *ret)
{
    const float p[3] = {a, b, 1}; /* the third label is off */
    w.p = p;
    return near_feed(t, &params, &w, ret);
}

START_TEST(is_told_once_when_it_is_over)
{
    struct near_track t = {0};
    struct near_miss m;
    ck_assert(!window(&t, 0.1f, 0.2f, (struct near_window){.time_ms = 1}, &m));
    ck_assert(!window(&t, 0.1f, 0.55f, (struct near_window){.time_ms = 2, .dbfs = -30}, &m));
    ck_assert(!window(&t, 0.6f, 0.55f, (struct near_window){.time_ms = 3, .dbfs = -20}, &m));
    ck_assert(!window(&t, 0.1f, 0.52f, (struct near_window){.time_ms = 4, .dbfs = -40}, &m));
    ck_assert(window(&t, 0.1f, 0.2f, (struct near_window){.time_ms = 5}, &m));
    ck_assert_int_eq(m.cause, NEAR_THRESHOLDS);
    ck_assert_int_eq(m.label, 0);
    ck_assert_float_eq(m.peak, 0.6f);
    ck_assert_float_eq(m.threshold, 0.7f);
    ck_assert_int_eq(m.time_ms, 3);
    ck_assert_double_eq(m.dbfs, -20);
    ck_assert_int_eq(m.windows, 3);
    ck_assert_int_eq(m.over, 0);
    ck_assert(!window(&t, 0.1f, 0.2f, (struct near_window){.time_ms = 6}, &m));
}
END_TEST

START_TEST(causes)
{
    static const struct {
        struct near_window w;
        enum near_cause cause;
        const char *name;
    } cases[] = {{{0}, NEAR_MIN_WINDOWS, "min_windows"},
                 {{.kept_back = true}, NEAR_MAX_EVENTS, "max_events"},
                 {{.muted = true}, NEAR_MUTE, "mute"}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct near_track t = {0};
        struct near_miss m;
        ck_assert(!window(&t, 0.6f, 0, cases[i].w, &m));
        ck_assert(!window(&t, 0.9f, 0, cases[i].w, &m));
        ck_assert(!window(&t, 0.6f, 0, cases[i].w, &m));
        ck_assert(window(&t, 0, 0, cases[i].w, &m));
        ck_assert_int_eq(m.cause, cases[i].cause);
        ck_assert_str_eq(near_cause_name(m.cause), cases[i].name);
        ck_assert_int_eq(m.over, 1);
    }
}
END_TEST

START_TEST(under_the_threshold_is_not_the_fault_of_a_mute)
{
    struct near_track t = {0};
    struct near_miss m;
    ck_assert(!window(&t, 0.6f, 0, (struct near_window){.muted = true}, &m));
    ck_assert(window(&t, 0, 0, (struct near_window){.muted = true}, &m));
    ck_assert_int_eq(m.cause, NEAR_THRESHOLDS);
}
END_TEST

START_TEST(what_becomes_an_event_is_none)
{
    struct near_track t = {0};
    struct near_miss m;
    ck_assert(!window(&t, 0.6f, 0, (struct near_window){0}, &m));
    ck_assert(!window(&t, 0.9f, 0, (struct near_window){.event = true}, &m));
    ck_assert(!window(&t, 0, 0, (struct near_window){.event = true}, &m));
    ck_assert(!window(&t, 0, 0, (struct near_window){0}, &m));
}
END_TEST

/* At this time since boot, by a clock on the wall that is shift_ms before it. */
static bool listen_at(struct near_track *t, bool closed, double dbfs, int64_t ms, int64_t shift_ms, struct near_miss *m)
{
    struct near_level l = {closed, dbfs, -60, ms * 1000000, ms + shift_ms};
    return near_listen(t, &l, m);
}

START_TEST(behind_the_gate)
{
    struct near_track t = {0};
    struct near_miss m;
    ck_assert(!listen_at(&t, true, -90, 1000, 0, &m)); /* far off */
    ck_assert(!listen_at(&t, true, -65, 2000, 0, &m));
    ck_assert(!listen_at(&t, true, -61, 3000, 0, &m));
    ck_assert(!listen_at(&t, true, -64, 4000, 0, &m));
    ck_assert(listen_at(&t, true, -INFINITY, 5000, 0, &m));
    ck_assert_int_eq(m.cause, NEAR_GATE_DBFS);
    ck_assert_str_eq(near_cause_name(m.cause), "gate_dbfs");
    ck_assert_int_eq(m.label, -1);
    ck_assert_double_eq(m.dbfs, -61);
    ck_assert_double_eq(m.limit, -60);
    ck_assert_int_eq(m.time_ms, 2000);
    ck_assert(!listen_at(&t, false, -50, 6000, 0, &m));
    for (int i = 0; i < 1200; i++) /* a hum for ten minutes is told once, wherever the clock on the wall is set to */
        ck_assert(!listen_at(&t, true, -63, 10000 + 500 * i, i < 100 ? 0 : i < 800 ? 86400000 : -86400000, &m));
    ck_assert(listen_at(&t, true, -63, 610000, -86400000, &m));
    ck_assert_int_eq(m.time_ms, 10000);
}
END_TEST

START_TEST(the_last_are_kept)
{
    static struct near_log l;
    struct near_miss m = {0};
    ck_assert_ptr_null(near_at(&l, 0));
    for (int i = 0; i < NEAR_LOG + 3; i++) {
        m.time_ms = i;
        near_add(&l, &m);
    }
    ck_assert_int_eq(near_at(&l, 0)->time_ms, 3);
    ck_assert_int_eq(near_at(&l, NEAR_LOG - 1)->time_ms, NEAR_LOG + 2);
    ck_assert_ptr_null(near_at(&l, NEAR_LOG));
}
END_TEST

static Suite *near_suite(void)
{
    Suite *s = suite_create("near");
    TCase *t = tcase_create("near");
    tcase_add_test(t, is_told_once_when_it_is_over);
    tcase_add_test(t, causes);
    tcase_add_test(t, under_the_threshold_is_not_the_fault_of_a_mute);
    tcase_add_test(t, what_becomes_an_event_is_none);
    tcase_add_test(t, behind_the_gate);
    tcase_add_test(t, the_last_are_kept);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(near_suite)
