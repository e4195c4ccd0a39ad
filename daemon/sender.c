#include "daemon/sender.h"
#include "daemon/message.h"
#include "daemon/refusals.h"
#include "daemon/telling.h"

#include <stdlib.h>
#include <string.h>

enum { EXPIRY_S = 300 }; /* of figures and answers: nobody wants a queue of them after an outage */

static int publish(struct sender *s, const struct mqtt_publication *p, uint64_t seq, uint64_t *ret_tag)
{
    uint64_t tag = window_add(&s->window, seq, refusals_topic(p->topic), clock_boot_ns());
    if (!tag)
        return -EAGAIN;
    int r = mqtt_publish(broker_mqtt(s->broker), p, tag);
    struct window_slot slot;
    if (r < 0) {
        window_take(&s->window, tag, &slot);
        return r;
    }
    s->sent++;
    if (ret_tag)
        *ret_tag = tag;
    return 0;
}

/* An event never expires: `replayed` and `age_ms` say that it is old, and who was away
 * for a week still gets it. */
int sender_event(struct sender *s, const struct event *e)
{
    char topic[MESSAGE_TOPIC_SIZE], *payload = telling_event(e, e->seq <= s->replay_until);
    if (!payload)
        return -ENOMEM;
    message_topic(topic, s->prefix, e->node, e->source, "event");
    int r = publish(s, &(struct mqtt_publication){.topic = topic, .payload = payload,
                                                  .size = strlen(payload)}, e->seq, NULL);
    free(payload);
    return r;
}

int sender_message(struct sender *s, const struct outbox_message *m)
{
    char *told = m->event ? telling_event(m->event, m->event->seq <= s->replay_until) : NULL;
    const char *payload = m->event ? told : m->payload;
    if (!payload)
        return -ENOMEM;
    int r = publish(s, &(struct mqtt_publication){.topic = m->topic, .payload = payload,
                                                  .size = strlen(payload), .retained = m->retained,
                                                  .expiry_s = m->retained ? 0 : EXPIRY_S,
                                                  .correlation = m->correlation,
                                                  .correlation_size = m->correlation_size}, 0, NULL);
    free(told);
    return r;
}

void sender_last_word(struct sender *s, const char *topic)
{
    struct window *w = &s->window;
    if (s->last_word)
        return;
    if (w->used >= w->size && w->size < WINDOW_MAX && w->size < broker_receive_max(s->broker))
        w->size++;
    publish(s, &(struct mqtt_publication){.topic = topic, .payload = "offline", .size = 7, .retained = true},
            0, &s->last_word);
}
