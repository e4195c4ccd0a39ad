/* Opens a model, makes a stream and a pool and uses both, with the n-th allocation failing,
 * n = 1, 2, 3, …, until a run asks for no n-th. Each run must end in success or with a sound
 * refusal: -ENOMEM (a thread that cannot be made: -EAGAIN), and what has a reason says it.
 * What belongs to one thread leaves nothing allocated; of threads glibc keeps stacks for later.
 *
 * The allocator is interposed for the whole process. Not built with sanitizers, which have an
 * allocator of their own. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "infer/pool.h"
#include "infer/synth.h"

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *p);

static atomic_long n_asked, fail_at; /* fail_at 0: never */
static atomic_long n_held;           /* allocations that are not freed */

static bool fails(void)
{
    if (atomic_fetch_add(&n_asked, 1) + 1 != atomic_load(&fail_at))
        return false;
    errno = ENOMEM;
    return true;
}

static void *held(void *p)
{
    atomic_fetch_add(&n_held, p != NULL);
    return p;
}

void *malloc(size_t size)
{
    return fails() ? NULL : held(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : held(__libc_calloc(n, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : held(__libc_memalign(alignment, size));
}

void free(void *p)
{
    atomic_fetch_sub(&n_held, p != NULL);
    __libc_free(p);
}

static void must(bool fact, const char *what)
{
    if (fact)
        return;
    fprintf(stderr, "allocation %ld failing: %s\n", atomic_load(&fail_at), what);
    _exit(1);
}

static bool refused(int r)
{
    must(r >= 0 || r == -ENOMEM || r == -EAGAIN, "refused with another error");
    return r < 0;
}

static void step(const struct model *m, struct scratch *scratch, struct stream *s)
{
    uint16_t ids[8 * TOKENIZER_MAX_CODEBOOKS] = {0};
    struct scores out[9];
    struct encoder_job job = {s, ids, 8, out, 0};
    must(encoder_step(m, scratch, &job, 1) == 0 && job.n_out == 2, "a step failed");
}

static void use_stream(const struct model *m)
{
    struct scratch *scratch = NULL;
    struct stream *s = NULL;
    struct tokenizer *t = NULL;
    if (!refused(scratch_new(m, &scratch)) && !refused(stream_new(m, 4, &s)))
        step(m, scratch, s);
    if (!refused(tokenizer_new(&m->books, &t)))
        tokenizer_reset(t);
    tokenizer_free(t);
    stream_free(s);
    scratch_free(scratch);
}

static void use_pool(const struct model *m)
{
    struct pool_params params = {.model = m, .workers = 2, .max_streams = 2, .wake_fd = -1};
    uint16_t ids[8 * TOKENIZER_MAX_CODEBOOKS] = {0};
    struct pool *p = NULL;
    struct reason why = {.text = ""};
    if (refused(pool_start(&params, &p, &why))) {
        must(*why.text, "the pool gave no reason");
        return;
    }
    int stream = pool_add(p, 4);
    if (!refused(stream)) {
        struct pool_result r;
        must(pool_submit(p, stream, ids, 8, 0) == 0, "tokens were shed");
        pool_drain(p);
        must(pool_take(p, &r) == 1 && pool_take(p, &r) == 1, "a window was lost");
        pool_remove(p, stream);
    }
    pool_stop(p);
}

static void use(const char *path, bool threads)
{
    const struct kernel *kernel;
    const struct model *m = NULL;
    struct reason why = {.text = ""};
    must(kernel_select("auto", &kernel, NULL) == 0, "no kernel");
    if (refused(model_open(path, kernel, &m, &why))) {
        must(*why.text, "the model gave no reason");
        return;
    }
    if (threads)
        use_pool(m);
    else
        use_stream(m);
    model_close(m);
}

static long run_all(const char *path, bool threads)
{
    long n = 0;
    do {
        long before = atomic_load(&n_held);
        atomic_store(&n_asked, 0);
        atomic_store(&fail_at, ++n);
        use(path, threads);
        atomic_store(&fail_at, 0);
        must(threads || atomic_load(&n_held) == before, "something stayed allocated");
    } while (atomic_load(&n_asked) >= n);
    return n;
}

int main(void)
{
    char path[] = "/tmp/earshot-engine-XXXXXX";
    struct synth_shape shape = synth_tiny();
    int fd = mkstemp(path);
    must(fd >= 0, "no temporary file");
    close(fd);
    must(synth_write(path, &shape, 1, NULL) == 0, "no model");
    long alone = run_all(path, false), threads = run_all(path, true);
    unlink(path);
    printf("%ld and %ld runs\n", alone, threads);
    return alone > 8 && threads > 8 ? 0 : 1;
}
