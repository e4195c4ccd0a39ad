/* The one table of settings: what each is called, what it may be, what it means.
 *
 * Parser, defaults, --print-config, the example, the JSON Schema, the manual page
 * and reload all walk this table, so a setting is added by adding a row (and a
 * field in config/settings.h; a row whose type is not its field's C type does not
 * compile). Const; any thread. */
#ifndef CONFIG_KEYS_H
#define CONFIG_KEYS_H

#include "config/checks.h"

enum key_type {
    KEY_STRING,      /* char * */
    KEY_WORD,        /* char *, one of words */
    KEY_ENUM,        /* enum mqtt_version: index into words */
    KEY_BOOL,        /* bool */
    KEY_INT,         /* int64_t */
    KEY_DOUBLE,      /* double */
    KEY_DURATION,    /* int64_t, ms */
    KEY_SIZE,        /* int64_t, bytes */
    KEY_RATE,        /* struct rate */
    KEY_STRINGS,     /* struct strings */
    KEY_THRESHOLDS,  /* struct thresholds */
    KEY_SENSITIVITY, /* struct sensitivity */
    KEY_SCHEDULED,   /* struct scheduled */
};

enum key_scope {
    KEY_NODE,   /* of struct settings; path "mqtt.url" */
    KEY_SOURCE, /* of struct settings_source, each source has its own; path "url" */
    KEY_SHARED, /* the same, but may stand under defaults too */
};

enum { KEYS_MAX_WORDS = 4 };

struct key {
    const char *path;
    enum key_type type;
    enum key_scope scope;
    size_t offset;                     /* in struct settings, or settings_source */
    double min, max;                   /* of numbers, in the field's unit; of a rate's n */
    int64_t step;                      /* a duration is a multiple; 0: any */
    const char *unit;                  /* NULL: none, or the value says it */
    const char *zero_word;             /* the word that stands for 0, "auto"; NULL: none */
    const char *words[KEYS_MAX_WORDS]; /* of KEY_WORD and KEY_ENUM, in order of the enum */
    check_fn *check;      /* of a string, of each of a list, of a label; NULL: any text */
    const char *fallback; /* the default, as YAML; NULL: must be given */
    const char *example;  /* what the example shows instead of the default; NULL: that */
    const char *absent;   /* what null means, for people; NULL: null is refused */
    bool reloadable;      /* a reload takes it up; otherwise a restart does */
    bool reopens;         /* of a source: a change opens it anew */
    const char *help;     /* one sentence, without a full stop */
};

extern const struct key keys[]; /* nodes' first, in the order that people read them */
extern const size_t keys_n;     /* at most SETTINGS_MAX_KEYS */

const struct key *keys_find(enum key_scope scope, const char *path); /* KEY_SOURCE finds both */
size_t keys_index(const struct key *k);

/* "mqtt" or "mqtt.tls": something that holds settings. */
bool keys_is_group(const char *path);

/* Nearest path to a mistyped one, as people would write it ("defaults.hop"), into
 * ret_path; false: none is near. */
bool keys_guess(enum key_scope scope, const char *path, char *ret_path, size_t size);

/* What a value of this key looks like: "true or false", "1 to 64 tokens". */
void keys_expected(const struct key *k, char *ret_text, size_t size);

#endif
