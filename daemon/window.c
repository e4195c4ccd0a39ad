#include "daemon/window.h"

#include <string.h>

void window_init(struct window *w)
{
    memset(w, 0, sizeof(*w));
    w->size = 1;
}

void window_open(struct window *w, int size)
{
    memset(w->slot, 0, sizeof(w->slot));
    w->used = 0;
    w->size = size < 1 ? 1 : size > WINDOW_MAX ? WINDOW_MAX : size;
}

uint64_t window_add(struct window *w, uint64_t seq, uint64_t topic, int64_t now_ns)
{
    if (w->used >= w->size)
        return 0;
    int i = 0;
    while (w->slot[i].tag)
        i++;
    w->slot[i] = (struct window_slot){.tag = ++w->last_tag, .seq = seq, .topic = topic, .sent_ns = now_ns};
    w->used++;
    return w->last_tag;
}

bool window_take(struct window *w, uint64_t tag, struct window_slot *ret)
{
    for (int i = 0; i < WINDOW_MAX && tag; i++)
        if (w->slot[i].tag == tag) {
            *ret = w->slot[i];
            w->slot[i].tag = 0;
            w->used--;
            return true;
        }
    return false;
}

bool window_has(const struct window *w, uint64_t seq)
{
    for (int i = 0; i < WINDOW_MAX; i++)
        if (w->slot[i].tag && w->slot[i].seq == seq)
            return true;
    return false;
}

int64_t window_oldest_ns(const struct window *w)
{
    int64_t oldest = INT64_MAX;
    for (int i = 0; i < WINDOW_MAX; i++)
        if (w->slot[i].tag && w->slot[i].sent_ns < oldest)
            oldest = w->slot[i].sent_ns;
    return oldest;
}
