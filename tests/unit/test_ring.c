#include <pthread.h>
#include <sched.h>

#include "audio/ring.h"
#include "tests/unit/check_main.h"

static struct ring_block block(uint64_t pos, uint32_t n)
{
    struct ring_block b = {.pos = pos, .boot_ns = (int64_t)pos * 3, .n = n, .gap = pos & 1};
    for (uint32_t i = 0; i < n; i++)
        b.samples[i] = (float)((pos + i) % 65536);
    return b;
}

static void assert_is(const struct ring_block *b, uint64_t pos, uint32_t n)
{
    ck_assert_uint_eq(b->pos, pos);
    ck_assert_int_eq(b->boot_ns, (int64_t)pos * 3);
    ck_assert_uint_eq(b->n, n);
    ck_assert_uint_eq(b->gap, pos & 1);
    for (uint32_t i = 0; i < n; i++)
        ck_assert(b->samples[i] == (float)((pos + i) % 65536));
}

START_TEST(sizes_are_checked)
{
    static const size_t bad[] = {0, 1, 3, 6, 65537, 131072, SIZE_MAX};
    struct ring *r = NULL;
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        ck_assert_int_eq(ring_new(bad[i], &r), -EINVAL);
    ck_assert_ptr_null(r);
    ring_free(NULL);
    ck_assert_int_eq(ring_new(2, &r), 0);
    struct ring_block b = {.n = 0};
    ck_assert_int_eq(ring_push(r, &b), -EINVAL);
    b.n = RING_BLOCK + 1;
    ck_assert_int_eq(ring_push(r, &b), -EINVAL);
    ck_assert_int_eq(ring_pop(r, &b), 0);
    ring_free(r);
}
END_TEST

START_TEST(full_is_counted_and_order_kept)
{
    struct ring *r;
    struct ring_block b;
    ck_assert_int_eq(ring_new(4, &r), 0);
    uint64_t in = 0, out = 0;
    for (int round = 0; round < 5; round++) { /* wraps several times */
        ck_assert_uint_eq(ring_room(r), 4);
        for (int i = 0; i < 4; i++) {
            b = block(in++, (uint32_t)(1 + i * 100));
            ck_assert_int_eq(ring_push(r, &b), 0);
        }
        ck_assert_uint_eq(ring_room(r), 0);
        ck_assert_int_eq(ring_push(r, &b), -ENOBUFS);
        ck_assert_uint_eq(ring_dropped(r), (uint64_t)round + 1);
        for (int i = 0; i < 4; i++) {
            ck_assert_int_eq(ring_pop(r, &b), 1);
            assert_is(&b, out++, (uint32_t)(1 + i * 100));
        }
        ck_assert_int_eq(ring_pop(r, &b), 0);
    }
    ring_free(r);
}
END_TEST

/* On one busy core each of the two waits for its turn after a ring full. */
enum { MANY = 50000, ENOUGH_S = 10 };

static _Atomic bool enough;

static void *produce(void *arg)
{
    struct ring *r = arg;
    for (uint64_t i = 0; i < MANY && !enough;) {
        struct ring_block b = block(i, (uint32_t)(1 + i % 7));
        if (ring_push(r, &b) == 0)
            i++;
        else
            sched_yield();
    }
    return NULL;
}

START_TEST(two_threads_see_whole_blocks)
{
    struct ring *r;
    pthread_t t;
    struct ring_block b;
    ck_assert_int_eq(ring_new(8, &r), 0);
    ck_assert_int_eq(pthread_create(&t, NULL, produce, r), 0);
    uint64_t i = 0;
    for (int64_t end_ns = clock_boot_ns() + ENOUGH_S * 1000000000LL; i < MANY && (i < 64 || clock_boot_ns() < end_ns);) {
        if (ring_pop(r, &b) == 0) {
            sched_yield();
            continue;
        }
        assert_is(&b, i, (uint32_t)(1 + i % 7));
        i++;
    }
    enough = true;
    pthread_join(t, NULL);
    while (ring_pop(r, &b) > 0)
        assert_is(&b, i, (uint32_t)(1 + i % 7)), i++;
    ck_assert_uint_ge(i, 64);
    ring_free(r);
}
END_TEST

static Suite *ring_suite(void)
{
    Suite *s = suite_create("ring");
    TCase *t = tcase_create("ring");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_test(t, sizes_are_checked);
    tcase_add_test(t, full_is_counted_and_order_kept);
    tcase_add_test(t, two_threads_see_whole_blocks);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(ring_suite)
