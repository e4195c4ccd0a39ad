#include "daemon/broker.h"
#include "daemon/chance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MS INT64_C(1000000)

enum {
    HEALTHY_MS = 60000,
    SHORT_MS = 10000,
    CLOSE_DEADLINE_MS = 5000,
    STUCK_MS = 60000, /* Paho neither connected nor failed: wake it */
    TAKEN_OVER = 142, /* reason code: somebody else has come with our client id */
    MANY = 32,        /* failures: the longest wait */
    TLS_FILES = 3,
    CAUSE_SIZE = 480,
};

struct broker {
    struct mqtt *mqtt;
    struct settings *secrets; /* what settings_secret() needs, and no more */
    char *username, *password_file;
    char *tls_file[TLS_FILES];            /* NULL: none */
    struct timespec tls_time[TLS_FILES];  /* as of the last try */
    char name[320]; /* for people: mqtt://host:1883 */
    int64_t backoff_min_ms, backoff_max_ms;

    enum broker_state state;
    bool closed;
    int64_t due_ns;    /* idle: next try; connecting, closing: deadline */
    int64_t online_ns; /* since */
    int failures;      /* running */
    int short_lived;   /* connections, running, that ended within SHORT_MS */
    int receive_max;
    uint64_t connects, changes;
    char dropped[128]; /* why we close */
    char cause[CAUSE_SIZE]; /* of the last change, without the wait */
    char text[REASON_SIZE];
};

/* --- building ---------------------------------------------------------------- */

static int find_file(const struct settings *s, const char *key, const char *file, char **ret,
                     struct reason *why)
{
    int r = file ? settings_tls_file(s, key, file, ret, why) : 0;
    if (r < 0)
        reason_prefix(why, r, "mqtt.tls.%s", key);
    return r < 0 && r != -ENOMEM ? -EINVAL : r;
}

/* Its files into ret: ca, cert, key; NULL stays what is not wanted. */
static int find_tls(const struct settings *all, const struct mqtt_url *url, char *ret[TLS_FILES],
                    struct reason *why)
{
    const struct settings_mqtt *s = &all->mqtt;
    if (!url->tls)
        return 0;
    int r = find_file(all, "ca_file", s->tls_ca_file, &ret[0], why);
    if (r >= 0)
        r = find_file(all, "cert_file", s->tls_cert_file, &ret[1], why);
    if (r >= 0)
        r = find_file(all, "key_file", s->tls_key_file, &ret[2], why);
    if (r >= 0 && s->tls_key_file && !s->tls_cert_file)
        r = reason_set(why, EINVAL, "mqtt.tls.key_file without mqtt.tls.cert_file");
    /* Paho checks the certificate against the host that it connects to, and only that. */
    if (r >= 0 && s->tls_server_name && strcasecmp(s->tls_server_name, url->host) != 0)
        r = reason_set(why, EINVAL,
                       "mqtt.tls.server_name %s differs from the host of mqtt.url, which the MQTT "
                       "library cannot do: write the name into mqtt.url and its address into /etc/hosts",
                       s->tls_server_name);
    return r;
}

static bool copy_text(char **ret, const char *text)
{
    *ret = text ? strdup(text) : NULL;
    return !text || *ret;
}

static int copy_settings(struct broker *b, const struct settings *s)
{
    b->secrets = calloc(1, sizeof(*b->secrets));
    if (!b->secrets || !copy_text(&b->username, s->mqtt.username) ||
        !copy_text(&b->password_file, s->mqtt.password_file))
        return -ENOMEM;
    if (s->n_files > 0) {
        if (!copy_text(&b->secrets->file[0], s->file[0]))
            return -ENOMEM;
        b->secrets->n_files = 1;
    }
    return 0;
}

int broker_new(const struct broker_params *p, struct broker **ret, struct reason *why)
{
    const struct settings_mqtt *s = &p->settings->mqtt;
    char client_id[160];
    struct mqtt_params params = {
        .client_id = s->client_id,
        .v5 = s->version == MQTT_VERSION_5,
        .will_topic = p->will_topic,
        .will_payload = "offline",
        .keep_alive_s = (int)((s->keep_alive_ms + 999) / 1000),
        .connect_deadline_s = (int)((p->connect_deadline_ms + 999) / 1000),
        .wake_fd = p->wake_fd,
    };
    int r = mqtt_url_parse(s->url, &params.url, why);
    if (r < 0)
        return r;
    if (!s->client_id) {
        snprintf(client_id, sizeof(client_id), "%s-%s", s->prefix, p->settings->node);
        params.client_id = client_id;
    }
    struct broker *b = calloc(1, sizeof(*b));
    if (!b)
        return reason_set(why, ENOMEM, "no memory");
    b->backoff_min_ms = p->backoff_min_ms;
    b->backoff_max_ms = p->backoff_max_ms;
    snprintf(b->name, sizeof(b->name), "%s://%s:%d",
             params.url.websocket ? (params.url.tls ? "wss" : "ws")
                                  : (params.url.tls ? "mqtts" : "mqtt"),
             params.url.host, params.url.port);
    snprintf(b->text, sizeof(b->text), "not yet connected");
    r = find_tls(p->settings, &params.url, b->tls_file, why);
    params.ca_file = b->tls_file[0];
    params.cert_file = b->tls_file[1];
    params.key_file = b->tls_file[2];
    if (r >= 0 && (r = copy_settings(b, p->settings)) < 0)
        reason_set(why, -r, "no memory");
    if (r >= 0)
        r = mqtt_new(&params, &b->mqtt, why);
    if (r < 0) {
        broker_free(b);
        return r;
    }
    *ret = b;
    return 0;
}

void broker_free(struct broker *b)
{
    if (!b)
        return;
    mqtt_free(b->mqtt);
    if (b->secrets)
        free(b->secrets->file[0]);
    free(b->secrets);
    free(b->username);
    free(b->password_file);
    for (size_t i = 0; i < TLS_FILES; i++)
        free(b->tls_file[i]);
    free(b);
}

/* --- changes ----------------------------------------------------------------- */

static int64_t next_wait_ms(const struct broker *b)
{
    int64_t wait_ms = b->backoff_min_ms;
    for (int i = 1; i < b->failures && wait_ms < b->backoff_max_ms; i++)
        wait_ms *= 2;
    if (wait_ms > b->backoff_max_ms)
        wait_ms = b->backoff_max_ms;
    return wait_ms / 2 + chance_below(wait_ms / 2 + 1);
}

/* A cause that repeats itself changes the text but is not worth another line. */
static void say(struct broker *b, const char *cause, int64_t wait_ms)
{
    if (strcmp(b->cause, cause) != 0) {
        snprintf(b->cause, sizeof(b->cause), "%s", cause);
        b->changes++;
    }
    if (wait_ms >= 0)
        snprintf(b->text, sizeof(b->text), "%s, next try in %.1f s", b->cause, (double)wait_ms / 1000);
    else
        snprintf(b->text, sizeof(b->text), "%s", b->cause);
}

static void to_idle(struct broker *b, const char *detail, int64_t now_ns)
{
    char cause[CAUSE_SIZE];
    if (b->state == BROKER_ONLINE && now_ns - b->online_ns >= HEALTHY_MS * MS)
        b->failures = 0;
    b->failures++;
    b->state = BROKER_IDLE;
    int64_t wait_ms = next_wait_ms(b);
    b->due_ns = b->closed ? INT64_MAX : now_ns + wait_ms * MS;
    snprintf(cause, sizeof(cause), "%.90s: %.370s", b->name, detail);
    say(b, cause, b->closed ? -1 : wait_ms);
}

/* Looks when the TLS files were changed; true: another time than before. */
static bool look_at_tls(struct broker *b)
{
    bool other = false;
    for (size_t i = 0; i < TLS_FILES; i++) {
        struct stat st = {0};
        if (!b->tls_file[i] || stat(b->tls_file[i], &st) < 0)
            continue;
        other |= memcmp(&st.st_mtim, &b->tls_time[i], sizeof(st.st_mtim)) != 0;
        b->tls_time[i] = st.st_mtim;
    }
    return other;
}

static void try_connect(struct broker *b, int64_t now_ns)
{
    (void)look_at_tls(b); /* Paho reads them for each connection */
    struct reason why = {0};
    char *password = NULL;
    int r = 0;
    if (b->password_file) /* read each time, so a corrected file needs no restart */
        r = settings_secret(b->secrets, b->password_file, &password, &why);
    if (r >= 0)
        r = mqtt_connect(b->mqtt, b->username, password, &why);
    secret_free(password);
    if (r < 0) {
        to_idle(b, why.text, now_ns);
        return;
    }
    b->state = BROKER_CONNECTING;
    b->due_ns = now_ns + STUCK_MS * MS;
}

int64_t broker_step(struct broker *b, int64_t now_ns)
{
    if (now_ns >= b->due_ns) {
        if (b->state == BROKER_IDLE || b->state == BROKER_CONNECTING)
            try_connect(b, now_ns);
        else if (b->state == BROKER_CLOSING)
            to_idle(b, b->dropped, now_ns);
        else
            b->due_ns = INT64_MAX;
    }
    return b->due_ns;
}

static bool connected(struct broker *b, const struct mqtt_note *n, int64_t now_ns)
{
    char cause[CAUSE_SIZE];
    if (b->state != BROKER_CONNECTING)
        return false;
    if (b->closed) { /* too late: `online` must not be said any more */
        b->state = BROKER_ONLINE;
        broker_drop(b, "disconnected", now_ns);
        return false;
    }
    b->state = BROKER_ONLINE;
    b->due_ns = INT64_MAX;
    b->online_ns = now_ns;
    b->receive_max = n->receive_max;
    b->connects++;
    snprintf(cause, sizeof(cause), "connected to %.200s", b->name);
    say(b, cause, -1);
    return true;
}

/* Brokers that say nothing when somebody else takes the client id leave us to guess. */
static void lost(struct broker *b, const struct mqtt_note *n, int64_t now_ns)
{
    const char *text = n->text;
    char guess[160];
    b->short_lived = now_ns - b->online_ns < SHORT_MS * MS ? b->short_lived + 1 : 0;
    if (b->short_lived >= 3 && !strstr(text, "client_id")) {
        snprintf(guess, sizeof(guess), "%.50s again soon; is there a second one with the same "
                                       "mqtt.client_id?", text);
        text = guess;
    }
    if (n->code == TAKEN_OVER) {
        b->failures = MANY;
        b->online_ns = now_ns; /* however long it was well */
    }
    to_idle(b, text, now_ns);
}

bool broker_note(struct broker *b, const struct mqtt_note *n, int64_t now_ns)
{
    bool was_online = b->state == BROKER_ONLINE;
    switch (n->type) {
    case MQTT_CONNECTED:
        return connected(b, n, now_ns);
    case MQTT_UNREACHABLE:
        if (b->state == BROKER_CONNECTING)
            to_idle(b, n->text, now_ns);
        return false;
    case MQTT_LOST:
        if (was_online)
            lost(b, n, now_ns);
        else if (b->state == BROKER_CLOSING)
            to_idle(b, b->dropped, now_ns);
        return was_online;
    default:
        return false;
    }
}

static void drop(struct broker *b, const char *reason, bool with_will, int64_t now_ns)
{
    if (b->state != BROKER_ONLINE)
        return;
    snprintf(b->dropped, sizeof(b->dropped), "%s", reason);
    if (now_ns - b->online_ns >= HEALTHY_MS * MS)
        b->failures = 0;
    b->state = BROKER_CLOSING;
    b->due_ns = now_ns + CLOSE_DEADLINE_MS * MS;
    mqtt_disconnect(b->mqtt, with_will);
}

void broker_drop(struct broker *b, const char *reason, int64_t now_ns)
{
    drop(b, reason, true, now_ns);
}

void broker_refresh(struct broker *b, int64_t now_ns)
{
    if (b->state == BROKER_IDLE && !b->closed) {
        b->failures = 0;
        b->due_ns = now_ns;
    } else if (b->state == BROKER_ONLINE && look_at_tls(b)) {
        b->failures = 0;
        broker_drop(b, "the TLS files were replaced", now_ns);
    }
}

void broker_close(struct broker *b, bool parted, int64_t now_ns)
{
    b->closed = true;
    if (b->state == BROKER_ONLINE)
        drop(b, "disconnected", !parted, now_ns);
    else if (b->state == BROKER_IDLE)
        b->due_ns = INT64_MAX;
}

enum broker_state broker_state(const struct broker *b)
{
    return b->state;
}

struct mqtt *broker_mqtt(struct broker *b)
{
    return b->mqtt;
}

int broker_receive_max(const struct broker *b)
{
    return b->receive_max;
}

uint64_t broker_connects(const struct broker *b)
{
    return b->connects;
}

const char *broker_text(const struct broker *b, uint64_t *ret_changes)
{
    *ret_changes = b->changes;
    return b->text;
}
