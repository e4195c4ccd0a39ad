/* Worker threads for streams.
 *
 * Jobs are keyed by stream, at most one in flight a stream. Tokens that come
 * while a stream is in flight, or that wait for a worker, make the next job of
 * that stream longer: a slow box spends fewer weight passes a token instead of
 * falling behind. Several streams waiting are batched into one pass. When more
 * than max_waiting tokens of one stream wait, its oldest are shed and counted,
 * and the stream starts anew with the next ones.
 *
 * pool_submit and pool_take are called by one thread each (front, main); results
 * of one stream come in order. No allocation after pool_start and pool_add. */
#ifndef INFER_POOL_H
#define INFER_POOL_H

#include "infer/encoder.h"

struct pool;

struct pool_params {
    const struct model *model;   /* outlives the pool */
    const struct kernel *kernel;
    int workers;                 /* 1..16 */
    int max_streams;             /* 1..64 */
    int max_waiting;             /* tokens a stream, 64..1024; 0: 256 */
    int wake_fd;                 /* eventfd written when results are there; the caller's */
};

struct pool_result {
    int stream;          /* the number pool_add gave */
    uint32_t epoch;      /* of pool_reset calls and sheds: a window of an older stream start */
    uint64_t first_token; /* number, in tokens submitted since pool_reset, before this epoch's first one */
    struct scores scores;
    int64_t submitted_ns; /* boot time when the window's last token was submitted */
};

struct pool_stats {
    uint64_t windows, shed_tokens, passes, rows;
    uint64_t waiting; /* tokens now */
    uint64_t jobs_started, jobs_done; /* for the watchdog: equal or moving */
};

int pool_start(const struct pool_params *p, struct pool **ret, struct reason *why);
void pool_stop(struct pool *p); /* ends the workers, frees; NULL is fine */

/* A stream of its own; >= 0 its number, -ENOSPC, -ENOMEM. pool_remove waits
 * for a job in flight. */
int pool_add(struct pool *p, int hop);
void pool_remove(struct pool *p, int stream);

/* Next tokens of a stream: ids (n_tokens, n_books). 0, or the number of tokens shed. */
int pool_submit(struct pool *p, int stream, const uint16_t *ids, int n_tokens, int64_t now_ns);
/* The sound broke off: what waits still runs, then the stream starts anew with the next tokens. */
void pool_reset(struct pool *p, int stream);

/* 1: *ret is filled; 0: nothing there. */
int pool_take(struct pool *p, struct pool_result *ret);

/* Waits until nothing waits and nothing is in flight (scan, tests). */
void pool_drain(struct pool *p);
void pool_stats(struct pool *p, struct pool_stats *ret);

#endif
