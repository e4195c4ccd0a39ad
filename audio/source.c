/* The URL picks the kind; the kind reads; here samples of a recording are held
 * back when it shall sound live. The clock of pacing is the count of samples
 * against one starting time, so neither the size of the reads nor a late wake-up
 * adds up to drift, and what is read is the same as at full speed. */
#include "audio/source.h"

#include <ctype.h>
#include <string.h>

#include "audio/source_ops.h"

static const struct {
    const char *scheme, *kind;
    const struct source_ops *ops;
} kinds[] = {
    {"alsa", "alsa", &source_alsa_ops}, {"pipe", "pipe", &source_pipe_ops},
    {"file", "file", &source_av_ops},   {"rtsp", "rtsp", &source_av_ops},
    {"rtsps", "rtsp", &source_av_ops},  {"http", "http", &source_av_ops},
    {"https", "http", &source_av_ops},
};

/* Index into kinds, or -1. What has no scheme is a path; a scheme begins with a letter, so
 * that recordings may be named by their time. */
static int kind_of(const char *url)
{
    size_t n = 0;
    while (n == 0 ? isalpha((unsigned char)*url)
                  : isalnum((unsigned char)url[n]) || (url[n] && strchr("+-.", url[n])))
        n++;
    if (url[0] == '\0')
        return -1;
    const char *scheme = url[n] == ':' ? url : "file";
    if (scheme != url)
        n = strlen(scheme);
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (strlen(kinds[i].scheme) == n && strncmp(kinds[i].scheme, scheme, n) == 0)
            return (int)i;
    return -1;
}

const char *source_kind(const char *url)
{
    int k = kind_of(url);
    return k < 0 ? NULL : kinds[k].kind;
}

int source_no_kind(struct reason *why)
{
    return reason_set(why, EINVAL,
                      "not a source (expected alsa:DEVICE, pipe:-, pipe:/path, a path, rtsp://, "
                      "rtsps://, http:// or https://; ./NAME for a file with a colon in its name)");
}

int source_open(const struct source_params *p, struct source **ret, struct reason *why)
{
    int k = kind_of(p->url);
    if (k < 0)
        return source_no_kind(why);
    struct source *s = NULL;
    int err = kinds[k].ops->open(p, &s, why);
    if (err < 0)
        return err;
    s->ops = kinds[k].ops;
    *ret = s;
    return 0;
}

/* Boot time at which the last of the samples delivered so far would have been heard. */
static int64_t due_ns(const struct source *s)
{
    return s->start_ns + (int64_t)(s->delivered / SAMPLE_RATE) * 1000000000 +
           (int64_t)(s->delivered % SAMPLE_RATE) * 1000000000 / SAMPLE_RATE;
}

/* Waits until n more samples are due; false when stopped meanwhile. What is late by
 * more than a second (the box slept) is not made up for: live sound is not either. */
static bool wait_until_due(struct source *s, size_t n)
{
    int64_t now = clock_boot_ns();
    if (!s->start_ns || now - due_ns(s) > 1000000000) {
        s->start_ns = now;
        s->delivered = 0;
    }
    s->delivered += n;
    int64_t due = due_ns(s);
    for (; now < due; now = clock_boot_ns()) {
        if (source_stopped(s))
            return false;
        int64_t slice = now + SOURCE_SLICE_MS * INT64_C(1000000);
        int64_t until = slice < due ? slice : due;
        struct timespec t = {until / 1000000000, until % 1000000000};
        clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &t, NULL);
    }
    return true;
}

ssize_t source_read(struct source *s, float *out, size_t n, struct reason *why)
{
    if (n == 0)
        return reason_set(why, EINVAL, "asked for no samples");
    if (source_stopped(s))
        return reason_set(why, ECANCELED, "stopped");
    ssize_t got = s->ops->read(s, out, n, why);
    if (got > 0 && s->paced && !wait_until_due(s, (size_t)got))
        return reason_set(why, ECANCELED, "stopped");
    return got;
}

int64_t source_lost_us(const struct source *s)
{
    return s->lost_us;
}

bool source_live(const struct source *s)
{
    return s->live;
}

int source_rate(const struct source *s)
{
    return s->rate;
}

int source_channels(const struct source *s)
{
    return s->channels;
}

void source_close(struct source *s)
{
    if (s)
        s->ops->close(s);
}
