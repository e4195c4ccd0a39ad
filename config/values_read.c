/* From a node of YAML to a field, or to a complaint that says what was found, what
 * was expected and, where it can be guessed, what was meant. Reading goes into a
 * value of its own first, so a wrong one leaves the field as it was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "config/guess.h"
#include "config/settings.h"
#include "config/utf8.h"
#include "config/values.h"

enum { EXPECTED_SIZE = 160, FOUND_SIZE = 96, MAX_STRING = 1024 };

struct reading {
    const struct key *key;
    const char *path;
    struct settings_errors *errors;
};

static void describe(const struct key *k, const struct yaml_node *node, char ret_text[FOUND_SIZE])
{
    bool url = k->check == check_source_url || k->check == check_mqtt_url;
    char shown[FOUND_SIZE];
    if (node->kind == YAML_KIND_MAP)
        snprintf(ret_text, FOUND_SIZE, "a map");
    else if (node->kind == YAML_KIND_LIST)
        snprintf(ret_text, FOUND_SIZE, "a list");
    else if (node->plain && scalar_kind(node->text) == SCALAR_NULL)
        snprintf(ret_text, FOUND_SIZE, "nothing");
    else if (node->plain && scalar_kind(node->text) != SCALAR_TEXT)
        snprintf(ret_text, FOUND_SIZE, "%.40s", node->text);
    else {
        check_public_url(url ? node->text : "", shown, sizeof(shown));
        const char *text = url ? shown : node->text;
        snprintf(ret_text, FOUND_SIZE, "\"%.60s%s\"", text, strlen(text) > 60 ? "…" : "");
    }
}

/* "path: what (found …, expected …[; did you mean guess?])" */
static bool refuse(const struct reading *r, const struct yaml_node *node, const char *what,
                   const char *guess)
{
    char found[FOUND_SIZE], expected[EXPECTED_SIZE];
    describe(r->key, node, found);
    keys_expected(r->key, expected, sizeof(expected));
    errors_add(r->errors, &node->at, "%s: %s (found %s, expected %s%s%s%s%s)", r->path, what, found,
               expected, r->key->absent ? ", or null" : "", guess ? "; did you mean " : "",
               guess ? guess : "", guess ? "?" : "");
    return false;
}

static bool no_memory(const struct reading *r)
{
    errors_no_memory(r->errors);
    return false;
}

static bool is_null(const struct yaml_node *node)
{
    return node->kind == YAML_KIND_SCALAR && node->plain && scalar_kind(node->text) == SCALAR_NULL;
}

/* A scalar that may be a number or a word of ours: not quoted. */
static bool is_plain(const struct yaml_node *node)
{
    return node->kind == YAML_KIND_SCALAR && node->plain;
}

/* Also by escapes such as "\u2028", which print would write as they are. */
static bool is_one_line(const char *text)
{
    uint32_t c = 0;
    size_t size;
    for (const char *p = text, *end = p + strlen(p); p < end; p += size) {
        size = utf8_decode(p, (size_t)(end - p), &c);
        if (size == 0 || c < 0x20 || utf8_is_invisible(c))
            return false;
    }
    return true;
}

static bool read_text(const struct reading *r, const struct yaml_node *node, char **ret)
{
    char quoted[FOUND_SIZE];
    struct reason why;
    if (node->kind != YAML_KIND_SCALAR)
        return refuse(r, node, "not a text", NULL);
    if (is_null(node))
        return refuse(r, node, "needs a value", NULL);
    if (node->plain && scalar_kind(node->text) != SCALAR_TEXT) {
        snprintf(quoted, sizeof(quoted), "\"%.60s\"", node->text);
        return refuse(r, node, "not a text without quotes", quoted);
    }
    if (node->text[0] == '\0')
        return refuse(r, node, "an empty text", NULL);
    if (strlen(node->text) > MAX_STRING)
        return refuse(r, node, "longer than 1024 bytes", NULL);
    if (!is_one_line(node->text))
        return refuse(r, node, "holds a line break or another control character", NULL);
    if (r->key->check && !r->key->check(node->text, &why)) {
        errors_add(r->errors, &node->at, "%s: %s", r->path, why.text);
        return false;
    }
    *ret = strdup(node->text);
    return *ret ? true : no_memory(r);
}

static bool read_string(const struct reading *r, const struct yaml_node *node, char **field)
{
    char *text = NULL;
    bool absent = r->key->absent && is_null(node);
    if (!absent && !read_text(r, node, &text))
        return false;
    free(*field);
    *field = text;
    return true;
}

static size_t count_words(const struct key *k)
{
    size_t n = 0;
    while (n < KEYS_MAX_WORDS && k->words[n])
        n++;
    return n;
}

/* Index of the word, -1 when it was refused. Quotes are fine: it is a text. */
static int read_choice(const struct reading *r, const struct yaml_node *node)
{
    size_t n = count_words(r->key);
    if (node->kind != YAML_KIND_SCALAR)
        refuse(r, node, "not one of the words for it", NULL);
    else
        for (size_t i = 0; i < n; i++)
            if (!strcmp(node->text, r->key->words[i]))
                return (int)i;
    if (node->kind == YAML_KIND_SCALAR)
        refuse(r, node, "not one of the words for it", guess_word(node->text, r->key->words, n));
    return -1;
}

static bool read_word(const struct reading *r, const struct yaml_node *node, char **field)
{
    int i = read_choice(r, node);
    if (i < 0)
        return false;
    char *text = strdup(r->key->words[i]);
    if (!text)
        return no_memory(r);
    free(*field);
    *field = text;
    return true;
}

static bool read_bool(const struct reading *r, const struct yaml_node *node, bool *field)
{
    static const char *const yes[] = {"yes", "y", "on", "true"}, *const no[] = {"no", "n", "off",
                                                                                "false"};
    const char *guess = NULL;
    if (is_plain(node) && (!strcmp(node->text, "true") || !strcmp(node->text, "false"))) {
        *field = node->text[0] == 't';
        return true;
    }
    for (size_t i = 0; i < ARRAY_SIZE(yes) && node->kind == YAML_KIND_SCALAR; i++) {
        guess = !strcasecmp(node->text, yes[i]) ? "true" : guess;
        guess = !strcasecmp(node->text, no[i]) ? "false" : guess;
    }
    return refuse(r, node, "not a bool: write true or false", guess);
}

/* Why a text is no whole number, for the forms that YAML or other programs know. */
static const char *no_integer(const char *text)
{
    if (strchr(text, ':') || strchr(text, '_'))
        return "not a whole number: digits only";
    if (scalar_kind(text) == SCALAR_INT)
        return "not a decimal number: no leading 0, 0x or 0o, at most 15 digits";
    return "not a whole number";
}

static bool read_int(const struct reading *r, const struct yaml_node *node, int64_t *field)
{
    const struct key *k = r->key;
    int64_t value;
    if (is_plain(node) && k->zero_word && !strcmp(node->text, k->zero_word)) {
        *field = 0;
        return true;
    }
    if (!is_plain(node) || !scalar_int(node->text, &value))
        return refuse(r, node, is_plain(node) ? no_integer(node->text) : "not a whole number",
                      NULL);
    if ((double)value < k->min || (double)value > k->max)
        return refuse(r, node, "out of range", NULL);
    *field = value;
    return true;
}

static bool read_double(const struct reading *r, const struct yaml_node *node, double *field)
{
    double value;
    if (!is_plain(node) || !scalar_decimal(node->text, &value))
        return refuse(r, node, "not a decimal number such as -42.5", NULL);
    if (value < r->key->min || value > r->key->max)
        return refuse(r, node, "out of range", NULL);
    *field = value;
    return true;
}

/* Our unit for what people write instead of it. */
static const char *find_unit(const struct key *k, const char *theirs)
{
    static const struct {
        enum key_type type;
        const char *theirs, *ours; /* theirs: several, each between blanks */
    } known[] = {
        {KEY_DURATION, " ms msec msecs milliseconds ", "ms"},
        {KEY_DURATION, " s sec secs second seconds ", "s"},
        {KEY_DURATION, " m min mins minute minutes ", "m"},
        {KEY_DURATION, " h hr hrs hour hours ", "h"},
        {KEY_DURATION, " d day days ", "d"},
        {KEY_SIZE, " k kb kib ", "KiB"},
        {KEY_SIZE, " m mb mib ", "MiB"},
        {KEY_SIZE, " g gb gib ", "GiB"},
    };
    char word[16];
    if (!*theirs) /* a number alone: most likely the unit that the default has */
        return k->fallback + strspn(k->fallback, "0123456789");
    snprintf(word, sizeof(word), " %.12s ", theirs);
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (known[i].type == k->type && strcasestr(known[i].theirs, word))
            return known[i].ours;
    return NULL;
}

static bool scaled(const struct key *k, const char *text, int64_t *ret)
{
    return k->type == KEY_DURATION ? scalar_duration(text, ret) : scalar_size(text, ret);
}

static bool in_range(const struct key *k, int64_t value)
{
    return (double)value >= k->min && (double)value <= k->max;
}

/* "2 sec" -> "2s", "64MB" -> "64MiB", "30" -> "30d"; false: no guess would be fine. */
static bool guess_scaled(const struct key *k, const char *text, char ret_text[FOUND_SIZE])
{
    size_t n_digits = strspn(text, "0123456789.");
    const char *unit = find_unit(k, text + n_digits + strspn(text + n_digits, " "));
    int64_t value;
    if (n_digits == 0 || n_digits > 20 || !unit)
        return false;
    snprintf(ret_text, FOUND_SIZE, "%.*s%s", (int)n_digits, text, unit);
    return scaled(k, ret_text, &value) && in_range(k, value);
}

static bool read_scaled(const struct reading *r, const struct yaml_node *node, int64_t *field)
{
    const struct key *k = r->key;
    char guess[FOUND_SIZE];
    int64_t value;
    const char *what = k->type == KEY_DURATION ? "not a duration; units are ms s m h d"
                                               : "not a size; units are KiB MiB GiB";
    if (node->kind != YAML_KIND_SCALAR)
        return refuse(r, node, what, NULL);
    if (!scaled(k, node->text, &value))
        return refuse(r, node, what, guess_scaled(k, node->text, guess) ? guess : NULL);
    if (!in_range(k, value))
        return refuse(r, node, "out of range", NULL);
    if (k->step > 0 && value % k->step != 0)
        return refuse(r, node, "not whole seconds", NULL);
    *field = value;
    return true;
}

static bool read_rate(const struct reading *r, const struct yaml_node *node, struct rate *field)
{
    struct rate value;
    if (node->kind != YAML_KIND_SCALAR || !scalar_rate(node->text, &value))
        return refuse(r, node, "not a rate", NULL);
    if (r->key->max > 0 && value.n > r->key->max)
        return refuse(r, node, "too many", NULL);
    *field = value;
    return true;
}

static bool read_sensitivity(const struct reading *r, const struct yaml_node *node,
                             struct sensitivity *field)
{
    static const char *const levels[] = {"low", "medium", "high"};
    struct sensitivity value = {.level = SENSITIVITY_BUDGET};
    if (node->kind != YAML_KIND_SCALAR)
        return refuse(r, node, "not a sensitivity", NULL);
    for (size_t i = 0; i < ARRAY_SIZE(levels); i++) {
        if (strcmp(node->text, levels[i]))
            continue;
        *field = (struct sensitivity){.level = (enum sensitivity_level)i};
        return true;
    }
    if (!scalar_rate(node->text, &value.budget))
        return refuse(r, node, "not a sensitivity",
                      guess_word(node->text, levels, ARRAY_SIZE(levels)));
    *field = value;
    return true;
}

static bool add_string(const struct reading *r, const struct yaml_node *node, struct strings *to)
{
    char *text;
    if (!read_text(r, node, &text))
        return false;
    for (size_t i = 0; i < to->n; i++) {
        if (strcmp(to->item[i], text))
            continue;
        errors_add(r->errors, &node->at, "%s: \"%.60s\" stands twice in the list", r->path, text);
        free(text);
        return false;
    }
    to->item[to->n++] = text;
    return true;
}

static bool read_strings(const struct reading *r, const struct yaml_node *node,
                         struct strings *field)
{
    struct strings value = {0};
    bool fine = true;
    char guess[FOUND_SIZE];
    if (node->kind != YAML_KIND_LIST) {
        bool word = node->kind == YAML_KIND_SCALAR && !is_null(node);
        snprintf(guess, sizeof(guess), "[%.60s]", word ? node->text : "");
        return refuse(r, node, "not a list", guess);
    }
    if (node->n > SETTINGS_MAX_LIST) {
        errors_add(r->errors, &node->at, "%s: too long (found %zu, expected at most %d items)",
                   r->path, node->n, SETTINGS_MAX_LIST);
        return false;
    }
    for (size_t i = 0; i < node->n; i++)
        fine = add_string(r, node->item[i].value, &value) && fine;
    if (!fine) {
        values_free(r->key, &value);
        return false;
    }
    values_free(r->key, field);
    *field = value;
    return true;
}

static bool read_probability(const struct reading *r, const struct yaml_item *item, double *ret)
{
    const struct yaml_node *node = item->value;
    struct reason why;
    char found[FOUND_SIZE];
    if (!r->key->check(item->key->text, &why)) {
        errors_add(r->errors, &item->key->at, "%s: %s", r->path, why.text);
        return false;
    }
    if (is_plain(node) && scalar_decimal(node->text, ret) && *ret > r->key->min &&
        *ret < r->key->max)
        return true;
    describe(r->key, node, found);
    errors_add(r->errors, &node->at,
               "%s.%s: not a probability (found %s, expected a number over 0 and under 1)", r->path,
               item->key->text, found);
    return false;
}

static bool set_threshold(const struct reading *r, const struct yaml_item *item, double probability,
                          struct thresholds *field)
{
    const char *label = item->key->text;
    size_t i = 0;
    while (i < field->n && strcmp(field->item[i].label, label))
        i++;
    if (i == SETTINGS_MAX_LABELS) {
        errors_add(r->errors, &item->key->at, "%s: more than %d labels", r->path,
                   SETTINGS_MAX_LABELS);
        return false;
    }
    if (i == field->n) {
        field->item[i].label = strdup(label);
        if (!field->item[i].label)
            return no_memory(r);
        field->n++;
    }
    field->item[i].probability = probability;
    return true;
}

static bool read_thresholds(const struct reading *r, const struct yaml_node *node,
                            struct thresholds *field)
{
    bool fine = true;
    double probability;
    if (node->kind != YAML_KIND_MAP)
        return refuse(r, node, "not a map", NULL);
    for (size_t i = 0; i < node->n; i++)
        fine = read_probability(r, &node->item[i], &probability) &&
               set_threshold(r, &node->item[i], probability, field) && fine;
    return fine;
}

/* One span with its thresholds; its own name in complaints. */
static bool read_span(const struct reading *r, const struct yaml_item *item, struct scheduled *to)
{
    struct reason why;
    char path[EXPECTED_SIZE];
    struct reading inner = *r;
    if (!check_mute(item->key->text, &why)) {
        errors_add(r->errors, &item->key->at, "%s: %s", r->path, why.text);
        return false;
    }
    snprintf(path, sizeof(path), "%s.\"%.60s\"", r->path, item->key->text);
    inner.path = path;
    char *span = strdup(item->key->text);
    if (!span)
        return no_memory(r);
    to->item[to->n].span = span;
    to->item[to->n].thresholds.n = 0;
    return read_thresholds(&inner, item->value, &to->item[to->n++].thresholds);
}

static bool read_scheduled(const struct reading *r, const struct yaml_node *node, struct scheduled *field)
{
    struct scheduled value = {.n = 0};
    bool fine = true;
    if (node->kind != YAML_KIND_MAP)
        return refuse(r, node, "not a map", NULL);
    if (node->n > SETTINGS_MAX_SPANS) {
        errors_add(r->errors, &node->at, "%s: too long (found %zu, expected at most %d spans)", r->path, node->n,
                   SETTINGS_MAX_SPANS);
        return false;
    }
    for (size_t i = 0; i < node->n; i++)
        fine = read_span(r, &node->item[i], &value) && fine;
    if (!fine) {
        values_free(r->key, &value);
        return false;
    }
    values_free(r->key, field);
    *field = value;
    return true;
}

bool values_read(const struct key *k, const struct yaml_node *node, const char *path, void *field,
                 struct settings_errors *errors)
{
    struct reading r = {k, path, errors};
    int choice;
    switch (k->type) {
    case KEY_STRING:
        return read_string(&r, node, field);
    case KEY_WORD:
        return read_word(&r, node, field);
    case KEY_ENUM:
        if ((choice = read_choice(&r, node)) >= 0)
            *(enum mqtt_version *)field = (enum mqtt_version)choice;
        return choice >= 0;
    case KEY_BOOL:
        return read_bool(&r, node, field);
    case KEY_INT:
        return read_int(&r, node, field);
    case KEY_DOUBLE:
        return read_double(&r, node, field);
    case KEY_DURATION:
    case KEY_SIZE:
        return read_scaled(&r, node, field);
    case KEY_RATE:
        return read_rate(&r, node, field);
    case KEY_STRINGS:
        return read_strings(&r, node, field);
    case KEY_THRESHOLDS:
        return read_thresholds(&r, node, field);
    case KEY_SCHEDULED:
        return read_scheduled(&r, node, field);
    case KEY_SENSITIVITY:
        return read_sensitivity(&r, node, field);
    }
    return false;
}
