#include "audio/lookup.h"

#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { SLICE_NS = 50 * 1000000, STACK_BYTES = 512 * 1024 };

struct job { /* freed by whichever of the two sides leaves last */
    atomic_int refs;
    pthread_mutex_t lock;
    pthread_cond_t done_cond;
    bool done;
    int result; /* of getaddrinfo */
    char host[];
};

static void job_unref(struct job *j)
{
    if (atomic_fetch_sub(&j->refs, 1) > 1)
        return;
    pthread_cond_destroy(&j->done_cond);
    pthread_mutex_destroy(&j->lock);
    free(j);
}

static int ask(const char *host, int flags)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = flags},
                    *list;
    int r = getaddrinfo(host, NULL, &hints, &list);
    if (r == 0)
        freeaddrinfo(list);
    return r;
}

static void *run(void *arg)
{
    struct job *j = arg;
    int r = ask(j->host, 0);
    pthread_mutex_lock(&j->lock);
    j->result = r;
    j->done = true;
    pthread_cond_signal(&j->done_cond);
    pthread_mutex_unlock(&j->lock);
    job_unref(j);
    return NULL;
}

static int spawn(struct job *j)
{
    pthread_t t;
    pthread_attr_t a;
    pthread_attr_init(&a);
    pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&a, STACK_BYTES);
    int err = pthread_create(&t, &a, run, j);
    pthread_attr_destroy(&a);
    if (!err)
        pthread_setname_np(t, "ear-lookup");
    return -err;
}

static bool stopped(const atomic_bool *stop)
{
    return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

/* Waits in slices until the job is done; false when time or patience is over. */
static bool wait_done(struct job *j, int64_t deadline_ns, const atomic_bool *stop)
{
    pthread_mutex_lock(&j->lock);
    while (!j->done && !stopped(stop) && clock_boot_ns() < deadline_ns) {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        t.tv_nsec += SLICE_NS;
        if (t.tv_nsec >= 1000000000) {
            t.tv_nsec -= 1000000000;
            t.tv_sec++;
        }
        pthread_cond_timedwait(&j->done_cond, &j->lock, &t);
    }
    bool done = j->done;
    pthread_mutex_unlock(&j->lock);
    return done;
}

int lookup(const char *host, int64_t deadline_ns, const atomic_bool *stop, struct reason *why)
{
    if (ask(host, AI_NUMERICHOST) == 0)
        return 0;
    size_t n = strlen(host);
    struct job *j = calloc(1, sizeof(*j) + n + 1);
    if (!j)
        return reason_set(why, ENOMEM, "no memory to look up %s", host);
    memcpy(j->host, host, n);
    atomic_init(&j->refs, 2);
    pthread_mutex_init(&j->lock, NULL);
    pthread_condattr_t ca;
    pthread_condattr_init(&ca);
    pthread_condattr_setclock(&ca, CLOCK_MONOTONIC);
    pthread_cond_init(&j->done_cond, &ca);
    pthread_condattr_destroy(&ca);
    int err = spawn(j);
    if (err < 0) {
        atomic_store(&j->refs, 1);
        job_unref(j);
        return reason_set(why, -err, "no thread to look up %s", host);
    }
    bool done = wait_done(j, deadline_ns, stop);
    int result = done ? j->result : 0;
    job_unref(j);
    if (stopped(stop))
        return reason_set(why, ECANCELED, "stopped");
    if (!done)
        return reason_set(why, ETIMEDOUT, "looking up %s took too long", host);
    if (result != 0)
        return reason_set(why, EHOSTUNREACH, "cannot look up %s: %s", host, gai_strerror(result));
    return 0;
}
