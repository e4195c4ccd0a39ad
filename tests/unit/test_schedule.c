#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "config/schedule.h"
#include "tests/unit/check_main.h"

static time_t utc(int month, int day, int hour, int minute)
{
    struct tm tm = {.tm_year = 126, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute};
    return timegm(&tm);
}

static void zone(const char *text)
{
    setenv("TZ", text, 1);
}

static bool covers(const char *span, time_t wall)
{
    struct schedule s;
    struct reason why;
    ck_assert_msg(schedule_read(span, &s, &why) == 0, "%s", why.text);
    return schedule_at(&s, 1, wall) == 0;
}

/* Minutes of the day of that month, from 00:00 UTC on, that are covered. */
static int minutes(const char *span, int month, int day)
{
    int n = 0;
    for (int i = 0; i < 24 * 60; i++)
        n += covers(span, utc(month, day, i / 60, i % 60));
    return n;
}

static const char berlin[] = "CET-1CEST,M3.5.0,M10.5.0/3"; /* 2026: on 29 March and 25 October */

START_TEST(is_local_time)
{
    zone("UTC");
    ck_assert(covers("Wed 08:00-16:00", utc(11, 25, 8, 0)));
    ck_assert(!covers("Wed 08:00-16:00", utc(11, 25, 7, 59)));
    ck_assert(!covers("Wed 08:00-16:00", utc(11, 25, 16, 0)));
    zone(berlin); /* the zone is changed while we run */
    ck_assert(covers("Wed 08:00-16:00", utc(11, 25, 7, 0)));
    ck_assert(!covers("Wed 08:00-16:00", utc(11, 25, 15, 0)));
    ck_assert(covers("Thu 00:00-01:00", utc(11, 25, 23, 30)));
    ck_assert(covers("Fri 22:00-06:00", utc(11, 28, 4, 59)));
    ck_assert(!covers("Fri 22:00-06:00", utc(11, 28, 5, 0)));
}
END_TEST

/* 02:00 to 03:00 does not exist on 29 March: a span of it is empty, one around it is shorter. */
START_TEST(clock_is_put_forward)
{
    zone(berlin);
    ck_assert_int_eq(minutes("Sun 02:00-03:00", 3, 29), 0);
    ck_assert_int_eq(minutes("Sun 01:30-03:30", 3, 29), 60);
    ck_assert(covers("Sun 01:30-03:30", utc(3, 29, 0, 59)));
    ck_assert(covers("Sun 03:00-03:30", utc(3, 29, 1, 0)));
    ck_assert_int_eq(minutes("Sun 02:00-03:00", 3, 22), 60);
}
END_TEST

/* It comes twice on 25 October, and is covered both times. */
START_TEST(clock_is_put_back)
{
    zone(berlin);
    ck_assert_int_eq(minutes("Sun 02:00-03:00", 10, 25), 120);
    ck_assert(covers("Sun 02:00-03:00", utc(10, 25, 0, 0)));
    ck_assert(covers("Sun 02:00-03:00", utc(10, 25, 1, 59)));
    ck_assert(!covers("Sun 02:00-03:00", utc(10, 25, 2, 0)));
    ck_assert_int_eq(minutes("Sun 02:30-02:45", 10, 25), 30);
    ck_assert(!covers("Sun 02:30-02:45", utc(10, 25, 1, 0))); /* ended, before it comes again */
}
END_TEST

START_TEST(first_of_several)
{
    struct schedule s[2];
    struct reason why;
    zone("UTC");
    ck_assert_int_eq(schedule_read("10:00-12:00", &s[0], &why), 0);
    ck_assert_int_eq(schedule_read("11:00-13:00", &s[1], &why), 0);
    ck_assert_int_eq(schedule_at(s, 2, utc(11, 25, 11, 30)), 0);
    ck_assert_int_eq(schedule_at(s, 2, utc(11, 25, 12, 30)), 1);
    ck_assert_int_eq(schedule_at(s, 2, utc(11, 25, 13, 30)), -1);
    ck_assert_int_eq(schedule_at(s, 0, utc(11, 25, 11, 30)), -1);
}
END_TEST

static Suite *schedule_suite(void)
{
    Suite *s = suite_create("schedule");
    TCase *t = tcase_create("schedule");
    tcase_add_test(t, is_local_time);
    tcase_add_test(t, clock_is_put_forward);
    tcase_add_test(t, clock_is_put_back);
    tcase_add_test(t, first_of_several);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(schedule_suite)
