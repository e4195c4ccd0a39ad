#include "infer/layer.h"

#include <math.h>

/* y = end(a W^T) for the quantized rows */
static struct gemm product(const struct scratch *s, int n_rows, const struct linear_i8 *w, enum gemm_end end, float *y)
{
    return (struct gemm){n_rows, w->n_out, w->n_in, s->a, s->a_scale, w->packed, w->scale, NULL, end, y, w->n_out};
}

static void multiply(const struct model *m, const struct scratch *s, int n_rows,
                     const struct linear_i8 *w, enum gemm_end end, float *y)
{
    const struct gemm g = product(s, n_rows, w, end, y);
    m->kernel->gemm(&g);
}

static void norm_quantize(const struct model *m, struct scratch *s, int n_rows, const float *gain)
{
    m->kernel->norm_quantize(n_rows, m->d, s->x, gain, m->norm_eps, s->a, s->a_scale);
}

/* Cells of the span in a layer: a bidirectional model has but one layer's at a time */
static int8_t *cells_of(const struct model *m, const struct span *p, int index)
{
    return p->cells + (m->causal ? (size_t)(index * m->n_heads) * p->head_step : 0);
}

static void put(const struct model *m, const struct scratch *s, const struct span *p, int8_t *cells)
{
    const float *qkv = s->qkv + (size_t)(p->first * 3 * m->d);
    const struct put_cells put = {p->n, m->n_heads, m->d_head, p->cached, qkv + m->d, qkv + 2 * m->d,
                                  3 * m->d, cells, p->head_step};
    m->kernel->put_cells(&put);
}

/* h = attention of the span's queries over its keys and values, new ones included */
static void attend(const struct model *m, const struct scratch *s, const struct model_layer *l,
                   const struct span *p, const int8_t *cells)
{
    const struct attend_cells a = {
        .n = p->n,
        .n_heads = m->n_heads,
        .d = m->d_head,
        .first = p->cached,
        .window = m->causal ? m->window : 0,
        .n_keys = p->n_keys,
        .q = s->qkv + (size_t)(p->first * 3 * m->d),
        .cells = cells,
        .head_step = p->head_step,
        .bias = l->attn_bias + m->window - 1,
        .bias_step = m->bias_span,
        .scale = ATTEND_LOG2E / sqrtf((float)m->d_head),
        .y = s->h + (size_t)(p->first * m->d),
        .s = s->scores,
        .q_stride = 3 * m->d,
        .y_stride = m->d,
    };
    m->kernel->attend_cells(&a);
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
        put(m, s, p, cells_of(m, p, index));
    team_meet(s->meets);
    for (const struct span *p = s->spans; p < s->spans + n_spans; p++)
        attend(m, s, l, p, cells_of(m, p, index));
    team_meet(s->meets);
    m->kernel->quantize(n_rows, m->d, s->h, s->a, s->a_scale);
    multiply(m, s, n_rows, &l->attn_out, GEMM_ADD, s->x);

    norm_quantize(m, s, n_rows, l->ffn_norm);
    const struct gemm up = product(s, n_rows, &l->ffn_up, GEMM_PUT, s->h);
    kernel_gemm_gelu(m->kernel, &up, s->a, s->a_scale);
    multiply(m, s, n_rows, &l->ffn_down, GEMM_ADD, s->x);
}
