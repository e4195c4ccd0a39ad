#include "infer/layer.h"

#include <math.h>
#include <string.h>

/* y = end(a W^T) for the quantized rows */
static void multiply(const struct model *m, struct scratch *s, int n_rows,
                     const struct linear_i8 *w, enum gemm_end end, float *y)
{
    const struct gemm g = {n_rows, w->n_out, w->n_in, s->a,  s->a_scale, w->packed,
                           w->scale, NULL, end, y, w->n_out};
    m->kernel->gemm(&g);
}

static void norm_quantize(const struct model *m, struct scratch *s, int n_rows, const float *gain)
{
    m->kernel->norm_quantize(n_rows, m->d, s->x, gain, m->norm_eps, s->a, s->a_scale);
}

/* Keys, and values if they are kept, of the span's rows */
static void put(const struct model *m, struct scratch *s, const struct span *p, float *keys)
{
    size_t d = (size_t)m->d;
    const float *qkv = s->qkv + (size_t)p->first * 3 * d, *v = qkv + 2 * d;
    m->kernel->put_keys(p->n, m->d, qkv + d, 3 * m->d, p->cached, keys, KEY_BLOCK * m->d);
    float *own = keys + p->values_at + (size_t)p->cached * d;
    for (size_t i = 0; i < (size_t)p->n && !p->values; i++)
        memcpy(own + i * d, v + i * 3 * d, d * sizeof(*v));
}

/* h = attention of the span's queries over its keys and values, new ones included */
static void attend(const struct model *m, struct scratch *s, const struct model_layer *l,
                   const struct span *p, const float *keys)
{
    size_t d = (size_t)m->d;
    const float *qkv = s->qkv + (size_t)p->first * 3 * d;
    const float *v = p->values ? p->values : keys + p->values_at;
    struct attend a = {
        .n = p->n,
        .d = m->d_head,
        .first = p->cached,
        .window = m->causal ? m->window : 0,
        .n_keys = p->n_keys,
        .scale = ATTEND_LOG2E / sqrtf((float)m->d_head),
        .s = s->scores,
        .q_stride = 3 * m->d,
        .key_stride = KEY_BLOCK * m->d,
        .v_stride = p->values ? 3 * m->d : m->d,
        .y_stride = m->d,
    };
    for (int head = 0; head < m->n_heads; head++) {
        int at = head * m->d_head;
        a.q = qkv + at;
        a.keys = keys + at * KEY_BLOCK;
        a.v = v + at;
        a.bias = l->attn_bias + head * m->bias_span + m->window - 1;
        a.y = s->h + (size_t)p->first * d + at;
        m->kernel->attend(&a);
    }
}

void layer_run(const struct model *m, struct scratch *s, int index, int n_rows, size_t n_spans)
{
    const struct model_layer *l = &m->layer[index];
    if (n_rows == 0) { /* a thread too many for so short a window */
        team_meet(s->meets);
        team_meet(s->meets);
        return;
    }
    norm_quantize(m, s, n_rows, l->attn_norm);
    multiply(m, s, n_rows, &l->qkv, GEMM_PUT, s->qkv);
    for (const struct span *p = s->spans; p < s->spans + n_spans; p++)
        put(m, s, p, p->kv + (size_t)index * p->layer_step);
    team_meet(s->meets);
    for (const struct span *p = s->spans; p < s->spans + n_spans; p++)
        attend(m, s, l, p, p->kv + (size_t)index * p->layer_step);
    team_meet(s->meets);
    m->kernel->quantize(n_rows, m->d, s->h, s->a, s->a_scale);
    multiply(m, s, n_rows, &l->attn_out, GEMM_ADD, s->x);

    norm_quantize(m, s, n_rows, l->ffn_norm);
    multiply(m, s, n_rows, &l->ffn_up, GEMM_PUT, s->h);
    m->kernel->gelu_quantize(n_rows, m->ff, s->h, s->a, s->a_scale);
    multiply(m, s, n_rows, &l->ffn_down, GEMM_ADD, s->x);
}
