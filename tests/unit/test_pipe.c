#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/stat.h>

#include "audio/source.h"
#include "audio/wav.h"
#include "tests/unit/check_main.h"
#include "tests/unit/sound.h"

enum { MAX = 200000 };

static float got[MAX], want[MAX];
static struct reason why;

static struct source *open_pipe(const char *path, const char *options, int read_timeout_ms)
{
    char url[256];
    snprintf(url, sizeof(url), "pipe:%s%s", path, options);
    struct source_params p = {.url = url, .read_timeout_ms = read_timeout_ms};
    struct source *s = NULL;
    int err = source_open(&p, &s, &why);
    ck_assert_msg(err == 0, "%s: %d (%s)", url, err, why.text);
    ck_assert(!source_live(s));
    return s;
}

struct job {
    const char *path;
    struct bytes b;
    size_t piece;
};

/* A writer of its own thread: opens, writes in pieces, goes. */
static void *write_pieces(void *arg)
{
    const struct job *j = arg;
    int fd = open(j->path, O_WRONLY);
    for (size_t at = 0; fd >= 0 && at < j->b.n;) {
        size_t n = j->b.n - at < j->piece ? j->b.n - at : j->piece;
        ssize_t w = write(fd, j->b.p + at, n);
        if (w < 0)
            break;
        at += (size_t)w;
    }
    close(fd);
    return NULL;
}

static pthread_t start_writer(struct job *j)
{
    pthread_t t;
    ck_assert_int_eq(pthread_create(&t, NULL, write_pieces, j), 0);
    return t;
}

static const char *make_fifo(void)
{
    const char *path = in_folder("fifo");
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    return path;
}

/* Waits through "no writer" for the first sound, reads until the writer is gone. */
static size_t hear_writer(struct source *s)
{
    size_t n = 0;
    ssize_t r;
    while ((r = read_on(s, got, MAX, &n, &why)) == -EAGAIN && n == 0)
        ;
    ck_assert_msg(r == -EAGAIN, "%zd (%s)", r, why.text);
    return n;
}

START_TEST(a_missing_writer_does_not_block)
{
    struct source *s = open_pipe(make_fifo(), "", 0);
    for (int i = 0; i < 3; i++) {
        int64_t start = clock_boot_ns();
        ck_assert_int_eq(source_read(s, got, 100, &why), -EAGAIN);
        ck_assert_int_le((clock_boot_ns() - start) / 1000000, 20000);
        ck_assert_int_eq(source_rate(s), 0);
    }
    ck_assert_int_eq(unlink(in_folder("fifo")), 0);
    ck_assert_int_eq(source_read(s, got, 100, &why), -ENOENT);
    source_close(s);
}
END_TEST

START_TEST(writers_come_and_go)
{
    const char *path = make_fifo();
    struct source *s = open_pipe(path, "", 0);
    struct bytes raw = {0}, wav = wav_sine(48000, 2, 24, false, 48000);
    add_sine(&raw, 16000, 1, 16, false, 16000);
    struct job jobs[3] = {{path, raw, 1111}, {path, wav, 777}, {path, raw, 64}};
    for (int i = 0; i < 3; i++) {
        pthread_t t = start_writer(&jobs[i]);
        if (i > 0) { /* the seam shows, before the first of the new samples */
            ssize_t r;
            while ((r = source_read(s, got, 1, &why)) == -EAGAIN)
                ;
            ck_assert_int_eq(r, -EPIPE);
            ck_assert_int_eq(source_rate(s), i == 1 ? 48000 : 16000);
            ck_assert_int_eq(source_channels(s), i == 1 ? 2 : 1);
        }
        ck_assert_uint_eq(hear_writer(s), 16000);
        assert_sine(got, 16000, 2e-3);
        pthread_join(t, NULL);
        ck_assert_int_eq(source_rate(s), 0);
    }
    source_close(s);
    free(raw.p);
    free(wav.p);
}
END_TEST

START_TEST(a_silent_writer_and_a_removed_fifo)
{
    const char *path = make_fifo();
    struct source *s = open_pipe(path, "", 200);
    int fd = open(path, O_WRONLY);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, "\0\1\0\1", 4), 4);
    size_t n;
    ck_assert_int_eq(read_on(s, got, MAX, &n, &why), -EAGAIN);
    ck_assert_uint_eq(n, 2);
    int64_t start = clock_boot_ns();
    ck_assert_int_eq(source_read(s, got, 100, &why), -EAGAIN);
    ck_assert_int_ge((clock_boot_ns() - start) / 1000000, 190);
    ck_assert_int_eq(source_rate(s), 16000); /* silent, but there */
    ck_assert_int_eq(unlink(path), 0);
    close(fd);
    ssize_t r;
    while ((r = source_read(s, got, 100, &why)) == -EAGAIN)
        ;
    ck_assert_int_eq(r, -ENOENT);
    source_close(s);
}
END_TEST

/* What comes out of these bytes, written in pieces; the number of samples. */
static size_t hear_bytes(const struct bytes *b, const char *options, size_t piece)
{
    const char *path = make_fifo();
    struct source *s = open_pipe(path, options, 0);
    struct job j = {path, *b, piece};
    pthread_t t = start_writer(&j);
    size_t n = hear_writer(s);
    pthread_join(t, NULL);
    source_close(s);
    ck_assert_int_eq(unlink(path), 0);
    return n;
}

START_TEST(raw_formats)
{
    static const struct {
        const char *options;
        int rate, channels, bits;
        bool is_float;
    } formats[] = {
        {"", 16000, 1, 16, false},
        {"?rate=44100&channels=2&format=s16le", 44100, 2, 16, false},
        {"?format=f32le&rate=8000", 8000, 1, 32, true},
        {"?channels=3&format=s32le&rate=48000", 48000, 3, 32, false},
    };
    for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
        struct bytes b = {0};
        add_sine(&b, formats[i].rate, formats[i].channels, formats[i].bits, formats[i].is_float,
                 formats[i].rate);
        add(&b, "x", 1); /* half a frame at the end belongs to nobody */
        ck_assert_uint_eq(hear_bytes(&b, formats[i].options, 999), 16000);
        assert_sine(got, 16000, 2e-3);
        free(b.p);
    }
}
END_TEST

START_TEST(bad_options)
{
    static const char *const bad[] = {"?rate=0",           "?rate=16000x", "?rate=",
                                      "?rate=99999999999", "?channels=33", "?channels=-1",
                                      "?format=mp3",       "?format=",     "?speed=2",
                                      "?rate=16000&&x",    "?rate"};
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        char url[64];
        struct source *s = NULL;
        snprintf(url, sizeof(url), "pipe:-%s", bad[i]);
        struct source_params p = {.url = url};
        ck_assert_msg(source_open(&p, &s, &why) == -EINVAL, "%s", url);
        ck_assert(why.text[0] && !s);
    }
    struct source *s = NULL;
    struct source_params p = {.url = "pipe:"};
    ck_assert_int_eq(source_open(&p, &s, &why), -EINVAL);
    p.url = "pipe:/nonexistent/fifo";
    ck_assert_int_eq(source_open(&p, &s, &why), -ENOENT);
    p.url = "pipe:/tmp";
    ck_assert_int_eq(source_open(&p, &s, &why), -EISDIR);
}
END_TEST

static void add_chunk(struct bytes *b, const char *name, uint32_t size)
{
    add(b, name, 4);
    add32(b, size);
    for (uint32_t i = 0; i < size + (size & 1); i++)
        add(b, "RIFF" + i % 4, 1);
}

START_TEST(wav_heads_in_any_cut)
{
    static const size_t pieces[] = {1, 3, 12, 44, 100, 100000};
    struct bytes b = {0}, sound = {0};
    add_sine(&sound, 16000, 1, 16, false, 3000);
    add(&b, "RIFF\0\0\0\0WAVE", 12);
    add_chunk(&b, "LIST", 33);
    struct bytes head = {0};
    add_wav_head(&head, 16000, 1, 16, false, 6000);
    add(&b, head.p + 12, 24); /* fmt */
    add_chunk(&b, "fact", 4);
    add_chunk(&b, "bext", 5000);
    add(&b, head.p + 36, 8); /* data */
    add(&b, sound.p, sound.n);
    add_chunk(&b, "LIST", 51); /* must not be heard */
    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
        ck_assert_uint_eq(hear_bytes(&b, "?rate=8000", pieces[i]), 3000);
        if (i == 0)
            memcpy(want, got, 3000 * sizeof(*got));
        ck_assert(memcmp(want, got, 3000 * sizeof(*got)) == 0);
    }
    assert_sine(got, 3000, 1e-4);
    free(b.p);
    free(head.p);
    free(sound.p);
}
END_TEST

START_TEST(wav_after_wav_and_without_end)
{
    static const uint32_t endless[] = {0, UINT32_MAX, 0x7fffffff, 0x7ffff000};
    for (size_t i = 0; i < ARRAY_SIZE(endless); i++) {
        struct bytes b = {0};
        add_wav_head(&b, 16000, 2, 16, false, endless[i]);
        add_sine(&b, 16000, 2, 16, false, 2000);
        ck_assert_uint_eq(hear_bytes(&b, "", 500), 2000);
        free(b.p);
    }
    const char *path = make_fifo(); /* one writer, two WAVs of odd length */
    struct bytes b = wav_sine(16000, 1, 8, false, 1001),
                 second = wav_sine(8000, 1, 16, false, 1000);
    add(&b, "\0", 1);
    add(&b, second.p, second.n);
    struct source *s = open_pipe(path, "", 0);
    struct job j = {path, b, 10000};
    pthread_t t = start_writer(&j);
    size_t n;
    ssize_t r;
    while ((r = read_on(s, got, MAX, &n, &why)) == -EAGAIN)
        ;
    ck_assert_int_eq(r, -EPIPE);
    ck_assert_uint_eq(n, 1001);
    ck_assert_uint_eq(hear_writer(s), 2000);
    ck_assert_int_eq(source_rate(s), 0);
    assert_sine(got, 2000, 2e-3);
    pthread_join(t, NULL);
    source_close(s);
    free(b.p);
    free(second.p);
}
END_TEST

/* Feeds a head in one piece and in single bytes: both must be refused. */
static void assert_bad_head(const uint8_t *p, size_t n)
{
    struct wav w;
    size_t used;
    wav_init(&w);
    ck_assert_int_eq(wav_feed(&w, p, n, &used, &why), -EBADMSG);
    uint8_t *buf = malloc(n);
    size_t have = 0;
    int r = 0;
    wav_init(&w);
    for (size_t i = 0; i < n && r == 0; i++) {
        buf[have++] = p[i];
        r = wav_feed(&w, buf, have, &used, &why);
        if (r == 0) {
            have -= used;
            memmove(buf, buf + used, have);
        }
    }
    ck_assert_int_eq(r, -EBADMSG);
    free(buf);
}

START_TEST(bad_heads)
{
    static const struct {
        size_t at;
        uint32_t value; /* of 16 bits */
    } patches[] = {
        {8, 'W'},              /* not WAVE */
        {16, 12},              /* a fmt chunk that is too short */
        {16, 300},             /* or too long */
        {20, 2},               /* ADPCM */
        {20, 0xfffe},          /* extensible, but too short for it */
        {22, 0},               /* channels */
        {22, 33},     {24, 0}, /* Hz (low half; the high one is 0) */
        {32, 3},               /* bytes a frame */
        {34, 12},              /* bits */
        {34, 64},
    };
    struct bytes b = {0};
    add_wav_head(&b, 16000, 1, 16, false, 100);
    for (size_t i = 0; i < ARRAY_SIZE(patches); i++) {
        uint8_t bad[44];
        memcpy(bad, b.p, 44);
        bad[patches[i].at] = (uint8_t)patches[i].value;
        bad[patches[i].at + 1] = (uint8_t)(patches[i].value >> 8);
        assert_bad_head(bad, 44);
    }
    uint8_t no_fmt[20];
    memcpy(no_fmt, b.p, 12);
    memcpy(no_fmt + 12, b.p + 36, 8);
    assert_bad_head(no_fmt, 20);
    struct bytes longest = {0};
    add(&longest, b.p, 12);
    add_chunk(&longest, "junk", WAV_MAX_HEAD);
    assert_bad_head(longest.p, longest.n);
    free(longest.p);
    free(b.p);
}
END_TEST

START_TEST(standard_input_ends)
{
    struct bytes b = wav_sine(16000, 1, 16, false, 5000);
    int fds[2];
    size_t n;
    ck_assert_int_eq(pipe(fds), 0);
    ck_assert_int_eq(dup2(fds[0], STDIN_FILENO), STDIN_FILENO);
    ck_assert_int_eq(write(fds[1], b.p, b.n), (ssize_t)b.n);
    close(fds[0]);
    close(fds[1]);
    struct source *s = open_pipe("-", "", 0);
    ck_assert_int_eq(read_on(s, got, MAX, &n, &why), 0);
    ck_assert_uint_eq(n, 5000);
    ck_assert_int_eq(source_read(s, got, 10, &why), 0);
    source_close(s);
    ck_assert_int_eq(fcntl(STDIN_FILENO, F_GETFL) & O_NONBLOCK, 0);
    free(b.p);
}
END_TEST

static Suite *pipe_suite(void)
{
    Suite *s = suite_create("pipe");
    TCase *t = tcase_create("pipe");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, folder_make, folder_remove);
    tcase_add_test(t, a_missing_writer_does_not_block);
    tcase_add_test(t, writers_come_and_go);
    tcase_add_test(t, a_silent_writer_and_a_removed_fifo);
    tcase_add_test(t, raw_formats);
    tcase_add_test(t, bad_options);
    tcase_add_test(t, wav_heads_in_any_cut);
    tcase_add_test(t, wav_after_wav_and_without_end);
    tcase_add_test(t, bad_heads);
    tcase_add_test(t, standard_input_ends);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(pipe_suite)
