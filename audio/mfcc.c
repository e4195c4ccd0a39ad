/* Normalisation. A microphone's gain adds a constant to coefficient 0 and its
 * frequency response a constant vector to all of them, so the mean of speech is
 * taken off. The mean must be causal, and must not drown in the silence between
 * two sentences: only frames within 24 dB of a slowly sinking peak (3 dB a
 * second) move it, each by 1 / min(active + 40, 200): quick at first, then with
 * a memory of two seconds of speech. It starts at the average of ordinary
 * speech, so that the very first word is already near its place.
 *
 *      level  ____      ______      peak, sinks 1 bit of power a second
 *            /    \____/      \__
 *      ~~~~~~~~~~~~~~~~~~~~~~~~~~   24 dB lower: below this the mean rests
 *
 * Everything after the FFT is plain IEEE arithmetic in a stated order with our
 * own logarithm, so that two machines whose FFT agree also agree here. */
#include "audio/mfcc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <kissfft/kiss_fftr.h>

enum { BINS = MFCC_FFT / 2 + 1, MEL_WIDTH_MAX = 64 };

#define PREEMPHASIS 0.97f
#define MEL_LOW_HZ 60.0
#define MEL_HIGH_HZ 7600.0
#define POWER_FLOOR 1e-6f
#define LIFTER 22
#define ACTIVE_RANGE 8.0f    /* log2 of power: 24 dB */
#define PEAK_FALL 0.01f      /* log2 of power a frame: 3 dB a second */
#define MEAN_FRAMES_FIRST 40 /* weight of the start value */
#define MEAN_FRAMES_MAX 200

/* Mean cepstrum of close speech at -26 dBFS, from the training recordings. */
static const float START_MEAN[MFCC_COEFS] = {
    -41.0f, -2.1f, -20.3f, 16.0f, -19.4f, -10.4f, -13.7f, -10.9f,
    -16.2f, -8.4f, -10.5f, -6.6f, -4.1f,  -5.0f,  -6.3f,  -7.0f,
};

struct mel_filter {
    int first, n; /* bins */
    float weight[MEL_WIDTH_MAX];
};

struct mfcc {
    kiss_fftr_cfg fft;
    float window[MFCC_WINDOW];
    struct mel_filter mel[MFCC_MELS];
    float dct[MFCC_COEFS][MFCC_MELS]; /* with the lifter in it */
    /* the stream */
    float buf[MFCC_WINDOW];
    int filled;
    float mean[MFCC_COEFS];
    float peak;
    int active;
};

static double mel_of(double hz)
{
    return 1127.0 * log(1.0 + hz / 700.0);
}

static void make_filters(struct mfcc *m)
{
    double low = mel_of(MEL_LOW_HZ), step = (mel_of(MEL_HIGH_HZ) - low) / (MFCC_MELS + 1);
    for (int f = 0; f < MFCC_MELS; f++) {
        struct mel_filter *mf = &m->mel[f];
        double left = low + f * step;
        mf->first = -1;
        for (int b = 1; b < BINS; b++) {
            double x = (mel_of((double)b * MFCC_RATE / MFCC_FFT) - left) / step;
            double w = x <= 1 ? x : 2 - x;
            if (w <= 0)
                continue;
            if (mf->first < 0)
                mf->first = b;
            if (mf->n < MEL_WIDTH_MAX)
                mf->weight[mf->n++] = (float)w;
        }
        if (mf->first < 0) { /* narrower than a bin: take the nearest one */
            double hz = 700.0 * (exp((left + step) / 1127.0) - 1.0);
            mf->first = (int)(hz * MFCC_FFT / MFCC_RATE + 0.5);
            mf->n = 1;
            mf->weight[0] = 1;
        }
    }
}

static void make_tables(struct mfcc *m)
{
    for (int i = 0; i < MFCC_WINDOW; i++)
        m->window[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * i / MFCC_WINDOW));
    make_filters(m);
    for (int c = 0; c < MFCC_COEFS; c++) {
        double norm = sqrt((c == 0 ? 1.0 : 2.0) / MFCC_MELS);
        double lift = 1.0 + LIFTER / 2.0 * sin(M_PI * c / LIFTER);
        for (int f = 0; f < MFCC_MELS; f++)
            m->dct[c][f] = (float)(norm * lift * cos(M_PI * c * (f + 0.5) / MFCC_MELS));
    }
}

int mfcc_new(struct mfcc **ret)
{
    struct mfcc *m = calloc(1, sizeof(*m));
    if (!m)
        return -ENOMEM;
    m->fft = kiss_fftr_alloc(MFCC_FFT, 0, NULL, NULL);
    if (!m->fft) {
        mfcc_free(m);
        return -ENOMEM;
    }
    make_tables(m);
    mfcc_reset(m);
    *ret = m;
    return 0;
}

void mfcc_free(struct mfcc *m)
{
    if (!m)
        return;
    kiss_fftr_free(m->fft);
    free(m);
}

void mfcc_reset(struct mfcc *m)
{
    m->filled = 0;
    memcpy(m->mean, START_MEAN, sizeof(m->mean));
    m->peak = -INFINITY;
    m->active = 0;
}

/* log2(x) for normal x > 0 to about 1e-8: exponent, and ln of the mantissa in
 * [sqrt(1/2), sqrt(2)) by the series of atanh, in double. */
static float log2_of(float x)
{
    uint32_t u;
    memcpy(&u, &x, sizeof(u));
    int e = (int)(u >> 23) - 127;
    u = (u & 0x7fffff) | 0x3f800000;
    float mf;
    memcpy(&mf, &u, sizeof(mf));
    double mant = mf;
    if (mant > 1.4142135623730951) {
        mant *= 0.5;
        e++;
    }
    double t = (mant - 1.0) / (mant + 1.0), t2 = t * t;
    double s = 1.0 / 11;
    s = s * t2 + 1.0 / 9;
    s = s * t2 + 1.0 / 7;
    s = s * t2 + 1.0 / 5;
    s = s * t2 + 1.0 / 3;
    s = s * t2 + 1.0;
    return (float)(e + 2.0 * 1.4426950408889634 * t * s);
}

/* Log mel energies of the buffered window into mel (MFCC_MELS); their mean. */
static float log_mel(const struct mfcc *m, float *mel)
{
    float x[MFCC_FFT] = {0}, power[BINS], sum = 0;
    kiss_fft_cpx spectrum[BINS];
    for (int i = 1; i < MFCC_WINDOW; i++) /* the window is 0 at 0 */
        x[i] = (m->buf[i] - PREEMPHASIS * m->buf[i - 1]) * m->window[i];
    kiss_fftr(m->fft, x, spectrum);
    for (int b = 0; b < BINS; b++)
        power[b] = spectrum[b].r * spectrum[b].r + spectrum[b].i * spectrum[b].i;
    for (int f = 0; f < MFCC_MELS; f++) {
        const struct mel_filter *mf = &m->mel[f];
        float e = POWER_FLOOR;
        for (int i = 0; i < mf->n; i++)
            e += mf->weight[i] * power[mf->first + i];
        mel[f] = log2_of(e);
        sum += mel[f];
    }
    return sum / MFCC_MELS;
}

static void normalise(struct mfcc *m, float level, float *c)
{
    m->peak = level > m->peak - PEAK_FALL ? level : m->peak - PEAK_FALL;
    if (level > m->peak - ACTIVE_RANGE) {
        int n = m->active + MEAN_FRAMES_FIRST;
        float step = 1.0f / (float)(n < MEAN_FRAMES_MAX ? n : MEAN_FRAMES_MAX);
        if (m->active < MEAN_FRAMES_MAX)
            m->active++;
        for (int i = 0; i < MFCC_COEFS; i++)
            m->mean[i] += step * (c[i] - m->mean[i]);
    }
    for (int i = 0; i < MFCC_COEFS; i++)
        c[i] -= m->mean[i];
}

static void take_frame(struct mfcc *m, float *c)
{
    float mel[MFCC_MELS];
    float level = log_mel(m, mel);
    for (int i = 0; i < MFCC_COEFS; i++) {
        float s = 0;
        for (int f = 0; f < MFCC_MELS; f++)
            s += m->dct[i][f] * mel[f];
        c[i] = s;
    }
    normalise(m, level, c);
    memmove(m->buf, m->buf + MFCC_HOP, (MFCC_WINDOW - MFCC_HOP) * sizeof(*m->buf));
    m->filled = MFCC_WINDOW - MFCC_HOP;
}

int mfcc_feed(struct mfcc *m, const float *samples, size_t n, size_t *ret_taken, float *ret_frames, size_t max_frames)
{
    size_t taken = 0, frames = 0;
    while (taken < n && frames < max_frames) {
        while (m->filled < MFCC_WINDOW && taken < n) {
            float x = samples[taken++];
            m->buf[m->filled++] = isfinite(x) ? (x > 8 ? 8 : x < -8 ? -8 : x) : 0;
        }
        if (m->filled == MFCC_WINDOW)
            take_frame(m, ret_frames + MFCC_COEFS * frames++);
    }
    *ret_taken = taken;
    return (int)frames;
}
