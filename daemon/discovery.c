/* What Home Assistant takes, as its source says (components/mqtt/discovery.py, schemas.py):
 *
 * - The root is checked strictly: one key that it does not know there, and the whole
 *   device is refused with one line in its log. So the root has what is allowed and
 *   needed, all words written out.
 * - availability, availability_mode and qos stand in the root and are handed down to each
 *   entity that does not say its own. An entity's own list replaces the root's and does not
 *   add to it, so it names the node's topic again. A list may read JSON through
 *   value_template, so the retained state of a source serves as its availability and no
 *   topic is needed that would say the same once more. Mode "all": node and source.
 * - Without qos 1 its subscriptions are QoS 0, whatever we publish with.
 * - An entity that is left out later is not removed. One with its platform and nothing
 *   else is; said again and again it does no harm.
 *
 * Which entity depends on what: `hostile` and the level are known only while the source
 * hears and is judged. A muted, silent or lost source is not "safe", it is unavailable.
 * The source's state says why it is not heard, so it hangs on the node alone. So does the
 * event: its state is the time of the last one, which stays true, and an automation on it
 * would fire when a camera comes back, were it unavailable meanwhile.
 *
 * Parts of a name are joined by a full stop, which no name can hold: source "b_c" of node
 * "a" must not be source "c" of node "a_b". */
#include "daemon/discovery.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

enum { ID_SIZE = 4 * 65 };

#define VALUE(key) "{{ value_json." key " }}"
#define HEARS "{{ 'online' if value_json.state in ['online', 'clipping'] else 'offline' }}"

struct entity {
    const char *key; /* of a source: SOURCE.key */
    const char *platform, *name, *leaf;
    const char *value, *class, *unit, *state_class, *category; /* NULL: none */
    bool needs_source; /* is unknown while the source is not heard */
};

static const struct entity of_source[] = {
    {"hostile", "binary_sensor", "hostile", "hostile", .class = "safety", .needs_source = true},
    {"event", "event", "event", "event"},
    {"level", "sensor", "level", "health", VALUE("dbfs"), .unit = "dBFS",
     .state_class = "measurement", .category = "diagnostic", .needs_source = true},
    {"state", "sensor", "state", "state", VALUE("state"), .category = "diagnostic"},
};

static const struct entity of_node[] = {
    {"status", "sensor", "Status", "state", VALUE("status"), .category = "diagnostic"},
    {"started", "sensor", "Started", "state", VALUE("started"), "timestamp",
     .category = "diagnostic"},
    {"sources_online", "sensor", "Sources online", "health", VALUE("sources_online"),
     .state_class = "measurement", .category = "diagnostic"},
    {"cpu_percent", "sensor", "Processor", "health", VALUE("cpu_percent"), .unit = "%",
     .state_class = "measurement", .category = "diagnostic"},
    {"rss_bytes", "sensor", "Memory", "health", VALUE("rss_bytes"), "data_size", "B", "measurement",
     "diagnostic"},
    {"latency_p99_ms", "sensor", "Latency of 99 %", "health", VALUE("latency_p99_ms"), "duration",
     "ms", "measurement", "diagnostic"},
    {"dropped_windows", "sensor", "Dropped windows", "health", VALUE("dropped_windows"),
     .state_class = "total_increasing", .category = "diagnostic"},
    {"outbox_unsent", "sensor", "Messages waiting", "health", VALUE("outbox_unsent"),
     .state_class = "measurement", .category = "diagnostic"},
};

/* One look at the end is enough: a half-filled object is not sent. */
struct paper {
    const struct discovery *about;
    cJSON *root, *components;
    bool failed;
};

static void text(struct paper *p, cJSON *to, const char *key, const char *value)
{
    if (value && !cJSON_AddStringToObject(to, key, value))
        p->failed = true;
}

static cJSON *object(struct paper *p, cJSON *to, const char *key)
{
    cJSON *o = cJSON_AddObjectToObject(to, key);
    p->failed |= !o;
    return o;
}

static void available_by(struct paper *p, cJSON *list, const char *source, const char *leaf,
                         const char *template)
{
    char topic[MESSAGE_TOPIC_SIZE];
    cJSON *o = cJSON_CreateObject();
    message_topic(topic, p->about->prefix, p->about->node, source, leaf);
    if (!o || !cJSON_AddItemToArray(list, o)) {
        cJSON_Delete(o);
        p->failed = true;
        return;
    }
    text(p, o, "topic", topic);
    text(p, o, "value_template", template);
}

/* source NULL: the node alone. */
static void availability(struct paper *p, cJSON *to, const char *source)
{
    cJSON *list = cJSON_AddArrayToObject(to, "availability");
    p->failed |= !list;
    available_by(p, list, NULL, "availability", NULL);
    if (source)
        available_by(p, list, source, "state", HEARS);
}

static void event_types(struct paper *p, cJSON *to)
{
    const char *const types[] = {event_type_name(EVENT_START), event_type_name(EVENT_UPDATE),
                                 event_type_name(EVENT_END)};
    cJSON *list = cJSON_CreateStringArray(types, ARRAY_SIZE(types));
    if (!list || !cJSON_AddItemToObject(to, "event_types", list)) {
        cJSON_Delete(list);
        p->failed = true;
    }
}

static cJSON *component(struct paper *p, const struct entity *e, const char *source)
{
    char id[ID_SIZE];
    snprintf(id, sizeof(id), "%s%s%s", source ? source : "", source ? "." : "", e->key);
    cJSON *o = object(p, p->components, id);
    text(p, o, "platform", e->platform);
    return o;
}

static void announce(struct paper *p, const struct entity *e, const char *source)
{
    char id[ID_SIZE], name[ID_SIZE], topic[MESSAGE_TOPIC_SIZE];
    const char *dot = source ? "." : "", *blank = source ? " " : "", *of = source ? source : "";
    cJSON *o = component(p, e, source);
    snprintf(id, sizeof(id), "earshot.%s.%s%s%s", p->about->node, of, dot, e->key);
    snprintf(name, sizeof(name), "%s%s%s", of, blank, e->name);
    message_topic(topic, p->about->prefix, p->about->node, source, e->leaf);
    text(p, o, "unique_id", id);
    text(p, o, "name", name);
    text(p, o, "state_topic", topic);
    text(p, o, "value_template", e->value);
    text(p, o, "device_class", e->class);
    text(p, o, "unit_of_measurement", e->unit);
    text(p, o, "state_class", e->state_class);
    text(p, o, "entity_category", e->category);
    if (!strcmp(e->platform, "event"))
        event_types(p, o);
    if (e->needs_source)
        availability(p, o, source);
}

static void describe(struct paper *p)
{
    char id[ID_SIZE], name[ID_SIZE];
    snprintf(id, sizeof(id), "earshot_%s", p->about->node);
    snprintf(name, sizeof(name), "Earshot %s", p->about->node);
    cJSON *device = object(p, p->root, "device");
    text(p, device, "identifiers", id);
    text(p, device, "name", name);
    text(p, device, "manufacturer", "Earshot");
    text(p, device, "model", "earshotd");
    text(p, device, "sw_version", EARSHOT_VERSION);
    cJSON *origin = object(p, p->root, "origin");
    text(p, origin, "name", "earshot");
    text(p, origin, "sw_version", EARSHOT_VERSION);
    availability(p, p->root, NULL);
    text(p, p->root, "availability_mode", "all");
    p->failed |= !cJSON_AddNumberToObject(p->root, "qos", 1);
    p->components = object(p, p->root, "components");
}

char *discovery_message(const struct discovery *d)
{
    struct paper p = {.about = d, .root = cJSON_CreateObject()};
    describe(&p);
    for (size_t i = 0; i < ARRAY_SIZE(of_node); i++)
        announce(&p, &of_node[i], NULL);
    for (size_t s = 0; s < d->n_sources; s++)
        for (size_t i = 0; i < ARRAY_SIZE(of_source); i++)
            announce(&p, &of_source[i], d->source[s]);
    for (size_t s = 0; s < d->n_gone; s++)
        for (size_t i = 0; i < ARRAY_SIZE(of_source); i++)
            (void)component(&p, &of_source[i], d->gone[s]);
    char *json = p.failed || !p.root ? NULL : cJSON_PrintUnformatted(p.root);
    cJSON_Delete(p.root);
    return json;
}

void discovery_topic(char ret_topic[MESSAGE_TOPIC_SIZE], const char *discovery_prefix,
                     const char *node)
{
    snprintf(ret_topic, MESSAGE_TOPIC_SIZE, "%s/device/earshot_%s/config", discovery_prefix, node);
}
