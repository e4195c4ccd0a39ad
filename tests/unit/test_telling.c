#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

#include "daemon/telling.h"
#include "tests/unit/check_main.h"

static bool synced;
static time_t set_s, later_s; /* how far the wall clock was set, and how long ago */

int adjtimex(struct timex *t)
{
    t->status = synced ? STA_PLL : STA_UNSYNC;
    return synced ? TIME_OK : TIME_ERROR;
}

int clock_gettime(clockid_t id, struct timespec *ret)
{
    *ret = (struct timespec){.tv_sec = (id == CLOCK_REALTIME ? 1000000 + set_s : 100) + later_s};
    return 0;
}

static void expect(const struct event *e, bool replayed, const char *part)
{
    char *json = telling_event(e, replayed);
    ck_assert_ptr_nonnull(json);
    ck_assert_msg(strstr(json, part) != NULL, "no %s in %s", part, json);
    free(json);
}

static struct event ended(void)
{
    return (struct event){.type = EVENT_END, .end_reason = END_QUIET, .source = "porch", .node = "gate-3", .n_labels = 1,
                          .time_ms = 1000000000, .started_ms = 999990000, .ended_ms = 999995000,
                          .boot_ns = INT64_C(100000000000), .label_name = {"threat"}};
}

/* The same event, told twice. */
START_TEST(an_event_is_told_as_of_now)
{
    struct event e = ended();
    synced = false;
    expect(&e, false, "\"time\":\"1970-01-12T13:46:40.000Z\"");
    expect(&e, false, "\"clock\":\"unsynced\"");
    expect(&e, false, "\"replayed\":false,\"age_ms\":0");
    synced = true;
    set_s = 86400;
    later_s = 7;
    expect(&e, true, "\"time\":\"1970-01-13T13:46:40.000Z\"");
    expect(&e, true, "\"clock\":\"synced\"");
    expect(&e, true, "\"replayed\":true,\"age_ms\":7000");
    ck_assert(!e.clock_synced); /* stored as it was */
}
END_TEST

START_TEST(an_older_boot_leaves_only_the_wall_clock)
{
    struct event e = ended();
    e.boot_ns = 0;
    synced = true;
    later_s = 7;
    set_s = 0;
    expect(&e, true, "\"clock\":\"unsynced\"");
    expect(&e, true, "\"age_ms\":7000");
    set_s = -3600;
    expect(&e, true, "\"age_ms\":null");
}
END_TEST

static Suite *telling_suite(void)
{
    Suite *s = suite_create("telling");
    TCase *t = tcase_create("telling");
    tcase_add_test(t, an_event_is_told_as_of_now);
    tcase_add_test(t, an_older_boot_leaves_only_the_wall_clock);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(telling_suite)
