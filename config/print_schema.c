/* print_schema() of config/print.h: for editors, which then complete keys and mark
 * mistakes while one types. What it cannot say (whether units divide, whether two
 * settings fit together) the daemon checks. */
#include <string.h>

#include "config/keys.h"
#include "config/print.h"

#define NAME_PATTERN "^[a-z0-9_-]{1,64}$"
#define SPAN_PATTERN "^([A-Za-z,-]+ )?[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$"
#define LABEL_PATTERN "^[a-z0-9_]{1,63}$"
#define NUMBER "(0|[1-9][0-9]*)(\\\\.[0-9]+)?"
#define RATE NUMBER "/(s|min|h|day)"

static const char *pattern_of(const struct key *k)
{
    static const struct {
        check_fn *check;
        const char *pattern;
    } known[] = {
        {check_name, NAME_PATTERN},
        {check_label, LABEL_PATTERN},
        {check_kernel, LABEL_PATTERN},
        {check_command, "^(reload|snapshot|mute|unmute|test_alarm|purge_discovery)$"},
        {check_source_url, "^(alsa:.|pipe:(-(\\\\?|$)|/)|file:/|(rtsps?|https?)://[^/?#@]+([/?#]|$))"},
        {check_mqtt_url, "^(mqtts?|wss?)://[^/?#@]+([/?#]|$)"},
        {check_listen, "^.+:[0-9]{1,5}$"},
        {check_mute, SPAN_PATTERN},
    };
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (known[i].check == k->check)
            return known[i].pattern;
    return NULL;
}

static void write_text(const char *text, FILE *f)
{
    fputc('"', f);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', f);
        fputc(*text, f);
    }
    fputc('"', f);
}

static void write_string(const struct key *k, FILE *f)
{
    const char *pattern = pattern_of(k);
    fputs(k->absent ? "\"type\": [\"string\", \"null\"], " : "\"type\": \"string\", ", f);
    if (pattern)
        fprintf(f, "\"pattern\": \"%s\"", pattern);
    else
        fputs("\"minLength\": 1, \"maxLength\": 1024", f);
}

static void write_words(const struct key *k, FILE *f)
{
    fputs("\"enum\": [", f);
    for (size_t i = 0; i < KEYS_MAX_WORDS && k->words[i]; i++) {
        bool number = scalar_kind(k->words[i]) == SCALAR_INT;
        fprintf(f, number ? "%s\"%s\", %s" : "%s\"%s\"", i ? ", " : "", k->words[i], k->words[i]);
    }
    fputc(']', f);
}

static void write_int(const struct key *k, FILE *f)
{
    char range[64];
    snprintf(range, sizeof(range), "\"type\": \"integer\", \"minimum\": %.0f, \"maximum\": %.0f",
             k->min, k->max);
    if (k->zero_word)
        fprintf(f, "\"anyOf\": [{\"const\": \"%s\"}, {%s}]", k->zero_word, range);
    else
        fputs(range, f);
}

static void write_thresholds(FILE *f)
{
    fprintf(f,
            "\"type\": \"object\", \"maxProperties\": %d, "
            "\"propertyNames\": {\"pattern\": \"" LABEL_PATTERN "\"}, "
            "\"additionalProperties\": {\"type\": \"number\", \"exclusiveMinimum\": 0, "
            "\"exclusiveMaximum\": 1}",
            SETTINGS_MAX_LABELS);
}

static void write_type(const struct key *k, FILE *f)
{
    switch (k->type) {
    case KEY_STRING:
        write_string(k, f);
        break;
    case KEY_WORD:
    case KEY_ENUM:
        write_words(k, f);
        break;
    case KEY_BOOL:
        fputs("\"type\": \"boolean\"", f);
        break;
    case KEY_INT:
        write_int(k, f);
        break;
    case KEY_DOUBLE:
        fprintf(f, "\"type\": \"number\", \"minimum\": %g, \"maximum\": %g", k->min, k->max);
        break;
    case KEY_DURATION:
        fputs("\"type\": \"string\", \"pattern\": \"^" NUMBER "(ms|s|m|h|d)$\"", f);
        break;
    case KEY_SIZE:
        fputs("\"type\": \"string\", \"pattern\": \"^[1-9][0-9]*(KiB|MiB|GiB)$\"", f);
        break;
    case KEY_RATE:
        fputs("\"type\": \"string\", \"pattern\": \"^" RATE "$\"", f);
        break;
    case KEY_SENSITIVITY:
        fputs("\"type\": \"string\", \"pattern\": \"^(low|medium|high|" RATE ")$\"", f);
        break;
    case KEY_STRINGS:
        fprintf(f,
                "\"type\": \"array\", \"maxItems\": %d, \"uniqueItems\": true, "
                "\"items\": {\"type\": \"string\", \"pattern\": \"%s\"}",
                SETTINGS_MAX_LIST, pattern_of(k));
        break;
    case KEY_THRESHOLDS:
        write_thresholds(f);
        break;
    case KEY_SCHEDULED:
        fprintf(f,
                "\"type\": \"object\", \"maxProperties\": %d, \"propertyNames\": {\"pattern\": \"" SPAN_PATTERN "\"}, "
                "\"additionalProperties\": {",
                SETTINGS_MAX_SPANS);
        write_thresholds(f);
        fputc('}', f);
        break;
    }
}

static void write_key(const struct key *k, bool last, FILE *f)
{
    char meaning[512];
    print_meaning(k, meaning, sizeof(meaning));
    fputc('"', f);
    fputs(print_last_part(k->path), f);
    fputs("\": {", f);
    write_type(k, f);
    fputs(", \"description\": ", f);
    write_text(meaning, f);
    fputs(last ? "}\n" : "},\n", f);
}

static const char object[] = "\"type\": [\"object\", \"null\"], \"additionalProperties\": false, "
                             "\"properties\": {\n";

/* Rows [first, ret) of the table share the first n_name letters of their path. */
static size_t end_of_group(size_t first, size_t n_name)
{
    size_t i = first;
    while (i < keys_n && keys[i].scope == KEY_NODE &&
           !strncmp(keys[i].path, keys[first].path, n_name))
        i++;
    return i;
}

/* The properties of one group: rows [first, end), whose names begin at `skip`. Groups
 * nest as deep as the table says. */
static void write_properties(size_t first, size_t end, size_t skip, FILE *f)
{
    for (size_t i = first; i < end;) {
        const char *name = keys[i].path + skip;
        size_t n = strcspn(name, ".");
        if (!name[n]) {
            write_key(&keys[i], i + 1 == end, f);
            i++;
            continue;
        }
        size_t inner_end = end_of_group(i, skip + n + 1);
        fprintf(f, "\"%.*s\": {%s", (int)n, name, object);
        write_properties(i, inner_end, skip + n + 1, f);
        fputs(inner_end == end ? "}}\n" : "}},\n", f);
        i = inner_end;
    }
}

static void write_source(bool shared_only, FILE *f)
{
    bool first = true;
    for (size_t i = 0; i < keys_n; i++) {
        if (keys[i].scope == KEY_NODE || (shared_only && keys[i].scope == KEY_SOURCE))
            continue;
        if (!first)
            fputc(',', f);
        write_key(&keys[i], true, f);
        first = false;
    }
}

void print_schema(FILE *f)
{
    size_t first = 0, n_before = 0;
    fputs("{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
          "\"title\": \"earshot.yaml: settings of Earshot " EARSHOT_VERSION "\",\n",
          f);
    fputs(object, f);
    while (keys[n_before].scope == KEY_NODE)
        n_before++;
    write_properties(0, n_before, 0, f);
    fputs(",\"sources\": {\"type\": [\"object\", \"null\"],\n\"propertyNames\": {\"pattern\": "
          "\"" NAME_PATTERN "\", \"not\": {\"enum\": [\"availability\", \"state\", \"health\", "
          "\"cmd\", \"response\"]}},\n\"additionalProperties\": {",
          f);
    fputs(object, f);
    write_source(false, f);
    fprintf(f, "}}},\n\"defaults\": {%s", object);
    write_source(true, f);
    fputs("}},\n", f);
    for (first = n_before; keys[first].scope != KEY_NODE;)
        first++;
    write_properties(first, keys_n, 0, f);
    fputs("}}\n", f);
}
