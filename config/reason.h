/* The sentence that travels with an error.
 *
 * Library floors never log. A function that reads a file, a device, the network
 * or a human's words takes `struct reason *why` as its last parameter and, when
 * it fails, fills it with what failed, about what, and where possible the
 * remedy, without a final full stop. The caller that can act logs it once.
 * `why` may be NULL: the caller only wants the errno. No allocation; any thread,
 * each with its own object. */
#ifndef CONFIG_REASON_H
#define CONFIG_REASON_H

#include "config/base.h"

enum { REASON_SIZE = 512 };

struct reason {
    char text[REASON_SIZE]; /* always terminated; "" when nothing failed */
};

/* Writes the sentence (cut to fit, never in the middle of a UTF-8 character,
 * control characters replaced by '?') and returns -err, so that a failing
 * function can end in `return reason_set(why, EINVAL, …)`. err > 0. */
int reason_set(struct reason *why, int err, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Puts "prefix: " before the sentence that is there; returns err unchanged. */
int reason_prefix(struct reason *why, int err, const char *fmt, ...) PRINTF_LIKE(3, 4);

#endif
