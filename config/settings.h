/* What the operator asked for, checked and complete: the only form in which the
 * daemon sees its configuration.
 *
 * daemon/ and its tool load it; audio/ and infer/ never see it: daemon/ hands
 * them small parameter structs. Every field is filled (from a file, a drop-in or
 * the default in config/keys.c). Immutable once loaded, so any thread may read
 * it. Strings belong to the settings object. */
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include "config/errors.h"
#include "config/scalars.h"

enum {
    SETTINGS_MAX_SOURCES = 32,
    SETTINGS_MAX_LABELS = 16,
    SETTINGS_MAX_LIST = 32,
    SETTINGS_MAX_SPANS = 8,
    SETTINGS_MAX_KEYS = 64,
};

struct strings { /* a list of words */
    size_t n;
    char *item[SETTINGS_MAX_LIST];
};

struct thresholds { /* label: probability, over what sensitivity says */
    size_t n;
    struct {
        char *label;
        double probability; /* 0 < p < 1 */
    } item[SETTINGS_MAX_LABELS];
};

struct scheduled { /* thresholds in spans of local time, over all others; the first span wins */
    size_t n;
    struct {
        char *span; /* config/schedule.h */
        struct thresholds thresholds;
    } item[SETTINGS_MAX_SPANS];
};

enum sensitivity_level {
    SENSITIVITY_LOW,
    SENSITIVITY_MEDIUM,
    SENSITIVITY_HIGH,
    SENSITIVITY_BUDGET
};

struct sensitivity { /* how willing to flag: high flags more, and more falsely */
    enum sensitivity_level level;
    struct rate budget; /* false alarms, when level is SENSITIVITY_BUDGET */
};

struct settings_source {
    char *name; /* [a-z0-9_-]{1,64} */
    char *url;
    char *username;      /* NULL: none */
    char *password_file; /* NULL: none; a path or the name of a credential */
    struct sensitivity sensitivity;
    struct strings labels; /* n = 0: all that the model has */
    struct thresholds thresholds;
    struct scheduled thresholds_at;
    int64_t hop;         /* tokens between two windows, 1..64 */
    int64_t hold_ms;     /* under threshold for so long ends an event */
    int64_t min_windows; /* over threshold in so many windows running starts one */
    double gate_dbfs;    /* quieter than this is not looked at */
    struct rate max_events;
    struct strings mute; /* "Mon-Fri 08:00-16:00", local time */
    bool scores; /* the last window's are published */
    bool enabled;
};

enum mqtt_version { MQTT_VERSION_3_1_1, MQTT_VERSION_5 };

struct settings_mqtt {
    char *url;                                  /* mqtt:// mqtts:// ws:// wss:// */
    char *username, *password_file, *client_id; /* NULL: none / made from node and prefix */
    enum mqtt_version version;
    char *tls_ca_file, *tls_cert_file, *tls_key_file, *tls_server_name; /* NULL: system's / none */
    char *prefix;
    int64_t keep_alive_ms;
    int64_t in_flight;
    bool discovery_enabled;
    char *discovery_prefix;
    struct strings commands;
};

struct settings_origin { /* where a value stands */
    int file;            /* index into settings.file; -1: it is the default */
    int line, column;
};

struct settings {
    char *node; /* never NULL after load: host name by default */
    size_t n_sources;
    struct settings_source source[SETTINGS_MAX_SOURCES];
    struct settings_source defaults; /* name, url NULL */
    struct settings_mqtt mqtt;
    struct {
        char *path;      /* NULL: the shipped one */
        int64_t workers; /* 0: auto */
        char *kernel;    /* "auto" or a kernel's name */
    } model;
    struct {
        char *path;       /* NULL: events.db in the state directory */
        int64_t max_size; /* bytes */
        int64_t max_age_ms;
    } store;
    int64_t health_interval_ms;
    char *metrics_listen; /* NULL: off */
    char *log_level;
    char sha256[65]; /* of the files as read, in hex: what `state` reports */
    size_t n_files;  /* files that were read, main one first */
    char *file[SETTINGS_MAX_LIST];
    char *text[SETTINGS_MAX_LIST]; /* of each, as it was read; for config/kept.h */
    size_t n_text[SETTINGS_MAX_LIST];
    struct settings_origin *origin; /* private to config/: settings_origin() */
};

/* Reads `path` and, in lexical order, the *.yaml files of the folder conf.d
 * beside it; checks everything. On success *ret is the caller's, free it with
 * settings_free(). -EINVAL: what is wrong is in errors, every complaint at once;
 * other -errno (file cannot be read …): one entry in errors. The caller frees
 * errors with settings_errors_done() in either case. Reads files, allocates. */
int settings_load(const char *path, struct settings **ret, struct settings_errors *errors);
void settings_free(struct settings *s);

struct settings_text { /* a file that was read before; neither ends in a NUL */
    const char *name, *text;
    size_t n_name, n_text;
};

/* As settings_load(), from texts under their names: the first is the main file. */
int settings_load_texts(const struct settings_text *file, size_t n, struct settings **ret,
                        struct settings_errors *errors);

/* Where the value of keys[key] stands: of the node (source -1), of defaults (-2), or
 * of source number `source`, for which it may be a line under defaults. */
const struct settings_origin *settings_origin(const struct settings *s, int source, size_t key);

enum settings_change {
    SETTINGS_REMOVED,  /* source number `before` is there no more */
    SETTINGS_ADDED,    /* source number `after` is new */
    SETTINGS_ADJUSTED, /* what is made of its sound differs; the sound itself may go on */
    SETTINGS_REOPENED, /* it must be opened anew, or be opened or closed (enabled) */
};

struct settings_diff { /* strings belong to the keys table, or to a or b */
    size_t n_sources;  /* those that differ: first the removed, then in order of b */
    struct {
        const char *name;
        enum settings_change change;
        int before, after; /* number in a, in b; -1: not there */
    } source[2 * SETTINGS_MAX_SOURCES];
    size_t n_keys; /* of the node, "log.level", that a reload takes up */
    const char *key[SETTINGS_MAX_KEYS];
    size_t n_restart; /* of the node, that only a restart takes up */
    const char *restart[SETTINGS_MAX_KEYS];
};

/* From a to b: what a reload has to do. The number of differences, 0: none that
 * matters. That a password file holds another password is not seen. */
int settings_diff(const struct settings *a, const struct settings *b, struct settings_diff *ret);

/* The password behind a password_file: a path, or, without a '/', a file of that
 * name in $CREDENTIALS_DIRECTORY or else beside the main configuration file.
 * One trailing newline is dropped. The caller wipes and frees *ret with
 * secret_free(). -EINVAL when it is over 4 KiB or holds a NUL. */
int settings_secret(const struct settings *s, const char *password_file, char **ret,
                    struct reason *why);
/* The same of the file at that very path; why does not name it. */
int secret_read(const char *path, char **ret, struct reason *why);
void secret_free(char *secret);

/* Where the file of mqtt.tls.<key> lies: found as that of a password_file is, so that a private
 * key can be a credential of the service. The caller frees *ret_path. -EACCES, -ENOENT …: this
 * user cannot read it, and why begins with its path; -ENOMEM. */
int settings_tls_file(const struct settings *s, const char *key, const char *file, char **ret_path,
                      struct reason *why);

/* Whether that is one of systemd's credentials (NULL: no): a copy, made when the service started. */
bool settings_is_credential(const struct settings *s, const char *password_file);

/* Adds a complaint for each file with a secret (password, private key) that everybody on
 * this box can read: a warning, no error. Looks at the file system. */
void settings_exposed(const struct settings *s, struct settings_errors *ret);

/* Adds a complaint for each file (password, TLS, model) that root, who asks, can read and the
 * service, by its unit, cannot: a warning, for the unit may be another. Looks at the file
 * system and the user database; one thread. */
void settings_withheld(const struct settings *s, struct settings_errors *ret);

#endif
