/* Does a host's name resolve, and in time?
 *
 * getaddrinfo() can neither be interrupted nor given a deadline, and libav calls it
 * inside its open. So the name is looked up beforehand on a thread of its own, which
 * is left behind when it takes too long and ends by itself; libav then asks a resolver
 * that has just answered. Called by source_av; any thread. */
#ifndef AUDIO_LOOKUP_H
#define AUDIO_LOOKUP_H

#include <stdatomic.h>

#include "config/reason.h"

/* 0; -EHOSTUNREACH does not resolve; -ETIMEDOUT; -ECANCELED when *stop (may be NULL)
 * became true; -EAGAIN, -ENOMEM no thread. */
int lookup(const char *host, int64_t deadline_ns, const atomic_bool *stop, struct reason *why);

#endif
