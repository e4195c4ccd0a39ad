/* One way to hear: a microphone, a camera, a recording or a pipe, opened by URL
 * and read as 16 kHz mono float.
 *
 *   alsa:DEVICE              ALSA capture, best by card name: alsa:hw:CARD=Mic (source_alsa.c)
 *   pipe:- pipe:/path        WAV or raw PCM from standard input or a FIFO (source_pipe.c),
 *                            or from a file, which is a recording, to be paced as any;
 *                            raw is s16le, 16 kHz, mono unless ?rate=R&channels=C&format=F
 *                            says otherwise, F one of s16le, s32le, f32le
 *   file:/path or a path, rtsp:// rtsps:// http:// https://   libav (source_av.c)
 *
 * The path of a file URL is taken as it is, without %xx.
 * Called by audio/capture (one thread a source) and by the tool's scan. A source
 * belongs to one thread; only *stop may be written by another one. Every call has
 * a deadline. After source_open, alsa and pipe allocate nothing (a WAV head in a pipe
 * that brings another format does, once); libav's demuxers and decoders allocate
 * inside, as their API demands. libav's own log is silenced for the whole process. */
#ifndef AUDIO_SOURCE_H
#define AUDIO_SOURCE_H

#include <stdatomic.h>
#include <sys/types.h>

#include "config/reason.h"

enum { SAMPLE_RATE = 16000 };

struct source;

struct source_params {
    const char *url;
    const char *username; /* NULL: none; for rtsp and http only; never in an error text */
    const char *password;
    bool paced;              /* a recording is read as if it were live, not as fast as possible */
    int open_timeout_ms;     /* <= 0: 10 s */
    int read_timeout_ms;     /* <= 0: 10 s */
    const atomic_bool *stop; /* NULL: none. Outlives the source. Once true, an open or a
                                read, also one in progress, ends with -ECANCELED within 100 ms
                                (name lookup is done aside and abandoned) */
};

/* What the words before the colon mean: "alsa", "pipe", "file", "rtsp", "http",
 * or NULL for a URL that no kind takes. Static storage. The daemon's `kind`. */
const char *source_kind(const char *url);
int source_no_kind(struct reason *why); /* says so; -EINVAL. The URL may hold a password */

/* Opens and waits until the input is known to carry audio; a pipe may still be
 * without a writer. The strings are needed only during the call. *ret is the
 * caller's. -errno with the remedy in why: -ENODEV no such device, -EBUSY in use,
 * -ENOENT no such file, -EISDIR, -ECONNREFUSED, -EHOSTUNREACH (also a name that
 * does not resolve), -EACCES not authorised, -ETIMEDOUT, -ENOMSG no audio track,
 * -EBADMSG not a recording that we can read, -EINVAL bad URL, -ECANCELED, -ENOMEM,
 * -EIO and other errors of the system. */
int source_open(const struct source_params *p, struct source **ret, struct reason *why);

/* Up to n (> 0) samples in [-1, 1] into out: waits for the first of them, at most
 * the read timeout. The result does not depend on n.
 *   > 0         samples
 *   0           the recording, standard input or camera's programme ended
 *   -EPIPE      samples were lost here (overrun, decode error, another writer): what
 *               follows does not join on; go on reading
 *   -EAGAIN     the FIFO has no writer, or a writer that is silent for the read
 *               timeout: go on reading. Returns after 100 ms at most without a writer
 *   -ECANCELED  *stop is true
 *   other       close and reopen: -ETIMEDOUT nothing came, -ENODEV unplugged,
 *               -ECONNRESET the other side went, -EBADMSG too many decode errors, … */
ssize_t source_read(struct source *s, float *out, size_t n, struct reason *why);

/* How long was what the last -EPIPE lost, by the times of the input itself; 0: not known. */
int64_t source_lost_us(const struct source *s);

/* False for what waits until it is read: a recording at full speed, a pipe. True
 * for what comes in its own time and is lost when nobody takes it. */
bool source_live(const struct source *s);

/* What the input really is, for `state`: native rate in Hz and channels; 0 while
 * not known (a pipe into which nobody writes). */
int source_rate(const struct source *s);
int source_channels(const struct source *s);

void source_close(struct source *s); /* NULL is fine */

#endif
