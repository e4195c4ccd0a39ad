#include "config/checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/guess.h"
#include "config/schedule.h"

static const char name_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
static const char label_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

enum { PUBLIC_SIZE = 160 };

static bool wrong(struct reason *why, const char *text)
{
    reason_set(why, EINVAL, "%s", text);
    return false;
}

static bool check_letters(const char *text, const char *letters, size_t max, const char *expected,
                          struct reason *why)
{
    size_t n = strlen(text);
    if (n >= 1 && n <= max && strspn(text, letters) == n)
        return true;
    reason_set(why, EINVAL, "not a usable name (found \"%.80s\", expected %s)", text, expected);
    return false;
}

bool check_name(const char *text, struct reason *why)
{
    return check_letters(text, name_letters, 64, "1 to 64 of a-z 0-9 _ -", why);
}

bool check_source_name(const char *text, struct reason *why)
{
    static const char *const taken[] = {"availability", "state", "health", "cmd", "response"};
    if (!check_name(text, why))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(taken); i++) {
        if (strcmp(text, taken[i]))
            continue;
        reason_set(why, EINVAL,
                   "a source cannot have this name, it is a topic of the node "
                   "(found \"%s\", expected another name)",
                   text);
        return false;
    }
    return true;
}

bool check_label(const char *text, struct reason *why)
{
    return check_letters(text, label_letters, 63, "1 to 63 of a-z 0-9 _", why);
}

bool check_kernel(const char *text, struct reason *why)
{
    return check_letters(text, label_letters, 63, "auto or a kernel's name", why);
}

bool check_command(const char *text, struct reason *why)
{
    static const char *const commands[] = {"reload", "snapshot",   "mute",
                                           "unmute", "test_alarm", "purge_discovery"};
    for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
        if (!strcmp(text, commands[i]))
            return true;
    const char *guess = guess_word(text, commands, ARRAY_SIZE(commands));
    reason_set(why, EINVAL,
               "unknown command (found \"%.40s\", expected some of reload, snapshot, "
               "mute, unmute, test_alarm, purge_discovery%s%s%s)",
               text, guess ? "; did you mean " : "", guess ? guess : "", guess ? "?" : "");
    return false;
}

void check_public_url(const char *url, char *ret_text, size_t size)
{
    size_t scheme = strcspn(url, ":");
    if (!url[scheme] || !strncmp(url, "alsa:", 5) || !strncmp(url, "pipe:", 5) ||
        !strncmp(url, "file:", 5)) {
        snprintf(ret_text, size, "%s", url);
        return;
    }
    const char *authority = url + scheme + 1;
    authority += strspn(authority, "/");
    /* Passwords pasted as they are may hold '/', '?' and '#': the last '@' of all hides more
     * than it must rather than less. */
    const char *at = strrchr(authority, '@');
    const char *host = at ? at + 1 : authority;
    size_t n = strcspn(host, "?#");
    snprintf(ret_text, size, "%.*s%s%.*s%s", (int)(authority - url), url, at ? "…@" : "", (int)n,
             host, host[n] ? "?…" : "");
}

static bool has_login(struct reason *why)
{
    return wrong(why, "a user name in the URL would end up in logs (found …@, expected the URL "
                      "without it; use username: and password_file:)");
}

/* host[:port][/path] of a network URL. */
static bool check_authority(const char *url, const char *authority, struct reason *why)
{
    char shown[PUBLIC_SIZE];
    check_public_url(url, shown, sizeof(shown));
    const char *end = authority + strcspn(authority, "/?#"); /* a '@' behind it belongs to the path */
    if (memchr(authority, '@', (size_t)(end - authority)))
        return has_login(why);
    const char *host_end = authority;
    if (*authority == '[') {
        host_end = memchr(authority, ']', (size_t)(end - authority));
        if (!host_end || host_end == authority + 1)
            host_end = authority;
        else
            host_end++;
    } else {
        while (host_end < end && *host_end != ':')
            host_end++;
    }
    bool bad = host_end == authority;
    for (const char *p = authority; p < host_end; p++)
        bad |= (unsigned char)*p <= ' ';
    if (bad) {
        reason_set(why, EINVAL, "no usable host (found \"%s\", expected scheme://host[:port]…)",
                   shown);
        return false;
    }
    if (host_end == end)
        return true;
    const char *digits = host_end + 1;
    size_t n_digits = strspn(digits, "0123456789");
    long port = n_digits >= 1 && n_digits <= 5 ? strtol(digits, NULL, 10) : 0;
    if (*host_end == ':' && digits + n_digits == end && port >= 1 && port <= 65535)
        return true;
    if (strchr(end, '@')) /* user:pass, and the rest of the password */
        return has_login(why);
    reason_set(why, EINVAL, "no usable port (found \"%s\", expected 1 to 65535 after the host)",
               shown);
    return false;
}

static bool check_scheme(const char *url, const char *const *schemes, size_t n,
                         const char *expected, struct reason *why)
{
    char scheme[16] = "", shown[PUBLIC_SIZE];
    const char *colon = strchr(url, ':');
    if (colon)
        snprintf(scheme, sizeof(scheme), "%.*s", (int)(colon - url), url);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(scheme, schemes[i]))
            return true;
    const char *guess = colon ? guess_word(scheme, schemes, n) : NULL;
    check_public_url(url, shown, sizeof(shown));
    if (guess)
        reason_set(why, EINVAL,
                   "unknown kind of URL (found \"%s\", expected %s; did you mean %s:?)", shown,
                   expected, guess);
    else
        reason_set(why, EINVAL, "unknown kind of URL (found \"%s\", expected %s)", shown, expected);
    return false;
}

static bool check_network(const char *url, struct reason *why)
{
    const char *rest = strchr(url, ':') + 1;
    char shown[PUBLIC_SIZE];
    if (!strncmp(rest, "//", 2))
        return check_authority(url, rest + 2, why);
    check_public_url(url, shown, sizeof(shown));
    reason_set(why, EINVAL, "no usable host (found \"%s\", expected scheme://host[:port]…)", shown);
    return false;
}

bool check_source_url(const char *text, struct reason *why)
{
    static const char *const schemes[] = {"alsa", "pipe", "file", "rtsp", "rtsps", "http", "https"};
    if (!check_scheme(text, schemes, ARRAY_SIZE(schemes),
                      "alsa:… pipe:- pipe:/path file:/path rtsp:// rtsps:// http:// https://", why))
        return false;
    const char *rest = strchr(text, ':') + 1;
    if (!strncmp(text, "rtsp", 4) || !strncmp(text, "http", 4))
        return check_network(text, why);
    if (!strncmp(text, "alsa:", 5) && !*rest)
        return wrong(why, "no device (found \"alsa:\", expected a name such as alsa:hw:1,0)");
    bool standard_input = *rest == '-' && (!rest[1] || rest[1] == '?');
    if (!strncmp(text, "pipe:", 5) && !standard_input && *rest != '/')
        return wrong(why, "no usable pipe (expected pipe:- for standard input or pipe:/path)");
    if (!strncmp(text, "file:", 5) && *rest != '/')
        return wrong(why, "no usable file (expected file:/path, with the whole path)");
    return true;
}

bool check_mqtt_url(const char *text, struct reason *why)
{
    static const char *const schemes[] = {"mqtt", "mqtts", "ws", "wss"};
    if (!check_scheme(text, schemes, ARRAY_SIZE(schemes), "mqtt:// mqtts:// ws:// wss://", why) ||
        !check_network(text, why))
        return false;
    const char *path = strstr(text, "://") + 3;
    path += strcspn(path, "/?#");
    if (!strncmp(text, "mqtt", 4) && *path && strcmp(path, "/"))
        return wrong(why, "a broker has no path (expected mqtt://host[:port]; topics come from "
                          "mqtt.prefix and node)");
    return true;
}

bool check_listen(const char *text, struct reason *why)
{
    const char *colon = strrchr(text, ':');
    const char *digits = colon ? colon + 1 : "";
    size_t n_digits = strlen(digits);
    bool bracketed = colon && *text == '[' && colon > text + 2 && colon[-1] == ']';
    bool port_fine = n_digits >= 1 && n_digits <= 5 && strspn(digits, "0123456789") == n_digits &&
                     strtol(digits, NULL, 10) >= 1 && strtol(digits, NULL, 10) <= 65535;
    if (colon > text && port_fine &&
        (bracketed || memchr(text, ':', (size_t)(colon - text)) == NULL))
        return true;
    reason_set(
        why, EINVAL,
        "not an address to listen on (found \"%.80s\", expected 127.0.0.1:9464 or [::1]:9464)",
        text);
    return false;
}

bool check_mute(const char *text, struct reason *why)
{
    struct schedule s;
    struct reason inner = {""};
    if (schedule_read(text, &s, &inner) >= 0)
        return true;
    reason_set(why, EINVAL, "not a span of time (found \"%.60s\"; %s)", text, inner.text);
    return false;
}
