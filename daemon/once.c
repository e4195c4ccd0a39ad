/* Without a will, which would call a running daemon offline. */
#include "daemon/once.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "daemon/broker.h"

enum { DEADLINE_MS = 10000, GOODBYE_MS = 1000, TAG = 1 };
#define MS INT64_C(1000000)

struct try {
    const struct once *once;
    struct broker *broker;
    int wake_fd;
    bool asked, done;
};

static void wait_until(const struct try *p, int64_t until_ns)
{
    uint64_t count;
    int64_t left_ms = (until_ns - clock_boot_ns()) / MS + 1;
    struct pollfd fd = {.fd = p->wake_fd, .events = POLLIN};
    if (poll(&fd, 1, left_ms > 0 ? (int)left_ms : 0) > 0 &&
        read(p->wake_fd, &count, sizeof(count)) < 0)
        return; /* somebody else's wake-up: look anyway */
}

static int heed(struct try *p, const struct mqtt_note *n, struct reason *why)
{
    if (n->type == MQTT_UNREACHABLE || n->type == MQTT_LOST)
        return reason_set(why, ECONNREFUSED, "broker: %s", n->text);
    if (n->type == MQTT_FAILED && n->tag == TAG)
        return reason_set(why, EACCES, "the broker does not take %s: %s", p->once->topic, n->text);
    if (n->type == MQTT_ACKED && n->tag == TAG)
        p->done = true;
    (void)broker_note(p->broker, n, clock_boot_ns());
    return 0;
}

static int turn(struct try *p, struct reason *why)
{
    struct mqtt_note n;
    int r = 0;
    broker_step(p->broker, clock_boot_ns());
    while (r >= 0 && mqtt_take(broker_mqtt(p->broker), &n))
        r = heed(p, &n, why);
    if (r < 0 || p->asked || broker_state(p->broker) != BROKER_ONLINE)
        return r;
    struct mqtt_publication message = {.topic = p->once->topic,
                                       .payload = p->once->payload,
                                       .size = strlen(p->once->payload),
                                       .retained = p->once->retained};
    p->asked = true;
    r = mqtt_publish(broker_mqtt(p->broker), &message, TAG);
    return r < 0 ? reason_set(why, -r, "%s could not be sent", p->once->topic) : 0;
}

static int ask(struct try *p, struct reason *why)
{
    int64_t until_ns = clock_boot_ns() + DEADLINE_MS * MS;
    int r = turn(p, why);
    while (r >= 0 && !p->done && clock_boot_ns() < until_ns) {
        wait_until(p, until_ns);
        r = turn(p, why);
    }
    if (r >= 0 && !p->done)
        return reason_set(why, ETIMEDOUT, "broker: no answer within %d s", DEADLINE_MS / 1000);
    return r;
}

static void say_goodbye(struct try *p)
{
    struct mqtt_note n;
    int64_t until_ns = clock_boot_ns() + GOODBYE_MS * MS;
    broker_close(p->broker, true, clock_boot_ns());
    while (broker_state(p->broker) == BROKER_CLOSING && clock_boot_ns() < until_ns) {
        wait_until(p, until_ns);
        while (mqtt_take(broker_mqtt(p->broker), &n)) /* that it is lost is what is waited for */
            (void)broker_note(p->broker, &n, clock_boot_ns());
    }
}

/* The broker's own reader would try again later, and here there is no later. */
static int look_at_password(const struct settings *s, struct reason *why)
{
    char *password = NULL;
    int r = s->mqtt.password_file ? settings_secret(s, s->mqtt.password_file, &password, why) : 0;
    secret_free(password);
    return r < 0 ? -ENOENT : 0;
}

int once_publish(const struct settings *settings, const struct once *o, struct reason *why)
{
    struct try p = {.once = o, .wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    struct settings own = *settings; /* its strings stay theirs */
    char client_id[160];
    if (p.wake_fd < 0)
        return reason_set(why, errno, "no eventfd");
    snprintf(client_id, sizeof(client_id), "%s-%s-%s", settings->mqtt.prefix, settings->node, o->name);
    own.mqtt.client_id = client_id;
    struct broker_params params = {
        .settings = &own,
        .wake_fd = p.wake_fd,
        .connect_deadline_ms = DEADLINE_MS,
        .backoff_min_ms = DEADLINE_MS,
        .backoff_max_ms = DEADLINE_MS,
    };
    int r = look_at_password(settings, why);
    if (r >= 0)
        r = broker_new(&params, &p.broker, why);
    if (r >= 0)
        r = ask(&p, why);
    if (r >= 0)
        say_goodbye(&p);
    broker_free(p.broker);
    close(p.wake_fd);
    return r;
}
