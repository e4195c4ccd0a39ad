#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audio/mfcc.h"
#include "daemon/hear.h"
#include "tests/unit/check_main.h"

enum { MAX_TOKENS = 4096 };

static struct seen {
    int n, restarts;
    struct hear_token token[MAX_TOKENS];
    uint16_t id[MAX_TOKENS];
} seen;

static void on_restart(void *ctx)
{
    struct seen *s = ctx;
    s->restarts++;
}

static void on_token(void *ctx, const struct hear_token *t)
{
    struct seen *s = ctx;
    ck_assert_int_lt(s->n, MAX_TOKENS);
    s->id[s->n] = t->ids[0];
    s->token[s->n++] = *t;
}

static struct hear *h;
static float book[256 * MFCC_COEFS * 4];
static struct tokenizer_books books = {
    .frames = 4, .coefs = MFCC_COEFS, .n = 1, .codes = 256, .width = {MFCC_COEFS}, .book = {book}};
static uint64_t pos; /* of the next sample */
static double phase;

static void setup(void)
{
    uint32_t r = 1;
    for (size_t i = 0; i < ARRAY_SIZE(book); i++) {
        r = r * 1664525 + 1013904223;
        book[i] = (float)(int32_t)r / 2147483648.0f * 20;
    }
    memset(&seen, 0, sizeof(seen));
    pos = 0;
    phase = 0;
    struct hear_params p = {&books, -60, {on_restart, on_token, &seen}};
    ck_assert_int_eq(hear_new(&p, &h), 0);
}

static void teardown(void)
{
    hear_free(h);
}

/* Blocks of 320 or fewer samples of a warbling tone; arrival at 1 s + position. */
static void feed(uint32_t samples, double amplitude, uint32_t gap)
{
    while (samples > 0) {
        struct ring_block b = {.pos = pos, .n = samples < RING_BLOCK ? samples : RING_BLOCK};
        b.gap = gap;
        gap = 0;
        for (uint32_t i = 0; i < b.n; i++, phase += 0.2 + 0.1 * sin((double)(pos + i) / 4000))
            b.samples[i] = (float)(amplitude * sin(phase));
        pos += b.n;
        b.boot_ns = 1000000000 + (int64_t)pos * 62500;
        hear_feed(h, &b);
        samples -= b.n;
    }
}

START_TEST(tokens_end_where_the_arithmetic_says)
{
    feed(64000, 0.1, 0);
    ck_assert_int_eq(seen.n, (64000 - 880) / 640 + 1);
    for (int k = 0; k < seen.n; k++) {
        ck_assert_uint_eq(seen.token[k].end_pos, 640u * (unsigned)k + 880);
        ck_assert_int_eq(seen.token[k].end_ns,
                         1000000000 + (int64_t)seen.token[k].end_pos * 62500);
    }
    ck_assert_int_eq(seen.restarts, 0);
}
END_TEST

START_TEST(cutting_into_blocks_changes_nothing)
{
    feed(32000, 0.1, 0);
    static struct seen whole;
    whole = seen;
    teardown();
    setup();
    for (uint32_t n = 1; pos < 32000; n = n % 319 + 7)
        feed(n < 32000 - pos ? n : (uint32_t)(32000 - pos), 0.1, 0);
    ck_assert_int_eq(seen.n, whole.n);
    ck_assert_mem_eq(seen.id, whole.id, sizeof(uint16_t) * (size_t)whole.n);
}
END_TEST

START_TEST(quiet_costs_nothing_and_the_first_word_is_whole)
{
    feed(160000, 1e-5, 0); /* 10 s under the gate */
    ck_assert_int_eq(seen.n, 0);
    ck_assert(hear_is_quiet(h));
    feed(16000, 0.1, 0);
    ck_assert(!hear_is_quiet(h));
    ck_assert_int_ge(seen.n, 24);
    ck_assert_uint_eq(seen.token[0].end_pos, 160000 - 640 * 16 + 880); /* 640 ms before */
    ck_assert_int_eq(seen.restarts, 0); /* nothing was heard before: no break */
    int before = seen.n;
    feed(16000 * 5, 1e-5, 0);
    ck_assert(hear_is_quiet(h));
    ck_assert_int_le(seen.n - before, 26); /* one second more, then none */
    before = seen.n;
    feed(3200, 0.1, 0);
    ck_assert_int_eq(seen.restarts, 1);
    ck_assert_uint_eq(seen.token[before].end_pos, 160000 + 16000 * 6 - 640 * 16 + 880);
    for (int i = 1; i < seen.n; i++)
        ck_assert_int_ge(seen.token[i].end_ns, seen.token[i - 1].end_ns);
}
END_TEST

START_TEST(a_pause_between_words_is_no_quiet)
{
    for (int i = 0; i < 3; i++) {
        feed(16000, 0.1, 0);
        feed(15000, 1e-5, 0);
    }
    ck_assert_int_eq(seen.n, (93000 - 880) / 640 + 1);
    ck_assert_int_eq(seen.restarts, 0);
}
END_TEST

START_TEST(a_gap_begins_a_stream)
{
    feed(16000, 0.1, 0);
    int before = seen.n;
    pos += 5000;
    feed(16000, 0.1, 1);
    ck_assert_int_eq(seen.restarts, 1);
    ck_assert_uint_eq(seen.token[before].end_pos, 21000 + 880);
    pos += 320; /* a jump without the mark is a gap as well */
    feed(16000, 0.1, 0);
    ck_assert_int_eq(seen.restarts, 2);
}
END_TEST

START_TEST(a_gap_in_the_quiet_empties_the_preroll)
{
    feed(16000, 1e-5, 0);
    pos += 5000;
    feed(640, 1e-5, 1);
    feed(3200, 0.1, 0);
    ck_assert_uint_eq(seen.token[0].end_pos, 21000 + 880);
    ck_assert_int_eq(seen.restarts, 0);
}
END_TEST

START_TEST(bursts_do_not_turn_time_back)
{
    feed(16000, 0.1, 0);
    struct ring_block b = {.pos = pos, .n = RING_BLOCK, .boot_ns = 1}; /* a broken stamp */
    for (int i = 0; i < 10; i++, b.pos += RING_BLOCK) {
        for (int j = 0; j < RING_BLOCK; j++)
            b.samples[j] = j % 2 ? 0.1f : -0.1f;
        hear_feed(h, &b);
    }
    for (int i = 1; i < seen.n; i++)
        ck_assert_int_ge(seen.token[i].end_ns, seen.token[i - 1].end_ns);
}
END_TEST

static Suite *hear_suite(void)
{
    Suite *s = suite_create("hear");
    TCase *t = tcase_create("hear");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, tokens_end_where_the_arithmetic_says);
    tcase_add_test(t, cutting_into_blocks_changes_nothing);
    tcase_add_test(t, quiet_costs_nothing_and_the_first_word_is_whole);
    tcase_add_test(t, a_pause_between_words_is_no_quiet);
    tcase_add_test(t, a_gap_begins_a_stream);
    tcase_add_test(t, a_gap_in_the_quiet_empties_the_preroll);
    tcase_add_test(t, bursts_do_not_turn_time_back);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(hear_suite)
