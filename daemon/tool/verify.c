/* The verdict on a model file: what every kernel makes of it, compared with plain C. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/json.h"
#include "daemon/tool/tool.h"
#include "daemon/tool/verify.h"
#include "infer/kernel.h"

static void note(struct verdict *v, const char *name, bool equal)
{
    v->kernel[v->n_kernels].name = name;
    v->kernel[v->n_kernels++].equal = equal;
}

static bool all_equal(const struct verdict *v)
{
    for (int i = 0; i < v->n_kernels; i++)
        if (!v->kernel[i].equal)
            return false;
    return true;
}

static bool is_good(const struct verdict *v)
{
    return v->n_kernels > 0 && v->finite && all_equal(v);
}

int verify_kernels(verify_run *run, const char *path, size_t n, struct verdict *ret)
{
    float *want = calloc(n, sizeof(*want)), *got = calloc(n, sizeof(*got));
    const struct kernel *ref, *const *k;
    int code = EX_OSERR;
    *ret = (struct verdict){.finite = true};
    if (!want || !got || kernel_select("ref", &ref, NULL) < 0) {
        tool_complain("out of memory");
        goto end;
    }
    code = run(path, ref, n, want);
    if (code != EX_OK)
        goto end;
    for (size_t i = 0; i < n; i++)
        ret->finite = ret->finite && want[i] > -1e6f && want[i] < 1e6f;
    note(ret, ref->name, true);
    for (k = kernel_list(); *k && ret->n_kernels < VERIFY_MAX_KERNELS; k++)
        if (*k != ref && kernel_runs(*k))
            note(ret, (*k)->name, run(path, *k, n, got) == EX_OK && memcmp(got, want, n * sizeof(*got)) == 0);
    code = !ret->finite ? EX_DATAERR : all_equal(ret) ? EX_OK : EX_SOFTWARE;
end:
    free(want);
    free(got);
    return code;
}

void verify_say(const struct verdict *v, const char *file, FILE *out)
{
    for (int i = 0; i < v->n_kernels; i++)
        fprintf(out, "%-12s %s\n", v->kernel[i].name,
                i == 0 ? v->finite ? "all outputs finite" : "outputs are not finite"
                : v->kernel[i].equal ? "equal, bit for bit" : "DIFFERS from ref");
    if (v->n_kernels)
        fprintf(out, "%s: %s\n", file, is_good(v) ? "good" : "not good");
}

void verify_json(const struct verdict *v, const char *file, const char *model, FILE *out)
{
    if (!v->n_kernels)
        return;
    fprintf(out, "{\"schema\": \"earshot.verify/1\", \"file\": ");
    json_string(out, file);
    fprintf(out, ", \"model\": ");
    json_string(out, model);
    fprintf(out, ", \"good\": %s, \"finite\": %s, \"kernels\": [", is_good(v) ? "true" : "false",
            v->finite ? "true" : "false");
    for (int i = 0; i < v->n_kernels; i++) {
        fprintf(out, "%s{\"name\": ", i ? ", " : "");
        json_string(out, v->kernel[i].name);
        fprintf(out, ", \"equal\": %s}", v->kernel[i].equal ? "true" : "false");
    }
    fprintf(out, "]}\n");
}
