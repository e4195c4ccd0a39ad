/* audio/mfcc.c against the float64 reference of tests/golden/mfcc.py, and
 * against itself: cut anywhere, reset, fed with rubbish. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "audio/mfcc.h"
#include "tests/unit/check_main.h"

enum { N_SAMPLES = 32000, N_FRAMES = 198 };

static float samples[N_SAMPLES], golden[N_FRAMES][MFCC_COEFS];

static void read_file(const char *name, void *to, size_t size)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", GOLDEN_DIR, name);
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "cannot open %s", path);
    ck_assert_uint_eq(fread(to, 1, size, f), size);
    fclose(f);
}

static void load(void)
{
    static int16_t raw[N_SAMPLES];
    read_file("mfcc.s16", raw, sizeof(raw));
    read_file("mfcc.f32", golden, sizeof(golden));
    for (int i = 0; i < N_SAMPLES; i++)
        samples[i] = (float)raw[i] / 32768;
}

/* All frames of the samples, fed in pieces of `piece`, out in pieces of `room`. */
static int run(struct mfcc *m, size_t piece, size_t room, float (*out)[MFCC_COEFS])
{
    int frames = 0;
    for (size_t at = 0; at < N_SAMPLES;) {
        size_t n = N_SAMPLES - at < piece ? N_SAMPLES - at : piece, taken;
        frames += mfcc_feed(m, samples + at, n, &taken, out[frames], room);
        at += taken;
    }
    return frames;
}

START_TEST(equals_the_reference)
{
    static float out[N_FRAMES + 1][MFCC_COEFS];
    struct mfcc *m;
    load();
    ck_assert_int_eq(mfcc_new(&m), 0);
    ck_assert_int_eq(run(m, N_SAMPLES, N_FRAMES + 1, out), N_FRAMES);
    double sum = 0;
    for (int f = 0; f < N_FRAMES; f++)
        for (int c = 0; c < MFCC_COEFS; c++) {
            float error = fabsf(out[f][c] - golden[f][c]);
            sum += error;
            ck_assert_msg(error < 2e-2f, "frame %d coefficient %d: %f, reference %f", f, c, out[f][c], golden[f][c]);
        }
    ck_assert_double_lt(sum / (N_FRAMES * MFCC_COEFS), 5e-4);
    mfcc_free(m);
}
END_TEST

START_TEST(does_not_depend_on_the_cut)
{
    static float whole[N_FRAMES + 1][MFCC_COEFS], cut[N_FRAMES + 1][MFCC_COEFS];
    struct mfcc *m;
    load();
    ck_assert_int_eq(mfcc_new(&m), 0);
    run(m, N_SAMPLES, N_FRAMES + 1, whole);
    static const size_t piece[] = {1, 7, 160, 399, 401, 5000}, room[] = {1, 2, 1, 3, 1, 100};
    for (size_t i = 0; i < ARRAY_SIZE(piece); i++) {
        mfcc_reset(m);
        ck_assert_int_eq(run(m, piece[i], room[i], cut), N_FRAMES);
        ck_assert_mem_eq(whole, cut, sizeof(float) * N_FRAMES * MFCC_COEFS);
    }
    mfcc_free(m);
}
END_TEST

START_TEST(what_is_not_finite_counts_as_zero)
{
    static const float bad[] = {NAN, 0.1f, INFINITY, -0.2f, -INFINITY, 0.3f};
    float in[MFCC_HOP], zeroed[MFCC_HOP], out[2][MFCC_COEFS], want[2][MFCC_COEFS];
    struct mfcc *m, *z;
    ck_assert_int_eq(mfcc_new(&m), 0);
    ck_assert_int_eq(mfcc_new(&z), 0);
    for (int i = 0; i < 50; i++) {
        size_t taken;
        for (int k = 0; k < MFCC_HOP; k++) {
            in[k] = bad[(size_t)(i * 31 + k * 7) % ARRAY_SIZE(bad)];
            zeroed[k] = isfinite(in[k]) ? in[k] : 0;
        }
        int n = mfcc_feed(m, in, MFCC_HOP, &taken, out[0], 2);
        ck_assert_int_eq(mfcc_feed(z, zeroed, MFCC_HOP, &taken, want[0], 2), n);
        ck_assert_mem_eq(out, want, sizeof(float) * MFCC_COEFS * (size_t)n);
    }
    mfcc_free(m);
    mfcc_free(z);
    mfcc_free(NULL);
}
END_TEST

static Suite *mfcc_suite(void)
{
    Suite *s = suite_create("mfcc");
    TCase *t = tcase_create("mfcc");
    tcase_add_test(t, equals_the_reference);
    tcase_add_test(t, does_not_depend_on_the_cut);
    tcase_add_test(t, what_is_not_finite_counts_as_zero);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(mfcc_suite)
