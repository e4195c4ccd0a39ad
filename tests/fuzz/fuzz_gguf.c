/* Any bytes as a model file: what is refused has a reason, what is walked can be asked for
 * anything, and what opens as a model can be run.
 *
 *     CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false
 *     ninja -C build-fuzz tests/fuzz/fuzz_gguf
 *     build-fuzz/tests/fuzz/fuzz_gguf -dict=tests/fuzz/gguf.dict -max_len=16384
 * tests/fuzz/corpus/gguf
 *
 * The walk reads a copy in memory of exactly the file's size, so that the sanitizer sees the
 * first byte behind it; model_open maps a file without a name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "infer/bert.h"
#include "infer/encoder.h"
#include "infer/gguf_walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TOKENS = 5, RUN_MAX_WORK = 100000 };

static void must(bool fact)
{
    if (!fact)
        abort();
}

/* Look-ups of everything that is there, as each of the types that it may have. */
static void ask(const struct gguf *g)
{
    for (size_t i = 0; i < g->n_keys; i++) {
        const struct gguf_key *k = &g->keys[i];
        char name[GGUF_MAX_NAME + 1], text[64];
        uint32_t u;
        float f;
        bool b;
        struct gguf_array a;
        memcpy(name, k->name, k->n_name);
        name[k->n_name] = '\0';
        gguf_u32(g, name, &u, NULL);
        gguf_f32(g, name, &f, NULL);
        gguf_bool(g, name, &b, NULL);
        gguf_string(g, name, text, sizeof(text), NULL);
        if (gguf_array(g, name, GGUF_STRING, 0, 1000, &a, NULL) == 0 && a.n > 0)
            gguf_array_string(g, &a, a.n - 1, text, sizeof(text), NULL);
        if (gguf_array(g, name, GGUF_F32, 0, 1000, &a, NULL) == 0 && a.n > 0)
            gguf_array_f32(g, &a, a.n - 1);
    }
    volatile uint8_t sum = 0;
    for (size_t i = 0; i < g->n_tensors; i++)
        for (size_t j = 0; j < g->tensors[i].bytes; j++)
            sum = (uint8_t)(sum + g->data[g->tensors[i].offset + j]);
}

static void walk(const uint8_t *data, size_t size)
{
    struct reason why = {.text = ""};
    struct gguf g = {.size = size};
    uint8_t *copy = malloc(size ? size : 1);
    must(copy != NULL);
    memcpy(copy, data, size);
    g.data = copy;
    int r = gguf_walk(&g, &why);
    must((r < 0) == (*why.text != '\0'));
    if (r == 0)
        ask(&g);
    free(g.keys);
    free(g.tensors);
    free(copy);
}

static void run(const struct model *m)
{
    uint16_t ids[TOKENS * TOKENIZER_MAX_CODEBOOKS] = {0};
    float logits[TOKENS * (MODEL_MAX_LABELS + 1)];
    struct scratch *scratch = NULL;
    if ((long)m->n_layers * m->d * (m->d + m->ff) > RUN_MAX_WORK)
        return;
    must(scratch_new(m, &scratch) == 0);
    if (m->causal)
        must(encoder_logits(m, scratch, ids, TOKENS, logits) == 0);
    else
        must(encoder_window(m, scratch, ids, m->window < TOKENS ? m->window : TOKENS, NULL,
                            logits) == 0);
    scratch_free(scratch);
}

static void run_bert(const struct bert *m)
{
    const uint16_t ids[2 * TOKENS] = {0};
    struct bert_scratch *s = NULL;
    float *out = calloc((size_t)m->d * 2 + (size_t)m->n_labels, sizeof(*out));
    must(out != NULL && bert_scratch_new(m, &s) == 0);
    if ((long)m->n_layers * m->d * (m->d + m->ff) <= RUN_MAX_WORK)
        must(bert_run(m, s, ids, m->window < TOKENS ? m->window : TOKENS, 2, NULL, out,
                      out + m->d) == 0);
    bert_scratch_free(s);
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    const struct kernel *kernel;
    const struct model *m;
    const struct bert *b;
    struct reason why = {.text = ""};
    walk(data, size);
    must(kernel_select("auto", &kernel, NULL) == 0);
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    int r = model_open(path, kernel, &m, &why);
    must((r < 0) == (*why.text != '\0'));
    if (r == 0) {
        run(m);
        model_close(m);
    }
    *why.text = '\0';
    r = bert_open(path, kernel, &b, &why);
    must((r < 0) == (*why.text != '\0'));
    if (r == 0) {
        run_bert(b);
        bert_close(b);
    }
    close(fd);
    return 0;
}
