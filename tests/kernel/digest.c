/* Digests of what the engine computes from fixed inputs: two machines, or two
 * kernels, that print the same lines computed the same bits.
 *
 *   digest [KERNEL]   lines "int32 …", "floats …", "tokens …", "model …", "scores …"
 *
 * The tokens are of tests/golden/mfcc.s16, two seconds of sound; they may hang on the last
 * bits of KissFFT, which machines round differently, only where two codes are equally near. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/mfcc.h"
#include "config/sha256.h"
#include "infer/encoder.h"
#include "tests/unit/make_model.h"

enum { M = 9, N = 70, K = 640, TOKENS = 96, STEP = 4, SAMPLES = 32000 };

static uint32_t state = 2463534242u;

static uint32_t draw(void) /* xorshift */
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static void digest_int32(const struct kernel *k)
{
    static int8_t a[M * K], w[N * K];
    static int32_t acc[M * N];
    char hex[SHA256_HEX_SIZE];
    for (int i = 0; i < M * K; i++)
        a[i] = (int8_t)((int)(draw() % 255) - 127);
    for (int i = 0; i < N * K; i++)
        w[i] = (int8_t)((int)(draw() % 255) - 127);
    struct gemm g = {.m = M, .n = N, .k = K, .a = a, .w = w, .end = GEMM_SUMS, .y = acc, .stride = N};
    void *packed = k->pack ? aligned_alloc(64, (k->packed_size(N, K) + 63) / 64 * 64) : NULL;
    if (packed) {
        k->pack(N, K, w, packed);
        g.w = packed;
    }
    k->gemm(&g);
    free(packed);
    sha256_of(acc, sizeof(acc), hex);
    printf("int32 %s\n", hex);
}

static void digest_floats(const struct kernel *k)
{
    static float x[K], y[5 * K], g[K], s[5 * ATTEND_ROWS * 32]; /* cells_scratch(19) */
    static int8_t q[3 * K];
    static _Alignas(64) int8_t cells[4096];
    char hex[SHA256_HEX_SIZE];
    for (int i = 0; i < K; i++) {
        x[i] = (float)(int32_t)draw() * (1.0F / 536870912.0F);
        g[i] = (float)(draw() >> 8) * (1.0F / 16777216.0F);
    }
    k->norm(K, x, g, 1e-5F, y);
    k->quantize(1, K, x, q, y + K);
    k->dots(5, 128, x, g, x, y + K + 1);
    struct put_cells put = {.n = 19, .n_heads = 1, .d = 32, .k = x, .v = g, .stride = 32, .cells = cells};
    k->put_cells(&put);
    struct attend_cells head = {.n = 3, .n_heads = 1, .d = 32, .first = 16, .window = 11, .n_keys = 19, .q = x, .cells = cells,
                                .bias = x + 40, .scale = 0.25F, .y = y + 2 * K, .s = s, .q_stride = 32, .y_stride = 32};
    k->attend_cells(&head);
    k->norm_quantize(1, K, g, x, 1e-5F, q + K, y + 3 * K);
    k->gelu_quantize(1, K, g, q + 2 * K, y + 3 * K + 1);
    memcpy(y + 4 * K, g, sizeof(g));
    struct sha256 sha;
    sha256_init(&sha);
    sha256_feed(&sha, y, sizeof(y));
    sha256_feed(&sha, q, sizeof(q));
    sha256_done(&sha, hex);
    printf("floats %s\n", hex);
}

static int read_sound(float *x)
{
    static int16_t pcm[SAMPLES];
    FILE *f = fopen(GOLDEN_DIR "/mfcc.s16", "rb");
    size_t n = f ? fread(pcm, sizeof(*pcm), SAMPLES, f) : 0;
    if (f)
        fclose(f);
    for (size_t i = 0; i < n; i++)
        x[i] = (float)pcm[i] * (1.0F / 32768.0F);
    return n == SAMPLES ? 0 : -EIO;
}

static int digest_tokens(const struct model *m)
{
    static float x[SAMPLES], frames[SAMPLES / MFCC_HOP * MFCC_COEFS];
    struct mfcc *mfcc = NULL;
    struct tokenizer *t = NULL;
    struct sha256 sha;
    char hex[SHA256_HEX_SIZE];
    size_t taken;
    int r = read_sound(x);
    if (r == 0)
        r = mfcc_new(&mfcc);
    if (r == 0)
        r = tokenizer_new(&m->books, &t);
    sha256_init(&sha);
    if (r == 0)
        r = mfcc_feed(mfcc, x, SAMPLES, &taken, frames, SAMPLES / MFCC_HOP);
    for (int f = 0; f < r; f++) {
        uint16_t ids[TOKENIZER_MAX_CODEBOOKS];
        if (tokenizer_feed(t, frames + f * MFCC_COEFS, ids))
            sha256_feed(&sha, ids, (size_t)m->books.n * sizeof(*ids));
    }
    sha256_done(&sha, hex);
    printf("tokens %s\n", hex);
    tokenizer_free(t);
    mfcc_free(mfcc);
    return r < 0 ? r : 0;
}

static int digest_scores(const struct kernel *k)
{
    struct synth_shape shape = synth_edge();
    struct reason why;
    const struct model *m = NULL;
    struct scratch *scratch = NULL;
    struct stream *stream = NULL;
    struct sha256 sha;
    char hex[SHA256_HEX_SIZE];
    shape.n_layers = 3; /* an emulator has to do this too */
    int r = model_open(make_model(&shape, 11), k, &m, &why);
    if (r < 0) {
        fprintf(stderr, "%s\n", why.text);
        return r;
    }
    r = digest_tokens(m);
    if (r == 0)
        r = scratch_new(m, &scratch);
    if (r == 0)
        r = stream_new(m, 1, &stream);
    sha256_init(&sha);
    for (int t = 0; t < TOKENS && r == 0; t += STEP) {
        uint16_t ids[STEP * TOKENIZER_MAX_CODEBOOKS];
        struct scores out[STEP + 1];
        struct encoder_job job = {stream, ids, STEP, out, 0};
        for (int i = 0; i < STEP * m->books.n; i++)
            ids[i] = (uint16_t)(draw() % (uint32_t)m->books.codes);
        r = encoder_step(m, scratch, &job, 1);
        for (int i = 0; i < job.n_out && r == 0; i++) {
            sha256_feed(&sha, out[i].p, sizeof(out[i].p));
            sha256_feed(&sha, &out[i].speech, sizeof(out[i].speech));
        }
    }
    sha256_done(&sha, hex);
    printf("model %s\nscores %s\n", m->sha256, hex);
    stream_free(stream);
    scratch_free(scratch);
    model_close(m);
    return r;
}

int main(int argc, char **argv)
{
    struct reason why;
    const struct kernel *k;
    if (kernel_select(argc > 1 ? argv[1] : "auto", &k, &why) < 0) {
        fprintf(stderr, "%s\n", why.text);
        return 77;
    }
    fprintf(stderr, "kernel %s\n", k->name);
    digest_int32(k);
    digest_floats(k);
    int r = digest_scores(k);
    make_model_done();
    return r < 0 ? 1 : 0;
}
