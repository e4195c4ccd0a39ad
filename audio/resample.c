/* swresample keeps the input that its filter still needs and allocates room for
 * it while it meets larger and larger calls; reset and flush of its own free that
 * room again. So it is used as an endless stream: at birth it is fed silence in
 * calls of the greatest size, and from then on it never needs more room. A new
 * stream begins, and an old one ends, with more silence:
 *
 *     silence | frames of a stream ……… | silence | frames of the next ………
 *        └ fills up a whole period: rate / gcd(rate, 16000) frames are a whole number of
 *          samples, so each stream meets the filter in the same phase
 *
 * What the filter holds back is known by counting, not asked: after k whole
 * periods k times so many samples must have come out; what is missing belongs to
 * the silence and is dropped from what comes next. */
#include "audio/resample.h"

#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audio/source.h"

struct resample {
    struct SwrContext *swr;
    struct resample_params p;
    uint64_t period_in, period_out; /* the least whole numbers with the ratio of the rates */
    uint64_t n_in, n_out;           /* since birth or since the counters were brought down */
    uint64_t begin;                 /* n_out where this stream's samples begin */
    uint64_t fed;                   /* frames of this stream */
    uint8_t *silence;               /* (RESAMPLE_CHUNK, channels), shared by all planes */
    int32_t *wide;                  /* (RESAMPLE_CHUNK, channels) of RESAMPLE_S24, which libav lacks */
    float *out, *tail;              /* (out_max) each, one piece of memory */
    int out_max;
};

static const struct {
    enum AVSampleFormat packed, planar;
    int bytes;
} formats[] = {
    [RESAMPLE_U8] = {AV_SAMPLE_FMT_U8, AV_SAMPLE_FMT_U8P, 1},
    [RESAMPLE_S16] = {AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S16P, 2},
    [RESAMPLE_S24] = {AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_NONE, 3},
    [RESAMPLE_S32] = {AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_S32P, 4},
    [RESAMPLE_S64] = {AV_SAMPLE_FMT_S64, AV_SAMPLE_FMT_S64P, 8},
    [RESAMPLE_F32] = {AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLTP, 4},
    [RESAMPLE_F64] = {AV_SAMPLE_FMT_DBL, AV_SAMPLE_FMT_DBLP, 8},
};

int resample_bytes(enum resample_format f)
{
    return formats[f].bytes;
}

static uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b) {
        uint64_t t = a % b;
        a = b;
        b = t;
    }
    return a;
}

/* Every channel counts the same, whatever its name: a microphone array says 5.1
 * as readily as a film does, and libav's own weights would change the level. */
static int mean_of_channels(struct SwrContext *swr, int channels)
{
    double matrix[RESAMPLE_MAX_CHANNELS];
    for (int i = 0; i < channels; i++)
        matrix[i] = 1.0 / channels;
    return swr_set_matrix(swr, matrix, channels);
}

static int swr_make(struct resample *r)
{
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO, in;
    av_channel_layout_default(&in, r->p.channels);
    enum AVSampleFormat fmt =
        r->p.planar ? formats[r->p.format].planar : formats[r->p.format].packed;
    int err = swr_alloc_set_opts2(&r->swr, &mono, AV_SAMPLE_FMT_FLT, SAMPLE_RATE, &in, fmt,
                                  r->p.rate, 0, NULL);
    if (err >= 0)
        err = av_opt_set_sample_fmt(r->swr, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
    /* With a phase of the filter for every sample of a period nothing is interpolated, and
     * the bits do not depend on the cuts; 2^10 phases do for all rates in use. */
    if (err >= 0 && r->period_out > 1 << 10)
        err = av_opt_set_int(r->swr, "phase_shift", 14, 0);
    if (err >= 0 && r->p.channels > 1)
        err = mean_of_channels(r->swr, r->p.channels);
    if (err >= 0)
        err = swr_init(r->swr);
    av_channel_layout_uninit(&in);
    return err;
}

/* Feeds swresample and drops what lies before the stream's first sample. */
static int convert(struct resample *r, const void *const *planes, int n_frames,
                   const float **ret_out)
{
    uint8_t *out = (uint8_t *)r->out;
    int n = swr_convert(r->swr, &out, r->out_max, (const uint8_t **)planes, n_frames);
    if (n < 0)
        return -EIO;
    r->n_in += (uint64_t)n_frames;
    uint64_t before = r->n_out;
    r->n_out += (uint64_t)n;
    int skip = r->begin <= before                ? 0
               : r->begin - before < (uint64_t)n ? (int)(r->begin - before)
                                                 : n;
    for (int i = skip; i < n; i++) {
        float x = r->out[i];
        r->out[i] = !isfinite(x) ? 0.0f : x > 1.0f ? 1.0f : x < -1.0f ? -1.0f : x;
    }
    *ret_out = r->out + skip;
    return n - skip;
}

static int feed_silence(struct resample *r, int n_frames, const float **ret_out)
{
    const void *planes[RESAMPLE_MAX_CHANNELS];
    for (int i = 0; i < r->p.channels; i++)
        planes[i] = r->silence;
    return convert(r, planes, n_frames, ret_out);
}

int resample_reset(struct resample *r)
{
    const float *out;
    uint64_t want = r->n_in + 4 * RESAMPLE_CHUNK;
    want += r->period_in - want % r->period_in;
    /* since n_in was 0, `begin` samples of what was before came out too */
    uint64_t due = r->begin + want / r->period_in * r->period_out;
    r->begin = UINT64_MAX;
    while (r->n_in < want) {
        uint64_t left = want - r->n_in;
        int n = feed_silence(r, left < RESAMPLE_CHUNK ? (int)left : RESAMPLE_CHUNK, &out);
        if (n < 0)
            return n;
    }
    r->begin = due > r->n_out ? due - r->n_out : 0;
    r->n_in = r->n_out = 0;
    r->fed = 0;
    return 0;
}

int resample_new(const struct resample_params *p, struct resample **ret, struct reason *why)
{
    if (p->rate < RESAMPLE_MIN_RATE || p->rate > RESAMPLE_MAX_RATE)
        return reason_set(why, EINVAL, "sample rate in Hz (found %d, expected %d to %d)", p->rate,
                          RESAMPLE_MIN_RATE, RESAMPLE_MAX_RATE);
    if (p->channels < 1 || p->channels > RESAMPLE_MAX_CHANNELS)
        return reason_set(why, EINVAL, "number of channels (found %d, expected 1 to %d)",
                          p->channels, RESAMPLE_MAX_CHANNELS);
    if (p->planar && formats[p->format].planar == AV_SAMPLE_FMT_NONE)
        return reason_set(why, EINVAL, "no planes of samples of 24 bits");
    struct resample *r = calloc(1, sizeof(*r));
    if (!r)
        return reason_set(why, ENOMEM, "no memory for the resampler");
    r->p = *p;
    uint64_t g = gcd((uint64_t)p->rate, SAMPLE_RATE);
    r->period_in = (uint64_t)p->rate / g;
    r->period_out = SAMPLE_RATE / g;
    /* twice what a call gives: the filter may let go what it held back */
    r->out_max =
        2 * (int)((uint64_t)RESAMPLE_CHUNK * SAMPLE_RATE / (uint64_t)p->rate) + RESAMPLE_CHUNK;
    r->out = calloc(2 * (size_t)r->out_max, sizeof(*r->out));
    r->tail = r->out ? r->out + r->out_max : NULL;
    size_t n_frames = (size_t)RESAMPLE_CHUNK * (size_t)p->channels;
    size_t n_silence = n_frames * (size_t)av_get_bytes_per_sample(formats[p->format].packed);
    bool narrow = p->format == RESAMPLE_S24;
    r->silence = malloc(n_silence);
    r->wide = narrow ? malloc(n_frames * sizeof(*r->wide)) : NULL;
    if (!r->out || !r->silence || !r->wide != !narrow) {
        resample_free(r);
        return reason_set(why, ENOMEM, "no memory for the resampler");
    }
    memset(r->silence, p->format == RESAMPLE_U8 ? 0x80 : 0, n_silence);
    if (swr_make(r) < 0 || resample_reset(r) < 0) {
        resample_free(r);
        return reason_set(why, EIO, "libswresample takes no %d channels at %d Hz", p->channels,
                          p->rate);
    }
    *ret = r;
    return 0;
}

void resample_free(struct resample *r)
{
    if (!r)
        return;
    swr_free(&r->swr);
    free(r->silence);
    free(r->wide);
    free(r->out);
    free(r);
}

static void widen(const struct resample *r, const uint8_t *from, int n_frames)
{
    for (size_t i = 0; i < (size_t)n_frames * (size_t)r->p.channels; i++, from += 3)
        r->wide[i] =
            (int32_t)((uint32_t)from[0] << 8 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 24);
}

int resample_feed(struct resample *r, const void *const *planes, int n_frames,
                  const float **ret_out)
{
    if (n_frames < 0 || n_frames > RESAMPLE_CHUNK)
        return -EINVAL;
    if (n_frames == 0)
        return 0;
    const void *wide = r->wide;
    if (wide)
        widen(r, planes[0], n_frames);
    int n = convert(r, wide ? &wide : planes, n_frames, ret_out);
    if (n >= 0)
        r->fed += (uint64_t)n_frames;
    return n;
}

int resample_flush(struct resample *r, const float **ret_out)
{
    uint64_t due = r->begin + r->fed * SAMPLE_RATE / (uint64_t)r->p.rate;
    uint64_t have = r->n_out > r->begin ? r->n_out : r->begin;
    int left = due > have ? (int)(due - have) : 0;
    int n = 0;
    if (left > 0) { /* half the filter is at most 768 frames (768 kHz): one call brings it all */
        const float *out;
        n = feed_silence(r, RESAMPLE_CHUNK, &out);
        if (n < 0)
            return n;
        if (n > left)
            n = left;
        memcpy(r->tail, out, (size_t)n * sizeof(*out));
    }
    *ret_out = r->tail;
    int err = resample_reset(r);
    return err < 0 ? err : n;
}
