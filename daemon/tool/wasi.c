/* What the tool asks for and WASI does not have.
 *
 * No ALSA, libav or resampler there: a source is a file or standard input that holds
 * what the engine hears anyway, 16 kHz mono s16le, as WAV or bare. Decode anything
 * else before it: ffmpeg -i porch.opus -ar 16000 -ac 1 porch.wav. Only this build
 * has this file, in the place of audio/source.c and daemon/tool/process.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "audio/source.h"
#include "audio/wav.h"
#include "daemon/tool/tool.h"

enum { CHUNK = 4096 };

struct source {
    FILE *in;
    struct wav wav;
    uint64_t left; /* bytes of sound that the head promised */
    size_t n, used; /* of buf */
    uint8_t buf[CHUNK];
};

static bool fill(struct source *s)
{
    memmove(s->buf, s->buf + s->used, s->n - s->used);
    s->n -= s->used;
    s->used = 0;
    size_t got = fread(s->buf + s->n, 1, CHUNK - s->n, s->in);
    s->n += got;
    return got > 0;
}

static int read_head(struct source *s, struct reason *why)
{
    s->left = WAV_ENDLESS;
    if (!fill(s) || s->n < 12 || !wav_begins(s->buf, s->n))
        return 0; /* bare samples, perhaps none */
    wav_init(&s->wav);
    for (;;) {
        size_t used;
        int r = wav_feed(&s->wav, s->buf + s->used, s->n - s->used, &used, why);
        if (r < 0)
            return r;
        s->used += used;
        if (r > 0)
            break;
        if (!fill(s))
            return reason_set(why, EBADMSG, "WAV without sound");
    }
    if (s->wav.rate != SAMPLE_RATE || s->wav.channels != 1 || s->wav.bits != 16 || s->wav.is_float)
        return reason_set(why, EBADMSG,
                          "WAV of %d Hz, %d channels, %d bits: this build only takes 16 kHz mono, "
                          "16 bits; convert it before",
                          s->wav.rate, s->wav.channels, s->wav.bits);
    s->left = s->wav.data_bytes;
    return 0;
}

int source_open(const struct source_params *p, struct source **ret, struct reason *why)
{
    struct source *s = calloc(1, sizeof(*s));
    if (!s)
        return reason_set(why, ENOMEM, "out of memory");
    bool in = strcmp(p->url, "pipe:-") == 0;
    s->in = in ? stdin : fopen(p->url, "rb");
    int r = s->in ? read_head(s, why) : reason_set(why, errno, "cannot open %s: %s", p->url, strerror(errno));
    if (r < 0) {
        source_close(s);
        return r;
    }
    *ret = s;
    return 0;
}

ssize_t source_read(struct source *s, float *out, size_t n, struct reason *why)
{
    size_t made = 0;
    for (; made < n && s->left >= 2; made++) {
        if (s->n - s->used < 2 && (!fill(s) || s->n < 2))
            break;
        int16_t v;
        memcpy(&v, s->buf + s->used, sizeof(v));
        out[made] = (float)v * (1.0F / 32768.0F);
        s->used += sizeof(v);
        if (s->left != WAV_ENDLESS)
            s->left -= sizeof(v);
    }
    if (made == 0 && ferror(s->in))
        return reason_set(why, EIO, "cannot be read");
    return (ssize_t)made;
}

void source_close(struct source *s)
{
    if (!s)
        return;
    if (s->in && s->in != stdin)
        fclose(s->in);
    free(s);
}

void tool_begin(void)
{
}

bool tool_beside_build(const char *model, char *ret_path, size_t size)
{
    return false;
}

int tool_finish(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    tool_complain("cannot write to standard output: %s", strerror(errno ? errno : EIO));
    return EX_IOERR;
}

/* rows.c keeps the rows of a .npy array in one when it writes to a pipe. */
FILE *tmpfile(void)
{
    errno = ENOTSUP;
    return NULL;
}
