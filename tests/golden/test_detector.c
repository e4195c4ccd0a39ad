/* The shipped model's probabilities against the float model it was made from.
 *
 * detector.golden holds the tokens of windows and what PyTorch says of them in
 * float32 (infer/train/compare.py --golden wrote it): uint32 windows, tokens,
 * books, outputs; uint16 ids (windows, tokens, books); float32 probabilities
 * (windows, outputs), the last output being "speech present". */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "infer/encoder.h"
#include "tests/unit/check_main.h"

enum { STEP = 32 }; /* tokens */

#define NEAR 0.02

struct golden {
    uint32_t windows, tokens, books, outputs;
    uint16_t *ids;
    float *p;
};

static void *read_array(FILE *f, size_t n, size_t size)
{
    void *to = calloc(n, size);
    ck_assert_ptr_nonnull(to);
    ck_assert_uint_eq(fread(to, size, n, f), n);
    return to;
}

static void golden_load(struct golden *g, const char *path)
{
    uint32_t head[4];
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "cannot open %s", path);
    ck_assert_uint_eq(fread(head, sizeof(head[0]), 4, f), 4);
    *g = (struct golden){head[0], head[1], head[2], head[3], NULL, NULL};
    ck_assert_uint_ge(g->windows, 100);
    ck_assert_uint_lt(g->windows, 10000);
    ck_assert_uint_eq(g->tokens % STEP, 0);
    g->ids = read_array(f, (size_t)g->windows * g->tokens * g->books, sizeof(*g->ids));
    g->p = read_array(f, (size_t)g->windows * g->outputs, sizeof(*g->p));
    fclose(f);
}

/* The scores of the window that ends with the last of these tokens. */
static struct scores last_window(const struct model *m, struct scratch *scratch,
                                 const uint16_t *ids, uint32_t n_tokens)
{
    struct scores out[STEP + 1], last = {0};
    struct stream *s;
    ck_assert_int_eq(stream_new(m, 4, &s), 0);
    for (uint32_t t = 0; t < n_tokens; t += STEP) {
        struct encoder_job job = {s, ids + (size_t)t * (size_t)m->books.n, STEP, out, 0};
        ck_assert_int_eq(encoder_step(m, scratch, &job, 1), 0);
        last = out[job.n_out - 1];
    }
    stream_free(s);
    ck_assert_uint_eq(last.token, n_tokens);
    return last;
}

START_TEST(int8_is_near_the_float_model)
{
    const struct model *m;
    const struct kernel *k;
    struct scratch *scratch;
    struct reason why = {""};
    struct golden g;
    golden_load(&g, GOLDEN_FILE);
    ck_assert_int_eq(kernel_select("auto", &k, &why), 0);
    ck_assert_msg(model_open(MODEL_FILE, k, &m, &why) == 0, "%s", why.text);
    ck_assert_int_eq(scratch_new(m, &scratch), 0);
    ck_assert_uint_eq(g.books, (uint32_t)m->books.n);
    ck_assert_uint_eq(g.outputs, (uint32_t)m->n_labels + 1);
    double worst = 0;
    int sure = 0, near = 0, all = 0;
    for (uint32_t w = 0; w < g.windows; w++) {
        const float *want = g.p + (size_t)w * g.outputs;
        struct scores got = last_window(m, scratch, g.ids + (size_t)w * g.tokens * g.books, g.tokens);
        for (int l = 0; l < m->n_labels; l++) {
            double off = fabs((double)got.p[l] - want[l]);
            worst = fmax(worst, off);
            near += off <= NEAR;
            all++;
            sure += want[l] > 0.5;
        }
    }
    printf("%u windows, %d probabilities over 0.5; %d of %d within %.2f, largest difference %.4f\n",
           g.windows, sure, near, all, NEAR, worst);
    ck_assert_int_ge(sure, 10); /* a comparison of silence would prove nothing */
    ck_assert_int_eq(near, all);
    scratch_free(scratch);
    model_close(m);
    free(g.ids);
    free(g.p);
}
END_TEST

static Suite *detector_suite(void)
{
    Suite *s = suite_create("detector");
    TCase *t = tcase_create("detector");
    tcase_set_timeout(t, 900); /* an emulated processor takes minutes */
    tcase_add_test(t, int8_is_near_the_float_model);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(detector_suite)
