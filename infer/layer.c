#include "infer/layer.h"

#include <math.h>

/* acc = quantize(h) W^T for all rows; h is (n_rows, w->n_in) */
static void multiply(const struct kernel *k, struct scratch *s, int n_rows,
                     const struct linear_i8 *w)
{
    size_t n = (size_t)w->n_in;
    for (int i = 0; i < n_rows; i++)
        s->a_scale[i] = k->quantize_row(w->n_in, s->h + (size_t)i * n, s->a + (size_t)i * n);
    k->gemm_i8(n_rows, w->n_out, w->n_in, s->a, w->w, s->acc);
}

static void norm(const struct model *m, const struct kernel *k, struct scratch *s, int n_rows,
                 const float *gain)
{
    size_t d = (size_t)m->d;
    for (int i = 0; i < n_rows; i++)
        k->rms_norm(m->d, s->x + (size_t)i * d, gain, m->norm_eps, s->h + (size_t)i * d);
}

/* x += acc, as floats */
static void add(const struct model *m, const struct kernel *k, struct scratch *s, int n_rows,
                const struct linear_i8 *w)
{
    size_t d = (size_t)m->d;
    for (int i = 0; i < n_rows; i++) {
        float *x = s->x + (size_t)i * d;
        k->dequantize(m->d, s->acc + (size_t)i * d, s->a_scale[i], w->scale, x, x);
    }
}

/* h = attention of the span's queries, which are in h, over its keys and values */
static void attend(const struct model *m, const struct kernel *k, struct scratch *s,
                   const struct model_layer *l, const struct span *p, const float *keys)
{
    float scale = 1.0F / sqrtf((float)m->d_head);
    for (int i = 0; i < p->n; i++) {
        int t = p->cached + i;
        int from = m->causal && t >= m->window ? t - m->window + 1 : 0;
        int n = m->causal ? t + 1 - from : p->n;
        float *h = s->h + (size_t)(p->first + i) * (size_t)m->d;
        for (int head = 0; head < m->n_heads; head++) {
            const float *bias = l->attn_bias + head * m->bias_span + m->window - 1 - t + from;
            const float *key = keys + (size_t)from * (size_t)m->d + head * m->d_head;
            float *q = h + head * m->d_head;
            k->attn_scores(n, m->d_head, q, key, m->d, scale, bias, s->scores);
            k->softmax(n, s->scores);
            k->attn_mix(n, m->d_head, s->scores, key + p->values_at, m->d, q);
        }
    }
}

static void attention(const struct model *m, const struct kernel *k, struct scratch *s,
                      const struct model_layer *l, int index, int n_rows, size_t n_spans)
{
    size_t d = (size_t)m->d;
    norm(m, k, s, n_rows, l->attn_norm);
    multiply(k, s, n_rows, &l->qkv);
    for (const struct span *p = s->spans; p < s->spans + n_spans; p++) {
        float *keys = p->kv + (size_t)index * p->layer_step;
        for (int i = 0; i < p->n; i++) {
            size_t row = (size_t)(p->first + i);
            const int32_t *acc = s->acc + row * 3 * d;
            float *key = keys + (size_t)(p->cached + i) * d;
            float *to[3] = {s->h + row * d, key, key + p->values_at};
            for (size_t j = 0; j < 3; j++)
                k->dequantize(m->d, acc + j * d, s->a_scale[row], l->qkv.scale + j * d, NULL,
                              to[j]);
        }
        attend(m, k, s, l, p, keys);
    }
    multiply(k, s, n_rows, &l->attn_out);
    add(m, k, s, n_rows, &l->attn_out);
}

static void feed_forward(const struct model *m, const struct kernel *k, struct scratch *s,
                         const struct model_layer *l, int n_rows)
{
    size_t ff = (size_t)m->ff;
    norm(m, k, s, n_rows, l->ffn_norm);
    multiply(k, s, n_rows, &l->ffn_up);
    for (int i = 0; i < n_rows; i++) {
        float *h = s->h + (size_t)i * ff;
        k->dequantize(m->ff, s->acc + (size_t)i * ff, s->a_scale[i], l->ffn_up.scale, NULL, h);
        k->gelu(m->ff, h);
    }
    multiply(k, s, n_rows, &l->ffn_down);
    add(m, k, s, n_rows, &l->ffn_down);
}

void layer_run(const struct model *m, const struct kernel *k, struct scratch *s, int index,
               int n_rows, size_t n_spans)
{
    const struct model_layer *l = &m->layer[index];
    attention(m, k, s, l, index, n_rows, n_spans);
    feed_forward(m, k, s, l, n_rows);
}
