/* The arithmetic of the encoder as a table of fused operations, one table an ISA.
 *
 * ref.c is the definition. int32 sums are equal bit for bit in every table, and
 * so are floats: what is summed over lanes runs in 16 of them (lane l sums
 * elements l, l + 16, …), then halves: 16 -> 8 -> 4 -> 2 -> 1, lane i + lane
 * i + n/2; all else is summed in ascending order; nothing is contracted to FMA.
 * No global state but the table chosen at start. Any thread; nothing allocates. */
#ifndef INFER_KERNEL_H
#define INFER_KERNEL_H

#include "config/reason.h"

/* Keys lie in blocks of 16 so that a vector of scores needs no folding: element
 * j of key t is at keys[t / 16 * stride + j * 16 + t % 16]. */
enum { KEY_BLOCK = 16, ATTEND_ROWS = 8 };

enum gemm_end {
    GEMM_SUMS, /* y (int32_t) = sums */
    GEMM_PUT,  /* y = v, where v = sum * (a_scale * w_scale), then + bias */
    GEMM_ADD,  /* y = v + y */
};

struct gemm { /* y (m, n) = end(a w^T); m, n >= 1, k a multiple of 32 */
    int m, n, k;
    const int8_t *a;      /* (m, k), in [-127, 127] */
    const float *a_scale; /* (m); unused for sums, as w_scale and bias */
    const void *w;        /* weights (n, k) in [-127, 127], as pack() leaves them */
    const float *w_scale; /* (n) */
    const float *bias;    /* (n) or NULL */
    enum gemm_end end;
    void *y;    /* rows `stride` elements apart */
    int stride;
};

/* softmax works in powers of two: who calls attend() has multiplied scale and bias by this. */
#define ATTEND_LOG2E 1.44269504F

struct attend { /* one head: y = softmax2(q k^T * scale + bias) v for all queries */
    int n, d;         /* queries; numbers in a head */
    int first;        /* query i stands at key first + i, and … */
    int window;       /* … sees this many keys up to its own; 0: all n_keys */
    int n_keys;
    const float *q;   /* (n, d), rows q_stride apart */
    const float *keys; /* blocks of 16, key_stride floats apart; the last one whole */
    const float *v;   /* (n_keys, d), rows v_stride apart */
    const float *bias; /* of query i for key s: bias[s - first - i] */
    float scale;
    float *y;         /* (n, d), rows y_stride apart; may be q itself */
    float *s;         /* scratch: ATTEND_ROWS rows of n_keys rounded up to 16 */
    int q_stride, key_stride, v_stride, y_stride;
};

/* Keys and values of int8, with a scale a token and head. One head's lie in cells of 16
 * tokens, one after another, each cell_bytes(d) long and 64-aligned; of token t in a cell:
 *   keys    element j at j / 4 * 64 + t * 4 + j % 4: fours, as int8 products want them
 *   values  element j at 16 d + t / 4 * 4 d + 4 j + t % 4: fours of tokens
 *   scales  float at 32 d + 4 t of its key, and 64 bytes behind that of its value; a scale
 *           that is no number or above 1e30 is 1e30
 * A quarter of what floats take: 16 streams' fit a second-level cache that way. */
static inline size_t cell_bytes(int d)
{
    return (size_t)d * 2 * KEY_BLOCK + 2 * KEY_BLOCK * sizeof(float);
}

enum { CELL_MOST = 1024, CELL_WEIGHT = 254 }; /* d at most; a value's weight at most */

/* Floats of scratch for attention over so many keys: what the table needs that takes most */
static inline size_t cells_scratch(int n_keys)
{
    return (size_t)(n_keys + 2 * KEY_BLOCK - 1) / (2 * KEY_BLOCK) * (2 * KEY_BLOCK) * 5 * ATTEND_ROWS;
}

struct put_cells { /* n tokens' keys and values into the cells of all heads */
    int n, n_heads, d; /* d a multiple of 16 */
    int at;            /* they are tokens at, at + 1, … */
    const float *k, *v; /* (n, n_heads, d), rows `stride` apart */
    int stride;
    int8_t *cells;     /* of the first head; */
    size_t head_step;  /* bytes to the next one's */
};

struct attend_cells { /* as struct attend, over cells, of all heads */
    int n, n_heads, d, first, window, n_keys;
    const float *q;      /* heads d apart, as in y */
    const int8_t *cells; /* of the first head; head_step bytes apart */
    size_t head_step;
    const float *bias;   /* bias_step apart */
    int bias_step;
    float scale;
    float *y; /* not q */
    float *s; /* cells_scratch(n_keys) */
    int q_stride, y_stride;
};

struct kernel {
    const char *name; /* "ref", "avx2", "neon" … */

    /* Weights in an order of the table's own, made once when a model is opened:
     * bytes for (n, k), and the making; packed is 64-aligned. NULL: gemm takes
     * them as the file has them, row by row. */
    size_t (*packed_size)(int n, int k);
    void (*pack)(int n, int k, const int8_t *w, void *packed);
    void (*gemm)(const struct gemm *g);

    /* y[i] = sum over r of row[r][i] * scale[r], from 0 */
    void (*embed)(int n_rows, int d, const int8_t *const *row, const float *scale, float *y);

    /* m rows of n: q[i] = round-half-even(x[i] * (127 / max|x|)), scale (m) = max|x| / 127;
     * a row that nowhere reaches 1e-30 gives 0 and zeros; what is no number, or in a row
     * with something infinite, comes out within [-127, 127] too. */
    void (*quantize)(int m, int n, const float *x, int8_t *q, float *scale);
    /* The same of norm(x): of x[i] * g[i], and the scale times the norm's factor, which is
     * no matter to what x is rounded to. */
    void (*norm_quantize)(int m, int n, const float *x, const float *g, float eps, int8_t *q,
                          float *scale);
    /* The same of gelu(x), which is left in x: max(x, 0) less a polynomial of |x| (ref.h), which
     * is GELU's tanh form within 0.0021, an eighth of a step of what it is rounded to. No
     * division, which would take most of the time. */
    void (*gelu_quantize)(int m, int n, float *x, int8_t *q, float *scale);

    /* gemm(), and then gelu_quantize() of y, whose rows lie n apart; q and scale may be what g
     * takes. NULL: nobody wrote them as one; kernel_gemm_gelu() does either. */
    void (*gemm_gelu)(const struct gemm *g, int8_t *q, float *scale);

    /* y[i] = x[i] * (1 / sqrt(mean(x²) + eps)) * g[i], from the left */
    void (*norm)(int n, const float *x, const float *g, float eps, float *y);

    /* A query's row is rounded as quantize() does, keys and values as they are put. Scores:
     * int32 sum * ((q's scale * scale) * key's scale) + bias; softmax in powers of two as
     * attend()'s, but with a polynomial that is right to 1e-4; weights, rounded half to even:
     * power * (value's scale * (CELL_WEIGHT / the largest such scale seen)); y: int32 sum of weight * value,
     * * (largest / CELL_WEIGHT * (1 / sum of powers)). At most CELL_MOST keys are seen. */
    void (*put_cells)(const struct put_cells *p);
    void (*attend_cells)(const struct attend_cells *a);

    /* The next two are for infer/bert.h where its weights are floats; NULL in Wasm. */

    /* n rows of keys (n, d), `stride` apart, into blocks as keys at, at + 1, … */
    void (*put_keys)(int n, int d, const float *k, int stride, int at, float *keys, int key_stride);

    /* scores: sum over j ascending of q[j] key[j], * scale, + bias; softmax: max
     * taken off, powers of two, 0 under -126, summed over lanes by key % 16; y: sum over keys ascending
     * of p v, then * (1 / sum). All in ref.c. */
    void (*attend)(const struct attend *a);

    /* y[i] = x · w[i] + bias[i], summed over lanes; w (n, d) */
    void (*dots)(int n, int d, const float *x, const float *w, const float *bias, float *y);

    /* For benches: int8 products in registers alone, as fast as this table's
     * instructions go; returns how many. NULL: nobody wrote it. */
    int64_t (*peak)(int rounds);

    /* The table of models that take few rows a pass: the same but for how its weights are packed. NULL: this one */
    const struct kernel *few;
};

/* Best table that this machine runs and `want` allows: "auto" (or NULL) the
 * best, else a name. $EARSHOT_CPU, a kernel's name, lowers what auto may choose
 * to it and what comes after it in kernel_list(). -ENOENT no such kernel;
 * -ENOTSUP this machine lacks what it needs. */
int kernel_select(const char *want, const struct kernel **ret, struct reason *why);

/* All tables compiled in, best first, NULL-terminated, whether or not they run here. */
const struct kernel *const *kernel_list(void);
bool kernel_runs(const struct kernel *k);
/* What this machine lacks to run k, for a message; NULL when it runs. */
const char *kernel_lacks(const struct kernel *k);

void kernel_gemm_gelu(const struct kernel *k, const struct gemm *g, int8_t *q, float *scale);

/* exp(x) by range reduction and a polynomial; same bits everywhere. Relative
 * error < 2e-7 for x in [-87, 88]; 0 below, clamped above (NaN too). */
float exp_f(float x);

/* ln(x) for finite x > 0, same bits everywhere, error < 1 ulp. */
float log_f(float x);

#endif
