/* Model files of any shape with random weights: for benchmarks and tests.
 *
 * The file is complete and valid by infer/FORMAT.md, its numbers are scaled so
 * that activations stay near 1, and the same shape and seed give the same bytes
 * on every machine. What such a model answers means nothing. */
#ifndef INFER_SYNTH_H
#define INFER_SYNTH_H

#include "config/reason.h"

struct synth_shape {
    int n_layers, d, n_heads, ff, window;
    bool causal;
    int pool, n_labels;             /* labels are label_0, label_1 … */
    int frames, codes, n_codebooks; /* 16 coefficients: codebook j takes 1, the last one the rest */
};

/* The shipped shape: 12 layers of 160, 5 heads, 640, window 64, pool 32, 5
 * labels, 12 codebooks of 256 codes over 4 frames, causal. */
struct synth_shape synth_edge(void);

/* Small enough for tests of everything but speed: 2 layers of 32, 2 heads, 64,
 * window 16, pool 8, 3 labels, 4 codebooks of 16 codes over 2 frames, causal. */
struct synth_shape synth_tiny(void);

/* Creates or overwrites `path`. -EINVAL for a shape that infer/model.c would
 * refuse to name tensors for, errors of the file; a broken-off file is removed. */
int synth_write(const char *path, const struct synth_shape *shape, uint64_t seed,
                struct reason *why);

#endif
