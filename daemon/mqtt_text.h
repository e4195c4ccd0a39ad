/* Sentences for what broker and TLS library say in numbers and codes. Pure; for daemon/mqtt. */
#ifndef DAEMON_MQTT_TEXT_H
#define DAEMON_MQTT_TEXT_H

#include "config/base.h"

/* Why a connection was refused: the code of a CONNACK; v5: asked for as MQTT 5, which calls
 * such a code reason. NULL: the code is none of a broker's (Paho's own are below 1). */
const char *mqtt_refusal(bool v5, int code, const char *reason);

/* The reason in a line of OpenSSL's error queue, such as "certificate verify failed"; text
 * need not be terminated. False: there is none in it. */
bool mqtt_tls_error(const char *text, size_t size, char *ret, size_t ret_size);

#endif
