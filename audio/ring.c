/* The producer owns `head`, the consumer `tail`; both only ever rise, and a
 * slot is their value modulo the capacity. Each side keeps the last value it saw
 * of the other's index and looks again only when that one says full or empty, so
 * in the usual case a push touches no cache line that the consumer writes.
 *
 *     consumer's line            producer's line           slots
 *   [ tail  head_seen ]        [ head  tail_seen ]      [ 0 | 1 | … ]
 *        pop: slot read, then tail released
 *                                  push: slot written, then head released */
#include "audio/ring.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE = 64, MAX_BLOCKS = 65536 };

struct ring {
    _Alignas(CACHE_LINE) atomic_size_t head; /* next slot to write */
    size_t tail_seen;
    _Atomic uint64_t dropped;
    _Alignas(CACHE_LINE) atomic_size_t tail; /* next slot to read */
    size_t head_seen;
    _Alignas(CACHE_LINE) size_t blocks; /* not written after ring_new */
    struct ring_block *slot;            /* (blocks) */
};

int ring_new(size_t blocks, struct ring **ret)
{
    if (blocks < 2 || blocks > MAX_BLOCKS || (blocks & (blocks - 1)))
        return -EINVAL;
    struct ring *r = aligned_alloc(CACHE_LINE, sizeof(*r));
    if (!r)
        return -ENOMEM;
    memset(r, 0, sizeof(*r));
    r->blocks = blocks;
    r->slot = calloc(blocks, sizeof(*r->slot));
    if (!r->slot) {
        free(r);
        return -ENOMEM;
    }
    *ret = r;
    return 0;
}

void ring_free(struct ring *r)
{
    if (!r)
        return;
    free(r->slot);
    free(r);
}

static void block_copy(struct ring_block *to, const struct ring_block *from)
{
    memcpy(to, from, offsetof(struct ring_block, samples));
    memcpy(to->samples, from->samples, from->n * sizeof(from->samples[0]));
}

int ring_push(struct ring *r, const struct ring_block *b)
{
    if (b->n < 1 || b->n > RING_BLOCK)
        return -EINVAL;
    size_t head = atomic_load_explicit(&r->head, memory_order_relaxed);
    if (head - r->tail_seen == r->blocks) {
        r->tail_seen = atomic_load_explicit(&r->tail, memory_order_acquire);
        if (head - r->tail_seen == r->blocks) {
            atomic_fetch_add_explicit(&r->dropped, 1, memory_order_relaxed);
            return -ENOBUFS;
        }
    }
    block_copy(&r->slot[head & (r->blocks - 1)], b);
    atomic_store_explicit(&r->head, head + 1, memory_order_release);
    return 0;
}

size_t ring_room(struct ring *r)
{
    r->tail_seen = atomic_load_explicit(&r->tail, memory_order_acquire);
    return r->blocks - (atomic_load_explicit(&r->head, memory_order_relaxed) - r->tail_seen);
}

int ring_pop(struct ring *r, struct ring_block *ret)
{
    size_t tail = atomic_load_explicit(&r->tail, memory_order_relaxed);
    if (tail == r->head_seen) {
        r->head_seen = atomic_load_explicit(&r->head, memory_order_acquire);
        if (tail == r->head_seen)
            return 0;
    }
    block_copy(ret, &r->slot[tail & (r->blocks - 1)]);
    atomic_store_explicit(&r->tail, tail + 1, memory_order_release);
    return 1;
}

uint64_t ring_dropped(const struct ring *r)
{
    return atomic_load_explicit(&r->dropped, memory_order_relaxed);
}
