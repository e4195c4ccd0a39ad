/* The encoder against tests/golden/encoder.py, which computes the same models in
 * float64 with whole matrices. TOLERANCE is what float32 may do to numbers of
 * size 1 in two layers as long as no activation rounds to another int8, which
 * the golden inputs are chosen for. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "infer/encoder.h"
#include "infer/four.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

#define TOLERANCE 3e-5F

enum { N = 100, WHOLE = 16, HOP = 4, BOOKS = 4, OUTPUTS = 4, D = 32 };

static const struct model *model;
static struct scratch *scratch;

static void open_golden(const char *kind, const struct kernel *kernel)
{
    char path[512];
    struct reason why;
    snprintf(path, sizeof(path), GOLDEN_DIR "/encoder-%s.gguf", kind);
    ck_assert_msg(model_open(path, kernel, &model, &why) == 0, "%s", why.text);
    ck_assert_int_eq(scratch_new(model, &scratch), 0);
}

static void read_golden(const char *kind, uint16_t *ids, size_t n_ids, float *values, size_t n)
{
    char path[512];
    snprintf(path, sizeof(path), GOLDEN_DIR "/encoder-%s.bin", kind);
    FILE *f = fopen(path, "rb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fread(ids, sizeof(*ids), n_ids, f), n_ids);
    ck_assert_uint_eq(fread(values, sizeof(*values), n, f), n);
    ck_assert_int_eq(fgetc(f), EOF);
    fclose(f);
}

static void close_golden(void)
{
    scratch_free(scratch);
    model_close(model);
}

static void near(const char *what, const float *got, const float *want, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(fabsf(got[i] - want[i]) <= TOLERANCE * fmaxf(1, fabsf(want[i])),
                      "%s %zu is %.7g, float64 says %.7g", what, i, (double)got[i],
                      (double)want[i]);
}

/* A loop test over the tables that run here. */
static const struct kernel *kernel_at(int i)
{
    const struct kernel *const *list = kernel_list();
    for (; *list; list++)
        if (kernel_runs(*list) && i-- == 0)
            return *list;
    return NULL;
}

START_TEST(causal_agrees_with_float64)
{
    const struct kernel *kernel = kernel_at(_i);
    uint16_t ids[N * BOOKS];
    float want[(N + N / HOP) * OUTPUTS], got[N * OUTPUTS];
    struct stream *s;
    if (!kernel)
        return;
    open_golden("causal", kernel);
    read_golden("causal", ids, N * BOOKS, want, (N + N / HOP) * OUTPUTS);
    ck_assert_int_eq(encoder_logits(model, scratch, ids, N, got), 0);
    near("logit", got, want, N * OUTPUTS);
    ck_assert_int_eq(stream_new(model, HOP, &s), 0);
    for (int i = 0; i < N / HOP; i++) {
        struct scores out[2];
        struct encoder_job job = {s, ids + i * HOP * BOOKS, HOP, out, 0};
        const float *p = want + (N + i) * OUTPUTS;
        ck_assert_int_eq(encoder_step(model, scratch, &job, 1), 0);
        ck_assert_int_eq(job.n_out, 1);
        near("probability", out[0].p, p, OUTPUTS - 1);
        near("speech", &out[0].speech, p + OUTPUTS - 1, 1);
    }
    stream_free(s);
    close_golden();
}
END_TEST

START_TEST(whole_window_agrees_with_float64)
{
    const struct kernel *kernel = kernel_at(_i);
    uint16_t ids[WHOLE * BOOKS];
    float want[WHOLE * D + OUTPUTS], hidden[WHOLE * D], logits[OUTPUTS];
    struct stream *s;
    if (!kernel)
        return;
    open_golden("whole", kernel);
    read_golden("whole", ids, WHOLE * BOOKS, want, WHOLE * D + OUTPUTS);
    ck_assert_int_eq(encoder_window(model, scratch, ids, WHOLE, hidden, logits), 0);
    near("hidden", hidden, want, WHOLE * D);
    near("pooled logit", logits, want + WHOLE * D, OUTPUTS);
    ck_assert_int_eq(encoder_window(model, scratch, ids, WHOLE + 1, hidden, logits),
                     -EINVAL);
    ck_assert_int_eq(encoder_logits(model, scratch, ids, WHOLE, logits), -EINVAL);
    ck_assert_int_eq(stream_new(model, HOP, &s), -EINVAL);
    close_golden();
}
END_TEST

START_TEST(exp_and_log_keep_their_word)
{
    for (int i = 0; i <= 200000; i++) {
        float x = -87.0F + 175.0F * (float)i / 200000.0F;
        double want = exp((double)x);
        ck_assert_msg(fabs((double)exp_f(x) - want) < 2e-7 * want, "exp %g", (double)x);
        float y = (float)want;
        double l = log((double)y);
        ck_assert_msg(fabs((double)log_f(y) - l) <= fabs(l) * 6e-8 + 1e-45, "log %g", (double)y);
    }
    ck_assert_float_eq(exp_f(-87.1F), 0);
    ck_assert_float_eq(exp_f(-INFINITY), 0);
    ck_assert_float_eq(exp_f(1000), exp_f(88));
    ck_assert_float_eq(exp_f(NAN), exp_f(88));
    ck_assert_float_eq(exp_f(0), 1);
    ck_assert_float_eq(log_f(1), 0);
}
END_TEST

START_TEST(four_exps_have_the_bits_of_one)
{
    const float odd[] = {-INFINITY, -87.1F, REF_EXP_MIN, -0.0F, 0, REF_EXP_MAX, 88.1F, INFINITY, NAN, -NAN, 1e30F, -1e30F};
    for (int i = 0; i < 200000; i++) {
        four x = {0}, y;
        for (int j = 0; j < FOUR_LANES; j++)
            x[j] = i + j < (int)ARRAY_SIZE(odd) ? odd[i + j] : -100.0F + 200.0F * (float)(i + 7919 * j % 200000) / 200000.0F;
        y = four_exp(x);
        for (int j = 0; j < FOUR_LANES; j++) {
            float one = exp_f(x[j]), same = y[j];
            ck_assert_msg(memcmp(&one, &same, sizeof(one)) == 0, "exp %g: %g, %g", (double)x[j], (double)one, (double)same);
        }
    }
}
END_TEST

START_TEST(kernels_are_chosen_by_name)
{
    const struct kernel *k, *best = kernel_at(0);
    struct reason why;
    unsetenv("EARSHOT_CPU");
    ck_assert_int_eq(kernel_select(NULL, &k, &why), 0);
    ck_assert_ptr_eq(k, best);
    ck_assert_int_eq(kernel_select("ref", &k, &why), 0);
    ck_assert_str_eq(k->name, "ref");
    ck_assert_int_eq(kernel_select("mmx", &k, &why), -ENOENT);
    ck_assert_ptr_nonnull(strstr(why.text, "no kernel 'mmx' in this program (there are auto, "));
    setenv("EARSHOT_CPU", "ref", 1);
    ck_assert_int_eq(kernel_select("auto", &k, &why), 0);
    ck_assert_str_eq(k->name, "ref");
    ck_assert_int_eq(kernel_select(best->name, &k, &why), 0);
    ck_assert_ptr_eq(k, best);
    setenv("EARSHOT_CPU", "fast", 1);
    ck_assert_int_eq(kernel_select("auto", &k, &why), -ENOENT);
    ck_assert_ptr_nonnull(strstr(why.text, "EARSHOT_CPU: no kernel 'fast'"));
}
END_TEST

/* Threads share a window: the same bits, of all lengths, also of fewer rows than threads have */
START_TEST(threads_change_nothing)
{
    const struct kernel *kernel = kernel_at(0);
    struct synth_shape shape = synth_tiny();
    struct scratch *team;
    struct reason why;
    shape.window = 80;
    shape.causal = false;
    ck_assert_msg(model_open(make_model(&shape, 7), kernel, &model, &why) == 0, "%s", why.text);
    ck_assert_int_eq(scratch_new(model, &scratch), 0);
    ck_assert_int_eq(scratch_new_team(model, 17, &team), -EINVAL);
    ck_assert_int_eq(scratch_new_team(model, 2 + _i, &team), 0);
    for (int n = 1; n <= 80; n += 1 + n / 3) {
        static uint16_t ids[80 * BOOKS];
        static float want[80 * D], got[80 * D];
        float want_logits[OUTPUTS], got_logits[OUTPUTS];
        for (int i = 0; i < n * BOOKS; i++)
            ids[i] = (uint16_t)((i * 7 + n) % 16);
        ck_assert_int_eq(encoder_window(model, scratch, ids, n, want, want_logits), 0);
        for (int again = 0; again < 20; again++) {
            ck_assert_int_eq(encoder_window(model, team, ids, n, got, got_logits), 0);
            ck_assert_mem_eq(got, want, (size_t)(n * D) * sizeof(float));
            ck_assert_mem_eq(got_logits, want_logits, sizeof(want_logits));
        }
    }
    scratch_free(team);
    close_golden();
    make_model_done();
}
END_TEST

/* What the system lists among the processor's flags, its kernel runs, and no other. */
START_TEST(kernels_run_where_the_system_says)
{
    static const char *const flags[][2] = {
        {"avx2", " avx2"}, {"avxvnni", " avx_vnni"}, {"avx512vnni", " avx512_vnni"}};
    char line[8192] = "";
    FILE *f = fopen("/proc/cpuinfo", "r");
    while (f && fgets(line, sizeof(line), f) && strncmp(line, "flags", 5) != 0)
        ;
    if (f)
        fclose(f);
    for (const struct kernel *const *k = kernel_list(); *k; k++)
        for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
            if (strcmp((*k)->name, flags[i][0]) == 0)
                ck_assert_msg(kernel_runs(*k) == (strstr(line, flags[i][1]) != NULL), "%s",
                              (*k)->name);
}
END_TEST

static Suite *encoder_suite(void)
{
    Suite *s = suite_create("encoder");
    TCase *t = tcase_create("encoder");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_loop_test(t, causal_agrees_with_float64, 0, 4);
    tcase_add_loop_test(t, whole_window_agrees_with_float64, 0, 4);
    tcase_add_test(t, exp_and_log_keep_their_word);
    tcase_add_test(t, four_exps_have_the_bits_of_one);
    tcase_add_loop_test(t, threads_change_nothing, 0, 3);
    tcase_add_test(t, kernels_are_chosen_by_name);
    tcase_add_test(t, kernels_run_where_the_system_says);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(encoder_suite)
