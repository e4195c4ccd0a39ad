/* Lock-free single-producer single-consumer ring of audio blocks.
 *
 * The capture thread pushes, the front pops; nobody waits, allocates or locks.
 * Each block knows the position of its first sample (samples since the source
 * started, lost ones counted as far as they are known). A block that does not
 * fit is counted and lost; the producer marks the next one with gap. */
#ifndef AUDIO_RING_H
#define AUDIO_RING_H

#include "config/base.h"

enum { RING_BLOCK = 320 }; /* 20 ms */

struct ring;

struct ring_block {
    uint64_t pos;              /* of samples[0] */
    int64_t boot_ns;           /* CLOCK_BOOTTIME when the last sample of the block arrived */
    uint32_t n;                /* 1..RING_BLOCK */
    uint32_t gap;              /* not 0: samples were lost before this block, restart the stream */
    float samples[RING_BLOCK]; /* only the first n are copied */
};

/* blocks: capacity, a power of two in 2..65536. -EINVAL, -ENOMEM. */
int ring_new(size_t blocks, struct ring **ret);
void ring_free(struct ring *r); /* NULL is fine */

/* Producer. Copies the block in; -ENOBUFS (and counted) when the ring is full. */
int ring_push(struct ring *r, const struct ring_block *b);

/* Producer: blocks that will fit for certain. */
size_t ring_room(struct ring *r);

/* Consumer. 1: *ret is filled; 0: nothing there. */
int ring_pop(struct ring *r, struct ring_block *ret);

/* Any thread: blocks that did not fit since the start. */
uint64_t ring_dropped(const struct ring *r);

#endif
