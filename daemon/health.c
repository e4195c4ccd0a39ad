#include "daemon/health.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIRST_MS 0.05
#define PER_OCTAVE 8

static int64_t process_cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void health_init(struct health *h, int64_t now_ns)
{
    *h = (struct health){.started_ns = now_ns, .read_ns = now_ns, .cpu_ns = process_cpu_ns()};
}

void health_latency(struct health *h, double ms)
{
    int b = ms > FIRST_MS ? (int)(log2(ms / FIRST_MS) * PER_OCTAVE) : 0;
    h->bucket[b < HEALTH_BUCKETS ? b : HEALTH_BUCKETS - 1]++;
    h->n++;
    h->max_ms = fmax(h->max_ms, ms);
}

double health_percentile(const struct health *h, double q)
{
    uint64_t rank = (uint64_t)ceil(q * (double)h->n), seen = 0;
    if (!h->n)
        return 0;
    for (int b = 0; b < HEALTH_BUCKETS; b++) {
        seen += h->bucket[b];
        if (seen >= rank && seen)
            return fmin(FIRST_MS * exp2((double)(b + 1) / PER_OCTAVE), h->max_ms);
    }
    return h->max_ms;
}

/* The first number in a small file of the kernel's. */
static bool number_in(const char *path, const char *format, long long *ret)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return false;
    bool ok = fscanf(f, format, ret) == 1;
    fclose(f);
    return ok;
}

static void measure(const struct health *h, int64_t now_ns, struct message_health *ret)
{
    long long n;
    ret->time_ms = clock_wall_ns() / 1000000;
    ret->uptime_s = (double)(now_ns - h->started_ns) / 1e9;
    ret->rss_bytes = number_in("/proc/self/statm", "%*d %lld", &n)
                         ? (uint64_t)n * (uint64_t)sysconf(_SC_PAGESIZE)
                         : 0;
    ret->temperature_c = number_in("/sys/class/thermal/thermal_zone0/temp", "%lld", &n)
                             ? (double)n / 1000
                             : NAN;
}

static void sum_up(const struct health *h, int64_t now_ns, struct message_health *ret)
{
    int64_t passed = now_ns - h->read_ns, spent = process_cpu_ns() - h->cpu_ns;
    ret->cpu_percent = passed > 0 ? 100.0 * (double)spent / (double)passed : 0;
    ret->latency_p50_ms = health_percentile(h, 0.5);
    ret->latency_p99_ms = health_percentile(h, 0.99);
    ret->latency_max_ms = h->max_ms;
}

void health_read(struct health *h, int64_t now_ns, struct message_health *ret)
{
    measure(h, now_ns, ret);
    sum_up(h, now_ns, ret);
    h->read_ns = now_ns;
    h->cpu_ns = process_cpu_ns();
    h->n = 0;
    h->max_ms = 0;
    memset(h->bucket, 0, sizeof(h->bucket));
    h->last = *ret;
    h->has_last = true;
}

void health_peek(const struct health *h, int64_t now_ns, struct message_health *ret)
{
    measure(h, now_ns, ret);
    if (!h->has_last) {
        sum_up(h, now_ns, ret);
        return;
    }
    ret->cpu_percent = h->last.cpu_percent;
    ret->latency_p50_ms = h->last.latency_p50_ms;
    ret->latency_p99_ms = h->last.latency_p99_ms;
    ret->latency_max_ms = h->last.latency_max_ms;
}

void health_boot_id(char ret_id[37])
{
    ret_id[0] = '\0';
    FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
    if (!f)
        return;
    if (fscanf(f, "%36s", ret_id) != 1)
        ret_id[0] = '\0';
    fclose(f);
}
