/* settings_diff() of config/settings.h: a walk over the table of keys. */
#include <string.h>

#include "config/settings.h"
#include "config/values.h"

static int find(const struct settings *s, const char *name)
{
    for (size_t i = 0; i < s->n_sources; i++)
        if (!strcmp(s->source[i].name, name))
            return (int)i;
    return -1;
}

static bool differs(const struct key *k, const void *a, const void *b)
{
    return !values_equal(k, (const char *)a + k->offset, (const char *)b + k->offset);
}

static void add(struct settings_diff *d, const char *name, enum settings_change change, int before,
                int after)
{
    d->source[d->n_sources].name = name;
    d->source[d->n_sources].change = change;
    d->source[d->n_sources].before = before;
    d->source[d->n_sources++].after = after;
}

static void compare_sources(const struct settings *a, int before, const struct settings *b,
                            int after, struct settings_diff *d)
{
    const struct settings_source *x = &a->source[before], *y = &b->source[after];
    bool adjusted = false, reopened = false;
    for (size_t i = 0; i < keys_n; i++) {
        if (keys[i].scope == KEY_NODE || !differs(&keys[i], x, y))
            continue;
        adjusted = true;
        reopened |= keys[i].reopens;
    }
    if (adjusted)
        add(d, y->name, reopened ? SETTINGS_REOPENED : SETTINGS_ADJUSTED, before, after);
}

int settings_diff(const struct settings *a, const struct settings *b, struct settings_diff *ret)
{
    struct settings_diff d = {0};
    for (size_t i = 0; i < a->n_sources; i++)
        if (find(b, a->source[i].name) < 0)
            add(&d, a->source[i].name, SETTINGS_REMOVED, (int)i, -1);
    for (size_t i = 0; i < b->n_sources; i++) {
        int before = find(a, b->source[i].name);
        if (before < 0)
            add(&d, b->source[i].name, SETTINGS_ADDED, -1, (int)i);
        else
            compare_sources(a, before, b, (int)i, &d);
    }
    for (size_t i = 0; i < keys_n; i++) {
        if (keys[i].scope != KEY_NODE || !differs(&keys[i], a, b))
            continue;
        if (keys[i].reloadable)
            d.key[d.n_keys++] = keys[i].path;
        else
            d.restart[d.n_restart++] = keys[i].path;
    }
    *ret = d;
    return (int)(d.n_sources + d.n_keys + d.n_restart);
}
