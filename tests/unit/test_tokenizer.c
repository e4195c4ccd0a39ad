#include <math.h>
#include <string.h>

#include "infer/tokenizer.h"
#include "tests/unit/check_main.h"

/* Two frames a token, three coefficients: book 0 sees coefficient 0, book 1 the other two. */
static const float BOOK0[2][2] = {{0, 0}, {1, 3}};
static const float BOOK1[3][4] = {{0, 0, 0, 0}, {1, 2, 3, 4}, {1, 2, 3, 4}};

static struct tokenizer_books books(void)
{
    return (struct tokenizer_books){
        .frames = 2, .coefs = 3, .n = 2, .codes = 2, .width = {1, 2}, .book = {BOOK0[0], BOOK1[0]}};
}

START_TEST(trajectories_are_coefficient_major)
{
    struct tokenizer_books b = books();
    struct tokenizer *t;
    uint16_t ids[2] = {9, 9};
    ck_assert_int_eq(tokenizer_new(&b, &t), 0);
    ck_assert_int_eq(tokenizer_feed(t, (const float[]){1, 1, 3}, ids), 0);
    ck_assert_int_eq(tokenizer_feed(t, (const float[]){3, 2, 4}, ids), 1);
    ck_assert_uint_eq(ids[0], 1);
    ck_assert_uint_eq(ids[1], 1);
    tokenizer_free(t);
}
END_TEST

START_TEST(ties_go_to_the_lower_code)
{
    struct tokenizer_books b = books();
    b.codes = 3;
    static const float same[3][2] = {{5, 5}, {1, 1}, {1, 1}};
    b.book[0] = same[0];
    struct tokenizer *t;
    uint16_t ids[2];
    ck_assert_int_eq(tokenizer_new(&b, &t), 0);
    tokenizer_feed(t, (const float[]){1, 1, 3}, ids);
    tokenizer_feed(t, (const float[]){1, 2, 4}, ids);
    ck_assert_uint_eq(ids[0], 1);
    ck_assert_uint_eq(ids[1], 1);
    tokenizer_free(t);
}
END_TEST

START_TEST(reset_drops_half_a_token)
{
    struct tokenizer_books b = books();
    struct tokenizer *t;
    uint16_t ids[2];
    ck_assert_int_eq(tokenizer_new(&b, &t), 0);
    tokenizer_feed(t, (const float[]){9, 9, 9}, ids);
    tokenizer_reset(t);
    ck_assert_int_eq(tokenizer_feed(t, (const float[]){1, 1, 3}, ids), 0);
    ck_assert_int_eq(tokenizer_feed(t, (const float[]){3, 2, 4}, ids), 1);
    ck_assert_uint_eq(ids[0], 1);
    tokenizer_free(t);
    tokenizer_free(NULL);
}
END_TEST

START_TEST(not_a_number_still_gives_a_code)
{
    struct tokenizer_books b = books();
    struct tokenizer *t;
    uint16_t ids[2] = {9, 9};
    ck_assert_int_eq(tokenizer_new(&b, &t), 0);
    tokenizer_feed(t, (const float[]){NAN, NAN, NAN}, ids);
    ck_assert_int_eq(tokenizer_feed(t, (const float[]){0, 0, 0}, ids), 1);
    ck_assert_uint_lt(ids[0], 2);
    tokenizer_free(t);
}
END_TEST

START_TEST(wrong_books_are_refused)
{
    struct tokenizer *t = NULL;
    struct tokenizer_books b = books();
    b.width[1] = 1;
    ck_assert_int_eq(tokenizer_new(&b, &t), -EINVAL);
    b = books();
    b.n = TOKENIZER_MAX_CODEBOOKS + 1;
    ck_assert_int_eq(tokenizer_new(&b, &t), -EINVAL);
    b = books();
    b.book[1] = NULL;
    ck_assert_int_eq(tokenizer_new(&b, &t), -EINVAL);
    ck_assert_ptr_null(t);
}
END_TEST

static Suite *tokenizer_suite(void)
{
    Suite *s = suite_create("tokenizer");
    TCase *t = tcase_create("tokenizer");
    tcase_add_test(t, trajectories_are_coefficient_major);
    tcase_add_test(t, ties_go_to_the_lower_code);
    tcase_add_test(t, reset_drops_half_a_token);
    tcase_add_test(t, not_a_number_still_gives_a_code);
    tcase_add_test(t, wrong_books_are_refused);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(tokenizer_suite)
