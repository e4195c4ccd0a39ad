/* A subscription to ourselves, because a will can be late. A broker that has not noticed yet
 * that our last connection is dead publishes its will when the new one comes, and not every
 * broker (NATS, HiveMQ) does so before it takes our `online`: the retained `offline` would
 * stand while we are there. Where the subscription is refused all else goes on without it. */
#include "daemon/inbox.h"
#include "daemon/chance.h"
#include "daemon/clock.h"

#include <stdio.h>
#include <string.h>

#define MS INT64_C(1000000)

enum {
    BIRTH_SPREAD_MS = 3000,
    ONLINE_MS = 1000, /* by then a late will has done all that it does */
};

void inbox_init(struct inbox *i, const struct settings *s, const char *const former[PUBLISHER_MAX_FORMER])
{
    memset(i, 0, sizeof(*i));
    for (int n = 0; n < PUBLISHER_MAX_FORMER && former[n]; n++)
        snprintf(i->former[n], sizeof(i->former[n]), "%s", former[n]);
    i->wants_commands = s->mqtt.commands.n > 0;
    message_topic(i->availability, s->mqtt.prefix, s->node, NULL, "availability");
    message_topic(i->commands, s->mqtt.prefix, s->node, NULL, "cmd/");
    if (s->mqtt.discovery_enabled)
        snprintf(i->birth, sizeof(i->birth), "%s/status", s->mqtt.discovery_prefix);
}

static void subscribe_commands(const struct inbox *i, struct mqtt *m)
{
    char filter[MESSAGE_TOPIC_SIZE + 1];
    snprintf(filter, sizeof(filter), "%s+", i->commands);
    mqtt_subscribe(m, filter, INBOX_OF_COMMANDS);
}

void inbox_subscribe(struct inbox *i, struct mqtt *m)
{
    i->all_ns = i->online_ns = 0;
    if (i->wants_commands)
        subscribe_commands(i, m);
    if (i->birth[0])
        mqtt_subscribe(m, i->birth, INBOX_OF_BIRTH);
    mqtt_subscribe(m, i->availability, INBOX_OF_OURSELVES);
    for (int n = 0; n < PUBLISHER_MAX_FORMER && i->former[n][0]; n++)
        mqtt_subscribe(m, i->former[n], INBOX_OF_FORMER + n);
}

const char *inbox_name(const struct inbox *i, uint64_t number)
{
    return number == INBOX_OF_COMMANDS ? i->commands : number == INBOX_OF_BIRTH ? i->birth : NULL;
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
        !r->topic[length])
        return false;
    memset(ret, 0, sizeof(*ret));
    snprintf(ret->name, sizeof(ret->name), "%s", r->topic + length);
    memcpy(ret->payload, r->payload, strnlen(r->payload, sizeof(ret->payload) - 1));
    if (!strpbrk(r->response_topic, "+#"))
        memcpy(ret->response_topic, r->response_topic, sizeof(ret->response_topic));
    memcpy(ret->correlation, r->correlation, (size_t)r->correlation_size);
    ret->correlation_size = r->correlation_size;
    return true;
}

static bool is_former(const struct inbox *i, const struct mqtt_received *r, struct publisher_command *ret)
{
    for (int n = 0; n < PUBLISHER_MAX_FORMER && i->former[n][0]; n++)
        if (!strcmp(r->topic, i->former[n]) && !strcmp(r->payload, "offline")) {
            *ret = (struct publisher_command){.former = n + 1};
            return true;
        }
    return false;
}

static void remember(struct inbox *i, const struct mqtt_received *r)
{
    int64_t now_ns = clock_boot_ns();
    if (!strcmp(r->topic, i->availability) && !strcmp(r->payload, "offline") && !i->leaving && !i->online_ns)
        i->online_ns = now_ns + ONLINE_MS * MS;
    if (i->birth[0] && !r->retained && !strcmp(r->topic, i->birth) && !strcmp(r->payload, "online"))
        i->all_ns = now_ns + chance_below(BIRTH_SPREAD_MS) * MS;
}

bool inbox_take(struct inbox *i, struct mqtt *m, struct publisher_command *ret)
{
    struct mqtt_received r;
    while (mqtt_take_message(m, &r)) {
        if ((!r.retained && is_command(i, &r, ret)) || is_former(i, &r, ret))
            return true;
        remember(i, &r);
    }
    return false;
}

static bool is_due(int64_t *when_ns, int64_t now_ns)
{
    bool due = *when_ns && now_ns >= *when_ns;
    if (due)
        *when_ns = 0;
    return due;
}

bool inbox_wants_all(struct inbox *i, int64_t now_ns)
{
    return is_due(&i->all_ns, now_ns);
}

bool inbox_wants_online(struct inbox *i, int64_t now_ns)
{
    return is_due(&i->online_ns, now_ns);
}

int64_t inbox_due_ns(const struct inbox *i)
{
    int64_t all_ns = i->all_ns ? i->all_ns : INT64_MAX, online_ns = i->online_ns ? i->online_ns : INT64_MAX;
    return all_ns < online_ns ? all_ns : online_ns;
}

void inbox_leave(struct inbox *i)
{
    i->leaving = true;
    i->online_ns = 0;
}
