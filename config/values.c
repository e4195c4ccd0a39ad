#include "config/values.h"

#include <stdlib.h>
#include <string.h>

#include "config/settings.h"

static void free_strings(struct strings *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->item[i]);
    s->n = 0;
}

static void free_thresholds(struct thresholds *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->item[i].label);
    t->n = 0;
}

static void free_scheduled(struct scheduled *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->item[i].span);
        free_thresholds(&s->item[i].thresholds);
    }
    s->n = 0;
}

void values_free(const struct key *k, void *field)
{
    switch (k->type) {
    case KEY_STRING:
    case KEY_WORD:
        free(*(char **)field);
        *(char **)field = NULL;
        break;
    case KEY_STRINGS:
        free_strings(field);
        break;
    case KEY_THRESHOLDS:
        free_thresholds(field);
        break;
    case KEY_SCHEDULED:
        free_scheduled(field);
        break;
    default:
        break;
    }
}

static int copy_text(char **to, const char *from)
{
    if (from && !(*to = strdup(from)))
        return -ENOMEM;
    return 0;
}

static int copy_strings(struct strings *to, const struct strings *from)
{
    for (size_t i = 0; i < from->n; i++, to->n++)
        if (copy_text(&to->item[i], from->item[i]) < 0)
            return -ENOMEM;
    return 0;
}

static bool has_label(const struct thresholds *t, const char *label)
{
    for (size_t i = 0; i < t->n; i++)
        if (!strcmp(t->item[i].label, label))
            return true;
    return false;
}

static int add_labels(struct thresholds *to, const struct thresholds *from)
{
    for (size_t i = 0; i < from->n && to->n < SETTINGS_MAX_LABELS; i++) {
        if (has_label(to, from->item[i].label))
            continue;
        if (copy_text(&to->item[to->n].label, from->item[i].label) < 0)
            return -ENOMEM;
        to->item[to->n++].probability = from->item[i].probability;
    }
    return 0;
}

static int copy_scheduled(struct scheduled *to, const struct scheduled *from)
{
    for (size_t i = 0; i < from->n; i++) {
        if (copy_text(&to->item[i].span, from->item[i].span) < 0)
            return -ENOMEM;
        to->item[i].thresholds.n = 0;
        to->n++;
        if (add_labels(&to->item[i].thresholds, &from->item[i].thresholds) < 0)
            return -ENOMEM;
    }
    return 0;
}

int values_inherit(const struct key *k, void *field, const void *from)
{
    switch (k->type) {
    case KEY_STRING:
    case KEY_WORD:
        return copy_text(field, *(char *const *)from);
    case KEY_STRINGS:
        return copy_strings(field, from);
    case KEY_THRESHOLDS:
        return add_labels(field, from);
    case KEY_SCHEDULED:
        return copy_scheduled(field, from);
    case KEY_ENUM:
        memcpy(field, from, sizeof(enum mqtt_version));
        return 0;
    case KEY_BOOL:
        memcpy(field, from, sizeof(bool));
        return 0;
    case KEY_DOUBLE:
        memcpy(field, from, sizeof(double));
        return 0;
    case KEY_INT:
    case KEY_DURATION:
    case KEY_SIZE:
        memcpy(field, from, sizeof(int64_t));
        return 0;
    case KEY_RATE:
        memcpy(field, from, sizeof(struct rate));
        return 0;
    case KEY_SENSITIVITY:
        memcpy(field, from, sizeof(struct sensitivity));
        return 0;
    }
    return 0;
}

static bool equal_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static bool equal_strings(const struct strings *a, const struct strings *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++)
        if (strcmp(a->item[i], b->item[i]))
            return false;
    return a->n == b->n;
}

static bool equal_thresholds(const struct thresholds *a, const struct thresholds *b)
{
    for (size_t i = 0; i < a->n; i++) {
        bool same = false;
        for (size_t j = 0; j < b->n && !same; j++)
            same = !strcmp(a->item[i].label, b->item[j].label) &&
                   a->item[i].probability == b->item[j].probability;
        if (!same)
            return false;
    }
    return a->n == b->n;
}

static bool equal_scheduled(const struct scheduled *a, const struct scheduled *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++)
        if (strcmp(a->item[i].span, b->item[i].span) ||
            !equal_thresholds(&a->item[i].thresholds, &b->item[i].thresholds))
            return false;
    return a->n == b->n;
}

static bool equal_rate(const struct rate *a, const struct rate *b)
{
    return a->n == b->n && a->period_s == b->period_s;
}

static bool equal_sensitivity(const struct sensitivity *a, const struct sensitivity *b)
{
    return a->level == b->level &&
           (a->level != SENSITIVITY_BUDGET || equal_rate(&a->budget, &b->budget));
}

bool values_equal(const struct key *k, const void *a, const void *b)
{
    switch (k->type) {
    case KEY_STRING:
    case KEY_WORD:
        return equal_text(*(char *const *)a, *(char *const *)b);
    case KEY_STRINGS:
        return equal_strings(a, b);
    case KEY_THRESHOLDS:
        return equal_thresholds(a, b);
    case KEY_SCHEDULED:
        return equal_scheduled(a, b);
    case KEY_ENUM:
        return *(const enum mqtt_version *)a == *(const enum mqtt_version *)b;
    case KEY_BOOL:
        return *(const bool *)a == *(const bool *)b;
    case KEY_DOUBLE:
        return *(const double *)a == *(const double *)b;
    case KEY_INT:
    case KEY_DURATION:
    case KEY_SIZE:
        return *(const int64_t *)a == *(const int64_t *)b;
    case KEY_RATE:
        return equal_rate(a, b);
    case KEY_SENSITIVITY:
        return equal_sensitivity(a, b);
    }
    return false;
}

/* Whether a text reads back as itself without quotes, in a list too. */
static bool may_be_plain(const char *text)
{
    static const char fine[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:+";
    size_t n = strlen(text);
    if (n == 0 || scalar_kind(text) != SCALAR_TEXT || text[strspn(text, fine)] != '\0')
        return false;
    /* -x, :x and x: mean something at their ends, --- and ... are marks of a document. */
    return !strchr("-:.+", text[0]) && text[n - 1] != ':';
}

void values_write_text(const char *text, FILE *f)
{
    if (may_be_plain(text)) {
        fputs(text, f);
        return;
    }
    fputc('"', f);
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            fputc('\\', f);
        fputc(*p, f);
    }
    fputc('"', f);
}

static void write_string(const struct key *k, const char *text, FILE *f)
{
    char shown[1024];
    if (!text) {
        fputs("null", f);
        return;
    }
    if (k->check != check_source_url && k->check != check_mqtt_url) {
        values_write_text(text, f);
        return;
    }
    check_public_url(text, shown, sizeof(shown));
    values_write_text(shown, f);
}

static void write_strings(const struct strings *s, FILE *f)
{
    fputc('[', f);
    for (size_t i = 0; i < s->n; i++) {
        fputs(i ? ", " : "", f);
        values_write_text(s->item[i], f);
    }
    fputc(']', f);
}

static void write_thresholds(const struct thresholds *t, FILE *f)
{
    char number[SCALAR_TEXT_SIZE];
    fputc('{', f);
    for (size_t i = 0; i < t->n; i++) {
        scalar_write_decimal(t->item[i].probability, number);
        fputs(i ? ", " : "", f);
        values_write_text(t->item[i].label, f);
        fprintf(f, ": %s", number);
    }
    fputc('}', f);
}

static void write_scheduled(const struct scheduled *s, FILE *f)
{
    fputc('{', f);
    for (size_t i = 0; i < s->n; i++) {
        fprintf(f, "%s\"%s\": ", i ? ", " : "", s->item[i].span);
        write_thresholds(&s->item[i].thresholds, f);
    }
    fputc('}', f);
}

static void write_int(const struct key *k, int64_t value, char *text)
{
    if (value == 0 && k->zero_word)
        snprintf(text, SCALAR_TEXT_SIZE, "%s", k->zero_word);
    else
        snprintf(text, SCALAR_TEXT_SIZE, "%lld", (long long)value);
}

static void write_sensitivity(const struct sensitivity *s, char *text)
{
    static const char *const level[] = {"low", "medium", "high"};
    if (s->level == SENSITIVITY_BUDGET)
        scalar_write_rate(&s->budget, text);
    else
        snprintf(text, SCALAR_TEXT_SIZE, "%s", level[s->level]);
}

void values_write(const struct key *k, const void *field, FILE *f)
{
    char text[SCALAR_TEXT_SIZE] = "";
    switch (k->type) {
    case KEY_STRING:
    case KEY_WORD:
        write_string(k, *(char *const *)field, f);
        return;
    case KEY_STRINGS:
        write_strings(field, f);
        return;
    case KEY_THRESHOLDS:
        write_thresholds(field, f);
        return;
    case KEY_SCHEDULED:
        write_scheduled(field, f);
        return;
    case KEY_ENUM:
        snprintf(text, sizeof(text), "%s", k->words[*(const enum mqtt_version *)field]);
        break;
    case KEY_BOOL:
        snprintf(text, sizeof(text), "%s", *(const bool *)field ? "true" : "false");
        break;
    case KEY_INT:
        write_int(k, *(const int64_t *)field, text);
        break;
    case KEY_DOUBLE:
        scalar_write_decimal(*(const double *)field, text);
        break;
    case KEY_DURATION:
        scalar_write_duration(*(const int64_t *)field, text);
        break;
    case KEY_SIZE:
        scalar_write_size(*(const int64_t *)field, text);
        break;
    case KEY_RATE:
        scalar_write_rate(field, text);
        break;
    case KEY_SENSITIVITY:
        write_sensitivity(field, text);
        break;
    }
    fputs(text, f);
}
