/* One thread a source: open, read, push into the ring, reopen with backoff.
 *
 * The thread never waits for the consumer, and after the source is open it
 * neither allocates, locks nor logs. The daemon reads what happened from
 * capture_status(); an eventfd wakes the front when blocks are there and is
 * written after every push and after every change of status. */
#ifndef AUDIO_CAPTURE_H
#define AUDIO_CAPTURE_H

#include "audio/ring.h"
#include "audio/source.h"

struct capture;

enum capture_phase { CAPTURE_OPENING, CAPTURE_RUNNING, CAPTURE_WAITING, CAPTURE_ENDED };

struct capture_params {
    const char *url;      /* copied, like all strings here */
    const char *username; /* NULL: none */
    const char *password;
    bool paced;           /* files as live sources: true in the daemon */
    bool reopen;          /* after the end or a failure; false: a recording ends once */
    size_t ring_blocks;   /* 0: 512, about 10 s */
    int wake_fd;          /* eventfd of the consumer, stays the caller's */
};

struct capture_status { /* a consistent snapshot */
    enum capture_phase phase;
    const char *reason; /* NULL or one word of the contract, static storage */
    char text[256];     /* the sentence of the last failure, "" if none */
    uint64_t changes;   /* rises with every change of phase or failure */
    uint64_t restarts;  /* successful reopens */
    uint64_t xruns;
    uint64_t samples;   /* pushed so far; position of the next sample */
    int rate_hz;        /* native rate of the input */
};

/* Starts the thread. -ENOMEM, -EINVAL, -EAGAIN. The ring belongs to the capture. */
int capture_start(const struct capture_params *p, struct capture **ret, struct reason *why);
struct ring *capture_ring(struct capture *c);
void capture_status(const struct capture *c, struct capture_status *ret);

/* Ends the thread within 200 ms and frees; NULL is fine. */
void capture_stop(struct capture *c);

#endif
