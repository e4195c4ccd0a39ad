#include "daemon/mqtt_url.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *scheme;
    bool tls, websocket;
    int port;
} SCHEMES[] = {
    {"mqtt://", false, false, 1883},
    {"mqtts://", true, false, 8883},
    {"ws://", false, true, 80},
    {"wss://", true, true, 443},
};

static int copy(char *ret, size_t size, const char *from, size_t length)
{
    if (length >= size)
        return -EINVAL;
    memcpy(ret, from, length);
    ret[length] = '\0';
    return 0;
}

static bool is_host(const char *host, bool v6)
{
    static const char LETTERS[] = "%:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    const char *allowed = v6 ? LETTERS : LETTERS + 2;
    return host[0] && host[strspn(host, allowed)] == '\0' && (!v6 || strchr(host, ':'));
}

static int parse_port(const char *text, const char *end)
{
    int port = 0;
    if (text == end || end - text > 5)
        return -EINVAL;
    for (; text < end; text++) {
        if (*text < '0' || *text > '9')
            return -EINVAL;
        port = port * 10 + (*text - '0');
    }
    return port >= 1 && port <= 65535 ? port : -EINVAL;
}

static int parse_authority(const char *text, const char *end, struct mqtt_url *url, struct reason *why)
{
    const char *host = text, *host_end = end, *port = NULL;
    bool v6 = text < end && *text == '[';
    if (v6) {
        host = text + 1;
        host_end = memchr(host, ']', (size_t)(end - host));
        if (!host_end || (host_end + 1 < end && host_end[1] != ':'))
            return reason_set(why, EINVAL, "the address in [] does not end");
        port = host_end + 1 < end ? host_end + 2 : NULL;
    } else {
        const char *colon = memchr(text, ':', (size_t)(end - text));
        if (colon) {
            host_end = colon;
            port = colon + 1;
        }
    }
    if (copy(url->host, sizeof(url->host), host, (size_t)(host_end - host)) < 0 ||
        !is_host(url->host, v6))
        return reason_set(why, EINVAL, "no usable host name (an IPv6 address stands in [])");
    if (port) {
        url->port = parse_port(port, end);
        if (url->port < 0)
            return reason_set(why, EINVAL, "the port is not a number from 1 to 65535");
    }
    return 0;
}

int mqtt_url_parse(const char *text, struct mqtt_url *ret, struct reason *why)
{
    struct mqtt_url url = {0};
    const char *rest = NULL;
    for (size_t i = 0; i < ARRAY_SIZE(SCHEMES) && !rest; i++) {
        size_t length = strlen(SCHEMES[i].scheme);
        if (strncmp(text, SCHEMES[i].scheme, length) == 0) {
            url.tls = SCHEMES[i].tls;
            url.websocket = SCHEMES[i].websocket;
            url.port = SCHEMES[i].port;
            rest = text + length;
        }
    }
    if (!rest)
        return reason_set(why, EINVAL, "the URL does not begin with mqtt:// mqtts:// ws:// or wss://");
    const char *end = rest + strcspn(rest, "/?#");
    /* The URL appears in logs, so a password has no place in it; it is not repeated here either. */
    if (memchr(rest, '@', (size_t)(end - rest)))
        return reason_set(why, EINVAL, "the URL holds a user: name and password file are given apart from it");
    int r = parse_authority(rest, end, &url, why);
    if (r < 0)
        return reason_prefix(why, r, "%s", text);
    if (strcmp(end, "/") == 0 && !url.websocket)
        end++;
    if (*end && !url.websocket)
        return reason_set(why, EINVAL, "%s: a path belongs to ws:// and wss:// only", text);
    if (copy(url.path, sizeof(url.path), end, strlen(end)) < 0)
        return reason_set(why, EINVAL, "the path of the URL is too long");
    *ret = url;
    return 0;
}
