/* Stations between made-up scores and a real publisher and store without a broker:
 * what they posted is read from the store afterwards. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/status.h"
#include "daemon/store.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

enum { MAX_EVENTS = 32 };
#define S 1000000000LL

static struct settings settings, after;
static const struct model *model;
static const struct kernel *kernel;
static struct store *store;
static struct log *log_;
static struct health health;
static struct event_log events;
static struct report report;
static struct status status;
static struct station_house house;
static struct near_log near;
static int wake_fd;

static void make_settings(void)
{
    static char *const names[] = {"porch", "yard"};
    settings = (struct settings){.node = "gate-3", .n_sources = 2};
    settings.mqtt.url = "mqtt://127.0.0.1:1"; /* nobody is there */
    settings.mqtt.version = MQTT_VERSION_5;
    settings.mqtt.prefix = "earshot";
    settings.mqtt.keep_alive_ms = 30000;
    settings.mqtt.in_flight = 16;
    for (size_t i = 0; i < 2; i++) {
        struct settings_source *s = &settings.source[i];
        s->name = names[i];
        s->url = "pipe:-";
        s->sensitivity.level = SENSITIVITY_MEDIUM;
        s->hop = 4;
        s->hold_ms = 2000;
        s->min_windows = 2;
        s->max_events.n = 10;
        s->max_events.period_s = 60;
        s->enabled = false; /* the scores are made up here */
    }
    settings.source[1].labels.n = 1;
    settings.source[1].labels.item[0] = (char *)model->label[1];
}

static void setup(void)
{
    struct synth_shape shape = synth_tiny();
    struct reason why = {""};
    shape.frames = 4;
    wake_fd = eventfd(0, EFD_NONBLOCK);
    ck_assert_int_eq(kernel_select("ref", &kernel, &why), 0);
    ck_assert_int_eq(model_open(make_model(&shape, 1), kernel, &model, &why), 0);
    make_settings();
    ck_assert_int_eq(store_open(NULL, 64 << 20, 0, &store, &why), 0);
    ck_assert_int_eq(log_new(STDERR_FILENO, &log_), 0);
    health_init(&health, clock_boot_ns());
    events = (struct event_log){.node = "gate-3",
                                .model = "m/1",
                                .n_labels = model->n_labels,
                                .next_seq = 1,
                                .random = {1, 2}};
    for (int i = 0; i < model->n_labels; i++)
        snprintf(events.label_name[i], sizeof(events.label_name[i]), "%s", model->label[i]);
    report = (struct report){.log = log_, .prefix = "earshot", .node = "gate-3"};
    status = (struct status){.phase = "running",
                             .settings = &settings,
                             .model = model,
                             .kernel = kernel,
                             .report = &report,
                             .health = &health};
    struct publisher_params pub = {.settings = &settings, .store = store, .wake_fd = -1};
    ck_assert_int_eq(publisher_start(&pub, &report.publisher, &why), 0);
    struct pool_params pool = {model, 1, 2, 0, wake_fd};
    ck_assert_int_eq(pool_start(&pool, &status.pool, &why), 0);
    struct front_params front = {model, status.pool, wake_fd};
    ck_assert_int_eq(front_start(&front, &status.front, &why), 0);
    house = (struct station_house){.model = model,
                                   .pool = status.pool,
                                   .front = status.front,
                                   .report = &report,
                                   .log = log_,
                                   .events = &events,
                                   .health = &health,
                                   .near = &near};
    near.n = 0;
    status.publisher = report.publisher;
    ck_assert_int_eq(sources_start(&house, &settings, &status.sources, &why), 0);
}

/* The messages that were posted, in order; everything is over then. */
static int end_and_read(struct event *ret)
{
    sources_stop(status.sources, END_SHUTDOWN);
    front_stop(status.front);
    pool_stop(status.pool);
    publisher_stop(report.publisher, 1000);
    int n = store_unsent(store, 0, ret, MAX_EVENTS);
    status_done(&status);
    log_free(log_);
    store_close(store);
    model_close(model);
    make_model_done();
    close(wake_fd);
    return n;
}

static struct settings_diff reload(void)
{
    struct settings_diff diff;
    settings_diff(&settings, &after, &diff);
    sources_reload(status.sources, &settings, &after, &diff);
    return diff;
}

static void window(struct station *s, float p, int64_t at_ns)
{
    struct pool_result r = {.submitted_ns = at_ns};
    r.scores.p[0] = p;
    station_result(s, &r);
}

static void expect(const struct event *e, enum event_type type, bool test)
{
    ck_assert_int_eq(e->type, type);
    ck_assert_int_eq(e->test, test);
}

START_TEST(a_real_event_takes_over_from_a_test_alarm)
{
    struct event e[MAX_EVENTS];
    struct station *s = sources_at(status.sources, 0);
    char id[EVENT_ID_SIZE];
    int64_t now_ns = clock_boot_ns();
    ck_assert_int_eq(station_test_alarm(s, id), 0);
    ck_assert_int_eq(station_test_alarm(s, id), -EBUSY);
    for (int i = 0; i < 6; i++) /* three times what starts an event */
        window(s, 1, now_ns + i * S / 10);
    station_tick(s, now_ns + 10 * S);
    ck_assert_int_eq(end_and_read(e), 4);
    expect(&e[0], EVENT_START, true);
    ck_assert_str_eq(e[0].id, id);
    expect(&e[1], EVENT_END, true);
    expect(&e[2], EVENT_START, false);
    expect(&e[3], EVENT_END, false);
    ck_assert_int_eq(e[3].end_reason, END_QUIET); /* by its hold, not by the shutdown */
}
END_TEST

START_TEST(a_test_alarm_has_a_label_of_its_source)
{
    struct event e[MAX_EVENTS];
    char id[EVENT_ID_SIZE];
    ck_assert_int_eq(station_test_alarm(sources_at(status.sources, 1), id), 0);
    ck_assert_int_eq(end_and_read(e), 2);
    ck_assert_int_eq(e[0].label, 1);
    ck_assert_float_le(e[0].threshold, 1);
    ck_assert_float_eq(e[0].score, 1);
}
END_TEST

/* What each window and each mute leaves behind is what `earshot why` tells. */
START_TEST(near_misses_are_remembered_with_their_cause)
{
    struct event e[MAX_EVENTS];
    struct station *s = sources_at(status.sources, 0);
    int64_t now_ns = clock_boot_ns();
    float start = model->threshold[SENSITIVITY_MEDIUM][0], close = start - 0.01f;
    window(s, close, now_ns);
    window(s, 0, now_ns + S / 10);
    window(s, 1, now_ns + 2 * S / 10); /* one window alone */
    window(s, 0, now_ns + 3 * S / 10);
    station_mute(s, now_ns + 100 * S);
    window(s, 1, now_ns + 4 * S / 10);
    window(s, 1, now_ns + 5 * S / 10);
    window(s, 0, now_ns + 6 * S / 10);
    station_mute(s, 0);
    for (int i = 0; i < 4; i++) /* an event is none */
        window(s, 1, now_ns + (7 + i) * S / 10);
    static const enum near_cause want[] = {NEAR_THRESHOLDS, NEAR_MIN_WINDOWS, NEAR_MUTE};
    ck_assert_uint_eq(near.n, ARRAY_SIZE(want));
    for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
        const struct near_miss *m = near_at(&near, i);
        ck_assert_int_eq(m->cause, want[i]);
        ck_assert_str_eq(m->source, "porch");
        ck_assert_int_eq(m->label, 0);
        ck_assert_float_eq(m->threshold, start);
        ck_assert_float_eq(m->peak, i ? 1 : close);
    }
    ck_assert_ptr_null(near_at(&near, 3));
    ck_assert_int_eq(end_and_read(e), 2);
}
END_TEST

static int hours_a_look; /* the clock moves on by so much with each look at it */

time_t time(time_t *ret)
{
    static int looks;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time_t t = now.tv_sec + 3600 * hours_a_look * (hours_a_look ? looks++ : 0);
    if (ret)
        *ret = t;
    return t;
}

/* UTC-h in a zone in which it is now `hour` o'clock and some. */
static void make_it(int hour)
{
    char text[16];
    time_t now = time(NULL);
    struct tm tm;
    gmtime_r(&now, &tm);
    int west = tm.tm_hour - hour;
    snprintf(text, sizeof(text), "LOC%d", west > 12 ? west - 24 : west < -12 ? west + 24 : west);
    setenv("TZ", text, 1);
}

/* An event that the rate limit keeps back goes on behind a test alarm, and is counted once. */
START_TEST(the_end_of_a_test_alarm_ends_nothing_else)
{
    struct event e[MAX_EVENTS];
    struct station *s = sources_at(status.sources, 0);
    char id[EVENT_ID_SIZE];
    after = settings;
    after.source[0].max_events = (struct rate){.n = 1, .period_s = 86400};
    reload();
    int64_t now_ns = clock_boot_ns();
    for (int i = 0; i < 2; i++)
        window(s, 1, now_ns += S / 10);
    station_tick(s, now_ns += 10 * S);
    for (int i = 0; i < 2; i++) /* this one is kept back */
        window(s, 1, now_ns += S / 10);
    struct station_figures f;
    ck_assert_int_eq(station_test_alarm(s, id), 0);
    station_figures(s, &f);
    ck_assert(f.testing); /* its end is on its way */
    station_tick(s, clock_boot_ns() + 3 * S);
    station_figures(s, &f);
    ck_assert(!f.testing);
    for (int i = 0; i < 4; i++)
        window(s, 1, now_ns += S / 10);
    station_tick(s, now_ns += 10 * S);
    ck_assert_int_eq(station_test_alarm(s, id), 0);
    ck_assert_int_eq(end_and_read(e), 6);
    expect(&e[2], EVENT_START, true);
    expect(&e[3], EVENT_END, true);
    expect(&e[4], EVENT_START, true);
    ck_assert_uint_eq(e[2].suppressed, 1);
    ck_assert_uint_eq(e[4].suppressed, 0);
}
END_TEST

START_TEST(thresholds_follow_the_clock_on_the_wall)
{
    static const struct {
        int hour;
        float threshold;
    } day[] = {{12, 0}, {23, 0.001f}, {3, 0.001f}, {9, 0}};
    struct event e[MAX_EVENTS];
    struct settings_source *set = &after.source[0];
    struct station *s = sources_at(status.sources, 0);
    after = settings;
    set->thresholds_at.n = 1;
    set->thresholds_at.item[0].span = (char[]){"22:00-06:00"};
    set->thresholds_at.item[0].thresholds.n = 1;
    set->thresholds_at.item[0].thresholds.item[0].label = (char *)model->label[0];
    set->thresholds_at.item[0].thresholds.item[0].probability = 0.001;
    make_it(12);
    ck_assert_int_eq(reload().source[0].change, SETTINGS_ADJUSTED);
    int64_t now_ns = clock_boot_ns();
    for (size_t i = 0; i < ARRAY_SIZE(day); i++) {
        make_it(day[i].hour);
        station_tick(s, now_ns += S);
        for (int k = 0; k < 3; k++) /* under the threshold of the day, over that of the night */
            window(s, 0.01f, now_ns += S / 10);
        window(s, 0, now_ns += 3 * S);
    }
    unsetenv("TZ");
    ck_assert_int_eq(end_and_read(e), 4);
    for (int i = 0; i < 4; i++) {
        expect(&e[i], i % 2 ? EVENT_END : EVENT_START, false);
        ck_assert_float_eq(e[i].threshold, 0.001f);
        ck_assert(i % 2 == 0 || e[i].end_reason == END_QUIET);
    }
}
END_TEST

/* A clock that is put right by hours moves into the span or out of it at once, and an open
 * event ends with it. */
/* A reload at the very second at which a span begins: the event goes on or ends, but nobody
 * forgets it. */
START_TEST(a_span_that_begins_within_a_reload_forgets_no_event)
{
    struct event e[MAX_EVENTS];
    struct settings_source *set = &after.source[0];
    struct station *s = sources_at(status.sources, 0);
    after = settings;
    set->thresholds_at.n = 1;
    set->thresholds_at.item[0].span = (char[]){"22:00-06:00"};
    set->thresholds_at.item[0].thresholds.n = 1;
    set->thresholds_at.item[0].thresholds.item[0].label = (char *)model->label[0];
    set->thresholds_at.item[0].thresholds.item[0].probability = 0.001;
    make_it(21);
    reload();
    int64_t now_ns = clock_boot_ns();
    for (int i = 0; i < 2; i++)
        window(s, 1, now_ns += S / 10);
    hours_a_look = 1;
    station_apply(s, set);
    hours_a_look = 0;
    station_tick(s, now_ns += 10 * S);
    unsetenv("TZ");
    ck_assert_int_eq(end_and_read(e), 2);
    expect(&e[1], EVENT_END, false);
    ck_assert_int_eq(e[1].end_reason, END_QUIET);
}
END_TEST

START_TEST(mutes_follow_the_clock_on_the_wall)
{
    static const int hours[] = {12, 23, 3, 9};
    struct event e[MAX_EVENTS];
    struct station *s = sources_at(status.sources, 0);
    after = settings;
    after.source[0].mute.n = 1;
    after.source[0].mute.item[0] = (char[]){"22:00-06:00"};
    make_it(12);
    ck_assert_int_eq(reload().source[0].change, SETTINGS_ADJUSTED);
    int64_t now_ns = clock_boot_ns();
    for (size_t i = 0; i < ARRAY_SIZE(hours); i++) {
        make_it(hours[i]);
        station_tick(s, now_ns += S / 10);
        for (int k = 0; k < 3; k++)
            window(s, 1, now_ns += S / 10);
    }
    unsetenv("TZ");
    ck_assert_int_eq(end_and_read(e), 4);
    static const enum event_end ends[] = {END_MUTED, END_SHUTDOWN};
    for (int i = 0; i < 4; i++) {
        expect(&e[i], i % 2 ? EVENT_END : EVENT_START, false);
        ck_assert(i % 2 == 0 || e[i].end_reason == ends[i / 2]);
    }
}
END_TEST

/* Of front and publisher, which move all the time. */
static void wait_for_turns(void)
{
    struct publisher_stats p;
    publisher_stats(report.publisher, &p);
    uint64_t turns = p.turns, front = front_turns(status.front);
    while (p.turns == turns || front_turns(status.front) == front) {
        usleep(10000);
        publisher_stats(report.publisher, &p);
    }
}

START_TEST(a_source_that_was_taken_away_does_not_hold_the_watchdog)
{
    struct event e[MAX_EVENTS];
    int64_t now_ns = clock_boot_ns();
    ck_assert_ptr_null(status_stuck(&status, now_ns));
    after = settings;
    after.n_sources = 1;
    reload();
    ck_assert_uint_eq(sources_count(status.sources), 1);
    for (int minutes = 1; minutes <= 2; minutes++) {
        wait_for_turns();
        const char *stuck = status_stuck(&status, now_ns + minutes * 60 * S);
        ck_assert_msg(!stuck, "%s is said to be stuck", stuck);
    }
    ck_assert_int_eq(end_and_read(e), 0);
}
END_TEST

START_TEST(a_source_that_is_opened_anew_stays_muted)
{
    struct event e[MAX_EVENTS];
    struct station *s = sources_find(status.sources, "porch");
    int64_t now_ns = clock_boot_ns();
    station_mute(s, now_ns + 100 * S);
    after = settings;
    after.source[0].url = "file:/elsewhere";
    after.source[1].hop = 8;
    reload();
    for (int i = 0; i < 3; i++) {
        window(sources_find(status.sources, "porch"), 1, now_ns + i * S / 10);
        window(sources_find(status.sources, "yard"), 1, now_ns + i * S / 10);
    }
    ck_assert_int_eq(end_and_read(e), 0); /* the other one has no such label */
    ck_assert_uint_eq(near.n, 0);
}
END_TEST

/* Prometheus takes a figure that falls for one that began again at 0, and the whole of it for growth. */
START_TEST(figures_of_the_node_do_not_fall_at_a_reload)
{
    struct event e[MAX_EVENTS];
    struct metrics_figures f;
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k <= i; k++)
            window(sources_at(status.sources, i), 0, clock_boot_ns());
    after = settings;
    after.source[0].hop = 8; /* opened anew */
    after.n_sources = 1;
    reload();
    status_figures(&status, &f);
    ck_assert_int_eq(f.n_sources, 1);
    ck_assert_uint_eq(f.source[0].health.windows, 0);
    ck_assert_uint_eq(f.health.windows, 3);
    window(sources_at(status.sources, 0), 0, clock_boot_ns());
    status_figures(&status, &f);
    ck_assert_uint_eq(f.health.windows, 4);
    ck_assert_int_eq(end_and_read(e), 0);
}
END_TEST

static struct station_figures figures_after_tick(struct station *s)
{
    struct station_figures f;
    poll(NULL, 0, 5);
    station_tick(s, clock_boot_ns());
    station_figures(s, &f);
    return f;
}

START_TEST(what_is_heard_before_online_is_not_lost)
{
    char folder[UNIT_FOLDER_SIZE], fifo[40], url[50];
    int16_t half_a_second[8000];
    struct event e[MAX_EVENTS];
    unit_folder(folder);
    snprintf(fifo, sizeof(fifo), "%s/fifo", folder);
    snprintf(url, sizeof(url), "pipe:%s", fifo);
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    after = settings;
    after.source[0].url = url;
    after.source[0].enabled = true;
    reload();
    struct station *s = sources_find(status.sources, "porch");
    while (strcmp(figures_after_tick(s).state, "offline") != 0)
        ;
    for (int i = 0; i < 8000; i++)
        half_a_second[i] = (int16_t)(i % 160 * 100 - 8000);
    int fd = open(fifo, O_WRONLY);
    ck_assert_int_eq(write(fd, half_a_second, sizeof(half_a_second)), sizeof(half_a_second));
    while (figures_after_tick(s).samples < 8000)
        ;
    for (int i = 0; i < 3; i++)
        window(s, 1, clock_boot_ns());
    ck_assert_str_eq(figures_after_tick(s).state, "offline");
    ck_assert_int_eq(end_and_read(e), 2);
    expect(&e[0], EVENT_START, false);
    expect(&e[1], EVENT_END, false);
    ck_assert_int_eq(e[1].end_reason, END_SHUTDOWN);
    close(fd);
    unlink(fifo);
    rmdir(folder);
}
END_TEST

static Suite *station_suite(void)
{
    Suite *s = suite_create("station");
    TCase *t = tcase_create("station");
    tcase_add_checked_fixture(t, setup, NULL);
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_test(t, a_real_event_takes_over_from_a_test_alarm);
    tcase_add_test(t, a_test_alarm_has_a_label_of_its_source);
    tcase_add_test(t, thresholds_follow_the_clock_on_the_wall);
    tcase_add_test(t, the_end_of_a_test_alarm_ends_nothing_else);
    tcase_add_test(t, a_span_that_begins_within_a_reload_forgets_no_event);
    tcase_add_test(t, mutes_follow_the_clock_on_the_wall);
    tcase_add_test(t, near_misses_are_remembered_with_their_cause);
    tcase_add_test(t, a_source_that_was_taken_away_does_not_hold_the_watchdog);
    tcase_add_test(t, a_source_that_is_opened_anew_stays_muted);
    tcase_add_test(t, figures_of_the_node_do_not_fall_at_a_reload);
    tcase_add_test(t, what_is_heard_before_online_is_not_lost);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(station_suite)
