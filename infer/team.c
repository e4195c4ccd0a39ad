#include "infer/team.h"

#include <stdlib.h>

#ifndef __wasi__

#include <pthread.h>
#include <stdatomic.h>

enum { SPINS = 2000 }; /* some 20 microseconds */

struct team {
    int n, n_threads;
    pthread_t thread[TEAM_MOST];
    void (*part)(void *of, int member);
    void *of;
    bool stop;
    atomic_int arrived, next; /* at this meeting; of the next thread */
    atomic_uint meeting;      /* meetings that are over */
    pthread_mutex_t lock;     /* for sleeping only */
    pthread_cond_t over;
};

static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void meet(struct team *t)
{
    unsigned meeting = atomic_load(&t->meeting);
    if (atomic_fetch_add(&t->arrived, 1) + 1 == t->n) {
        atomic_store(&t->arrived, 0);
        pthread_mutex_lock(&t->lock);
        atomic_store(&t->meeting, meeting + 1);
        pthread_cond_broadcast(&t->over);
        pthread_mutex_unlock(&t->lock);
        return;
    }
    for (int i = 0; i < SPINS; i++) {
        if (atomic_load(&t->meeting) != meeting)
            return;
        relax();
    }
    pthread_mutex_lock(&t->lock);
    while (atomic_load(&t->meeting) == meeting)
        pthread_cond_wait(&t->over, &t->lock);
    pthread_mutex_unlock(&t->lock);
}

static void *work(void *of)
{
    struct team *t = of;
    int member = atomic_fetch_add(&t->next, 1);
    for (;;) {
        meet(t);
        if (t->stop)
            return NULL;
        t->part(t->of, member);
        meet(t);
    }
}

int team_new(int n, struct team **ret)
{
    struct team *t = calloc(1, sizeof(*t));
    if (!t)
        return -ENOMEM;
    t->n = n;
    atomic_init(&t->next, 1);
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->over, NULL);
    for (; t->n_threads < n - 1; t->n_threads++)
        if (pthread_create(&t->thread[t->n_threads], NULL, work, t) != 0) {
            t->n = t->n_threads + 1; /* who is there meets without the rest, and ends */
            team_free(t);
            return -EAGAIN;
        }
    *ret = t;
    return 0;
}

void team_free(struct team *t)
{
    if (!t)
        return;
    t->stop = true;
    meet(t);
    for (int i = 0; i < t->n_threads; i++)
        pthread_join(t->thread[i], NULL);
    pthread_cond_destroy(&t->over);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

int team_size(const struct team *t)
{
    return t ? t->n : 1;
}

void team_run(struct team *t, void (*part)(void *of, int member), void *of)
{
    if (!t) {
        part(of, 0);
        return;
    }
    t->part = part;
    t->of = of;
    meet(t);
    part(of, 0);
    meet(t);
}

void team_meet(struct team *t)
{
    if (t)
        meet(t);
}

#else /* WASI has no threads: there is only the caller */

int team_new(int n, struct team **ret)
{
    return -ENOTSUP;
}

void team_free(struct team *t)
{
}

int team_size(const struct team *t)
{
    return 1;
}

void team_run(struct team *t, void (*part)(void *of, int member), void *of)
{
    part(of, 0);
}

void team_meet(struct team *t)
{
}

#endif
