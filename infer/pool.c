/* One mutex guards all queues; it is held for copies of a few hundred bytes, never
 * for a pass. A pass goes:
 *
 *   gather (locked)   the oldest run of each waiting stream, into the worker's jobs
 *   encoder_step      the streams belong to this worker while `in_flight`
 *   deliver (locked)  windows into the results queue, room for which was reserved
 *
 * How many streams a worker takes at once: all that wait, divided among the
 * workers that have nothing to do. A weight panel then serves several streams
 * when the box is busy, and streams run side by side when it is not.
 *
 * A worker that finds nothing spins for a few microseconds, since the next job of
 * a busy box is already near, and sleeps after that, since spinning would take
 * the core from who fills the queue. */
#include "infer/pool.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "infer/waiting.h"

enum {
    MAX_WORKERS = 16,
    MAX_STREAMS = 64,
    WAITING_MIN = 64,
    WAITING_MAX = 1024,
    WAITING_DEFAULT = 256,
    RESULTS_MAX = 16384,
    SPIN_NS = 20000,
};

struct slot {
    bool used, in_flight;
    struct stream *stream;
    struct waiting waiting;
    uint32_t epoch;
    uint64_t first_token;
};

struct worker { /* all but `pool` and `thread` is touched by its thread alone */
    struct pool *pool;
    pthread_t thread;
    struct scratch *scratch;
    size_t n_jobs;
    struct encoder_job jobs[MAX_STREAMS];
    struct slot *slots[MAX_STREAMS]; /* of the jobs */
    int n_rows;
    struct waiting_token tokens[ENCODER_MAX_ROWS];
    uint16_t ids[ENCODER_MAX_ROWS * TOKENIZER_MAX_CODEBOOKS];
    struct scores scores[ENCODER_MAX_ROWS + MAX_STREAMS];
    int reserved; /* windows */
};

struct pool {
    struct pool_params params;
    pthread_mutex_t lock;
    pthread_cond_t work;    /* there may be something to do, or it is over */
    pthread_cond_t settled; /* a pass has ended */
    atomic_uint news;       /* changes whenever `work` would be signalled: what spinning looks at */
    bool stop;
    int n_workers, n_idle, n_sleeping;
    size_t cursor; /* slot at which the next gathering begins, so that all get their turn */
    struct slot slot[MAX_STREAMS];
    struct pool_result *result; /* ring */
    size_t n_results, first_result, results_size, reserved;
    struct pool_stats stats;
    struct worker worker[MAX_WORKERS];
};

/* ---- workers ---- */

static bool runnable(const struct pool *p, const struct slot *s)
{
    return s->used && !s->in_flight && s->waiting.windows > 0 &&
           p->n_results + p->reserved < p->results_size;
}

static size_t count_runnable(const struct pool *p)
{
    size_t n = 0;
    for (int i = 0; i < p->params.max_streams; i++)
        n += runnable(p, &p->slot[i]);
    return n;
}

static void announce(struct pool *p)
{
    atomic_fetch_add_explicit(&p->news, 1, memory_order_release);
    if (p->n_sleeping > 0)
        pthread_cond_signal(&p->work);
}

static void take_job(struct pool *p, struct worker *w, struct slot *s)
{
    size_t room = p->results_size - p->n_results - p->reserved;
    struct waiting_token *token = w->tokens + w->n_rows;
    uint16_t *ids = w->ids + (size_t)w->n_rows * (size_t)s->waiting.n_books;
    size_t before = s->waiting.windows;
    size_t n = waiting_take(&s->waiting, (size_t)(ENCODER_MAX_ROWS - w->n_rows), room, ids, token);
    if (n == 0)
        return;
    size_t windows = before - s->waiting.windows;
    if (token[0].fresh) {
        stream_reset(s->stream);
        s->epoch++;
        s->first_token = token[0].index;
    }
    struct scores *out = w->scores;
    if (w->n_jobs > 0) {
        const struct encoder_job *last = &w->jobs[w->n_jobs - 1];
        out = last->out + last->n_tokens / last->stream->hop + 1;
    }
    w->jobs[w->n_jobs] = (struct encoder_job){s->stream, ids, (int)n, out, 0};
    w->slots[w->n_jobs++] = s;
    w->n_rows += (int)n;
    w->reserved += (int)windows;
    p->reserved += windows;
    s->in_flight = true;
}

/* Locked. Fills the worker's jobs; false: nothing to do. */
static bool gather(struct pool *p, struct worker *w)
{
    size_t n = (size_t)p->params.max_streams, want = count_runnable(p);
    size_t sharers = (size_t)p->n_idle + 1;
    w->n_jobs = 0;
    w->n_rows = w->reserved = 0;
    want = (want + sharers - 1) / sharers;
    size_t from = p->cursor;
    for (size_t i = 0; i < n && w->n_jobs < want && w->n_rows < ENCODER_MAX_ROWS; i++) {
        size_t at = (from + i) % n;
        if (runnable(p, &p->slot[at])) {
            take_job(p, w, &p->slot[at]);
            p->cursor = at + 1;
        }
    }
    if (w->n_jobs == 0)
        return false;
    p->stats.jobs_started += w->n_jobs;
    return true;
}

/* Locked. */
static void deliver(struct pool *p, struct worker *w)
{
    const struct waiting_token *token = w->tokens;
    for (size_t i = 0; i < w->n_jobs; i++) {
        const struct encoder_job *job = &w->jobs[i];
        struct slot *s = w->slots[i];
        uint64_t before = stream_tokens(s->stream) - (uint64_t)job->n_tokens;
        for (int j = 0; j < job->n_out; j++) {
            size_t at = (p->first_result + p->n_results++) % p->results_size;
            p->result[at] = (struct pool_result){
                .stream = (int)(s - p->slot),
                .epoch = s->epoch,
                .first_token = s->first_token,
                .scores = job->out[j],
                .submitted_ns = token[job->out[j].token - before - 1].submitted_ns,
            };
            p->stats.windows++;
        }
        token += job->n_tokens;
        s->in_flight = false;
    }
    p->reserved -= (size_t)w->reserved;
    p->stats.passes++;
    p->stats.rows += (uint64_t)w->n_rows;
    p->stats.jobs_done += w->n_jobs;
}

static void relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Unlocked. */
static void spin(struct pool *p, unsigned seen)
{
    int64_t end = clock_boot_ns() + SPIN_NS;
    do {
        for (int i = 0; i < 64; i++) {
            if (atomic_load_explicit(&p->news, memory_order_acquire) != seen)
                return;
            relax();
        }
    } while (clock_boot_ns() < end);
}

/* Locked, before and after. False: it is over. */
static bool await_work(struct pool *p, struct worker *w)
{
    bool spun = false;
    p->n_idle++;
    while (!p->stop && count_runnable(p) == 0) {
        if (!spun) {
            unsigned seen = atomic_load_explicit(&p->news, memory_order_relaxed);
            pthread_mutex_unlock(&p->lock);
            spin(p, seen);
            pthread_mutex_lock(&p->lock);
            spun = true;
            continue;
        }
        p->n_sleeping++;
        pthread_cond_wait(&p->work, &p->lock);
        p->n_sleeping--;
    }
    p->n_idle--;
    return !p->stop;
}

static void wake_taker(struct pool *p)
{
    uint64_t one = 1;
    if (write(p->params.wake_fd, &one, sizeof(one)) < 0)
        return; /* EAGAIN: the counter is full, so the reader is awake already */
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct pool *p = w->pool;
    pthread_mutex_lock(&p->lock);
    while (await_work(p, w)) {
        if (!gather(p, w))
            continue;
        if (p->n_idle > 0 && count_runnable(p) > 0)
            announce(p);
        pthread_mutex_unlock(&p->lock);
        int r = encoder_step(p->params.model, w->scratch, w->jobs, w->n_jobs);
        assert(r == 0); /* pool_submit has checked the ids */
        pthread_mutex_lock(&p->lock);
        deliver(p, w);
        pthread_cond_broadcast(&p->settled);
        if (w->reserved == 0)
            continue;
        pthread_mutex_unlock(&p->lock);
        wake_taker(p);
        pthread_mutex_lock(&p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* ---- life ---- */

static int check_params(const struct pool_params *p, struct reason *why)
{
    if (p->workers < 1 || p->workers > MAX_WORKERS)
        return reason_set(why, EINVAL, "%d workers, 1 to %d are allowed", p->workers, MAX_WORKERS);
    if (p->max_streams < 1 || p->max_streams > MAX_STREAMS)
        return reason_set(why, EINVAL, "%d streams, 1 to %d are allowed", p->max_streams,
                          MAX_STREAMS);
    if (p->max_waiting != 0 && (p->max_waiting < WAITING_MIN || p->max_waiting > WAITING_MAX))
        return reason_set(why, EINVAL, "%d tokens to wait, %d to %d are allowed", p->max_waiting,
                          WAITING_MIN, WAITING_MAX);
    if (!p->model->causal)
        return reason_set(why, EINVAL, "model %s is not causal: it cannot follow a stream",
                          p->model->name);
    return 0;
}

/* Signals are for the main thread. */
static int start_worker(struct pool *p, struct worker *w)
{
    sigset_t all, old;
    char name[16];
    int r = scratch_new(p->params.model, &w->scratch);
    if (r < 0)
        return r;
    w->pool = p;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    r = -pthread_create(&w->thread, NULL, work, w);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (r < 0) {
        scratch_free(w->scratch);
        return r;
    }
    snprintf(name, sizeof(name), "ear-work-%d", p->n_workers);
    pthread_setname_np(w->thread, name);
    p->n_workers++;
    return 0;
}

int pool_auto_workers(void)
{
    return sysconf(_SC_NPROCESSORS_ONLN) <= 2 ? 1 : 2;
}

int pool_start(const struct pool_params *params, struct pool **ret, struct reason *why)
{
    int r = check_params(params, why);
    if (r < 0)
        return r;
    struct pool *p = calloc(1, sizeof(*p));
    if (!p)
        return reason_set(why, ENOMEM, "no memory for the workers");
    p->params = *params;
    if (p->params.max_waiting == 0)
        p->params.max_waiting = WAITING_DEFAULT;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    pthread_cond_init(&p->settled, NULL);
    p->results_size = (size_t)p->params.max_streams * (size_t)p->params.max_waiting;
    if (p->results_size > RESULTS_MAX)
        p->results_size = RESULTS_MAX;
    p->result = calloc(p->results_size, sizeof(*p->result));
    r = p->result ? 0 : -ENOMEM;
    for (int i = 0; i < params->workers && r == 0; i++)
        r = start_worker(p, &p->worker[i]);
    if (r < 0) {
        pool_stop(p);
        return reason_set(why, -r, "worker threads cannot be started: %s", strerror(-r));
    }
    *ret = p;
    return 0;
}

void pool_stop(struct pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    atomic_fetch_add_explicit(&p->news, 1, memory_order_release);
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->n_workers; i++) {
        pthread_join(p->worker[i].thread, NULL);
        scratch_free(p->worker[i].scratch);
    }
    for (int i = 0; i < MAX_STREAMS; i++) {
        stream_free(p->slot[i].stream);
        waiting_done(&p->slot[i].waiting);
    }
    pthread_cond_destroy(&p->settled);
    pthread_cond_destroy(&p->work);
    pthread_mutex_destroy(&p->lock);
    free(p->result);
    free(p);
}

/* ---- callers ---- */

int pool_add(struct pool *p, int hop)
{
    struct slot fresh = {.used = true, .epoch = UINT32_MAX};
    int r = stream_new(p->params.model, hop, &fresh.stream);
    if (r < 0)
        return r;
    r = waiting_init(&fresh.waiting, hop, p->params.model->books.n, (size_t)p->params.max_waiting);
    if (r < 0) {
        stream_free(fresh.stream);
        return r;
    }
    int at = 0;
    pthread_mutex_lock(&p->lock);
    while (at < p->params.max_streams && p->slot[at].used)
        at++;
    if (at < p->params.max_streams)
        p->slot[at] = fresh;
    pthread_mutex_unlock(&p->lock);
    if (at < p->params.max_streams)
        return at;
    stream_free(fresh.stream);
    waiting_done(&fresh.waiting);
    return -ENOSPC;
}

/* Locked. Results of a stream that is gone. */
static void forget_results(struct pool *p, int stream)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->n_results; i++) {
        const struct pool_result *r = &p->result[(p->first_result + i) % p->results_size];
        if (r->stream != stream)
            p->result[(p->first_result + kept++) % p->results_size] = *r;
    }
    p->n_results = kept;
}

void pool_remove(struct pool *p, int stream)
{
    assert(stream >= 0 && stream < p->params.max_streams && p->slot[stream].used);
    struct slot *s = &p->slot[stream];
    pthread_mutex_lock(&p->lock);
    s->waiting.windows = 0; /* no further job */
    while (s->in_flight)
        pthread_cond_wait(&p->settled, &p->lock);
    forget_results(p, stream);
    struct slot gone = *s;
    *s = (struct slot){0};
    announce(p); /* there may be room for results again */
    pthread_cond_broadcast(&p->settled);
    pthread_mutex_unlock(&p->lock);
    stream_free(gone.stream);
    waiting_done(&gone.waiting);
}

int pool_submit(struct pool *p, int stream, const uint16_t *ids, int n_tokens, int64_t now_ns)
{
    int n_books = p->params.model->books.n, codes = p->params.model->books.codes;
    size_t gone = 0;
    assert(stream >= 0 && stream < p->params.max_streams);
    for (int i = 0; i < n_tokens * n_books; i++)
        if (ids[i] >= codes)
            return -EINVAL;
    pthread_mutex_lock(&p->lock);
    struct slot *s = &p->slot[stream];
    assert(s->used);
    for (int i = 0; i < n_tokens; i++)
        gone += waiting_feed(&s->waiting, ids + (size_t)i * (size_t)n_books, now_ns);
    p->stats.shed_tokens += gone;
    if (runnable(p, s))
        announce(p);
    pthread_mutex_unlock(&p->lock);
    return (int)gone;
}

void pool_reset(struct pool *p, int stream)
{
    assert(stream >= 0 && stream < p->params.max_streams);
    pthread_mutex_lock(&p->lock);
    assert(p->slot[stream].used);
    waiting_break(&p->slot[stream].waiting);
    pthread_mutex_unlock(&p->lock);
}

int pool_take(struct pool *p, struct pool_result *ret)
{
    pthread_mutex_lock(&p->lock);
    int there = p->n_results > 0;
    if (there) {
        bool was_full = p->n_results + p->reserved >= p->results_size;
        *ret = p->result[p->first_result];
        p->first_result = (p->first_result + 1) % p->results_size;
        p->n_results--;
        if (was_full)
            announce(p);
    }
    pthread_mutex_unlock(&p->lock);
    return there;
}

void pool_drain(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    while (p->stats.jobs_started != p->stats.jobs_done || count_runnable(p) > 0)
        pthread_cond_wait(&p->settled, &p->lock);
    pthread_mutex_unlock(&p->lock);
}

void pool_stats(struct pool *p, struct pool_stats *ret)
{
    pthread_mutex_lock(&p->lock);
    *ret = p->stats;
    for (int i = 0; i < p->params.max_streams; i++)
        ret->waiting += p->slot[i].waiting.n;
    pthread_mutex_unlock(&p->lock);
}
