/* Messages on their way from the thread that hears them to the one that takes them: as many as
 * there is room for, in order, and a count of those that came when there was none. For
 * daemon/mqtt. Any thread. */
#ifndef DAEMON_MQTT_BOX_H
#define DAEMON_MQTT_BOX_H

#include "daemon/mqtt.h"

struct mqtt_box;

struct mqtt_box *mqtt_box_new(size_t room); /* > 0; NULL: no memory */
void mqtt_box_free(struct mqtt_box *b);     /* NULL is fine */

void mqtt_box_put(struct mqtt_box *b, const struct mqtt_received *r); /* copied */
bool mqtt_box_take(struct mqtt_box *b, struct mqtt_received *ret);
uint64_t mqtt_box_lost(struct mqtt_box *b); /* that found no room since this was asked last */

#endif
