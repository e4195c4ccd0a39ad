/* Opens what libav reads: a local recording or a network stream, with deadlines.
 * The half of source_av that knows protocols; nobody else includes this. */
#ifndef AUDIO_SOURCE_AV_INPUT_H
#define AUDIO_SOURCE_AV_INPUT_H

#include "audio/source_ops.h"

enum { AV_INPUT_SHOWN = 256 };

struct AVFormatContext;
struct AVIOContext;
struct AVDictionary;

struct av_input {
    struct AVFormatContext *fmt;
    struct AVIOContext *io; /* of a local file, over fd */
    int fd;
    int (*open)(struct AVFormatContext *fmt, struct AVIOContext **ret, const char *url, int flags,
                struct AVDictionary **options); /* libav's own, of a network stream */
    const atomic_bool *stop;
    int64_t deadline_ns; /* whatever libav waits for ends here */
    bool rtsp;
    bool recording;             /* has an end that is known: it waits for its reader */
    char shown[AV_INPUT_SHOWN]; /* for people, no secrets */
};

/* Opens and reads what libav needs to know about the streams, until in->deadline_ns,
 * which with stop is set before. On failure too av_input_close() is called. */
int av_input_open(struct av_input *in, const struct source_params *p, struct reason *why);
void av_input_close(struct av_input *in);

/* A libav error as -errno with its sentence; the deadline and *stop go before it. */
int av_input_error(const struct av_input *in, int averr, const char *doing, struct reason *why);

#endif
