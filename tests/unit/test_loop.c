#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "daemon/loop.h"
#include "tests/unit/check_main.h"

struct seen {
    struct loop *loop;
    int wakes, turns, hups;
};

static void woke(void *ctx)
{
    struct seen *s = ctx;
    s->wakes++;
    kill(getpid(), SIGHUP);
}

static void hup(void *ctx)
{
    struct seen *s = ctx;
    s->hups++;
}

static void turned(void *ctx)
{
    struct seen *s = ctx;
    if (++s->turns == 3)
        loop_quit(s->loop);
}

START_TEST(wakes_signals_and_timers_call)
{
    struct seen s = {0};
    struct reason why;
    loop_block_signals();
    ck_assert_int_eq(loop_new(&s.loop, &why), 0);
    int fd = loop_on_wake(s.loop, woke, &s);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(loop_on_signal(s.loop, SIGHUP, hup, &s), 0);
    ck_assert_int_eq(loop_every(s.loop, 3600000, turned, &s), 0);
    ck_assert_int_eq(loop_set_period(s.loop, 5, turned, &s), 0);
    ck_assert_int_eq(loop_set_period(s.loop, 5, hup, &s), -ENOENT);
    eventfd_write(fd, 1);
    eventfd_write(fd, 1);
    int64_t before = clock_boot_ns();
    ck_assert_int_eq(loop_run(s.loop), 0);
    ck_assert_int_eq(s.wakes, 1); /* once for both */
    ck_assert_int_eq(s.hups, 1);
    ck_assert_int_eq(s.turns, 3);
    ck_assert_int_ge(clock_boot_ns() - before, 15000000);
    loop_free(s.loop);
}
END_TEST

static void readable(void *ctx) /* and nobody reads: it is called again */
{
    struct seen *s = ctx;
    if (++s->wakes == 2)
        loop_leave(s->loop, readable, s);
}

START_TEST(a_descriptor_of_the_callers)
{
    struct seen s = {0};
    struct reason why;
    int fd = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
    loop_block_signals();
    ck_assert_int_eq(loop_new(&s.loop, &why), 0);
    ck_assert_int_eq(loop_on_readable(s.loop, fd, readable, &s), 0);
    ck_assert_int_eq(loop_every(s.loop, 5, turned, &s), 0);
    ck_assert_int_eq(loop_run(s.loop), 0);
    ck_assert_int_eq(s.wakes, 2);
    loop_free(s.loop);
    ck_assert_int_eq(close(fd), 0); /* it is still ours */
}
END_TEST

static Suite *loop_suite(void)
{
    Suite *s = suite_create("loop");
    TCase *t = tcase_create("loop");
    tcase_add_test(t, wakes_signals_and_timers_call);
    tcase_add_test(t, a_descriptor_of_the_callers);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(loop_suite)
