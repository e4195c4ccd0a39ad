/* One try, not the publisher's patience: whoever typed this waits for the answer. With a
 * client id of its own, since the same id would throw a running daemon off the broker,
 * and without a will, which would call that daemon offline. */
#include "daemon/purge.h"

#include <poll.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "daemon/broker.h"
#include "daemon/discovery.h"

enum { DEADLINE_MS = 10000, GOODBYE_MS = 1000, TAG = 1 };
#define MS INT64_C(1000000)

struct purge {
    struct broker *broker;
    int wake_fd;
    char topic[MESSAGE_TOPIC_SIZE];
    bool asked, done;
};

static void wait_until(const struct purge *p, int64_t until_ns)
{
    uint64_t count;
    int64_t left_ms = (until_ns - clock_boot_ns()) / MS + 1;
    struct pollfd fd = {.fd = p->wake_fd, .events = POLLIN};
    if (poll(&fd, 1, left_ms > 0 ? (int)left_ms : 0) > 0 &&
        read(p->wake_fd, &count, sizeof(count)) < 0)
        return; /* somebody else's wake-up: look anyway */
}

static int heed(struct purge *p, const struct mqtt_note *n, struct reason *why)
{
    if (n->type == MQTT_UNREACHABLE || n->type == MQTT_LOST)
        return reason_set(why, ECONNREFUSED, "broker: %s", n->text);
    if (n->type == MQTT_FAILED && n->tag == TAG)
        return reason_set(why, EACCES, "the broker does not take %s: %s", p->topic, n->text);
    if (n->type == MQTT_ACKED && n->tag == TAG)
        p->done = true;
    (void)broker_note(p->broker, n, clock_boot_ns());
    return 0;
}

static int turn(struct purge *p, struct reason *why)
{
    struct mqtt_note n;
    int r = 0;
    broker_step(p->broker, clock_boot_ns());
    while (r >= 0 && mqtt_take(broker_mqtt(p->broker), &n))
        r = heed(p, &n, why);
    if (r < 0 || p->asked || broker_state(p->broker) != BROKER_ONLINE)
        return r;
    struct mqtt_publication nothing = {.topic = p->topic, .payload = "", .retained = true};
    p->asked = true;
    r = mqtt_publish(broker_mqtt(p->broker), &nothing, TAG);
    return r < 0 ? reason_set(why, -r, "%s could not be sent", p->topic) : 0;
}

static int ask(struct purge *p, struct reason *why)
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

static void say_goodbye(struct purge *p)
{
    int64_t until_ns = clock_boot_ns() + GOODBYE_MS * MS;
    broker_close(p->broker, clock_boot_ns());
    while (broker_state(p->broker) == BROKER_CLOSING && clock_boot_ns() < until_ns) {
        wait_until(p, until_ns);
        (void)turn(p, NULL);
    }
}

int purge_discovery(const struct settings *settings, struct reason *why)
{
    struct purge p = {.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    struct settings own = *settings; /* its strings stay theirs */
    char client_id[160];
    if (p.wake_fd < 0)
        return reason_set(why, errno, "no eventfd");
    snprintf(client_id, sizeof(client_id), "%s-%s-purge", settings->mqtt.prefix, settings->node);
    own.mqtt.client_id = client_id;
    discovery_topic(p.topic, settings->mqtt.discovery_prefix, settings->node);
    struct broker_params params = {
        .settings = &own,
        .wake_fd = p.wake_fd,
        .connect_deadline_ms = DEADLINE_MS,
        .backoff_min_ms = DEADLINE_MS,
        .backoff_max_ms = DEADLINE_MS,
    };
    int r = broker_new(&params, &p.broker, why);
    if (r >= 0)
        r = ask(&p, why);
    if (r >= 0)
        say_goodbye(&p);
    broker_free(p.broker);
    close(p.wake_fd);
    return r;
}
