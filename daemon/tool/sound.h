/* The recordings that a subcommand works through, one clip after another, each
 * as 16 kHz mono float:
 *
 *   words        files and URLs; `-` is WAV or raw s16le, 16 kHz, mono on standard input
 *   --list FILE  a file, one recording a line (what follows a tab is ignored);
 *                blank lines are skipped
 *   --packed     many clips on standard input, each a uint32 number of samples
 *                and that many s16le samples at 16 kHz
 *
 * One thread. */
#ifndef DAEMON_TOOL_SOUND_H
#define DAEMON_TOOL_SOUND_H

#include <sys/types.h>

#include "config/reason.h"

struct sound;
struct source;

struct sound_params {
    char **word; /* borrowed */
    int n_words;
    const char *list; /* NULL: none; "-" standard input */
    bool packed;
};

/* -EINVAL when not exactly one of the three is given, or errors of the list. */
int sound_open(const struct sound_params *p, struct sound **ret, struct reason *why);
void sound_close(struct sound *s); /* NULL is fine */

/* The next clip: 1 it is open and *ret_name says what it is (valid until the next
 * call); 0 there is none left; -errno it cannot be read: *ret_name and why say
 * which and why, and the one after it may be tried unless sound_broken(). */
int sound_next(struct sound *s, const char **ret_name, struct reason *why);

/* Up to n samples of the clip; 0 at its end; -errno when it breaks off. */
ssize_t sound_read(struct sound *s, float *out, size_t n, struct reason *why);

/* The packed stream cannot be followed any further. */
bool sound_broken(const struct sound *s);

/* For scan, which has several open at a time: the name of the next clip, NULL: none left;
 * and the source behind a name. Errors as of source_open(). */
const char *sound_next_name(struct sound *s);
int sound_source(const char *name, bool paced, struct source **ret, struct reason *why);

#endif
