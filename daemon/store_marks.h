/* The numbers of events that were acknowledged and are not marked so on disk yet.
 *
 * Kept as spans of numbers without a gap, lowest first: a broker acknowledges about in
 * order, so a backlog of any size is a few spans. For daemon/store; one thread at a time. */
#ifndef DAEMON_STORE_MARKS_H
#define DAEMON_STORE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store_span {
    uint64_t first, last;
};

/* All zero: none. */
struct store_marks {
    struct store_span *span;
    size_t n, room;
    uint64_t count; /* numbers, not spans */
};

void store_marks_done(struct store_marks *m); /* none again, and no memory */
/* 0, also for one that is there already; -ENOMEM: not remembered. */
int store_marks_add(struct store_marks *m, uint64_t seq);
bool store_marks_has(const struct store_marks *m, uint64_t seq);
/* The last of the numbers that follow seq without a gap and are all there, like seq itself;
 * seq, when it is not there. */
uint64_t store_marks_run(const struct store_marks *m, uint64_t seq);
/* The lowest, up to max; how many. */
size_t store_marks_lowest(const struct store_marks *m, uint64_t *ret, size_t max);
void store_marks_drop_lowest(struct store_marks *m, size_t n);

#endif
