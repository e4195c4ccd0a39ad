#include "daemon/refusals.h"

#include <stdio.h>
#include <string.h>

enum { MOST_WAITS = 32 };

uint64_t refusals_topic(const char *topic)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    while (*topic)
        h = (h ^ (uint8_t)*topic++) * UINT64_C(0x100000001b3);
    return h;
}

static void say(struct refusals *r, char (*place)[256], const char *what, const char *text)
{
    char said[sizeof(*place)];
    snprintf(said, sizeof(said), "%.150s refused: %.90s", what, text);
    if (strcmp(*place, said) == 0)
        return;
    memcpy(*place, said, sizeof(said));
    r->changes++;
}

static bool was_refused(const struct refusals *r, uint64_t topic)
{
    for (size_t i = 0; i < r->n_topics; i++)
        if (r->topic[i] == topic)
            return true;
    return false;
}

static void forget_messages(struct refusals *r)
{
    r->messages[0] = '\0';
    r->n_topics = 0;
    r->wait_ns = r->over_ns = 0;
}

void refusals_message(struct refusals *r, uint64_t topic, const char *text, int64_t now_ns)
{
    int64_t longer_ns = r->wait_ns < MOST_WAITS * r->first_wait_ns ? 2 * r->wait_ns : r->wait_ns;
    bool first = !text || r->wait_ns == 0;
    if (r->retry_ns == 0) {
        int64_t wait_ns = first ? r->first_wait_ns : longer_ns;
        r->retry_ns = now_ns + wait_ns;
        if (text)
            r->wait_ns = wait_ns;
    }
    if (!text)
        return;
    say(r, &r->messages, "messages", text);
    r->over_ns = r->retry_ns + r->first_wait_ns;
    if (!was_refused(r, topic) && r->n_topics < REFUSALS_TOPICS)
        r->topic[r->n_topics++] = topic;
}

/* The next retry, if there is one, waits no longer than a first one. */
static void shorten(struct refusals *r, int64_t wait_ns, int64_t now_ns)
{
    r->wait_ns = 0;
    r->n_topics = 0;
    if (r->retry_ns > now_ns + wait_ns) {
        r->retry_ns = now_ns + wait_ns;
        r->over_ns = r->over_ns ? r->retry_ns + r->first_wait_ns : 0;
    }
}

void refusals_accepted(struct refusals *r, uint64_t topic, int64_t now_ns)
{
    if (was_refused(r, topic))
        shorten(r, r->first_wait_ns, now_ns);
}

void refusals_hurry(struct refusals *r, int64_t now_ns)
{
    shorten(r, 0, now_ns);
}

bool refusals_retry(struct refusals *r, int64_t now_ns)
{
    if (r->retry_ns == 0 || now_ns < r->retry_ns)
        return false;
    r->retry_ns = 0;
    return true;
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
    forget_messages(r);
    r->changes++;
    return INT64_MAX;
}

void refusals_forget(struct refusals *r)
{
    r->changes += *refusals_text(r) != '\0';
    forget_messages(r);
    r->subscription[0] = '\0';
    r->retry_ns = 0;
}

const char *refusals_text(const struct refusals *r)
{
    return *r->messages ? r->messages : r->subscription;
}
