/* Sound that another program writes: standard input, a FIFO, or a raw file.
 *
 * What comes first decides: a WAV head is obeyed, anything else is raw sound in
 * the URL's format. A FIFO outlives its writers; each of them begins a stream of
 * its own, also after a WAV whose length was told:
 *
 *      ┌────────────── writer goes (FIFO) ◄─────────────┐
 *      ▼                                                │
 *    START ── not RIFF ──► SOUND ── told length over ─► TAIL ── RIFF ──► HEAD
 *      └──── RIFF ──► HEAD ──► SOUND
 *
 * The FIFO is opened without waiting for a writer, and opened anew when one goes:
 * a new open file does not report the old hang-up, and follows a FIFO that was
 * replaced. Standard input is shared with the shell, so it is not made
 * non-blocking; poll() goes before each read. Memory is taken at open, and once
 * more when a WAV head brings another format. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/resample.h"
#include "audio/source_ops.h"
#include "audio/wav.h"

enum {
    PIPE_BUF_BYTES = 32768,
    NO_WRITER_MS = 100, /* how long a read waits for a writer */
};

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "samples are taken as they lie in the pipe");

struct pcm_format {
    int rate, channels, bits;
    bool is_float;
};

struct pipe_source {
    struct source base;
    int fd;
    bool fifo, stdin_fd, ended;
    bool begun; /* a stream was heard before: the next one is a gap */
    bool gap;   /* to be told before the next sample */
    enum { AT_START, IN_HEAD, IN_SOUND, IN_TAIL, IN_JUNK } at;
    uint64_t left;              /* bytes of sound, or of a tail chunk to skip; WAV_ENDLESS */
    struct pcm_format raw, now; /* of the URL; of this stream */
    struct wav wav;
    struct resample *rs; /* for rs_format */
    struct pcm_format rs_format;
    struct source_pending pending;
    size_t have;
    _Alignas(16) uint8_t buf[PIPE_BUF_BYTES];
    char path[];
};

static int frame_bytes(const struct pcm_format *f)
{
    return f->channels * f->bits / 8;
}

static enum resample_format resample_format_of(const struct pcm_format *f)
{
    if (f->is_float)
        return f->bits == 64 ? RESAMPLE_F64 : RESAMPLE_F32;
    return f->bits == 8    ? RESAMPLE_U8
           : f->bits == 16 ? RESAMPLE_S16
           : f->bits == 24 ? RESAMPLE_S24
                           : RESAMPLE_S32;
}

static bool same_format(const struct pcm_format *a, const struct pcm_format *b)
{
    return a->rate == b->rate && a->channels == b->channels && a->bits == b->bits &&
           a->is_float == b->is_float;
}

static int stream_begin(struct pipe_source *p, const struct pcm_format *f, uint64_t bytes,
                        struct reason *why)
{
    int err = 0;
    if (!p->rs || !same_format(f, &p->rs_format)) {
        struct resample_params rp = {f->rate, f->channels, resample_format_of(f), false};
        resample_free(p->rs);
        p->rs = NULL;
        err = resample_new(&rp, &p->rs, why);
    } else {
        err = resample_reset(p->rs);
    }
    if (err < 0)
        return err;
    p->rs_format = p->now = *f;
    p->base.rate = f->rate;
    p->base.channels = f->channels;
    p->at = IN_SOUND;
    p->left = bytes;
    p->gap = p->begun;
    p->begun = true;
    return 1;
}

static int stream_end(struct pipe_source *p)
{
    if (p->at != IN_SOUND)
        return 0;
    const float *out;
    int n = resample_flush(p->rs, &out);
    if (n < 0)
        return n;
    p->pending = (struct source_pending){out, (size_t)n};
    return 0;
}

static void consume(struct pipe_source *p, size_t n)
{
    p->have -= n;
    memmove(p->buf, p->buf + n, p->have);
}

static int sound(struct pipe_source *p)
{
    size_t frame = (size_t)frame_bytes(&p->now);
    size_t bytes = p->left < p->have ? (size_t)p->left : p->have;
    size_t frames = bytes / frame;
    if (frames > RESAMPLE_CHUNK)
        frames = RESAMPLE_CHUNK;
    if (frames == 0) {
        if (p->left >= frame)
            return 0;
        int err = stream_end(p); /* what is left is less than a frame and belongs to nobody */
        if (err < 0)
            return err;
        p->at = IN_TAIL;
        p->left += p->wav.data_bytes & 1; /* chunks are padded to even sizes */
        return 1;
    }
    const void *plane = p->buf;
    const float *out;
    int n = resample_feed(p->rs, &plane, (int)frames, &out);
    if (n < 0)
        return n;
    p->pending = (struct source_pending){out, (size_t)n};
    if (p->left != WAV_ENDLESS)
        p->left -= frames * frame;
    consume(p, frames * frame);
    return 1;
}

/* Behind a WAV of told length: other chunks, or the next WAV. */
static int tail(struct pipe_source *p)
{
    if (p->left > 0) {
        size_t n = p->left < p->have ? (size_t)p->left : p->have;
        consume(p, n);
        p->left -= n;
        return n > 0;
    }
    if (p->have < 8)
        return 0;
    if (wav_begins(p->buf, 4)) {
        p->at = AT_START;
        return 1;
    }
    for (int i = 0; i < 4; i++)
        if (p->buf[i] < 0x20 || p->buf[i] > 0x7e)
            p->at = IN_JUNK;
    uint32_t size;
    memcpy(&size, p->buf + 4, 4);
    p->left = (uint64_t)size + (size & 1);
    consume(p, 8);
    return 1;
}

static int head(struct pipe_source *p, struct reason *why)
{
    size_t used = 0;
    int r = wav_feed(&p->wav, p->buf, p->have, &used, why);
    if (r < 0)
        return r;
    consume(p, used);
    if (r == 0)
        return used > 0;
    struct pcm_format f = {p->wav.rate, p->wav.channels, p->wav.bits, p->wav.is_float};
    return stream_begin(p, &f, p->wav.data_bytes, why);
}

/* Works on what is in the buffer. 1: got on, 0: needs more bytes, -errno. */
static int step(struct pipe_source *p, struct reason *why)
{
    switch (p->at) {
    case AT_START:
        if (p->have == 0)
            return 0;
        if (!wav_begins(p->buf, p->have))
            return stream_begin(p, &p->raw, WAV_ENDLESS, why);
        if (p->have < 12)
            return 0;
        wav_init(&p->wav);
        p->at = IN_HEAD;
        return 1;
    case IN_HEAD:
        return head(p, why);
    case IN_SOUND:
        return sound(p);
    case IN_TAIL:
        return tail(p);
    case IN_JUNK:
        consume(p, p->have);
        return 0;
    }
    return -EINVAL;
}

static int fifo_open(struct pipe_source *p, struct reason *why)
{
    int fd = open(p->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return reason_set(why, errno, "cannot open %s: %s", p->path, strerror(errno));
    if (p->fd >= 0)
        close(p->fd);
    p->fd = fd;
    return 0;
}

static int writer_gone(struct pipe_source *p, struct reason *why)
{
    if (p->at == AT_START && p->have > 0) { /* too short to tell: raw it is */
        int r = stream_begin(p, &p->raw, WAV_ENDLESS, why);
        return r < 0 ? r : 0;
    }
    if (p->at == IN_HEAD && !p->fifo)
        return reason_set(why, EBADMSG, "standard input ended inside a WAV head");
    int err = stream_end(p);
    if (err < 0)
        return reason_set(why, -err, "libswresample failed");
    p->at = AT_START;
    p->have = 0;
    p->base.rate = p->base.channels = 0;
    if (!p->fifo) {
        p->ended = true;
        return 0;
    }
    return fifo_open(p, why);
}

/* Waits for bytes. 1 some came or the writer went; -EAGAIN, -ECANCELED, other errors. */
static int fill(struct pipe_source *p, struct reason *why)
{
    int64_t deadline = source_deadline_ns(p->base.read_timeout_ms),
            no_writer = source_deadline_ns(NO_WRITER_MS);
    for (;;) {
        if (source_stopped(&p->base))
            return reason_set(why, ECANCELED, "stopped");
        bool heard = p->at != AT_START || p->have > 0;
        struct pollfd pf = {p->fd, POLLIN, 0};
        int r = poll(&pf, 1, source_slice_ms(deadline));
        if (r < 0 && errno != EINTR)
            return reason_set(why, errno, "waiting for the pipe: %s", strerror(errno));
        ssize_t n = -1;
        errno = EAGAIN;
        if (p->fifo || (r > 0 && pf.revents))
            n = read(p->fd, p->buf + p->have, sizeof(p->buf) - p->have);
        if (n > 0) {
            p->have += (size_t)n;
            return 1;
        }
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return reason_set(why, errno, "reading the pipe: %s", strerror(errno));
        int64_t now = clock_boot_ns();
        if (n == 0) {
            if (!p->fifo || heard) {
                int err = writer_gone(p, why);
                return err < 0 ? err : 1;
            }
            struct stat st;
            if (fstat(p->fd, &st) == 0 && st.st_nlink == 0)
                return reason_set(why, ENOENT, "the FIFO %s was removed", p->path);
            if (r > 0) /* a hang-up that poll tells at once, again and again */
                nanosleep(&(struct timespec){0, SOURCE_SLICE_MS * 1000000L}, NULL);
            if (now >= no_writer)
                return reason_set(why, EAGAIN, "nobody writes into %s", p->path);
        } else if (now >= deadline) {
            return reason_set(why, EAGAIN, "the writer has been silent for %d ms",
                              p->base.read_timeout_ms);
        }
    }
}

static ssize_t read_pipe(struct source *s, float *out, size_t n, struct reason *why)
{
    struct pipe_source *p = (struct pipe_source *)s;
    for (;;) {
        if (p->pending.n > 0)
            return (ssize_t)source_take(&p->pending, out, n);
        if (p->gap) {
            p->gap = false;
            return reason_set(why, EPIPE, "another writer");
        }
        if (p->ended)
            return 0;
        int r = step(p, why);
        if (r < 0)
            return r;
        if (r > 0)
            continue;
        r = fill(p, why);
        if (r < 0)
            return r;
    }
}

static void close_pipe(struct source *s)
{
    struct pipe_source *p = (struct pipe_source *)s;
    if (p->fd >= 0 && !p->stdin_fd)
        close(p->fd);
    resample_free(p->rs);
    free(p);
}

static int set_number(const char *text, size_t n, int min, int max, int *ret)
{
    long v = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9' || v > max)
            return -EINVAL;
        v = 10 * v + (text[i] - '0');
    }
    if (n == 0 || v < min || v > max)
        return -EINVAL;
    *ret = (int)v;
    return 0;
}

static int set_option(struct pcm_format *f, const char *opt, size_t n)
{
    static const struct {
        const char *name;
        int bits;
        bool is_float;
    } formats[] = {{"s16le", 16, false}, {"s32le", 32, false}, {"f32le", 32, true}};
    if (n >= 5 && strncmp(opt, "rate=", 5) == 0)
        return set_number(opt + 5, n - 5, RESAMPLE_MIN_RATE, RESAMPLE_MAX_RATE, &f->rate);
    if (n >= 9 && strncmp(opt, "channels=", 9) == 0)
        return set_number(opt + 9, n - 9, 1, RESAMPLE_MAX_CHANNELS, &f->channels);
    if (n >= 7 && strncmp(opt, "format=", 7) == 0)
        for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
            if (strlen(formats[i].name) == n - 7 && strncmp(formats[i].name, opt + 7, n - 7) == 0) {
                f->bits = formats[i].bits;
                f->is_float = formats[i].is_float;
                return 0;
            }
    return -EINVAL;
}

static int set_options(struct pcm_format *f, const char *opts, struct reason *why)
{
    while (*opts) {
        size_t n = strcspn(opts, "&");
        if (set_option(f, opts, n) < 0)
            return reason_set(why, EINVAL,
                              "in a pipe URL: \"%.*s\" (expected rate=HZ, channels=N, "
                              "format=s16le, s32le or f32le)",
                              (int)(n > 80 ? 80 : n), opts);
        opts += n;
        opts += *opts == '&';
    }
    return 0;
}

static int open_pipe(const struct source_params *sp, struct source **ret, struct reason *why)
{
    const char *path = sp->url + strlen("pipe:"), *opts = strchr(path, '?');
    size_t n = opts ? (size_t)(opts - path) : strlen(path);
    if (n == 0 || n > 4095)
        return reason_set(why, EINVAL, "a pipe URL without a path (expected pipe:- or pipe:/path)");
    struct pipe_source *p = calloc(1, sizeof(*p) + n + 1);
    if (!p)
        return reason_set(why, ENOMEM, "no memory for a pipe");
    memcpy(p->path, path, n);
    p->fd = -1;
    p->base.stop = sp->stop;
    p->base.read_timeout_ms = sp->read_timeout_ms > 0 ? sp->read_timeout_ms : SOURCE_TIMEOUT_MS;
    p->raw = (struct pcm_format){SAMPLE_RATE, 1, 16, false};
    int err = opts ? set_options(&p->raw, opts + 1, why) : 0;
    if (err < 0)
        goto fail;
    if (strcmp(p->path, "-") == 0) {
        p->fd = STDIN_FILENO;
        p->stdin_fd = true;
    } else if ((err = fifo_open(p, why)) < 0) {
        goto fail;
    }
    struct stat st;
    if (fstat(p->fd, &st) < 0) {
        err = reason_set(why, errno, "standard input is closed");
        goto fail;
    }
    if (S_ISDIR(st.st_mode)) {
        err = reason_set(why, EISDIR, "%s is a directory", p->path);
        goto fail;
    }
    p->fifo = !p->stdin_fd && S_ISFIFO(st.st_mode);
    p->base.paced = p->base.live = sp->paced && S_ISREG(st.st_mode); /* a recording */
    struct resample_params rp = {p->raw.rate, p->raw.channels, resample_format_of(&p->raw), false};
    err = resample_new(&rp, &p->rs, why);
    if (err < 0)
        goto fail;
    p->rs_format = p->raw;
    *ret = &p->base;
    return 0;
fail:
    close_pipe(&p->base);
    return err;
}

const struct source_ops source_pipe_ops = {open_pipe, read_pipe, close_pipe};
