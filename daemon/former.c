/* The first line names the box, each other one a name: prefix, node, prefix of discovery or -,
 * sources. None of them holds a blank. */
#include "daemon/former.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/files.h"

enum { MAX_FILE = 64 << 10 };

void former_machine(char ret[FORMER_MACHINE_SIZE])
{
    char *text;
    size_t n;
    ret[0] = '\0';
    if (files_read("/etc/machine-id", 64, &text, &n, NULL) < 0)
        return;
    snprintf(ret, FORMER_MACHINE_SIZE, "%.*s", (int)strcspn(text, "\n"), text);
    free(text);
}

static bool read_name(char *line, struct former_name *ret)
{
    char *rest, *word[3];
    *ret = (struct former_name){0};
    for (int i = 0; i < 3; i++)
        if (!(word[i] = strtok_r(i ? NULL : line, " ", &rest)) || strlen(word[i]) >= EVENT_NAME_SIZE)
            return false;
    snprintf(ret->prefix, sizeof(ret->prefix), "%s", word[0]);
    snprintf(ret->node, sizeof(ret->node), "%s", word[1]);
    if (strcmp(word[2], "-") != 0)
        snprintf(ret->discovery, sizeof(ret->discovery), "%s", word[2]);
    char *source;
    while ((source = strtok_r(NULL, " ", &rest)) && ret->n_sources < SETTINGS_MAX_SOURCES)
        snprintf(ret->source[ret->n_sources++], EVENT_NAME_SIZE, "%s", source);
    return !strpbrk(ret->prefix, "+#") && !strpbrk(ret->node, "+#/");
}

void former_read(const char *path, const char *machine, const struct former_name *present, struct former *ret)
{
    char *text, *rest;
    size_t size;
    *ret = (struct former){0};
    if (files_read(path, MAX_FILE, &text, &size, NULL) < 0)
        return;
    char *line = strtok_r(text, "\n", &rest);
    bool ours = line && !strncmp(line, "of ", 3) && !strcmp(line + 3, machine);
    while (ours && (line = strtok_r(NULL, "\n", &rest)) && ret->n < FORMER_MAX) {
        struct former_name *n = &ret->name[ret->n];
        if (!read_name(line, n))
            continue;
        if (strcmp(n->prefix, present->prefix) != 0 || strcmp(n->node, present->node) != 0)
            ret->n++;
        else
            memcpy(ret->discovery, n->discovery, sizeof(ret->discovery));
    }
    free(text);
}

static void write_name(FILE *f, const struct former_name *n)
{
    fprintf(f, "%s %s %s", n->prefix, n->node, *n->discovery ? n->discovery : "-");
    for (size_t i = 0; i < n->n_sources; i++)
        fprintf(f, " %s", n->source[i]);
    fputc('\n', f);
}

int former_write(const char *path, const char *machine, const struct former_name *present, const struct former *f,
                 struct reason *why)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    int err = -ENOMEM;
    if (out) {
        fprintf(out, "of %s\n", machine);
        write_name(out, present);
        for (size_t i = 0; i < f->n; i++)
            if (!f->name[i].left)
                write_name(out, &f->name[i]);
        err = fclose(out) == 0 ? files_replace(path, text, size) : -ENOMEM;
    }
    free(text);
    return err < 0 ? reason_set(why, -err, "%s: %s", path, strerror(-err)) : 0;
}
