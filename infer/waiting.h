/* The tokens of one stream that wait for a worker, and where they break off.
 *
 * A run is tokens without a gap between them; the stream starts anew with the
 * first token of each run. A window ends with every hop-th token of a run, and
 * tokens are worth a pass only when a window ends among them. When the queue is
 * full, its older half is shed, and what is left of that run starts anew: shed
 * rarely and much, or an overloaded stream would start anew with every token.
 *
 * Private to infer/pool.c, which locks around it. Allocates in init only. */
#ifndef INFER_WAITING_H
#define INFER_WAITING_H

#include "config/base.h"

struct waiting_token {
    int64_t submitted_ns;
    uint64_t index; /* tokens fed since the last break, before this one */
    bool fresh;     /* first of a run */
    bool closes;    /* a window ends with it */
};

struct waiting {
    int hop, n_books;
    size_t capacity, first, n;   /* a ring of tokens */
    struct waiting_token *token; /* (capacity) */
    uint16_t *ids;               /* (capacity, n_books) */
    size_t windows;              /* that end in what waits */
    uint64_t fed;                /* since the last break */
    uint64_t number;             /* of the last token in its run: 1, 2, … */
    bool fresh;                  /* the next token begins a run */
};

int waiting_init(struct waiting *w, int hop, int n_books, size_t capacity); /* -ENOMEM */
void waiting_done(struct waiting *w);                                       /* zeros are fine */

/* One token, n_books ids; returns how many were shed for it. */
size_t waiting_feed(struct waiting *w, const uint16_t *ids, int64_t now_ns);

/* The next token begins a new run. Tokens that no window will end with any more
 * are forgotten; they are not counted as shed. */
void waiting_break(struct waiting *w);

/* The oldest tokens, of one run, at most max_tokens of them and at most
 * max_windows windows: copies them and returns how many. */
size_t waiting_take(struct waiting *w, size_t max_tokens, size_t max_windows, uint16_t *ret_ids,
                    struct waiting_token *ret_token);

#endif
