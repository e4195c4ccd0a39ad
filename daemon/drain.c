/* Order. Main posts `start`, then hostile ON: the state carries the start's seq and
 * waits until that event was handed to the broker; the next event was posted after
 * the state and waits in turn. On a new connection the states do not wait: what is
 * true now is said before what happened meanwhile.
 *
 * Stored is sent, and never the other way round, though it costs the time of one disk
 * sync. Were an event sent first, a power cut before the commit would leave a subscriber
 * with a number that the next start gives out again, and a start whose end nobody knows
 * of; numbers reserved ahead would mend the one with gaps that look like losses.
 *
 * Sent is not acknowledged. The cursor is how far events were sent on this
 * connection; a new connection sets it back and everything unacknowledged goes
 * again. An event that the broker refuses (MQTT 5 says so; 3.1.1 cannot) stays in
 * the store, the cursor passes it, and it is tried again after a while (daemon/refusals);
 * so are all retained states when one was refused, or a subscriber would keep an old one. */
#include "daemon/drain.h"
#include "daemon/feed.h"
#include "daemon/inbox.h"
#include "daemon/message.h"
#include "daemon/refusals.h"
#include "daemon/store.h"
#include "daemon/sender.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MS INT64_C(1000000)

enum {
    FLUSH_MS = 2000,
    FLUSH_IDLE_MS = 60000,
    STATS_MS = 250,
};

struct drain {
    struct store *store;
    pthread_mutex_t gate; /* held while the store is used */
    bool abandoned;

    struct broker *broker;
    struct outbox *outbox;
    struct sender sender;
    char availability[MESSAGE_TOPIC_SIZE];
    struct inbox inbox;
    int in_flight;
    bool leaving; /* nothing but `offline` is said any more */
    bool parted;  /* the broker has it */
    int64_t ack_deadline_ns;

    struct event batch[DRAIN_BATCH];
    size_t n_batch;
    uint64_t posted_seq; /* of the last event that was posted */
    uint64_t lost_messages;

    struct feed feed;
    int64_t flush_ns, stats_ns;
    bool marks_soon; /* an event was stored since the last flush: its mark is not to wait long */
    struct refusals refusals;
    struct publisher_stats stats;
};

static bool enter(struct drain *d)
{
    pthread_mutex_lock(&d->gate);
    if (!d->abandoned)
        return true;
    pthread_mutex_unlock(&d->gate);
    return false;
}

static void leave(struct drain *d)
{
    pthread_mutex_unlock(&d->gate);
}

/* --- life -------------------------------------------------------------------- */

/* The birth message is a retained state like the others, only the first of them. */
static int say_online(struct drain *d)
{
    return outbox_post(d->outbox, &(struct outbox_message){.topic = d->availability,
                                                           .payload = (char[]){"online"},
                                                           .retained = true});
}

int drain_new(const struct publisher_params *p, int wake_fd, struct drain **ret, struct reason *why)
{
    const struct settings *s = p->settings;
    struct drain *d = calloc(1, sizeof(*d));
    if (!d)
        return reason_set(why, ENOMEM, "no memory");
    pthread_mutex_init(&d->gate, NULL);
    d->store = p->store;
    d->flush_ns = clock_boot_ns() + STORE_RETRY_MS * MS;
    d->in_flight = (int)(s->mqtt.in_flight < WINDOW_MAX ? s->mqtt.in_flight : WINDOW_MAX - 1);
    d->ack_deadline_ns = (p->ack_deadline_ms ? p->ack_deadline_ms : 10000) * MS;
    d->refusals.first_wait_ns = (p->refused_retry_ms ? p->refused_retry_ms : 60000) * MS;
    snprintf(d->sender.prefix, sizeof(d->sender.prefix), "%s", s->mqtt.prefix);
    message_topic(d->availability, s->mqtt.prefix, s->node, NULL, "availability");
    inbox_init(&d->inbox, s, p->former);
    window_init(&d->sender.window);
    struct broker_params broker = {
        .settings = s,
        .will_topic = d->availability,
        .wake_fd = wake_fd,
        .connect_deadline_ms = p->connect_deadline_ms ? p->connect_deadline_ms : 10000,
        .backoff_min_ms = p->backoff_min_ms ? p->backoff_min_ms : 1000,
        .backoff_max_ms = p->backoff_max_ms ? p->backoff_max_ms : 60000,
    };
    int r = outbox_new(&d->outbox);
    if (r >= 0)
        r = say_online(d);
    if (r < 0)
        reason_set(why, -r, "no memory");
    else
        r = broker_new(&broker, &d->broker, why);
    d->sender.broker = d->broker;
    if (r < 0) {
        drain_free(d);
        return r;
    }
    *ret = d;
    return 0;
}

void drain_free(struct drain *d)
{
    if (!d)
        return;
    broker_free(d->broker);
    outbox_free(d->outbox);
    pthread_mutex_destroy(&d->gate);
    free(d);
}

void drain_abandon(struct drain *d)
{
    pthread_mutex_lock(&d->gate);
    d->abandoned = true;
    pthread_mutex_unlock(&d->gate);
}

/* --- in ---------------------------------------------------------------------- */

void drain_add_event(struct drain *d, const struct event *e)
{
    d->posted_seq = e->seq;
    d->batch[d->n_batch++] = *e;
}

void drain_add_message(struct drain *d, struct outbox_message *m)
{
    m->after = d->posted_seq;
    if (outbox_post(d->outbox, m) < 0)
        d->lost_messages++;
}

static void flush_in(struct drain *d, int64_t ms)
{
    d->flush_ns = clock_boot_ns() + ms * MS;
}

void drain_commit(struct drain *d)
{
    size_t n = d->n_batch;
    d->n_batch = 0; /* also when main has taken the store over: it stores what is queued */
    if (n == 0 || !enter(d))
        return;
    int r = store_add(d->store, d->batch, n, NULL);
    leave(d);
    feed_expect(&d->feed);
    d->marks_soon = true;
    flush_in(d, r ? STORE_RETRY_MS : FLUSH_IDLE_MS);
    d->stats_ns = 0;
}

/* --- out --------------------------------------------------------------------- */

static const struct event *next_event(struct drain *d)
{
    const struct event *e;
    do {
        if (feed_wants(&d->feed) && enter(d)) {
            feed_fill(&d->feed, d->store);
            leave(d);
        }
        /* In the window already: only after refused ones were taken up again. */
        while ((e = feed_first(&d->feed)) && window_has(&d->sender.window, e->seq))
            feed_pass(&d->feed);
    } while (!e && feed_wants(&d->feed) && !d->abandoned);
    return e;
}

static void send_what_may(struct drain *d)
{
    if (d->leaving) {
        sender_last_word(&d->sender, d->availability);
        return;
    }
    while (d->sender.window.used < d->sender.window.size) {
        const struct event *e = next_event(d);
        const struct outbox_message *m = outbox_first(d->outbox);
        if (!e && !m)
            return;
        bool event_first = e && (!m || m->after >= e->seq);
        int r = event_first ? sender_event(&d->sender, e) : sender_message(&d->sender, m);
        if (r != 0 && r != -EINVAL)
            return;
        if (event_first)
            feed_pass(&d->feed);
        else
            outbox_pop(d->outbox);
    }
}

/* --- what the broker said ---------------------------------------------------- */

void drain_want_commands(struct drain *d, bool want)
{
    inbox_want_commands(&d->inbox, drain_online(d) ? broker_mqtt(d->broker) : NULL, want);
}

static void connection_began(struct drain *d)
{
    int receive_max = broker_receive_max(d->broker);
    window_open(&d->sender.window, d->in_flight < receive_max ? d->in_flight : receive_max);
    d->sender.last_word = 0;
    d->parted = false;
    outbox_connected(d->outbox);
    feed_rewind(&d->feed);
    refusals_forget(&d->refusals);
    if (enter(d)) {
        d->sender.replay_until = store_next_seq(d->store) - 1;
        leave(d);
    }
    inbox_subscribe(&d->inbox, broker_mqtt(d->broker));
}

static void connection_ended(struct drain *d)
{
    window_open(&d->sender.window, 1);
    outbox_disconnected(d->outbox);
    feed_stop(&d->feed);
}

static void acknowledged(struct drain *d, const struct mqtt_note *n, int64_t now_ns)
{
    struct window_slot slot;
    if (!window_take(&d->sender.window, n->tag, &slot))
        return; /* of an earlier connection: sent again by now, and acknowledged there */
    d->stats.acked++;
    refusals_accepted(&d->refusals, slot.topic, now_ns);
    d->parted |= n->tag == d->sender.last_word;
    if (slot.seq == 0 || !enter(d))
        return;
    store_sent(d->store, &slot.seq, 1);
    leave(d);
    if (d->marks_soon)
        flush_in(d, FLUSH_MS);
    d->marks_soon = false;
}

static void refused(struct drain *d, const struct mqtt_note *n, int64_t now_ns)
{
    struct window_slot slot;
    if (window_take(&d->sender.window, n->tag, &slot))
        refusals_message(&d->refusals, slot.topic, n->code >= 128 ? n->text : NULL, now_ns);
}

static void not_subscribed(struct drain *d, const struct mqtt_note *n)
{
    const char *name = inbox_name(&d->inbox, n->tag);
    if (name && n->code >= 0)
        refusals_subscription(&d->refusals, name, n->text);
}

static void hear(struct drain *d, int64_t now_ns)
{
    struct mqtt_note n;
    while (mqtt_take(broker_mqtt(d->broker), &n)) {
        if (n.type == MQTT_ACKED)
            acknowledged(d, &n, now_ns);
        else if (n.type == MQTT_FAILED)
            refused(d, &n, now_ns);
        else if (n.type == MQTT_NOT_SUBSCRIBED)
            not_subscribed(d, &n);
        else if (broker_note(d->broker, &n, now_ns)) {
            if (broker_state(d->broker) == BROKER_ONLINE)
                connection_began(d);
            else
                connection_ended(d);
        }
    }
}

bool drain_take_command(struct drain *d, struct publisher_command *ret)
{
    return inbox_take(&d->inbox, broker_mqtt(d->broker), ret);
}

/* --- a turn ------------------------------------------------------------------ */

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Deadlines of the connection and of the store; when the next one is. */
static int64_t keep_time(struct drain *d, int64_t now_ns)
{
    int64_t due_ns = broker_step(d->broker, now_ns);
    if (broker_state(d->broker) == BROKER_ONLINE) {
        int64_t oldest_ns = window_oldest_ns(&d->sender.window);
        if (oldest_ns != INT64_MAX && now_ns - oldest_ns >= d->ack_deadline_ns) {
            char text[64];
            snprintf(text, sizeof(text), "no acknowledgement for %.1f s",
                     (double)(now_ns - oldest_ns) / 1e9);
            connection_ended(d);
            broker_drop(d->broker, text, now_ns);
        } else if (oldest_ns != INT64_MAX)
            due_ns = earliest(due_ns, oldest_ns + d->ack_deadline_ns);
    }
    /* All was sent, nothing is waited for, and still something is unsent: it came from a
     * disk that was away at start, with numbers from before. */
    if (broker_state(d->broker) == BROKER_ONLINE && d->sender.window.used == 0 && feed_is_dry(&d->feed) &&
        !d->refusals.retry_ns && d->stats.unsent > 0)
        feed_rewind(&d->feed);
    if (refusals_retry(&d->refusals, now_ns)) {
        feed_rewind(&d->feed);
        outbox_again(d->outbox); /* a retained one that was refused is not known from the others */
    }
    if (d->refusals.retry_ns)
        due_ns = earliest(due_ns, d->refusals.retry_ns);
    if (drain_online(d) && drain_quiet(d)) /* else a retry may be on its way */
        due_ns = earliest(due_ns, refusals_step(&d->refusals, now_ns));
    if (inbox_wants_all(&d->inbox, now_ns))
        outbox_again(d->outbox);
    if (inbox_wants_online(&d->inbox, now_ns))
        say_online(d);
    due_ns = earliest(due_ns, inbox_due_ns(&d->inbox));
    if (now_ns >= d->flush_ns)
        drain_flush(d);
    return earliest(due_ns, d->flush_ns);
}

int64_t drain_turn(struct drain *d)
{
    int64_t now_ns = clock_boot_ns();
    hear(d, now_ns);
    int64_t due_ns = keep_time(d, now_ns);
    if (broker_state(d->broker) == BROKER_ONLINE)
        send_what_may(d);
    return due_ns;
}

void drain_refresh(struct drain *d)
{
    int64_t now_ns = clock_boot_ns();
    broker_refresh(d->broker, now_ns);
    refusals_hurry(&d->refusals, now_ns);
}

bool drain_online(const struct drain *d)
{
    return broker_state(d->broker) == BROKER_ONLINE;
}

bool drain_quiet(const struct drain *d)
{
    if (!drain_online(d))
        return true;
    bool nothing_left = d->leaving ? d->sender.last_word != 0
                                   : feed_is_dry(&d->feed) && outbox_queued(d->outbox) == 0;
    return nothing_left && d->sender.window.used == 0;
}

void drain_say_offline(struct drain *d)
{
    inbox_leave(&d->inbox);
    d->leaving = true;
}

void drain_close(struct drain *d)
{
    connection_ended(d);
    broker_close(d->broker, d->parted, clock_boot_ns());
}

bool drain_closed(const struct drain *d)
{
    return broker_state(d->broker) == BROKER_IDLE;
}

void drain_flush(struct drain *d)
{
    if (!enter(d))
        return;
    int r = store_flush(d->store, NULL);
    leave(d);
    /* A disk that is away is asked for again, and age works, without any events. */
    d->marks_soon = false;
    flush_in(d, r < 0 ? STORE_RETRY_MS : FLUSH_IDLE_MS);
}

void drain_stats(struct drain *d, struct publisher_stats *ret)
{
    struct store_figures f;
    int64_t now_ns = clock_boot_ns();
    if (now_ns >= d->stats_ns && enter(d)) {
        d->stats_ns = now_ns + STATS_MS * MS;
        store_figures(d->store, &f);
        leave(d);
        int64_t age = f.oldest_unsent_ms ? clock_wall_ns() / MS - f.oldest_unsent_ms : 0;
        d->stats.unsent = f.unsent;
        d->stats.oldest_s = age > 0 ? (uint64_t)age / 1000 : 0;
        d->stats.store_bytes = f.bytes;
        d->stats.lost = f.lost + d->lost_messages;
        d->stats.store_in_memory = f.in_memory;
        if (strcmp(d->stats.store_text, f.text) != 0)
            d->stats.store_changes++;
        memcpy(d->stats.store_text, f.text, sizeof(f.text));
    }
    *ret = d->stats;
    ret->sent = d->sender.sent;
    ret->connected = drain_online(d);
    ret->quiet = ret->connected && drain_quiet(d);
    ret->connects = broker_connects(d->broker);
    snprintf(ret->text, sizeof(ret->text), "%s", broker_text(d->broker, &ret->changes));
    ret->refused = ret->connected && *refusals_text(&d->refusals);
    if (ret->refused)
        snprintf(ret->text, sizeof(ret->text), "%s", refusals_text(&d->refusals));
    ret->changes += d->refusals.changes;
}
