#include "daemon/front.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "daemon/hear.h"

enum {
    BLOCKS_A_TURN = 16,    /* of one source, then the others, then the lock is given up */
    WAIT_MS = 500,
    LOOK_MS = 250,         /* how often a silent capture is asked what it is doing */
    STACK_SIZE = 128 * 1024,
};

struct place {
    bool used;
    struct capture *capture;
    struct hear *hear;
    struct pool *pool;
    int stream;
    struct ear ear;
    int64_t looked_ns;
    uint64_t changes, samples, tokens, shed_tokens;
    struct capture_status status;
};

struct front {
    struct front_params params;
    int sound_fd;
    pthread_t thread;
    bool running;
    atomic_bool stop;
    atomic_uint_fast64_t turns;
    pthread_mutex_t lock; /* guards place[] */
    struct place place[FRONT_MAX_SOURCES];
};

static void restarted(void *ctx)
{
    struct place *p = ctx;
    pool_reset(p->pool, p->stream);
}

static void heard_token(void *ctx, const struct hear_token *t)
{
    struct place *p = ctx;
    int shed = pool_submit(p->pool, p->stream, t->ids, 1, t->end_ns);
    p->tokens++;
    if (shed > 0)
        p->shed_tokens += (uint64_t)shed;
}

/* The source gives nothing: what does its capture say? */
static bool look(struct place *p, int64_t now_ns)
{
    if (now_ns - p->looked_ns < LOOK_MS * 1000000LL)
        return false;
    p->looked_ns = now_ns;
    capture_status(p->capture, &p->status);
    if (p->status.phase == CAPTURE_RUNNING || !p->status.reason)
        return false;
    return ear_lost(&p->ear, p->status.reason, now_ns);
}

/* Up to BLOCKS_A_TURN blocks; true: there may be more. */
static bool listen_to(struct place *p, int64_t now_ns, bool *changed)
{
    struct ring_block b;
    for (int i = 0; i < BLOCKS_A_TURN; i++) {
        if (ring_pop(capture_ring(p->capture), &b) <= 0) {
            *changed = look(p, now_ns) || *changed;
            return false;
        }
        p->samples += b.n;
        *changed = ear_feed(&p->ear, b.samples, b.n, now_ns) || *changed;
        hear_feed(p->hear, &b);
    }
    return true;
}

static bool turn(struct front *f)
{
    bool more = false, any_changed = false;
    pthread_mutex_lock(&f->lock);
    int64_t now_ns = clock_boot_ns();
    for (int i = 0; i < FRONT_MAX_SOURCES; i++) {
        struct place *p = &f->place[i];
        bool changed = false;
        if (!p->used)
            continue;
        more = listen_to(p, now_ns, &changed) || more;
        p->changes += changed;
        any_changed = any_changed || changed;
    }
    pthread_mutex_unlock(&f->lock);
    atomic_fetch_add(&f->turns, 1);
    if (any_changed)
        (void)eventfd_write(f->params.wake_fd, 1);
    return more;
}

static void *run(void *arg)
{
    struct front *f = arg;
    pthread_setname_np(pthread_self(), "ear-front");
    while (!atomic_load(&f->stop)) {
        struct pollfd p = {.fd = f->sound_fd, .events = POLLIN};
        eventfd_t n;
        if (poll(&p, 1, WAIT_MS) > 0)
            (void)eventfd_read(f->sound_fd, &n);
        while (turn(f) && !atomic_load(&f->stop))
            ;
    }
    return NULL;
}

static int start_thread(struct front *f)
{
    pthread_attr_t attr;
    int r = pthread_attr_init(&attr);
    if (r)
        return -r;
    pthread_attr_setstacksize(&attr, STACK_SIZE);
    r = pthread_create(&f->thread, &attr, run, f);
    pthread_attr_destroy(&attr);
    f->running = r == 0;
    return -r;
}

int front_start(const struct front_params *p, struct front **ret, struct reason *why)
{
    struct front *f = calloc(1, sizeof(*f));
    if (!f)
        return reason_set(why, ENOMEM, "no memory for the front");
    f->params = *p;
    pthread_mutex_init(&f->lock, NULL);
    f->sound_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int r = f->sound_fd < 0 ? -errno : start_thread(f);
    if (r < 0) {
        front_stop(f);
        return reason_set(why, -r, "the front thread could not be started");
    }
    *ret = f;
    return 0;
}

/* What a place holds, once the thread does not look at it (any more, yet). */
static void clear(struct front *f, struct place *p)
{
    if (p->stream >= 0)
        pool_remove(f->params.pool, p->stream);
    hear_free(p->hear);
}

void front_stop(struct front *f)
{
    if (!f)
        return;
    atomic_store(&f->stop, true);
    if (f->running) {
        (void)eventfd_write(f->sound_fd, 1);
        pthread_join(f->thread, NULL);
    }
    for (int i = 0; i < FRONT_MAX_SOURCES; i++)
        if (f->place[i].used)
            clear(f, &f->place[i]);
    if (f->sound_fd >= 0)
        close(f->sound_fd);
    pthread_mutex_destroy(&f->lock);
    free(f);
}

int front_wake_fd(const struct front *f)
{
    return f->sound_fd;
}

int front_add(struct front *f, const struct front_source *s)
{
    int at = 0;
    while (at < FRONT_MAX_SOURCES && f->place[at].used) /* only main changes `used` */
        at++;
    if (at == FRONT_MAX_SOURCES)
        return -ENOSPC;
    struct place p = {.used = true, .capture = s->capture, .pool = f->params.pool, .stream = -1};
    struct hear_params hp = {.books = &f->params.model->books,
                             .gate_dbfs = s->gate_dbfs,
                             .sink = {restarted, heard_token, &f->place[at]}};
    ear_init(&p.ear, clock_boot_ns());
    int r = hear_new(&hp, &p.hear);
    if (r >= 0)
        r = p.stream = pool_add(f->params.pool, s->hop);
    if (r < 0) {
        clear(f, &p);
        return r;
    }
    pthread_mutex_lock(&f->lock);
    f->place[at] = p;
    pthread_mutex_unlock(&f->lock);
    (void)eventfd_write(f->sound_fd, 1);
    return at;
}

void front_remove(struct front *f, int place)
{
    pthread_mutex_lock(&f->lock);
    struct place p = f->place[place];
    f->place[place].used = false;
    pthread_mutex_unlock(&f->lock);
    clear(f, &p);
}

void front_status(struct front *f, int place, struct front_status *ret)
{
    pthread_mutex_lock(&f->lock);
    const struct place *p = &f->place[place];
    capture_status(p->capture, &ret->capture);
    ret->state = p->ear.state;
    ret->reason = p->ear.reason;
    ret->since_ns = p->ear.since_ns;
    ret->dbfs = p->ear.dbfs;
    ret->clipping = p->ear.clipping;
    ret->bandwidth_hz = p->ear.bandwidth_hz;
    ret->quiet = hear_is_quiet(p->hear);
    ret->changes = p->changes;
    ret->samples = p->samples;
    ret->tokens = p->tokens;
    ret->shed_tokens = p->shed_tokens;
    pthread_mutex_unlock(&f->lock);
}

void front_set_gate(struct front *f, int place, double gate_dbfs)
{
    pthread_mutex_lock(&f->lock);
    hear_set_gate(f->place[place].hear, gate_dbfs);
    pthread_mutex_unlock(&f->lock);
}

int front_stream(struct front *f, int place)
{
    return f->place[place].stream;
}

uint64_t front_turns(const struct front *f)
{
    return atomic_load(&f->turns);
}
