#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "audio/source.h"
#include "audio/source_av_input.h"
#include "audio/url.h"
#include "tests/unit/check_main.h"
#include "tests/unit/sound.h"

enum { MAX = 100000, LATE_MS = 20000 }; /* so late a busy machine may be */

static float got_a[MAX], got_b[MAX];
static struct reason why;

static int64_t now_ms(void)
{
    return clock_boot_ns() / 1000000;
}

START_TEST(the_scheme_tells_the_kind)
{
    static const char *const kinds[][2] = {
        {"alsa:hw:1,0", "alsa"}, {"pipe:-", "pipe"},      {"file:/a.wav", "file"},
        {"/a.wav", "file"},      {"a.wav", "file"},       {"./x:y.wav", "file"},
        {"rtsp://h/x", "rtsp"},  {"rtsps://h/x", "rtsp"}, {"http://h/x", "http"},
        {"https://h/x", "http"}, {"ftp://h/x", NULL},     {"", NULL},
        {"udp:1234", NULL},      {"concat:a|b", NULL},    {"lavfi:sine", NULL},
        {"/a:b", "file"},        {"a:b.wav", NULL},       {"2026-11-26T01:15:04.wav", "file"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        ck_assert_pstr_eq(source_kind(kinds[i][0]), kinds[i][1]);
    struct source *s = NULL;
    struct source_params p = {.url = "ftp://h/x"};
    ck_assert_int_eq(source_open(&p, &s, &why), -EINVAL);
    ck_assert(why.text[0] && !s);
    source_close(NULL);
}
END_TEST

START_TEST(wav_files_of_all_sorts)
{
    static const struct {
        int rate, channels, bits;
        bool is_float;
    } sorts[] = {{16000, 1, 16, false}, {44100, 2, 16, false}, {8000, 1, 8, false},
                 {48000, 6, 24, false}, {22050, 1, 32, true},  {96000, 2, 64, true}};
    for (size_t i = 0; i < ARRAY_SIZE(sorts); i++) {
        struct bytes b = wav_sine(sorts[i].rate, sorts[i].channels, sorts[i].bits,
                                  sorts[i].is_float, sorts[i].rate);
        struct source_params p = {.url = write_file("a.wav", b.p, b.n)};
        struct source *s;
        size_t n;
        ck_assert_int_eq(source_open(&p, &s, &why), 0);
        ck_assert_int_eq(source_rate(s), sorts[i].rate);
        ck_assert_int_eq(source_channels(s), sorts[i].channels);
        ck_assert(!source_live(s));
        ck_assert_int_eq(read_on(s, got_a, MAX, &n, &why), 0);
        ck_assert_uint_eq(n, SAMPLE_RATE);
        assert_sine(got_a, n, sorts[i].bits == 8 ? 0.02 : 2e-3);
        ck_assert_int_eq(source_read(s, got_a, MAX, &why), 0); /* stays at its end */
        source_close(s);
        free(b.p);
    }
}
END_TEST

static void assert_refused(const char *url, int err)
{
    struct source_params p = {.url = url, .open_timeout_ms = 3000};
    struct source *s = NULL;
    why.text[0] = '\0';
    int got = source_open(&p, &s, &why);
    ck_assert_msg(got == -err, "%s: %d (%s), not %d", url, got, why.text, -err);
    ck_assert(why.text[0] && !s);
}

START_TEST(what_is_no_recording_is_refused)
{
    char junk[20000];
    for (size_t i = 0; i < sizeof(junk); i++)
        junk[i] = (char)(i * i * 31 >> 3);
    assert_refused("/nonexistent/a.wav", ENOENT);
    assert_refused(folder, EISDIR);
    assert_refused(write_file("empty.wav", "", 0), EBADMSG);
    assert_refused(write_file("a.txt", "Not a recording, just words.\n", 29), EBADMSG);
    assert_refused(write_file("junk.mp3", junk, sizeof(junk)), EBADMSG);
    assert_refused(write_file("list.m3u8", "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", 31), EBADMSG);
    char concat[256];
    struct bytes b = wav_sine(16000, 1, 16, false, 1000);
    int n = snprintf(concat, sizeof(concat), "ffconcat version 1.0\nfile '%s'\n",
                     write_file("a.wav", b.p, b.n));
    struct source_params p = {.url = write_file("list.ffconcat", concat, (size_t)n)};
    struct source *s = NULL;
    ck_assert_int_lt(source_open(&p, &s, &why), 0); /* a playlist must not open other files */
    free(b.p);
}
END_TEST

START_TEST(cut_recordings_end_early)
{
    struct bytes b = wav_sine(16000, 1, 16, false, 16000);
    struct source *s;
    size_t n;
    struct source_params p = {.url = write_file("cut.wav", b.p, 44 + 2 * 5001 + 1)};
    ck_assert_int_eq(source_open(&p, &s, &why), 0);
    ck_assert_int_eq(read_on(s, got_a, MAX, &n, &why), 0);
    ck_assert_uint_eq(n, 5001);
    assert_sine(got_a, n, 2e-3);
    source_close(s);
    b.n = 0;
    add_wav_head(&b, 16000, 1, 16, false, 0);
    p.url = write_file("none.wav", b.p, b.n);
    int err = source_open(&p, &s, &why); /* a head and no sound */
    if (err == 0) {
        ck_assert_int_eq(source_read(s, got_a, MAX, &why), 0);
        source_close(s);
    }
    free(b.p);
}
END_TEST

START_TEST(paced_and_at_full_speed_are_the_same)
{
    struct bytes b = wav_sine(44100, 2, 16, false, 22050);
    char url[300];
    snprintf(url, sizeof(url), "%s%s", _i ? "pipe:" : "", write_file("a.wav", b.p, b.n));
    struct source_params p = {.url = url};
    struct source *s;
    size_t n, m;
    ck_assert_int_eq(source_open(&p, &s, &why), 0);
    ck_assert(!source_live(s));
    ck_assert_int_eq(read_on(s, got_a, MAX, &n, &why), 0);
    source_close(s);
    p.paced = true;
    ck_assert_int_eq(source_open(&p, &s, &why), 0);
    ck_assert(source_live(s));
    int64_t start = now_ms();
    for (m = 0; m < MAX;) {
        ssize_t got = source_read(s, got_b + m, 123, &why);
        if (got <= 0)
            break;
        m += (size_t)got;
        int64_t due = (int64_t)m * 1000 / SAMPLE_RATE;
        ck_assert_int_ge(now_ms() - start, due - 1); /* never before its time */
    }
    ck_assert_uint_eq(m, n);
    ck_assert(memcmp(got_a, got_b, n * sizeof(float)) == 0);
    source_close(s);
    free(b.p);
}
END_TEST

static atomic_bool stop;

static void *stop_soon(void *arg)
{
    nanosleep(&(struct timespec){0, 150 * 1000000}, NULL);
    atomic_store(&stop, true);
    return NULL;
}

/* Opens url, which goes nowhere: ends by timeout, then by *stop, both in bound. */
static void assert_goes_nowhere(const char *url)
{
    struct source *s = NULL;
    struct source_params p = {.url = url, .open_timeout_ms = 300, .stop = &stop};
    int64_t start = now_ms();
    atomic_store(&stop, false);
    int err = source_open(&p, &s, &why);
    ck_assert_msg(err == -ETIMEDOUT, "%s: %d (%s)", url, err, why.text);
    ck_assert_int_ge(now_ms() - start, 290);
    ck_assert_int_le(now_ms() - start, LATE_MS);
    pthread_t t;
    p.open_timeout_ms = 4 * LATE_MS;
    start = now_ms();
    ck_assert_int_eq(pthread_create(&t, NULL, stop_soon, NULL), 0);
    err = source_open(&p, &s, &why);
    ck_assert_msg(err == -ECANCELED, "%s: %d (%s)", url, err, why.text);
    ck_assert_int_le(now_ms() - start, 2 * LATE_MS);
    pthread_join(t, NULL);
    ck_assert_ptr_null(s);
}

/* A port of ours; unless backlog is 0 it takes connections, and nobody answers. */
static int listener(int *ret_port, int backlog)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(a);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&a, len), 0);
    ck_assert(backlog == 0 || listen(fd, backlog) == 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&a, &len), 0);
    *ret_port = ntohs(a.sin_port);
    return fd;
}

START_TEST(open_has_a_deadline_and_can_be_stopped)
{
    static const char *const schemes[] = {"rtsp", "http", "rtsps", "https"};
    const char *fifo = in_folder("fifo");
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    assert_goes_nowhere(fifo);
    int port, fd = listener(&port, 8);
    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
        char url[128];
        snprintf(url, sizeof(url), "%s://127.0.0.1:%d/x", schemes[i], port);
        assert_goes_nowhere(url);
    }
    close(fd);
}
END_TEST

/* The only name that is looked up here is known to nobody, whatever the name server of this network says. */
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **ret)
{
    struct {
        struct addrinfo info;
        struct sockaddr_in a;
    } *found;
    struct in_addr address;
    if (inet_pton(AF_INET, name, &address) != 1)
        return EAI_NONAME;
    found = calloc(1, sizeof(*found));
    ck_assert_ptr_nonnull(found);
    found->a = (struct sockaddr_in){AF_INET, htons((uint16_t)(service ? atoi(service) : 0)), address, {0}};
    found->info = (struct addrinfo){.ai_family = AF_INET, .ai_socktype = SOCK_STREAM, .ai_addrlen = sizeof(found->a)};
    found->info.ai_addr = (struct sockaddr *)&found->a;
    *ret = &found->info;
    return 0;
}

void freeaddrinfo(struct addrinfo *found)
{
    free(found);
}

START_TEST(network_refusals)
{
    int port, fd = listener(&port, 0);
    char url[128];
    snprintf(url, sizeof(url), "rtsp://me:secret@127.0.0.1:%d/x?token=secret", port);
    assert_refused(url, ECONNREFUSED);
    ck_assert_ptr_null(strstr(why.text, "secret"));
    ck_assert_ptr_nonnull(strstr(why.text, "127.0.0.1"));
    snprintf(url, sizeof(url), "http://me:secret@127.0.0.1:%d/x?token=secret", port);
    assert_refused(url, ECONNREFUSED);
    ck_assert_ptr_null(strstr(why.text, "secret"));
    assert_refused("rtsp:///x", EINVAL);
    assert_refused("http:x", EINVAL);
    assert_refused("rtsp://nosuchhost.invalid/x", EHOSTUNREACH);
    close(fd);
}
END_TEST

START_TEST(stop_is_sticky)
{
    struct bytes b = wav_sine(16000, 1, 16, false, 16000);
    struct source_params p = {.url = write_file("a.wav", b.p, b.n), .stop = &stop};
    struct source *s;
    atomic_store(&stop, false);
    ck_assert_int_eq(source_open(&p, &s, &why), 0);
    ck_assert_int_gt(source_read(s, got_a, 100, &why), 0);
    atomic_store(&stop, true);
    ck_assert_int_eq(source_read(s, got_a, 100, &why), -ECANCELED);
    ck_assert_int_eq(source_read(s, got_a, 100, &why), -ECANCELED);
    source_close(s);
    free(b.p);
}
END_TEST

START_TEST(urls_carry_logins_and_hide_them)
{
    char url[URL_MAX], shown[40], host[64];
    ck_assert_int_eq(url_with_login("rtsp://h:554/a@b", "me", "p@ss:/?#%", url, &why), 0);
    ck_assert_str_eq(url, "rtsp://me:p%40ss%3A%2F%3F%23%25@h:554/a@b");
    ck_assert_int_eq(url_with_login("rtsp://old:pw@h/a", "me", NULL, url, &why), 0);
    ck_assert_str_eq(url, "rtsp://me@h/a");
    ck_assert_int_eq(url_with_login("rtsp://old:pw@h/a", NULL, NULL, url, &why), 0);
    ck_assert_str_eq(url, "rtsp://old:pw@h/a");
    ck_assert_int_eq(url_with_login("rtsp://h/a", "a:b", "c", url, &why), -EINVAL);
    ck_assert_int_eq(url_with_login("rtsp:/h/a", "a", "c", url, &why), -EINVAL);
    char *longest = calloc(1, URL_MAX + 100);
    memset(longest, 'x', URL_MAX + 50);
    memcpy(longest, "rtsp://", 7);
    ck_assert_int_eq(url_with_login(longest, NULL, NULL, url, &why), -EINVAL);
    ck_assert_int_eq(url_with_login("rtsp://h/", "me", longest, url, &why), -EINVAL);
    ck_assert_int_eq(url_host(longest, host, sizeof(host)), -EINVAL);
    memcpy(longest, "xxxxxxx", 7);
    longest[124] = '\0'; /* with "me:" before it 127 bytes, or more when some count thrice */
    ck_assert_int_eq(url_with_login("rtsp://h/", "me", longest, url, &why), 0);
    memcpy(longest, "#?/", 3);
    ck_assert_int_eq(url_with_login("rtsp://h/", "me", longest, url, &why), -EINVAL);
    ck_assert_pstr_ne(strstr(why.text, "126 bytes"), NULL);
    ck_assert_int_eq(url_with_login("http://h/", "me", longest, url, &why), 0);
    free(longest);
    url_shown("http://u:secret@cam.lan:80/live?token=secret#secret", shown, sizeof(shown));
    ck_assert_str_eq(shown, "http://cam.lan:80/live");
    url_shown("http://u:s@e@h?x", shown, sizeof(shown));
    ck_assert_str_eq(shown, "http://h");
    ck_assert_int_eq(url_host("rtsp://u:p@[::1]:554/x", host, sizeof(host)), 0);
    ck_assert_str_eq(host, "::1");
    ck_assert_int_eq(url_host("rtsp://cam:554", host, sizeof(host)), 0);
    ck_assert_str_eq(host, "cam");
    ck_assert_int_eq(url_host("rtsp://:554/", host, sizeof(host)), -EINVAL);
    ck_assert_int_eq(url_host("rtsp://[::1/", host, sizeof(host)), -EINVAL);
}
END_TEST

/* What source_read() means by these two is something else: "go on reading". */
START_TEST(no_error_of_libav_is_taken_for_a_gap)
{
    struct av_input in = {.deadline_ns = INT64_MAX, .shown = "rtsp://h/x"};
    ck_assert_int_eq(av_input_error(&in, -EPIPE, "reading", &why), -ECONNRESET);
    ck_assert_int_eq(av_input_error(&in, -EAGAIN, "reading", &why), -EIO);
    ck_assert_int_eq(av_input_error(&in, -ECONNREFUSED, "opening", &why), -ECONNREFUSED);
}
END_TEST

static Suite *source_suite(void)
{
    Suite *s = suite_create("source");
    TCase *t = tcase_create("source");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, folder_make, folder_remove);
    tcase_add_test(t, the_scheme_tells_the_kind);
    tcase_add_test(t, wav_files_of_all_sorts);
    tcase_add_test(t, what_is_no_recording_is_refused);
    tcase_add_test(t, cut_recordings_end_early);
    tcase_add_loop_test(t, paced_and_at_full_speed_are_the_same, 0, 2);
    tcase_add_test(t, open_has_a_deadline_and_can_be_stopped);
    tcase_add_test(t, network_refusals);
    tcase_add_test(t, stop_is_sticky);
    tcase_add_test(t, no_error_of_libav_is_taken_for_a_gap);
    tcase_add_test(t, urls_carry_logins_and_hide_them);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(source_suite)
