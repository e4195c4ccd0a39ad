/* Small things that every floor uses: overflow-checked sizes and the clocks.
 *
 * Sizes that come from a file, a device or the network are computed with
 * size_mul()/size_add() before anything is allocated or read. Intervals are
 * measured on CLOCK_BOOTTIME, which neither jumps nor stops in suspend; wall
 * time is read once, where a sample position becomes a time that people see.
 * All functions may be called from any thread. */
#ifndef CONFIG_BASE_H
#define CONFIG_BASE_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* *ret = a * b; false, and *ret untouched, when it does not fit. */
static inline bool size_mul(size_t a, size_t b, size_t *ret)
{
    size_t r;
    if (__builtin_mul_overflow(a, b, &r))
        return false;
    *ret = r;
    return true;
}

/* *ret = a + b; false, and *ret untouched, when it does not fit. */
static inline bool size_add(size_t a, size_t b, size_t *ret)
{
    size_t r;
    if (__builtin_add_overflow(a, b, &r))
        return false;
    *ret = r;
    return true;
}

#ifdef __wasi__ /* knows no suspend */
#define CLOCK_BOOTTIME CLOCK_MONOTONIC
#endif

/* Nanoseconds since boot, suspend included; never steps. */
static inline int64_t clock_boot_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_BOOTTIME, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Nanoseconds since 1970 UTC, as far as this box knows. */
static inline int64_t clock_wall_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

#endif
