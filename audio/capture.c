/* The thread's life:
 *
 *            ┌────────────────── wait, longer each time ◄────────────┐
 *            ▼                                                       │
 *   OPENING: source_open ── failed ─────────────────────────► WAITING ─ reopen? no ─► ENDED
 *            │ ok                                                    ▲
 *            ▼                                                       │
 *   RUNNING: source_read ─► block of 20 ms ─► ring       end, error, stalled
 *
 * The first retry comes after 100 to 200 ms, because most losses are hiccups; then the
 * wait doubles up to 30 s, with jitter, so that ten sources behind one switch do
 * not come back in step. It starts small again after ten seconds of sound.
 *
 * Blocks are cut by the count of samples, not by what a read returned, so they are the
 * same however the sound came in; the last one before a gap or the end is shorter.
 *
 * Figures that change with every block are atomics; the sentence, the reason and the
 * phase change only where something happened and lie behind a mutex. */
#include "audio/capture.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    RING_BLOCKS = 512,
    RETRY_MIN_MS = 100,
    RETRY_MAX_MS = 30000,
    CALM_SAMPLES = 10 * SAMPLE_RATE, /* of sound after which the next retry is fast again */
    ROOM_NAP_NS = 2000000,
    TEXT_SIZE = 256,
};

struct capture {
    struct capture_params p;
    char *url, *username, *password;
    struct ring *ring;
    pthread_t thread;
    int stop_fd; /* ends a wait for the next try */
    atomic_bool stop;

    /* the thread's own */
    struct ring_block block; /* being filled */
    bool live;
    bool sounding;     /* samples come: the phase is RUNNING */
    bool gap;          /* the next block does not join on */
    bool gap_by_clock; /* a device or camera: sound went on while nothing was heard */
    int64_t lost_us;   /* how long the gap is, when the source knows; else 0 */
    int64_t last_ns;   /* boot time of the last sample, 0 before the first */
    uint64_t pos;      /* of the next sample */
    uint64_t heard;    /* samples since the source was opened */
    uint64_t random;
    int retry_ms;

    /* shared */
    _Atomic uint64_t samples, xruns, restarts;
    atomic_int rate;
    pthread_mutex_t *lock; /* of what follows; apart, so that a const capture can be asked */
    enum capture_phase phase;
    const char *reason;
    char text[TEXT_SIZE];
    int64_t tried_ns, retry_ns;
    uint64_t changes;
};

/* clang-format off */
#define REASONS(X)                                                                                 \
    X(no_device) X(no_file) X(unplugged) X(busy) X(forbidden) X(refused) X(unreachable)            \
    X(unauthorized) X(timeout) X(no_audio_track) X(decode_error) X(stalled) X(no_writer)           \
    X(disconnected) X(ended) X(bad_url) X(failed)
/* clang-format on */
#define REASON_NAME(r) #r,
#define REASON_INDEX(r) REASON_##r,

enum { REASONS(REASON_INDEX) N_REASONS };
const char *const capture_reasons[] = {REASONS(REASON_NAME) NULL};

/* What an error means depends on whether the source was open, and on its kind. */
static const char *reason_of(int err, bool opened, const char *kind)
{
    static const struct {
        int err, opened, not_opened;
    } map[] = {
        {0, REASON_ended, REASON_ended},
        {-ENODEV, REASON_unplugged, REASON_no_device},
        {-EBUSY, REASON_failed, REASON_busy},
        {-ENOENT, REASON_no_file, REASON_no_file},
        {-ENOTDIR, REASON_no_file, REASON_no_file},
        {-EISDIR, REASON_no_file, REASON_no_file},
        {-EACCES, REASON_forbidden, REASON_forbidden},
        {-EPERM, REASON_forbidden, REASON_forbidden},
        {-ECONNREFUSED, REASON_disconnected, REASON_refused},
        {-EHOSTUNREACH, REASON_disconnected, REASON_unreachable},
        {-ENETUNREACH, REASON_disconnected, REASON_unreachable},
        {-ENETDOWN, REASON_disconnected, REASON_unreachable},
        {-ETIMEDOUT, REASON_stalled, REASON_timeout},
        {-ECONNRESET, REASON_disconnected, REASON_disconnected},
        {-EPIPE, REASON_disconnected, REASON_disconnected},
        {-ENOMSG, REASON_no_audio_track, REASON_no_audio_track},
        {-EBADMSG, REASON_decode_error, REASON_decode_error},
        {-EINVAL, REASON_failed, REASON_bad_url},
    };
    bool network = strcmp(kind, "rtsp") == 0 || strcmp(kind, "http") == 0;
    if (network && err == -ENOENT)
        return capture_reasons[REASON_refused];
    if (network && (err == -EACCES || err == -EPERM)) /* by the camera: of a device or a file this box has the say */
        return capture_reasons[REASON_unauthorized];
    if (network && err == -EIO && opened)
        return capture_reasons[REASON_disconnected];
    for (size_t i = 0; i < ARRAY_SIZE(map); i++)
        if (map[i].err == err)
            return capture_reasons[opened ? map[i].opened : map[i].not_opened];
    return capture_reasons[REASON_failed];
}

static bool stopped(struct capture *c)
{
    return atomic_load_explicit(&c->stop, memory_order_relaxed);
}

static void wake(const struct capture *c)
{
    uint64_t one = 1;
    if (c->p.wake_fd >= 0 && write(c->p.wake_fd, &one, sizeof(one)) < 0)
        return; /* full: the consumer has been told already */
}

/* text NULL: the sentence of the last failure stays. */
static void set_phase(struct capture *c, enum capture_phase phase, const char *reason,
                      const char *text)
{
    pthread_mutex_lock(c->lock);
    bool changed = c->phase != phase || c->reason != reason;
    c->phase = phase;
    c->reason = reason;
    c->changes += changed;
    c->tried_ns = c->retry_ns = 0;
    if (text)
        snprintf(c->text, sizeof(c->text), "%s", text);
    pthread_mutex_unlock(c->lock);
    if (changed)
        wake(c);
}

/* Something came after silence: the position moves on by what the source says that it left
 * out, else by what the clock saw pass, where the sound went on without us. */
static void close_gap(struct capture *c, size_t n, int64_t now_ns)
{
    if (c->lost_us > 0) {
        c->pos += (uint64_t)(c->lost_us * SAMPLE_RATE / 1000000);
        return;
    }
    if (!c->gap_by_clock || c->last_ns == 0)
        return;
    int64_t passed = (now_ns - c->last_ns) / 1000 * SAMPLE_RATE / 1000000;
    if (passed > (int64_t)n)
        c->pos += (uint64_t)passed - n;
}

static void push_block(struct capture *c)
{
    struct ring_block *b = &c->block;
    if (b->n == 0)
        return;
    b->boot_ns = c->last_ns;
    while (!c->live && ring_room(c->ring) == 0 && !stopped(c))
        nanosleep(&(struct timespec){0, ROOM_NAP_NS}, NULL);
    bool lost = ring_push(c->ring, b) < 0;
    b->n = 0;
    b->gap = lost;
    atomic_store_explicit(&c->samples, c->pos, memory_order_relaxed);
    if (!lost)
        wake(c);
}

static void take_samples(struct capture *c, struct source *s, size_t n)
{
    struct ring_block *b = &c->block;
    int64_t now = clock_boot_ns();
    if (!c->sounding) {
        c->sounding = true;
        atomic_store_explicit(&c->rate, source_rate(s), memory_order_relaxed);
        set_phase(c, CAPTURE_RUNNING, NULL, NULL);
    }
    if (c->gap) {
        close_gap(c, n, now);
        b->gap = 1;
        c->gap = false;
    }
    if (b->n == 0)
        b->pos = c->pos;
    b->n += (uint32_t)n;
    c->pos += n;
    c->heard += n;
    c->last_ns = now;
    if (b->n == RING_BLOCK)
        push_block(c);
}

/* What is there goes out; the next sample does not join on. */
static void break_off(struct capture *c, int64_t lost_us)
{
    push_block(c);
    c->lost_us = lost_us;
    c->gap = c->pos > 0;
}

static void nothing_comes(struct capture *c, const struct source *s, const char *text)
{
    push_block(c);
    c->sounding = false;
    bool no_writer = source_rate(s) == 0;
    set_phase(c, CAPTURE_WAITING, capture_reasons[no_writer ? REASON_no_writer : REASON_stalled],
              text);
}

/* Until the source ends (0), fails or is stopped (-errno). */
static int pump(struct capture *c, struct source *s, struct reason *why)
{
    c->live = source_live(s);
    c->sounding = false;
    c->heard = 0;
    for (;;) {
        struct ring_block *b = &c->block;
        ssize_t n = source_read(s, b->samples + b->n, RING_BLOCK - b->n, why);
        if (n > 0) {
            take_samples(c, s, (size_t)n);
        } else if (n == -EPIPE) {
            atomic_fetch_add_explicit(&c->xruns, 1, memory_order_relaxed);
            break_off(c, source_lost_us(s));
        } else if (n == -EAGAIN) {
            nothing_comes(c, s, why->text);
        } else {
            break_off(c, 0);
            return (int)n;
        }
    }
}

static int next_wait_ms(struct capture *c)
{
    if (c->heard >= CALM_SAMPLES || c->retry_ms == 0)
        c->retry_ms = RETRY_MIN_MS;
    c->heard = 0;
    c->random ^= c->random << 13;
    c->random ^= c->random >> 7;
    c->random ^= c->random << 17;
    int ms = c->retry_ms + (int)(c->random % (uint64_t)c->retry_ms);
    c->retry_ms = 2 * c->retry_ms > RETRY_MAX_MS / 2 ? RETRY_MAX_MS / 2 : 2 * c->retry_ms;
    return ms;
}

/* Which ends once, whatever format the URL names behind it. */
static bool is_standard_input(const char *url)
{
    return strncmp(url, "pipe:-", 6) == 0 && (url[6] == '\0' || url[6] == '?');
}

/* One opening and all that follows from it. True: try again. */
static bool one_life(struct capture *c, const char *kind, bool *opened_before)
{
    struct source_params sp = {
        .url = c->url,
        .username = c->username,
        .password = c->password,
        .paced = c->p.paced,
        .open_timeout_ms = c->p.open_timeout_ms,
        .read_timeout_ms = c->p.read_timeout_ms,
        .stop = &c->stop,
    };
    struct source *s = NULL;
    struct reason why = {""};
    int err = source_open(&sp, &s, &why);
    bool opened = err >= 0;
    if (opened) {
        if (*opened_before)
            atomic_fetch_add_explicit(&c->restarts, 1, memory_order_relaxed);
        *opened_before = true;
        err = pump(c, s, &why);
        source_close(s);
    }
    if (stopped(c))
        return false;
    if (err == 0)
        reason_set(&why, 0, "the sound ended");
    bool again = c->p.reopen && !is_standard_input(c->url);
    set_phase(c, again ? CAPTURE_WAITING : CAPTURE_ENDED, reason_of(err, opened, kind), why.text);
    return again;
}

static void wait_to_retry(struct capture *c)
{
    struct pollfd pf = {c->stop_fd, POLLIN, 0};
    int wait_ms = next_wait_ms(c);
    pthread_mutex_lock(c->lock);
    c->tried_ns = clock_boot_ns();
    c->retry_ns = c->tried_ns + wait_ms * INT64_C(1000000);
    pthread_mutex_unlock(c->lock);
    poll(&pf, 1, wait_ms);
}

static void *run(void *arg)
{
    struct capture *c = arg;
    bool opened_before = false;
    const char *kind = source_kind(c->url);
    c->gap_by_clock = strcmp(kind, "alsa") == 0 || strcmp(kind, "rtsp") == 0;
    while (!stopped(c) && one_life(c, kind, &opened_before))
        wait_to_retry(c);
    return NULL;
}

static void capture_free(struct capture *c)
{
    if (c->stop_fd >= 0)
        close(c->stop_fd);
    if (c->lock) {
        pthread_mutex_destroy(c->lock);
        free(c->lock);
    }
    ring_free(c->ring);
    if (c->password)
        explicit_bzero(c->password, strlen(c->password));
    free(c->password);
    free(c->username);
    free(c->url);
    free(c);
}

/* Signals are for the main thread. */
static int spawn(struct capture *c)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int err = pthread_create(&c->thread, NULL, run, c);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (!err)
        pthread_setname_np(c->thread, "ear-capture");
    return -err;
}

static int copy_params(struct capture *c, const struct capture_params *p)
{
    c->p = *p;
    c->url = strdup(p->url);
    c->username = p->username ? strdup(p->username) : NULL;
    c->password = p->password ? strdup(p->password) : NULL;
    c->p.url = c->p.username = c->p.password = NULL;
    bool all = c->url && !p->username == !c->username && !p->password == !c->password;
    return all ? 0 : -ENOMEM;
}

int capture_start(const struct capture_params *p, struct capture **ret, struct reason *why)
{
    if (!source_kind(p->url))
        return source_no_kind(why);
    struct capture *c = calloc(1, sizeof(*c));
    if (!c)
        return reason_set(why, ENOMEM, "no memory for a source");
    c->stop_fd = eventfd(0, EFD_CLOEXEC);
    c->random = (uint64_t)clock_boot_ns() ^ (uint64_t)(uintptr_t)c;
    c->lock = calloc(1, sizeof(*c->lock));
    int err = c->lock && c->stop_fd >= 0 ? copy_params(c, p) : -ENOMEM;
    if (c->lock)
        pthread_mutex_init(c->lock, NULL);
    if (err >= 0)
        err = ring_new(p->ring_blocks ? p->ring_blocks : RING_BLOCKS, &c->ring);
    if (err >= 0)
        err = spawn(c);
    if (err < 0) {
        capture_free(c);
        return reason_set(why, -err, "cannot start to listen: %s", strerror(-err));
    }
    *ret = c;
    return 0;
}

struct ring *capture_ring(struct capture *c)
{
    return c->ring;
}

void capture_status(const struct capture *c, struct capture_status *ret)
{
    pthread_mutex_lock(c->lock);
    ret->phase = c->phase;
    ret->reason = c->reason;
    memcpy(ret->text, c->text, sizeof(ret->text));
    ret->tried_ns = c->tried_ns;
    ret->retry_ns = c->retry_ns;
    ret->changes = c->changes;
    pthread_mutex_unlock(c->lock);
    ret->restarts = atomic_load_explicit(&c->restarts, memory_order_relaxed);
    ret->xruns = atomic_load_explicit(&c->xruns, memory_order_relaxed);
    ret->samples = atomic_load_explicit(&c->samples, memory_order_relaxed);
    ret->rate_hz = atomic_load_explicit(&c->rate, memory_order_relaxed);
}

bool capture_knows(const struct capture *c, const char *password)
{
    return password && c->password ? !strcmp(c->password, password) : !password && !c->password;
}

void capture_ask_stop(struct capture *c)
{
    if (!c)
        return;
    atomic_store_explicit(&c->stop, true, memory_order_relaxed);
    uint64_t one = 1;
    if (write(c->stop_fd, &one, sizeof(one)) < 0) {
        /* an eventfd that is written twice cannot be full */
    }
}

void capture_stop(struct capture *c)
{
    if (!c)
        return;
    capture_ask_stop(c);
    pthread_join(c->thread, NULL);
    capture_free(c);
}
