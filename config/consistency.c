#include "config/consistency.h"

#include <string.h>
#include <strings.h>

#include "config/keys.h"

static bool starts_with(const char *text, const char *start)
{
    return text && !strncmp(text, start, strlen(start));
}

struct place consistency_place(const struct settings *s, int source, const char *path)
{
    const struct key *k = keys_find(source == -1 ? KEY_NODE : KEY_SOURCE, path);
    const struct settings_origin *o = settings_origin(s, source, keys_index(k));
    if (o->file < 0)
        return (struct place){s->n_files ? s->file[0] : "built in", 0, 0};
    return (struct place){s->file[o->file], o->line, o->column};
}

/* The library behind MQTT connects to the name that it looks for in the certificate. */
static void check_server_name(const struct settings *s, struct settings_errors *errors)
{
    const struct settings_mqtt *m = &s->mqtt;
    const char *host = m->url ? strstr(m->url, "://") : NULL;
    if (!host || !m->tls_server_name)
        return;
    host += 3;
    bool v6 = *host == '[';
    size_t size = v6 ? strcspn(++host, "]") : strcspn(host, ":/");
    if (strlen(m->tls_server_name) == size && !strncasecmp(host, m->tls_server_name, size))
        return;
    struct place at = consistency_place(s, -1, "mqtt.tls.server_name");
    errors_add(errors, &at,
               "mqtt.tls.server_name: must be the host of mqtt.url (found \"%s\", expected \"%.*s\"): "
               "write this name into mqtt.url, and its address into /etc/hosts if no DNS knows it",
               m->tls_server_name, (int)size, host);
}

static void check_tls(const struct settings *s, struct settings_errors *errors)
{
    const struct settings_mqtt *m = &s->mqtt;
    const struct {
        const char *path, *value;
    } tls[] = {{"mqtt.tls.ca_file", m->tls_ca_file},
               {"mqtt.tls.cert_file", m->tls_cert_file},
               {"mqtt.tls.key_file", m->tls_key_file},
               {"mqtt.tls.server_name", m->tls_server_name}};
    bool secure = starts_with(m->url, "mqtts:") || starts_with(m->url, "wss:");
    for (size_t i = 0; i < ARRAY_SIZE(tls) && !secure; i++) {
        struct place at = consistency_place(s, -1, tls[i].path);
        if (tls[i].value)
            errors_add(errors, &at,
                       "%s: not used without TLS (found mqtt.url %.4s…, expected mqtts:// "
                       "or wss://)",
                       tls[i].path, m->url);
    }
    if (secure)
        check_server_name(s, errors);
    if (!m->tls_cert_file != !m->tls_key_file) {
        const char *have = m->tls_cert_file ? "mqtt.tls.cert_file" : "mqtt.tls.key_file";
        struct place at = consistency_place(s, -1, have);
        errors_add(errors, &at, "%s: half of a pair (expected cert_file and key_file together)",
                   have);
    }
}

static void check_mqtt(const struct settings *s, struct settings_errors *errors)
{
    const struct settings_mqtt *m = &s->mqtt;
    if (m->password_file && !m->username && m->version == MQTT_VERSION_3_1_1) {
        struct place at = consistency_place(s, -1, "mqtt.password_file");
        errors_add(errors, &at,
                   "mqtt.password_file: MQTT 3.1.1 takes no password without a user "
                   "(expected mqtt.username too)");
    }
}

static void check_login(const struct settings *s, int i, struct settings_errors *errors)
{
    const struct settings_source *source = &s->source[i];
    const char *have = source->password_file ? "password_file" : "username";
    bool remote = starts_with(source->url, "rtsp") || starts_with(source->url, "http");
    if (!source->username && !source->password_file)
        return;
    struct place at = consistency_place(s, i, have);
    if (!remote)
        errors_add(errors, &at, "sources.%s.%s: only rtsp and http sources have a login",
                   source->name, have);
    else if (!source->username)
        errors_add(errors, &at, "sources.%s.%s: a password without a user (expected username too)",
                   source->name, have);
}

/* Two readers of one pipe would each get half of the sound. */
static void check_pipes(const struct settings *s, int i, struct settings_errors *errors)
{
    const struct settings_source *source = &s->source[i];
    size_t n = source->url ? strcspn(source->url, "?") : 0; /* behind it stands the format */
    for (int j = 0; j < i && starts_with(source->url, "pipe:"); j++) {
        const char *other = s->source[j].url;
        if (!other || strncmp(other, source->url, n) || (other[n] && other[n] != '?'))
            continue;
        struct place at = consistency_place(s, i, "url");
        errors_add(errors, &at, "sources.%s.url: sources.%s reads this pipe already", source->name,
                   s->source[j].name);
    }
}

void consistency_check(const struct settings *s, struct settings_errors *errors)
{
    check_tls(s, errors);
    check_mqtt(s, errors);
    for (int i = 0; i < (int)s->n_sources; i++) {
        check_login(s, i, errors);
        check_pipes(s, i, errors);
    }
}
