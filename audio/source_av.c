/* Whatever libav decodes: recordings, cameras, web radio.
 *
 *   av_read_frame ─► packet ─► decoder ─► frame ─► resampler, in chunks ─► pending ─► out
 *
 * Packets that do not decode are counted and skipped; what follows one is told as a
 * gap, because the sound does not join on. The deadline of a read holds until samples
 * come, however many packets of other tracks do. A camera may announce a talk-back
 * beside its microphone, which never speaks: the richest track is taken first, and
 * when another one speaks while it is silent, that one.
 *
 * A camera that is short of time or of network leaves packets out, which no error tells; their
 * times do. What comes SKIP_MS and about a frame later than the samples before it make it is a
 * gap, if the frame behind it is late too, for which it is held back: what is missing stays
 * missing. Less, or once, is a clock that is read in a hurry, or once for all that is sent
 * together. Such times lie on both sides of the true ones, so their latest ones are followed,
 * and the early ones hardly: by their middle the first of each bunch would be behind a gap.
 * The times also tell how much is missing: the clock of this box would not, by which the rest of
 * what came before was heard just now. */
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <stdlib.h>
#include <string.h>

#include "audio/resample.h"
#include "audio/source_av_input.h"

enum {
    MAX_ERRORS = 100,       /* packets in a row that do not decode */
    OTHER_TRACK_AFTER = 50, /* packets of another track while ours has sent none */
    SKIP_MS = 40,
    FOLLOW_LATER = 16, FOLLOW_EARLIER = 1024, /* of what a time is off, the part that is the clock's, each frame */
};

/* Lost at once, at most: a read that hears nothing for longer ends. More is a clock that was set. */
#define MAX_LOST_US (SOURCE_TIMEOUT_MS * INT64_C(1000))
#define MAX_US (INT64_C(1) << 60) /* no time of a camera; two of them can be subtracted */

struct av_source {
    struct source base;
    struct av_input in;
    AVCodecContext *dec;
    AVPacket *pkt;
    AVFrame *frame, *next; /* next: read early, to judge frame by */
    bool judged;           /* frame is, and may be fed */
    int track;
    int n_other; /* packets of other audio tracks since ours was chosen, before its first */
    int errors;  /* in a row */
    bool track_spoke, draining, ended;
    bool heard, gap; /* samples were delivered; the next ones do not join on */
    bool pending_before_gap;
    int frame_at; /* samples of frame that were fed */
    int64_t lost_us; /* in the gap, by its times; 0: not known */
    int64_t due_us; /* of a camera: when the next frame begins, by its own time; AV_NOPTS_VALUE: not known */
    struct resample *rs;
    struct resample_params rs_params;
    bool rs_flushed;
    struct source_pending pending;
};

/* Higher is more likely the microphone: negative is no sound that we can decode. */
static int track_score(const AVStream *st)
{
    const AVCodecParameters *c = st->codecpar;
    if (c->codec_type != AVMEDIA_TYPE_AUDIO || !avcodec_find_decoder(c->codec_id))
        return -1;
    int score = c->sample_rate / 1000 > 48 ? 48 : c->sample_rate / 1000;
    score += c->ch_layout.nb_channels > 2 ? 2 : c->ch_layout.nb_channels;
    if (st->disposition & AV_DISPOSITION_DEFAULT)
        score += 100;
    if (st->disposition &
        (AV_DISPOSITION_COMMENT | AV_DISPOSITION_VISUAL_IMPAIRED | AV_DISPOSITION_DESCRIPTIONS))
        score -= score / 2;
    return score;
}

/* Pictures are not even read; other audio tracks are, see read_packet(). */
static int pick_track(AVFormatContext *fmt)
{
    int best = -1, best_score = -1;
    for (unsigned i = 0; i < fmt->nb_streams; i++) {
        int score = track_score(fmt->streams[i]);
        fmt->streams[i]->discard = score < 0 ? AVDISCARD_ALL : AVDISCARD_DEFAULT;
        if (score > best_score) {
            best = (int)i;
            best_score = score;
        }
    }
    return best;
}

static int track_open(struct av_source *a, int track, struct reason *why)
{
    AVStream *st = a->in.fmt->streams[track];
    avcodec_free_context(&a->dec);
    a->dec = avcodec_alloc_context3(NULL);
    if (!a->dec)
        return reason_set(why, ENOMEM, "no memory for a decoder");
    int err = avcodec_parameters_to_context(a->dec, st->codecpar);
    a->dec->thread_count = 1;
    a->dec->pkt_timebase = st->time_base;
    if (err >= 0)
        err = avcodec_open2(a->dec, avcodec_find_decoder(st->codecpar->codec_id), NULL);
    if (err < 0)
        return reason_set(why, EBADMSG, "%s: the decoder %s refuses the track", a->in.shown,
                          avcodec_get_name(st->codecpar->codec_id));
    a->track = track;
    return 0;
}

static int no_track(const struct av_source *a, struct reason *why)
{
    const AVFormatContext *fmt = a->in.fmt;
    for (unsigned i = 0; i < fmt->nb_streams; i++)
        if (fmt->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO)
            return reason_set(why, ENOMSG, "%s: no audio track that can be decoded (found %s)",
                              a->in.shown, avcodec_get_name(fmt->streams[i]->codecpar->codec_id));
    return reason_set(why, ENOMSG, "%s: no audio track", a->in.shown);
}

static bool format_of(const AVFrame *f, struct resample_params *ret)
{
    static const struct {
        enum AVSampleFormat av;
        enum resample_format ours;
    } map[] = {
        {AV_SAMPLE_FMT_U8, RESAMPLE_U8},   {AV_SAMPLE_FMT_S16, RESAMPLE_S16},
        {AV_SAMPLE_FMT_S32, RESAMPLE_S32}, {AV_SAMPLE_FMT_S64, RESAMPLE_S64},
        {AV_SAMPLE_FMT_FLT, RESAMPLE_F32}, {AV_SAMPLE_FMT_DBL, RESAMPLE_F64},
    };
    enum AVSampleFormat packed = av_get_packed_sample_fmt(f->format);
    for (size_t i = 0; i < ARRAY_SIZE(map); i++)
        if (map[i].av == packed) {
            bool planar = f->ch_layout.nb_channels > 1 && av_sample_fmt_is_planar(f->format);
            *ret = (struct resample_params){f->sample_rate, f->ch_layout.nb_channels, map[i].ours,
                                            planar};
            return true;
        }
    return false;
}

static bool same_format(const struct resample_params *a, const struct resample_params *b)
{
    return a->rate == b->rate && a->channels == b->channels && a->format == b->format &&
           a->planar == b->planar;
}

/* What the filter still holds goes out; the next samples do not join on. */
static int break_off(struct av_source *a, struct reason *why)
{
    if (a->rs && !a->rs_flushed) {
        const float *out;
        int n = resample_flush(a->rs, &out);
        if (n < 0)
            return reason_set(why, -n, "libswresample failed");
        a->pending = (struct source_pending){out, (size_t)n};
        a->pending_before_gap = true;
        a->rs_flushed = true;
    }
    return 1;
}

static int format_changed(struct av_source *a, const struct resample_params *f, struct reason *why)
{
    if (a->rs && !a->rs_flushed) {
        a->gap = a->heard;
        return break_off(a, why);
    }
    resample_free(a->rs);
    a->rs = NULL;
    int err = resample_new(f, &a->rs, why);
    if (err < 0)
        return err;
    a->rs_params = *f;
    a->base.rate = f->rate;
    a->base.channels = f->channels;
    return 1;
}

/* The next chunk of the frame into the resampler. */
static int feed_frame(struct av_source *a, struct reason *why)
{
    struct resample_params f;
    if (!format_of(a->frame, &f))
        return reason_set(why, EBADMSG, "%s: sample format %d", a->in.shown, a->frame->format);
    if (!a->rs || !same_format(&f, &a->rs_params))
        return format_changed(a, &f, why);
    int n = a->frame->nb_samples - a->frame_at;
    if (n > RESAMPLE_CHUNK)
        n = RESAMPLE_CHUNK;
    const void *planes[RESAMPLE_MAX_CHANNELS];
    size_t step = (size_t)resample_bytes(f.format) * (f.planar ? 1 : (size_t)f.channels);
    for (int i = 0; i < (f.planar ? f.channels : 1); i++)
        planes[i] = a->frame->extended_data[i] + (size_t)a->frame_at * step;
    const float *out = NULL;
    int got = resample_feed(a->rs, planes, n, &out);
    if (got < 0)
        return reason_set(why, -got, "libswresample failed");
    a->rs_flushed = false;
    a->frame_at += n;
    a->pending = (struct source_pending){out, (size_t)got};
    a->pending_before_gap = false;
    return 1;
}

/* A packet that does not decode: skipped, within a bound. */
static int bad_packet(struct av_source *a, struct reason *why)
{
    if (++a->errors > MAX_ERRORS)
        return reason_set(why, EBADMSG, "%s: %d packets in a row do not decode as %s", a->in.shown,
                          MAX_ERRORS, avcodec_get_name(a->dec->codec_id));
    av_frame_unref(a->frame); /* one that is held back: the damage is behind it, or in it */
    a->gap = a->heard;
    return break_off(a, why);
}

/* When a frame begins, by its camera; AV_NOPTS_VALUE: not known. */
static int64_t begin_us(const struct av_source *a, const AVFrame *f)
{
    if (!a->in.rtsp || f->sample_rate <= 0 || f->pts == AV_NOPTS_VALUE)
        return AV_NOPTS_VALUE;
    int64_t us = av_rescale_q(f->pts, a->dec->pkt_timebase, AV_TIME_BASE_Q);
    return us < -MAX_US || us > MAX_US ? AV_NOPTS_VALUE : us;
}

/* As it would be if a frame had been left out. Nine tenths, because no clock is exact. */
static bool is_late(int64_t late_us, int64_t lasts_us)
{
    return late_us >= SKIP_MS * 1000 && late_us >= lasts_us * 9 / 10;
}

/* Whether the frame joins on to what came before it, by their times. False: a->next is
 * needed to say so. */
static bool judge(struct av_source *a)
{
    int64_t at_us = begin_us(a, a->frame), due_us = a->due_us, late_us = 0;
    if (at_us == AV_NOPTS_VALUE) {
        a->due_us = AV_NOPTS_VALUE;
        return true;
    }
    int64_t lasts_us = (int64_t)a->frame->nb_samples * 1000000 / a->frame->sample_rate;
    if (due_us != AV_NOPTS_VALUE)
        late_us = at_us - due_us;
    bool late = is_late(late_us, lasts_us), stays = false;
    if (late && !a->gap) {
        if (a->next->nb_samples == 0)
            return false;
        int64_t next_us = begin_us(a, a->next);
        stays = next_us != AV_NOPTS_VALUE && is_late(next_us - due_us - lasts_us, lasts_us);
        a->gap = stays && a->heard;
    }
    if (a->gap && late_us > 0 && late_us < MAX_LOST_US)
        a->lost_us += late_us;
    if (due_us == AV_NOPTS_VALUE || stays || a->gap || late_us < -1000000) /* its clock was set */
        due_us = at_us;
    else
        due_us += late_us < 0 ? late_us / FOLLOW_EARLIER : (late ? SKIP_MS * 1000 : late_us) / FOLLOW_LATER;
    a->due_us = due_us + lasts_us;
    return true;
}

static int end_of_input(struct av_source *a, struct reason *why)
{
    a->draining = true;
    avcodec_send_packet(a->dec, NULL);
    return 1;
}

/* 1: a packet of our track is in a->pkt, or nothing useful was read. */
static int read_packet(struct av_source *a, struct reason *why)
{
    if (source_stopped(&a->base))
        return reason_set(why, ECANCELED, "stopped");
    if (clock_boot_ns() >= a->in.deadline_ns)
        return av_input_error(&a->in, AVERROR_EXIT, "reading", why);
    int err = av_read_frame(a->in.fmt, a->pkt);
    if (err == AVERROR(EAGAIN))
        return 1;
    AVIOContext *pb = a->in.fmt->pb;
    if (err == AVERROR_EOF && pb && pb->error < 0)
        err = pb->error; /* a connection that broke looks like an end otherwise */
    if (err == AVERROR_EOF && !a->in.rtsp && !source_stopped(&a->base))
        return end_of_input(a, why);
    if (err < 0)
        return av_input_error(&a->in, err, "reading", why);
    if (a->pkt->stream_index != a->track) {
        int other = a->pkt->stream_index;
        av_packet_unref(a->pkt);
        if (!a->track_spoke && track_score(a->in.fmt->streams[other]) >= 0 &&
            ++a->n_other >= OTHER_TRACK_AFTER) {
            a->n_other = 0; /* its turn: a third track must not take it away at once */
            return track_open(a, other, why) < 0 ? -EBADMSG : 1;
        }
        return 1;
    }
    a->track_spoke = true;
    err = avcodec_send_packet(a->dec, a->pkt);
    av_packet_unref(a->pkt);
    return err < 0 && err != AVERROR(EAGAIN) ? bad_packet(a, why) : 1;
}

/* The next frame of the track into f. */
static int next_frame(struct av_source *a, AVFrame *f, struct reason *why)
{
    if (a->ended)
        return 0;
    int err = avcodec_receive_frame(a->dec, f);
    if (err == AVERROR(EAGAIN))
        return read_packet(a, why);
    if (err == AVERROR_EOF || (err < 0 && a->draining)) {
        a->ended = true;
        return break_off(a, why);
    }
    if (err < 0)
        return bad_packet(a, why);
    a->errors = 0;
    return 1;
}

/* One step towards samples in pending: 1 got on, 0 the end, -errno. */
static int pump(struct av_source *a, struct reason *why)
{
    if (a->judged && a->frame_at < a->frame->nb_samples)
        return feed_frame(a, why);
    if (a->judged) {
        av_frame_unref(a->frame);
        av_frame_move_ref(a->frame, a->next);
        a->frame_at = 0;
        a->judged = false;
    }
    if (a->frame->nb_samples == 0)
        return next_frame(a, a->frame, why);
    bool told = a->gap; /* and broken off */
    a->judged = judge(a);
    if (!a->judged)
        return next_frame(a, a->next, why);
    return a->gap && !told ? break_off(a, why) : 1;
}

static ssize_t read_av(struct source *s, float *out, size_t n, struct reason *why)
{
    struct av_source *a = (struct av_source *)s;
    a->in.deadline_ns = source_deadline_ns(s->read_timeout_ms);
    for (;;) {
        if (a->pending.n > 0 && a->gap && !a->pending_before_gap) {
            a->gap = false;
            a->base.lost_us = a->lost_us;
            a->lost_us = 0;
            return reason_set(why, EPIPE, "%s: a packet did not come, or did not decode", a->in.shown);
        }
        if (a->pending.n > 0) {
            a->heard = true;
            return (ssize_t)source_take(&a->pending, out, n);
        }
        int r = pump(a, why);
        if (r <= 0)
            return r;
    }
}

static void close_av(struct source *s)
{
    struct av_source *a = (struct av_source *)s;
    avcodec_free_context(&a->dec);
    av_packet_free(&a->pkt);
    av_frame_free(&a->frame);
    av_frame_free(&a->next);
    av_input_close(&a->in);
    resample_free(a->rs);
    free(a);
}

/* Runs until the first samples are there, so that an open source is known to sound. */
static int first_samples(struct av_source *a, struct reason *why)
{
    int r = 1;
    while (r > 0 && a->pending.n == 0)
        r = pump(a, why);
    if (r == 0 && a->errors > 0)
        return reason_set(why, EBADMSG, "%s: nothing in it decodes as %s", a->in.shown,
                          avcodec_get_name(a->dec->codec_id));
    if (r == 0 && a->in.fd < 0) /* a file may hold no sound; a server that sends none is at fault */
        return reason_set(why, ECONNRESET, "%s: the stream ended before the first sound",
                          a->in.shown);
    return r < 0 ? r : 0;
}

static int open_av(const struct source_params *p, struct source **ret, struct reason *why)
{
    struct av_source *a = calloc(1, sizeof(*a));
    if (!a)
        return reason_set(why, ENOMEM, "no memory for a source");
    a->in.fd = -1;
    a->due_us = AV_NOPTS_VALUE;
    a->in.stop = a->base.stop = p->stop;
    a->base.read_timeout_ms = p->read_timeout_ms;
    a->in.deadline_ns = source_deadline_ns(p->open_timeout_ms);
    int err = -ENOMEM;
    a->pkt = av_packet_alloc();
    a->frame = av_frame_alloc();
    a->next = av_frame_alloc();
    if (!a->pkt || !a->frame || !a->next) {
        reason_set(why, ENOMEM, "no memory for a source");
        goto fail;
    }
    err = av_input_open(&a->in, p, why);
    if (err < 0)
        goto fail;
    int track = pick_track(a->in.fmt);
    err = track < 0 ? no_track(a, why) : track_open(a, track, why);
    if (err < 0)
        goto fail;
    err = first_samples(a, why);
    if (err < 0)
        goto fail;
    a->base.paced = p->paced && a->in.recording;
    a->base.live = p->paced || !a->in.recording;
    *ret = &a->base;
    return 0;
fail:
    close_av(&a->base);
    return err;
}

const struct source_ops source_av_ops = {open_av, read_av, close_av};
