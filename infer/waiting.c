#include "infer/waiting.h"

#include <stdlib.h>
#include <string.h>

int waiting_init(struct waiting *w, int hop, int n_books, size_t capacity)
{
    *w = (struct waiting){.hop = hop, .n_books = n_books, .capacity = capacity, .fresh = true};
    w->token = calloc(capacity, sizeof(*w->token));
    w->ids = calloc(capacity * (size_t)n_books, sizeof(*w->ids));
    if (w->token && w->ids)
        return 0;
    waiting_done(w);
    return -ENOMEM;
}

void waiting_done(struct waiting *w)
{
    free(w->token);
    free(w->ids);
    *w = (struct waiting){0};
}

static struct waiting_token *at(const struct waiting *w, size_t i)
{
    return &w->token[(w->first + i) % w->capacity];
}

/* The older half goes; what the run of the new oldest token holds is numbered anew. */
static size_t shed(struct waiting *w)
{
    size_t gone = w->n / 2;
    for (size_t i = 0; i < gone; i++)
        w->windows -= at(w, i)->closes;
    w->first = (w->first + gone) % w->capacity;
    w->n -= gone;
    at(w, 0)->fresh = true;
    uint64_t number = 0;
    for (size_t i = 0; i < w->n; i++) {
        struct waiting_token *t = at(w, i);
        if (t->fresh && i > 0)
            return gone;
        number++;
        w->windows -= t->closes;
        t->closes = number % (uint64_t)w->hop == 0;
        w->windows += t->closes;
    }
    w->number = number; /* it was the last run too */
    return gone;
}

size_t waiting_feed(struct waiting *w, const uint16_t *ids, int64_t now_ns)
{
    size_t gone = w->n == w->capacity ? shed(w) : 0;
    struct waiting_token *t = at(w, w->n);
    w->number = w->fresh ? 1 : w->number + 1;
    *t = (struct waiting_token){
        .submitted_ns = now_ns,
        .index = w->fed++,
        .fresh = w->fresh,
        .closes = w->number % (uint64_t)w->hop == 0,
    };
    memcpy(w->ids + (size_t)(t - w->token) * (size_t)w->n_books, ids,
           (size_t)w->n_books * sizeof(*ids));
    w->windows += t->closes;
    w->fresh = false;
    w->n++;
    return gone;
}

void waiting_break(struct waiting *w)
{
    bool begun = w->fresh; /* the last run is over already */
    while (w->n > 0 && !begun && !at(w, w->n - 1)->closes)
        begun = at(w, --w->n)->fresh;
    w->fresh = true;
    w->fed = 0;
}

size_t waiting_take(struct waiting *w, size_t max_tokens, size_t max_windows, uint16_t *ret_ids,
                    struct waiting_token *ret_token)
{
    size_t n = 0, windows = 0;
    while (n < max_tokens && n < w->n) {
        const struct waiting_token *t = at(w, n);
        if ((n > 0 && t->fresh) || windows + t->closes > max_windows)
            break;
        memcpy(ret_ids + n * (size_t)w->n_books,
               w->ids + (size_t)(t - w->token) * (size_t)w->n_books,
               (size_t)w->n_books * sizeof(*ret_ids));
        ret_token[n++] = *t;
        windows += t->closes;
    }
    w->first = (w->first + n) % w->capacity;
    w->n -= n;
    w->windows -= windows;
    return n;
}
