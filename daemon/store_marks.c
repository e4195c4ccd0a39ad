#include "daemon/store_marks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 16 };

void store_marks_done(struct store_marks *m)
{
    free(m->span);
    *m = (struct store_marks){0};
}

/* The first span that does not end before seq; m->n: all do. */
static size_t place_of(const struct store_marks *m, uint64_t seq)
{
    size_t low = 0, high = m->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->span[middle].last < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_within(const struct store_marks *m, size_t i, uint64_t seq)
{
    return i < m->n && m->span[i].first <= seq;
}

static void take_out(struct store_marks *m, size_t first, size_t n)
{
    m->n -= n;
    memmove(&m->span[first], &m->span[first + n], sizeof(m->span[0]) * (m->n - first));
}

static int put_in(struct store_marks *m, size_t i, uint64_t seq)
{
    if (m->n == m->room) {
        size_t room = m->room ? 2 * m->room : ROOM_FIRST;
        struct store_span *span = reallocarray(m->span, room, sizeof(*span));
        if (!span)
            return -ENOMEM;
        m->span = span;
        m->room = room;
    }
    memmove(&m->span[i + 1], &m->span[i], sizeof(m->span[0]) * (m->n - i));
    m->span[i] = (struct store_span){seq, seq};
    m->n++;
    return 0;
}

int store_marks_add(struct store_marks *m, uint64_t seq)
{
    size_t i = place_of(m, seq);
    if (is_within(m, i, seq))
        return 0;
    bool after_one = i > 0 && m->span[i - 1].last + 1 == seq;
    bool before_one = i < m->n && m->span[i].first == seq + 1;
    if (after_one && before_one) {
        m->span[i - 1].last = m->span[i].last;
        take_out(m, i, 1);
    } else if (after_one) {
        m->span[i - 1].last = seq;
    } else if (before_one) {
        m->span[i].first = seq;
    } else if (put_in(m, i, seq) < 0) {
        return -ENOMEM;
    }
    m->count++;
    return 0;
}

bool store_marks_has(const struct store_marks *m, uint64_t seq)
{
    return is_within(m, place_of(m, seq), seq);
}

uint64_t store_marks_run(const struct store_marks *m, uint64_t seq)
{
    size_t i = place_of(m, seq);
    return is_within(m, i, seq) ? m->span[i].last : seq;
}

size_t store_marks_lowest(const struct store_marks *m, uint64_t *ret, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        for (uint64_t seq = m->span[i].first; seq <= m->span[i].last; seq++) {
            if (n == max)
                return n;
            ret[n++] = seq;
        }
    return n;
}

void store_marks_drop_lowest(struct store_marks *m, size_t n)
{
    size_t whole = 0;
    uint64_t left = n < m->count ? n : m->count;
    m->count -= left;
    for (; whole < m->n && left > 0; whole++) {
        uint64_t size = m->span[whole].last - m->span[whole].first + 1;
        if (size > left) {
            m->span[whole].first += left;
            break;
        }
        left -= size;
    }
    if (whole > 0)
        take_out(m, 0, whole);
}
