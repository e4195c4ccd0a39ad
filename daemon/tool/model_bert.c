/* earshot model of a BERT-like encoder: what it is, and all kernels against plain C. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/json.h"
#include "daemon/tool/model.h"
#include "daemon/tool/tool.h"
#include "infer/bert.h"

bool model_is_bert(const char *path)
{
    return bert_is(path);
}

static int open_with(const char *path, const struct kernel *k, const struct bert **ret)
{
    struct reason why;
    int err = bert_open(path, k, ret, &why);
    if (err < 0)
        tool_complain("%s", why.text);
    return err < 0 ? tool_exit(err) : EX_OK;
}

static const char *type_of(const struct bert *m)
{
    switch (m->tokens.type) {
    case GGUF_TENSOR_F16:
        return "F16";
    case GGUF_TENSOR_Q8_0:
        return "Q8_0";
    case GGUF_TENSOR_I8:
        return "I8";
    case GGUF_TENSOR_F32:
        break;
    }
    return "F32";
}

static int info(const struct bert *m, const char *path, bool json)
{
    static const char *const pooling[] = {"none", "mean", "first"};
    if (json) {
        printf("{\"file\": ");
        json_string(stdout, path);
        printf(", \"architecture\": \"bert\", \"name\": ");
        json_string(stdout, m->name);
        printf(", \"bytes\": %zu, \"type\": \"%s\", \"layers\": %d, \"d\": %d, \"heads\": %d, "
               "\"ff\": %d, \"context\": %d, \"vocabulary\": %d, \"types\": %d, \"pooling\": "
               "\"%s\", \"outputs\": %d, \"mask_block\": %d}\n",
               m->file_size, type_of(m), m->n_layers, m->d, m->n_heads, m->ff, m->window,
               m->vocabulary, m->n_types, pooling[m->pooling], m->n_labels, m->mask_block);
        return EX_OK;
    }
    printf("file        %s, %zu bytes\n", path, m->file_size);
    printf("name        %s, a BERT-like encoder for `earshot infer`\n", m->name);
    printf("encoder     %d layers of %d x %d, %d heads, at most %d tokens\n", m->n_layers, m->d,
           m->ff, m->n_heads, m->window);
    printf("tokens      %d, of %d types, embedded in %s\n", m->vocabulary, m->n_types, type_of(m));
    printf("pooling     %s; head of %d outputs\n", pooling[m->pooling], m->n_labels);
    if (m->mask_block)
        printf("mask        blocks of %d tokens, of which each sees some\n", m->mask_block);
    return EX_OK;
}

/* The pooled embedding, and the head's outputs */
static size_t n_outputs(const struct bert *m)
{
    return (size_t)m->d + (size_t)m->n_labels;
}

/* What a text of all tokens that go in answers. */
static int outputs(const char *path, const struct kernel *k, size_t n, float *ret)
{
    const struct bert *m;
    struct bert_scratch *s = NULL;
    int code = open_with(path, k, &m);
    if (code != EX_OK)
        return code;
    uint16_t *ids = calloc((size_t)m->window, sizeof(*ids));
    if (n_outputs(m) != n) {
        tool_complain("%s: it changed while it was read; try again", path);
        code = EX_DATAERR;
    } else if (!ids || bert_scratch_new(m, &s) < 0) {
        tool_complain("out of memory");
        code = EX_OSERR;
    } else {
        uint32_t x = 1;
        for (int i = 0; i < m->window; i++) {
            x = x * 1664525u + 1013904223u;
            ids[i] = (uint16_t)((x >> 8) % (uint32_t)m->vocabulary);
        }
        bert_run(m, s, ids, m->window, 1, NULL, ret, ret + m->d);
    }
    bert_scratch_free(s);
    free(ids);
    bert_close(m);
    return code;
}

static int verify(const struct bert *m, const char *path, bool json)
{
    struct verdict v;
    int code = verify_kernels(outputs, path, n_outputs(m), &v);
    if (json)
        verify_json(&v, path, m->name, stdout);
    else
        verify_say(&v, path, stdout);
    return code;
}

int model_bert(const char *path, bool is_info, bool json)
{
    const struct bert *m;
    const struct kernel *k;
    int code = tool_kernel(NULL, &k);
    if (code == EX_OK)
        code = open_with(path, k, &m);
    if (code != EX_OK)
        return code;
    code = is_info ? info(m, path, json) : verify(m, path, json);
    bert_close(m);
    return code;
}
