#include "config/print.h"

#include <stdlib.h>
#include <string.h>

#include "config/keys.h"
#include "config/values.h"

enum { ORIGIN_COLUMN = 48 };

static void write_origin(const struct settings *s, const struct settings_origin *o,
                         const struct key *k, const char *value, int indent, FILE *f)
{
    int used = fprintf(f, "%*s%s: %s", indent, "", print_last_part(k->path), value);
    fprintf(f, "%*s # ", used < ORIGIN_COLUMN ? ORIGIN_COLUMN - used : 0, "");
    if (o->file >= 0)
        fprintf(f, "%s:%d\n", s->file[o->file], o->line);
    else
        fprintf(f, "%s\n", !strcmp(k->path, "node") ? "host name" : "default");
}

static void write_value(const struct settings *s, int source, const struct key *k, const void *base,
                        int indent, FILE *f)
{
    char *value = NULL;
    size_t size;
    FILE *text = open_memstream(&value, &size);
    if (!text)
        return;
    values_write(k, (const char *)base + k->offset, text);
    if (fclose(text) == 0)
        write_origin(s, settings_origin(s, source, keys_index(k)), k, value, indent, f);
    free(value);
}

static void write_sources(const struct settings *s, FILE *f)
{
    fprintf(f, s->n_sources ? "sources:\n" : "sources: {}\n");
    for (size_t i = 0; i < s->n_sources; i++) {
        fputs("  ", f);
        values_write_text(s->source[i].name, f);
        fputs(":\n", f);
        for (size_t j = 0; j < keys_n; j++)
            if (keys[j].scope != KEY_NODE)
                write_value(s, (int)i, &keys[j], &s->source[i], 4, f);
    }
    fputs("defaults:\n", f);
    for (size_t j = 0; j < keys_n; j++)
        if (keys[j].scope == KEY_SHARED)
            write_value(s, -2, &keys[j], &s->defaults, 2, f);
}

void print_settings(const struct settings *s, FILE *f)
{
    const char *before = "";
    bool sources_written = false;
    fprintf(f, "# sha256 of the files: %s\n", s->sha256);
    for (size_t i = 0; i < keys_n; i++) {
        const struct key *k = &keys[i];
        if (k->scope != KEY_NODE) {
            if (!sources_written)
                write_sources(s, f);
            sources_written = true;
            continue;
        }
        write_value(s, -1, k, s, 2 * print_groups(before, k->path, "", f), f);
        before = k->path;
    }
}
