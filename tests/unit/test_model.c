/* What a model file must hold beyond being a GGUF file. */
#include <stdio.h>
#include <string.h>

#include "infer/model.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

#define NAN4 "\0\0\xc0\x7f"
#define INF4 "\0\0\x80\x7f"
#define TENSOR_2D_OFFSET 24 /* n_dims, two dimensions, type, then the offset */
#define TENSOR_1D_OFFSET 16

static const struct damage zoo[] = {
    {"missing key", "key 'earshot.pool' is missing", {{"earshot.pool", -1, BYTES("X")}}},
    {"wrong type", "key 'earshot.pool' at byte", {{"earshot.pool", 0, BYTES("\6")}}},
    {"array of the wrong type",
     "is an array of float32, expected uint32",
     {{"earshot.tokenizer.widths", 4, BYTES("\6")}}},
    {"no layers",
     "key 'earshot.block_count' is 0, expected 1 to 64",
     {{"earshot.block_count", 4, BYTES("\0")}}},
    {"too many layers",
     "key 'earshot.block_count' is 65",
     {{"earshot.block_count", 4, BYTES("A")}}},
    {"more layers than tensors",
     "tensor 'blk.2.attn_norm.weight' is missing",
     {{"earshot.block_count", 4, BYTES("\3")}}},
    {"odd width",
     "key 'earshot.embedding_length' is 33, expected a multiple of 32",
     {{"earshot.embedding_length", 4, BYTES("!")}}},
    {"wide window",
     "key 'earshot.attention.window' is 4112, expected 1 to 512",
     {{"earshot.attention.window", 5, BYTES("\x10")}}},
    {"heads do not divide",
     "key 'earshot.attention.head_count' is 3",
     {{"earshot.attention.head_count", 4, BYTES("\3")}}},
    {"thin heads",
     "a head of 32 / 4 numbers is no multiple of 16",
     {{"earshot.attention.head_count", 4, BYTES("\4")}}},
    {"no heads",
     "key 'earshot.attention.head_count' is 0",
     {{"earshot.attention.head_count", 4, BYTES("\0")}}},
    {"other architecture",
     "key 'general.architecture' is 'earshit', expected 'earshot'",
     {{"general.architecture", 17, BYTES("i")}}},
    {"escape in the name", "key 'general.name' at byte", {{"general.name", 12, BYTES("\x1b")}}},
    {"label of capitals", "'Label_0' is no name of a-z 0-9 _", {{"label_0", -7, BYTES("L")}}},
    {"label twice", "'label_1' is there twice", {{"label_2", -1, BYTES("1")}}},
    {"calibration of NaN",
     "key 'earshot.calibration.scale': element 0 is",
     {{"earshot.calibration.scale", 16, BYTES(NAN4)}}},
    {"calibration of scale 0",
     "key 'earshot.calibration.scale': element 1 is 0",
     {{"earshot.calibration.scale", 20, BYTES("\0\0\0\0")}}},
    {"threshold over 1",
     "key 'earshot.threshold.high': element 2 is 2",
     {{"earshot.threshold.high", 24, BYTES("\0\0\0\x40")}}},
    {"curve of other length",
     "key 'earshot.calibration.bias' at byte",
     {{"earshot.calibration.bias", -24, BYTES("earshot.threshold.medium")},
      {"earshot.threshold.medium", -24, BYTES("earshot.calibration.bias")}}},
    {"bool of 2", "is a bool of value 2", {{"earshot.attention.causal", 4, BYTES("\2")}}},
    {"epsilon 0",
     "layer_norm_rms_epsilon' is 0,",
     {{"earshot.attention.layer_norm_rms_epsilon", 4, BYTES("\0\0\0\0")}}},
    {"width 0",
     "key 'earshot.tokenizer.widths': element 1 is 0",
     {{"earshot.tokenizer.widths", 20, BYTES("\0")}}},
    {"widths over the limit",
     "their sum at most 64",
     {{"earshot.tokenizer.widths", 16, BYTES("\x40")}}},
    {"codebook of other shape",
     "tensor 'codebook.0.weight' at byte",
     {{"earshot.tokenizer.frames", 4, BYTES("\1")}}},
    {"missing tensor", "tensor 'output.bias' is missing", {{"output.bias", -1, BYTES("X")}}},
    {"float where int8",
     "is of type 0, expected I8",
     {{"blk.1.ffn_up.weight", 20, BYTES("\0")},
      {"blk.1.ffn_up.weight", 4, BYTES("\x10")},
      {"blk.1.ffn_up.weight", 12, BYTES("\x20")}}},
    {"int8 where float",
     "is of type 24, expected F32",
     {{"output_norm.weight", 12, BYTES("\x18")}}},
    {"matrix where vector",
     "tensor 'blk.0.ffn_up.scale' at byte",
     {{"blk.0.ffn_up.scale", 4, BYTES("\x20")}}},
    {"bias of the other kind",
     "tensor 'blk.0.attn_bias.weight' at byte",
     {{"earshot.attention.causal", 4, BYTES("\0")}}},
};

static char model[512];

static void make_tiny(void)
{
    struct synth_shape shape = synth_tiny();
    snprintf(model, sizeof(model), "%s", make_model(&shape, 1));
}

static void refused(struct image *image, const char *name, const char *says)
{
    const struct model *m;
    struct reason why;
    int r = model_open(image_save(image), NULL, &m, &why);
    ck_assert_msg(r == -EBADMSG, "%s: returned %d", name, r);
    ck_assert_msg(strstr(why.text, says), "%s: \"%s\" lacks \"%s\"", name, why.text, says);
    image_done(image);
}

START_TEST(damage_is_told)
{
    struct image image;
    image_load(&image, model);
    image_damage(&image, &zoo[_i]);
    refused(&image, zoo[_i].name, zoo[_i].says);
}
END_TEST

/* Data begins behind the directory, whose end is the smallest multiple of 32
 * behind the last description; the first tensor's data has offset 0. */
static size_t data_at(const struct image *i)
{
    size_t end = image_find(i, "output.bias") + TENSOR_1D_OFFSET + 8;
    return (end + 31) / 32 * 32;
}

START_TEST(values_are_looked_at)
{
    static const struct {
        const char *tensor, *bytes, *says;
        size_t n, offset_at, at;
    } bad[] = {
        {"blk.1.attn_output.weight", "\x80", "'blk.1.attn_output.weight': the value at byte", 1,
         TENSOR_2D_OFFSET, 1000},
        {"token_embd.weight", "\x80", "is -128", 1, TENSOR_2D_OFFSET, 0},
        {"blk.0.ffn_norm.weight", NAN4, "'blk.0.ffn_norm.weight': the value at byte", 4,
         TENSOR_1D_OFFSET, 8},
        {"blk.0.ffn_down.scale", INF4, "is not finite", 4, TENSOR_1D_OFFSET, 124},
        {"blk.1.attn_bias.weight", NAN4, "is not finite", 4, TENSOR_2D_OFFSET, 4},
        {"codebook.3.weight", INF4, "'codebook.3.weight'", 4, TENSOR_2D_OFFSET, 40},
    };
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        struct image image;
        image_load(&image, model);
        size_t info = image_find(&image, bad[i].tensor) + bad[i].offset_at;
        size_t at = data_at(&image) + (size_t)image_u64(&image, info) + bad[i].at;
        memcpy(image.bytes + at, bad[i].bytes, bad[i].n);
        refused(&image, bad[i].tensor, bad[i].says);
    }
}
END_TEST

START_TEST(whole_model_opens)
{
    const struct model *m;
    struct reason why;
    ck_assert_msg(model_open(model, NULL, &m, &why) == 0, "%s", why.text);
    ck_assert_int_eq(m->n_layers, 2);
    ck_assert_int_eq(m->d_head, 16);
    ck_assert_int_eq(m->books.coefs, 16);
    ck_assert_int_eq(m->books.width[3], 13);
    ck_assert_str_eq(m->label[2], "label_2");
    ck_assert_uint_eq(strlen(m->sha256), 64);
    ck_assert_int_eq(m->layer[1].ffn_down.n_in, 64);
    ck_assert_float_eq(m->threshold[2][0], 0.5F);
    struct tokenizer *t;
    ck_assert_int_eq(tokenizer_new(&m->books, &t), 0);
    tokenizer_free(t);
    model_close(m);
    model_close(NULL);
    ck_assert_int_eq(model_open("/nonexistent", NULL, &m, &why), -ENOENT);
}
END_TEST

START_TEST(bias_runs_with_the_keys)
{
    struct image image;
    const struct model *m;
    struct reason why;
    image_load(&image, model);
    size_t info = image_find(&image, "blk.1.attn_bias.weight") + TENSOR_2D_OFFSET;
    size_t at = data_at(&image) + (size_t)image_u64(&image, info);
    float distance_0;
    memcpy(&distance_0, image.bytes + at, sizeof(distance_0));
    ck_assert_msg(model_open(model, NULL, &m, &why) == 0, "%s", why.text);
    ck_assert_float_eq(m->layer[1].attn_bias[m->window - 1], ATTEND_LOG2E * distance_0);
    model_close(m);
    image_done(&image);
}
END_TEST

static Suite *model_suite(void)
{
    Suite *s = suite_create("model");
    TCase *t = tcase_create("model");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, make_tiny, make_model_done);
    tcase_add_test(t, whole_model_opens);
    tcase_add_test(t, bias_runs_with_the_keys);
    tcase_add_test(t, values_are_looked_at);
    tcase_add_loop_test(t, damage_is_told, 0, ARRAY_SIZE(zoo));
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(model_suite)
