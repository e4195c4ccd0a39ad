#include <math.h>
#include <stdint.h>
#include <string.h>

#include "audio/resample.h"
#include "audio/source.h"
#include "tests/unit/check_main.h"

enum { MAX_OUT = 200000 };

static float out_a[MAX_OUT], out_b[MAX_OUT];

/* Frame i of a 300 Hz sine of amplitude 0.5; channel c has the share that makes the
 * mean of all channels this sine. */
static void put(uint8_t *to, enum resample_format f, double x)
{
    switch (f) {
    case RESAMPLE_U8:
        *to = (uint8_t)lrint(x * 127 + 128);
        break;
    case RESAMPLE_S16:
        *(int16_t *)to = (int16_t)lrint(x * 32767);
        break;
    case RESAMPLE_S24:
        memcpy(to, &(int32_t){(int32_t)lrint(x * 8388607)}, 3);
        break;
    case RESAMPLE_S32:
        *(int32_t *)to = (int32_t)lrint(x * INT32_MAX);
        break;
    case RESAMPLE_S64:
        *(int64_t *)to = (int64_t)(x * 9223372036854774784.0);
        break;
    case RESAMPLE_F32:
        *(float *)to = (float)x;
        break;
    case RESAMPLE_F64:
        *(double *)to = x;
        break;
    }
}

/* n frames in pieces of at most `piece`; returns the number of samples in out. */
static int run(struct resample *r, const struct resample_params *p, int n, int piece, float *out)
{
    static _Alignas(16) uint8_t buf[RESAMPLE_CHUNK * RESAMPLE_MAX_CHANNELS * 8];
    int total = 0, got, bytes = resample_bytes(p->format), size;
    const float *x;
    for (int at = 0; at < n; at += size) {
        size = n - at < piece ? n - at : piece;
        const void *planes[RESAMPLE_MAX_CHANNELS] = {buf};
        for (int c = 0; c < p->channels; c++) {
            double share = p->channels == 1 ? 1
                           : c == 0         ? 0.5
                                            : (p->channels - 0.5) / (p->channels - 1);
            if (p->planar)
                planes[c] = buf + c * size * bytes;
            for (int i = 0; i < size; i++)
                put(buf + (p->planar ? c * size + i : i * p->channels + c) * bytes, p->format,
                    share * 0.5 * sin(2 * M_PI * 300 * (at + i) / p->rate));
        }
        got = resample_feed(r, planes, size, &x);
        ck_assert_int_ge(got, 0);
        if (got > 0)
            memcpy(out + total, x, (size_t)got * sizeof(*x));
        total += got;
    }
    got = resample_flush(r, &x);
    ck_assert_int_ge(got, 0);
    memcpy(out + total, x, (size_t)got * sizeof(*x));
    return total + got;
}

static void assert_sine(const struct resample_params *p, const float *x, int n, double tolerance)
{
    for (int i = 160; i < n - 160; i++) {
        double want = 0.5 * sin(2 * M_PI * 300 * i / SAMPLE_RATE);
        ck_assert_msg(fabs(x[i] - want) < tolerance,
                      "%d Hz, %d channels, format %d: sample %d is %g, not %g", p->rate,
                      p->channels, (int)p->format, i, (double)x[i], want);
    }
}

START_TEST(any_rate_keeps_sine_and_length)
{
    static const int rates[] = {1000,  8000,  11025, 16000, 22050,  32000,
                                44100, 44101, 48000, 96000, 192000, 768000};
    for (size_t i = 0; i < ARRAY_SIZE(rates); i++) {
        struct resample_params p = {rates[i], 1, RESAMPLE_F32, false};
        struct resample *r;
        ck_assert_int_eq(resample_new(&p, &r, NULL), 0);
        int frames = rates[i] / 2 + 7, n = run(r, &p, frames, RESAMPLE_CHUNK, out_a);
        ck_assert_int_eq(n, (int)((int64_t)frames * SAMPLE_RATE / rates[i]));
        assert_sine(&p, out_a, n, rates[i] == 1000 ? 0.03 : 2e-3);
        resample_free(r);
    }
}
END_TEST

START_TEST(any_format_and_layout)
{
    static const int channels[] = {1, 2, 3, 6, 8, 11, 32};
    for (enum resample_format f = RESAMPLE_U8; f <= RESAMPLE_F64; f++)
        for (size_t i = 0; i < ARRAY_SIZE(channels); i++)
            for (int planar = 0; planar < 2; planar++) {
                struct resample_params p = {48000, channels[i], f, planar};
                struct resample *r;
                if (f == RESAMPLE_S24 && planar) {
                    ck_assert_int_eq(resample_new(&p, &r, NULL), -EINVAL);
                    continue;
                }
                ck_assert_int_eq(resample_new(&p, &r, NULL), 0);
                int n = run(r, &p, 4800, 1000, out_a);
                ck_assert_int_eq(n, 1600);
                assert_sine(&p, out_a, n, f == RESAMPLE_U8 ? 0.02 : 2e-3);
                resample_free(r);
            }
}
END_TEST

START_TEST(cuts_and_streams_do_not_show)
{
    static const int rates[] = {8000, 16000, 44100, 48000, 44101};
    static const int pieces[] = {1, 7, 160, 333, 1023};
    for (size_t i = 0; i < ARRAY_SIZE(rates); i++) {
        struct resample_params p = {rates[i], 2, RESAMPLE_S16, false};
        struct resample *r;
        ck_assert_int_eq(resample_new(&p, &r, NULL), 0);
        int n = run(r, &p, 20011, RESAMPLE_CHUNK, out_a);
        for (size_t j = 0; j < ARRAY_SIZE(pieces);
             j++) { /* the same object: each flush makes it new */
            ck_assert_int_eq(run(r, &p, 20011, pieces[j], out_b), n);
            ck_assert_msg(memcmp(out_a, out_b, (size_t)n * sizeof(float)) == 0,
                          "%d Hz in pieces of %d", rates[i], pieces[j]);
        }
        run(r, &p, 501, 13, out_b); /* leaves another phase behind */
        ck_assert_int_eq(resample_reset(r), 0);
        ck_assert_int_eq(run(r, &p, 20011, 100, out_b), n);
        ck_assert(memcmp(out_a, out_b, (size_t)n * sizeof(float)) == 0);
        resample_free(r);
    }
}
END_TEST

START_TEST(samples_are_tame)
{
    struct resample_params p = {16000, 1, RESAMPLE_F32, false};
    struct resample *r;
    float x[] = {2, -2, NAN, INFINITY, -INFINITY, 0.25f};
    const void *planes = x;
    const float *out;
    ck_assert_int_eq(resample_new(&p, &r, NULL), 0);
    ck_assert_int_eq(resample_feed(r, &planes, 6, &out), 6);
    ck_assert(out[0] == 1 && out[1] == -1 && out[2] == 0 && out[3] == 0 && out[4] == 0 &&
              out[5] == 0.25f);
    ck_assert_int_eq(resample_feed(r, &planes, 0, &out), 0);
    ck_assert_int_eq(resample_feed(r, &planes, RESAMPLE_CHUNK + 1, &out), -EINVAL);
    ck_assert_int_eq(resample_feed(r, &planes, -1, &out), -EINVAL);
    resample_free(r);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    static const struct resample_params bad[] = {
        {0, 1, RESAMPLE_S16, false},      {999, 1, RESAMPLE_S16, false},
        {768001, 1, RESAMPLE_S16, false}, {-16000, 1, RESAMPLE_S16, false},
        {16000, 0, RESAMPLE_S16, false},  {16000, 33, RESAMPLE_S16, false},
        {16000, -1, RESAMPLE_S16, false},
    };
    struct resample *r = NULL;
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        struct reason why = {""};
        ck_assert_int_eq(resample_new(&bad[i], &r, &why), -EINVAL);
        ck_assert(why.text[0] && !r);
    }
    resample_free(NULL);
}
END_TEST

static Suite *resample_suite(void)
{
    Suite *s = suite_create("resample");
    TCase *t = tcase_create("resample");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_test(t, any_rate_keeps_sine_and_length);
    tcase_add_test(t, any_format_and_layout);
    tcase_add_test(t, cuts_and_streams_do_not_show);
    tcase_add_test(t, samples_are_tame);
    tcase_add_test(t, what_cannot_be_is_refused);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(resample_suite)
