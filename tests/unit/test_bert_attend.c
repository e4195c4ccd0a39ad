/* Attention under a mask of blocks against ref's own over all keys, a query at a time, where
 * what is not seen has a bias of minus infinity: bit for bit, in every kernel. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "infer/bert_attend.h"
#include "tests/unit/check_main.h"

enum { HEADS = 3, D_HEAD = 32, D = HEADS * D_HEAD, MOST = 176, BLOCKS = MOST / KEY_BLOCK };

static float q[MOST * D], kv[MOST * 2 * D], want[MOST * D], got[MOST * D], scores[16384], zeros[2 * MOST];
static float keys[2][MOST * D], values[2][MOST * D];
static _Alignas(64) int8_t cells[3][HEADS * BLOCKS * (2 * D_HEAD * KEY_BLOCK + 8 * KEY_BLOCK)];
static unsigned state;

static unsigned draw(void)
{
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

static void fill(float *x, int n)
{
    for (int i = 0; i < n; i++)
        x[i] = (float)draw() * (1.0F / 4194304.0F) - 2.0F;
}

static struct bert_kept kept(int which)
{
    return (struct bert_kept){cells[which], BLOCKS * cell_bytes(D_HEAD), keys[which], values[which]};
}

static bool sees(const struct bert *m, int t, int key)
{
    return !m->mask_block || (m->mask[t / m->mask_block] >> (key / m->mask_block) & 1);
}

static void ref_floats(const struct bert *m, const struct bert_kept *k, int n, int t, const float *bias)
{
    for (int head = 0; head < HEADS; head++) {
        int at = head * D_HEAD;
        const struct attend a = {
            .n = 1, .d = D_HEAD, .n_keys = n, .q = q + t * D + at, .keys = k->keys + at * KEY_BLOCK, .v = k->values + at,
            .bias = bias, .scale = ATTEND_LOG2E / sqrtf(D_HEAD), .y = want + t * D + at, .s = scores,
            .q_stride = D, .key_stride = KEY_BLOCK * D, .v_stride = D, .y_stride = D,
        };
        m->kernel->attend(&a);
    }
}

/* What is not seen must not have the largest scale of a value either: a copy in which it has none. */
static void ref_cells(const struct bert *m, const struct bert_kept *k, int n, int t, const float *bias)
{
    memcpy(cells[2], k->cells, sizeof(cells[2]));
    for (int i = 0; i < HEADS * n; i++) {
        int8_t *cell = cells[2] + (size_t)(i / n) * k->head_step + (size_t)(i % n / KEY_BLOCK) * cell_bytes(D_HEAD);
        if (!sees(m, t, i % n))
            ((float *)(cell + 2 * KEY_BLOCK * D_HEAD))[KEY_BLOCK + i % n % KEY_BLOCK] = 0;
    }
    const struct attend_cells a = {
        .n = 1, .n_heads = HEADS, .d = D_HEAD, .n_keys = n, .q = q + t * D, .cells = cells[2], .head_step = k->head_step,
        .bias = bias, .scale = ATTEND_LOG2E / sqrtf(D_HEAD), .y = want + t * D, .s = scores, .q_stride = D, .y_stride = D,
    };
    m->kernel->attend_cells(&a);
}

static void check(struct bert *m, const struct kernel *ref, bool int8, int n)
{
    float bias[MOST];
    bool known = false;
    const struct bert_kept all = kept(0);
    const struct bert_view v = {&all, n, kept(1), scores, zeros + MOST};
    ck_assert_uint_ge(ARRAY_SIZE(scores), bert_attend_scratch(MOST));
    for (const struct kernel *const *k = kernel_list(); *k; k++) {
        if (!kernel_runs(*k))
            continue;
        m->kernel = *k;
        for (int at = 0, step; at < n; at += step) { /* in parts, as a text's rows come */
            step = n - at < 64 ? n - at : 64;
            bert_put(m, int8, &all, at, step, kv + (size_t)at * 2 * D);
        }
        for (int at = 0, step; at < n; at += step) {
            step = n - at < 64 ? n - at : 64;
            bert_attend(m, int8, &v, at, step, q + at * D, got + at * D);
        }
        m->kernel = ref;
        for (int t = 0; t < n && !known; t++) {
            for (int key = 0; key < n; key++)
                bias[key] = sees(m, t, key) ? 0 : int8 ? -1e38F : -INFINITY;
            (int8 ? ref_cells : ref_floats)(m, &all, n, t, bias);
        }
        known = true;
        ck_assert_msg(memcmp(got, want, (size_t)(n * D) * sizeof(float)) == 0,
                      "%s differs: %d tokens, blocks of %d, %s", (*k)->name, n, m->mask_block, int8 ? "int8" : "floats");
    }
}

START_TEST(a_mask_is_minus_infinity)
{
    const struct kernel *ref;
    struct bert *m = calloc(1, sizeof(*m));
    ck_assert_int_eq(kernel_select("ref", &ref, NULL), 0);
    state = (unsigned)_i;
    m->d = D, m->n_heads = HEADS, m->d_head = D_HEAD;
    for (int round = 0; round < 12; round++) {
        int n = 1 + (int)(draw() % MOST), blocks;
        m->mask_block = round % 4 * KEY_BLOCK; /* none at first */
        blocks = m->mask_block ? (n + m->mask_block - 1) / m->mask_block : 0;
        for (int i = 0; i < blocks; i++)
            m->mask[i] = (round % 3 ? draw() & draw() : 7u << i >> 1) | 1u << i; /* here and there, or neighbours */
        fill(q, n * D);
        fill(kv, n * 2 * D);
        struct bert_kept all = kept(0);
        bert_end(m, &all, n);
        check(m, ref, round & 1, n);
    }
    free(m);
}
END_TEST

static Suite *bert_attend_suite(void)
{
    Suite *s = suite_create("bert_attend");
    TCase *t = tcase_create("bert_attend");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, a_mask_is_minus_infinity, 0, 4);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(bert_attend_suite)
