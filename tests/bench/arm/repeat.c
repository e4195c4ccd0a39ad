/* One product so many times: for who counts what a program executes, twice, and takes
 * the difference.   repeat KERNEL ROWS OUTPUTS INPUTS TIMES */
#include <stdio.h>
#include <stdlib.h>

#include "infer/kernel.h"

static void *room(size_t n)
{
    void *p = aligned_alloc(64, (n + 63) / 64 * 64);
    if (!p)
        abort();
    return p;
}

int main(int argc, char **argv)
{
    struct reason why;
    const struct kernel *k;
    if (argc != 6 || kernel_select(argv[1], &k, &why) < 0) {
        fprintf(stderr, "%s\n", argc == 6 ? why.text : "usage: repeat KERNEL ROWS OUTPUTS INPUTS TIMES");
        return 1;
    }
    int m = atoi(argv[2]), n = atoi(argv[3]), inputs = atoi(argv[4]), times = atoi(argv[5]);
    if (m < 1 || n < 1 || inputs < 32 || inputs % 32 != 0 || m > 4096 || n > 4096 || inputs > 4096)
        return 1;
    int8_t *a = room((size_t)(m * inputs)), *w = room((size_t)(n * inputs));
    float *a_scale = room((size_t)m * sizeof(float)), *w_scale = room((size_t)n * sizeof(float));
    float *y = room((size_t)(m * n) * sizeof(float));
    for (int i = 0; i < m * inputs; i++)
        a[i] = (int8_t)(i % 251 - 125);
    for (int i = 0; i < n * inputs; i++)
        w[i] = (int8_t)(i % 241 - 120);
    for (int i = 0; i < m; i++)
        a_scale[i] = 0.01F;
    for (int i = 0; i < n; i++)
        w_scale[i] = 0.01F;
    void *packed = w;
    if (k->pack) {
        packed = room(k->packed_size(n, inputs));
        k->pack(n, inputs, w, packed);
    }
    struct gemm g = {m, n, inputs, a, a_scale, packed, w_scale, NULL, GEMM_PUT, y, n};
    for (int i = 0; i < times; i++)
        k->gemm(&g);
    return 0;
}
