/* Coefficient vectors to token ids.
 *
 * A token covers `frames` MFCC frames. Codebook j quantizes coefficients
 * [first_j, first_j + width_j) over these frames: a vector of width_j * frames
 * numbers, coefficient-major (all frames of the first coefficient, then the
 * next), replaced by the index of the nearest of its `codes` code vectors
 * (squared Euclidean distance, ties to the lower index; summed in the order of
 * the vector). So a token is n_codebooks ids. Codebooks come from the model.
 *
 * One object a stream, one thread at a time; no allocation after tokenizer_new. */
#ifndef INFER_TOKENIZER_H
#define INFER_TOKENIZER_H

#include "config/reason.h"

enum {
    TOKENIZER_MAX_CODEBOOKS = 32,
    TOKENIZER_MAX_FRAMES = 8,
    TOKENIZER_MAX_COEFS = 64,
    TOKENIZER_MAX_CODES = 1024,
};

struct tokenizer_books { /* borrowed from the model, which outlives the tokenizer */
    int frames;          /* MFCC frames a token, 1..TOKENIZER_MAX_FRAMES */
    int coefs;           /* coefficients a frame, 1..TOKENIZER_MAX_COEFS */
    int n;               /* codebooks, 1..TOKENIZER_MAX_CODEBOOKS */
    int codes;           /* codes a book, 2..TOKENIZER_MAX_CODES */
    int width[TOKENIZER_MAX_CODEBOOKS];          /* coefficients of book j; they sum to coefs */
    const float *book[TOKENIZER_MAX_CODEBOOKS];  /* (codes, width * frames) */
};

struct tokenizer;

int tokenizer_new(const struct tokenizer_books *books, struct tokenizer **ret); /* -ENOMEM, -EINVAL */
void tokenizer_free(struct tokenizer *t);
void tokenizer_reset(struct tokenizer *t); /* drops a half-filled token */

/* One frame of `coefs` numbers. 1: a token is complete, its n ids are in ret_ids;
 * 0: not yet. */
int tokenizer_feed(struct tokenizer *t, const float *frame, uint16_t *ret_ids);

#endif
