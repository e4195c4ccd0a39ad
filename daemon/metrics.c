/* An epoll set of its own inside the main loop's: the loop watches one descriptor, and a
 * test can do without the loop.
 *
 *   free ──accept──▶ asking ──whole request──▶ answering ──all sent──▶ parting ──▶ free
 *                      └──────── deadline, end, error, from anywhere ────────────────▲
 *
 * Parting: our side is closed and what still comes is thrown away until the other side
 * closes too. Closing with unread bytes would send a reset, which may overtake the answer:
 * a client that sent too much would never see why it was refused. */
#include "daemon/metrics.h"

#include <math.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define MS INT64_C(1000000)

enum {
    HEAD_SIZE = 256,
    PAUSE_MS = 1000,
    BACKLOG = 16,
    SEND_SIZE = 8192,
    AT_ONCE = 16,
    LISTENER = -1,
    TIMER = -2
};

enum phase { FREE, ASKING, ANSWERING, PARTING };

struct connection {
    enum phase phase;
    int fd;
    int64_t due_ns;
    size_t n_in, n_out, sent;
    char in[METRICS_MAX_REQUEST];
    char out[HEAD_SIZE + METRICS_PAGE_SIZE];
};

struct metrics {
    metrics_fn *fn;
    void *ctx;
    int epoll_fd, listen_fd, timer_fd;
    bool listening;          /* the listener wakes us */
    int64_t paused_until_ns; /* the process is out of descriptors */
    struct metrics_figures figures;
    char page[METRICS_PAGE_SIZE];
    struct connection connection[METRICS_CONNECTIONS];
};

/* ---- life ---- */

static int watch(struct metrics *m, int op, int fd, uint32_t events, int who)
{
    struct epoll_event e = {.events = events, .data.fd = who};
    return epoll_ctl(m->epoll_fd, op, fd, &e) < 0 ? -errno : 0;
}

static int bind_to(const struct addrinfo *a)
{
    int on = 1, send_size = SEND_SIZE;
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    /* inherited; what is not taken waits here and not in the kernel as well */
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &send_size, sizeof(send_size));
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int err = errno;
    close(fd);
    return -err;
}

static int listen_on(const char *where, struct reason *why)
{
    char host[256];
    struct addrinfo want = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    const char *colon = strrchr(where, ':');
    bool bracketed = colon && where[0] == '[' && colon > where + 1 && colon[-1] == ']';
    if (!colon || colon - where >= (ptrdiff_t)sizeof(host))
        return reason_set(why, EINVAL, "metrics.listen: %s is no address with a port", where);
    snprintf(host, sizeof(host), "%.*s", (int)(colon - where) - 2 * bracketed, where + bracketed);
    int r = getaddrinfo(host, colon + 1, &want, &found);
    if (r != 0)
        return reason_set(why, EINVAL, "metrics.listen: no address %s: %s", where, gai_strerror(r));
    int fd = -EADDRNOTAVAIL;
    for (const struct addrinfo *a = found; a && fd < 0; a = a->ai_next)
        fd = bind_to(a);
    freeaddrinfo(found);
    return fd >= 0 ? fd : reason_set(why, -fd, "metrics.listen: %s: %s", where, strerror(-fd));
}

int metrics_open(const char *where, metrics_fn *fn, void *ctx, struct metrics **ret,
                 struct reason *why)
{
    struct metrics *m = calloc(1, sizeof(*m));
    if (!m)
        return reason_set(why, ENOMEM, "metrics.listen: no memory");
    m->fn = fn;
    m->ctx = ctx;
    m->timer_fd = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    m->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    m->listen_fd = listen_on(where, why);
    int r = m->listen_fd < 0 ? m->listen_fd : 0;
    if (r >= 0 && (m->timer_fd < 0 || m->epoll_fd < 0 ||
                   watch(m, EPOLL_CTL_ADD, m->timer_fd, EPOLLIN, TIMER) < 0 ||
                   watch(m, EPOLL_CTL_ADD, m->listen_fd, EPOLLIN, LISTENER) < 0))
        r = reason_set(why, EMFILE, "metrics.listen: no descriptors");
    if (r < 0) {
        metrics_close(m);
        return r;
    }
    m->listening = true;
    *ret = m;
    return 0;
}

void metrics_close(struct metrics *m)
{
    if (!m)
        return;
    for (int i = 0; i < METRICS_CONNECTIONS; i++)
        if (m->connection[i].phase != FREE)
            close(m->connection[i].fd);
    int fds[] = {m->listen_fd, m->timer_fd, m->epoll_fd};
    for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
        if (fds[i] >= 0)
            close(fds[i]);
    free(m);
}

int metrics_fd(const struct metrics *m)
{
    return m->epoll_fd;
}

/* ---- a connection ---- */

static void part(struct connection *c)
{
    if (c->phase != FREE)
        close(c->fd); /* which takes it out of the set */
    c->phase = FREE;
}

static void answer(struct connection *c, const char *status, const char *type, const char *body,
                   size_t n_body)
{
    int n = snprintf(c->out, HEAD_SIZE,
                     "HTTP/1.1 %s\r\nContent-Type: text/plain; %scharset=utf-8\r\n"
                     "Content-Length: %zu\r\nConnection: close\r\n%s\r\n",
                     status, type, n_body, strncmp(status, "405", 3) ? "" : "Allow: GET\r\n");
    memcpy(c->out + n, body, n_body);
    c->n_out = (size_t)n + n_body;
    c->sent = 0;
    c->phase = ANSWERING;
}

static void refuse(struct connection *c, const char *status)
{
    answer(c, status, "", "", 0);
}

static void answer_with_page(struct metrics *m, struct connection *c)
{
    m->figures = (struct metrics_figures){.health.temperature_c = NAN};
    m->fn(m->ctx, &m->figures);
    int n = metrics_page(&m->figures, m->page, sizeof(m->page));
    if (n < 0)
        refuse(c, "500 Internal Server Error");
    else
        answer(c, "200 OK", "version=0.0.4; ", m->page, (size_t)n);
}

/* The next word of the request line, up to a blank or its end; "" if there is none. */
static size_t word(const char **at, const char *end, const char **ret_word)
{
    *ret_word = *at;
    while (*at<end &&* * at> ' ' && **at < 0x7f)
        ++*at;
    size_t n = (size_t)(*at - *ret_word);
    if (*at < end && **at == ' ')
        ++*at;
    return n;
}

static bool is(const char *word, size_t n, const char *what)
{
    return n == strlen(what) && memcmp(word, what, n) == 0;
}

static void judge(struct metrics *m, struct connection *c)
{
    const char *at = c->in, *end = memmem(c->in, c->n_in, "\r\n", 2);
    const char *method, *target, *version;
    size_t n_method = word(&at, end, &method);
    size_t n_target = word(&at, end, &target);
    size_t n_version = word(&at, end, &version);
    const char *query = n_target ? memchr(target, '?', n_target) : NULL;
    size_t n_path = query ? (size_t)(query - target) : n_target;
    if (at != end || !n_method || !n_target || target[0] != '/' ||
        (!is(version, n_version, "HTTP/1.1") && !is(version, n_version, "HTTP/1.0")))
        refuse(c, "400 Bad Request");
    else if (!is(target, n_path, "/metrics"))
        refuse(c, "404 Not Found");
    else if (!is(method, n_method, "GET"))
        refuse(c, "405 Method Not Allowed");
    else
        answer_with_page(m, c);
}

static void hear(struct metrics *m, struct connection *c)
{
    ssize_t n = recv(c->fd, c->in + c->n_in, sizeof(c->in) - c->n_in, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        part(c);
        return;
    }
    c->n_in += (size_t)n;
    if (memmem(c->in, c->n_in, "\r\n\r\n", 4))
        judge(m, c);
    else if (c->n_in == sizeof(c->in))
        refuse(c, "400 Bad Request");
}

static void speak(struct metrics *m, struct connection *c, int place)
{
    ssize_t n = send(c->fd, c->out + c->sent, c->n_out - c->sent, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR) {
        part(c);
        return;
    }
    c->sent += n > 0 ? (size_t)n : 0;
    bool all = c->sent == c->n_out;
    if (all) {
        c->phase = PARTING;
        shutdown(c->fd, SHUT_WR);
    }
    if (watch(m, EPOLL_CTL_MOD, c->fd, all ? EPOLLIN : EPOLLOUT, place) < 0)
        part(c);
}

static void throw_away(struct connection *c)
{
    ssize_t n = recv(c->fd, c->in, sizeof(c->in), 0);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        part(c);
}

static void serve(struct metrics *m, int place)
{
    struct connection *c = &m->connection[place];
    if (c->phase == ASKING)
        hear(m, c);
    else if (c->phase == PARTING)
        throw_away(c);
    if (c->phase == ANSWERING)
        speak(m, c, place);
}

/* ---- all of them ---- */

static int free_place(const struct metrics *m)
{
    for (int i = 0; i < METRICS_CONNECTIONS; i++)
        if (m->connection[i].phase == FREE)
            return i;
    return -1;
}

static void let_in(struct metrics *m, int64_t now_ns)
{
    int place;
    while ((place = free_place(m)) >= 0) {
        struct connection *c = &m->connection[place];
        int fd = accept4(m->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd < 0) {
            if (errno != EAGAIN)
                m->paused_until_ns = now_ns + PAUSE_MS * MS;
            return;
        }
        if (watch(m, EPOLL_CTL_ADD, fd, EPOLLIN, place) < 0) {
            close(fd);
            continue;
        }
        c->fd = fd;
        c->phase = ASKING;
        c->n_in = 0;
        c->due_ns = now_ns + METRICS_DEADLINE_MS * MS;
    }
}

/* Ends what took too long, and sets the clock for the next that might. */
static void keep_time(struct metrics *m, int64_t now_ns)
{
    int64_t next_ns = 0;
    if (m->paused_until_ns && now_ns >= m->paused_until_ns)
        m->paused_until_ns = 0;
    if (m->paused_until_ns)
        next_ns = m->paused_until_ns;
    for (int i = 0; i < METRICS_CONNECTIONS; i++) {
        struct connection *c = &m->connection[i];
        if (c->phase != FREE && now_ns >= c->due_ns)
            part(c);
        if (c->phase != FREE && (!next_ns || c->due_ns < next_ns))
            next_ns = c->due_ns;
    }
    struct itimerspec t = {.it_value = {next_ns / 1000000000, next_ns % 1000000000}};
    (void)timerfd_settime(m->timer_fd, TFD_TIMER_ABSTIME, &t, NULL); /* and it is silent again */
}

/* With all places taken the others wait in the kernel, and do not wake us. */
static void listen_if_free(struct metrics *m)
{
    bool may = !m->paused_until_ns && free_place(m) >= 0;
    if (may != m->listening &&
        watch(m, EPOLL_CTL_MOD, m->listen_fd, may ? EPOLLIN : 0, LISTENER) >= 0)
        m->listening = may;
}

void metrics_turn(struct metrics *m)
{
    struct epoll_event e[AT_ONCE];
    int64_t now_ns = clock_boot_ns();
    int n = epoll_wait(m->epoll_fd, e, AT_ONCE, 0);
    for (int i = 0; i < n; i++)
        if (e[i].data.fd >= 0)
            serve(m, e[i].data.fd);
    for (int i = 0; i < n; i++)
        if (e[i].data.fd == LISTENER)
            let_in(m, now_ns);
    keep_time(m, now_ns);
    listen_if_free(m);
}
