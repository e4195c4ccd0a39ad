/* Main and the thread share one ring of items, guarded by a lock that is held only to
 * copy an item in or some out; everything that may take time happens outside it.
 * The eventfd that wakes the thread is the one that the MQTT library's callbacks
 * write to as well, so the thread waits in one place. */
#include "daemon/publisher.h"
#include "daemon/drain.h"
#include "daemon/message.h"
#include "daemon/store.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define MS INT64_C(1000000)

enum { COMMANDS = 8, MAX_WAIT_MS = 1000, LAST_WORDS_MS = 1000, CLOSE_MS = 250, GRACE_MS = 500 };

struct item { /* an event when message.topic is NULL */
    struct event event; /* also what a message tells of */
    struct outbox_message message; /* topic and payload in one allocation, at topic */
};

struct publisher {
    struct drain *drain;
    struct store *store;
    int event_fd, wake_fd;
    char response_topic[MESSAGE_TOPIC_SIZE];
    pthread_t thread;

    pthread_mutex_t lock; /* of what follows */
    struct item *item;    /* (PUBLISHER_QUEUE) */
    uint16_t *queue;      /* (PUBLISHER_QUEUE) a ring of places in item */
    size_t first, n_queued;
    size_t n_taken;       /* from the queue since the last report */
    uint16_t *unused;     /* (PUBLISHER_QUEUE) a stack of such places: the last used is taken */
    size_t n_unused;      /* again first, so a queue that is never long touches little memory */
    uint64_t refused; /* events that found the queue full */
    struct publisher_command command[COMMANDS];
    size_t first_command, n_commands;
    struct publisher_stats stats;
    bool wants_commands;
    bool refresh;
    bool stopping, finished; /* finished: neither queue nor store is touched any more */
    bool ended;              /* and nothing else either: the thread can be joined */
    pthread_cond_t change;   /* of these two; CLOCK_MONOTONIC */
    int64_t stop_ns;         /* deadline */
};

static void wake(int fd)
{
    uint64_t one = 1;
    if (fd >= 0 && write(fd, &one, sizeof(one)) < 0)
        return; /* the counter is full: the reader is awake anyway */
}

/* --- the thread -------------------------------------------------------------- */

static struct item *posted(struct publisher *p, size_t i)
{
    return &p->item[p->queue[(p->first + i) % PUBLISHER_QUEUE]];
}

/* Moves what was posted, in order, to the drain; true: there was something. */
static bool take_posted(struct publisher *p)
{
    pthread_mutex_lock(&p->lock);
    size_t n = p->n_queued < DRAIN_BATCH ? p->n_queued : DRAIN_BATCH;
    pthread_mutex_unlock(&p->lock);
    /* These n stay ours until first moves on, which is done here only: main writes behind them. */
    for (size_t i = 0; i < n; i++) {
        struct item *it = posted(p, i);
        if (!it->message.topic) {
            drain_add_event(p->drain, &it->event);
            continue;
        }
        drain_add_message(p->drain, &it->message);
        free(it->message.topic);
        it->message.topic = NULL;
    }
    drain_commit(p->drain);
    pthread_mutex_lock(&p->lock);
    for (size_t i = n; i > 0; i--)
        p->unused[p->n_unused++] = p->queue[(p->first + i - 1) % PUBLISHER_QUEUE];
    p->first = (p->first + n) % PUBLISHER_QUEUE;
    p->n_queued -= n;
    p->n_taken += n;
    pthread_mutex_unlock(&p->lock);
    return n > 0;
}

/* Only this thread adds, so the room stays. */
static bool has_room_for_command(struct publisher *p)
{
    pthread_mutex_lock(&p->lock);
    bool room = p->n_commands < COMMANDS;
    pthread_mutex_unlock(&p->lock);
    return room;
}

/* What main does not take up as fast as it comes waits in the MQTT library's box. */
static void hand_commands_over(struct publisher *p)
{
    struct publisher_command c;
    while (has_room_for_command(p) && drain_take_command(p->drain, &c)) {
        pthread_mutex_lock(&p->lock);
        p->command[(p->first_command + p->n_commands++) % COMMANDS] = c;
        pthread_mutex_unlock(&p->lock);
        wake(p->wake_fd);
    }
}

static void report(struct publisher *p)
{
    struct publisher_stats s;
    drain_stats(p->drain, &s);
    pthread_mutex_lock(&p->lock);
    bool changed = s.changes != p->stats.changes || s.store_changes != p->stats.store_changes ||
                   s.connected != p->stats.connected;
    s.turns = p->stats.turns + 1;
    s.lost += p->refused;
    p->stats = s;
    p->n_taken = 0;
    pthread_mutex_unlock(&p->lock);
    if (changed)
        wake(p->wake_fd);
}

static void wait_for_news(struct publisher *p, int64_t due_ns)
{
    int64_t wait_ms = (due_ns - clock_boot_ns() + MS - 1) / MS;
    if (due_ns == INT64_MAX || wait_ms > MAX_WAIT_MS)
        wait_ms = MAX_WAIT_MS;
    struct pollfd fd = {.fd = p->event_fd, .events = POLLIN};
    uint64_t count;
    if (poll(&fd, 1, wait_ms > 0 ? (int)wait_ms : 0) > 0 && read(p->event_fd, &count, sizeof(count)) < 0)
        return; /* somebody else's wake-up: look anyway */
}

/* All that is there to do now, and when there is more at the latest. True: main had posted something. */
static bool step(struct publisher *p, int64_t *ret_due_ns)
{
    pthread_mutex_lock(&p->lock);
    bool wants_commands = p->wants_commands, refresh = p->refresh;
    p->refresh = false;
    pthread_mutex_unlock(&p->lock);
    drain_want_commands(p->drain, wants_commands);
    if (refresh)
        drain_refresh(p->drain);
    bool busy = take_posted(p);
    *ret_due_ns = drain_turn(p->drain);
    hand_commands_over(p);
    report(p);
    return busy;
}

static void turn(struct publisher *p)
{
    int64_t due_ns;
    if (!step(p, &due_ns))
        wait_for_news(p, due_ns);
}

/* All that was posted is taken, and then until it is so or the time is over. What is so
 * already is not waited for: nobody hears anything while this one goes. */
static void turn_until(struct publisher *p, bool (*is_so)(const struct drain *d), int64_t until_ns)
{
    for (;;) {
        int64_t due_ns;
        if (step(p, &due_ns))
            continue;
        if (is_so(p->drain) || clock_boot_ns() >= until_ns)
            return;
        wait_for_news(p, due_ns < until_ns ? due_ns : until_ns);
    }
}

/* Everything that is posted goes out, then the word `offline`, then the connection.
 * The backlog of a long outage must not use up the time for the last words, nor these that for
 * DISCONNECT: without it Paho would end the connection with one that takes the will back. */
static void say_goodbye(struct publisher *p, int64_t stop_ns)
{
    turn_until(p, drain_quiet, stop_ns - LAST_WORDS_MS * MS);
    drain_say_offline(p->drain);
    turn_until(p, drain_quiet, stop_ns - CLOSE_MS * MS);
    drain_flush(p->drain);
    drain_close(p->drain);
    turn_until(p, drain_closed, stop_ns);
    report(p);
    pthread_mutex_lock(&p->lock);
    p->finished = true;
    pthread_cond_signal(&p->change);
    pthread_mutex_unlock(&p->lock);
}

static void *publisher_thread(void *context)
{
    struct publisher *p = context;
    for (;;) {
        pthread_mutex_lock(&p->lock);
        bool stopping = p->stopping;
        int64_t stop_ns = p->stop_ns;
        pthread_mutex_unlock(&p->lock);
        if (stopping) {
            say_goodbye(p, stop_ns);
            break;
        }
        turn(p);
    }
    drain_free(p->drain);
    pthread_mutex_lock(&p->lock);
    p->ended = true;
    pthread_cond_signal(&p->change);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* --- life -------------------------------------------------------------------- */

static void publisher_free(struct publisher *p)
{
    for (size_t i = 0; i < p->n_queued; i++)
        free(posted(p, i)->message.topic);
    free(p->item);
    free(p->queue);
    free(p->unused);
    if (p->event_fd >= 0)
        close(p->event_fd);
    pthread_cond_destroy(&p->change);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

int publisher_start(const struct publisher_params *params, struct publisher **ret, struct reason *why)
{
    int r = -ENOMEM;
    struct publisher *p = calloc(1, sizeof(*p));
    if (!p)
        return reason_set(why, ENOMEM, "no memory");
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&p->change, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&p->lock, NULL);
    p->store = params->store;
    p->wake_fd = params->wake_fd;
    message_topic(p->response_topic, params->settings->mqtt.prefix, params->settings->node, NULL,
                  "response");
    p->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    p->item = calloc(PUBLISHER_QUEUE, sizeof(*p->item));
    p->queue = calloc(PUBLISHER_QUEUE, sizeof(*p->queue));
    p->unused = calloc(PUBLISHER_QUEUE, sizeof(*p->unused));
    for (size_t i = 0; p->unused && i < PUBLISHER_QUEUE; i++)
        p->unused[p->n_unused++] = (uint16_t)(PUBLISHER_QUEUE - 1 - i);
    if (p->event_fd < 0 || !p->item || !p->queue || !p->unused)
        reason_set(why, ENOMEM, "no memory");
    else
        r = drain_new(params, p->event_fd, &p->drain, why);
    p->wants_commands = params->settings->mqtt.commands.n > 0;
    if (r < 0) {
        publisher_free(p);
        return r;
    }
    r = -pthread_create(&p->thread, NULL, publisher_thread, p);
    if (r < 0) {
        reason_set(why, -r, "cannot start the publisher's thread: %s", strerror(-r));
        drain_free(p->drain);
        publisher_free(p);
        return r;
    }
    pthread_setname_np(p->thread, "publisher");
    *ret = p;
    return 0;
}

/* The thread hangs in the MQTT library: what main posted meanwhile is stored here. Should it
 * come back just now, it must not take away under our hands what it is not allowed to store. */
static void store_posted(struct publisher *p)
{
    pthread_mutex_lock(&p->lock);
    if (!p->finished) {
        drain_abandon(p->drain);
        for (size_t i = 0; i < p->n_queued; i++) {
            const struct item *it = posted(p, i);
            if (!it->message.topic)
                store_add(p->store, &it->event, 1, NULL);
        }
        store_flush(p->store, NULL);
    }
    pthread_mutex_unlock(&p->lock);
}

/* With the lock held. */
static bool wait_for(struct publisher *p, const bool *what, int limit_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t ns = until.tv_nsec + limit_ms * MS;
    until.tv_sec += ns / (1000 * MS);
    until.tv_nsec = ns % (1000 * MS);
    int r = 0;
    while (!*what && r == 0)
        r = pthread_cond_timedwait(&p->change, &p->lock, &until);
    return *what;
}

void publisher_stop(struct publisher *p, int deadline_ms)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    p->stop_ns = clock_boot_ns() + deadline_ms * MS;
    wake(p->event_fd);
    wait_for(p, &p->finished, deadline_ms);
    bool ended = wait_for(p, &p->ended, GRACE_MS);
    pthread_mutex_unlock(&p->lock);
    if (ended) {
        pthread_join(p->thread, NULL);
        publisher_free(p);
        return;
    }
    store_posted(p);
    pthread_detach(p->thread); /* p stays the thread's */
}

/* --- posting ----------------------------------------------------------------- */

/* An event, or a message, which tells of e unless that is NULL. */
static int post(struct publisher *p, const struct event *e, const struct outbox_message *m)
{
    int r = 0;
    pthread_mutex_lock(&p->lock);
    if (p->n_queued == PUBLISHER_QUEUE) {
        r = -ENOBUFS;
        p->refused += m == NULL;
    } else {
        uint16_t place = p->unused[--p->n_unused];
        struct item *it = &p->item[place];
        p->queue[(p->first + p->n_queued) % PUBLISHER_QUEUE] = place;
        if (e)
            it->event = *e;
        if (m)
            it->message = *m;
        else
            it->message.topic = NULL;
        it->message.event = e ? &it->event : NULL;
        p->n_queued++;
    }
    pthread_mutex_unlock(&p->lock);
    if (r == 0)
        wake(p->event_fd);
    return r;
}

int publisher_post_event(struct publisher *p, const struct event *e)
{
    return post(p, e, NULL);
}

static int post_message(struct publisher *p, struct outbox_message *m, const char *topic,
                        const char *payload)
{
    size_t topic_size = strlen(topic) + 1, payload_size = strlen(payload) + 1;
    if (payload_size > PUBLISHER_MAX_PAYLOAD)
        return -E2BIG;
    m->topic = malloc(topic_size + payload_size);
    if (!m->topic)
        return -ENOMEM;
    m->payload = m->topic + topic_size;
    memcpy(m->topic, topic, topic_size);
    memcpy(m->payload, payload, payload_size);
    int r = post(p, NULL, m);
    if (r < 0)
        free(m->topic);
    return r;
}

int publisher_post_state(struct publisher *p, const char *topic, const char *payload, bool retained)
{
    struct outbox_message m = {.retained = retained};
    return post_message(p, &m, topic, payload);
}

int publisher_post_told(struct publisher *p, const char *topic, const struct event *e)
{
    struct outbox_message m = {.topic = strdup(topic), .retained = true};
    int r = m.topic ? post(p, e, &m) : -ENOMEM;
    if (r < 0)
        free(m.topic);
    return r;
}

int publisher_post_response(struct publisher *p, const struct publisher_command *c, const char *payload)
{
    struct outbox_message m = {.correlation_size = c->correlation_size};
    if (c->correlation_size > 0)
        memcpy(m.correlation, c->correlation, (size_t)c->correlation_size);
    return post_message(p, &m, c->response_topic[0] ? c->response_topic : p->response_topic, payload);
}

void publisher_want_commands(struct publisher *p, bool want)
{
    pthread_mutex_lock(&p->lock);
    p->wants_commands = want;
    pthread_mutex_unlock(&p->lock);
    wake(p->event_fd);
}

void publisher_refresh(struct publisher *p)
{
    pthread_mutex_lock(&p->lock);
    p->refresh = true;
    pthread_mutex_unlock(&p->lock);
    wake(p->event_fd);
}

bool publisher_take_command(struct publisher *p, struct publisher_command *ret)
{
    pthread_mutex_lock(&p->lock);
    bool any = p->n_commands > 0, was_full = p->n_commands == COMMANDS;
    if (any) {
        *ret = p->command[p->first_command];
        p->first_command = (p->first_command + 1) % COMMANDS;
        p->n_commands--;
    }
    pthread_mutex_unlock(&p->lock);
    if (was_full)
        wake(p->event_fd);
    return any;
}

void publisher_stats(struct publisher *p, struct publisher_stats *ret)
{
    pthread_mutex_lock(&p->lock);
    *ret = p->stats;
    ret->queued = p->n_queued + p->n_taken;
    pthread_mutex_unlock(&p->lock);
}
