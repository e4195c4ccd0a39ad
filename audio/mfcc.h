/* Samples to mel-frequency cepstral coefficients, causal and streaming.
 *
 * Parameters ("mfcc16-1"; a model file names the version that it was trained on):
 *   rate 16 kHz, window 25 ms (400 samples, Hann), hop 10 ms (160), FFT 512;
 *   pre-emphasis 1 - 0.97 z^-1;
 *   40 mel filters from 60 to 7,600 Hz, triangular in mel, peak 1,
 *   mel(f) = 1127 ln(1 + f/700);
 *   log2 of power + 1e-6 (white noise of about -80 dBFS), DCT-II orthonormal,
 *   coefficients 0..15, sine lifter of 22;
 *   running mean: see mfcc.c, "Normalisation".
 * Source of the formulas: Davis & Mermelstein 1980; Young et al., The HTK Book 3.4,
 * sections 5.2-5.6 (pre-emphasis, mel scale, cepstra, liftering).
 *
 * A frame f covers samples [160 f, 160 f + 400) of its stream. The result does
 * not depend on how the samples are cut into calls, and only on KissFFT where
 * machines differ. Used by daemon/front and the tool; one object a stream, one
 * thread at a time; no allocation after mfcc_new(). */
#ifndef AUDIO_MFCC_H
#define AUDIO_MFCC_H

#include "config/reason.h"

#define MFCC_VERSION "mfcc16-1"

enum {
    MFCC_RATE = 16000,
    MFCC_WINDOW = 400, /* samples */
    MFCC_HOP = 160,
    MFCC_FFT = 512,
    MFCC_MELS = 40,
    MFCC_COEFS = 16,
};

struct mfcc;

int mfcc_new(struct mfcc **ret); /* -ENOMEM */
void mfcc_free(struct mfcc *m);

/* Forgets the stream: as new. After a gap. */
void mfcc_reset(struct mfcc *m);

/* Feeds samples until they are used up or max_frames are out. Writes the frames,
 * (n_frames, MFCC_COEFS) row by row, and how many samples were taken; returns
 * n_frames >= 0. Samples that are not finite
 * count as 0, others are limited to [-8, 8]. */
int mfcc_feed(struct mfcc *m, const float *samples, size_t n, size_t *ret_taken, float *ret_frames, size_t max_frames);

#endif
