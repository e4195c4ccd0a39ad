#include <math.h>
#include <string.h>

#include "daemon/health.h"
#include "tests/unit/check_main.h"

START_TEST(percentiles_are_near_and_start_anew)
{
    struct health h;
    struct message_health m = {0};
    health_init(&h, clock_boot_ns());
    ck_assert_double_eq(health_percentile(&h, 0.99), 0);
    for (int i = 1; i <= 1000; i++)
        health_latency(&h, i * 0.1); /* 0.1 … 100 ms */
    ck_assert_double_eq_tol(health_percentile(&h, 0.5), 50, 50 * 0.1);
    ck_assert_double_eq_tol(health_percentile(&h, 0.99), 99, 99 * 0.1);
    ck_assert_double_le(health_percentile(&h, 1), 100);
    health_latency(&h, 1e12);
    health_latency(&h, -1);
    health_read(&h, clock_boot_ns(), &m);
    ck_assert_double_eq(m.latency_max_ms, 1e12);
    health_read(&h, clock_boot_ns(), &m);
    ck_assert_double_eq(m.latency_max_ms, 0);
    ck_assert_double_eq(m.latency_p50_ms, 0);
}
END_TEST

START_TEST(a_look_begins_no_interval)
{
    struct health h;
    struct message_health seen = {0}, said = {0};
    health_init(&h, clock_boot_ns());
    health_latency(&h, 10);
    health_peek(&h, clock_boot_ns(), &seen);
    ck_assert_double_eq(seen.latency_max_ms, 10);
    health_read(&h, clock_boot_ns(), &said);
    ck_assert_double_eq(said.latency_max_ms, 10);
    health_latency(&h, 20);
    health_peek(&h, clock_boot_ns(), &seen);
    ck_assert_double_eq(seen.latency_max_ms, 10); /* of the last whole interval */
    ck_assert_double_eq(seen.cpu_percent, said.cpu_percent);
    ck_assert_double_ge(seen.uptime_s, said.uptime_s);
    health_read(&h, clock_boot_ns(), &said);
    ck_assert_double_eq(said.latency_max_ms, 20);
}
END_TEST

/* By the processor's clock: how long that takes is the busy machine's affair. */
static void work_ns(long ns)
{
    struct timespec begin, t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    do
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    while ((t.tv_sec - begin.tv_sec) * 1000000000 + t.tv_nsec - begin.tv_nsec < ns);
}

START_TEST(the_process_is_measured)
{
    struct health h;
    struct message_health m = {0};
    int64_t start = clock_boot_ns();
    health_init(&h, start);
    work_ns(30000000);
    health_read(&h, start + 100000000, &m); /* a tenth of a second on a machine of our own */
    ck_assert_double_ge(m.cpu_percent, 30);
    ck_assert_double_lt(m.cpu_percent, 60);
    ck_assert_uint_gt(m.rss_bytes, 500000);
    ck_assert_uint_lt(m.rss_bytes, 500000000);
    char id[37];
    health_boot_id(id);
    ck_assert_uint_eq(strlen(id), 36);
}
END_TEST

static Suite *health_suite(void)
{
    Suite *s = suite_create("health");
    TCase *t = tcase_create("health");
    tcase_add_test(t, percentiles_are_near_and_start_anew);
    tcase_add_test(t, a_look_begins_no_interval);
    tcase_add_test(t, the_process_is_measured);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(health_suite)
