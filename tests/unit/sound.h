/* Sounds for the tests of sources: WAV bytes with a 300 Hz sine, temporary folders,
 * and reading a source to its end. */
#ifndef TESTS_UNIT_SOUND_H
#define TESTS_UNIT_SOUND_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio/source.h"
#include "tests/unit/check_main.h"

struct bytes {
    uint8_t *p;
    size_t n, room;
};

static char folder[UNIT_FOLDER_SIZE];

static inline void folder_make(void)
{
    unit_folder(folder);
}

static inline void folder_remove(void)
{
    char command[128];
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* folder/name, in one of four buffers that are used in turn. */
static inline const char *in_folder(const char *name)
{
    static char path[4][128];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof(path[turn]), "%s/%s", folder, name);
    return path[turn];
}

static inline void add(struct bytes *b, const void *p, size_t n)
{
    if (b->n + n > b->room) {
        b->room = 2 * (b->n + n);
        b->p = realloc(b->p, b->room);
    }
    ck_assert_ptr_nonnull(b->p);
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

static inline void add32(struct bytes *b, uint32_t v)
{
    add(b, &v, 4);
}

static inline void add16(struct bytes *b, uint16_t v)
{
    add(b, &v, 2);
}

/* Frames of a 300 Hz sine, amplitude 0.5, the same in every channel. */
static inline void add_sine(struct bytes *b, int rate, int channels, int bits, bool is_float,
                            int frames)
{
    for (int i = 0; i < frames; i++)
        for (int c = 0; c < channels; c++) {
            double x = 0.5 * sin(2 * M_PI * 300 * i / rate);
            int32_t v = (int32_t)lrint(x * 2147483000.0);
            float f = (float)x;
            uint8_t u = (uint8_t)lrint(x * 127 + 128);
            if (is_float && bits == 64)
                add(b, &x, 8);
            else if (is_float)
                add(b, &f, 4);
            else if (bits == 8)
                add(b, &u, 1);
            else
                add(b, (uint8_t *)&v + 4 - bits / 8, (size_t)bits / 8);
        }
}

static inline void add_wav_head(struct bytes *b, int rate, int channels, int bits, bool is_float,
                                uint32_t data_bytes)
{
    add(b, "RIFF", 4);
    add32(b, data_bytes == UINT32_MAX ? UINT32_MAX : data_bytes + 36);
    add(b, "WAVEfmt ", 8);
    add32(b, 16);
    add16(b, is_float ? 3 : 1);
    add16(b, (uint16_t)channels);
    add32(b, (uint32_t)rate);
    add32(b, (uint32_t)(rate * channels * bits / 8));
    add16(b, (uint16_t)(channels * bits / 8));
    add16(b, (uint16_t)bits);
    add(b, "data", 4);
    add32(b, data_bytes);
}

static inline struct bytes wav_sine(int rate, int channels, int bits, bool is_float, int frames)
{
    struct bytes b = {0};
    add_wav_head(&b, rate, channels, bits, is_float, (uint32_t)(frames * channels * bits / 8));
    add_sine(&b, rate, channels, bits, is_float, frames);
    return b;
}

static inline const char *write_file(const char *name, const void *p, size_t n)
{
    const char *path = in_folder(name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(p, 1, n, f), n);
    fclose(f);
    return path;
}

/* Samples of s until something else than sound comes, which is returned. */
static inline ssize_t read_on(struct source *s, float *out, size_t max, size_t *ret_n,
                              struct reason *why)
{
    ssize_t got = 0;
    *ret_n = 0;
    while (*ret_n < max && (got = source_read(s, out + *ret_n, max - *ret_n, why)) > 0)
        *ret_n += (size_t)got;
    return got;
}

static inline void assert_sine(const float *x, size_t n, double tolerance)
{
    for (size_t i = 160; i + 160 < n; i++) {
        double want = 0.5 * sin(2 * M_PI * 300 * (double)i / SAMPLE_RATE);
        ck_assert_msg(fabs(x[i] - want) < tolerance, "sample %zu is %g, not %g", i, (double)x[i],
                      want);
    }
}

#endif
