/* The front between a real capture of a FIFO and a real pool. */
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/mfcc.h"
#include "daemon/front.h"
#include "daemon/hear.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

enum { PATIENCE_MS = UNIT_PATIENCE_S * 1000 };

static char folder[UNIT_FOLDER_SIZE], fifo[64], url[80];
static const struct model *model;
static struct pool *pool;
static struct front *front;
static struct capture *capture;
static int results_fd, main_fd, place;

static void listen_to_fifo(void)
{
    struct reason why;
    struct capture_params cp = {.url = url, .reopen = true, .wake_fd = front_wake_fd(front)};
    ck_assert_msg(capture_start(&cp, &capture, &why) == 0, "%s", why.text);
    struct front_source fs = {capture, -60, 1};
    place = front_add(front, &fs);
    ck_assert_int_ge(place, 0);
}

static void setup(void)
{
    struct synth_shape shape = synth_tiny();
    struct reason why;
    const struct kernel *kernel;
    signal(SIGPIPE, SIG_IGN);
    unit_folder(folder);
    snprintf(fifo, sizeof(fifo), "%s/fifo", folder);
    snprintf(url, sizeof(url), "pipe:%s", fifo);
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    shape.frames = 4;
    ck_assert_int_eq(kernel_select("ref", &kernel, &why), 0);
    ck_assert_int_eq(model_open(make_model(&shape, 1), kernel, &model, &why), 0);
    results_fd = eventfd(0, EFD_NONBLOCK);
    main_fd = eventfd(0, EFD_NONBLOCK);
    struct pool_params pp = {model, 1, 2, 0, results_fd};
    ck_assert_int_eq(pool_start(&pp, &pool, &why), 0);
    struct front_params fp = {model, pool, main_fd};
    ck_assert_int_eq(front_start(&fp, &front, &why), 0);
    listen_to_fifo();
}

static void teardown(void)
{
    front_remove(front, place);
    capture_stop(capture);
    front_stop(front);
    pool_stop(pool);
    model_close(model);
    make_model_done();
    unlink(fifo);
    rmdir(folder);
}

static void play(int fd, int samples)
{
    static double phase;
    int16_t pcm[320];
    for (; samples > 0; samples -= 320) {
        for (int i = 0; i < 320; i++, phase += 0.3)
            pcm[i] = (int16_t)(8000 * sin(phase));
        ck_assert_int_eq(write(fd, pcm, sizeof(pcm)), sizeof(pcm));
    }
}

static void wait_on(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    eventfd_t n;
    ck_assert_int_gt(poll(&p, 1, PATIENCE_MS), 0);
    eventfd_read(fd, &n);
}

static struct pool_result next_window(void)
{
    struct pool_result r;
    while (pool_take(pool, &r) <= 0)
        wait_on(results_fd);
    return r;
}

static enum ear_state wait_state(enum ear_state want)
{
    struct front_status st;
    for (front_status(front, place, &st); st.state != want; front_status(front, place, &st))
        wait_on(main_fd);
    return st.state;
}

START_TEST(windows_come_with_the_time_of_their_sound)
{
    int64_t before = clock_boot_ns(), last = 0;
    int fd = open(fifo, O_WRONLY);
    play(fd, 32000);
    for (int i = 1; i <= (32000 - 880) / 640 + 1; i++) {
        struct pool_result r = next_window();
        ck_assert_int_eq(r.stream, front_stream(front, place));
        ck_assert_uint_eq(r.scores.token, (unsigned)i);
        ck_assert_int_ge(r.submitted_ns, last);
        last = r.submitted_ns;
    }
    ck_assert_int_gt(last, before - 20000000); /* a block is 20 ms, all came at once */
    ck_assert_int_lt(last, clock_boot_ns());
    struct front_status st;
    /* The last window ends 400 samples before the last of them, which may be on its way still. */
    for (front_status(front, place, &st); st.samples < 32000; front_status(front, place, &st))
        poll(NULL, 0, 5);
    ck_assert_uint_eq(st.samples, 32000);
    ck_assert_uint_eq(st.tokens, (32000 - 880) / 640 + 1);
    ck_assert(!st.quiet);
    close(fd);
}
END_TEST

START_TEST(main_is_woken_when_an_ear_is_lost_and_found)
{
    int fd = open(fifo, O_WRONLY);
    play(fd, 24000);
    ck_assert_int_eq(wait_state(EAR_ONLINE), EAR_ONLINE);
    close(fd);
    ck_assert_int_eq(wait_state(EAR_OFFLINE), EAR_OFFLINE);
    struct front_status st;
    front_status(front, place, &st);
    ck_assert_str_eq(st.reason, "no_writer");
    ck_assert_uint_ge(st.changes, 2);
}
END_TEST

START_TEST(a_place_can_be_given_up_and_taken_again)
{
    int fd = open(fifo, O_WRONLY);
    play(fd, 16000);
    next_window();
    front_remove(front, place);
    capture_stop(capture);
    close(fd);
    struct pool_result r;
    while (pool_take(pool, &r) > 0)
        ;
    uint64_t turns = front_turns(front);
    listen_to_fifo();
    fd = open(fifo, O_WRONLY);
    play(fd, 16000);
    ck_assert_uint_eq(next_window().scores.token, 1);
    while (front_turns(front) == turns) /* counted when a turn is over; the case has a deadline */
        poll(NULL, 0, 5);
    close(fd);
}
END_TEST

START_TEST(a_model_that_follows_no_source_is_refused)
{
    struct reason why;
    ck_assert_int_eq(hear_suits(model, &why), 0);
    struct model strange = *model, narrow = *model, backward = *model;
    strcpy(strange.feature, "plp-9");
    ck_assert_int_eq(hear_suits(&strange, &why), -EBADMSG);
    ck_assert_ptr_nonnull(strstr(why.text, "plp-9"));
    ck_assert_ptr_nonnull(strstr(why.text, MFCC_VERSION));
    narrow.books.coefs = 64;
    ck_assert_int_eq(hear_suits(&narrow, &why), -EBADMSG);
    ck_assert_ptr_nonnull(strstr(why.text, "64 coefficients"));
    backward.causal = false;
    ck_assert_int_eq(hear_suits(&backward, &why), -EBADMSG);
    ck_assert_ptr_nonnull(strstr(why.text, "not causal"));
}
END_TEST

static Suite *front_suite(void)
{
    Suite *s = suite_create("front");
    TCase *t = tcase_create("front");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_test(t, windows_come_with_the_time_of_their_sound);
    tcase_add_test(t, main_is_woken_when_an_ear_is_lost_and_found);
    tcase_add_test(t, a_place_can_be_given_up_and_taken_again);
    tcase_add_test(t, a_model_that_follows_no_source_is_refused);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(front_suite)
