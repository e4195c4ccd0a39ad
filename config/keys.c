#include "config/keys.h"

#include <stdio.h>
#include <string.h>

#include "config/guess.h"
#include "config/settings.h"

/* The C type behind each type of key. KEY() takes the address of the field and lets
 * _Generic pick: without a match there is nothing to pick, and the row is an error. */
#define TYPE_OF_KEY_STRING char *
#define TYPE_OF_KEY_WORD char *
#define TYPE_OF_KEY_ENUM enum mqtt_version
#define TYPE_OF_KEY_BOOL bool
#define TYPE_OF_KEY_INT int64_t
#define TYPE_OF_KEY_DOUBLE double
#define TYPE_OF_KEY_DURATION int64_t
#define TYPE_OF_KEY_SIZE int64_t
#define TYPE_OF_KEY_RATE struct rate
#define TYPE_OF_KEY_STRINGS struct strings
#define TYPE_OF_KEY_THRESHOLDS struct thresholds
#define TYPE_OF_KEY_SENSITIVITY struct sensitivity
#define TYPE_OF_KEY_SCHEDULED struct scheduled

#define FIELD(T, t, f)                                                                             \
    .type = t, .offset = _Generic(&((struct T *)0)->f, TYPE_OF_##t * : offsetof(struct T, f))
#define NODE(p, t, f) .path = p, .scope = KEY_NODE, FIELD(settings, t, f)
#define SOURCE(p, t, f) .path = p, .scope = KEY_SOURCE, FIELD(settings_source, t, f)
#define SHARED(p, t, f) .path = p, .scope = KEY_SHARED, FIELD(settings_source, t, f)

#define MS(s) ((double)(s)*1000)
#define DAY_S 86400.0

const struct key keys[] = {
    {NODE("node", KEY_STRING, node), .check = check_name, .fallback = "null", .example = "gate-3",
     .absent = "the host name",
     .help = "Name of this node: the second part of every topic, so each node of a broker needs "
             "its own"},

    {SOURCE("url", KEY_STRING, url), .check = check_source_url, .reloadable = true, .reopens = true,
     .example = "rtsp://cam2.lan/stream1",
     .help = "What to listen to: alsa:DEVICE, pipe:- or pipe:/path (WAV, or raw 16-bit mono PCM at "
             "16 kHz), rtsp:// rtsps:// http:// https:// or file:/path (a recording, "
             "played in its own time, again and again)"},
    {SOURCE("username", KEY_STRING, username), .fallback = "null", .example = "viewer",
     .absent = "none", .reloadable = true, .reopens = true,
     .help = "User name for the camera or server"},
    {SOURCE("password_file", KEY_STRING, password_file), .fallback = "null", .example = "cam2.pass",
     .absent = "none", .reloadable = true, .reopens = true,
     .help = "File that holds the password; a name without a / is a systemd credential or a file "
             "beside the main configuration file"},
    {SHARED("sensitivity", KEY_SENSITIVITY, sensitivity), .fallback = "medium", .reloadable = true,
     .help = "How willing to flag: low, medium, high, or the false alarms to put up with, such as "
             "1/day"},
    {SHARED("labels", KEY_STRINGS, labels), .check = check_label, .fallback = "[]",
     .example = "[threat, abuse, hate, order, aggressive_voice]", .reloadable = true,
     .help = "Labels that may raise a flag; an empty list means all that the model has"},
    {SHARED("thresholds", KEY_THRESHOLDS, thresholds), .check = check_label, .fallback = "{}",
     .example = "{threat: 0.8}", .min = 0, .max = 1, .reloadable = true,
     .help = "Probability from which a label counts, over what sensitivity says; a source adds to "
             "and changes what defaults has, label by label"},
    {SHARED("thresholds_at", KEY_SCHEDULED, thresholds_at), .check = check_label, .fallback = "{}",
     .example = "{\"Mon-Fri 22:00-06:00\": {threat: 0.6}}", .min = 0, .max = 1, .reloadable = true,
     .help = "Thresholds in spans of local time, over all others; the first span that fits wins, "
             "and a source's replace those of defaults"},
    {SHARED("hop", KEY_INT, hop), .min = 1, .max = 64, .unit = "tokens", .fallback = "4",
     .reloadable = true,
     .help = "Tokens (40 ms each with the shipped model) between two looks; fewer is quicker and "
             "costs more"},
    {SHARED("hold", KEY_DURATION, hold_ms), .min = 100, .max = MS(3600), .fallback = "2s",
     .reloadable = true, .help = "How long under threshold before an event ends"},
    {SHARED("min_windows", KEY_INT, min_windows), .min = 1, .max = 32, .unit = "windows",
     .fallback = "2", .reloadable = true,
     .help = "Windows over threshold, one after the other, that start an event"},
    {SHARED("gate_dbfs", KEY_DOUBLE, gate_dbfs), .min = -120, .max = 0, .unit = "dBFS",
     .fallback = "-60", .reloadable = true,
     .help = "What is quieter than this is not looked at; the first word is kept all the same"},
    {SHARED("max_events", KEY_RATE, max_events), .min = 0, .max = 10000, .fallback = "10/min",
     .reloadable = true, .help = "Events a source may start; what is over is counted, not sent"},
    {SHARED("mute", KEY_STRINGS, mute), .check = check_mute, .fallback = "[]",
     .example = "[\"Mon-Fri 08:00-16:00\"]", .reloadable = true,
     .help = "Spans of local time in which nothing is flagged"},
    {SHARED("scores", KEY_BOOL, scores), .fallback = "false", .reloadable = true,
     .help = "true: the scores of the last window are published, twice a second at most, for looking "
             "on while thresholds are sought"},
    {SHARED("enabled", KEY_BOOL, enabled), .fallback = "true", .reloadable = true, .reopens = true,
     .help = "false: the source is not opened, and its state says disabled"},

    {NODE("mqtt.url", KEY_STRING, mqtt.url), .check = check_mqtt_url,
     .fallback = "mqtt://localhost:1883", .example = "mqtts://broker.example.org",
     .help = "The broker: mqtt:// or ws://, with TLS mqtts:// or wss://"},
    {NODE("mqtt.username", KEY_STRING, mqtt.username), .fallback = "null", .example = "earshot",
     .absent = "none", .help = "User name for the broker"},
    {NODE("mqtt.password_file", KEY_STRING, mqtt.password_file), .fallback = "null",
     .example = "mqtt.pass", .absent = "none",
     .help = "File that holds the password, as for a source"},
    {NODE("mqtt.client_id", KEY_STRING, mqtt.client_id), .fallback = "null",
     .example = "earshot-gate-3", .absent = "made from prefix and node",
     .help = "MQTT client identifier; two clients of one broker must not share it"},
    {NODE("mqtt.version", KEY_ENUM, mqtt.version), .words = {"3.1.1", "5"}, .fallback = "5",
     .help = "Version of MQTT"},
    {NODE("mqtt.tls.ca_file", KEY_STRING, mqtt.tls_ca_file), .fallback = "null",
     .example = "/etc/earshot/ca.pem", .absent = "the system's authorities",
     .help = "Certificates (PEM) of the authorities that may vouch for the broker"},
    {NODE("mqtt.tls.cert_file", KEY_STRING, mqtt.tls_cert_file), .fallback = "null",
     .example = "/etc/earshot/gate-3.pem", .absent = "none",
     .help = "Certificate (PEM) that this node shows to the broker"},
    {NODE("mqtt.tls.key_file", KEY_STRING, mqtt.tls_key_file), .fallback = "null",
     .example = "/etc/earshot/gate-3.key", .absent = "none",
     .help = "Private key (PEM) of cert_file; found as a password_file is, so LoadCredential= hands "
             "the service one that only root reads"},
    {NODE("mqtt.tls.server_name", KEY_STRING, mqtt.tls_server_name), .fallback = "null",
     .example = "broker.example.org", .absent = "the host in url",
     .help = "Name that the broker's certificate must hold; it can only be the host in url"},
    {NODE("mqtt.prefix", KEY_STRING, mqtt.prefix), .check = check_name, .fallback = "earshot",
     .help = "First part of every topic"},
    {NODE("mqtt.keep_alive", KEY_DURATION, mqtt.keep_alive_ms), .min = MS(5), .max = MS(65535),
     .step = 1000, .fallback = "30s",
     .help = "How often an idle connection is tried; whole seconds"},
    {NODE("mqtt.in_flight", KEY_INT, mqtt.in_flight), .min = 1, .max = 128, .unit = "messages",
     .fallback = "16",
     .help = "Messages sent before the broker has acknowledged the first of them"},
    {NODE("mqtt.discovery.enabled", KEY_BOOL, mqtt.discovery_enabled), .fallback = "true",
     .help = "Whether Home Assistant is told of this node"},
    {NODE("mqtt.discovery.prefix", KEY_STRING, mqtt.discovery_prefix), .check = check_name,
     .fallback = "homeassistant", .help = "Topic under which Home Assistant looks for devices"},
    {NODE("mqtt.commands", KEY_STRINGS, mqtt.commands), .check = check_command,
     .fallback = "[reload, snapshot]", .reloadable = true,
     .help = "Commands taken from the broker, of: reload snapshot mute unmute test_alarm "
             "purge_discovery"},

    {NODE("model.path", KEY_STRING, model.path), .fallback = "null",
     .example = "/usr/share/earshot/hostile-en.gguf", .absent = "the shipped model",
     .help = "Model file"},
    {NODE("model.workers", KEY_INT, model.workers), .min = 1, .max = 16, .unit = "threads",
     .zero_word = "auto", .fallback = "auto", .help = "Threads that run the model"},
    {NODE("model.kernel", KEY_STRING, model.kernel), .check = check_kernel, .fallback = "auto",
     .help = "Which code runs the model; auto takes the fastest that this processor has"},

    {NODE("store.path", KEY_STRING, store.path), .fallback = "null",
     .example = "/var/lib/earshot/events.db", .absent = "events.db in the state directory",
     .help = "Where events wait for the broker, and stay as history"},
    {NODE("store.max_size", KEY_SIZE, store.max_size), .min = 1 << 20, .max = 68719476736.0,
     .fallback = "64MiB",
     .help = "Size it may grow to; then the oldest events that were sent go first"},
    {NODE("store.max_age", KEY_DURATION, store.max_age_ms), .min = MS(3600),
     .max = MS(3650 * DAY_S), .fallback = "30d",
     .help = "Age at which events that were sent are forgotten, once the clock is synchronised"},

    {NODE("health_interval", KEY_DURATION, health_interval_ms), .min = MS(1), .max = MS(DAY_S),
     .fallback = "60s", .reloadable = true, .help = "Time between two messages with figures"},
    {NODE("metrics.listen", KEY_STRING, metrics_listen), .check = check_listen, .fallback = "null",
     .example = "127.0.0.1:9464", .absent = "off",
     .help = "Address and port that serve the figures to Prometheus"},
    {NODE("log.level", KEY_WORD, log_level), .words = {"error", "warning", "info", "debug"},
     .fallback = "info", .reloadable = true, .help = "How much is logged"},
};
const size_t keys_n = ARRAY_SIZE(keys);
_Static_assert(ARRAY_SIZE(keys) <= SETTINGS_MAX_KEYS,
               "it bounds what settings remember of each key");

static bool is_in(const struct key *k, enum key_scope scope)
{
    return scope == KEY_SOURCE ? k->scope != KEY_NODE : k->scope == scope;
}

const struct key *keys_find(enum key_scope scope, const char *path)
{
    for (size_t i = 0; i < keys_n; i++)
        if (is_in(&keys[i], scope) && !strcmp(keys[i].path, path))
            return &keys[i];
    return NULL;
}

size_t keys_index(const struct key *k)
{
    return (size_t)(k - keys);
}

bool keys_is_group(const char *path)
{
    size_t n = strlen(path);
    for (size_t i = 0; i < keys_n; i++)
        if (keys[i].scope == KEY_NODE && !strncmp(keys[i].path, path, n) && keys[i].path[n] == '.')
            return true;
    return false;
}

static const char *last_part(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

/* A key that hangs together with another place of the file: as good as a typing mistake. */
static const struct key *find_elsewhere(enum key_scope scope, const char *path)
{
    for (size_t i = 0; i < keys_n; i++)
        if (!is_in(&keys[i], scope) && !strcmp(last_part(keys[i].path), last_part(path)))
            return &keys[i];
    for (size_t i = 0; i < keys_n; i++)
        if (is_in(&keys[i], scope) && !strcmp(last_part(keys[i].path), last_part(path)))
            return &keys[i];
    return NULL;
}

static void consider(const char *word, const char *candidate, size_t n, const char **best,
                     size_t *best_n, int *best_distance)
{
    char whole[GUESS_MAX_WORD];
    if (n >= sizeof(whole))
        return;
    memcpy(whole, candidate, n);
    whole[n] = '\0';
    int distance = guess_near(word, whole);
    if (distance < 0 || distance >= *best_distance)
        return;
    *best = candidate;
    *best_n = n;
    *best_distance = distance;
}

bool keys_guess(enum key_scope scope, const char *path, char *ret_path, size_t size)
{
    const char *word = last_part(path), *best = NULL;
    size_t parent = (size_t)(word - path), best_n = 0;
    int best_distance = GUESS_MAX_WORD;
    for (size_t i = 0; i < keys_n; i++) {
        const char *p = keys[i].path;
        if (is_in(&keys[i], scope) && !strncmp(p, path, parent))
            consider(word, p + parent, strcspn(p + parent, "."), &best, &best_n, &best_distance);
    }
    if (scope == KEY_NODE && parent == 0) {
        consider(word, "sources", 7, &best, &best_n, &best_distance);
        consider(word, "defaults", 8, &best, &best_n, &best_distance);
    }
    if (best) {
        snprintf(ret_path, size, "%.*s", (int)best_n, best);
        return true;
    }
    const struct key *k = find_elsewhere(scope, path);
    if (!k)
        return false;
    const char *where = k->scope == KEY_SHARED   ? "defaults."
                        : k->scope == KEY_SOURCE ? "sources.NAME."
                                                 : "";
    snprintf(ret_path, size, "%s%s", where, k->path);
    return true;
}

static void write_range(const struct key *k, char *ret_text, size_t size)
{
    char min[SCALAR_TEXT_SIZE], max[SCALAR_TEXT_SIZE];
    if (k->type == KEY_DURATION) {
        scalar_write_duration((int64_t)k->min, min);
        scalar_write_duration((int64_t)k->max, max);
    } else if (k->type == KEY_SIZE) {
        scalar_write_size((int64_t)k->min, min);
        scalar_write_size((int64_t)k->max, max);
    } else {
        scalar_write_decimal(k->min, min);
        scalar_write_decimal(k->max, max);
    }
    snprintf(ret_text, size, "%s%s%s to %s%s%s", k->zero_word ? k->zero_word : "",
             k->zero_word ? ", " : "", min, max, k->unit ? " " : "", k->unit ? k->unit : "");
}

static void write_words(const struct key *k, char *ret_text, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < KEYS_MAX_WORDS && k->words[i] && used < size; i++) {
        bool last = i + 1 == KEYS_MAX_WORDS || !k->words[i + 1];
        const char *before = i == 0 ? "" : last ? " or " : ", ";
        used += (size_t)snprintf(ret_text + used, size - used, "%s%s", before, k->words[i]);
    }
}

void keys_expected(const struct key *k, char *ret_text, size_t size)
{
    static const char *const fixed[] = {
        [KEY_STRING] = "a text",
        [KEY_BOOL] = "true or false",
        [KEY_RATE] = "a rate such as 10/min; units are s min h day",
        [KEY_STRINGS] = "a list such as [a, b]",
        [KEY_THRESHOLDS] = "a map such as {threat: 0.8}, over 0 and under 1",
        [KEY_SCHEDULED] = "a map such as {\"22:00-06:00\": {threat: 0.6}}",
        [KEY_SENSITIVITY] = "low, medium, high or a rate such as 1/day",
    };
    if (k->words[0])
        write_words(k, ret_text, size);
    else if (k->type == KEY_INT || k->type == KEY_DOUBLE || k->type == KEY_DURATION ||
             k->type == KEY_SIZE)
        write_range(k, ret_text, size);
    else
        snprintf(ret_text, size, "%s", fixed[k->type]);
}
