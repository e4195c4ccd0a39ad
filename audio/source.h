/* One way to hear: a microphone, a camera, a recording or a pipe, opened by URL
 * and read as 16 kHz mono float.
 *
 *   alsa:DEVICE              ALSA capture (source_alsa.c)
 *   pipe:- pipe:/path        raw PCM or WAV from standard input or a FIFO (source_pipe.c)
 *   file:/path or a path, rtsp:// rtsps:// http:// https://   libav (source_av.c)
 *
 * Called by audio/capture (one thread a source) and by the tool's scan. A source
 * belongs to one thread, except source_stop(). Every call has a deadline. */
#ifndef AUDIO_SOURCE_H
#define AUDIO_SOURCE_H

#include <sys/types.h>

#include "config/reason.h"

enum { SAMPLE_RATE = 16000 };

struct source;

struct source_params {
    const char *url;
    const char *username; /* NULL: none; put into the URL of rtsp and http only */
    const char *password;
    bool paced;          /* a file is read as if it were live, not as fast as possible */
    int open_timeout_ms; /* <= 0: 10 s */
    int read_timeout_ms; /* <= 0: 10 s */
};

/* What the words after the colon mean; "alsa", "pipe", "file", "rtsp", "http"
 * or NULL for a URL that no kind takes. Used by the daemon for `kind`. */
const char *source_kind(const char *url);

/* Opens and waits until the input is known to carry audio. *ret is the caller's.
 * -errno with the remedy in why: -ENODEV no such device, -ENOENT no such file,
 * -ECONNREFUSED, -EACCES not authorised, -ETIMEDOUT, -ENOMSG no audio track,
 * -EINVAL bad URL, -EIO. */
int source_open(const struct source_params *p, struct source **ret, struct reason *why);

/* Up to n samples in [-1, 1] into out: waits for the first of them, at most the
 * read timeout. > 0 samples; 0 the recording or pipe ended; -EPIPE samples were
 * lost here (overrun, discontinuity), go on reading; -EAGAIN a FIFO has no writer now or
 * the source has nothing yet, call again; -ECANCELED source_stop() was called; other
 * -errno: close and reopen. No allocation for alsa and pipe. */
ssize_t source_read(struct source *s, float *out, size_t n, struct reason *why);

/* Another thread ends a waiting read or open within 100 ms. Sticky.
 * `flag` form: source_params has none, so capture stops a source still opening by
 * closing over *stop of its own: see source_set_stop. */
void source_stop(struct source *s);

/* What the input really is, for `state`: native rate in Hz, channels. */
int source_rate(const struct source *s);

void source_close(struct source *s); /* NULL is fine */

#endif
