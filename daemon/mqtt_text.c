#include "daemon/mqtt_text.h"

#include <stdio.h>
#include <string.h>

/* A broker that knows no MQTT 5 answers with the codes of 3.1.1, which are below 128 and
 * mean something else in MQTT 5, where no refusal is. */
const char *mqtt_refusal(bool v5, int code, const char *reason)
{
    static const char *const CONNACK[] = {
        "",
        "protocol version not supported",
        "client id refused",
        "server unavailable",
        "bad user name or password",
        "not authorised",
    };
    if (code <= 0)
        return NULL;
    if (v5 && code == 1)
        return "it speaks no MQTT 5: set mqtt.version to 3.1.1";
    if (code < (int)ARRAY_SIZE(CONNACK))
        return CONNACK[code];
    return v5 ? reason : "for no reason that MQTT 3.1.1 knows";
}

bool mqtt_tls_error(const char *text, size_t size, char *ret, size_t ret_size)
{
    /* THREAD:error:0A000086:SSL routines:function:certificate verify failed:file.c:1889: */
    const char *end = text + strnlen(text, size), *start = text;
    for (int colons = 0; start < end && colons < 5; start++)
        colons += *start == ':';
    int length = 0;
    while (start + length < end && start[length] != ':' && start[length] != '\n')
        length++;
    snprintf(ret, ret_size, "%.*s", length < 120 ? length : 120, start);
    return length > 0;
}
