/* Local files are opened here and handed to libav as a byte stream, not by name:
 * libav's own file protocol waits for ever on a FIFO, guesses formats from names
 * (a text file becomes a video of its letters) and says little about a directory.
 * Network streams go by name, so that libav's protocols see host and login; each
 * scheme may open just the protocols that it needs, so a playlist that comes by
 * http cannot read local files.
 *
 * Camera certificates are self-signed as a rule, so rtsps encrypts without asking who
 * answers; https is verified. */
#include "audio/source_av_input.h"

#include <fcntl.h>
#include <libavformat/avformat.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/lookup.h"
#include "audio/url.h"

enum {
    IO_BYTES = 32768,
    ANALYZE_US = 2000000, /* of a network stream, before the track is chosen */
    GOODBYE_MS = 50,      /* for RTSP's TEARDOWN */
};

static void be_quiet(void *avcl, int level, const char *fmt, va_list ap)
{
}

static void silence_libav(void)
{
    av_log_set_callback(be_quiet);
}

static bool stopped(const struct av_input *in)
{
    return in->stop && atomic_load_explicit(in->stop, memory_order_relaxed);
}

static int interrupted(void *opaque)
{
    const struct av_input *in = opaque;
    return stopped(in) || clock_boot_ns() >= in->deadline_ns;
}

int av_input_error(const struct av_input *in, int averr, const char *doing, struct reason *why)
{
    static const struct {
        int averr, err;
        const char *text;
    } known[] = {
        {AVERROR_HTTP_UNAUTHORIZED, EACCES, "not authorised"},
        {AVERROR_HTTP_FORBIDDEN, EACCES, "forbidden"},
        {AVERROR_HTTP_NOT_FOUND, ENOENT, "the server knows no such stream"},
        {AVERROR_HTTP_BAD_REQUEST, EIO, "the server did not understand the request"},
        {AVERROR_HTTP_OTHER_4XX, EIO, "the server refused the request"},
        {AVERROR_HTTP_SERVER_ERROR, EIO, "the server failed"},
        {AVERROR_INVALIDDATA, EBADMSG, "not a recording that can be read"},
        {AVERROR_STREAM_NOT_FOUND, ENOMSG, "no audio track"},
        {AVERROR_PROTOCOL_NOT_FOUND, EINVAL, "this libav does not know the protocol"},
        {AVERROR_DECODER_NOT_FOUND, EBADMSG, "this libav does not know the codec"},
        {AVERROR_EOF, ECONNRESET, "the other side closed the stream"},
    };
    if (stopped(in))
        return reason_set(why, ECANCELED, "stopped");
    if (clock_boot_ns() >= in->deadline_ns)
        return reason_set(why, ETIMEDOUT, "%s: nothing came in time (%s)", in->shown, doing);
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (known[i].averr == averr)
            return reason_set(why, known[i].err, "%s: %s (%s)", in->shown, known[i].text, doing);
    int err = AVUNERROR(averr);
    if (err <= 0 || err >= 4096 || err == EAGAIN) /* one of libav's own tags */
        err = EIO;
    if (err == EPIPE)
        err = ECONNRESET; /* source_read() tells a gap by EPIPE, a silent writer by EAGAIN */
    if (err == EIO && strncmp(in->shown, "https:", 6) == 0 && strcmp(doing, "opening") == 0)
        return reason_set(why, err, "%s: no secure connection: does this box trust the certificate, "
                          "and is its clock right?", in->shown);
    return reason_set(why, err, "%s: %s (%s)", in->shown, strerror(err), doing);
}

static int file_read(void *opaque, uint8_t *buf, int n)
{
    struct av_input *in = opaque;
    for (;;) {
        if (interrupted(in))
            return AVERROR_EXIT;
        ssize_t got = read(in->fd, buf, (size_t)n);
        if (got > 0)
            return (int)got;
        if (got == 0)
            return AVERROR_EOF;
        if (errno != EAGAIN && errno != EINTR)
            return AVERROR(errno);
        struct pollfd pf = {in->fd, POLLIN, 0};
        poll(&pf, 1, source_slice_ms(in->deadline_ns));
    }
}

static int64_t file_seek(void *opaque, int64_t offset, int whence)
{
    const struct av_input *in = opaque;
    if (whence & AVSEEK_SIZE) {
        struct stat st;
        return fstat(in->fd, &st) < 0 ? AVERROR(errno) : st.st_size;
    }
    off_t at = lseek(in->fd, offset, whence & ~AVSEEK_FORCE);
    return at < 0 ? AVERROR(errno) : at;
}

/* A FIFO or a shell's <(…): opened without waiting, then given time to get a writer. */
static int wait_for_writer(struct av_input *in, struct reason *why)
{
    struct pollfd pf = {in->fd, POLLIN, 0};
    while (poll(&pf, 1, source_slice_ms(in->deadline_ns)) <= 0)
        if (interrupted(in))
            return av_input_error(in, AVERROR_EXIT, "waiting for a writer", why);
    return 0;
}

static int file_open(struct av_input *in, const char *path, struct reason *why)
{
    struct stat st;
    in->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (in->fd < 0 || fstat(in->fd, &st) < 0)
        return reason_set(why, errno, "cannot open %s: %s", in->shown, strerror(errno));
    if (S_ISDIR(st.st_mode))
        return reason_set(why, EISDIR, "%s is a directory", in->shown);
    if (S_ISREG(st.st_mode) && st.st_size == 0)
        return reason_set(why, EBADMSG, "%s is empty", in->shown);
    if (S_ISFIFO(st.st_mode)) {
        int err = wait_for_writer(in, why);
        if (err < 0)
            return err;
    }
    uint8_t *buf = av_malloc(IO_BYTES);
    bool seekable = S_ISREG(st.st_mode);
    in->io =
        buf ? avio_alloc_context(buf, IO_BYTES, 0, in, file_read, NULL, seekable ? file_seek : NULL)
            : NULL;
    if (!in->io) {
        av_free(buf);
        return reason_set(why, ENOMEM, "no memory to read %s", in->shown);
    }
    in->io->seekable = seekable ? AVIO_SEEKABLE_NORMAL : 0;
    in->fmt->pb = in->io;
    in->fmt->flags |= AVFMT_FLAG_CUSTOM_IO;
    return 0;
}

static int set_options(AVDictionary **ret, const char *url, int timeout_ms)
{
    static const struct {
        const char *scheme, *name, *value;
    } options[] = {
        {"rtsp:", "protocol_whitelist", "rtsp,rtp,tcp"},
        {"rtsps:", "protocol_whitelist", "rtsps,rtp,tls,tcp"},
        {"http:", "protocol_whitelist", "http,https,tls,tcp,crypto"},
        {"https:", "protocol_whitelist", "https,tls,tcp,crypto"},
        {"rtsp", "rtsp_transport", "tcp"},
        {"rtsp", "allowed_media_types", "audio"},
        {"rtsp", "initial_pause", "1"}, /* until it is known that there is something to play */
    };
    int err = 0;
    for (size_t i = 0; i < ARRAY_SIZE(options) && err >= 0; i++)
        if (strncmp(url, options[i].scheme, strlen(options[i].scheme)) == 0)
            err = av_dict_set(ret, options[i].name, options[i].value, 0);
    return err < 0 ? err : av_dict_set_int(ret, "timeout", (int64_t)timeout_ms * 1000, 0);
}

/* What a playlist names is opened by libav's demuxer with few of our options: https is
 * verified there too, and where http leads to it. */
static int verified_open(AVFormatContext *fmt, AVIOContext **ret, const char *url, int flags,
                         AVDictionary **options)
{
    const struct av_input *in = fmt->opaque;
    AVDictionary *own = NULL, **opts = options ? options : &own;
    int err = av_dict_set(opts, "tls_verify", "1", 0);
    if (err >= 0)
        err = in->open(fmt, ret, url, flags, opts);
    av_dict_free(&own);
    return err;
}

static int network_open(struct av_input *in, const struct source_params *p, struct reason *why)
{
    char url[URL_MAX], host[256];
    int err = url_with_login(p->url, p->username, p->password, url, why);
    if (err < 0)
        return err;
    if (url_host(p->url, host, sizeof(host)) < 0)
        return reason_set(why, EINVAL, "%s: a URL without a host", in->shown);
    err = lookup(host, in->deadline_ns, in->stop, why);
    if (err < 0)
        return err;
    AVDictionary *opts = NULL;
    err =
        set_options(&opts, p->url, p->open_timeout_ms > 0 ? p->open_timeout_ms : SOURCE_TIMEOUT_MS);
    in->fmt->max_analyze_duration = ANALYZE_US;
    in->open = in->fmt->io_open;
    in->fmt->opaque = in;
    in->fmt->io_open = verified_open;
    if (err >= 0)
        err = avformat_open_input(&in->fmt, url, NULL, &opts);
    /* an option that nobody took would mean a wait without an end, or video for nothing */
    const AVDictionaryEntry *left =
        err >= 0 && in->rtsp ? av_dict_get(opts, "", NULL, AV_DICT_IGNORE_SUFFIX) : NULL;
    if (left)
        err = reason_set(why, ENOSYS, "this libav does not know the option %s", left->key);
    else if (err >= 0 && in->rtsp && in->fmt->nb_streams == 0) /* a wait for nothing, in most cameras */
        err = reason_set(why, ENOMSG, "%s: no audio track", in->shown);
    else if (err < 0 || (in->rtsp && (err = av_read_play(in->fmt)) < 0))
        err = av_input_error(in, err, "opening", why);
    av_dict_free(&opts);
    return err;
}

static int local_open(struct av_input *in, const char *path, struct reason *why)
{
    int err = file_open(in, path, why);
    if (err < 0)
        return err;
    in->fmt->protocol_whitelist = av_strdup("none"); /* a playlist opens nothing else */
    err = avformat_open_input(&in->fmt, NULL, NULL, NULL);
    if (err == AVERROR_EOF || err == AVERROR(EINVAL)) /* too short to probe */
        err = AVERROR_INVALIDDATA;
    return err < 0 ? av_input_error(in, err, "opening", why) : 0;
}

/* RTSP tells rate and codec in its description; waiting for packets of every track
 * to find out more would wait for a talk-back that never speaks. */
static bool streams_known(const AVFormatContext *fmt)
{
    for (unsigned i = 0; i < fmt->nb_streams; i++) {
        const AVCodecParameters *c = fmt->streams[i]->codecpar;
        if (c->codec_type == AVMEDIA_TYPE_AUDIO &&
            (c->codec_id == AV_CODEC_ID_NONE || c->sample_rate <= 0))
            return false;
    }
    return fmt->nb_streams > 0;
}

int av_input_open(struct av_input *in, const struct source_params *p, struct reason *why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, silence_libav);
    in->fd = -1;
    in->fmt = avformat_alloc_context();
    if (!in->fmt)
        return reason_set(why, ENOMEM, "no memory for a demuxer");
    in->fmt->interrupt_callback = (AVIOInterruptCB){interrupted, in};
    bool network = strcmp(source_kind(p->url), "file") != 0;
    int err;
    if (network) {
        in->rtsp = strncmp(p->url, "rtsp", 4) == 0;
        url_shown(p->url, in->shown, sizeof(in->shown));
        err = network_open(in, p, why);
    } else {
        const char *path = p->url;
        if (strncmp(path, "file:", 5) == 0)
            path += 5;
        if (strncmp(path, "///", 3) == 0)
            path += 2;
        strncat(in->shown, path, sizeof(in->shown) - 1);
        err = local_open(in, path, why);
    }
    if (err < 0)
        return err;
    if (!in->rtsp || !streams_known(in->fmt)) {
        err = avformat_find_stream_info(in->fmt, NULL);
        if (err < 0)
            return av_input_error(in, err, "looking for tracks", why);
    }
    in->recording = !network || (!in->rtsp && in->fmt->pb && avio_size(in->fmt->pb) > 0);
    return 0;
}

void av_input_close(struct av_input *in)
{
    in->deadline_ns = clock_boot_ns() + GOODBYE_MS * INT64_C(1000000);
    in->stop = NULL;
    avformat_close_input(&in->fmt);
    if (in->io)
        av_freep(&in->io->buffer);
    avio_context_free(&in->io);
    if (in->fd >= 0)
        close(in->fd);
    in->fd = -1;
}
