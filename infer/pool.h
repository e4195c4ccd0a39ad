/* Worker threads for streams.
 *
 * Jobs are keyed by stream, at most one in flight a stream. Tokens that come
 * while a stream is in flight, or that wait for a worker, make the next job of
 * that stream longer: a slow box spends fewer weight passes a token instead of
 * falling behind. Several streams waiting are batched into one pass. A job waits
 * until a window ends in it: before that nobody could see its result. When more
 * than max_waiting tokens of one stream wait, the older half of them is shed and
 * counted, and the stream starts anew with the rest.
 *
 * No window is lost silently: a job runs only when the results queue has room
 * for its windows, so a caller that stops taking results makes tokens wait, and
 * in the end shed, which is counted.
 *
 * pool_submit, pool_reset and pool_take may be called from any thread (in the
 * daemon: front, front, main), for one stream from one at a time; none of them
 * waits for a pass. Results of one stream come in order. No allocation after
 * pool_start and pool_add. */
#ifndef INFER_POOL_H
#define INFER_POOL_H

#include "infer/encoder.h"

struct pool;

struct pool_params {
    const struct model *model;   /* opened with a kernel; outlives the pool */
    int workers;                 /* 1..16 */
    int max_streams;             /* 1..64 */
    int max_waiting;             /* tokens a stream, 64..1024; 0: 256 */
    int wake_fd;                 /* eventfd written when results are there; the caller's */
};

struct pool_result {
    int stream;          /* the number pool_add gave */
    uint32_t epoch;      /* 0, 1, …: counts the stream's new starts (pool_reset, sheds) */
    uint64_t first_token; /* tokens submitted since pool_reset before this epoch's first one */
    struct scores scores;
    int64_t submitted_ns; /* boot time when the window's last token was submitted */
};

struct pool_stats {
    uint64_t windows, shed_tokens, passes, rows;
    uint64_t waiting; /* tokens now, those included in which no window ends yet */
    uint64_t jobs_started, jobs_done; /* for the watchdog: equal or moving */
};

/* -EINVAL for parameters out of range or a model that is not causal, -ENOMEM,
 * -EAGAIN when a thread cannot be made; why says which. */
/* What `workers: auto` means here: a small box has other work, and all streams share a
 * pass anyway. */
int pool_auto_workers(void);

int pool_start(const struct pool_params *p, struct pool **ret, struct reason *why);
void pool_stop(struct pool *p); /* ends the workers, frees; NULL is fine */

/* A stream of its own, hop 1..64; >= 0 its number, -ENOSPC, -ENOMEM, -EINVAL.
 * pool_remove waits for a job in flight, forgets what waits and what was not
 * taken yet; the number may come again. */
int pool_add(struct pool *p, int hop);
void pool_remove(struct pool *p, int stream);

/* Next tokens of a stream: ids (n_tokens, n_books), each id < codes. now_ns comes
 * back as submitted_ns and means nothing else here. 0, or the number of tokens
 * shed; -EINVAL, and nothing is submitted, for ids out of range. */
int pool_submit(struct pool *p, int stream, const uint16_t *ids, int n_tokens, int64_t now_ns);
/* The sound broke off: what waits still runs, then the stream starts anew with the next tokens. */
void pool_reset(struct pool *p, int stream);

/* 1: *ret is filled; 0: nothing there. */
int pool_take(struct pool *p, struct pool_result *ret);

/* Waits until nothing is in flight and no job can run: none waits, or the results
 * queue is full and has to be emptied first (scan, tests). */
void pool_drain(struct pool *p);
void pool_stats(struct pool *p, struct pool_stats *ret);

#endif
