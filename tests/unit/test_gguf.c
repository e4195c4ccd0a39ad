/* The container: each kind of damage has its own sentence, and nothing is read
 * outside the file (run under ASan to see that). */
#include <stdio.h>
#include <string.h>

#include "infer/gguf.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

#define LABELS "earshot.labels"
#define BIAS "earshot.calibration.bias"
#define QKV "blk.0.attn_qkv.weight"
#define QKV_SCALE "blk.0.attn_qkv.scale"
#define HUGE8 "\xff\xff\xff\xff\xff\xff\xff\x7f"

static const struct damage zoo[] = {
    {"empty", "file has 0 bytes", .cut = -1000000},
    {"magic", "does not begin with 'GGUF'", {{NULL, 3, BYTES("X")}}},
    {"old version", "version at byte 4 is 2", {{NULL, 4, BYTES("\2")}}},
    {"big endian", "a big-endian file", {{NULL, 4, BYTES("\0\0\0\3")}}},
    {"cut in the magic", "file ends in the magic at byte 0", .cut = 3},
    {"cut in the header", "file ends in the number of tensors at byte 8", .cut = 12},
    {"cut in the keys", "file ends in the name of a key", .cut = 40},
    {"cut in the data", "lies outside the file", .cut = -64},
    {"too many tensors", "number of tensors at byte 8", {{NULL, 8, BYTES(HUGE8)}}},
    {"too many keys", "number of keys at byte 16", {{NULL, 16, BYTES(HUGE8)}}},
    {"one key more than there is", "the name of a tensor at byte", {{NULL, 16, BYTES("\x16")}}},
    {"long name", "the name of a key at byte 24 is", {{NULL, 24, BYTES(HUGE8)}}},
    {"name past the end", "bytes long, at most 255", {{NULL, 24, BYTES("\0\0\1")}}},
    {"empty name", "the name of a key at byte 24 is empty", {{NULL, 24, BYTES("\0")}}},
    {"unknown type", "key 'earshot.pool' at byte", {{"earshot.pool", 0, BYTES("\x63")}}},
    {"long string", "key 'general.name': the string of a key", {{"general.name", 4, BYTES(HUGE8)}}},
    {"array of unknown type", "array of unknown type 77", {{BIAS, 4, BYTES("\x4d")}}},
    {"array of arrays", "array of unknown type 9", {{BIAS, 4, BYTES("\x09")}}},
    {"array too long", "elements are too many", {{BIAS, 8, BYTES(HUGE8)}}},
    {"array past the end",
     "key 'earshot.calibration.bias': file ends in an array",
     {{BIAS, 8, BYTES("\0\0\0\0\1")}}},
    {"strings past the end", "key 'earshot.labels':", {{LABELS, 8, BYTES("\0\0\0\0\1")}}},
    {"key twice",
     "key 'general.version' appears again",
     {{"earshot.feature", -15, BYTES("general.version")}}},
    {"alignment",
     "key 'general.alignment' at byte 24 is not the uint32 32",
     {{NULL, 24, BYTES("\x11\0\0\0\0\0\0\0general.alignment\4\0\0\0\x40\0\0\0"), .insert = 33}}},
    {"no dimensions", "tensor 'blk.0.attn_qkv.weight' at byte", {{QKV, 0, BYTES("\0")}}},
    {"five dimensions", "has 5 dimensions", {{QKV, 0, BYTES("\5")}}},
    {"dimension 0", "dimension 1 is 0", {{QKV, 12, BYTES("\0")}}},
    {"dimensions overflow", "more elements than a file can hold", {{QKV, 4, BYTES(HUGE8)}}},
    {"offset not aligned", "is no multiple of 32", {{QKV, 24, BYTES("\1")}}},
    {"offset outside", "lies outside the file: offset", {{QKV, 24, BYTES("\0\0\0\0\0\0\0\x7f")}}},
    {"tensors overlap", "overlaps 'codebook.0.weight'", {{QKV, 24, BYTES("\0\0\0\0\0\0\0\0")}}},
    {"tensor twice",
     "tensor 'blk.0.attn_qkv.scale' appears again",
     {{"blk.1.attn_qkv.scale", -20, BYTES(QKV_SCALE)}}},
};

static char model[512];

static void open_tiny(void)
{
    struct synth_shape shape = synth_tiny();
    snprintf(model, sizeof(model), "%s", make_model(&shape, 1));
}

START_TEST(damage_is_told)
{
    const struct damage *d = &zoo[_i];
    struct image image;
    struct gguf *g;
    struct reason why;
    image_load(&image, model);
    if (d->cut == -1000000)
        image.n = 0;
    else
        image_damage(&image, d);
    int r = gguf_open(image_save(&image), &g, &why);
    ck_assert_msg(r == -EBADMSG, "%s: returned %d", d->name, r);
    ck_assert_msg(strstr(why.text, d->says), "%s: \"%s\" lacks \"%s\"", d->name, why.text, d->says);
    image_done(&image);
}
END_TEST

START_TEST(whole_file_opens)
{
    struct gguf *g;
    struct reason why;
    size_t n, at;
    uint32_t v;
    const void *p;
    ck_assert_msg(gguf_open(model, &g, &why) == 0, "%s", why.text);
    gguf_bytes(g, &n);
    ck_assert_uint_gt(n, 10000);
    ck_assert_int_eq(gguf_u32(g, "earshot.pool", &v, NULL), 0);
    ck_assert_uint_eq(v, 8);
    ck_assert_int_eq(gguf_u32(g, "general.name", &v, &why), -EBADMSG);
    ck_assert_ptr_nonnull(strstr(why.text, "is of type string, expected uint32"));
    ck_assert_int_eq(gguf_tensor(g, QKV, GGUF_TENSOR_I8, 96, 32, &p, &at, &why), 0);
    ck_assert_uint_eq((uintptr_t)p % 32, 0);
    ck_assert_int_eq(gguf_tensor(g, QKV, GGUF_TENSOR_I8, 32, 96, &p, &at, &why), -EBADMSG);
    ck_assert_ptr_nonnull(strstr(why.text, "has dimensions [32, 96], expected [96, 32]"));
    gguf_close(g);
}
END_TEST

START_TEST(every_cut_is_refused)
{
    struct image image;
    image_load(&image, model);
    size_t whole = image.n;
    for (size_t n = 0; n < whole; n += n < 6000 ? 7 : 997) {
        struct gguf *g;
        struct reason why;
        FILE *f = fopen(model, "wb");
        ck_assert_uint_eq(fwrite(image.bytes, 1, n, f), n);
        fclose(f);
        ck_assert_msg(gguf_open(model, &g, &why) == -EBADMSG, "cut to %zu bytes was read", n);
    }
    image_done(&image);
}
END_TEST

START_TEST(what_is_no_file)
{
    struct gguf *g;
    struct reason why;
    ck_assert_int_eq(gguf_open("/nonexistent/x.gguf", &g, &why), -ENOENT);
    ck_assert_ptr_nonnull(strstr(why.text, "/nonexistent/x.gguf: No such file"));
    ck_assert_int_eq(gguf_open("/dev/null", &g, &why), -EBADMSG);
    ck_assert_ptr_nonnull(strstr(why.text, "not a regular file"));
    gguf_close(NULL);
}
END_TEST

static Suite *gguf_suite(void)
{
    Suite *s = suite_create("gguf");
    TCase *t = tcase_create("gguf");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, open_tiny, make_model_done);
    tcase_add_test(t, whole_file_opens);
    tcase_add_test(t, every_cut_is_refused);
    tcase_add_test(t, what_is_no_file);
    tcase_add_loop_test(t, damage_is_told, 0, ARRAY_SIZE(zoo));
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(gguf_suite)
