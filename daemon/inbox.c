#include "daemon/inbox.h"

#include <stdio.h>
#include <string.h>

void inbox_init(struct inbox *i, const struct settings *s)
{
    memset(i, 0, sizeof(*i));
    i->wants_commands = s->mqtt.commands.n > 0;
    message_topic(i->commands, s->mqtt.prefix, s->node, NULL, "cmd/");
    if (s->mqtt.discovery_enabled)
        snprintf(i->birth, sizeof(i->birth), "%s/status", s->mqtt.discovery_prefix);
}

static void subscribe_commands(const struct inbox *i, struct mqtt *m)
{
    char filter[MESSAGE_TOPIC_SIZE + 1];
    snprintf(filter, sizeof(filter), "%s+", i->commands);
    mqtt_subscribe(m, filter);
}

void inbox_subscribe(const struct inbox *i, struct mqtt *m)
{
    if (i->wants_commands)
        subscribe_commands(i, m);
    if (i->birth[0])
        mqtt_subscribe(m, i->birth);
}

void inbox_want_commands(struct inbox *i, struct mqtt *m, bool want)
{
    if (want && !i->wants_commands && m)
        subscribe_commands(i, m);
    i->wants_commands = want;
}

static bool is_command(const struct inbox *i, const struct mqtt_received *r, struct publisher_command *ret)
{
    size_t length = strlen(i->commands);
    if (strncmp(r->topic, i->commands, length) != 0 || strlen(r->topic + length) >= sizeof(ret->name) ||
        !r->topic[length] || strlen(r->payload) >= sizeof(ret->payload))
        return false;
    memset(ret, 0, sizeof(*ret));
    snprintf(ret->name, sizeof(ret->name), "%s", r->topic + length);
    memcpy(ret->payload, r->payload, strlen(r->payload));
    if (!strpbrk(r->response_topic, "+#"))
        memcpy(ret->response_topic, r->response_topic, sizeof(ret->response_topic));
    memcpy(ret->correlation, r->correlation, (size_t)r->correlation_size);
    ret->correlation_size = r->correlation_size;
    return true;
}

enum inbox_news inbox_take(const struct inbox *i, struct mqtt *m, struct publisher_command *ret)
{
    struct mqtt_received r;
    while (mqtt_take_message(m, &r)) {
        if (i->birth[0] && !strcmp(r.topic, i->birth) && !strcmp(r.payload, "online"))
            return INBOX_BIRTH;
        if (is_command(i, &r, ret))
            return INBOX_COMMAND;
    }
    return INBOX_EMPTY;
}
