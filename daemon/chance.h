/* A number by chance, to spread in time what many boxes do at once. Any thread. */
#ifndef DAEMON_CHANCE_H
#define DAEMON_CHANCE_H

#include <sys/random.h>

#include "config/base.h"

/* 0 to n - 1, n > 0; by the clock where the kernel has no chance yet. */
static inline int64_t chance_below(int64_t n)
{
    uint32_t chance = 0;
    if (getrandom(&chance, sizeof(chance), GRND_NONBLOCK) < 0)
        chance = (uint32_t)clock_boot_ns();
    return (int64_t)chance % n;
}

#endif
