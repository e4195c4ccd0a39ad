/* The float32 operations of BERT-like encoders: all widths bit for bit as the plain one, and
 * that one as float64 has it. */
#include <math.h>
#include <string.h>

#include "infer/bert_math.h"
#include "tests/unit/check_main.h"

enum { MOST_M = 27, N = 96, K = 75, D = 160, NORMS = 11 };

static const struct bert_math *plain(void)
{
    const struct bert_math *list[4];
    size_t n = 0;
    for (bert_math_list(list); list[n]; n++)
        ;
    return list[n - 1];
}

static float draw(uint32_t *x)
{
    *x = *x * 1664525u + 1013904223u;
    return (float)(*x >> 8) * (1.0F / 8388608.0F) - 1.0F;
}

static void fill(float *p, size_t n, uint32_t seed)
{
    for (size_t i = 0; i < n; i++)
        p[i] = draw(&seed);
}

static void pack(const struct bert_math *m, const float *w, float *to)
{
    for (int j = 0; j < N; j++)
        for (int l = 0; l < K; l++)
            to[(j / m->panel * K + l) * m->panel + j % m->panel] = w[j * K + l];
}

START_TEST(products)
{
    static float x[MOST_M * K], w[N * K], packed[N * K], bias[N], y[MOST_M * N], want[MOST_M * N];
    const struct bert_math *list[4];
    fill(x, MOST_M * K, 1);
    fill(w, N * K, 2);
    fill(bias, N, 3);
    bert_math_list(list);
    for (int m = 1; m <= MOST_M; m++)
        for (int kind = 0; kind < 4; kind++) {
            struct bert_product p = {m, N, K, x, packed, kind & 1 ? bias : NULL, want, kind & 2};
            fill(want, MOST_M * N, 4);
            pack(plain(), w, packed);
            plain()->product(&p);
            for (size_t i = 0; list[i]; i++) {
                fill(y, MOST_M * N, 4);
                pack(list[i], w, packed);
                p.y = y;
                list[i]->product(&p);
                ck_assert_msg(memcmp(y, want, sizeof(y)) == 0, "%s differs at %d rows",
                              list[i]->name, m);
            }
            uint32_t before = 4;
            for (int i = 0; i < m * N; i++) {
                double sum = (double)draw(&before) * (kind & 2 ? 1 : 0);
                sum += kind & 1 ? (double)bias[i % N] : 0;
                for (int l = 0; l < K; l++)
                    sum += (double)x[i / N * K + l] * (double)w[i % N * K + l];
                ck_assert_double_eq_tol((double)want[i], sum, 1e-5);
            }
        }
}
END_TEST

START_TEST(norms)
{
    static float x[NORMS * D], y[NORMS * D], want[NORMS * D], g[D], b[D];
    const struct bert_math *list[4];
    fill(x, NORMS * D, 1);
    fill(g, D, 2);
    fill(b, D, 3);
    for (int i = 0; i < D; i++)
        x[i] += 100.0F; /* a mean that must be taken off before squaring */
    memcpy(want, x, sizeof(x));
    plain()->norm(NORMS, D, want, g, b, 1e-12F);
    bert_math_list(list);
    for (size_t i = 0; list[i]; i++) {
        memcpy(y, x, sizeof(x));
        list[i]->norm(NORMS, D, y, g, b, 1e-12F);
        ck_assert_msg(memcmp(y, want, sizeof(y)) == 0, "%s differs", list[i]->name);
    }
    for (int r = 0; r < NORMS; r++) {
        double mean = 0, var = 0;
        for (int i = 0; i < D; i++)
            mean += (double)x[r * D + i] / D;
        for (int i = 0; i < D; i++)
            var += ((double)x[r * D + i] - mean) * ((double)x[r * D + i] - mean) / D;
        for (int i = 0; i < D; i++)
            ck_assert_double_eq_tol((double)want[r * D + i],
                                    ((double)x[r * D + i] - mean) / sqrt(var) * (double)g[i] +
                                        (double)b[i], r ? 2e-6 : 5e-5);
    }
}
END_TEST

START_TEST(gelus)
{
    enum { COUNT = 24000 };
    static float x[COUNT], y[COUNT], want[COUNT];
    const struct bert_math *list[4];
    for (int i = 0; i < COUNT; i++)
        x[i] = (float)(i - 12000) * 0.001F;
    x[0] = -1e30F;
    x[1] = 1e30F;
    memcpy(want, x, sizeof(x));
    plain()->gelu(COUNT, want);
    bert_math_list(list);
    for (size_t i = 0; list[i]; i++) {
        memcpy(y, x, sizeof(x));
        list[i]->gelu(COUNT, y);
        ck_assert_msg(memcmp(y, want, sizeof(y)) == 0, "%s differs", list[i]->name);
    }
    for (int i = 2; i < COUNT; i++) {
        double v = (double)x[i], exact = v * 0.5 * (1 + erf(v / sqrt(2)));
        ck_assert_msg(fabs((double)want[i] - exact) < 2.5e-7 * (fabs(v) < 1 ? 1 : fabs(v)),
                      "gelu(%g) is %.9g, erf says %.9g", v, (double)want[i], exact);
    }
    ck_assert_float_eq_tol(want[1] * 1e-30F, 1, 1e-6F);
}
END_TEST

static Suite *bert_math_suite(void)
{
    Suite *s = suite_create("bert_math");
    TCase *t = tcase_create("bert_math");
    tcase_add_test(t, products);
    tcase_add_test(t, norms);
    tcase_add_test(t, gelus);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(bert_math_suite)
