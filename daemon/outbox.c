#include "daemon/outbox.h"

#include <stdlib.h>
#include <string.h>

struct outbox {
    bool connected;
    struct outbox_message latest[OUTBOX_MAX_TOPICS];
    size_t n_latest;
    struct outbox_message queue[OUTBOX_MAX_QUEUED]; /* a ring */
    size_t first, n_queued;
};

static void message_done(struct outbox_message *m)
{
    free(m->topic);
    free(m->payload);
    free(m->event);
    memset(m, 0, sizeof(*m));
}

static int message_copy(struct outbox_message *ret, const struct outbox_message *m)
{
    struct outbox_message copy = *m;
    copy.topic = strdup(m->topic);
    copy.payload = m->event ? NULL : strdup(m->payload);
    copy.event = m->event ? malloc(sizeof(*m->event)) : NULL;
    if (!copy.topic || (!copy.payload && !copy.event)) {
        message_done(&copy);
        return -ENOMEM;
    }
    if (copy.event)
        *copy.event = *m->event;
    *ret = copy;
    return 0;
}

static bool takes_away(const struct outbox_message *m)
{
    return !m->event && !*m->payload;
}

static struct outbox_message *at(struct outbox *o, size_t i)
{
    return &o->queue[(o->first + i) % OUTBOX_MAX_QUEUED];
}

int outbox_new(struct outbox **ret)
{
    *ret = calloc(1, sizeof(**ret));
    return *ret ? 0 : -ENOMEM;
}

void outbox_free(struct outbox *o)
{
    if (!o)
        return;
    outbox_disconnected(o);
    for (size_t i = 0; i < o->n_latest; i++)
        message_done(&o->latest[i]);
    free(o);
}

/* Where the topic's latest value is or goes. The place of one that was taken away
 * (payload "") is given to another when there is no other room. */
static size_t place_of(const struct outbox *o, const char *topic)
{
    size_t removed = OUTBOX_MAX_TOPICS;
    for (size_t i = 0; i < o->n_latest; i++) {
        if (strcmp(o->latest[i].topic, topic) == 0)
            return i;
        if (takes_away(&o->latest[i]))
            removed = i;
    }
    return o->n_latest < OUTBOX_MAX_TOPICS ? o->n_latest : removed;
}

static int keep_latest(struct outbox *o, const struct outbox_message *m)
{
    struct outbox_message copy;
    size_t i = place_of(o, m->topic);
    if (i == OUTBOX_MAX_TOPICS)
        return -ENOBUFS;
    int r = message_copy(&copy, m);
    if (r < 0)
        return r;
    copy.after = 0;
    if (i < o->n_latest)
        message_done(&o->latest[i]);
    else
        o->n_latest++;
    o->latest[i] = copy;
    return 0;
}

static bool overtaken(struct outbox *o, size_t i)
{
    for (size_t j = i + 1; j < o->n_queued; j++)
        if (at(o, j)->retained && strcmp(at(o, j)->topic, at(o, i)->topic) == 0)
            return true;
    return false;
}

static void queue_remove(struct outbox *o, size_t i)
{
    message_done(at(o, i));
    for (; i + 1 < o->n_queued; i++)
        *at(o, i) = *at(o, i + 1);
    o->n_queued--;
}

/* Room for one more: there are fewer topics than places, so something can always go. */
static void squeeze(struct outbox *o)
{
    for (size_t i = 0; i < o->n_queued;) {
        if (at(o, i)->retained && overtaken(o, i))
            queue_remove(o, i);
        else
            i++;
    }
    for (size_t i = 0; i < o->n_queued && o->n_queued == OUTBOX_MAX_QUEUED; i++)
        if (!at(o, i)->retained)
            queue_remove(o, i);
}

static int enqueue(struct outbox *o, const struct outbox_message *m)
{
    if (o->n_queued == OUTBOX_MAX_QUEUED)
        squeeze(o);
    int r = message_copy(at(o, o->n_queued), m);
    if (r >= 0)
        o->n_queued++;
    return r;
}

int outbox_post(struct outbox *o, const struct outbox_message *m)
{
    int r = m->retained ? keep_latest(o, m) : 0;
    if (r >= 0 && o->connected)
        r = enqueue(o, m);
    return r;
}

int outbox_connected(struct outbox *o)
{
    outbox_disconnected(o);
    o->connected = true;
    return outbox_again(o);
}

int outbox_again(struct outbox *o)
{
    int r = 0;
    for (size_t i = 0; i < o->n_latest && r >= 0 && o->connected; i++)
        r = enqueue(o, &o->latest[i]);
    return r;
}

void outbox_forget(struct outbox *o, const char *topic)
{
    for (size_t i = o->n_queued; i-- > 0;)
        if (strcmp(at(o, i)->topic, topic) == 0)
            queue_remove(o, i);
    size_t i = place_of(o, topic);
    if (i >= o->n_latest || strcmp(o->latest[i].topic, topic) != 0)
        return;
    message_done(&o->latest[i]);
    memmove(&o->latest[i], &o->latest[i + 1], sizeof(o->latest[0]) * (--o->n_latest - i));
}

void outbox_disconnected(struct outbox *o)
{
    for (size_t i = 0; i < o->n_queued; i++)
        message_done(at(o, i));
    o->first = o->n_queued = 0;
    o->connected = false;
}

const struct outbox_message *outbox_first(const struct outbox *o)
{
    return o->n_queued > 0 ? &o->queue[o->first] : NULL;
}

void outbox_pop(struct outbox *o)
{
    if (o->n_queued == 0)
        return;
    message_done(&o->queue[o->first]);
    o->first = (o->first + 1) % OUTBOX_MAX_QUEUED;
    o->n_queued--;
}

size_t outbox_queued(const struct outbox *o)
{
    return o->n_queued;
}
