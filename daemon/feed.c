#include "daemon/feed.h"
#include "daemon/store.h"

void feed_stop(struct feed *f)
{
    f->n = f->i = 0;
}

void feed_rewind(struct feed *f)
{
    feed_stop(f);
    f->cursor = 0;
    f->more = true;
}

void feed_expect(struct feed *f)
{
    f->more = true;
}

bool feed_is_dry(const struct feed *f)
{
    return !f->more && f->i == f->n;
}

bool feed_wants(const struct feed *f)
{
    return f->more && f->i == f->n;
}

void feed_fill(struct feed *f, struct store *s)
{
    f->n = store_unsent(s, f->cursor, f->ahead, FEED_AHEAD);
    f->i = 0;
    f->more = f->n > 0; /* fewer than asked for is not the end: some may be acknowledged */
}

const struct event *feed_first(const struct feed *f)
{
    return f->i < f->n ? &f->ahead[f->i] : NULL;
}

void feed_pass(struct feed *f)
{
    f->cursor = f->ahead[f->i++].seq;
}
