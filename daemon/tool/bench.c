/* earshot bench: the kernels and the model on this box, as multiples of what the
 * processor could do at most.
 *
 * Clocks differ from box to box and neighbours come and go, so a time alone says
 * little. The floor of a case is its int8 products over the most that one core
 * does in a second, which is measured beside every case, in turns with it; the
 * multiple of that floor hardly moves when the clock does. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sysexits.h>

#include "config/base.h"
#include "daemon/tool/bench.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/json.h"

enum { OPT_JSON, OPT_KERNEL, OPT_MODEL, OPT_TIME };
enum { MOST_SAMPLES = 20000, LEAST_SAMPLES = 3, SAMPLE_NS = 20000, PEAK_NS = 1000000, PEAK_ROUNDS = 1000 };

static const struct bench_case cases[] = {
    {"encoder/edge/32", bench_encoder, {32, 160, 5, 640, 1}},
    {"encoder/edge/128", bench_encoder, {128, 160, 5, 640, 1}},
    {"encoder/bert/32", bench_encoder, {32, 768, 12, 3072, 1}},
    {"encoder/bert/128", bench_encoder, {128, 768, 12, 3072, 1}},
    {"encoder/edge/32 by 2", bench_encoder, {32, 160, 5, 640, 2}},
    {"encoder/edge/128 by 2", bench_encoder, {128, 160, 5, 640, 2}},
    {"encoder/bert/32 by 2", bench_encoder, {32, 768, 12, 3072, 2}},
    {"encoder/bert/128 by 2", bench_encoder, {128, 768, 12, 3072, 2}},
    {"stream/hop1", bench_stream, {1, 1}},
    {"stream/hop4", bench_stream, {4, 1}},
    {"stream/hop1x2", bench_stream, {1, 2}},
    {"stream/hop1x4", bench_stream, {1, 4}},
    {"stream/hop1x8", bench_stream, {1, 8}},
    {"stream/hop1x16", bench_stream, {1, 16}},
    {"stream/hop4x2", bench_stream, {4, 2}},
    {"stream/hop4x4", bench_stream, {4, 4}},
    {"stream/hop4x8", bench_stream, {4, 8}},
    {"stream/hop4x16", bench_stream, {4, 16}},
    {"stream/weights", bench_weights, {0}},
    {"gemm/32x768x3072", bench_gemm, {32, 768, 3072, GEMM_PUT}},
    {"gemm/32x160x480", bench_gemm, {32, 160, 480, GEMM_PUT}},
    {"gemm/128x64x128", bench_gemm, {128, 64, 128, GEMM_PUT}},
    {"gemm/128x128x128", bench_gemm, {128, 128, 128, GEMM_PUT}},
    {"gemm/256x256x256", bench_gemm, {256, 256, 256, GEMM_PUT}},
    {"gemm/512x512x512", bench_gemm, {512, 512, 512, GEMM_PUT}},
    {"gemm/1x160x640", bench_gemm, {1, 160, 640, GEMM_PUT}},
    {"gemm/4x160x640", bench_gemm, {4, 160, 640, GEMM_PUT}},
    {"gemm/32x160x640", bench_gemm, {32, 160, 640, GEMM_PUT}},
    {"gemm_add/32x640x160", bench_gemm, {32, 640, 160, GEMM_ADD}},
    {"attend/128x64", bench_attend, {128, 64}},
    {"attend/32x32", bench_attend, {32, 32}},
    {"attend_cells/128x64", bench_attend, {128, 64, 1}},
    {"attend_cells/32x32", bench_attend, {32, 32, 1}},
    {"bert_attend/512x12x64", bench_mask, {512, 12, 64, 0}},
    {"bert_attend/512x12x64 masked", bench_mask, {512, 12, 64, 64}},
    {"put_cells/4x160", bench_op, {BENCH_PUT_CELLS, 4, 160}},
    {"embed/12x160", bench_op, {BENCH_EMBED, 12, 160}},
    {"quantize/32x640", bench_op, {BENCH_QUANTIZE, 32, 640}},
    {"norm/32x160", bench_op, {BENCH_NORM, 32, 160}},
    {"norm_quantize/32x160", bench_op, {BENCH_NORM_QUANTIZE, 32, 160}},
    {"gelu_quantize/32x640", bench_op, {BENCH_GELU_QUANTIZE, 32, 640}},
    {"put_cells/32x160", bench_op, {BENCH_PUT_CELLS, 32, 160}},
    {"dots/6x160", bench_op, {BENCH_DOTS, 6, 160}},
    {"product_f32/128x64x128", bench_math, {BENCH_PRODUCT_F32, 128, 64, 128}},
    {"product_f32/128x128x128", bench_math, {BENCH_PRODUCT_F32, 128, 128, 128}},
    {"product_f32/32x768x3072", bench_math, {BENCH_PRODUCT_F32, 32, 768, 3072}},
    {"layer_norm/32x768", bench_math, {BENCH_LAYER_NORM, 32, 768, 0}},
    {"gelu_erf/32x3072", bench_math, {BENCH_GELU_ERF, 32, 3072, 0}},
};

struct times {
    int n;
    double ns[MOST_SAMPLES]; /* of one run each, sorted in the end */
    double peak;             /* products a second, 0 unknown */
};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double time_of(const struct bench *b, int runs)
{
    int64_t from = clock_boot_ns();
    for (int i = 0; i < runs; i++)
        b->run(b->of);
    return (double)(clock_boot_ns() - from) / runs;
}

static void see_peak(const struct kernel *k, struct times *t)
{
    if (!k->peak)
        return;
    int64_t from = clock_boot_ns();
    double products = (double)k->peak(PEAK_ROUNDS);
    double rate = products * 1e9 / (double)(clock_boot_ns() - from);
    t->peak = rate > t->peak ? rate : t->peak;
}

/* Short runs are timed several together, since reading the clock takes its time too. */
static void sample(const struct bench *b, const struct kernel *k, int64_t budget_ns, struct times *t)
{
    double once = time_of(b, 1), again = time_of(b, 1);
    once = again < once ? again : once;
    int together = once > SAMPLE_NS ? 1 : (int)(SAMPLE_NS / (once + 1)) + 1;
    int64_t end = clock_boot_ns() + budget_ns, next_peak = 0;
    t->n = 0;
    t->peak = 0;
    while (t->n < MOST_SAMPLES && (t->n < LEAST_SAMPLES || clock_boot_ns() < end)) {
        if (clock_boot_ns() >= next_peak) {
            see_peak(k, t);
            next_peak = clock_boot_ns() + PEAK_NS;
        }
        t->ns[t->n++] = time_of(b, together);
    }
    qsort(t->ns, (size_t)t->n, sizeof(t->ns[0]), ascending);
}

static double percentile(const struct times *t, double p)
{
    return t->ns[(int)(p * (t->n - 1) + 0.5)];
}

static void print_case(const struct bench_case *c, const struct bench *b, const struct times *t,
                       bool json, bool first)
{
    double p50 = percentile(t, 0.5), gops = 2 * b->products / p50, gbs = b->bytes / p50;
    double floor_ns = t->peak > 0 ? b->products * 1e9 / (t->peak * b->threads) : 0;
    if (json) {
        printf("%s\n  {\"name\": \"%s\", \"threads\": %d, \"n\": %d, \"min_us\": %.3f, "
               "\"p50_us\": %.3f, \"p99_us\": %.3f, \"gops\": ",
               first ? "" : ",", c->name, b->threads, t->n, t->ns[0] / 1e3, p50 / 1e3,
               percentile(t, 0.99) / 1e3);
        json_number(stdout, gops > 0 ? gops : NAN, 3);
        printf(", \"peak_gops\": ");
        json_number(stdout, t->peak > 0 ? 2 * t->peak / 1e9 : NAN, 3);
        printf(", \"floors\": ");
        json_number(stdout, floor_ns > 0 ? p50 / floor_ns : NAN, 3);
        printf(", \"floors_min\": ");
        json_number(stdout, floor_ns > 0 ? t->ns[0] / floor_ns : NAN, 3);
        printf(", \"gb_per_s\": ");
        json_number(stdout, gbs > 0 ? gbs : NAN, 3);
        printf("}");
        return;
    }
    printf("%-22s %7d %11.2f %11.2f %11.2f", c->name, t->n, t->ns[0] / 1e3, p50 / 1e3,
           percentile(t, 0.99) / 1e3);
    if (gops > 0)
        printf(" %8.1f", gops);
    if (floor_ns > 0)
        printf(" %5.1f %% %7.2f %7.2f", 100 * floor_ns / p50, p50 / floor_ns, t->ns[0] / floor_ns);
    if (gbs > 0)
        printf(" %8.1f GB/s", gbs);
    printf("\n");
}

/* As the system names the processor, or at least the kind of machine */
static void cpu_name(char *ret, size_t size)
{
    char line[256];
    struct utsname u;
    snprintf(ret, size, "%s", uname(&u) == 0 ? u.machine : "unknown");
    FILE *f = fopen("/proc/cpuinfo", "re");
    while (f && fgets(line, sizeof(line), f)) {
        const char *value = strchr(line, ':');
        if (value && strncmp(line, "model name", 10) == 0) {
            value += strspn(value, ": \t");
            snprintf(ret, size, "%.*s", (int)strcspn(value, "\n"), value);
            break;
        }
    }
    if (f)
        fclose(f);
}

/* Without names all cases; else those that a name is, or is the beginning of */
static bool wanted(const struct tool_args *args, const char *name)
{
    for (int i = 0; i < args->n_words; i++)
        if (strncmp(name, args->word[i], strlen(args->word[i])) == 0)
            return true;
    return args->n_words == 0;
}

static bool names_are_known(const struct tool_args *args)
{
    for (int i = 0; i < args->n_words; i++) {
        size_t j = 0;
        while (j < ARRAY_SIZE(cases) &&
               strncmp(cases[j].name, args->word[i], strlen(args->word[i])) != 0)
            j++;
        if (j == ARRAY_SIZE(cases)) {
            tool_complain("bench: no case begins with '%s'", args->word[i]);
            return false;
        }
    }
    return true;
}

static int run_all(const struct tool_args *args, const struct bench_env *e, int64_t budget_ns,
                   struct times *t)
{
    bool json = args->value[OPT_JSON] != NULL, first = true;
    char cpu[128];
    cpu_name(cpu, sizeof(cpu));
    if (json) {
        printf("{\"schema\": \"earshot.bench/1\", \"cpu\": ");
        json_string(stdout, cpu);
        printf(", \"kernel\": \"%s\", \"cases\": [", e->kernel->name);
    } else {
        printf("%s, kernel %s\n%-22s %7s %11s %11s %11s %8s %7s %15s\n", cpu, e->kernel->name,
               "case", "n", "min us", "p50 us", "p99 us", "GOPS", "of peak", "floors p50, min");
    }
    int code = EX_OK;
    for (size_t i = 0; i < ARRAY_SIZE(cases) && code == EX_OK; i++) {
        struct bench b;
        if (!wanted(args, cases[i].name))
            continue;
        code = cases[i].make(&cases[i], e, &b);
        if (code != EX_OK)
            break;
        sample(&b, e->kernel, budget_ns, t);
        print_case(&cases[i], &b, t, json, first);
        fflush(stdout);
        first = false;
        b.done(b.of);
    }
    if (json)
        printf("\n]}\n");
    return code;
}

static int run(const struct tool_args *args)
{
    struct bench_env e = {.model = args->value[OPT_MODEL]};
    int ms, code = EX_USAGE;
    if (tool_int(args, OPT_TIME, "time", 1, 60000, 1000, &ms) < 0 || !names_are_known(args) ||
        (code = tool_kernel(args->value[OPT_KERNEL], &e.kernel)) != EX_OK)
        return code;
    struct times *t = malloc(sizeof(*t));
    if (!t) {
        tool_complain("out of memory");
        return EX_OSERR;
    }
    code = tool_finish(run_all(args, &e, (int64_t)ms * 1000000, t));
    free(t);
    return code;
}

const struct tool_command bench_command = {
    .name = "bench",
    .synopsis = "[OPTION…] [CASE…]",
    .summary = "how fast the kernels and the model are on this box",
    .about = "Times whole encoders (random weights), steps of the shipped model with a full\n"
             "cache, and every operation of a kernel, on one thread (or 'by 2'). CASE is a name or the\n"
             "beginning of one: encoder/edge, stream, gemm; all without it, which takes a\n"
             "minute and 250 MB. Besides the times:\n"
             "  GOPS     10^9 int8 operations a second, two a product, at p50\n"
             "  of peak  share of what the instruction itself does on one core, measured\n"
             "           beside the case and in turns with it\n"
             "  floors   the time as multiples of the least that those products can take on so\n"
             "           many cores\n",
    .example = "example: nice -n -10 taskset -c 1 earshot bench encoder\n",
    .option =
        {
            [OPT_JSON] = {"json", NULL, "one JSON object, earshot.bench/1"},
            [OPT_KERNEL] = {"kernel", "NAME", "arithmetic: auto, ref, avx2, neon …"},
            [OPT_MODEL] = {"model", "FILE", "what streams run; else the shipped model"},
            [OPT_TIME] = {"time", "MS", "for each case, 1 to 60000; else 1000"},
        },
    .run = run,
};
