/* Any rate, format and layout to 16 kHz mono float: the one resampler.
 *
 * The channels are averaged, then the rate is changed (swresample). The output
 * is a function of the input alone, not of how it is cut into calls; at 16 kHz the
 * samples are only converted. Used by the sources, each with an object of its own,
 * one thread. Nothing is allocated after resample_new(). */
#ifndef AUDIO_RESAMPLE_H
#define AUDIO_RESAMPLE_H

#include "config/reason.h"

enum resample_format {
    RESAMPLE_U8,
    RESAMPLE_S16,
    RESAMPLE_S24, /* three bytes, little-endian; never planar */
    RESAMPLE_S32,
    RESAMPLE_S64,
    RESAMPLE_F32,
    RESAMPLE_F64
};

enum {
    RESAMPLE_MIN_RATE = 1000, /* Hz */
    RESAMPLE_MAX_RATE = 768000,
    RESAMPLE_MAX_CHANNELS = 32,
    RESAMPLE_CHUNK = 1024, /* most input frames a call */
};

struct resample_params {
    int rate; /* Hz */
    int channels;
    enum resample_format format; /* native byte order, but for RESAMPLE_S24 */
    bool planar;                 /* one plane a channel; else one interleaved plane */
};

struct resample;

/* *ret is the caller's. -EINVAL out of range, -ENOMEM, -EIO swresample refused. */
int resample_new(const struct resample_params *p, struct resample **ret, struct reason *why);
void resample_free(struct resample *r); /* NULL is fine */

/* n_frames 0..RESAMPLE_CHUNK frames from the plane(s). Returns how many samples came
 * out and where they are, valid until the next call on r; not finite ones are 0, and
 * all are in [-1, 1]. -EIO. */
int resample_feed(struct resample *r, const void *const *planes, int n_frames,
                  const float **ret_out);

/* The end of the input: the rest, so that n frames gave n * 16000 / rate samples,
 * rounded down. r is as new afterwards. */
int resample_flush(struct resample *r, const float **ret_out);

/* As new: the next input does not join on to what was fed before. -EIO. */
int resample_reset(struct resample *r);

/* Bytes of one sample of one channel. */
int resample_bytes(enum resample_format f);

#endif
