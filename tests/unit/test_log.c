#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/log.h"
#include "tests/unit/check_main.h"

static int fds[2];
static struct log *l;

static void setup(void)
{
    ck_assert_int_eq(pipe2(fds, O_NONBLOCK), 0);
    ck_assert_int_eq(log_new(fds[1], &l), 0);
}

static void teardown(void)
{
    log_free(l);
    close(fds[0]);
    close(fds[1]);
}

static const char *written(void)
{
    static char buf[65536];
    ssize_t n = read(fds[0], buf, sizeof(buf) - 1);
    buf[n > 0 ? n : 0] = '\0';
    return buf;
}

START_TEST(lines_have_level_and_source)
{
    log_say(l, LOG_LEVEL_INFO, NULL, "model %s", "m");
    log_say(l, LOG_LEVEL_WARNING, "porch", "offline");
    log_say(l, LOG_LEVEL_DEBUG, NULL, "not asked for");
    ck_assert_str_eq(written(), "earshotd: model m\nearshotd: warning: porch: offline\n");
    log_set_level(l, "error");
    log_say(l, LOG_LEVEL_WARNING, NULL, "nor this");
    log_say(l, LOG_LEVEL_ERROR, NULL, "a stranger's\nline\x1b[2J");
    ck_assert_str_eq(written(), "earshotd: error: a stranger's?line?[2J\n");
}
END_TEST

/* 61 s from now, of something that was said first at start_ns or later. */
static void assert_counted(const char *line, int64_t start_ns)
{
    int64_t then_ns = clock_boot_ns() + 61 * 1000000000LL;
    log_turn(l, then_ns);
    const char *text = written();
    ck_assert_msg(!strncmp(text, line, strlen(line)), "%s", text);
    int seconds = atoi(text + strlen(line));
    ck_assert_int_ge(seconds, 61);
    ck_assert_int_le(seconds, (then_ns - start_ns) / 1000000000 + 1);
    ck_assert_str_eq(strstr(text, " s)"), " s)\n");
}

START_TEST(what_repeats_is_counted)
{
    int64_t start_ns = clock_boot_ns();
    for (int i = 0; i < 5; i++)
        log_say(l, LOG_LEVEL_WARNING, "porch", "offline");
    log_say(l, LOG_LEVEL_WARNING, "yard", "offline");
    ck_assert_str_eq(written(), "earshotd: warning: porch: offline\n"
                                "earshotd: warning: yard: offline\n");
    log_turn(l, start_ns + 30 * 1000000000LL);
    ck_assert_str_eq(written(), "");
    assert_counted("earshotd: warning: porch: offline (4 more times in ", start_ns);
    for (int i = 0; i < 2; i++)
        log_say(l, LOG_LEVEL_WARNING, "porch", "offline");
    ck_assert_str_eq(written(), "earshotd: warning: porch: offline\n");
    assert_counted("earshotd: warning: porch: offline (1 more time in ", start_ns);
}
END_TEST

START_TEST(many_different_lines_lose_none)
{
    for (int i = 0; i < 100; i++)
        log_say(l, LOG_LEVEL_INFO, NULL, "line %d", i % 50);
    const char *text = written();
    int lines = 0;
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    ck_assert_int_eq(lines, 100);
}
END_TEST

START_TEST(the_journal_is_known_by_its_file)
{
    setenv("JOURNAL_STREAM", "1:2", 1);
    struct log *other;
    ck_assert_int_eq(log_new(fds[1], &other), 0);
    log_say(other, LOG_LEVEL_INFO, NULL, "plain");
    ck_assert_str_eq(written(), "earshotd: plain\n");
    log_free(other);
    unsetenv("JOURNAL_STREAM");
}
END_TEST

static Suite *log_suite(void)
{
    Suite *s = suite_create("log");
    TCase *t = tcase_create("log");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, lines_have_level_and_source);
    tcase_add_test(t, what_repeats_is_counted);
    tcase_add_test(t, many_different_lines_lose_none);
    tcase_add_test(t, the_journal_is_known_by_its_file);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(log_suite)
