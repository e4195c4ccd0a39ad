#include "daemon/purge.h"

#include "daemon/discovery.h"
#include "daemon/once.h"

int purge_discovery(const struct settings *settings, struct reason *why)
{
    char topic[MESSAGE_TOPIC_SIZE];
    struct once nothing = {.name = "purge", .topic = topic, .payload = "", .retained = true};
    discovery_topic(topic, settings->mqtt.discovery_prefix, settings->node);
    return once_publish(settings, &nothing, why);
}
