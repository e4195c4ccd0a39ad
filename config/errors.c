#include "config/errors.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Texts that need no memory. They are never freed, and known by their address. */
static char no_memory[] = "out of memory";
static char too_many[] = "too many mistakes; the rest is not shown";

static bool is_fixed(const char *text)
{
    return text == no_memory || text == too_many;
}

static void append(struct settings_errors *e, char *text)
{
    if (e->n == SETTINGS_MAX_ERRORS) {
        if (!is_fixed(text))
            free(text);
        return;
    }
    if (e->n == SETTINGS_MAX_ERRORS - 1 && text != no_memory) {
        if (!is_fixed(text))
            free(text);
        text = too_many;
    }
    e->item[e->n++].text = text;
}

void errors_add(struct settings_errors *e, const struct place *at, const char *fmt, ...)
{
    struct reason line;
    char what[REASON_SIZE];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    if (at->line > 0)
        reason_set(&line, EINVAL, "%s:%d:%d: %s", at->file, at->line, at->column, what);
    else
        reason_set(&line, EINVAL, "%s: %s", at->file, what);
    char *text = strdup(line.text);
    append(e, text ? text : no_memory);
}

void errors_no_memory(struct settings_errors *e)
{
    append(e, no_memory);
}

int errors_code(const struct settings_errors *e)
{
    for (size_t i = 0; i < e->n; i++)
        if (e->item[i].text == no_memory)
            return -ENOMEM;
    return e->n > 0 ? -EINVAL : 0;
}

void settings_errors_done(struct settings_errors *e)
{
    if (!e)
        return;
    for (size_t i = 0; i < e->n; i++)
        if (!is_fixed(e->item[i].text))
            free(e->item[i].text);
    e->n = 0;
}
