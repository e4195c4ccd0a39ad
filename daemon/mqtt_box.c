#include "daemon/mqtt_box.h"

#include <pthread.h>
#include <stdlib.h>

struct mqtt_box {
    pthread_mutex_t lock; /* of all that follows */
    size_t room, first, n;
    uint64_t lost;
    struct mqtt_received message[]; /* (room) */
};

struct mqtt_box *mqtt_box_new(size_t room)
{
    struct mqtt_box *b = calloc(1, sizeof(*b) + room * sizeof(b->message[0]));
    if (!b)
        return NULL;
    pthread_mutex_init(&b->lock, NULL);
    b->room = room;
    return b;
}

void mqtt_box_free(struct mqtt_box *b)
{
    if (!b)
        return;
    pthread_mutex_destroy(&b->lock);
    free(b);
}

void mqtt_box_put(struct mqtt_box *b, const struct mqtt_received *r)
{
    pthread_mutex_lock(&b->lock);
    if (b->n < b->room)
        b->message[(b->first + b->n++) % b->room] = *r;
    else
        b->lost++;
    pthread_mutex_unlock(&b->lock);
}

bool mqtt_box_take(struct mqtt_box *b, struct mqtt_received *ret)
{
    pthread_mutex_lock(&b->lock);
    bool any = b->n > 0;
    if (any) {
        *ret = b->message[b->first];
        b->first = (b->first + 1) % b->room;
        b->n--;
    }
    pthread_mutex_unlock(&b->lock);
    return any;
}

uint64_t mqtt_box_lost(struct mqtt_box *b)
{
    pthread_mutex_lock(&b->lock);
    uint64_t lost = b->lost;
    b->lost = 0;
    pthread_mutex_unlock(&b->lock);
    return lost;
}
