/* One thread a source: open, read, push into the ring, reopen with backoff.
 *
 * The thread never waits for the consumer of a live source: what does not fit
 * into the ring is lost and counted. A recording at full speed and a pipe wait for
 * room instead (source_live()). After the source is open the thread neither
 * allocates (but see source.h about libav) nor logs, and takes a lock only when
 * phase or reason change. The daemon reads what happened from capture_status();
 * the eventfd is written after every push and after every change of status.
 *
 * Positions: samples are counted since capture_start. Where sound of a live source
 * was lost (overrun, full ring, reopen) the position moves on by what was lost, of packets
 * that a camera left out by its own times, else for alsa and rtsp by the clock, and the next
 * block has gap set. A recording's positions never come from a clock. */
#ifndef AUDIO_CAPTURE_H
#define AUDIO_CAPTURE_H

#include "audio/ring.h"
#include "audio/source.h"

struct capture;

/* OPENING until the first sample or failure; then RUNNING while samples come and
 * WAITING while they do not: for the next try, also during it, or for the writer of a
 * pipe. ENDED for good: params.reopen is false, or standard input is over. */
enum capture_phase { CAPTURE_OPENING, CAPTURE_RUNNING, CAPTURE_WAITING, CAPTURE_ENDED };

struct capture_params {
    const char *url;      /* copied, like all strings here */
    const char *username; /* NULL: none */
    const char *password;
    bool paced;          /* files as live sources: true in the daemon */
    bool reopen;         /* after the end or a failure; false: a recording ends once */
    size_t ring_blocks;  /* 0: 512, about 10 s */
    int wake_fd;         /* eventfd of the consumer, stays the caller's; -1: none */
    int open_timeout_ms; /* <= 0: 10 s */
    int read_timeout_ms; /* <= 0: 10 s; also how long without a sample is "stalled" */
};

struct capture_status { /* a consistent snapshot */
    enum capture_phase phase;
    const char *reason; /* NULL while all is well, or one word of capture_reasons */
    char text[256];     /* the sentence of the last failure, "" if none yet */
    int64_t tried_ns;   /* boot time at which the wait for the next try began, and when it ends; */
    int64_t retry_ns;   /* both stay until that try came to something, and are 0 else */
    uint64_t changes;   /* rises with every change of phase or reason */
    uint64_t restarts;  /* successful reopens */
    uint64_t xruns;     /* gaps inside an open source */
    uint64_t samples;   /* position of the next sample */
    int rate_hz;        /* native rate of the input, 0 unknown */
};

/* Every word that `reason` can be, NULL at the end; static storage:
 * no_device no_file unplugged busy forbidden refused unreachable unauthorized timeout
 * no_audio_track decode_error stalled no_writer disconnected ended bad_url failed */
extern const char *const capture_reasons[];

/* Starts the thread. -ENOMEM, -EINVAL (ring_blocks, a URL that no kind takes), -EAGAIN.
 * The ring belongs to the capture. */
int capture_start(const struct capture_params *p, struct capture **ret, struct reason *why);
struct ring *capture_ring(struct capture *c);
void capture_status(const struct capture *c, struct capture_status *ret); /* any thread */

/* Whether it was started with this password (NULL: none). Any thread. */
bool capture_knows(const struct capture *c, const char *password);

/* Tells the thread to end, and does not wait: so that several end in the time of one.
 * capture_stop() must follow. NULL is fine. */
void capture_ask_stop(struct capture *c);
/* Ends the thread within 200 ms and frees; NULL is fine. */
void capture_stop(struct capture *c);

#endif
