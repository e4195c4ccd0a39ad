#include "daemon/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/discovery.h"

void report_init(struct report *r, struct log *log, const struct settings *s)
{
    r->log = log;
    snprintf(r->prefix, sizeof(r->prefix), "%s", s->mqtt.prefix);
    snprintf(r->node, sizeof(r->node), "%s", s->node);
    snprintf(r->discovery_prefix, sizeof(r->discovery_prefix), "%s", s->mqtt.discovery_prefix);
    r->discoverable = s->mqtt.discovery_enabled;
}

static void post(struct report *r, const char *source, const char *leaf, const char *payload,
                 bool retained)
{
    char topic[MESSAGE_TOPIC_SIZE];
    message_topic(topic, r->prefix, r->node, source, leaf);
    int err = payload ? publisher_post_state(r->publisher, topic, payload, retained) : -ENOMEM;
    if (err < 0)
        log_say(r->log, LOG_LEVEL_ERROR, source, "%s could not be said: %s", topic, strerror(-err));
}

static void post_json(struct report *r, const char *source, const char *leaf, char *json,
                      bool retained)
{
    post(r, source, leaf, json, retained);
    free(json);
}

static void log_event(struct report *r, const struct event *e)
{
    const char *label = e->label_name[e->label];
    if (e->type == EVENT_START)
        log_say(r->log, LOG_LEVEL_INFO, e->source, "%s %.2f (threshold %.2f), event %s%s", label,
                (double)e->score, (double)e->threshold, e->id, e->test ? ", a test" : "");
    else if (e->type == EVENT_END)
        log_say(r->log, LOG_LEVEL_INFO, e->source,
                "%s over after %.1f s (%s), peak %.2f, event %s", label,
                (double)e->duration_ms / 1000, event_end_name(e->end_reason), (double)e->peak,
                e->id);
}

void report_last_event(struct report *r, const struct event *e)
{
    char topic[MESSAGE_TOPIC_SIZE];
    message_topic(topic, r->prefix, r->node, e->source, "last_event");
    int err = publisher_post_told(r->publisher, topic, e);
    if (err < 0)
        log_say(r->log, LOG_LEVEL_ERROR, e->source, "%s could not be said: %s", topic, strerror(-err));
}

void report_event(struct report *r, const struct event *e)
{
    int err = publisher_post_event(r->publisher, e);
    if (err < 0)
        log_say(r->log, LOG_LEVEL_ERROR, e->source, "event message %llu is lost: %s",
                (unsigned long long)e->seq, strerror(-err));
    if (e->type == EVENT_START)
        report_hostile(r, e->source, true);
    if (e->type == EVENT_END) {
        report_last_event(r, e);
        report_hostile(r, e->source, false);
    }
    log_event(r, e);
}

void report_hostile(struct report *r, const char *source, bool on)
{
    post(r, source, "hostile", on ? "ON" : "OFF", true);
}

void report_source(struct report *r, const char *source, const struct message_source *s)
{
    post_json(r, source, "state", message_source(s), true);
}

void report_source_health(struct report *r, const char *source,
                          const struct message_source_health *h)
{
    post_json(r, source, "health", message_source_health(h), false);
}

void report_scores(struct report *r, const char *source, char *json)
{
    post_json(r, source, "scores", json, false);
}

void report_health(struct report *r, const struct message_health *h)
{
    post_json(r, NULL, "health", message_health(h), false);
}

bool report_node(struct report *r, const struct message_node *n, char **last)
{
    char *json = message_node(n);
    if (json && *last && !strcmp(json, *last)) {
        free(json);
        return false;
    }
    post(r, NULL, "state", json, true);
    free(*last);
    *last = json;
    return true;
}

/* Home Assistant keeps entities that are only left out. The oldest give way. */
static void remember_gone(struct report *r, const char *source)
{
    if (r->n_gone == ARRAY_SIZE(r->gone))
        memmove(r->gone[0], r->gone[1], sizeof(r->gone[0]) * --r->n_gone);
    snprintf(r->gone[r->n_gone++], sizeof(r->gone[0]), "%s", source);
}

void report_forget(struct report *r, const char *source)
{
    static const char *const retained[] = {"hostile", "last_event", "state"};
    for (size_t i = 0; i < ARRAY_SIZE(retained); i++)
        post(r, source, retained[i], "", true);
    remember_gone(r, source);
}

static void take_away(struct report *r, const char *topic)
{
    int err = publisher_post_state(r->publisher, topic, "", true);
    if (err < 0)
        log_say(r->log, LOG_LEVEL_ERROR, NULL, "%s could not be taken away: %s", topic, strerror(-err));
}

void report_forget_name(struct report *r, const struct former_name *n)
{
    static const char *const of_source[] = {"hostile", "last_event", "state"}, *const of_node[] = {"state", "availability"};
    char topic[MESSAGE_TOPIC_SIZE];
    for (size_t i = 0; i < n->n_sources * ARRAY_SIZE(of_source); i++) {
        message_topic(topic, n->prefix, n->node, n->source[i / ARRAY_SIZE(of_source)], of_source[i % ARRAY_SIZE(of_source)]);
        take_away(r, topic);
    }
    if (*n->discovery) {
        discovery_topic(topic, n->discovery, n->node);
        take_away(r, topic);
    }
    for (size_t i = 0; i < ARRAY_SIZE(of_node); i++) {
        message_topic(topic, n->prefix, n->node, NULL, of_node[i]);
        take_away(r, topic);
    }
}

void report_forget_discovery(struct report *r, const char *discovery_prefix)
{
    char topic[MESSAGE_TOPIC_SIZE];
    discovery_topic(topic, discovery_prefix, r->node);
    take_away(r, topic);
}

static bool is_back(const struct settings *s, const char *name)
{
    for (size_t i = 0; i < s->n_sources; i++)
        if (!strcmp(s->source[i].name, name))
            return true;
    return false;
}

static void forget_who_is_back(struct report *r, const struct settings *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->n_gone; i++)
        if (!is_back(s, r->gone[i]))
            memmove(r->gone[kept++], r->gone[i], sizeof(r->gone[0]));
    r->n_gone = kept;
}

static void say_discovery(struct report *r, const char *payload)
{
    char topic[MESSAGE_TOPIC_SIZE];
    discovery_topic(topic, r->discovery_prefix, r->node);
    int err = payload ? publisher_post_state(r->publisher, topic, payload, true) : -ENOMEM;
    if (err < 0)
        log_say(r->log, LOG_LEVEL_ERROR, NULL, "%s could not be said: %s", topic, strerror(-err));
}

void report_discovery(struct report *r, const struct settings *s)
{
    if (!r->discoverable)
        return;
    struct discovery d = {.prefix = r->prefix, .node = r->node};
    forget_who_is_back(r, s);
    for (size_t i = 0; i < s->n_sources; i++)
        d.source[d.n_sources++] = s->source[i].name;
    for (size_t i = 0; i < r->n_gone; i++)
        d.gone[d.n_gone++] = r->gone[i];
    char *payload = discovery_message(&d);
    say_discovery(r, payload);
    free(payload);
}

void report_purge_discovery(struct report *r)
{
    say_discovery(r, "");
}
