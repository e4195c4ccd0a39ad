#include "audio/wav.h"

#include <string.h>

static uint32_t le16(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t le32(const uint8_t *p)
{
    return le16(p) | le16(p + 2) << 16;
}

static uint64_t le64(const uint8_t *p)
{
    return le32(p) | (uint64_t)le32(p + 4) << 32;
}

void wav_init(struct wav *w)
{
    *w = (struct wav){.data_bytes = WAV_ENDLESS, .ds64_data_bytes = WAV_ENDLESS};
}

bool wav_begins(const uint8_t *buf, size_t n)
{
    size_t m = n < 4 ? n : 4;
    if (memcmp(buf, "RIFF", m) != 0 && memcmp(buf, "RF64", m) != 0)
        return false;
    return n <= 8 || memcmp(buf + 8, "WAVE", n < 12 ? n - 8 : 4) == 0;
}

static int read_fmt(struct wav *w, const uint8_t *p, uint32_t size, struct reason *why)
{
    static const uint8_t guid_tail[14] = {0, 0, 0,    0, 0x10, 0,    0x80,
                                          0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};
    uint32_t tag = le16(p), channels = le16(p + 2), rate = le32(p + 4), align = le16(p + 12),
             bits = le16(p + 14);
    if (tag == 0xfffe) { /* extensible: the real tag opens a GUID */
        if (size < 40 || memcmp(p + 26, guid_tail, sizeof(guid_tail)) != 0)
            return reason_set(why, EBADMSG, "WAV of a kind that is neither PCM nor float");
        tag = le16(p + 24);
    }
    if (tag != 1 && tag != 3)
        return reason_set(why, EBADMSG,
                          "WAV with codec %u (expected PCM or float; decode it before the pipe)",
                          tag);
    bool bits_ok =
        tag == 1 ? bits == 8 || bits == 16 || bits == 24 || bits == 32 : bits == 32 || bits == 64;
    if (!bits_ok)
        return reason_set(why, EBADMSG, "WAV with %u bits a sample", bits);
    if (channels < 1 || channels > 32 || rate < 1000 || rate > 768000)
        return reason_set(why, EBADMSG, "WAV with %u channels at %u Hz", channels, rate);
    if (align != channels * bits / 8)
        return reason_set(why, EBADMSG, "WAV says %u bytes a frame of %u channels with %u bits",
                          align, channels, bits);
    w->rate = (int)rate;
    w->channels = (int)channels;
    w->bits = (int)bits;
    w->is_float = tag == 3;
    w->has_fmt = true;
    return 0;
}

/* Those who write into a pipe cannot come back to fill in the size: they leave 0,
 * all ones, or about 2 GiB. */
static uint64_t data_size(const struct wav *w, uint32_t size)
{
    if (size == UINT32_MAX && w->ds64_data_bytes != WAV_ENDLESS && w->ds64_data_bytes > 0)
        return w->ds64_data_bytes;
    return size == 0 || size >= 0x7fff0000u ? WAV_ENDLESS : size;
}

/* One chunk head at p, n bytes known. 1: sound begins, 0: not enough yet. */
static int read_chunk(struct wav *w, const uint8_t *p, size_t n, size_t *ret_used,
                      struct reason *why)
{
    *ret_used = 0;
    if (n < 8)
        return 0;
    uint32_t size = le32(p + 4);
    if (memcmp(p, "data", 4) == 0) {
        if (!w->has_fmt)
            return reason_set(why, EBADMSG, "WAV with sound before its format");
        w->data_bytes = data_size(w, size);
        w->at = WAV_DONE;
        *ret_used = 8;
        return 1;
    }
    uint64_t padded = (uint64_t)size + (size & 1);
    bool fmt = memcmp(p, "fmt ", 4) == 0, ds64 = memcmp(p, "ds64", 4) == 0;
    if (fmt || ds64) {
        if (size < 16 || size > WAV_MAX_FMT)
            return reason_set(why, EBADMSG, "WAV with a %.4s chunk of %u bytes", (const char *)p,
                              size);
        if (n < 8 + padded)
            return 0;
        if (ds64)
            w->ds64_data_bytes = le64(p + 16);
        else if (read_fmt(w, p + 8, size, why) < 0)
            return -EBADMSG;
        *ret_used = 8 + (size_t)padded;
        return 0;
    }
    w->skip = padded;
    w->at = WAV_IN_SKIP;
    *ret_used = 8;
    return 0;
}

int wav_feed(struct wav *w, const uint8_t *buf, size_t n, size_t *ret_used, struct reason *why)
{
    size_t used = 0, step = 0;
    int r = 0;
    do {
        size_t left = n - used;
        step = 0;
        if (w->at == WAV_AT_RIFF) {
            if (left < 12)
                break;
            if (!wav_begins(buf + used, 12))
                return reason_set(why, EBADMSG, "not a WAV stream");
            w->at = WAV_AT_CHUNK;
            step = 12;
        } else if (w->at == WAV_IN_SKIP) {
            step = w->skip < left ? (size_t)w->skip : left;
            w->skip -= step;
            if (w->skip == 0)
                w->at = WAV_AT_CHUNK;
            else if (step == 0)
                break;
        } else {
            r = read_chunk(w, buf + used, left, &step, why);
            if (r < 0)
                return r;
            if (step == 0)
                break;
        }
        used += step;
        w->head_bytes += step;
        if (w->head_bytes > WAV_MAX_HEAD)
            return reason_set(why, EBADMSG, "WAV without sound in its first %d bytes",
                              WAV_MAX_HEAD);
    } while (w->at != WAV_DONE);
    *ret_used = used;
    return r;
}
