#include <math.h>
#include <string.h>

#include "daemon/tool/curve.h"
#include "tests/unit/check_main.h"

#define S 1000000000LL

static const struct decide_params params = {.n_labels = 3,
                                            .start = {0.7f, 0.7f, INFINITY},
                                            .stay = {0.5f, 0.5f, INFINITY},
                                            .min_windows = 2,
                                            .hold_ns = 2 * S,
                                            .max_events = 1000,
                                            .period_s = 1};
static struct model model = {.n_labels = 3, .threshold = {{0.9f, 0.9f, 0.9f}, {0.7f, 0.7f, 0.7f}, {0.4f, 0.5f, 0.5f}}};
static struct curve curve;

/* n windows of label 0 = p, every 160 ms, then three seconds of nothing. */
static void words(struct curve *c, float p, int n, int64_t *now_ns)
{
    const float score[3] = {p, 0.01f, 1}, nothing[3] = {0};
    for (int i = 0; i < n; i++, *now_ns += S * 16 / 100)
        curve_feed(c, score, *now_ns);
    for (int i = 0; i < 20; i++, *now_ns += S * 16 / 100)
        curve_feed(c, nothing, *now_ns);
}

/* In 100 s: one peak of 0.95, two of 0.8, four of 0.6; and one window alone of 0.99. */
static void a_site(void)
{
    int64_t now_ns = S;
    curve_init(&curve, &params);
    words(&curve, 0.95f, 4, &now_ns);
    for (int i = 0; i < 2; i++)
        words(&curve, 0.8f, 4, &now_ns);
    for (int i = 0; i < 4; i++)
        words(&curve, 0.6f, 4, &now_ns);
    words(&curve, 0.99f, 1, &now_ns);
    curve.heard_s = 100;
}

static struct curve_label propose(double budget_per_s)
{
    struct curve_proposal p;
    curve_propose(&curve, &model, budget_per_s, &p);
    ck_assert_int_eq(p.n_labels, 2); /* the third is off */
    ck_assert_int_eq(p.label[1].label, 1);
    ck_assert_uint_eq(p.label[1].n, 0);
    ck_assert(p.label[1].floor);
    ck_assert_double_eq_tol(p.label[1].threshold, 0.5, 1e-6); /* never under sensitivity high */
    ck_assert(p.met);
    return p.label[0];
}

START_TEST(lowest_threshold_within_the_budget)
{
    static const struct {
        double per_100_s, over, under;
        uint32_t n;
    } cases[] = {{2, 0.8, 0.95, 1}, {6, 0.6, 0.8, 3}, {14, 0.39, 0.6, 7}, {0.1, 0.95, 0.99, 0}};
    a_site();
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) { /* two labels share the budget */
        struct curve_label l = propose(cases[i].per_100_s / 100);
        ck_assert_msg(l.threshold > cases[i].over && l.threshold < cases[i].under, "%zu: %f", i, l.threshold);
        ck_assert_uint_eq(l.n, cases[i].n);
    }
}
END_TEST

/* Every count is what daemon/decide makes of the same windows at that threshold. */
START_TEST(counts_as_the_daemon_does)
{
    struct decide_params p = params;
    struct curve_proposal proposal;
    a_site();
    for (int budget = 0; budget < 20; budget += 2) {
        curve_propose(&curve, &model, budget / 100.0 + 1e-6, &proposal);
        double threshold = proposal.label[0].threshold;
        struct decide d;
        int64_t now_ns = S;
        uint32_t n = 0;
        p.start[0] = (float)threshold;
        p.stay[0] = decide_stay(threshold);
        decide_init(&d, &p);
        static const float peak[] = {0.95f, 0.8f, 0.8f, 0.6f, 0.6f, 0.6f, 0.6f, 0.99f};
        for (size_t k = 0; k < ARRAY_SIZE(peak); k++)
            for (int i = 0; i < (k == 7 ? 21 : 24); i++, now_ns += S * 16 / 100) {
                float score[3] = {i < (k == 7 ? 1 : 4) ? peak[k] : 0, 0, 0};
                int label;
                n += decide_feed(&d, score, now_ns, &label) == DECIDE_START;
            }
        ck_assert_msg(n == proposal.label[0].n, "at %f: %u, the daemon %u", threshold, proposal.label[0].n, n);
    }
}
END_TEST

START_TEST(a_budget_that_cannot_be_met)
{
    struct curve_proposal p;
    int64_t now_ns = S;
    curve_init(&curve, &params);
    for (int i = 0; i < 5; i++)
        words(&curve, 1, 4, &now_ns);
    curve.heard_s = 100;
    curve_propose(&curve, &model, 1.0 / 86400, &p);
    ck_assert(!p.met);
    ck_assert(p.label[0].over_budget);
    ck_assert_uint_eq(p.n, 5);
}
END_TEST

START_TEST(parts_add_up)
{
    static struct curve part, sum;
    int64_t now_ns = S;
    curve_init(&sum, &params);
    for (int i = 0; i < 3; i++) {
        curve_init(&part, &params);
        words(&part, 0.8f, 1, &now_ns); /* a run does not reach from one to the other */
        curve_gap(&part);
        words(&part, 0.8f, 1 + i, &now_ns);
        part.heard_s = 10;
        curve_add(&sum, &part);
    }
    struct curve_proposal p;
    curve_propose(&sum, &model, 1, &p);
    ck_assert_double_eq(p.heard_s, 30);
    ck_assert_uint_eq(p.n, 2);
}
END_TEST

START_TEST(a_gap_begins_anew)
{
    const float score[3] = {0.8f, 0, 0};
    struct curve_proposal p;
    for (int gap = 0; gap < 2; gap++) {
        curve_init(&curve, &params);
        curve.heard_s = 1;
        curve_feed(&curve, score, S);
        if (gap)
            curve_gap(&curve);
        curve_feed(&curve, score, S + S / 10);
        curve_propose(&curve, &model, 100, &p);
        ck_assert_uint_eq(p.n, !gap);
    }
}
END_TEST

/* The model's curve holds until so much was heard that nothing at all would prove the budget. */
START_TEST(the_model_holds_until_enough_was_heard)
{
    static const struct {
        double heard_s, budget_per_s, lowest;
        bool by_model;
    } cases[] = {
        {100, 0.02, 0.97, true}, /* 2.996 events are needed: 150 s */
        {149, 0.02, 0.97, true},
        {151, 0.02, 0.5, false},
        {100, 0.001, 0.99, true}, /* the highest of the curve makes more: it is taken all the same */
    };
    model.curve = (struct model_curve){3, 50, {0.2f, 0.97f, 0.99f}, {200, 60, 9}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct curve_proposal p;
        a_site();
        curve.heard_s = cases[i].heard_s;
        curve_propose(&curve, &model, cases[i].budget_per_s, &p);
        ck_assert_int_eq(p.by_model, cases[i].by_model);
        ck_assert_double_eq_tol(p.model_threshold, cases[i].budget_per_s < 0.01 ? 0.99 : 0.97, 1e-6);
        ck_assert_double_eq_tol(p.label[1].threshold, cases[i].lowest, 1e-6);
        ck_assert(p.label[1].floor);
        ck_assert_double_ge(p.label[0].threshold, cases[i].by_model ? cases[i].lowest - 1e-6 : 0.4);
    }
    model.curve = (struct model_curve){2, 50, {0.9997f, 0.9999f}, {1, 0}}; /* over all that is counted */
    struct curve_proposal p;
    a_site();
    curve_propose(&curve, &model, 0.01, &p);
    ck_assert_double_eq_tol(p.label[0].threshold, 0.9997, 1e-6);
    model.curve.n = 0;
}
END_TEST

/* The textbook's: 2.996, 4.744, 6.296, 10.513, 16.962 for 0, 1, 2, 5, 10 events. */
START_TEST(poisson)
{
    static const struct {
        uint32_t n;
        double upper;
    } table[] = {{0, 2.9957}, {1, 4.7439}, {2, 6.2958}, {5, 10.5130}, {10, 16.9622}, {100, 118.0786}};
    for (size_t i = 0; i < ARRAY_SIZE(table); i++)
        ck_assert_double_eq_tol(curve_poisson_upper(table[i].n), table[i].upper, 1e-3);
    ck_assert_double_eq_tol(curve_poisson_upper(501), curve_poisson_upper(500), 1.5);
    a_site();
    struct curve_proposal p;
    curve_propose(&curve, &model, 0.1 / 100, &p);
    ck_assert_double_eq_tol(p.upper_per_day, 2.9957 / 100 * 86400, 0.1);
    ck_assert_double_eq_tol(p.enough_s, 2.9957 / (0.1 / 100), 1);
}
END_TEST

static Suite *curve_suite(void)
{
    Suite *s = suite_create("curve");
    TCase *t = tcase_create("curve");
    tcase_add_test(t, lowest_threshold_within_the_budget);
    tcase_add_test(t, counts_as_the_daemon_does);
    tcase_add_test(t, a_budget_that_cannot_be_met);
    tcase_add_test(t, parts_add_up);
    tcase_add_test(t, a_gap_begins_anew);
    tcase_add_test(t, the_model_holds_until_enough_was_heard);
    tcase_add_test(t, poisson);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(curve_suite)
