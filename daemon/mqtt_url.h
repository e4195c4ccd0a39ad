/* The broker's URL taken apart. Pure; any thread. */
#ifndef DAEMON_MQTT_URL_H
#define DAEMON_MQTT_URL_H

#include "config/reason.h"

struct mqtt_url {
    bool tls, websocket;
    char host[254]; /* a name or an address; IPv6 without its brackets */
    int port;
    char path[256]; /* of a web socket, with its slash; "" none */
};

/* mqtt://HOST[:PORT], mqtts://, ws://HOST[:PORT][/PATH], wss://. Ports default to
 * 1883, 8883, 80, 443. -EINVAL: why says what is wrong and what is meant. */
int mqtt_url_parse(const char *text, struct mqtt_url *ret, struct reason *why);

#endif
