/* A capture device, in the rate, format and channels that it has by nature: ALSA's
 * own converters are turned off as far as the device allows, audio/resample does the
 * rest, so every device is converted by the same code.
 *
 * The device is never waited for without an end. An overrun (-EPIPE) or a suspend
 * (-ESTRPIPE) is recovered here and told as a gap. Anything else, -ENODEV of an
 * unplugged one first of all, cannot be: the caller closes and opens again. Devices
 * are best named by card id, hw:CARD=Mic: numbers change with the order of plugging. */
#include <alsa/asoundlib.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "audio/resample.h"
#include "audio/source_ops.h"

enum {
    PERIOD_US = 20000,
    BUFFER_US = 500000,
    MIC_RATE = 48000, /* asked for where 16 kHz is not native */
};

struct alsa_source {
    struct source base;
    snd_pcm_t *pcm;
    struct resample *rs;
    struct source_pending pending;
    bool heard, gap;
    bool dry; /* recovered, and no frames since */
    size_t frame_bytes;
    uint8_t *buf; /* (RESAMPLE_CHUNK, channels) */
    char device[128];
};

static void be_quiet(const char *file, int line, const char *function, int err, const char *fmt,
                     ...)
{
}

static void silence_alsa(void)
{
    snd_lib_error_set_handler(be_quiet);
}

static int device_error(const struct alsa_source *a, int err, const char *doing, struct reason *why)
{
    switch (err) {
    case -ENOENT:
    case -ENODEV:
    case -ENXIO:
        return reason_set(why, ENODEV, "no capture device %s", a->device);
    case -EBUSY:
    case -EAGAIN:
        return reason_set(why, EBUSY, "capture device %s is used by another program", a->device);
    case -EACCES:
    case -EPERM:
        return reason_set(why, EACCES, "this user may not open %s", a->device);
    case -EPIPE: /* by which source_read() would tell a gap */
    case -ESTRPIPE:
        return reason_set(why, EIO, "%s: %s: overrun at once", a->device, doing);
    default:
        return reason_set(why, -err, "%s: %s: %s", a->device, doing, snd_strerror(err));
    }
}

static int pick_format(snd_pcm_t *pcm, snd_pcm_hw_params_t *hw, enum resample_format *ret)
{
    static const struct {
        snd_pcm_format_t alsa;
        enum resample_format ours;
    } formats[] = {
        {SND_PCM_FORMAT_S16_LE, RESAMPLE_S16},
        {SND_PCM_FORMAT_S32_LE, RESAMPLE_S32},
        {SND_PCM_FORMAT_S24_3LE, RESAMPLE_S24},
        {SND_PCM_FORMAT_FLOAT_LE, RESAMPLE_F32},
        {SND_PCM_FORMAT_U8, RESAMPLE_U8},
    };
    for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
        if (snd_pcm_hw_params_set_format(pcm, hw, formats[i].alsa) == 0) {
            *ret = formats[i].ours;
            return 0;
        }
    return -ENOTSUP;
}

/* What the device does by itself, as near to 16 kHz mono as it has it. */
static int negotiate(struct alsa_source *a, struct resample_params *ret, struct reason *why)
{
    snd_pcm_hw_params_t *hw;
    snd_pcm_hw_params_alloca(&hw);
    int err = snd_pcm_hw_params_any(a->pcm, hw);
    if (err >= 0)
        err = snd_pcm_hw_params_set_rate_resample(a->pcm, hw, 0);
    if (err >= 0)
        err = snd_pcm_hw_params_set_access(a->pcm, hw, SND_PCM_ACCESS_RW_INTERLEAVED);
    if (err >= 0)
        err = pick_format(a->pcm, hw, &ret->format);
    unsigned channels = 1, rate = SAMPLE_RATE, period = PERIOD_US, buffer = BUFFER_US;
    if (err >= 0)
        err = snd_pcm_hw_params_set_channels_near(a->pcm, hw, &channels);
    if (err >= 0 && snd_pcm_hw_params_test_rate(a->pcm, hw, rate, 0) != 0)
        rate = MIC_RATE;
    if (err >= 0)
        err = snd_pcm_hw_params_set_rate_near(a->pcm, hw, &rate, NULL);
    if (err >= 0)
        err = snd_pcm_hw_params_set_buffer_time_near(a->pcm, hw, &buffer, NULL);
    if (err >= 0)
        err = snd_pcm_hw_params_set_period_time_near(a->pcm, hw, &period, NULL);
    if (err >= 0)
        err = snd_pcm_hw_params(a->pcm, hw);
    if (err == -ENOTSUP)
        return reason_set(why, ENOTSUP, "%s: its samples are of a kind that is not read here; ALSA "
                          "converts them for alsa:plughw:… in place of alsa:hw:…", a->device);
    if (err < 0)
        return device_error(a, err, "agreeing on a format", why);
    ret->rate = (int)rate;
    ret->channels = (int)channels;
    ret->planar = false;
    return 0;
}

/* Lets the device run (again). */
static int restart(struct alsa_source *a)
{
    int err = snd_pcm_prepare(a->pcm);
    return err < 0 ? err : snd_pcm_start(a->pcm);
}

static void nap(int ms)
{
    nanosleep(&(struct timespec){0, ms * 1000000L}, NULL);
}

/* A suspended device answers -EAGAIN until it is back. */
static int resume(struct alsa_source *a, int64_t deadline_ns)
{
    int err;
    while ((err = snd_pcm_resume(a->pcm)) == -EAGAIN) {
        if (source_stopped(&a->base))
            return -ECANCELED;
        int ms = source_slice_ms(deadline_ns);
        if (ms == 0)
            return -ETIMEDOUT;
        nap(ms);
    }
    return err < 0 ? restart(a) : 0; /* many drivers cannot resume, all can start anew */
}

/* After an overrun or a suspend comes a gap, and how long it was is told by the clock: so
 * what the filter holds, less than a millisecond, is lost too and does not come late. A
 * driver whose device is stuck answers each start with one more overrun. */
static int recover(struct alsa_source *a, int err, int64_t deadline_ns, struct reason *why)
{
    if (a->dry) {
        int ms = source_slice_ms(deadline_ns);
        if (ms == 0)
            return reason_set(why, ETIMEDOUT, "%s: overruns, and no sound between them", a->device);
        nap(ms);
    }
    err = err == -EPIPE ? restart(a) : resume(a, deadline_ns);
    if (err == -ECANCELED)
        return reason_set(why, ECANCELED, "stopped");
    if (err < 0)
        return device_error(a, err, "starting again", why);
    if (resample_reset(a->rs) < 0)
        return reason_set(why, EIO, "libswresample failed");
    a->gap = a->heard && !a->dry;
    a->dry = true;
    return 0;
}

/* Waits for frames until the deadline and feeds them on. 0 or -errno. */
static int pump(struct alsa_source *a, int64_t deadline_ns, struct reason *why)
{
    if (source_stopped(&a->base))
        return reason_set(why, ECANCELED, "stopped");
    snd_pcm_sframes_t n = snd_pcm_readi(a->pcm, a->buf, RESAMPLE_CHUNK);
    if (n == -EAGAIN || n == 0) {
        int ms = source_slice_ms(deadline_ns);
        if (ms == 0)
            return reason_set(why, ETIMEDOUT, "%s: the device gives no sound", a->device);
        int r = snd_pcm_wait(a->pcm, ms);
        if (r >= 0 || r == -EINTR)
            return 0;
        n = r;
    }
    if (n == -EPIPE || n == -ESTRPIPE)
        return recover(a, (int)n, deadline_ns, why);
    if (n == -ENODEV || n == -ENOENT || n == -EBADFD)
        return reason_set(why, ENODEV, "%s was unplugged", a->device);
    if (n < 0)
        return device_error(a, (int)n, "reading", why);
    a->dry = false;
    const void *plane = a->buf;
    const float *out = NULL;
    int got = resample_feed(a->rs, &plane, (int)n, &out);
    if (got < 0)
        return reason_set(why, -got, "libswresample failed");
    a->pending = (struct source_pending){out, (size_t)got};
    return 0;
}

static ssize_t read_alsa(struct source *s, float *out, size_t n, struct reason *why)
{
    struct alsa_source *a = (struct alsa_source *)s;
    int64_t deadline = source_deadline_ns(s->read_timeout_ms);
    for (;;) {
        if (a->pending.n > 0) {
            a->heard = true;
            return (ssize_t)source_take(&a->pending, out, n);
        }
        if (a->gap) {
            a->gap = false;
            return reason_set(why, EPIPE, "%s: overrun", a->device);
        }
        int err = pump(a, deadline, why);
        if (err < 0)
            return err;
    }
}

static void close_alsa(struct source *s)
{
    struct alsa_source *a = (struct alsa_source *)s;
    if (a->pcm) {
        snd_pcm_drop(a->pcm);
        snd_pcm_close(a->pcm);
    }
    resample_free(a->rs);
    free(a->buf);
    free(a);
}

static int prepare(struct alsa_source *a, struct reason *why)
{
    struct resample_params rp;
    int err = negotiate(a, &rp, why);
    if (err < 0)
        return err;
    err = resample_new(&rp, &a->rs, why);
    if (err < 0)
        return err;
    a->base.rate = rp.rate;
    a->base.channels = rp.channels;
    a->frame_bytes = (size_t)rp.channels * (size_t)resample_bytes(rp.format);
    a->buf = malloc(RESAMPLE_CHUNK * a->frame_bytes);
    if (!a->buf)
        return reason_set(why, ENOMEM, "no memory for a capture device");
    err = restart(a);
    return err < 0 ? device_error(a, err, "starting", why) : 0;
}

static int open_alsa(const struct source_params *p, struct source **ret, struct reason *why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, silence_alsa);
    const char *device = p->url + strlen("alsa:");
    if (!*device)
        device = "default";
    struct alsa_source *a = calloc(1, sizeof(*a));
    if (!a)
        return reason_set(why, ENOMEM, "no memory for a capture device");
    a->base.stop = p->stop;
    a->base.read_timeout_ms = p->read_timeout_ms;
    a->base.live = true;
    int64_t deadline = source_deadline_ns(p->open_timeout_ms);
    int err;
    size_t n = strlen(device);
    if (n >= sizeof(a->device)) {
        err =
            reason_set(why, EINVAL, "a device name of more than %zu bytes", sizeof(a->device) - 1);
        goto fail;
    }
    memcpy(a->device, device, n);
    err = snd_pcm_open(&a->pcm, device, SND_PCM_STREAM_CAPTURE, SND_PCM_NONBLOCK);
    if (err < 0) {
        a->pcm = NULL;
        err = device_error(a, err, "opening", why);
        goto fail;
    }
    err = prepare(a, why);
    while (err >= 0 && a->pending.n == 0)
        err = pump(a, deadline, why);
    if (err < 0)
        goto fail;
    *ret = &a->base;
    return 0;
fail:
    close_alsa(&a->base);
    return err;
}

const struct source_ops source_alsa_ops = {open_alsa, read_alsa, close_alsa};
