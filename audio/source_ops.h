/* Between source.c and the kinds of source: what a kind provides, and the
 * deadline that all of them keep. Nobody else includes this. */
#ifndef AUDIO_SOURCE_OPS_H
#define AUDIO_SOURCE_OPS_H

#include "audio/source.h"

enum {
    SOURCE_TIMEOUT_MS = 10000, /* where the caller says nothing */
    SOURCE_SLICE_MS = 50,      /* longest wait between two looks at *stop */
};

struct source {
    const struct source_ops *ops;
    const atomic_bool *stop;
    bool live;
    int read_timeout_ms;
    int rate, channels; /* native; 0 unknown */
    bool paced;         /* source.c holds samples back until their time */
    int64_t start_ns;   /* boot time of sample 0 when paced; 0: not begun */
    uint64_t delivered; /* samples since start_ns */
    int64_t lost_us;    /* what source_lost_us() tells */
};

/* Each kind embeds struct source as its first member; open fills live, rate, channels
 * and paced (stop, timeouts and ops are set by source.c). url comes with its scheme. */
struct source_ops {
    int (*open)(const struct source_params *p, struct source **ret, struct reason *why);
    ssize_t (*read)(struct source *s, float *out, size_t n, struct reason *why);
    void (*close)(struct source *s);
};

extern const struct source_ops source_alsa_ops, source_av_ops, source_pipe_ops;

static inline bool source_stopped(const struct source *s)
{
    return s->stop && atomic_load_explicit(s->stop, memory_order_relaxed);
}

static inline int64_t source_deadline_ns(int timeout_ms)
{
    return clock_boot_ns() + (timeout_ms > 0 ? timeout_ms : SOURCE_TIMEOUT_MS) * INT64_C(1000000);
}

/* Milliseconds until the deadline, at most a slice, at least 0. */
static inline int source_slice_ms(int64_t deadline_ns)
{
    int64_t left = (deadline_ns - clock_boot_ns() + 999999) / 1000000;
    return left < 0 ? 0 : left > SOURCE_SLICE_MS ? SOURCE_SLICE_MS : (int)left;
}

/* The samples a converter has ready, handed out in pieces of any size. */
struct source_pending {
    const float *at;
    size_t n;
};

static inline size_t source_take(struct source_pending *q, float *out, size_t n)
{
    if (n > q->n)
        n = q->n;
    __builtin_memcpy(out, q->at, n * sizeof(*out));
    q->at += n;
    q->n -= n;
    return n;
}

#endif
