/* Workers, batches and queues change nothing but the time: what comes out of the
 * pool is what one stream alone gives, in order, with nothing lost unsaid. */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "infer/pool.h"
#include "infer/waiting.h"
#include "tests/unit/check_main.h"
#include "tests/unit/make_model.h"

enum { N = 400, MAX_BOOKS = 16, STREAMS = 5 };

static const struct model *model;
static const struct kernel *kernel;
static int wake_fd;

/* Counts what workers, the feeder and pool_take allocate; check's own macros
 * allocate too, so this thread is left out while it is not in the pool. */
static _Thread_local bool unwatched;
static atomic_int allocations;

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);

void *malloc(size_t n)
{
    atomic_fetch_add(&allocations, !unwatched);
    return __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    atomic_fetch_add(&allocations, !unwatched);
    return __libc_calloc(n, size);
}
#endif

static void open_model(void)
{
    struct synth_shape shape = synth_tiny();
    struct reason why;
    ck_assert_int_eq(kernel_select("auto", &kernel, &why), 0);
    ck_assert_msg(model_open(make_model(&shape, 3), kernel, &model, &why) == 0, "%s", why.text);
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    ck_assert_int_ge(wake_fd, 0);
}

static void close_model(void)
{
    close(wake_fd);
    model_close(model);
    make_model_done();
}

static struct pool *start(int workers, int max_streams, int max_waiting)
{
    struct pool_params params = {model, workers, max_streams, max_waiting, wake_fd};
    struct pool *p;
    struct reason why;
    ck_assert_msg(pool_start(&params, &p, &why) == 0, "%s", why.text);
    return p;
}

static void make_ids(uint32_t seed, uint16_t *ids, int n_tokens)
{
    for (int i = 0; i < n_tokens * model->books.n; i++) {
        seed = seed * 1664525 + 1013904223;
        ids[i] = (uint16_t)(seed >> 16) % (uint16_t)model->books.codes;
    }
}

/* out[t]: window of a stream of its own, hop 1, that ends with token t + 1 */
static void reference(const uint16_t *ids, int n, struct scores *out)
{
    struct stream *s;
    struct scratch *scratch;
    ck_assert_int_eq(stream_new(model, 1, &s), 0);
    ck_assert_int_eq(scratch_new(model, &scratch), 0);
    for (int t = 0; t < n; t++) {
        struct scores got[2];
        struct encoder_job job = {s, ids + t * model->books.n, 1, got, 0};
        ck_assert_int_eq(encoder_step(model, scratch, &job, 1), 0);
        out[t] = got[0];
    }
    scratch_free(scratch);
    stream_free(s);
}

static void same(const struct scores *a, const struct scores *b)
{
    ck_assert_uint_eq(a->token, b->token);
    ck_assert_mem_eq(a->p, b->p, sizeof(a->p));
    ck_assert_mem_eq(&a->speech, &b->speech, sizeof(a->speech));
}

struct feeder {
    struct pool *pool;
    int stream[STREAMS];
    uint16_t ids[STREAMS][N * MAX_BOOKS];
};

/* Uneven portions, all streams in turn; submitted_ns is the token's number, so
 * that portions of one tell where each token went. */
static void *feed(void *arg)
{
    struct feeder *f = arg;
    int at[STREAMS] = {0};
    uint32_t random = 5;
    for (int left = STREAMS * N; left > 0;)
        for (int i = 0; i < STREAMS; i++) {
            random = random * 1664525 + 1013904223;
            int n = (int)(random >> 24) % 11;
            for (; n > 0 && at[i] < N; n--, left--) {
                const uint16_t *ids = f->ids[i] + at[i]++ * model->books.n;
                int shed = pool_submit(f->pool, f->stream[i], ids, 1, at[i]);
                if (shed != 0)
                    return "tokens were shed";
            }
        }
    return NULL;
}

static int take_watched(struct pool *p, struct pool_result *ret)
{
    unwatched = false;
    int r = pool_take(p, ret);
    unwatched = true;
    return r;
}

static void run_streams(int workers)
{
    static const int hops[STREAMS] = {1, 4, 8, 3, 1};
    static struct scores want[STREAMS][N];
    static struct feeder f;
    int seen[STREAMS] = {0}, left = 0;
    pthread_t thread;
    void *complaint;
    f.pool = start(workers, STREAMS, 1024);
    for (int i = 0; i < STREAMS; i++) {
        f.stream[i] = pool_add(f.pool, hops[i]);
        ck_assert_int_eq(f.stream[i], i);
        make_ids((uint32_t)i, f.ids[i], N);
        reference(f.ids[i], N, want[i]);
        left += N / hops[i];
    }
    unwatched = true;
    ck_assert_int_eq(pthread_create(&thread, NULL, feed, &f), 0);
    atomic_store(&allocations, 0);
    while (left > 0) {
        struct pool_result r;
        struct pollfd fd = {wake_fd, POLLIN, 0};
        uint64_t count;
        ck_assert_int_eq(poll(&fd, 1, UNIT_PATIENCE_S * 1000), 1);
        ck_assert_int_eq(read(wake_fd, &count, sizeof(count)), sizeof(count));
        for (; take_watched(f.pool, &r); left--) {
            seen[r.stream] += hops[r.stream];
            ck_assert_uint_eq(r.scores.token, (uint64_t)seen[r.stream]);
            ck_assert_int_eq(r.submitted_ns, seen[r.stream]);
            ck_assert_uint_eq(r.epoch, 0);
            ck_assert_uint_eq(r.first_token, 0);
            same(&r.scores, &want[r.stream][r.scores.token - 1]);
        }
    }
    ck_assert_int_eq(atomic_load(&allocations), 0);
    pthread_join(thread, &complaint);
    ck_assert_msg(!complaint, "%s", (char *)complaint);
    struct pool_stats stats;
    pool_drain(f.pool);
    pool_stats(f.pool, &stats);
    ck_assert_uint_eq(stats.jobs_started, stats.jobs_done);
    ck_assert_uint_eq(stats.shed_tokens, 0);
    ck_assert_uint_le(stats.passes, stats.jobs_done);
    ck_assert_uint_le(stats.waiting, N % 3);
    pool_stop(f.pool);
    unwatched = false;
}

START_TEST(one_worker_gives_what_streams_give)
{
    run_streams(1);
}
END_TEST

START_TEST(more_workers_give_the_same)
{
    run_streams(_i);
}
END_TEST

START_TEST(waiting_streams_share_passes)
{
    uint16_t ids[N * MAX_BOOKS];
    struct pool_stats stats;
    struct pool_result r;
    int windows = 0;
    make_ids(1, ids, N);
    struct pool *p = start(1, 64, 64);
    for (int i = 0; i < 32; i++)
        ck_assert_int_eq(pool_add(p, 8), i);
    for (int turn = 0; turn < 20; turn++)
        for (int i = 0; i < 32; i++)
            ck_assert_int_eq(pool_submit(p, i, ids, 2, 0), 0);
    pool_drain(p);
    pool_stats(p, &stats);
    ck_assert_uint_eq(stats.windows, 32 * 5);
    ck_assert_uint_eq(stats.rows, 32 * 40);
    ck_assert_uint_lt(stats.passes, stats.jobs_done);
    while (pool_take(p, &r))
        windows++;
    ck_assert_int_eq(windows, 32 * 5);
    pool_stop(p);
}
END_TEST

START_TEST(reset_starts_anew)
{
    uint16_t ids[N * MAX_BOOKS];
    struct scores a[N], b[N];
    struct pool_result r;
    struct pool_stats stats;
    make_ids(1, ids, N);
    reference(ids, 100, a);
    reference(ids + 22 * model->books.n, 100, b);
    struct pool *p = start(2, 1, 0);
    int s = pool_add(p, 4);
    pool_reset(p, s);
    pool_submit(p, s, ids, 22, 7); /* 5 windows; two tokens that none will end with */
    pool_reset(p, s);
    pool_reset(p, s);
    pool_submit(p, s, ids + 22 * model->books.n, 40, 8);
    pool_drain(p);
    for (uint64_t token = 4; token <= 20; token += 4) {
        ck_assert_int_eq(pool_take(p, &r), 1);
        ck_assert_uint_eq(r.epoch, 0);
        ck_assert_uint_eq(r.scores.token, token);
        ck_assert_int_eq(r.submitted_ns, 7);
        same(&r.scores, &a[token - 1]);
    }
    for (uint64_t token = 4; token <= 40; token += 4) {
        ck_assert_int_eq(pool_take(p, &r), 1);
        ck_assert_uint_eq(r.epoch, 1);
        ck_assert_uint_eq(r.first_token, 0);
        same(&r.scores, &b[token - 1]);
    }
    ck_assert_int_eq(pool_take(p, &r), 0);
    pool_stats(p, &stats);
    ck_assert_uint_eq(stats.waiting, 0);
    pool_stop(p);
}
END_TEST

START_TEST(tokens_without_a_window_are_forgotten)
{
    struct waiting w;
    struct waiting_token token[16];
    uint16_t id = 0;
    ck_assert_int_eq(waiting_init(&w, 4, 1, 64), 0);
    for (int i = 0; i < 10; i++)
        waiting_feed(&w, &id, i);
    ck_assert_uint_eq(w.windows, 2);
    waiting_break(&w);
    ck_assert_uint_eq(w.n, 8);
    waiting_feed(&w, &id, 10);
    waiting_break(&w);
    ck_assert_uint_eq(w.n, 8);
    for (int i = 0; i < 5; i++)
        waiting_feed(&w, &id, 20 + i);
    uint16_t ids[16];
    ck_assert_uint_eq(waiting_take(&w, 16, 1, ids, token), 7); /* one window has room */
    ck_assert_uint_eq(waiting_take(&w, 16, 9, ids, token), 1);
    ck_assert(token[0].closes && !token[0].fresh && token[0].submitted_ns == 7);
    ck_assert_uint_eq(waiting_take(&w, 16, 9, ids, token), 5);
    ck_assert(token[0].fresh && token[0].index == 0 && token[3].closes);
    ck_assert_uint_eq(w.windows, 0);
    waiting_done(&w);
}
END_TEST

/* Nobody takes results, so their queue fills, tokens wait, and the older half of
 * them is shed when one more comes. */
START_TEST(what_is_shed_is_counted)
{
    uint16_t ids[N * MAX_BOOKS];
    struct scores a[N], b[N];
    struct pool_result r;
    struct pool_stats stats;
    make_ids(1, ids, N);
    reference(ids, 64, a);
    reference(ids + 96 * model->books.n, 33, b);
    struct pool *p = start(1, 1, 64);
    int s = pool_add(p, 1);
    ck_assert_int_eq(pool_submit(p, s, ids, 64, 0), 0);
    pool_drain(p);
    ck_assert_int_eq(pool_submit(p, s, ids + 64 * model->books.n, 64, 0), 0);
    pool_drain(p);
    pool_stats(p, &stats);
    ck_assert_uint_eq(stats.waiting, 64);
    ck_assert_int_eq(pool_submit(p, s, ids + 128 * model->books.n, 1, 0), 32);
    for (uint64_t token = 1; token <= 64; token++) {
        ck_assert_int_eq(pool_take(p, &r), 1);
        same(&r.scores, &a[token - 1]);
    }
    pool_drain(p);
    for (uint64_t token = 1; token <= 33; token++) {
        ck_assert_int_eq(pool_take(p, &r), 1);
        ck_assert_uint_eq(r.epoch, 1);
        ck_assert_uint_eq(r.first_token, 96);
        same(&r.scores, &b[token - 1]);
    }
    ck_assert_int_eq(pool_take(p, &r), 0);
    pool_stats(p, &stats);
    ck_assert_uint_eq(stats.shed_tokens, 32);
    ck_assert_uint_eq(stats.waiting, 0);
    pool_stop(p);
}
END_TEST

START_TEST(streams_come_and_go)
{
    uint16_t ids[N * MAX_BOOKS];
    struct scores a[N];
    struct pool_result r;
    make_ids(1, ids, N);
    reference(ids, 40, a);
    struct pool *p = start(2, 2, 0);
    ck_assert_int_eq(pool_add(p, 4), 0);
    ck_assert_int_eq(pool_add(p, 4), 1);
    ck_assert_int_eq(pool_add(p, 4), -ENOSPC);
    pool_submit(p, 0, ids, 39, 0);
    pool_submit(p, 1, ids, 40, 0);
    pool_remove(p, 0);
    ck_assert_int_eq(pool_add(p, 8), 0);
    pool_submit(p, 0, ids, 40, 0);
    pool_drain(p);
    int n[2] = {0};
    while (pool_take(p, &r)) {
        n[r.stream] += r.stream == 0 ? 8 : 4;
        ck_assert_uint_eq(r.scores.token, (uint64_t)n[r.stream]);
        same(&r.scores, &a[r.scores.token - 1]);
    }
    ck_assert_int_eq(n[0], 40);
    ck_assert_int_eq(n[1], 40);
    pool_stop(p);
}
END_TEST

START_TEST(wrong_input_is_refused)
{
    struct reason why;
    struct pool *p;
    struct pool_stats stats;
    uint16_t ids[2 * MAX_BOOKS];
    struct pool_params params = {model, 0, 1, 0, wake_fd};
    ck_assert_int_eq(pool_start(&params, &p, &why), -EINVAL);
    params = (struct pool_params){model, 1, 65, 0, wake_fd};
    ck_assert_int_eq(pool_start(&params, &p, &why), -EINVAL);
    params = (struct pool_params){model, 1, 1, 63, wake_fd};
    ck_assert_int_eq(pool_start(&params, &p, &why), -EINVAL);
    p = start(1, 1, 0);
    ck_assert_int_eq(pool_add(p, 0), -EINVAL);
    int s = pool_add(p, 1);
    make_ids(1, ids, 2);
    ids[2 * model->books.n - 1] = (uint16_t)model->books.codes;
    ck_assert_int_eq(pool_submit(p, s, ids, 2, 0), -EINVAL);
    pool_stats(p, &stats);
    ck_assert_uint_eq(stats.waiting, 0);
    pool_stop(p);
    pool_stop(NULL);
}
END_TEST

static Suite *pool_suite(void)
{
    Suite *s = suite_create("pool");
    TCase *t = tcase_create("pool");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_checked_fixture(t, open_model, close_model);
    tcase_add_test(t, one_worker_gives_what_streams_give);
    tcase_add_loop_test(t, more_workers_give_the_same, 2, 5);
    tcase_add_test(t, waiting_streams_share_passes);
    tcase_add_test(t, reset_starts_anew);
    tcase_add_test(t, tokens_without_a_window_are_forgotten);
    tcase_add_test(t, what_is_shed_is_counted);
    tcase_add_test(t, streams_come_and_go);
    tcase_add_test(t, wrong_input_is_refused);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(pool_suite)
