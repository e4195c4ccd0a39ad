/* The head of a WAV stream, read as it comes: nothing is seeked, any cut is fine.
 *
 * For what arrives by pipe; recordings go through libav. Takes RIFF and RF64 with
 * PCM of 8, 16, 24, 32 bits or IEEE float of 32, 64 bits. One thread an object. */
#ifndef AUDIO_WAV_H
#define AUDIO_WAV_H

#include "config/reason.h"

enum { WAV_MAX_HEAD = 1 << 20, WAV_MAX_FMT = 64 }; /* bytes */

#define WAV_ENDLESS UINT64_MAX

struct wav {
    int rate, channels;
    int bits; /* a sample, as stored: 8, 16, 24, 32, 64 */
    bool is_float;
    uint64_t data_bytes; /* WAV_ENDLESS: until the writer goes */
    /* private from here */
    enum { WAV_AT_RIFF, WAV_AT_CHUNK, WAV_IN_SKIP, WAV_DONE } at;
    bool has_fmt;
    uint64_t skip, ds64_data_bytes;
    size_t head_bytes;
};

void wav_init(struct wav *w);

/* True while buf may still become a WAV head; n bytes of it are known. */
bool wav_begins(const uint8_t *buf, size_t n);

/* Reads on in buf. *ret_used bytes were taken and are not to come again. 1: the head
 * is complete, sound begins behind them; 0: more bytes are needed after them; -EBADMSG. */
int wav_feed(struct wav *w, const uint8_t *buf, size_t n, size_t *ret_used, struct reason *why);

#endif
