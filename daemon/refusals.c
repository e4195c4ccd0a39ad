#include "daemon/refusals.h"

#include <stdio.h>
#include <string.h>

static void say(struct refusals *r, char (*place)[256], const char *what, const char *text)
{
    char said[sizeof(*place)];
    snprintf(said, sizeof(said), "%.150s refused: %.90s", what, text);
    if (strcmp(*place, said) == 0)
        return;
    memcpy(*place, said, sizeof(said));
    r->changes++;
}

void refusals_message(struct refusals *r, const char *text, int64_t over_ns)
{
    say(r, &r->messages, "messages", text);
    r->over_ns = over_ns;
}

void refusals_subscription(struct refusals *r, const char *topic, const char *text)
{
    char what[160];
    snprintf(what, sizeof(what), "the subscription of %s", topic);
    say(r, &r->subscription, what, text);
}

int64_t refusals_step(struct refusals *r, int64_t now_ns)
{
    if (r->over_ns == 0)
        return INT64_MAX;
    if (now_ns < r->over_ns)
        return r->over_ns;
    r->over_ns = 0;
    r->messages[0] = '\0';
    r->changes++;
    return INT64_MAX;
}

void refusals_forget(struct refusals *r)
{
    r->changes += *refusals_text(r) != '\0';
    r->messages[0] = r->subscription[0] = '\0';
    r->over_ns = 0;
}

const char *refusals_text(const struct refusals *r)
{
    return *r->messages ? r->messages : r->subscription;
}
