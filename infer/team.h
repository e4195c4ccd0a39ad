/* A few threads that do one thing together: fork, meet, join.
 *
 * Who waits spins for some microseconds, because the others are nearly there, and
 * then sleeps, because they may not be running at all. One thread calls team_run(),
 * as member 0; what it runs may call team_meet(). Allocates in team_new only. */
#ifndef INFER_TEAM_H
#define INFER_TEAM_H

#include "config/base.h"

struct team;

enum { TEAM_MOST = 16 };

/* n members, 2..TEAM_MOST, the caller among them: n - 1 threads. -ENOMEM, -EAGAIN,
 * and -ENOTSUP where there are no threads. */
int team_new(int n, struct team **ret);
void team_free(struct team *t); /* NULL is fine */

int team_size(const struct team *t); /* of NULL: 1 */

/* part(of, member) on every member; returns when all are done. NULL: on the caller alone. */
void team_run(struct team *t, void (*part)(void *of, int member), void *of);

/* Returns when all members have called it, and they see what each did before. */
void team_meet(struct team *t);

#endif
