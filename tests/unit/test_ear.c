#include <math.h>
#include <string.h>

#include "audio/ear.h"
#include "audio/resample.h"
#include "audio/source.h"
#include "tests/unit/check_main.h"

static struct ear ear;
static int64_t now_ns; /* one second a second() */
static uint32_t seed;

static float noise(void)
{
    seed = seed * 1664525u + 1013904223u;
    return (float)((int32_t)seed / 2147483648.0);
}

static void setup(void)
{
    now_ns = 1000000000;
    seed = 1;
    ear_init(&ear, now_ns);
}

/* A second of gain × noise + dc, clipped to [-1, 1]. True when the ear says so. */
static bool second(float gain, float dc)
{
    bool changed = false;
    float x[400];
    for (int i = 0; i < 40; i++) {
        for (int j = 0; j < 400; j++)
            x[j] = fmaxf(-1, fminf(1, gain * noise() + dc));
        changed |= ear_feed(&ear, x, 400, now_ns += 25000000);
    }
    return changed;
}

static void seconds(int n, float gain, float dc)
{
    while (n-- > 0)
        second(gain, dc);
}

/* Seconds of a loud low tone in 16-bit noise. */
static void tone(int n)
{
    float x[1600];
    for (int i = 0; i < n * 16000; i++) {
        x[i % 1600] =
            0.5f * sinf(2 * (float)M_PI * 210 * (float)(i % 1600) / 16000) + noise() / 65536;
        if (i % 1600 == 1599)
            ear_feed(&ear, x, 1600, now_ns);
    }
}

static void assert_state(enum ear_state s, const char *reason)
{
    ck_assert_str_eq(ear_state_name(ear.state), ear_state_name(s));
    ck_assert_pstr_eq(ear.reason, reason);
}

START_TEST(level_of_a_block)
{
    float x[4] = {0.5f, -0.5f, 0.5f, -0.5f}, zero[4] = {0};
    ck_assert(fabs(ear_dbfs(x, 4) - -6.0206) < 1e-3);
    ck_assert(isinf(ear_dbfs(zero, 4)) && ear_dbfs(zero, 4) < 0);
    ck_assert(isinf(ear_dbfs(zero, 0)));
}
END_TEST

START_TEST(online_after_a_second)
{
    assert_state(EAR_STARTING, NULL);
    float x[15999];
    for (int i = 0; i < 15999; i++)
        x[i] = 0.1f * noise();
    ck_assert(!ear_feed(&ear, x, 15999, 5));
    ck_assert(ear_feed(&ear, x, 1, 7));
    assert_state(EAR_ONLINE, NULL);
    ck_assert_int_eq(ear.since_ns, 7);
    ck_assert(fabs(ear.dbfs - (-20 - 4.77)) < 0.2);
    ck_assert(ear.clipping == 0 && fabs(ear.dc) < 0.01);
}
END_TEST

START_TEST(silence_takes_ten_seconds)
{
    second(0.1f, 0);
    seconds(9, 0, 0);
    assert_state(EAR_ONLINE, NULL);
    ck_assert(isinf(ear.dbfs));
    ck_assert(second(0, 0));
    assert_state(EAR_SILENT, "digital_silence");
    second(0.1f, 0);
    assert_state(EAR_SILENT, "digital_silence");
    ck_assert(second(0.1f, 0));
    assert_state(EAR_ONLINE, NULL);
    seconds(9, 0, 0); /* what speaks for silence must come in a row */
    second(0.1f, 0);
    seconds(9, 0, 0);
    assert_state(EAR_ONLINE, NULL);
}
END_TEST

START_TEST(flat_line_and_offset)
{
    second(0.1f, 0);
    seconds(4, 0, 0.02f);
    assert_state(EAR_ONLINE, NULL);
    second(0, 0.02f);
    assert_state(EAR_FLAT, "flat_line");
    seconds(5, 0, 0.5f);
    assert_state(EAR_FLAT, "dc_offset");
    ck_assert(isinf(ear.dbfs) && fabs(ear.dc - 0.5) < 1e-6);
    seconds(2, 0.1f, 0.3f); /* hears again, but leans */
    assert_state(EAR_ONLINE, "dc_offset");
    ck_assert(fabs(ear.dbfs - (-20 - 4.77)) < 0.2);
    second(0.1f, 0);
    assert_state(EAR_ONLINE, NULL);
}
END_TEST

START_TEST(clipping_comes_and_goes_slowly)
{
    seconds(1, 0.1f, 0);
    seconds(2, 2, 0);
    assert_state(EAR_ONLINE, NULL);
    ck_assert(ear.clipping > 0.4 && ear.clipping < 0.6);
    second(2, 0);
    assert_state(EAR_CLIPPING, "clipping");
    seconds(9, 0.1f, 0);
    assert_state(EAR_CLIPPING, "clipping");
    second(0.1f, 0);
    assert_state(EAR_ONLINE, NULL);
}
END_TEST

START_TEST(a_short_loss_does_not_show)
{
    ck_assert(ear_lost(&ear, "refused", now_ns)); /* before the first sound: at once */
    assert_state(EAR_OFFLINE, "refused");
    ck_assert(!ear_lost(&ear, "refused", now_ns + 1));
    ck_assert(ear_lost(&ear, "timeout", now_ns + 2));
    second(0.1f, 0);
    assert_state(EAR_ONLINE, NULL);
    ck_assert(!ear_lost(&ear, "disconnected", now_ns));
    ck_assert(!ear_lost(&ear, "disconnected", now_ns + 1999999999));
    second(0.1f, 0);
    ck_assert(!ear_lost(&ear, "disconnected", now_ns)); /* counts from here anew */
    ck_assert(!ear_lost(&ear, "disconnected", now_ns + 1999999999));
    ck_assert(ear_lost(&ear, "disconnected", now_ns + 2000000000));
    assert_state(EAR_OFFLINE, "disconnected");
    ck_assert_int_eq(ear.since_ns, now_ns + 2000000000);
}
END_TEST

START_TEST(what_is_lost_has_no_level)
{
    second(0.1f, 0);
    second(2, 0.2f);
    ck_assert(ear.dbfs > -10 && ear.clipping > 0.4 && fabs(ear.dc) > 0.01 && ear.bandwidth_hz > 7000);
    ear_lost(&ear, "unplugged", now_ns);
    ck_assert(ear.dbfs > -10 && ear.clipping > 0.4); /* it may be a hiccup */
    ck_assert(ear_lost(&ear, "unplugged", now_ns + 2000000000));
    ck_assert(isinf(ear.dbfs) && ear.clipping == 0 && ear.dc == 0 && ear.bandwidth_hz == 0);
    second(0, 0.01f); /* back, but nothing to tell a bandwidth by: not the one from before */
    ck_assert(ear.bandwidth_hz == 0);
    tone(1);
    ck_assert_msg(ear.dbfs > -10 && ear.bandwidth_hz <= 1500, "%g Hz are of another life", ear.bandwidth_hz);
}
END_TEST

/* Seconds of noise that was sampled at this rate. */
static double bandwidth_at(int rate, float gain)
{
    struct resample_params p = {rate, 1, RESAMPLE_F32, false};
    struct resample *r;
    setup();
    ck_assert_int_eq(resample_new(&p, &r, NULL), 0);
    for (int fed = 0; fed < 3 * rate; fed += 1000) {
        float x[1000];
        const float *out;
        const void *planes = x;
        for (int i = 0; i < 1000; i++)
            x[i] = gain * noise();
        int n = resample_feed(r, &planes, 1000, &out);
        ck_assert_int_ge(n, 0);
        ear_feed(&ear, out, (size_t)n, now_ns);
    }
    resample_free(r);
    return ear.bandwidth_hz;
}

START_TEST(bandwidth_tells_a_telephone)
{
    ck_assert_int_eq((int)ear.bandwidth_hz, 0);
    ck_assert_int_eq((int)bandwidth_at(16000, 0.1f), 7500);
    ck_assert_int_eq((int)bandwidth_at(48000, 0.1f), 7500);
    int hz = (int)bandwidth_at(8000, 0.1f);
    ck_assert_msg(hz >= 3500 && hz <= 4500, "8 kHz noise: %d", hz);
    hz = (int)bandwidth_at(11025, 0.1f);
    ck_assert_msg(hz >= 5000 && hz <= 6000, "11 kHz noise: %d", hz);
    ck_assert_int_eq((int)bandwidth_at(16000, 4e-4f), 0); /* too quiet to tell */
    setup();
    tone(3); /* must not leak upwards */
    ck_assert_msg(ear.bandwidth_hz <= 1500, "tone: %g", ear.bandwidth_hz);
}
END_TEST

static Suite *ear_suite(void)
{
    Suite *s = suite_create("ear");
    TCase *t = tcase_create("ear");
    tcase_add_checked_fixture(t, setup, NULL);
    tcase_add_test(t, level_of_a_block);
    tcase_add_test(t, online_after_a_second);
    tcase_add_test(t, silence_takes_ten_seconds);
    tcase_add_test(t, flat_line_and_offset);
    tcase_add_test(t, clipping_comes_and_goes_slowly);
    tcase_add_test(t, a_short_loss_does_not_show);
    tcase_add_test(t, what_is_lost_has_no_level);
    tcase_add_test(t, bandwidth_tells_a_telephone);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(ear_suite)
