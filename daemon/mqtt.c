/* What Paho 1.3.12 makes necessary:
 *
 * Its callbacks run on its threads with its main lock held, so they only put a note
 * into the box; the box's lock is never held around a call of Paho. Its message ids
 * are used again as soon as they are acknowledged and a message can outlive its
 * connection in Paho's queue, so a message is known by an entry of our own table,
 * which is free again only when Paho has called back for it. It gives one CONNACK
 * or DISCONNECT now by one callback, now by another; they all end in the same notes.
 * It obeys http_proxy for plain MQTT and has no way to be told not to. A connection after the
 * first takes 1.1 s whatever we do: its thread sleeps for 0.1 s, sees that the new socket can be
 * written, and then waits a second for something to read there before it writes the CONNECT. */
#include "daemon/mqtt.h"
#include "daemon/clock.h"
#include "daemon/mqtt_box.h"
#include "daemon/mqtt_text.h"

#include <MQTTAsync.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOTES = MQTT_MAX_UNACKED + 64, ROOM = 64 };

struct unacked { /* Paho's context of a message */
    struct mqtt *mqtt;
    uint64_t tag;
    bool busy;
};

struct subscription { /* Paho's context of one */
    struct mqtt *mqtt;
    int number;
};

struct mqtt {
    MQTTAsync client;
    struct subscription subscription[MQTT_SUBSCRIPTIONS];
    struct mqtt_params params;
    struct mqtt_box *box; /* of received messages */
    char *client_id, *ca_file, *cert_file, *key_file, *will_topic, *will_payload;

    pthread_mutex_t lock; /* of what follows */
    struct unacked unacked[MQTT_MAX_UNACKED];
    struct mqtt_note note[NOTES];
    size_t first_note, n_notes;
    char tls_error[MQTT_TEXT_SIZE];
};

static void wake(struct mqtt *m)
{
    uint64_t one = 1;
    if (write(m->params.wake_fd, &one, sizeof(one)) < 0)
        return; /* the counter is full: the thread is awake anyway */
}

static void put(struct mqtt *m, const struct mqtt_note *note)
{
    pthread_mutex_lock(&m->lock);
    if (m->n_notes < NOTES)
        m->note[(m->first_note + m->n_notes++) % NOTES] = *note;
    pthread_mutex_unlock(&m->lock);
    wake(m);
}

/* --- what Paho says ---------------------------------------------------------- */

static void connect_failed(struct mqtt *m, int code, const char *message)
{
    struct mqtt_note n = {.type = MQTT_UNREACHABLE, .code = code};
    const char *refusal = mqtt_refusal(m->params.v5, code, MQTTReasonCode_toString((enum MQTTReasonCodes)code));
    char tls[MQTT_TEXT_SIZE];
    pthread_mutex_lock(&m->lock);
    snprintf(tls, sizeof(tls), "%.120s", m->tls_error);
    m->tls_error[0] = '\0';
    pthread_mutex_unlock(&m->lock);
    if (refusal)
        snprintf(n.text, sizeof(n.text), "refused: %.120s", refusal);
    else if (tls[0])
        snprintf(n.text, sizeof(n.text), "TLS: %.120s%s", tls,
                 clock_synced() ? "" : "; the clock of this box is not synchronised");
    else if (message && strstr(message, "timeout"))
        snprintf(n.text, sizeof(n.text), "no answer");
    else if (m->params.url.tls) /* the library does not tell these apart */
        snprintf(n.text, sizeof(n.text), "not reachable, speaks no TLS, or its certificate does not hold the name %.60s",
                 m->params.url.host);
    else
        snprintf(n.text, sizeof(n.text), "not reachable");
    put(m, &n);
}

static void on_connected(void *context, MQTTAsync_successData *data)
{
    put(context, &(struct mqtt_note){.type = MQTT_CONNECTED, .receive_max = 65535});
}

static void on_connected5(void *context, MQTTAsync_successData5 *data)
{
    struct mqtt_note n = {.type = MQTT_CONNECTED, .receive_max = 65535};
    int max = MQTTProperties_getNumericValue(&data->properties, MQTTPROPERTY_CODE_RECEIVE_MAXIMUM);
    if (max > 0 && max < n.receive_max)
        n.receive_max = max;
    put(context, &n);
}

static void on_unreachable(void *context, MQTTAsync_failureData *data)
{
    connect_failed(context, data->code, data->message);
}

static void on_unreachable5(void *context, MQTTAsync_failureData5 *data)
{
    connect_failed(context, data->code, data->message);
}

static void on_lost(void *context, char *cause)
{
    put(context, &(struct mqtt_note){.type = MQTT_LOST, .text = "connection lost"});
}

/* The broker said goodbye (MQTT 5), for instance because somebody else took the client id. */
static void on_goodbye(void *context, MQTTProperties *properties, enum MQTTReasonCodes code)
{
    struct mqtt_note n = {.type = MQTT_LOST, .code = code};
    snprintf(n.text, sizeof(n.text), "closed by the broker: %s%s", MQTTReasonCode_toString(code),
             code == MQTTREASONCODE_SESSION_TAKEN_OVER
                 ? "; is there a second one with the same mqtt.client_id?"
                 : "");
    put(context, &n);
}

static void on_disconnected(void *context, MQTTAsync_successData *data)
{
    put(context, &(struct mqtt_note){.type = MQTT_LOST, .text = "disconnected"});
}

static void on_disconnected5(void *context, MQTTAsync_successData5 *data)
{
    on_disconnected(context, NULL);
}

static void finish(struct unacked *u, enum mqtt_note_type type, int code)
{
    struct mqtt *m = u->mqtt;
    struct mqtt_note n = {.type = type, .code = code};
    if (code >= 128)
        snprintf(n.text, sizeof(n.text), "%s", MQTTReasonCode_toString((enum MQTTReasonCodes)code));
    pthread_mutex_lock(&m->lock);
    bool busy = u->busy;
    n.tag = u->tag;
    u->busy = false;
    pthread_mutex_unlock(&m->lock);
    if (busy)
        put(m, &n);
}

static void on_acked(void *context, MQTTAsync_successData *data)
{
    finish(context, MQTT_ACKED, 0);
}

static void on_acked5(void *context, MQTTAsync_successData5 *data)
{
    finish(context, MQTT_ACKED, 0);
}

static void on_failed(void *context, MQTTAsync_failureData *data)
{
    finish(context, MQTT_FAILED, -1);
}

static void on_failed5(void *context, MQTTAsync_failureData5 *data)
{
    finish(context, MQTT_FAILED, data->reasonCode >= 128 ? (int)data->reasonCode : -1);
}

static void on_subscribed(void *context, MQTTAsync_successData *data)
{
    const struct subscription *of = context;
    put(of->mqtt, &(struct mqtt_note){.type = MQTT_SUBSCRIBED, .tag = (uint64_t)of->number});
}

static void on_subscribed5(void *context, MQTTAsync_successData5 *data)
{
    on_subscribed(context, NULL);
}

static void not_subscribed(const struct subscription *of, int code, const char *text)
{
    struct mqtt_note n = {.type = MQTT_NOT_SUBSCRIBED, .tag = (uint64_t)of->number, .code = code};
    snprintf(n.text, sizeof(n.text), "%s", text);
    put(of->mqtt, &n);
}

static void on_not_subscribed(void *context, MQTTAsync_failureData *data)
{
    not_subscribed(context, data->code, "not allowed");
}

static void on_not_subscribed5(void *context, MQTTAsync_failureData5 *data)
{
    not_subscribed(context, data->reasonCode, MQTTReasonCode_toString(data->reasonCode));
}

static int on_tls_error(const char *text, size_t size, void *context)
{
    struct mqtt *m = context;
    char found[sizeof(m->tls_error)];
    if (!mqtt_tls_error(text, size, found, sizeof(found)))
        return 0;
    pthread_mutex_lock(&m->lock);
    memcpy(m->tls_error, found, sizeof(found));
    pthread_mutex_unlock(&m->lock);
    return 0;
}

static void take_binary(MQTTProperties *properties, enum MQTTPropertyCodes code, char *ret, int size,
                        int *ret_size)
{
    MQTTProperty *p = MQTTProperties_getProperty(properties, code);
    *ret_size = 0;
    if (!p || p->value.data.len > size)
        return;
    memcpy(ret, p->value.data.data, (size_t)p->value.data.len);
    *ret_size = p->value.data.len;
}

static int on_message(void *context, char *topic, int topic_size, MQTTAsync_message *message)
{
    struct mqtt *m = context;
    size_t size = topic_size > 0 ? (size_t)topic_size : strlen(topic);
    bool good = size < 256 && message->payloadlen >= 0 && message->payloadlen < MQTT_PAYLOAD_SIZE &&
                (message->payloadlen == 0 || !memchr(message->payload, 0, (size_t)message->payloadlen));
    if (good) {
        struct mqtt_received r = {.retained = message->retained};
        memcpy(r.topic, topic, size);
        if (message->payloadlen > 0)
            memcpy(r.payload, message->payload, (size_t)message->payloadlen);
        int length = 0;
        if (m->params.v5) {
            take_binary(&message->properties, MQTTPROPERTY_CODE_RESPONSE_TOPIC, r.response_topic,
                        sizeof(r.response_topic) - 1, &length);
            take_binary(&message->properties, MQTTPROPERTY_CODE_CORRELATION_DATA, r.correlation,
                        sizeof(r.correlation), &r.correlation_size);
        }
        mqtt_box_put(m->box, &r);
    }
    MQTTAsync_freeMessage(&message);
    MQTTAsync_free(topic);
    wake(m);
    return 1;
}

/* --- what we say to Paho ----------------------------------------------------- */

static bool copy_text(char **ret, const char *text)
{
    *ret = text ? strdup(text) : NULL;
    return !text || *ret;
}

int mqtt_new(const struct mqtt_params *p, struct mqtt **ret, struct reason *why)
{
    struct mqtt *m = calloc(1, sizeof(*m));
    if (!m)
        return reason_set(why, ENOMEM, "no memory");
    pthread_mutex_init(&m->lock, NULL);
    m->params = *p;
    for (size_t i = 0; i < MQTT_MAX_UNACKED; i++)
        m->unacked[i].mqtt = m;
    for (int i = 0; i < MQTT_SUBSCRIPTIONS; i++)
        m->subscription[i] = (struct subscription){m, i};
    m->box = mqtt_box_new(p->room ? p->room : ROOM);
    if (!m->box || !copy_text(&m->client_id, p->client_id) || !copy_text(&m->ca_file, p->ca_file) ||
        !copy_text(&m->cert_file, p->cert_file) || !copy_text(&m->key_file, p->key_file) ||
        !copy_text(&m->will_topic, p->will_topic) || !copy_text(&m->will_payload, p->will_payload)) {
        mqtt_free(m);
        return reason_set(why, ENOMEM, "no memory");
    }
    static const char *const PROXIES[] = {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"};
    for (size_t i = 0; i < ARRAY_SIZE(PROXIES); i++)
        unsetenv(PROXIES[i]);
    signal(SIGPIPE, SIG_IGN);

    const struct mqtt_url *u = &m->params.url;
    bool v6 = strchr(u->host, ':');
    char uri[600];
    snprintf(uri, sizeof(uri), "%s%s%s%s:%d%s",
             u->websocket ? (u->tls ? "wss://" : "ws://") : (u->tls ? "ssl://" : "tcp://"),
             v6 ? "[" : "", u->host, v6 ? "]" : "", u->port, u->path);
    MQTTAsync_createOptions options = MQTTAsync_createOptions_initializer5;
    options.MQTTVersion = p->v5 ? MQTTVERSION_5 : MQTTVERSION_3_1_1;
    options.maxBufferedMessages = MQTT_MAX_UNACKED * 2;
    int code = MQTTAsync_createWithOptions(&m->client, uri, m->client_id, MQTTCLIENT_PERSISTENCE_NONE,
                                           NULL, &options);
    if (code == MQTTASYNC_SUCCESS)
        code = MQTTAsync_setCallbacks(m->client, m, on_lost, on_message, NULL);
    if (code == MQTTASYNC_SUCCESS && p->v5)
        code = MQTTAsync_setDisconnected(m->client, m, on_goodbye);
    if (code != MQTTASYNC_SUCCESS) {
        mqtt_free(m);
        return reason_set(why, EINVAL, "MQTT client for %s: %s", uri, MQTTAsync_strerror(code));
    }
    *ret = m;
    return 0;
}

void mqtt_free(struct mqtt *m)
{
    if (!m)
        return;
    if (m->client)
        MQTTAsync_destroy(&m->client);
    pthread_mutex_destroy(&m->lock);
    mqtt_box_free(m->box);
    free(m->client_id);
    free(m->ca_file);
    free(m->cert_file);
    free(m->key_file);
    free(m->will_topic);
    free(m->will_payload);
    free(m);
}

int mqtt_connect(struct mqtt *m, const char *username, const char *password, struct reason *why)
{
    static const MQTTAsync_connectOptions PLAIN[2][2] = {
        {MQTTAsync_connectOptions_initializer, MQTTAsync_connectOptions_initializer_ws},
        {MQTTAsync_connectOptions_initializer5, MQTTAsync_connectOptions_initializer5_ws},
    };
    MQTTAsync_connectOptions options = PLAIN[m->params.v5][m->params.url.websocket];
    MQTTAsync_willOptions will = MQTTAsync_willOptions_initializer;
    MQTTAsync_SSLOptions tls = MQTTAsync_SSLOptions_initializer;
    options.keepAliveInterval = m->params.keep_alive_s;
    options.connectTimeout = m->params.connect_deadline_s;
    options.automaticReconnect = 0;
    options.username = username;
    options.password = password;
    options.context = m;
    if (m->params.v5) {
        options.onSuccess5 = on_connected5;
        options.onFailure5 = on_unreachable5;
    } else {
        options.MQTTVersion = MQTTVERSION_3_1_1;
        options.onSuccess = on_connected;
        options.onFailure = on_unreachable;
    }
    if (m->will_topic) {
        will.topicName = m->will_topic;
        will.message = m->will_payload;
        will.qos = 1;
        will.retained = 1;
        options.will = &will;
    }
    if (m->params.url.tls) {
        tls.trustStore = m->ca_file;
        tls.keyStore = m->cert_file;
        tls.privateKey = m->key_file;
        tls.verify = 1;
        tls.ssl_error_cb = on_tls_error;
        tls.ssl_error_context = m;
        options.ssl = &tls;
    }
    int code = MQTTAsync_connect(m->client, &options);
    if (code != MQTTASYNC_SUCCESS && code != MQTTASYNC_COMMAND_IGNORED) /* that: it is at it still */
        return reason_set(why, EINVAL, "%s", MQTTAsync_strerror(code));
    return 0;
}

void mqtt_disconnect(struct mqtt *m, bool with_will)
{
    MQTTAsync_disconnectOptions options = MQTTAsync_disconnectOptions_initializer5;
    options.context = m;
    if (with_will)
        options.reasonCode = MQTTREASONCODE_DISCONNECT_WITH_WILL_MESSAGE;
    if (m->params.v5)
        options.onSuccess5 = on_disconnected5;
    else
        options.onSuccess = on_disconnected;
    if (MQTTAsync_disconnect(m->client, &options) != MQTTASYNC_SUCCESS)
        put(m, &(struct mqtt_note){.type = MQTT_LOST, .text = "disconnected"});
}

static struct unacked *unacked_new(struct mqtt *m, uint64_t tag)
{
    struct unacked *u = NULL;
    pthread_mutex_lock(&m->lock);
    for (size_t i = 0; i < MQTT_MAX_UNACKED && !u; i++)
        if (!m->unacked[i].busy)
            u = &m->unacked[i];
    if (u) {
        u->busy = true;
        u->tag = tag;
    }
    pthread_mutex_unlock(&m->lock);
    return u;
}

static int errno_of(int code)
{
    return code == MQTTASYNC_SUCCESS                  ? 0
           : code == MQTTASYNC_DISCONNECTED           ? -ENOTCONN
           : code == MQTTASYNC_MAX_BUFFERED_MESSAGES  ? -EAGAIN
           : code == MQTTASYNC_NO_MORE_MSGIDS         ? -EAGAIN
           : code == MQTTASYNC_BAD_UTF8_STRING        ? -EINVAL
                                                      : -ENOMEM;
}

static void add_data(MQTTProperties *to, enum MQTTPropertyCodes code, const void *data, int size)
{
    MQTTProperty property = {.identifier = code};
    property.value.data.data = (char *)data;
    property.value.data.len = size;
    MQTTProperties_add(to, &property);
}

static void add_properties(MQTTProperties *to, const struct mqtt_publication *p)
{
    MQTTProperty text = {.identifier = MQTTPROPERTY_CODE_PAYLOAD_FORMAT_INDICATOR, .value.byte = 1};
    MQTTProperty expiry = {.identifier = MQTTPROPERTY_CODE_MESSAGE_EXPIRY_INTERVAL,
                           .value.integer4 = (unsigned int)p->expiry_s};
    MQTTProperties_add(to, &text);
    if (p->size > 0 && *(const char *)p->payload == '{')
        add_data(to, MQTTPROPERTY_CODE_CONTENT_TYPE, "application/json", 16);
    if (p->expiry_s > 0)
        MQTTProperties_add(to, &expiry);
    if (p->correlation_size > 0)
        add_data(to, MQTTPROPERTY_CODE_CORRELATION_DATA, p->correlation, p->correlation_size);
}

int mqtt_publish(struct mqtt *m, const struct mqtt_publication *p, uint64_t tag)
{
    struct unacked *u = unacked_new(m, tag);
    if (!u)
        return -EAGAIN;
    MQTTAsync_responseOptions options = MQTTAsync_responseOptions_initializer;
    options.context = u;
    if (m->params.v5) {
        options.onSuccess5 = on_acked5;
        options.onFailure5 = on_failed5;
        add_properties(&options.properties, p);
    } else {
        options.onSuccess = on_acked;
        options.onFailure = on_failed;
    }
    int code = MQTTAsync_send(m->client, p->topic, (int)p->size, p->payload, 1, p->retained, &options);
    MQTTProperties_free(&options.properties);
    if (code != MQTTASYNC_SUCCESS) {
        pthread_mutex_lock(&m->lock);
        u->busy = false;
        pthread_mutex_unlock(&m->lock);
    }
    return errno_of(code);
}

int mqtt_subscribe(struct mqtt *m, const char *filter, int number)
{
    MQTTAsync_responseOptions options = MQTTAsync_responseOptions_initializer;
    options.context = &m->subscription[number];
    if (m->params.v5) {
        options.onSuccess5 = on_subscribed5;
        options.onFailure5 = on_not_subscribed5;
    } else {
        options.onSuccess = on_subscribed;
        options.onFailure = on_not_subscribed;
    }
    return errno_of(MQTTAsync_subscribe(m->client, filter, 1, &options));
}

/* --- the boxes --------------------------------------------------------------- */

bool mqtt_take(struct mqtt *m, struct mqtt_note *ret)
{
    pthread_mutex_lock(&m->lock);
    bool any = m->n_notes > 0;
    if (any) {
        *ret = m->note[m->first_note];
        m->first_note = (m->first_note + 1) % NOTES;
        m->n_notes--;
    }
    pthread_mutex_unlock(&m->lock);
    return any;
}

bool mqtt_take_message(struct mqtt *m, struct mqtt_received *ret)
{
    return mqtt_box_take(m->box, ret);
}

uint64_t mqtt_lost(struct mqtt *m)
{
    return mqtt_box_lost(m->box);
}
