/* How many tokens a second the worker pool of the daemon takes in, for tests/bench/plots.py. */
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "infer/pool.h"

enum { TOKENS = 32, STREAMS = 16 }; /* a stream's tokens in one go */

double engine_pool(const char *path, int workers, int hop, double seconds);

static void empty(struct pool *p)
{
    struct pool_result r;
    int found = 1;
    while (found) { /* a full queue of results is what pool_drain() may stop at */
        pool_drain(p);
        for (found = 0; pool_take(p, &r) == 1;)
            found = 1;
    }
}

static double rate_of(struct pool *p, const struct model *m, const int *stream, double seconds)
{
    uint16_t *ids = calloc((size_t)TOKENS * (size_t)m->books.n, sizeof(*ids));
    int64_t from = 0, end = 0, now = 0;
    double tokens = 0;
    if (!ids)
        return 0;
    for (int round = 0; round < 2 || now < end; round++) { /* the first only fills the caches */
        for (int i = 0; i < STREAMS; i++)
            pool_submit(p, stream[i], ids, TOKENS, 0);
        empty(p);
        now = clock_boot_ns();
        if (round == 0) {
            from = now;
            end = from + (int64_t)(seconds * 1e9);
        } else {
            tokens += TOKENS * STREAMS;
        }
    }
    free(ids);
    return tokens * 1e9 / (double)(now - from);
}

/* Tokens a second of sixteen streams as fast as they go; 0 when anything fails */
double engine_pool(const char *path, int workers, int hop, double seconds)
{
    struct pool_params params = {.workers = workers, .max_streams = STREAMS, .wake_fd = -1};
    struct pool *p = NULL;
    const struct kernel *k;
    int stream[STREAMS];
    double rate = 0;
    int r = kernel_select("auto", &k, NULL);
    if (r == 0)
        r = model_open(path, k, &params.model, NULL);
    if (r == 0)
        r = params.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (r >= 0)
        r = pool_start(&params, &p, NULL);
    for (int i = 0; i < STREAMS && r >= 0; i++)
        r = stream[i] = pool_add(p, hop);
    if (r >= 0)
        rate = rate_of(p, params.model, stream, seconds);
    pool_stop(p);
    if (params.wake_fd >= 0)
        close(params.wake_fd);
    model_close(params.model);
    return rate;
}
