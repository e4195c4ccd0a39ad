/* The gate. A quiet room is most of a microphone's life, and costs nothing then.
 * But a word begins quietly, so what came before the first loud block is kept and
 * goes in first:
 *
 *      level          ____                          ____
 *      gate  --------/----\------------------------/----\---
 *            _______/      \______________________/
 *      looked at |<------- … 1 s more ->|      |<-- from 640 ms before
 *
 * A stream that starts again is a new stream: what lies between was not seen, and
 * the encoder must not take the two sides for neighbours. */
#include "daemon/hear.h"

#include <stdlib.h>
#include <string.h>

#include "audio/ear.h"
#include "audio/mfcc.h"

enum { QUIET_SAMPLES = MFCC_RATE, MAX_FRAMES = 4 };
#define NS_PER_SAMPLE (1000000000LL / MFCC_RATE)

struct hear {
    struct hear_params params;
    struct mfcc *mfcc;
    struct tokenizer *tokenizer;
    bool quiet;
    bool fresh;              /* nothing fed since the stream was restarted */
    uint32_t quiet_samples;  /* running, under the gate */
    uint64_t next_pos;       /* that joins on */
    uint64_t stream_pos;     /* position of the stream's first sample */
    uint64_t frames;         /* of the stream */
    int64_t last_end_ns;
    unsigned kept, keep_at;  /* pre-roll: blocks kept, where the next one goes */
    struct ring_block keep[HEAR_PREROLL];
};

int hear_suits(const struct model *m, struct reason *why)
{
    if (strcmp(m->feature, MFCC_VERSION) != 0 || m->books.coefs != MFCC_COEFS)
        return reason_set(why, EBADMSG,
                          "model %s %s was made for features %s with %d coefficients, this program makes %s with %d",
                          m->name, m->version, m->feature, m->books.coefs, MFCC_VERSION, MFCC_COEFS);
    if (!m->causal)
        return reason_set(why, EBADMSG, "model %s %s is not causal: it cannot follow a source", m->name, m->version);
    return 0;
}

int hear_new(const struct hear_params *p, struct hear **ret)
{
    if (p->books->coefs != MFCC_COEFS)
        return -EINVAL;
    struct hear *h = calloc(1, sizeof(*h));
    if (!h)
        return -ENOMEM;
    h->params = *p;
    h->quiet = true;
    h->fresh = true;
    int r = mfcc_new(&h->mfcc);
    if (r >= 0)
        r = tokenizer_new(p->books, &h->tokenizer);
    if (r < 0) {
        hear_free(h);
        return r;
    }
    *ret = h;
    return 0;
}

void hear_free(struct hear *h)
{
    if (!h)
        return;
    tokenizer_free(h->tokenizer);
    mfcc_free(h->mfcc);
    free(h);
}

static void restart(struct hear *h)
{
    if (h->fresh)
        return;
    mfcc_reset(h->mfcc);
    tokenizer_reset(h->tokenizer);
    h->frames = 0;
    h->fresh = true;
    h->params.sink.restart(h->params.sink.ctx);
}

static void say_token(struct hear *h, const uint16_t *ids, const struct ring_block *b)
{
    uint64_t end = h->stream_pos + (h->frames - 1) * MFCC_HOP + MFCC_WINDOW;
    int64_t after = (int64_t)(b->pos + b->n - end); /* samples of the block behind it */
    int64_t end_ns = b->boot_ns - after * NS_PER_SAMPLE;
    if (end_ns < h->last_end_ns) /* blocks come in bursts */
        end_ns = h->last_end_ns;
    h->last_end_ns = end_ns;
    struct hear_token t = {ids, end, end_ns};
    h->params.sink.token(h->params.sink.ctx, &t);
}

static void compute(struct hear *h, const struct ring_block *b)
{
    if (h->fresh)
        h->stream_pos = b->pos;
    h->fresh = false;
    float frames[MAX_FRAMES][MFCC_COEFS];
    uint16_t ids[TOKENIZER_MAX_CODEBOOKS];
    size_t at = 0, taken;
    int n;
    do {
        n = mfcc_feed(h->mfcc, b->samples + at, b->n - at, &taken, &frames[0][0], MAX_FRAMES);
        at += taken;
        for (int i = 0; i < n; i++) {
            h->frames++;
            if (tokenizer_feed(h->tokenizer, frames[i], ids))
                say_token(h, ids, b);
        }
    } while (at < b->n || n == MAX_FRAMES);
}

static void keep(struct hear *h, const struct ring_block *b)
{
    h->keep[h->keep_at] = *b;
    h->keep_at = (h->keep_at + 1) % HEAR_PREROLL;
    if (h->kept < HEAR_PREROLL)
        h->kept++;
}

static void open_gate(struct hear *h)
{
    h->quiet = false;
    restart(h);
    for (unsigned i = 0; i < h->kept; i++)
        compute(h, &h->keep[(h->keep_at + HEAR_PREROLL - h->kept + i) % HEAR_PREROLL]);
    h->kept = 0;
}

void hear_feed(struct hear *h, const struct ring_block *b)
{
    if (b->gap || b->pos != h->next_pos) {
        restart(h);
        h->kept = 0;
    }
    h->next_pos = b->pos + b->n;
    if (ear_dbfs(b->samples, b->n) >= h->params.gate_dbfs) {
        h->quiet_samples = 0;
        if (h->quiet)
            open_gate(h);
    } else if (!h->quiet) {
        h->quiet_samples += b->n;
        h->quiet = h->quiet_samples >= QUIET_SAMPLES;
    }
    if (h->quiet)
        keep(h, b);
    else
        compute(h, b);
}

bool hear_is_quiet(const struct hear *h)
{
    return h->quiet;
}

void hear_set_gate(struct hear *h, double gate_dbfs)
{
    h->params.gate_dbfs = gate_dbfs;
}
