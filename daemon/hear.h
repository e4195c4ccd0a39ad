/* One source's way from blocks to tokens: level gate with pre-roll, MFCC,
 * tokenizer. Used by daemon/front and by `earshot scan`, so that a recording makes
 * the same tokens in both.
 *
 * A stream (segment) begins with its first sample behind the gate or a gap; token k
 * (from 0) of `frames` MFCC frames ends at sample 160 (frames (k + 1) - 1) + 400 of
 * it: 640 k + 880 for the shipped model. One object a source, one thread at a time;
 * nothing allocates after hear_new(). */
#ifndef DAEMON_HEAR_H
#define DAEMON_HEAR_H

#include "audio/ring.h"
#include "config/reason.h"
#include "infer/model.h"

enum { HEAR_PREROLL = 32 }; /* blocks: 640 ms */

struct hear;

struct hear_token {
    const uint16_t *ids; /* (n_books), until the call returns */
    uint64_t end_pos;    /* position after its last sample */
    int64_t end_ns;      /* boot time when that sample arrived; never goes back */
};

struct hear_sink { /* what the caller makes of it; called from hear_feed */
    void (*restart)(void *ctx); /* the sound broke off: the next token begins a stream */
    void (*token)(void *ctx, const struct hear_token *t);
    void *ctx;
};

struct hear_params {
    const struct tokenizer_books *books; /* outlive it; coefs = MFCC_COEFS */
    double gate_dbfs;                    /* blocks quieter than this for 1 s: nothing is computed */
    struct hear_sink sink;
};

/* Whether a source can be followed with `m`: it learned from the features that this program makes, and looks
 * at nothing that comes later. -EBADMSG, and why. */
int hear_suits(const struct model *m, struct reason *why);

int hear_new(const struct hear_params *p, struct hear **ret); /* -ENOMEM, -EINVAL */
void hear_free(struct hear *h);                               /* NULL is fine */

void hear_feed(struct hear *h, const struct ring_block *b);

/* The gate is closed: it is quiet, and known to be. True also before the first sound. */
bool hear_is_quiet(const struct hear *h);
void hear_set_gate(struct hear *h, double gate_dbfs);

#endif
