/* Model files for tests: valid ones of random weights, and damaged copies.
 *
 * Files live in a fresh folder under $TMPDIR that make_model_done() removes. */
#ifndef TESTS_UNIT_MAKE_MODEL_H
#define TESTS_UNIT_MAKE_MODEL_H

#include "infer/synth.h"

/* Path of a new file of that shape; the string belongs to the helper and lives
 * until make_model_done(). Ends the test program when it cannot be made. */
const char *make_model(const struct synth_shape *shape, uint64_t seed);
void make_model_done(void);

struct image { /* a file in memory */
    uint8_t *bytes;
    size_t n, room;
};

void image_load(struct image *i, const char *path); /* leaves 4 KiB of room to grow */
const char *image_save(const struct image *i);      /* to a new file of the helper */
void image_done(struct image *i);

/* Byte behind the name of a key or tensor: its type, or its number of dimensions. */
size_t image_find(const struct image *i, const char *name);
uint64_t image_u64(const struct image *i, size_t at);

/* One patch: where, and what is there afterwards. */
struct patch {
    const char *find; /* NULL: `at` counts from the beginning of the file */
    long at;          /* from behind the name that was found */
    const char *bytes;
    size_t n;
    size_t insert; /* so many of the n bytes are new, the rest replaces */
};

struct damage {
    const char *name;
    const char *says; /* part of the sentence that must come */
    struct patch patch[3];
    long cut; /* new size of the file; negative: bytes off its end; 0: as it is */
};

#define BYTES(s) .bytes = (s), .n = sizeof(s) - 1

void image_damage(struct image *i, const struct damage *d);

#endif
