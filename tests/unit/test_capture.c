#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>

#include "audio/capture.h"
#include "tests/unit/check_main.h"
#include "tests/unit/sound.h"

enum { MAX = 400000, TRIES = 4, /* of what is quick: a busy machine may be late now and then */
        PATIENCE_MS = UNIT_PATIENCE_S * 1000 };

static float got[MAX], want[MAX];
static struct capture *capture;
static int wake_fd;
static struct capture_status st;
static struct reason why;

/* Allocations of all threads but the test's, counted while `counting`. */
static atomic_bool counting;
static _Thread_local bool test_thread;
static atomic_int allocations;

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
void *malloc(size_t n)
{
    atomic_fetch_add(&allocations, !test_thread && atomic_load(&counting));
    return __libc_malloc(n);
}
void *calloc(size_t n, size_t m)
{
    atomic_fetch_add(&allocations, !test_thread && atomic_load(&counting));
    return __libc_calloc(n, m);
}
void *realloc(void *p, size_t n)
{
    atomic_fetch_add(&allocations, !test_thread && atomic_load(&counting));
    return __libc_realloc(p, n);
}
int posix_memalign(void **ret, size_t align, size_t n)
{
    atomic_fetch_add(&allocations, !test_thread && atomic_load(&counting));
    *ret = __libc_memalign(align, n);
    return *ret ? 0 : ENOMEM;
}
#endif

static void setup(void)
{
    test_thread = true;
    folder_make();
    wake_fd = eventfd(0, EFD_NONBLOCK);
}

static void teardown(void)
{
    capture_stop(capture);
    capture = NULL;
    close(wake_fd);
    folder_remove();
}

static void capture_url(const char *url, bool paced, bool reopen, size_t blocks)
{
    struct capture_params p = {.url = url,
                               .paced = paced,
                               .reopen = reopen,
                               .ring_blocks = blocks,
                               .wake_fd = wake_fd,
                               .open_timeout_ms = PATIENCE_MS,
                               .read_timeout_ms = PATIENCE_MS};
    int err = capture_start(&p, &capture, &why);
    ck_assert_msg(err == 0, "%s: %d (%s)", url, err, why.text);
}

static void wait_wake(void)
{
    uint64_t n;
    struct pollfd pf = {wake_fd, POLLIN, 0};
    ck_assert_msg(poll(&pf, 1, PATIENCE_MS) > 0, "nothing happened");
    ck_assert_int_eq(read(wake_fd, &n, sizeof(n)), sizeof(n));
}

/* Until the phase is there with this reason; leaves what is in the ring. */
static void wait_phase(enum capture_phase phase, const char *reason)
{
    for (;;) {
        capture_status(capture, &st);
        if (st.phase == phase &&
            (reason == st.reason || (reason && st.reason && strcmp(reason, st.reason) == 0)))
            return;
        wait_wake();
    }
}

/* Pops into out until n samples are there or the capture has ended. Positions must
 * join on unless a block has gap. */
static size_t pop_samples(float *out, size_t n, int *ret_gaps)
{
    struct ring_block b;
    size_t have = 0;
    static uint64_t next;
    *ret_gaps = 0;
    while (have < n) {
        capture_status(capture, &st);
        if (ring_pop(capture_ring(capture), &b) == 0) {
            if (st.phase == CAPTURE_ENDED)
                break;
            wait_wake();
            continue;
        }
        ck_assert_uint_ge(b.n, 1);
        ck_assert_uint_le(b.n, RING_BLOCK);
        ck_assert_int_le(b.boot_ns, clock_boot_ns());
        if (b.gap)
            ++*ret_gaps;
        else if (b.pos > 0)
            ck_assert_uint_eq(b.pos, next);
        next = b.pos + b.n;
        for (uint32_t i = 0; i < b.n && have < n; i++)
            out[have++] = b.samples[i];
    }
    return have;
}

static const char *sine_file(int rate, int frames)
{
    struct bytes b = wav_sine(rate, 1, 16, false, frames);
    const char *path = write_file("a.wav", b.p, b.n);
    free(b.p);
    return path;
}

START_TEST(a_recording_loses_nothing_and_ends)
{
    int gaps;
    const char *path = sine_file(44100, 44100);
    capture_url(path, false, false, 2); /* full at once: waits for us */
    nanosleep(&(struct timespec){0, 50000000}, NULL);
    ck_assert_uint_eq(pop_samples(want, MAX, &gaps), 16000);
    ck_assert_int_eq(gaps, 0);
    assert_sine(want, 16000, 2e-3);
    wait_phase(CAPTURE_ENDED, "ended");
    ck_assert_uint_eq(st.samples, 16000);
    ck_assert_int_eq(st.rate_hz, 44100);
    ck_assert_uint_eq(ring_dropped(capture_ring(capture)), 0);
    capture_stop(capture);
    capture_url(path, true, false, 0);
    ck_assert_uint_eq(pop_samples(got, MAX, &gaps), 16000);
    ck_assert(memcmp(got, want, 16000 * sizeof(float)) == 0);
}
END_TEST

START_TEST(a_full_ring_of_live_sound_shows)
{
    struct ring_block b;
    capture_url(sine_file(16000, 960000), true, false, 2);
    wait_phase(CAPTURE_RUNNING, NULL);
    while (ring_dropped(capture_ring(capture)) < 3)
        nanosleep(&(struct timespec){0, 5000000}, NULL);
    ck_assert_int_eq(ring_pop(capture_ring(capture), &b), 1);
    ck_assert_uint_eq(b.pos, 0);
    ck_assert_int_eq(ring_pop(capture_ring(capture), &b), 1);
    ck_assert_uint_eq(b.pos, RING_BLOCK);
    while (ring_pop(capture_ring(capture), &b) == 0)
        wait_wake();
    ck_assert_uint_eq(b.gap, 1);
    ck_assert_uint_ge(b.pos, 5 * RING_BLOCK); /* where it really belongs */
    ck_assert_uint_eq(b.pos % RING_BLOCK, 0);
    double x = 0.5 * sin(2 * M_PI * 300 * (double)(b.pos + 10) / SAMPLE_RATE);
    ck_assert(fabs(b.samples[10] - x) < 1e-3);
}
END_TEST

/* That it waits for the next try, and for how long, is known a moment after that it failed. */
static void wait_to_retry(void)
{
    for (int i = 0; i < PATIENCE_MS && st.retry_ns == 0; i++) {
        poll(NULL, 0, 1);
        capture_status(capture, &st);
    }
    ck_assert_int_gt(st.tried_ns, 0);
    ck_assert_int_ge(st.retry_ns - st.tried_ns, 100000000);
    ck_assert_int_le(st.retry_ns - st.tried_ns, INT64_C(30000000000));
}

START_TEST(a_source_that_comes_back)
{
    int gaps;
    const char *path = in_folder("b.wav");
    capture_url(path, true, true, 0);
    wait_phase(CAPTURE_WAITING, "no_file");
    ck_assert(strstr(st.text, "b.wav") != NULL);
    ck_assert_uint_eq(st.restarts, 0);
    wait_to_retry();
    ck_assert_int_eq(rename(sine_file(16000, 8000), path), 0);
    ck_assert_uint_eq(pop_samples(got, 8000, &gaps), 8000);
    ck_assert_int_eq(gaps, 0);
    ck_assert_uint_eq(pop_samples(got, 8000, &gaps), 8000); /* from its beginning again */
    ck_assert_int_eq(gaps, 1);
    assert_sine(got, 8000, 2e-3);
    wait_phase(CAPTURE_RUNNING, NULL);
    ck_assert_int_eq(st.retry_ns, 0);
    ck_assert_uint_ge(st.restarts, 1);
    ck_assert_int_eq(unlink(path), 0);
    wait_phase(CAPTURE_WAITING, "no_file");
}
END_TEST

START_TEST(a_fifo_tells_of_its_writer)
{
    int gaps;
    const char *path = in_folder("fifo");
    char url[128];
    int16_t sound[1600];
    memset(sound, 1, sizeof(sound));
    snprintf(url, sizeof(url), "pipe:%s", path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    capture_url(url, true, true, 0);
    wait_phase(CAPTURE_WAITING, "no_writer");
    for (int i = 0; i < 2; i++) {
        int fd = open(path, O_WRONLY);
        ck_assert_int_eq(write(fd, sound, sizeof(sound)), sizeof(sound));
        ck_assert_uint_eq(pop_samples(got, 1600, &gaps), 1600);
        ck_assert_int_eq(gaps, i);
        capture_status(capture, &st);
        ck_assert_int_eq(st.phase, CAPTURE_RUNNING);
        close(fd);
        wait_phase(CAPTURE_WAITING, "no_writer");
    }
    ck_assert_uint_eq(st.samples, 3200);
    ck_assert_uint_eq(st.restarts, 0);
    ck_assert_uint_eq(st.xruns, 1);
}
END_TEST

START_TEST(nothing_is_allocated_after_open)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return;
#endif
    int gaps;
    const char *path = in_folder("fifo");
    char url[128];
    static int16_t sound[48000 * 2];
    snprintf(url, sizeof(url), "pipe:%s?rate=48000&channels=2", path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    capture_url(url, true, true, 0);
    wait_phase(CAPTURE_WAITING, "no_writer");
    int fd = open(path, O_WRONLY);
    atomic_store(&counting, true);
    for (size_t at = 0, n = 4; at < sizeof(sound); at += n, n = n * 2 < 40000 ? n * 2 : 40000) {
        if (n > sizeof(sound) - at)
            n = sizeof(sound) - at;
        ck_assert_int_eq(write(fd, (char *)sound + at, n), (ssize_t)n);
    }
    close(fd);
    size_t n = pop_samples(got, 16000, &gaps);
    atomic_store(&counting, false);
    ck_assert_uint_eq(n, 16000);
    ck_assert_int_eq(atomic_load(&allocations), 0);
}
END_TEST

START_TEST(stop_is_quick_everywhere)
{
    static const char *const urls[] = {"/nonexistent.wav", "rtsp://127.0.0.1:1/x", "pipe:%s", "%s"};
    ck_assert_int_eq(mkfifo(in_folder("fifo"), 0600), 0);
    for (size_t i = 0; i < ARRAY_SIZE(urls); i++) {
        char url[128];
        int64_t took_ms = 2000;
        snprintf(url, sizeof(url), urls[i], in_folder("fifo"));
        for (int turn = 0; turn < TRIES && took_ms >= 2000; turn++) {
            capture_url(url, true, true, 0);
            if (i < 3)
                wait_phase(CAPTURE_WAITING, i == 0 ? "no_file" : i == 1 ? "refused" : "no_writer");
            int64_t before = clock_boot_ns();
            capture_stop(capture);
            capture = NULL;
            took_ms = (clock_boot_ns() - before) / 1000000;
        }
        ck_assert_int_lt(took_ms, 2000);
    }
    capture_stop(NULL);
}
END_TEST

/* In ms, of sixteen that wait for sound, each looking at another moment whether it shall end. */
static int stop_sixteen(const char *url, bool ask_first)
{
    struct capture *c[16];
    for (size_t i = 0; i < ARRAY_SIZE(c); i++) {
        struct capture_params p = {.url = url, .wake_fd = -1, .paced = true, .reopen = true, .ring_blocks = 16};
        ck_assert_msg(capture_start(&p, &c[i], &why) == 0, "%s", why.text);
        nanosleep(&(struct timespec){.tv_nsec = 30000000}, NULL);
    }
    int64_t before = clock_boot_ns();
    for (size_t i = 0; i < ARRAY_SIZE(c) && ask_first; i++)
        capture_ask_stop(c[i]);
    for (size_t i = 0; i < ARRAY_SIZE(c); i++)
        capture_stop(c[i]);
    return (int)((clock_boot_ns() - before) / 1000000);
}

START_TEST(many_stop_in_the_time_of_one)
{
    char url[128];
    ck_assert_int_eq(mkfifo(in_folder("fifo"), 0600), 0);
    int writer = open(in_folder("fifo"), O_RDWR);
    snprintf(url, sizeof(url), "pipe:%s", in_folder("fifo"));
    int alone_ms = 0, together_ms = 0;
    for (int turn = 0; turn < TRIES && together_ms >= alone_ms * 2 / 3; turn++) {
        alone_ms = stop_sixteen(url, false);
        together_ms = stop_sixteen(url, true);
        printf("sixteen stop in %d ms, asked first in %d ms\n", alone_ms, together_ms);
    }
    ck_assert_int_lt(together_ms, alone_ms * 2 / 3);
    close(writer);
}
END_TEST

START_TEST(wrong_params_and_words)
{
    struct capture_params p = {.url = "ftp://x", .wake_fd = -1};
    ck_assert_int_eq(capture_start(&p, &capture, &why), -EINVAL);
    p.url = "/a.wav";
    p.ring_blocks = 3;
    ck_assert_int_eq(capture_start(&p, &capture, &why), -EINVAL);
    ck_assert_ptr_null(capture);
    int n = 0;
    while (capture_reasons[n])
        n++;
    ck_assert_int_eq(n, 17);
    capture_url("pipe:-?rate=1", true, false, 0);
    wait_phase(CAPTURE_ENDED, "bad_url");
}
END_TEST

/* By the rights on this box, where a camera would say it by a login. */
START_TEST(what_this_user_may_not_open)
{
    char pipe_url[160];
    const char *path = sine_file(16000, 16000);
    snprintf(pipe_url, sizeof(pipe_url), "pipe:%s", in_folder("locked"));
    ck_assert_int_eq(mkfifo(in_folder("locked"), 0), 0);
    ck_assert_int_eq(chmod(path, 0), 0);
    ck_assert_int_eq(chmod(unit_root, 0711), 0);
    ck_assert_int_eq(chmod(folder, 0711), 0);
    bool root = geteuid() == 0;
    ck_assert(!root || seteuid(65534) == 0);
    for (int i = 0; i < 2; i++) {
        capture_url(i ? pipe_url : path, true, false, 0);
        wait_phase(CAPTURE_ENDED, "forbidden");
        ck_assert_ptr_nonnull(strstr(st.text, "ermission denied"));
        capture_stop(capture);
        capture = NULL;
    }
    ck_assert(!root || seteuid(0) == 0);
}
END_TEST

START_TEST(standard_input_ends_for_good)
{
    int nothing = open("/dev/null", O_RDONLY), kept = dup(STDIN_FILENO);
    ck_assert_int_eq(dup2(nothing, STDIN_FILENO), STDIN_FILENO);
    capture_url(_i ? "pipe:-?rate=8000" : "pipe:-", true, true, 0);
    wait_phase(CAPTURE_ENDED, "ended");
    if (kept >= 0)
        dup2(kept, STDIN_FILENO);
    close(kept);
    close(nothing);
}
END_TEST

static Suite *capture_suite(void)
{
    Suite *s = suite_create("capture");
    TCase *t = tcase_create("capture");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_recording_loses_nothing_and_ends);
    tcase_add_test(t, a_full_ring_of_live_sound_shows);
    tcase_add_test(t, a_source_that_comes_back);
    tcase_add_test(t, a_fifo_tells_of_its_writer);
    tcase_add_test(t, nothing_is_allocated_after_open);
    tcase_add_test(t, stop_is_quick_everywhere);
    tcase_add_test(t, many_stop_in_the_time_of_one);
    tcase_add_test(t, wrong_params_and_words);
    tcase_add_test(t, what_this_user_may_not_open);
    tcase_add_loop_test(t, standard_input_ends_for_good, 0, 2);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(capture_suite)
