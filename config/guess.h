/* "did you mean …?": the word of a list that a mistyped one was meant to be.
 * Pure; any thread. */
#ifndef CONFIG_GUESS_H
#define CONFIG_GUESS_H

#include "config/base.h"

enum { GUESS_MAX_WORD = 64 };

/* Letters to insert, drop, replace or swap with their neighbour to turn a into b,
 * case ignored; GUESS_MAX_WORD when one of them is too long to say. */
int guess_distance(const char *a, const char *b);

/* Whether `word` is near enough to `candidate` that a human may have meant it.
 * Returns the distance, lower is nearer; -1: no. */
int guess_near(const char *word, const char *candidate);

/* The nearest of n words; NULL: none is near. */
const char *guess_word(const char *word, const char *const *words, size_t n);

#endif
