#include "daemon/progress.h"

#include <stdio.h>
#include <string.h>

static struct progress_item *find(struct progress *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (!strcmp(p->item[i].name, name))
            return &p->item[i];
    return NULL;
}

void progress_tell(struct progress *p, const char *name, uint64_t count, bool idle,
                   int64_t patience_ms, int64_t now_ns)
{
    struct progress_item *i = find(p, name);
    if (!i) {
        if (p->n == PROGRESS_MAX)
            return;
        i = &p->item[p->n++];
        snprintf(i->name, sizeof(i->name), "%s", name);
        i->moved_ns = now_ns;
        i->count = count;
    }
    if (idle || count != i->count)
        i->moved_ns = now_ns;
    i->count = count;
    i->patience_ns = patience_ms * 1000000;
}

void progress_forget(struct progress *p, const char *name)
{
    struct progress_item *i = find(p, name);
    if (i)
        *i = p->item[--p->n];
}

const char *progress_stuck(const struct progress *p, int64_t now_ns)
{
    for (size_t i = 0; i < p->n; i++)
        if (now_ns - p->item[i].moved_ns > p->item[i].patience_ns)
            return p->item[i].name;
    return NULL;
}
