/* From the broker's name to a message that it took: each step on its own, so that the
 * first that fails says what to do. */
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "audio/lookup.h"
#include "daemon/message.h"
#include "daemon/mqtt_url.h"
#include "daemon/once.h"
#include "daemon/tool/doctor.h"

enum { NAME_S = 10, CONNECT_MS = 5000 };

static bool find_name(struct doctor *d, const struct mqtt_url *u)
{
    struct reason why;
    int r = lookup(u->host, clock_boot_ns() + NAME_S * 1000000000LL, NULL, &why);
    if (r >= 0)
        doctor_say(d, DOCTOR_OK, 0, "broker name", "", "%s is known", u->host);
    else
        doctor_say(d, DOCTOR_FAIL, EX_UNAVAILABLE, "broker name",
                   "is the host in mqtt.url right? `getent hosts NAME` asks the same; an address "
                   "needs no name server",
                   "%s", why.text);
    return r >= 0;
}

/* 0 or -errno, within CONNECT_MS. */
static int try_address(const struct addrinfo *a)
{
    int err = 0;
    socklen_t size = sizeof(err);
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    if (connect(fd, a->ai_addr, a->ai_addrlen) < 0 && errno != EINPROGRESS) {
        err = errno;
    } else {
        struct pollfd p = {.fd = fd, .events = POLLOUT};
        if (poll(&p, 1, CONNECT_MS) == 0)
            err = ETIMEDOUT;
        else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &size) < 0)
            err = errno;
    }
    close(fd);
    return -err;
}

static const char *tcp_remedy(int err)
{
    if (err == -ECONNREFUSED)
        return "nothing listens there: is the broker running, is the port in mqtt.url right, and does "
               "the broker listen to more than its own box (mosquitto: `listener 1883`)?";
    if (err == -ETIMEDOUT)
        return "is a firewall between, or the box switched off?";
    return "does this box reach that network? Try `ping` and `ip route`";
}

static bool reach_port(struct doctor *d, const struct mqtt_url *u)
{
    char port[8];
    struct addrinfo want = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *found = NULL;
    int r = -EHOSTUNREACH;
    snprintf(port, sizeof(port), "%d", u->port);
    if (getaddrinfo(u->host, port, &want, &found) == 0)
        for (const struct addrinfo *a = found; a && r < 0; a = a->ai_next)
            r = try_address(a);
    if (found)
        freeaddrinfo(found);
    if (r >= 0)
        doctor_say(d, DOCTOR_OK, 0, "broker port", "", "%s:%d answers", u->host, u->port);
    else
        doctor_say(d, DOCTOR_FAIL, EX_UNAVAILABLE, "broker port", tcp_remedy(r), "%s:%d: %s", u->host,
                   u->port, strerror(-r));
    return r >= 0;
}

static void judge(struct doctor *d, const struct mqtt_url *u, int r, const struct reason *why)
{
    bool tls = strstr(why->text, "TLS");
    if (r < 0 && (tls || r == -EINVAL)) {
        doctor_say(d, DOCTOR_FAIL, r == -EINVAL ? EX_CONFIG : EX_UNAVAILABLE,
                   tls ? "broker TLS" : "broker settings", tls ? doctor_remedy(d, why->text) : "", "%s", why->text);
        return;
    }
    if (u->tls && (r >= 0 || r == -EACCES || strstr(why->text, "refused:")))
        doctor_say(d, DOCTOR_OK, 0, "broker TLS", "", "the certificate is good");
    if (r < 0 && r != -EACCES) {
        bool silent = !u->tls && strstr(why->text, "not reachable"); /* a port that answers all the same */
        doctor_say(d, DOCTOR_FAIL, EX_UNAVAILABLE, "broker login",
                   silent ? "is it a broker that listens there, and does it want TLS (then write mqtts://)?"
                          : doctor_remedy(d, why->text), "%s", why->text);
        return;
    }
    doctor_say(d, DOCTOR_OK, 0, "broker login", "", "%s", d->settings->mqtt.username ? d->settings->mqtt.username : "without a user name");
    if (r < 0)
        doctor_say(d, DOCTOR_FAIL, EX_NOPERM, "broker publish",
                   "let this user publish under the node's topics in the broker's access list", "%s", why->text);
    else
        doctor_say(d, DOCTOR_OK, 0, "broker publish", "", "a message was taken");
}

void doctor_broker(struct doctor *d)
{
    const struct settings *s = d->settings;
    char topic[MESSAGE_TOPIC_SIZE];
    struct mqtt_url u;
    struct reason why = {""};
    struct once word = {.name = "doctor",
                        .topic = topic,
                        .payload = "{\"schema\": \"earshot.response/1\", \"command\": \"doctor\", \"ok\": true, "
                                   "\"error\": null, \"transaction\": null, \"event\": null, \"state\": null}"};
    if (mqtt_url_parse(s->mqtt.url, &u, &why) < 0) {
        doctor_say(d, DOCTOR_FAIL, EX_CONFIG, "broker settings", "", "%s", why.text);
        return;
    }
    if (!find_name(d, &u) || !reach_port(d, &u))
        return;
    message_topic(topic, s->mqtt.prefix, s->node, NULL, "response");
    int r = once_publish(s, &word, &why);
    judge(d, &u, r, &why);
}
