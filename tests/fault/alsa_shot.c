/* A microphone for tests, as an ALSA plugin: a 440 Hz sine of amplitude 0.25 in real
 * time, in the one rate, format and number of channels that its configuration names:
 *
 *   pcm.mic { type shot  dir "/tmp/x"  rate 48000  channels 2  format "S32_LE" }
 *
 * Files in dir are its levers: `gone`: no such device, also while it is open; `xrun`: one
 * overrun (the file is removed); `full`: one whenever nobody read for longer than its buffer
 * holds; `stuck`: overruns, one after the other, and no frames; `jam`: a start fails as if
 * it were an overrun, as USB's do; `mute`: it stays, but gives no more frames. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>

enum { TICK_NS = 5000000 };

struct shot {
    snd_pcm_ioplug_t io;
    char dir[256];
    snd_pcm_format_t format;
    long rate, channels;
    struct timespec start;
    snd_pcm_uframes_t shown; /* frames that pointer() admits since start */
    snd_pcm_uframes_t taken; /* of them, that were read */
    unsigned long frame;     /* of the sine, over all starts */
};

static int lever(const struct shot *s, const char *name, int take)
{
    char path[300];
    snprintf(path, sizeof(path), "%s/%s", s->dir, name);
    return take ? unlink(path) == 0 : access(path, F_OK) == 0;
}

static int shot_start(snd_pcm_ioplug_t *io)
{
    struct shot *s = io->private_data;
    struct itimerspec tick = {{0, TICK_NS}, {0, TICK_NS}};
    if (lever(s, "jam", 0))
        return -EPIPE;
    clock_gettime(CLOCK_MONOTONIC, &s->start);
    s->shown = s->taken = 0;
    return timerfd_settime(io->poll_fd, 0, &tick, NULL) < 0 ? -errno : 0;
}

static int shot_stop(snd_pcm_ioplug_t *io)
{
    struct itimerspec off = {0};
    return timerfd_settime(io->poll_fd, 0, &off, NULL) < 0 ? -errno : 0;
}

static snd_pcm_sframes_t shot_pointer(snd_pcm_ioplug_t *io)
{
    struct shot *s = io->private_data;
    struct timespec now;
    if (lever(s, "xrun", 1) || lever(s, "stuck", 0))
        return -EPIPE;
    int mute = lever(s, "mute", 0), full = lever(s, "full", 0);
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!mute) {
        double passed = (double)(now.tv_sec - s->start.tv_sec) +
                        1e-9 * (double)(now.tv_nsec - s->start.tv_nsec);
        s->shown = (snd_pcm_uframes_t)(passed * (double)s->rate);
    }
    if (full && s->shown - s->taken > io->buffer_size)
        return -EPIPE;
    return (snd_pcm_sframes_t)(s->shown % io->buffer_size);
}

static snd_pcm_sframes_t shot_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
                                       snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
    struct shot *s = io->private_data;
    if (lever(s, "gone", 0))
        return -ENODEV;
    s->taken += size;
    for (snd_pcm_uframes_t i = 0; i < size; i++, s->frame++)
        for (long c = 0; c < s->channels; c++) {
            char *to = (char *)areas[c].addr + (areas[c].first + areas[c].step * (offset + i)) / 8;
            double x = 0.25 * sin(2 * M_PI * 440 * (double)s->frame / (double)s->rate);
            int16_t i16 = (int16_t)lrint(x * 32767);
            int32_t i32 = (int32_t)lrint(x * 2147483647.0);
            float f = (float)x;
            if (s->format == SND_PCM_FORMAT_S16_LE)
                memcpy(to, &i16, sizeof(i16));
            else if (s->format == SND_PCM_FORMAT_S32_LE)
                memcpy(to, &i32, sizeof(i32));
            else if (s->format == SND_PCM_FORMAT_S24_3LE)
                memcpy(to, (char *)&i32 + 1, 3);
            else
                memcpy(to, &f, sizeof(f));
        }
    return (snd_pcm_sframes_t)size;
}

static int shot_revents(snd_pcm_ioplug_t *io, struct pollfd *pfd, unsigned int n,
                        unsigned short *revents)
{
    uint64_t ticks;
    *revents = n == 1 && read(pfd[0].fd, &ticks, sizeof(ticks)) > 0 ? POLLIN : 0;
    return 0;
}

static int shot_close(snd_pcm_ioplug_t *io)
{
    struct shot *s = io->private_data;
    close(io->poll_fd);
    free(s);
    return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = shot_start,
    .stop = shot_stop,
    .pointer = shot_pointer,
    .transfer = shot_transfer,
    .poll_revents = shot_revents,
    .close = shot_close,
};

static int set_abilities(struct shot *s)
{
    unsigned access[] = {SND_PCM_ACCESS_RW_INTERLEAVED}, format[] = {(unsigned)s->format};
    snd_pcm_ioplug_t *io = &s->io;
    int err = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, access);
    if (!err)
        err = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, format);
    if (!err)
        err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, (unsigned)s->channels,
                                              (unsigned)s->channels);
    if (!err)
        err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, (unsigned)s->rate,
                                              (unsigned)s->rate);
    if (!err)
        err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 1024, 1 << 20);
    if (!err)
        err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 1 << 18);
    return err;
}

static int read_config(struct shot *s, snd_config_t *conf)
{
    snd_config_iterator_t i, next;
    snd_config_for_each(i, next, conf)
    {
        snd_config_t *n = snd_config_iterator_entry(i);
        const char *id, *text;
        if (snd_config_get_id(n, &id) < 0)
            continue;
        if (strcmp(id, "rate") == 0 && snd_config_get_integer(n, &s->rate) < 0)
            return -EINVAL;
        if (strcmp(id, "channels") == 0 && snd_config_get_integer(n, &s->channels) < 0)
            return -EINVAL;
        if (strcmp(id, "format") == 0 && snd_config_get_string(n, &text) == 0)
            s->format = snd_pcm_format_value(text);
        if (strcmp(id, "dir") == 0 && snd_config_get_string(n, &text) == 0)
            snprintf(s->dir, sizeof(s->dir), "%s", text);
    }
    return 0;
}

SND_PCM_PLUGIN_DEFINE_FUNC(shot);

SND_PCM_PLUGIN_DEFINE_FUNC(shot)
{
    struct shot *s = calloc(1, sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->rate = 16000;
    s->channels = 1;
    s->format = SND_PCM_FORMAT_S16_LE;
    int err = read_config(s, conf);
    if (!err && lever(s, "gone", 0))
        err = -ENODEV;
    if (err < 0) {
        free(s);
        return err;
    }
    s->io.version = SND_PCM_IOPLUG_VERSION;
    s->io.name = "a microphone for tests";
    s->io.callback = &callbacks;
    s->io.private_data = s;
    s->io.poll_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    s->io.poll_events = POLLIN;
    err = snd_pcm_ioplug_create(&s->io, name, stream, mode);
    if (err < 0) {
        close(s->io.poll_fd);
        free(s);
        return err;
    }
    err = set_abilities(s);
    if (err < 0) {
        snd_pcm_ioplug_delete(&s->io);
        return err;
    }
    *pcmp = s->io.pcm;
    return 0;
}

SND_PCM_PLUGIN_SYMBOL(shot);
