#include <math.h>
#include <stdio.h>
#include <string.h>

#include "daemon/decide.h"
#include "tests/unit/check_main.h"

enum { HOP_MS = 160 };

static struct model a_model(void)
{
    struct model m = {.name = "m", .version = "1", .n_labels = 3};
    const char *const names[] = {"threat", "abuse", "order"};
    for (int i = 0; i < 3; i++) {
        snprintf(m.label[i], sizeof(m.label[i]), "%s", names[i]);
        m.threshold[SENSITIVITY_LOW][i] = 0.9f;
        m.threshold[SENSITIVITY_MEDIUM][i] = 0.7f;
        m.threshold[SENSITIVITY_HIGH][i] = 0.5f;
    }
    return m;
}

static struct settings_source a_source(void)
{
    return (struct settings_source){
        .name = "porch", .sensitivity.level = SENSITIVITY_MEDIUM, .hold_ms = 2000, .min_windows = 2,
        .max_events = {10, 60}, .enabled = true};
}

static struct decide a_decide(const struct settings_source *s)
{
    struct model m = a_model();
    struct decide_params p;
    struct reason why;
    struct decide d;
    ck_assert_int_ge(decide_params_make(s, &m, &p, &why), 0);
    decide_init(&d, &p);
    return d;
}

/* One window of threat = p at the given time. */
static enum decide_verdict window(struct decide *d, int64_t at_ms, float p)
{
    float scores[3] = {p, 0.1f, 0.1f};
    int label;
    return decide_feed(d, scores, at_ms * 1000000, &label);
}

START_TEST(starts_after_min_windows_and_ends_after_hold)
{
    struct settings_source s = a_source();
    struct decide d = a_decide(&s);
    ck_assert_int_eq(window(&d, 0, 0.71f), DECIDE_NOTHING);
    ck_assert_int_eq(window(&d, 160, 0.2f), DECIDE_NOTHING); /* running windows, not any two */
    ck_assert_int_eq(window(&d, 320, 0.71f), DECIDE_NOTHING);
    ck_assert_int_eq(window(&d, 480, 0.7f), DECIDE_START);
    ck_assert_int_eq(window(&d, 640, 0.1f), DECIDE_MORE);
    ck_assert_int_eq(window(&d, 2400, 0.1f), DECIDE_MORE);
    ck_assert_int_eq(d.last_over_ns, 480000000);
    ck_assert_int_eq(window(&d, 2480, 0.1f), DECIDE_END);
    ck_assert_int_eq(window(&d, 2640, 0.1f), DECIDE_NOTHING);
}
END_TEST

START_TEST(trembling_around_the_threshold_is_one_event)
{
    struct settings_source s = a_source();
    struct decide d = a_decide(&s);
    int starts = 0, ends = 0;
    for (int i = 0; i < 200; i++) { /* 32 s between 0.6 and 0.75: stay is at 0.46 */
        enum decide_verdict v = window(&d, i * HOP_MS, i % 25 < 2 ? 0.75f : 0.6f);
        starts += v == DECIDE_START;
        ends += v == DECIDE_END;
    }
    ck_assert_int_eq(starts, 1);
    ck_assert_int_eq(ends, 0);
    ck_assert_float_eq_tol(d.params.stay[0], 0.4619f, 1e-3f);
}
END_TEST

START_TEST(a_tick_ends_what_no_window_ends)
{
    struct settings_source s = a_source();
    struct decide d = a_decide(&s);
    window(&d, 0, 0.9f);
    ck_assert_int_eq(window(&d, 160, 0.9f), DECIDE_START);
    ck_assert_int_eq(decide_tick(&d, 2000 * 1000000LL), DECIDE_MORE);
    ck_assert_int_eq(decide_tick(&d, 2160 * 1000000LL), DECIDE_END);
    ck_assert_int_eq(decide_tick(&d, 9000 * 1000000LL), DECIDE_NOTHING);
}
END_TEST

START_TEST(rate_limit_keeps_back_and_counts)
{
    struct settings_source s = a_source();
    s.max_events = (struct rate){2, 60};
    s.hold_ms = 100;
    struct decide d = a_decide(&s);
    int starts = 0, ends = 0;
    for (int i = 0; i < 10; i++) { /* ten events in 20 s */
        int64_t t = i * 2000;
        window(&d, t, 0.9f);
        starts += window(&d, t + 160, 0.9f) == DECIDE_START;
        ends += window(&d, t + 1000, 0.1f) == DECIDE_END;
    }
    ck_assert_int_eq(starts, 2);
    ck_assert_int_eq(ends, 2); /* what is kept back has no end either */
    ck_assert_uint_eq(decide_take_suppressed(&d), 8);
    ck_assert_uint_eq(decide_take_suppressed(&d), 0);
    window(&d, 100000, 0.9f);
    ck_assert_int_eq(window(&d, 100160, 0.9f), DECIDE_START); /* the bucket has filled again */
}
END_TEST

START_TEST(labels_and_thresholds_are_the_sources)
{
    struct settings_source s = a_source();
    s.labels = (struct strings){2, {(char *)"abuse", (char *)"order"}};
    s.thresholds.n = 1;
    s.thresholds.item[0].label = (char *)"order";
    s.thresholds.item[0].probability = 0.95;
    struct decide d = a_decide(&s);
    float p[3] = {1.0f, 0.1f, 0.94f};
    int label;
    decide_feed(&d, p, 1, &label);
    ck_assert_int_eq(label, -1); /* threat is off, order under its own threshold */
    p[2] = 0.96f;
    p[1] = 0.8f;
    decide_feed(&d, p, 2, &label);
    ck_assert_int_eq(label, 2);

    struct model m = a_model();
    struct decide_params par;
    struct reason why;
    s.thresholds.item[0].label = (char *)"ordre";
    ck_assert_int_eq(decide_params_make(&s, &m, &par, &why), -EINVAL);
    ck_assert_ptr_nonnull(strstr(why.text, "\"ordre\" (it has threat, abuse, order)"));
}
END_TEST

START_TEST(a_budget_takes_the_nearest_point_and_says_so)
{
    struct model m = a_model();
    struct settings_source s = a_source();
    struct decide_params p;
    struct reason why;
    s.sensitivity = (struct sensitivity){SENSITIVITY_BUDGET, {1, 86400}};
    ck_assert_int_eq(decide_params_make(&s, &m, &p, &why), 1);
    ck_assert_float_eq(p.start[0], 0.9f);
    ck_assert_ptr_nonnull(strstr(why.text, "low"));
    s.sensitivity.budget = (struct rate){5, 3600};
    ck_assert_int_eq(decide_params_make(&s, &m, &p, &why), 1);
    ck_assert_float_eq(p.start[0], 0.5f);
}
END_TEST

START_TEST(a_budget_goes_by_the_curve)
{
    struct model m = a_model();
    struct settings_source s = a_source();
    struct decide_params p;
    struct reason why = {""};
    m.curve = (struct model_curve){3, 100, {0.4f, 0.6f, 0.8f}, {5, 0.5f, 0.02f}};
    static const struct {
        struct rate budget;
        float start;
        const char *says; /* NULL: as it was asked for */
    } cases[] = {
        {{5, 3600}, 0.4f, NULL},
        {{12, 86400}, 0.6f, NULL},
        {{1, 86400}, 0.8f, NULL},
        {{0.4, 86400}, 0.8f, "made 0.48 false alarms a day, not 0.4"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        s.sensitivity = (struct sensitivity){SENSITIVITY_BUDGET, cases[i].budget};
        ck_assert_int_eq(decide_params_make(&s, &m, &p, &why), cases[i].says != NULL);
        for (int l = 0; l < 3; l++)
            ck_assert_float_eq(p.start[l], cases[i].start);
        ck_assert(!cases[i].says || strstr(why.text, cases[i].says));
    }
    m.curve.hours = 20; /* fewer than one false alarm in them is none */
    s.sensitivity.budget = (struct rate){1, 86400};
    ck_assert_int_eq(decide_params_make(&s, &m, &p, &why), 1);
    ck_assert_float_eq(p.start[0], 0.8f);
    ck_assert_ptr_nonnull(strstr(why.text, "is from 20 h of speech"));
    s.thresholds.n = 1;
    s.thresholds.item[0].label = (char *)"order";
    s.thresholds.item[0].probability = 0.95;
    ck_assert_int_eq(decide_params_make(&s, &m, &p, &why), 1);
    ck_assert_float_eq(p.start[2], 0.95f);
}
END_TEST

START_TEST(near_misses_are_counted_once_a_time)
{
    struct settings_source s = a_source();
    struct decide d = a_decide(&s);
    for (int i = 0; i < 4; i++)
        window(&d, i * HOP_MS, 0.6f);
    window(&d, 1000, 0.1f);
    ck_assert_uint_eq(d.near_misses, 1);
    window(&d, 1160, 0.9f);
    window(&d, 1320, 0.9f);
    window(&d, 9000, 0.1f);
    window(&d, 9160, 0.1f);
    ck_assert_uint_eq(d.near_misses, 1); /* what became an event is none */
}
END_TEST

START_TEST(a_gap_parts_and_a_close_tells)
{
    struct settings_source s = a_source();
    struct decide d = a_decide(&s);
    window(&d, 0, 0.9f);
    decide_gap(&d);
    ck_assert_int_eq(window(&d, 160, 0.9f), DECIDE_NOTHING);
    ck_assert(!decide_close(&d));
    window(&d, 320, 0.9f);
    ck_assert_int_eq(window(&d, 480, 0.9f), DECIDE_START);
    ck_assert(decide_close(&d));
    ck_assert_int_eq(window(&d, 640, 0.9f), DECIDE_NOTHING);
}
END_TEST

static Suite *decide_suite(void)
{
    Suite *s = suite_create("decide");
    TCase *t = tcase_create("decide");
    tcase_add_test(t, starts_after_min_windows_and_ends_after_hold);
    tcase_add_test(t, trembling_around_the_threshold_is_one_event);
    tcase_add_test(t, a_tick_ends_what_no_window_ends);
    tcase_add_test(t, rate_limit_keeps_back_and_counts);
    tcase_add_test(t, labels_and_thresholds_are_the_sources);
    tcase_add_test(t, a_budget_takes_the_nearest_point_and_says_so);
    tcase_add_test(t, a_budget_goes_by_the_curve);
    tcase_add_test(t, near_misses_are_counted_once_a_time);
    tcase_add_test(t, a_gap_parts_and_a_close_tells);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(decide_suite)
