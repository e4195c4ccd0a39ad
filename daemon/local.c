/* An epoll set of its own inside the main loop's, as daemon/metrics has one. A client that
 * neither speaks nor reads is let go after LOCAL_DEADLINE_MS; one that listens stays as
 * long as it takes what it is told. */
#include "daemon/local.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>

enum { LISTENER = -1, TIMER = -2, AT_ONCE = 8, BACKLOG = 8, PAUSE_MS = 1000 };
#define MS INT64_C(1000000)

enum phase { FREE, ASKING, ANSWERING, LISTENING };

struct client {
    enum phase phase;
    int fd;
    int64_t due_ns;
    size_t n_in, n_out;
    char topic[65];
    char in[LOCAL_REQUEST_SIZE];
    char *out; /* (LOCAL_ANSWER_SIZE), as long as it is connected */
};

struct local {
    local_fn *fn;
    void *ctx;
    char *path;
    int epoll_fd, listen_fd, timer_fd;
    int64_t paused_until_ns; /* nobody can be let in before: no descriptors are left; 0: not so */
    struct client client[LOCAL_CONNECTIONS];
};

bool local_path(char *ret_path, size_t size)
{
    const char *dir = getenv("RUNTIME_DIRECTORY");
    struct sockaddr_un a;
    if (!dir || *dir != '/')
        dir = getenv("STATE_DIRECTORY");
    if (!dir || *dir != '/')
        return false;
    int n = snprintf(ret_path, size, "%.*s/control", (int)strcspn(dir, ":"), dir);
    return n > 0 && (size_t)n < size && (size_t)n < sizeof(a.sun_path);
}

/* ---- life ---- */

static int watch(struct local *l, int op, int fd, uint32_t events, int who)
{
    struct epoll_event e = {.events = events, .data.fd = who};
    return epoll_ctl(l->epoll_fd, op, fd, &e) < 0 ? -errno : 0;
}

/* Somebody answers there: another daemon. */
static bool is_alive(const struct sockaddr_un *a)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool alive = fd >= 0 && (connect(fd, (const struct sockaddr *)a, sizeof(*a)) == 0 || errno == EAGAIN);
    if (fd >= 0)
        close(fd);
    return alive;
}

static int listen_on(const char *path)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof(a.sun_path))
        return -ENAMETOOLONG;
    memcpy(a.sun_path, path, strlen(path));
    if (is_alive(&a))
        return -EADDRINUSE;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    (void)unlink(path);
    mode_t mask = umask(0177);
    int r = bind(fd, (const struct sockaddr *)&a, sizeof(a)) == 0 && listen(fd, BACKLOG) == 0 ? 0 : -errno;
    umask(mask);
    if (r < 0) {
        close(fd);
        return r;
    }
    return fd;
}

int local_open(const char *path, local_fn *fn, void *ctx, struct local **ret, struct reason *why)
{
    struct local *l = calloc(1, sizeof(*l));
    if (!l)
        return reason_set(why, ENOMEM, "no memory for %s", path);
    l->fn = fn;
    l->ctx = ctx;
    l->timer_fd = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    l->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    l->listen_fd = listen_on(path);
    int r = l->listen_fd < 0 ? l->listen_fd : 0;
    if (r >= 0 && (l->timer_fd < 0 || l->epoll_fd < 0))
        r = -EMFILE;
    if (r >= 0)
        r = watch(l, EPOLL_CTL_ADD, l->timer_fd, EPOLLIN, TIMER);
    if (r >= 0)
        r = watch(l, EPOLL_CTL_ADD, l->listen_fd, EPOLLIN, LISTENER);
    if (r >= 0 && !(l->path = strdup(path)))
        r = -ENOMEM;
    if (r < 0) {
        local_close(l);
        return reason_set(why, -r, "control socket %s: %s", path, strerror(-r));
    }
    *ret = l;
    return 0;
}

static void let_go(struct client *c)
{
    if (c->phase == FREE)
        return;
    close(c->fd); /* which takes it out of the set */
    free(c->out);
    c->out = NULL;
    c->phase = FREE;
}

void local_close(struct local *l)
{
    if (!l)
        return;
    for (int i = 0; i < LOCAL_CONNECTIONS; i++)
        let_go(&l->client[i]);
    if (l->path)
        (void)unlink(l->path);
    free(l->path);
    int fds[] = {l->listen_fd, l->timer_fd, l->epoll_fd};
    for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
        if (fds[i] >= 0)
            close(fds[i]);
    free(l);
}

int local_fd(const struct local *l)
{
    return l->epoll_fd;
}

/* ---- a client ---- */

static int64_t deadline(void)
{
    return clock_boot_ns() + LOCAL_DEADLINE_MS * MS;
}

/* Adds to what is to be sent; false: it does not fit, and nothing of it is added. */
static bool put(struct client *c, const char *text, size_t n)
{
    if (n > LOCAL_ANSWER_SIZE - c->n_out)
        return false;
    memcpy(c->out + c->n_out, text, n);
    c->n_out += n;
    return true;
}

static void speak(struct local *l, struct client *c, int place)
{
    ssize_t n = c->n_out ? send(c->fd, c->out, c->n_out, MSG_NOSIGNAL) : 0;
    if (n < 0 && errno != EAGAIN && errno != EINTR) {
        let_go(c);
        return;
    }
    if (n > 0) {
        c->n_out -= (size_t)n;
        memmove(c->out, c->out + n, c->n_out);
        c->due_ns = deadline();
    }
    if (c->n_out == 0 && c->phase == ANSWERING)
        let_go(c);
    else if (watch(l, EPOLL_CTL_MOD, c->fd, EPOLLIN | (c->n_out ? EPOLLOUT : 0), place) < 0)
        let_go(c);
}

static int listeners(const struct local *l)
{
    int n = 0;
    for (int i = 0; i < LOCAL_CONNECTIONS; i++)
        n += l->client[i].phase == LISTENING;
    return n;
}

static void answer(struct local *l, struct client *c)
{
    static const char full[] = "{\"ok\": false, \"error\": \"as many listen already as may\"}\n";
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    bool stays = out && l->fn(l->ctx, c->in, out, c->topic);
    bool fine = out && fclose(out) == 0;
    if (stays && listeners(l) >= LOCAL_LISTENERS) {
        (void)put(c, full, sizeof(full) - 1);
        stays = false;
    } else if (!fine || !put(c, text, n)) {
        (void)put(c, "{\"ok\": false}\n", 14);
    }
    free(text);
    c->phase = stays ? LISTENING : ANSWERING;
}

static void hear(struct local *l, struct client *c)
{
    ssize_t n = recv(c->fd, c->in + c->n_in, sizeof(c->in) - 1 - c->n_in, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        let_go(c);
        return;
    }
    c->n_in += (size_t)n;
    char *end = memchr(c->in, '\n', c->n_in);
    if (!end && c->n_in == sizeof(c->in) - 1)
        let_go(c); /* nobody whom we know talks for so long */
    if (!end)
        return;
    *end = '\0';
    answer(l, c);
}

/* What comes after the request is nothing to us, but its end is the client's. */
static void notice_end(struct client *c)
{
    char some[64];
    ssize_t n = recv(c->fd, some, sizeof(some), 0);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        let_go(c);
}

static void serve(struct local *l, int place, uint32_t events)
{
    struct client *c = &l->client[place];
    if (c->phase == ASKING && events & (EPOLLHUP | EPOLLERR))
        let_go(c); /* it asked, waited in vain, and has told somebody so */
    else if (c->phase == ASKING)
        hear(l, c);
    else if (c->phase != FREE && events & (EPOLLIN | EPOLLHUP | EPOLLERR))
        notice_end(c);
    if (c->phase == ANSWERING || c->phase == LISTENING)
        speak(l, c, place);
}

/* ---- all of them ---- */

static void let_in(struct local *l)
{
    for (int place = 0; place < LOCAL_CONNECTIONS; place++) {
        struct client *c = &l->client[place];
        if (c->phase != FREE)
            continue;
        int fd = accept4(l->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0) {
            if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
                l->paused_until_ns = clock_boot_ns() + PAUSE_MS * MS;
            return;
        }
        *c = (struct client){.phase = ASKING, .fd = fd, .due_ns = deadline(), .out = malloc(LOCAL_ANSWER_SIZE)};
        if (!c->out || watch(l, EPOLL_CTL_ADD, fd, EPOLLIN, place) < 0)
            let_go(c);
    }
}

static bool lets_in(const struct local *l)
{
    if (l->paused_until_ns)
        return false;
    for (int i = 0; i < LOCAL_CONNECTIONS; i++)
        if (l->client[i].phase == FREE)
            return true;
    return false;
}

/* Who has until due_ns: to ask, or to read. */
static bool is_timed(const struct client *c)
{
    return c->phase != FREE && !(c->phase == LISTENING && c->n_out == 0);
}

static void end_what_took_too_long(struct local *l)
{
    int64_t now_ns = clock_boot_ns();
    if (now_ns >= l->paused_until_ns)
        l->paused_until_ns = 0;
    for (int i = 0; i < LOCAL_CONNECTIONS; i++)
        if (is_timed(&l->client[i]) && now_ns >= l->client[i].due_ns)
            let_go(&l->client[i]);
}

/* Sees to it that local_turn() is called when there is something to do. Whatever may have
 * ended a client calls this. */
static void set_alarm(struct local *l)
{
    int64_t next_ns = l->paused_until_ns;
    for (int i = 0; i < LOCAL_CONNECTIONS; i++) {
        const struct client *c = &l->client[i];
        if (is_timed(c) && (!next_ns || c->due_ns < next_ns))
            next_ns = c->due_ns;
    }
    struct itimerspec t = {.it_value = {next_ns / 1000000000, next_ns % 1000000000}};
    (void)timerfd_settime(l->timer_fd, TFD_TIMER_ABSTIME, &t, NULL);
    /* With all places taken the others wait in the kernel, and do not wake us. */
    (void)watch(l, EPOLL_CTL_MOD, l->listen_fd, lets_in(l) ? EPOLLIN : 0, LISTENER);
}

void local_turn(struct local *l)
{
    struct epoll_event e[AT_ONCE];
    int n = epoll_wait(l->epoll_fd, e, AT_ONCE, 0);
    bool somebody = false;
    for (int i = 0; i < n; i++) {
        somebody |= e[i].data.fd == LISTENER;
        if (e[i].data.fd >= 0)
            serve(l, e[i].data.fd, e[i].events);
    }
    if (somebody)
        let_in(l);
    end_what_took_too_long(l);
    set_alarm(l);
}

bool local_wanted(const struct local *l, const char *topic)
{
    for (int i = 0; l && i < LOCAL_CONNECTIONS; i++)
        if (l->client[i].phase == LISTENING && !strcmp(l->client[i].topic, topic))
            return true;
    return false;
}

/* Also in the middle of an answer (a reload takes results), so it ends nobody but a listener
 * that has gone. */
void local_tell(struct local *l, const char *topic, const char *line)
{
    for (int i = 0; l && i < LOCAL_CONNECTIONS; i++) {
        struct client *c = &l->client[i];
        if (c->phase != LISTENING || strcmp(c->topic, topic))
            continue;
        bool was_empty = c->n_out == 0;
        if (!put(c, line, strlen(line)))
            continue; /* it does not read, and has until due_ns */
        if (was_empty) {
            c->due_ns = deadline();
            speak(l, c, i);
        }
    }
    if (l)
        set_alarm(l);
}
