#include "infer/encoder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "infer/layer.h"

/* Rows that nobody uses behind those of each thread: a processor that sees a thread go down its rows
 * fetches the next ones too, and would take them from the core whose they are. */
enum { ROWS_BETWEEN = 64 };

/* One block of memory, cut into pieces on cache lines; with base NULL it only counts. */
static void *cut(char *base, size_t *at, size_t n, size_t size)
{
    void *p = base ? base + *at : NULL;
    *at += (n * size + 63) & ~(size_t)63;
    return p;
}

static size_t whole_blocks(size_t keys)
{
    return (keys + KEY_BLOCK - 1) / KEY_BLOCK * KEY_BLOCK;
}

static size_t lay_out(const struct model *m, struct scratch *s)
{
    size_t rows = (size_t)(s->max_rows + (s->threads ? team_size(s->threads) * ROWS_BETWEEN : 0));
    size_t d = (size_t)m->d, ff = (size_t)m->ff, window = (size_t)m->window;
    size_t wide = d > ff ? d : ff, at = 0;
    size_t keys = m->causal ? (size_t)stream_capacity(m) : whole_blocks(window);
    char *base = s->memory;
    s->x = cut(base, &at, rows * d, sizeof(*s->x));
    s->h = cut(base, &at, rows * wide, sizeof(*s->h));
    s->qkv = cut(base, &at, rows * 3 * d, sizeof(*s->qkv));
    s->a = cut(base, &at, rows * wide, sizeof(*s->a));
    s->a_scale = cut(base, &at, rows, sizeof(*s->a_scale));
    s->n_scores = cells_scratch((int)keys);
    s->scores = cut(base, &at, s->n_scores * (size_t)team_size(s->threads), sizeof(*s->scores));
    size_t cells = keys / KEY_BLOCK * cell_bytes(m->d_head) * (size_t)m->n_heads;
    s->cells = m->causal ? NULL : cut(base, &at, cells, 1);
    s->spans = cut(base, &at, rows, sizeof(*s->spans));
    return at;
}

int scratch_new_team(const struct model *m, int threads, struct scratch **ret)
{
    if (threads < 1 || threads > TEAM_MOST)
        return -EINVAL;
    struct scratch *s = calloc(1, sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->max_rows = !m->causal && m->window > ENCODER_MAX_ROWS ? m->window : ENCODER_MAX_ROWS;
    int r = threads > 1 ? team_new(threads, &s->threads) : 0;
    size_t bytes = lay_out(m, s);
    s->memory = r == 0 ? aligned_alloc(64, bytes) : NULL;
    if (!s->memory) {
        scratch_free(s);
        return r < 0 ? r : -ENOMEM;
    }
    memset(s->memory, 0, bytes);
    lay_out(m, s);
    *ret = s;
    return 0;
}

int scratch_new(const struct model *m, struct scratch **ret)
{
    return scratch_new_team(m, 1, ret);
}

void scratch_free(struct scratch *s)
{
    if (!s)
        return;
    team_free(s->threads);
    free(s->memory);
    free(s);
}

static bool ids_valid(const struct model *m, const uint16_t *ids, int n_tokens)
{
    for (int i = 0; i < n_tokens * m->books.n; i++)
        if (ids[i] >= m->books.codes)
            return false;
    return true;
}

/* x (n_tokens, d) = sum of the embeddings of each token's ids, first book first */
static void embed(const struct model *m, const uint16_t *ids, int n_tokens, float *x)
{
    for (int t = 0; t < n_tokens; t++, x += m->d) {
        const int8_t *row[TOKENIZER_MAX_CODEBOOKS];
        float scale[TOKENIZER_MAX_CODEBOOKS];
        for (int j = 0; j < m->books.n; j++) {
            size_t at = (size_t)j * (size_t)m->books.codes + *ids++;
            row[j] = m->embd + at * (size_t)m->d;
            scale[j] = m->embd_scale[at];
        }
        m->kernel->embed(m->books.n, m->d, row, scale, x);
    }
}

/* Embedded x to final hidden rows in h. */
static void run_layers(const struct model *m, struct scratch *s, int n_rows, size_t n_spans)
{
    size_t d = (size_t)m->d;
    for (int i = 0; i < m->n_layers; i++)
        layer_run(m, s, i, n_rows, n_spans);
    for (size_t i = 0; i < (size_t)n_rows; i++)
        m->kernel->norm(m->d, s->x + i * d, m->out_norm, m->norm_eps, s->h + i * d);
}

static void head(const struct model *m, const float *h, float *z)
{
    m->kernel->dots(m->n_labels + 1, m->d, h, m->out_w, m->out_b, z);
}

static struct span span_of(struct stream *st, int first, int n)
{
    stream_room(st, n);
    struct span p = {first, n, st->rows, st->rows + n, st->cells, st->head_step};
    st->rows += n;
    return p;
}

int encoder_step(const struct model *m, struct scratch *s,
                 struct encoder_job *jobs, size_t n_jobs)
{
    int n_rows = 0;
    for (size_t i = 0; i < n_jobs; i++) {
        if (jobs[i].n_tokens < 1 || jobs[i].n_tokens > ENCODER_MAX_ROWS - n_rows ||
            !ids_valid(m, jobs[i].ids, jobs[i].n_tokens))
            return -EINVAL;
        assert(jobs[i].stream->model == m);
        n_rows += jobs[i].n_tokens;
    }
    n_rows = 0;
    for (size_t i = 0; i < n_jobs; i++) {
        embed(m, jobs[i].ids, jobs[i].n_tokens, s->x + (size_t)n_rows * (size_t)m->d);
        s->spans[i] = span_of(jobs[i].stream, n_rows, jobs[i].n_tokens);
        n_rows += jobs[i].n_tokens;
    }
    run_layers(m, s, n_rows, n_jobs);
    const float *h = s->h;
    for (size_t i = 0; i < n_jobs; i++) {
        jobs[i].n_out = 0;
        for (int t = 0; t < jobs[i].n_tokens; t++, h += m->d) {
            float z[MODEL_MAX_LABELS + 1];
            head(m, h, z);
            jobs[i].n_out += stream_feed(jobs[i].stream, z, &jobs[i].out[jobs[i].n_out]);
        }
    }
    return 0;
}

int encoder_logits(const struct model *m, struct scratch *s,
                   const uint16_t *ids, int n_tokens, float *ret_logits)
{
    if (n_tokens < 1 || !ids_valid(m, ids, n_tokens))
        return -EINVAL;
    struct stream *st;
    int r = stream_new(m, 1, &st);
    if (r < 0)
        return r;
    for (int done = 0; done < n_tokens;) {
        int n = n_tokens - done < ENCODER_MAX_ROWS ? n_tokens - done : ENCODER_MAX_ROWS;
        embed(m, ids + (size_t)done * (size_t)m->books.n, n, s->x);
        s->spans[0] = span_of(st, 0, n);
        run_layers(m, s, n, 1);
        for (int t = 0; t < n; t++)
            head(m, s->h + (size_t)t * (size_t)m->d,
                 ret_logits + (size_t)(done + t) * (size_t)(m->n_labels + 1));
        done += n;
    }
    stream_free(st);
    return 0;
}

struct window { /* what the threads share */
    const struct model *m;
    struct scratch *s;
    const uint16_t *ids;
    int n_tokens;
};

/* The rows of one thread. It works in memory of its own, cut from the whole at its
 * first row, but for the keys and values that all attend to. */
static void run_part(void *of, int member)
{
    const struct window *w = of;
    const struct model *m = w->m;
    int threads = team_size(w->s->threads), blocks = (w->n_tokens + 15) / 16;
    int from = 16 * (blocks * member / threads), end = 16 * (blocks * (member + 1) / threads);
    size_t first = (size_t)from, row = (size_t)(from + member * ROWS_BETWEEN);
    size_t d = (size_t)m->d, wide = d > (size_t)m->ff ? d : (size_t)m->ff;
    end = end < w->n_tokens ? end : w->n_tokens;
    size_t head_step = (size_t)blocks * cell_bytes(m->d_head);
    struct span span = {0, end - from, from, w->n_tokens, w->s->cells, head_step};
    struct scratch part = *w->s;
    part.x += row * d;
    part.h += row * wide;
    part.qkv += row * 3 * d;
    part.a += row * wide;
    part.a_scale += row;
    part.scores += (size_t)member * part.n_scores;
    part.spans = &span;
    part.meets = w->s->threads;
    embed(m, w->ids + first * (size_t)m->books.n, span.n, part.x);
    for (int i = 0; i < m->n_layers; i++)
        layer_run(m, &part, i, span.n, span.n > 0);
    team_meet(part.meets); /* rows of h lie closer now, over what another thread used */
    for (size_t i = first; i < first + (size_t)span.n; i++)
        m->kernel->norm(m->d, part.x + (i - first) * d, m->out_norm, m->norm_eps, w->s->h + i * d);
}

int encoder_window(const struct model *m, struct scratch *s,
                   const uint16_t *ids, int n_tokens, float *ret_hidden, float *ret_logits)
{
    if (m->causal || n_tokens < 1 || n_tokens > m->window || !ids_valid(m, ids, n_tokens))
        return -EINVAL;
    struct window w = {m, s, ids, n_tokens};
    team_run(s->threads, run_part, &w);
    if (ret_hidden)
        memcpy(ret_hidden, s->h, (size_t)n_tokens * (size_t)m->d * sizeof(float));
    if (!ret_logits)
        return 0;
    /* log-sum-exp that carries its maximum along, so that no array of logits is needed */
    int n_out = m->n_labels + 1;
    float max[MODEL_MAX_LABELS + 1], sum[MODEL_MAX_LABELS + 1];
    for (int t = 0; t < n_tokens; t++) {
        float z[MODEL_MAX_LABELS + 1];
        head(m, s->h + (size_t)t * (size_t)m->d, z);
        for (int i = 0; i < n_out; i++) {
            if (t == 0 || z[i] > max[i]) {
                sum[i] = t == 0 ? 1.0F : sum[i] * exp_f(max[i] - z[i]) + 1.0F;
                max[i] = z[i];
            } else {
                sum[i] = sum[i] + exp_f(z[i] - max[i]);
            }
        }
    }
    for (int i = 0; i < n_out; i++)
        ret_logits[i] = max[i] + log_f(sum[i] / (float)n_tokens);
    return 0;
}
