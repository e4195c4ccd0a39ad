#include "daemon/loop.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <systemd/sd-event.h>

enum { MAX_WATCHES = 24, ACCURACY_US = 20000 };

struct watch {
    loop_fn *fn;
    void *ctx;
    sd_event_source *source;
    int fd;            /* -1: no eventfd */
    uint64_t period_us; /* 0: no timer */
};

struct loop {
    sd_event *event;
    size_t n;
    struct watch watch[MAX_WATCHES];
};

int loop_new(struct loop **ret, struct reason *why)
{
    struct loop *l = calloc(1, sizeof(*l));
    if (!l)
        return reason_set(why, ENOMEM, "no memory for the event loop");
    int r = sd_event_new(&l->event);
    if (r < 0) {
        free(l);
        return reason_set(why, -r, "no event loop");
    }
    *ret = l;
    return 0;
}

void loop_free(struct loop *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n; i++) {
        sd_event_source_disable_unref(l->watch[i].source);
        if (l->watch[i].fd >= 0)
            close(l->watch[i].fd);
    }
    sd_event_unref(l->event);
    free(l);
}

void loop_block_signals(void)
{
    static const int handled[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < ARRAY_SIZE(handled); i++)
        sigaddset(&set, handled[i]);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static struct watch *next_watch(struct loop *l, loop_fn *fn, void *ctx)
{
    if (l->n == MAX_WATCHES)
        return NULL;
    l->watch[l->n] = (struct watch){.fn = fn, .ctx = ctx, .fd = -1};
    return &l->watch[l->n];
}

static int signalled(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata)
{
    struct watch *w = userdata;
    w->fn(w->ctx);
    return 0;
}

int loop_on_signal(struct loop *l, int number, loop_fn *fn, void *ctx)
{
    struct watch *w = next_watch(l, fn, ctx);
    if (!w)
        return -ENOSPC;
    int r = sd_event_add_signal(l->event, &w->source, number, signalled, w);
    if (r >= 0)
        l->n++;
    return r < 0 ? r : 0;
}

static int timed(sd_event_source *s, uint64_t usec, void *userdata)
{
    struct watch *w = userdata;
    sd_event_source_set_time_relative(s, w->period_us);
    sd_event_source_set_enabled(s, SD_EVENT_ONESHOT);
    w->fn(w->ctx);
    return 0;
}

int loop_every(struct loop *l, int64_t period_ms, loop_fn *fn, void *ctx)
{
    struct watch *w = next_watch(l, fn, ctx);
    if (!w)
        return -ENOSPC;
    w->period_us = (uint64_t)period_ms * 1000;
    int r = sd_event_add_time_relative(l->event, &w->source, CLOCK_BOOTTIME, w->period_us,
                                       ACCURACY_US, timed, w);
    if (r >= 0)
        l->n++;
    return r < 0 ? r : 0;
}

int loop_set_period(struct loop *l, int64_t period_ms, loop_fn *fn, void *ctx)
{
    for (size_t i = 0; i < l->n; i++) {
        struct watch *w = &l->watch[i];
        if (w->fn != fn || w->ctx != ctx || !w->period_us)
            continue;
        w->period_us = (uint64_t)period_ms * 1000;
        return sd_event_source_set_time_relative(w->source, w->period_us);
    }
    return -ENOENT;
}

static int woken(sd_event_source *s, int fd, uint32_t revents, void *userdata)
{
    struct watch *w = userdata;
    eventfd_t n;
    if (eventfd_read(fd, &n) == 0)
        w->fn(w->ctx);
    return 0;
}

int loop_on_wake(struct loop *l, loop_fn *fn, void *ctx)
{
    struct watch *w = next_watch(l, fn, ctx);
    if (!w)
        return -ENOSPC;
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0)
        return -errno;
    int r = sd_event_add_io(l->event, &w->source, fd, EPOLLIN, woken, w);
    if (r < 0) {
        close(fd);
        return r;
    }
    w->fd = fd;
    l->n++;
    return fd;
}

static int readable(sd_event_source *s, int fd, uint32_t revents, void *userdata)
{
    struct watch *w = userdata;
    w->fn(w->ctx);
    return 0;
}

int loop_on_readable(struct loop *l, int fd, loop_fn *fn, void *ctx)
{
    struct watch *w = next_watch(l, fn, ctx);
    if (!w)
        return -ENOSPC;
    int r = sd_event_add_io(l->event, &w->source, fd, EPOLLIN, readable, w);
    if (r >= 0)
        l->n++;
    return r < 0 ? r : 0;
}

void loop_leave(struct loop *l, loop_fn *fn, void *ctx)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->watch[i].fn == fn && l->watch[i].ctx == ctx)
            l->watch[i].source = sd_event_source_disable_unref(l->watch[i].source);
}

int loop_run(struct loop *l)
{
    int r = sd_event_loop(l->event);
    return r < 0 ? r : 0;
}

void loop_quit(struct loop *l)
{
    sd_event_exit(l->event, 0);
}
