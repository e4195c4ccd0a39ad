/* BERT-like encoders against tests/golden/bert.py, which computes the same files in float64
 * with whole matrices; and what a file must hold. TOLERANCE is what float32 may do in two
 * layers as long as no activation rounds to another int8. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "infer/bert.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

#define TOLERANCE 5e-5F

enum { N = 24, MASKED = 120, D = 32, MOST = MASKED * D + D + 3, LABELS = 3, VOCABULARY = 50 };

static const struct golden {
    const char *name;
    int labels, types, n;
} goldens[] = {
    {"f32", 0, 2, N}, {"f16", 2, 0, N}, {"q8_0", 2, 2, N}, {"i8", 3, 2, N}, {"mask-f32", 0, 2, MASKED}, {"mask-i8", 0, 2, MASKED},
};

static char path[512];

static const char *golden_path(const char *name, const char *end)
{
    snprintf(path, sizeof(path), GOLDEN_DIR "/bert-%s.%s", name, end);
    return path;
}

static void read_golden(const struct golden *g, uint16_t *ids, float *want)
{
    size_t n = (size_t)(g->n * D + D + g->labels), n_ids = 2 * (size_t)g->n;
    FILE *f = fopen(golden_path(g->name, "bin"), "rb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fread(ids, sizeof(*ids), n_ids, f), n_ids);
    ck_assert_uint_eq(fread(want, sizeof(*want), n, f), n);
    ck_assert_int_eq(fgetc(f), EOF);
    fclose(f);
}

static void near(const char *what, const float *got, const float *want, int n)
{
    for (int i = 0; i < n; i++)
        ck_assert_msg(fabsf(got[i] - want[i]) <= TOLERANCE * fmaxf(1, fabsf(want[i])),
                      "%s %d is %.7g, float64 says %.7g", what, i, (double)got[i],
                      (double)want[i]);
}

/* All outputs of n tokens, one behind the other: hidden (n, D), pooled (D), head */
static void run_by(const struct golden *g, const struct kernel *k, int threads, const uint16_t *ids, int n,
                   int columns, float *ret)
{
    struct reason why;
    const struct bert *m;
    struct bert_scratch *s;
    ck_assert_msg(bert_open(golden_path(g->name, "gguf"), k, &m, &why) == 0, "%s", why.text);
    ck_assert_int_eq(m->n_labels, g->labels);
    ck_assert_int_eq(m->n_types, g->types);
    ck_assert_int_eq(m->vocabulary, VOCABULARY);
    ck_assert_int_eq(bert_scratch_new_team(m, threads, &s), 0);
    ck_assert_int_eq(bert_run(m, s, ids, n, columns, ret, ret + n * D, ret + n * D + D), 0);
    bert_scratch_free(s);
    bert_close(m);
}

static void run(const struct golden *g, const struct kernel *k, const uint16_t *ids, int n,
                int columns, float *ret)
{
    run_by(g, k, 1, ids, n, columns, ret);
}

START_TEST(all_types_agree_with_float64)
{
    const struct golden *g = &goldens[_i];
    uint16_t ids[2 * MASKED];
    float want[MOST], got[MOST];
    int all = g->n * D;
    read_golden(g, ids, want);
    for (const struct kernel *const *k = kernel_list(); *k; k++) {
        if (!kernel_runs(*k))
            continue;
        run(g, *k, ids, g->n, 2, got);
        near("hidden", got, want, all);
        near("pooled", got + all, want + all, D);
        near("output", got + all + D, want + all + D, g->labels);
    }
}
END_TEST

START_TEST(kernels_are_equal_at_all_lengths)
{
    const struct golden *g = &goldens[_i];
    const struct kernel *ref;
    uint16_t ids[2 * MASKED], one[MASKED];
    float want[MOST], got[MOST];
    read_golden(g, ids, want);
    ck_assert_int_eq(kernel_select("ref", &ref, NULL), 0);
    for (int n = 1; n <= g->n; n += n < N ? 1 : 13) {
        size_t bytes = (size_t)(n * D + D + g->labels) * sizeof(float);
        for (int i = 0; i < n; i++)
            one[i] = ids[2 * i];
        run(g, ref, one, n, 1, want); /* one column: all of type 0 */
        for (const struct kernel *const *k = kernel_list(); *k; k++) {
            if (!kernel_runs(*k))
                continue;
            run(g, *k, one, n, 1, got);
            ck_assert_msg(memcmp(got, want, bytes) == 0, "%s differs from ref at %d tokens",
                          (*k)->name, n);
        }
        if (n % 5 == 0) /* more threads than the shorter ones have blocks */
            run_by(g, ref, 3, one, n, 1, got);
        ck_assert_msg(memcmp(got, want, bytes) == 0, "three threads differ from one at %d tokens", n);
    }
}
END_TEST

START_TEST(wrong_ids_are_refused)
{
    const struct kernel *k;
    const struct bert *m;
    struct bert_scratch *s;
    float out[D];
    uint16_t ids[2 * (MASKED + 1)] = {0};
    ck_assert_int_eq(kernel_select(NULL, &k, NULL), 0);
    for (size_t i = 0; i < ARRAY_SIZE(goldens); i++) {
        ck_assert_int_eq(bert_open(golden_path(goldens[i].name, "gguf"), k, &m, NULL), 0);
        ck_assert_int_eq(bert_scratch_new(m, &s), 0);
        ck_assert_int_eq(bert_run(m, s, ids, goldens[i].n, 2, NULL, out, NULL), 0);
        ck_assert_int_eq(bert_run(m, s, ids, goldens[i].n + 1, 2, NULL, out, NULL), -EINVAL);
        ck_assert_int_eq(bert_run(m, s, ids, 0, 2, NULL, out, NULL), -EINVAL);
        ck_assert_int_eq(bert_run(m, s, ids, 1, 3, NULL, out, NULL), -EINVAL);
        ids[4] = VOCABULARY;
        ck_assert_int_eq(bert_run(m, s, ids, goldens[i].n, 2, NULL, out, NULL), -EINVAL);
        ids[4] = 0;
        ids[5] = goldens[i].types ? 2 : 1;
        ck_assert_int_eq(bert_run(m, s, ids, goldens[i].n, 2, NULL, out, NULL), -EINVAL);
        ids[5] = 0;
        bert_scratch_free(s);
        bert_close(m);
    }
    ck_assert_int_eq(bert_open(golden_path("f32", "gguf"), k, &m, NULL), 0);
    ck_assert_int_eq(bert_scratch_new_team(m, 0, &s), -EINVAL);
    ck_assert_int_eq(bert_scratch_new_team(m, 17, &s), -EINVAL);
    bert_close(m);
    bert_scratch_free(NULL);
    bert_close(NULL);
    ck_assert(bert_is(golden_path("i8", "gguf")));
    ck_assert(!bert_is(GOLDEN_DIR "/encoder-whole.gguf"));
    ck_assert(!bert_is("/nonexistent"));
    ck_assert_int_eq(bert_open("/nonexistent", k, &m, NULL), -ENOENT);
}
END_TEST

static const struct {
    const char *golden;
    struct damage damage;
} zoo[] = {
    {"f32", {"other architecture", "'general.architecture' is 'bort', expected 'bert'",
             {{"general.architecture", 13, BYTES("o")}}}},
    {"f32", {"no context", "key 'bert.context_length' is 0, expected 1 to 512",
             {{"bert.context_length", 4, BYTES("\0")}}}},
    {"f32", {"longer context", "tensor 'position_embd.weight' at byte",
             {{"bert.context_length", 4, BYTES("\x19")}}}},
    {"f32", {"wide context", "key 'bert.context_length' is 65560",
             {{"bert.context_length", 6, BYTES("\1")}}}},
    {"i8", {"odd width", "'bert.embedding_length' is 33, expected a multiple of 32",
            {{"bert.embedding_length", 4, BYTES("!")}}}},
    {"i8", {"no layers", "'bert.block_count' is 0", {{"bert.block_count", 4, BYTES("\0")}}}},
    {"i8", {"a layer too many", "tensor 'blk.2.attn_output_norm.weight' is missing",
            {{"bert.block_count", 4, BYTES("\3")}}}},
    {"i8", {"thin heads", "a head of 32 / 4 numbers", {{"bert.attention.head_count", 4, BYTES("\4")}}}},
    {"i8", {"epsilon of NaN", "layer_norm_epsilon' is",
            {{"bert.attention.layer_norm_epsilon", 4, BYTES("\0\0\xc0\x7f")}}}},
    {"i8", {"pooling unknown", "'bert.pooling_type' is 3", {{"bert.pooling_type", 4, BYTES("\3")}}}},
    {"f16", {"type unknown", "is of type 2, expected F32 (0), F16 (1), Q8_0 (8) or I8 (24)",
             {{"blk.0.ffn_up.weight", 20, BYTES("\2")}}}},
    {"f16", {"key not of the query's type", "'blk.1.attn_k.weight' is not of the type of 'attn_q'",
             {{"blk.1.attn_k.weight", 20, BYTES("\x8")}}}},
    {"q8_0", {"rows no blocks", "a row of Q8_0 is no multiple of 32",
              {{"blk.0.ffn_up.weight", 4, BYTES("\x21")}}}},
    {"q8_0", {"other shape", "tensor 'blk.0.ffn_up.weight' at byte",
              {{"blk.0.ffn_up.weight", 12, BYTES("\x3f")}}}},
    {"i8", {"no scale", "tensor 'blk.1.ffn_down.scale' is missing",
            {{"blk.1.ffn_down.scale", -1, BYTES("X")}}}},
    {"i8", {"no bias", "tensor 'blk.0.attn_v.bias' is missing",
            {{"blk.0.attn_v.bias", -1, BYTES("X")}}}},
    {"i8", {"head without bias", "tensor 'cls.output.bias' is missing",
            {{"cls.output.bias", -1, BYTES("X")}}}},
    {"mask-i8", {"odd blocks", "'bert.attention.block_size' is 17, expected a multiple of 16",
                 {{"bert.attention.block_size", 4, BYTES("\x11")}}}},
    {"mask-i8", {"larger blocks", "bert.attention.block_mask", {{"bert.attention.block_size", 4, BYTES("\x20")}}}},
    {"mask-i8", {"bits of no block", "row 3 has bits for more than 8 blocks",
                 {{"bert.attention.block_mask", 16 + 8 + 1, BYTES("\1")}}}},
    {"mask-f32", {"blind block", "block 2 does not see itself", {{"bert.attention.block_mask", 16 + 4, BYTES("\5")}}}},
    {"mask-f32", {"mask without blocks", "key 'bert.attention.block_size' is missing",
                  {{"bert.attention.block_size", -1, BYTES("X")}}}},
    {"mask-f32", {"blocks without mask", "key 'bert.attention.block_mask' is missing",
                  {{"bert.attention.block_mask", -1, BYTES("X")}}}},
    {"f32", {"no embedding", "tensor 'token_embd.weight' is missing",
             {{"token_embd.weight", -1, BYTES("X")}}}},
};

static void refused(const struct image *image, const char *name, const char *says)
{
    const struct kernel *k;
    const struct bert *m;
    struct reason why;
    ck_assert_int_eq(kernel_select(NULL, &k, NULL), 0);
    int r = bert_open(image_save(image), k, &m, &why);
    ck_assert_msg(r == -EBADMSG, "%s: returned %d", name, r);
    ck_assert_msg(strstr(why.text, says), "%s: \"%s\" lacks \"%s\"", name, why.text, says);
}

START_TEST(damage_is_told)
{
    struct image image;
    image_load(&image, golden_path(zoo[_i].golden, "gguf"));
    image_damage(&image, &zoo[_i].damage);
    refused(&image, zoo[_i].damage.name, zoo[_i].damage.says);
    image_done(&image);
}
END_TEST

/* Data begins at a multiple of 32 behind the directory, whose last tensor is `last`. */
START_TEST(values_are_looked_at)
{
    static const struct {
        const char *golden, *last, *tensor, *bytes, *says;
        size_t n, at;
    } bad[] = {
        {"f32", "blk.1.layer_output_norm.bias", "blk.1.ffn_up.weight", "\0\0\xc0\x7f",
         "'blk.1.ffn_up.weight': the value at byte", 4, 400},
        {"f16", "cls.output.bias", "blk.0.attn_v.weight", "\0\x7c", "is not finite", 2, 62},
        {"q8_0", "cls.output.bias", "blk.0.ffn_down.weight", "\xff\xff", "is not finite", 2, 34},
        {"i8", "cls.output.bias", "token_embd.weight", "\x80", "is -128", 1, 1599},
    };
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        struct image image;
        image_load(&image, golden_path(bad[i].golden, "gguf"));
        size_t end = (image_find(&image, bad[i].last) + 24 + 31) / 32 * 32;
        size_t at = end + (size_t)image_u64(&image, image_find(&image, bad[i].tensor) + 24);
        memcpy(image.bytes + at + bad[i].at, bad[i].bytes, bad[i].n);
        refused(&image, bad[i].tensor, bad[i].says);
        image_done(&image);
    }
}
END_TEST

static Suite *bert_suite(void)
{
    Suite *s = suite_create("bert");
    TCase *t = tcase_create("bert");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, NULL, make_model_done);
    tcase_add_loop_test(t, all_types_agree_with_float64, 0, ARRAY_SIZE(goldens));
    tcase_add_loop_test(t, kernels_are_equal_at_all_lengths, 0, ARRAY_SIZE(goldens));
    tcase_add_test(t, wrong_ids_are_refused);
    tcase_add_test(t, values_are_looked_at);
    tcase_add_loop_test(t, damage_is_told, 0, ARRAY_SIZE(zoo));
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(bert_suite)
