/* How much faster than the article's way, in the same run.
 *
 *   article MODEL_TO_WRITE [TOKENS [SECONDS]]
 *
 * The article runs an int8 encoder with loops as one writes them first: rows of
 * floats, a weight multiplied by its scale when it is used, one sum after the other.
 * Here they are twice: over weights that were made floats beforehand ("rows", kind to
 * it), and over the int8 weights by an index that is checked as Rust checks it
 * ("indexed"). Both are compiled like the engine, and must give what it gives but for
 * the activations' quantization; else this fails. Rounds take turns, medians count. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "infer/encoder.h"
#include "infer/synth.h"

enum { MAX_ROUNDS = 999, MAX_TOKENS = 512 };

struct way { /* one linear layer: y (n, w->n_out) = x W^T */
    const char *name;
    void (*linear)(const struct linear_i8 *w, const float *f32, int n, const float *x, float *y);
};

static void rows_linear(const struct linear_i8 *w, const float *f32, int n, const float *x,
                        float *y)
{
    for (int t = 0; t < n; t++)
        for (int o = 0; o < w->n_out; o++) {
            const float *row = f32 + (size_t)o * (size_t)w->n_in, *v = x + (size_t)t * (size_t)w->n_in;
            float sum = 0;
            for (int i = 0; i < w->n_in; i++)
                sum += v[i] * row[i];
            y[(size_t)t * (size_t)w->n_out + (size_t)o] = sum;
        }
}

static size_t checked(size_t i, size_t n)
{
    if (i >= n)
        __builtin_trap();
    return i;
}

static void indexed_linear(const struct linear_i8 *w, const float *f32, int n, const float *x,
                           float *y)
{
    size_t in = (size_t)w->n_in, out = (size_t)w->n_out, rows = (size_t)n;
    (void)f32;
    for (size_t t = 0; t < rows; t++)
        for (size_t o = 0; o < out; o++) {
            float sum = 0;
            for (size_t i = 0; i < in; i++)
                sum += x[checked(t * in + i, rows * in)] *
                       ((float)w->w[checked(o * in + i, out * in)] * w->scale[checked(o, out)]);
            y[checked(t * out + o, rows * out)] = sum;
        }
}

static const struct way ways[] = {{"rows", rows_linear}, {"indexed", indexed_linear}};

struct floats { /* a layer's weights as floats */
    float *qkv, *attn_out, *up, *down;
};

static struct floats weights[MODEL_MAX_LAYERS];
static float *x, *h, *wide;

static void *room(size_t n, size_t size)
{
    void *p = calloc(n, size);
    if (!p)
        abort();
    return p;
}

static float *as_floats(const struct linear_i8 *w)
{
    float *f = room((size_t)w->n_out * (size_t)w->n_in, sizeof(*f));
    for (int o = 0; o < w->n_out; o++)
        for (int i = 0; i < w->n_in; i++)
            f[o * w->n_in + i] = (float)w->w[o * w->n_in + i] * w->scale[o];
    return f;
}

static void norm(const struct model *m, int n, const float *gain, const float *from, float *to)
{
    for (int t = 0; t < n; t++, from += m->d, to += m->d) {
        float sum = 0;
        for (int i = 0; i < m->d; i++)
            sum += from[i] * from[i];
        float r = 1.0F / sqrtf(sum / (float)m->d + m->norm_eps);
        for (int i = 0; i < m->d; i++)
            to[i] = from[i] * r * gain[i];
    }
}

/* One query of one head over all keys; qkv (n, 3 d) */
static void attend(const struct model *m, const struct model_layer *l, int n, int head, int t,
                   const float *qkv, float *out)
{
    float s[MAX_TOKENS], sum = 0, max = -INFINITY;
    int d = m->d, first = head * m->d_head;
    for (int k = 0; k < n; k++) {
        float dot = 0;
        for (int i = first; i < first + m->d_head; i++)
            dot += qkv[t * 3 * d + i] * qkv[k * 3 * d + d + i];
        s[k] = dot / sqrtf((float)m->d_head) +
               l->attn_bias[head * m->bias_span + m->window - 1 - t + k];
        max = s[k] > max ? s[k] : max;
    }
    for (int k = 0; k < n; k++)
        sum += s[k] = expf(s[k] - max);
    for (int i = first; i < first + m->d_head; i++) {
        float v = 0;
        for (int k = 0; k < n; k++)
            v += s[k] / sum * qkv[k * 3 * d + 2 * d + i];
        out[t * d + i] = v;
    }
}

static float gelu(float v)
{
    return 0.5F * v * (1.0F + tanhf(0.7978845608F * (v + 0.044715F * v * v * v)));
}

static void add(int n, const float *from, float *to)
{
    for (int i = 0; i < n; i++)
        to[i] += from[i];
}

static void forward(const struct model *m, const struct way *way, const uint16_t *ids, int n)
{
    int d = m->d;
    memset(x, 0, (size_t)(n * d) * sizeof(*x));
    for (int t = 0; t < n; t++)
        for (int j = 0; j < m->books.n; j++) {
            int row = j * m->books.codes + ids[t * m->books.n + j];
            for (int i = 0; i < d; i++)
                x[t * d + i] += (float)m->embd[row * d + i] * m->embd_scale[row];
        }
    for (int i = 0; i < m->n_layers; i++) {
        const struct model_layer *l = &m->layer[i];
        norm(m, n, l->attn_norm, x, h);
        way->linear(&l->qkv, weights[i].qkv, n, h, wide);
        for (int head = 0; head < m->n_heads; head++)
            for (int t = 0; t < n; t++)
                attend(m, l, n, head, t, wide, h);
        way->linear(&l->attn_out, weights[i].attn_out, n, h, wide);
        add(n * d, wide, x);
        norm(m, n, l->ffn_norm, x, h);
        way->linear(&l->ffn_up, weights[i].up, n, h, wide);
        for (int j = 0; j < n * m->ff; j++)
            wide[j] = gelu(wide[j]);
        way->linear(&l->ffn_down, weights[i].down, n, wide, h);
        add(n * d, h, x);
    }
    norm(m, n, m->out_norm, x, h);
}

static double cosine(int n, const float *a, const float *b)
{
    double ab = 0, aa = 0, bb = 0;
    for (int i = 0; i < n; i++) {
        ab += (double)a[i] * (double)b[i];
        aa += (double)a[i] * (double)a[i];
        bb += (double)b[i] * (double)b[i];
    }
    return ab / sqrt(aa * bb);
}

static double now_s(void)
{
    return (double)clock_boot_ns() * 1e-9;
}

static int by_size(const void *a, const void *b)
{
    double u = *(const double *)a, v = *(const double *)b;
    return u < v ? -1 : u > v;
}

static double median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof(*v), by_size);
    return v[n / 2];
}

static int compare(const struct model *m, const struct kernel *k, int n, double seconds)
{
    static double took[1 + ARRAY_SIZE(ways)][MAX_ROUNDS];
    static float hidden[MAX_TOKENS * 1024];
    static uint16_t ids[MAX_TOKENS * TOKENIZER_MAX_CODEBOOKS];
    struct scratch *s;
    int rounds = 0, inner = 8; /* of ours for one of theirs */
    if (scratch_new(m, &s) < 0)
        return 1;
    for (int i = 0; i < n * m->books.n; i++)
        ids[i] = (uint16_t)(i * 7919 % m->books.codes);
    for (double end = now_s() + seconds; rounds < MAX_ROUNDS && (rounds < 3 || now_s() < end); rounds++) {
        double from = now_s();
        for (int i = 0; i < inner; i++)
            encoder_window(m, s, ids, n, hidden, NULL);
        took[0][rounds] = (now_s() - from) / inner;
        for (size_t w = 0; w < ARRAY_SIZE(ways); w++) {
            from = now_s();
            forward(m, &ways[w], ids, n);
            took[1 + w][rounds] = now_s() - from;
            double same = cosine(n * m->d, hidden, h);
            if (same < 0.99) {
                printf("%s computes something else: cosine %.4f\n", ways[w].name, same);
                return 1;
            }
        }
    }
    double ours = median(took[0], rounds);
    printf("%s\t%d tokens\t%d rounds\t%.3f ms\t1.0\n", k->name, n, rounds, ours * 1e3);
    for (size_t w = 0; w < ARRAY_SIZE(ways); w++) {
        double theirs = median(took[1 + w], rounds);
        printf("%s\t%d tokens\t%d rounds\t%.3f ms\t%.1f\n", ways[w].name, n, rounds, theirs * 1e3,
               theirs / ours);
    }
    scratch_free(s);
    return 0;
}

int main(int argc, char **argv)
{
    struct reason why;
    const struct model *m;
    const struct kernel *k;
    int n = argc > 2 ? atoi(argv[2]) : 32;
    struct synth_shape shape = synth_edge();
    shape.causal = false;
    if (argc < 2 || n < 1 || n > shape.window) {
        fprintf(stderr, "usage: article MODEL_TO_WRITE [TOKENS, 1 to %d [SECONDS]]\n", shape.window);
        return 64;
    }
    if (kernel_select("auto", &k, &why) < 0 || synth_write(argv[1], &shape, 5, &why) < 0 ||
        model_open(argv[1], k, &m, &why) < 0) {
        fprintf(stderr, "%s\n", why.text);
        return 1;
    }
    for (int i = 0; i < m->n_layers; i++)
        weights[i] = (struct floats){as_floats(&m->layer[i].qkv), as_floats(&m->layer[i].attn_out),
                                     as_floats(&m->layer[i].ffn_up), as_floats(&m->layer[i].ffn_down)};
    x = room((size_t)(n * m->d), sizeof(*x));
    h = room((size_t)(n * m->ff), sizeof(*h));
    wide = room((size_t)(n * (3 * m->d > m->ff ? 3 * m->d : m->ff)), sizeof(*wide));
    int r = compare(m, k, n, argc > 3 ? atof(argv[3]) : 3);
    model_close(m);
    return r;
}
