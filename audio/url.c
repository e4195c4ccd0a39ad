#include "audio/url.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { RTSP_LOGIN_MAX = 127 }; /* libav 59 cuts what is longer, and a camera refuses the rest */

struct parts {
    const char *login, *host, *rest; /* scheme://[login@]host rest; login may equal host */
};

static bool split(const char *url, struct parts *ret)
{
    const char *s = strstr(url, "://");
    if (!s)
        return false;
    s += 3;
    const char *end = s + strcspn(s, "/?#"), *host = s;
    for (const char *c = s; c < end; c++)
        if (*c == '@')
            host = c + 1;
    *ret = (struct parts){s, host, end};
    return host < end;
}

/* -1 when it does not fit. */
static int put(char *to, size_t *at, const char *from, size_t n)
{
    if (n >= URL_MAX - *at)
        return -1;
    memcpy(to + *at, from, n);
    *at += n;
    to[*at] = '\0';
    return 0;
}

static int put_escaped(char *to, size_t *at, const char *from)
{
    for (; *from; from++) {
        char x[4] = {*from};
        size_t n = 1;
        if (!isalnum((unsigned char)*from) && !strchr("-._~", *from))
            n = (size_t)snprintf(x, sizeof(x), "%%%02X", (unsigned char)*from);
        if (put(to, at, x, n) < 0)
            return -1;
    }
    return 0;
}

int url_with_login(const char *url, const char *user, const char *password, char ret[URL_MAX],
                   struct reason *why)
{
    struct parts p;
    if (!split(url, &p))
        return reason_set(why, EINVAL, "a URL without a host");
    if (user && strchr(user, ':'))
        return reason_set(why, EINVAL, "a colon in a user name cannot be sent");
    size_t at = 0;
    const char *kept = user ? p.host : p.login; /* where the copied part goes on */
    int err = put(ret, &at, url, (size_t)(p.login - url));
    if (!err && user)
        err = put_escaped(ret, &at, user);
    if (!err && user && password)
        err = put(ret, &at, ":", 1) || put_escaped(ret, &at, password);
    if (!err && user && strncmp(url, "rtsp", 4) == 0 && at - (size_t)(p.login - url) > RTSP_LOGIN_MAX)
        return reason_set(why, EINVAL,
                          "user name and password are too long for RTSP: at most %d bytes together, "
                          "where all but letters, digits and -._~ count three times",
                          RTSP_LOGIN_MAX - 1);
    if (!err && user)
        err = put(ret, &at, "@", 1);
    if (!err)
        err = put(ret, &at, kept, strlen(kept));
    return err ? reason_set(why, EINVAL, "a URL of more than %d bytes", URL_MAX - 1) : 0;
}

void url_shown(const char *url, char *ret, size_t n)
{
    struct parts p;
    if (!split(url, &p))
        snprintf(ret, n, "%s", "a URL without a host");
    else
        snprintf(ret, n, "%.*s%.*s", (int)(p.login - url), url, (int)strcspn(p.host, "?#"), p.host);
}

int url_host(const char *url, char *ret, size_t n)
{
    struct parts p;
    if (!split(url, &p))
        return -EINVAL;
    size_t len = (size_t)(p.rest - p.host);
    const char *host = p.host;
    if (*host == '[') {
        const char *close = memchr(host, ']', len);
        if (!close)
            return -EINVAL;
        host++;
        len = (size_t)(close - host);
    } else {
        const char *colon = memchr(host, ':', len);
        if (colon)
            len = (size_t)(colon - host);
    }
    if (len == 0 || len >= n)
        return -EINVAL;
    memcpy(ret, host, len);
    ret[len] = '\0';
    return 0;
}
