/* What `earshot bench` times: cases, each made anew, run many times and undone.
 *
 * bench.c has the list of cases, runs and prints them; bench_model.c, bench_op.c
 * and bench_math.c make them. One thread. */
#ifndef DAEMON_TOOL_BENCH_H
#define DAEMON_TOOL_BENCH_H

#include "infer/model.h"

struct bench_env { /* what all cases share */
    const struct kernel *kernel;
    const char *model; /* path of the model that streams run; NULL: the shipped one */
};

struct bench { /* a case, made */
    void (*run)(void *of);
    void (*done)(void *of);
    void *of;
    double products; /* int8 products of one run, 0 when nothing counts them */
    double bytes;    /* that one run reads, 0 likewise */
    int threads;
};

struct bench_case {
    const char *name;
    /* Fills *ret, which bench.c undoes; an exit code, with a complaint if it is not EX_OK. */
    int (*make)(const struct bench_case *c, const struct bench_env *e, struct bench *ret);
    int size[5]; /* what the maker makes of them */
};

/* One window of a bidirectional model with random weights: tokens, d, heads, ff, threads; 12 layers */
int bench_encoder(const struct bench_case *c, const struct bench_env *e, struct bench *ret);
/* One step of streams whose caches are full: tokens a stream, streams */
int bench_stream(const struct bench_case *c, const struct bench_env *e, struct bench *ret);
/* Reading as many bytes as the stream's weights have: what a step takes at least */
int bench_weights(const struct bench_case *c, const struct bench_env *e, struct bench *ret);
/* A product: m, k, n and its end (enum gemm_end) */
int bench_gemm(const struct bench_case *c, const struct bench_env *e, struct bench *ret);
/* An attention head: tokens, numbers in the head, whether over rounded keys and values (cells) */
int bench_attend(const struct bench_case *c, const struct bench_env *e, struct bench *ret);
/* The other operations of a kernel table: which one, rows, numbers in a row (of cells: heads of 32) */
enum { BENCH_EMBED, BENCH_QUANTIZE, BENCH_NORM, BENCH_NORM_QUANTIZE, BENCH_GELU_QUANTIZE, BENCH_PUT_CELLS, BENCH_DOTS };
int bench_op(const struct bench_case *c, const struct bench_env *e, struct bench *ret);
/* What BERT-like encoders have besides: which one, rows, numbers in a row, outputs of a product */
enum { BENCH_PRODUCT_F32, BENCH_LAYER_NORM, BENCH_GELU_ERF };
int bench_math(const struct bench_case *c, const struct bench_env *e, struct bench *ret);

/* Attention of a BERT-like encoder over rounded keys and values: tokens, heads, numbers in a head,
 * tokens in a block of the mask (0: all see all), each of which sees the first, itself and the one before */
int bench_mask(const struct bench_case *c, const struct bench_env *e, struct bench *ret);

#endif
