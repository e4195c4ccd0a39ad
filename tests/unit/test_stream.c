/* A stream's scores depend on its tokens alone, bit for bit. */
#include <math.h>
#include <string.h>

#include "infer/encoder.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

enum { N = 200, MAX_BOOKS = 16 };

static const struct model *model;
static const struct kernel *kernel;
static struct scratch *scratch;

static void open_model(void)
{
    struct synth_shape shape = synth_tiny();
    struct reason why;
    ck_assert_int_eq(kernel_select("auto", &kernel, &why), 0);
    ck_assert_msg(model_open(make_model(&shape, 3), kernel, &model, &why) == 0, "%s", why.text);
    ck_assert_int_eq(scratch_new(model, &scratch), 0);
}

static void close_model(void)
{
    scratch_free(scratch);
    model_close(model);
    make_model_done();
}

/* the same for the same seed */
static void make_ids(uint32_t seed, uint16_t *ids, int n_tokens)
{
    for (int i = 0; i < n_tokens * model->books.n; i++) {
        seed = seed * 1664525 + 1013904223;
        ids[i] = (uint16_t)(seed >> 16) % (uint16_t)model->books.codes;
    }
}

/* Steps of `step` tokens; out[t] is the window that ended with token t + 1. */
static void run(struct stream *s, const uint16_t *ids, int n, int step, struct scores *out)
{
    for (int at = 0; at < n; at += step) {
        struct scores got[ENCODER_MAX_ROWS + 1];
        struct encoder_job job = {s, ids + at * model->books.n, n - at < step ? n - at : step, got,
                                  0};
        ck_assert_int_eq(encoder_step(model, scratch, &job, 1), 0);
        for (int i = 0; i < job.n_out; i++)
            out[got[i].token - 1] = got[i];
    }
}

static void same(const struct scores *a, const struct scores *b)
{
    ck_assert_uint_eq(a->token, b->token);
    ck_assert_mem_eq(a->p, b->p, sizeof(a->p));
    ck_assert_mem_eq(&a->speech, &b->speech, sizeof(a->speech));
}

/* hop 1, one token at a time */
static void reference(uint32_t seed, struct scores *out)
{
    uint16_t ids[N * MAX_BOOKS];
    struct stream *s;
    make_ids(seed, ids, N);
    ck_assert_int_eq(stream_new(model, 1, &s), 0);
    run(s, ids, N, 1, out);
    ck_assert_uint_eq(stream_tokens(s), N);
    stream_free(s);
}

START_TEST(scores_are_probabilities_that_move)
{
    struct scores want[N];
    reference(7, want);
    for (int t = 0; t < N; t++)
        for (int i = 0; i < model->n_labels; i++)
            ck_assert(want[t].p[i] > 0 && want[t].p[i] < 1);
    ck_assert_float_ne(want[50].p[0], want[51].p[0]);
    ck_assert_float_ne(want[50].p[0], want[50].p[1]);
}
END_TEST

START_TEST(hops_and_steps_agree)
{
    static const int hops[] = {1, 4, 8, 7}, steps[] = {1, 3, 4, 8, 64};
    struct scores want[N], got[N];
    uint16_t ids[N * MAX_BOOKS];
    reference(7, want);
    make_ids(7, ids, N);
    for (size_t h = 0; h < ARRAY_SIZE(hops); h++)
        for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
            struct stream *s;
            memset(got, 0, sizeof(got));
            ck_assert_int_eq(stream_new(model, hops[h], &s), 0);
            run(s, ids, N, steps[i], got);
            for (int t = 0; t < N; t++) {
                if ((t + 1) % hops[h] == 0)
                    same(&got[t], &want[t]);
                else
                    ck_assert_uint_eq(got[t].token, 0);
            }
            stream_free(s);
        }
}
END_TEST

START_TEST(company_does_not_matter)
{
    enum { STREAMS = 5 };
    static struct scores want[STREAMS][N];
    static uint16_t ids[STREAMS][N * MAX_BOOKS];
    struct stream *s[STREAMS];
    int at[STREAMS] = {0};
    uint32_t random = 1;
    for (int i = 0; i < STREAMS; i++) {
        reference((uint32_t)i, want[i]);
        make_ids((uint32_t)i, ids[i], N);
        ck_assert_int_eq(stream_new(model, 1, &s[i]), 0);
    }
    for (bool more = true; more;) {
        struct encoder_job jobs[STREAMS];
        struct scores got[STREAMS][14];
        int who[STREAMS];
        size_t n = 0;
        more = false;
        for (int i = 0; i < STREAMS; i++) {
            random = random * 1664525 + 1013904223;
            int take = (int)(random >> 24) % 13;
            take = take < N - at[i] ? take : N - at[i];
            more |= at[i] < N;
            if (take == 0)
                continue;
            jobs[n] = (struct encoder_job){s[i], ids[i] + at[i] * model->books.n, take, got[n], 0};
            who[n++] = i;
            at[i] += take;
        }
        ck_assert_int_eq(encoder_step(model, scratch, jobs, n), 0);
        for (size_t j = 0; j < n; j++)
            for (int k = 0; k < jobs[j].n_out; k++)
                same(&got[j][k], &want[who[j]][got[j][k].token - 1]);
    }
    for (int i = 0; i < STREAMS; i++)
        stream_free(s[i]);
}
END_TEST

START_TEST(reset_is_as_new)
{
    struct scores want[N], got[N];
    uint16_t ids[N * MAX_BOOKS], other[N * MAX_BOOKS];
    struct stream *s;
    reference(7, want);
    make_ids(7, ids, N);
    make_ids(8, other, N);
    ck_assert_int_eq(stream_new(model, 1, &s), 0);
    run(s, other, 77, 11, got);
    stream_reset(s);
    ck_assert_uint_eq(stream_tokens(s), 0);
    run(s, ids, N, 5, got);
    for (int t = 0; t < N; t++)
        same(&got[t], &want[t]);
    stream_free(s);
}
END_TEST

/* What lies window - 1 tokens back in every layer is forgotten: after enough
 * common tokens two streams with different pasts agree. */
START_TEST(window_bounds_memory)
{
    struct scores a[N], b[N];
    uint16_t ids[N * MAX_BOOKS], other[N * MAX_BOOKS];
    struct stream *s;
    make_ids(7, ids, N);
    make_ids(7, other, N);
    make_ids(9, other, 20);
    ck_assert_int_eq(stream_new(model, 1, &s), 0);
    run(s, ids, N, 8, a);
    stream_reset(s);
    run(s, other, N, 8, b);
    stream_free(s);
    int reach = 20 + model->n_layers * (model->window - 1) + model->pool;
    ck_assert_int_lt(reach, N);
    ck_assert(memcmp(a[20].p, b[20].p, sizeof(a[20].p)) != 0);
    for (int t = reach; t < N; t++)
        same(&a[t], &b[t]);
}
END_TEST

START_TEST(wrong_input_changes_nothing)
{
    struct scores want[N], got[N];
    uint16_t ids[N * MAX_BOOKS], bad[MAX_BOOKS];
    struct stream *s;
    reference(7, want);
    make_ids(7, ids, N);
    make_ids(7, bad, 1);
    bad[1] = (uint16_t)model->books.codes;
    ck_assert_int_eq(stream_new(model, 1, &s), 0);
    run(s, ids, 10, 5, got);
    struct encoder_job job = {s, bad, 1, got, 0};
    ck_assert_int_eq(encoder_step(model, scratch, &job, 1), -EINVAL);
    job = (struct encoder_job){s, ids, ENCODER_MAX_ROWS + 1, got, 0};
    ck_assert_int_eq(encoder_step(model, scratch, &job, 1), -EINVAL);
    struct encoder_job two[] = {{s, ids, ENCODER_MAX_ROWS, got, 0}, {s, ids, 1, got, 0}};
    ck_assert_int_eq(encoder_step(model, scratch, two, 2), -EINVAL);
    run(s, ids + 10 * model->books.n, 30, 5, got);
    same(&got[39], &want[39]);
    stream_free(s);
    ck_assert_int_eq(stream_new(model, 0, &s), -EINVAL);
    ck_assert_int_eq(stream_new(model, 65, &s), -EINVAL);
    ck_assert_int_eq(encoder_window(model, scratch, ids, 4, NULL, NULL), -EINVAL);
}
END_TEST

static Suite *stream_suite(void)
{
    Suite *s = suite_create("stream");
    TCase *t = tcase_create("stream");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, open_model, close_model);
    tcase_add_test(t, scores_are_probabilities_that_move);
    tcase_add_test(t, hops_and_steps_agree);
    tcase_add_test(t, company_does_not_matter);
    tcase_add_test(t, reset_is_as_new);
    tcase_add_test(t, window_bounds_memory);
    tcase_add_test(t, wrong_input_changes_nothing);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(stream_suite)
