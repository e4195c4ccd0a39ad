/* A model file with a curve: read, refused, and asked. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "infer/model.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

enum { STRING = 8, ARRAY = 9, F32 = 6, FIRST_KEY = 24, N_KEYS_AT = 16, BLOB = 2048 };

struct blob { /* keys to be put in front of all others */
    uint8_t bytes[BLOB];
    size_t n;
    uint64_t n_keys;
};

static void put(struct blob *b, const void *p, size_t n)
{
    ck_assert_uint_le(b->n + n, BLOB);
    memcpy(b->bytes + b->n, p, n);
    b->n += n;
}

static void put_text(struct blob *b, const char *text, size_t n)
{
    uint64_t size = n;
    put(b, &size, sizeof(size));
    put(b, text, n);
}

static void put_key(struct blob *b, const char *name, uint32_t type)
{
    put_text(b, name, strlen(name));
    put(b, &type, sizeof(type));
    b->n_keys++;
}

static void put_floats(struct blob *b, const char *name, const float *v, uint64_t n)
{
    uint32_t item = F32;
    put_key(b, name, ARRAY);
    put(b, &item, sizeof(item));
    put(b, &n, sizeof(n));
    put(b, v, n * sizeof(*v));
}

/* A key of text fills up to a multiple of 32: what lies behind stays aligned. */
static void insert(struct image *i, struct blob *b)
{
    put_key(b, "x.fill", STRING);
    put_text(b, "a text of thirty-two characters.", 32 - (b->n + sizeof(uint64_t)) % 32);
    ck_assert_uint_eq(b->n % 32, 0);
    ck_assert_uint_le(i->n + b->n, i->room);
    memmove(i->bytes + FIRST_KEY + b->n, i->bytes + FIRST_KEY, i->n - FIRST_KEY);
    memcpy(i->bytes + FIRST_KEY, b->bytes, b->n);
    i->n += b->n;
    uint64_t n_keys = image_u64(i, N_KEYS_AT) + b->n_keys;
    memcpy(i->bytes + N_KEYS_AT, &n_keys, sizeof(n_keys));
}

#define THRESHOLD "earshot.curve.threshold"
#define PER_HOUR "earshot.curve.false_alarms_per_hour"
#define HOURS "earshot.curve.hours"

struct points {
    const char *says; /* NULL: it opens */
    size_t n, n_rates;
    float hours; /* NAN: without that key */
    float threshold[4], per_hour[4];
};

static int open_with(const struct points *p, const struct model **m, struct reason *why)
{
    struct synth_shape shape = synth_tiny();
    struct blob b = {.n = 0};
    struct image i;
    image_load(&i, make_model(&shape, 1));
    if (p->n)
        put_floats(&b, THRESHOLD, p->threshold, p->n);
    if (p->n_rates)
        put_floats(&b, PER_HOUR, p->per_hour, p->n_rates);
    if (!isnan(p->hours)) {
        put_key(&b, HOURS, F32);
        put(&b, &p->hours, sizeof(p->hours));
    }
    insert(&i, &b);
    int r = model_open(image_save(&i), NULL, m, why);
    image_done(&i);
    return r;
}

static const struct points zoo[] = {
    {"key '" PER_HOUR "' is missing", 3, 0, 10, {.5f, .6f, .7f}, {0}},
    {"key '" THRESHOLD "' is missing", 0, 3, 10, {0}, {3, 2, 1}},
    {"key '" HOURS "' is missing", 2, 2, NAN, {.5f, .6f}, {3, 2}},
    {"key '" THRESHOLD "' is missing", 0, 0, 10, {0}, {0}},
    {"has 1 elements, expected 2 to 256", 1, 1, 10, {.5f}, {1}},
    {"has 2 elements, expected 3 to 3", 3, 2, 10, {.5f, .6f, .7f}, {2, 1}},
    {"has 4 elements, expected 3 to 3", 3, 4, 10, {.5f, .6f, .7f}, {3, 2, 1, 0}},
    {"'" THRESHOLD "': element 0 is 0, expected over 0", 2, 2, 10, {0, .6f}, {2, 1}},
    {"'" THRESHOLD "': element 1 is 1, expected over 0.5 and under 1", 2, 2, 10, {.5f, 1}, {2, 1}},
    {"'" THRESHOLD "': element 1 is 0.5", 2, 2, 10, {.5f, .5f}, {2, 1}},
    {"'" THRESHOLD "': element 2 is 0.55", 3, 3, 10, {.5f, .6f, .55f}, {2, 1, 0}},
    {"'" THRESHOLD "': element 1 is nan", 2, 2, 10, {.5f, NAN}, {2, 1}},
    {"'" PER_HOUR "': element 1 is -1, expected 0 to", 2, 2, 10, {.5f, .6f}, {2, -1}},
    {"'" PER_HOUR "': element 0 is nan", 2, 2, 10, {.5f, .6f}, {NAN, 1}},
    {"'" PER_HOUR "': element 0 is inf", 2, 2, 10, {.5f, .6f}, {INFINITY, 1}},
    {"'" HOURS "' is 0, expected over 0", 2, 2, 0, {.5f, .6f}, {2, 1}},
    {"'" HOURS "' is inf", 2, 2, INFINITY, {.5f, .6f}, {2, 1}},
};

START_TEST(what_is_no_curve_is_told)
{
    const struct model *m;
    struct reason why = {""};
    int r = open_with(&zoo[_i], &m, &why);
    ck_assert_msg(r == -EBADMSG && strstr(why.text, zoo[_i].says), "%d: %d, \"%s\" lacks \"%s\"", _i, r, why.text,
                  zoo[_i].says);
}
END_TEST

START_TEST(a_curve_is_read)
{
    static const struct points good = {NULL, 4, 4, 12.5f, {.2f, .5f, .7f, .9f}, {30, 2, 2.5f, 0}};
    static const struct points none = {NULL, 0, 0, NAN, {0}, {0}};
    const struct model *m;
    struct reason why;
    ck_assert_msg(open_with(&none, &m, &why) == 0, "%s", why.text);
    ck_assert_int_eq(m->curve.n, 0);
    model_close(m);
    ck_assert_msg(open_with(&good, &m, &why) == 0, "%s", why.text);
    ck_assert_int_eq(m->curve.n, 4);
    ck_assert_float_eq(m->curve.hours, 12.5f);
    for (int i = 0; i < 4; i++) {
        ck_assert_float_eq(m->curve.threshold[i], good.threshold[i]);
        ck_assert_float_eq(m->curve.per_hour[i], good.per_hour[i]);
    }
    model_close(m);
}
END_TEST

START_TEST(the_lowest_threshold_with_all_above_it)
{
    static const struct model_curve c = {4, 12.5f, {.2f, .5f, .7f, .9f}, {30, 2, 2.5f, 0.1f}};
    static const struct {
        double budget, rate;
        float threshold;
    } cases[] = {{100, 30, .2f}, {30, 30, .2f}, {2.5, 2, .5f}, {2.2, 0.1, .9f}, {0.1, 0.1, .9f}, {0.01, 0.1, .9f}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        double rate;
        ck_assert_float_eq(model_curve_threshold(&c, cases[i].budget, &rate), cases[i].threshold);
        ck_assert_double_eq_tol(rate, cases[i].rate, 1e-6);
    }
    static const struct model_curve odd = {3, 12.5f, {.2f, .5f, .7f}, {2, 0.01f, 0.1f}};
    double rate;
    ck_assert_float_eq(model_curve_threshold(&odd, 0.05, &rate), .7f);
    ck_assert(model_curve_can_tell(&c, 0.08));
    ck_assert(!model_curve_can_tell(&c, 0.0799));
}
END_TEST

static Suite *model_curve_suite(void)
{
    Suite *s = suite_create("model_curve");
    TCase *t = tcase_create("model_curve");
    tcase_add_checked_fixture(t, NULL, make_model_done);
    tcase_add_loop_test(t, what_is_no_curve_is_told, 0, ARRAY_SIZE(zoo));
    tcase_add_test(t, a_curve_is_read);
    tcase_add_test(t, the_lowest_threshold_with_all_above_it);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(model_curve_suite)
