#include "daemon/metrics_page.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

enum kind { WHOLE, REAL };

struct figure {
    const char *name, *help;
    enum kind kind;
    bool grows;
    size_t offset;
};

#define NODE(kind, field) kind, .offset = offsetof(struct message_health, field)
#define SOURCE(kind, field) kind, .offset = offsetof(struct message_source_health, field)

static const struct figure of_node[] = {
    {"uptime_s", "Seconds since the daemon started", NODE(REAL, uptime_s)},
    {"cpu_percent", "Processor time, of one core", NODE(REAL, cpu_percent)},
    {"rss_bytes", "Resident memory", NODE(WHOLE, rss_bytes)},
    {"windows_total", "Windows judged, also of sources that are gone", NODE(WHOLE, windows),
     .grows = true},
    {"dropped_windows_total", "Windows not judged for want of time", NODE(WHOLE, dropped_windows),
     .grows = true},
    {"queue", "Jobs that wait for a worker", NODE(WHOLE, queue)},
    {"latency_p50_ms", "Last sample of a window to the publisher, median of the last interval",
     NODE(REAL, latency_p50_ms)},
    {"latency_p99_ms", "The same, 99 of 100", NODE(REAL, latency_p99_ms)},
    {"latency_max_ms", "The same, the longest", NODE(REAL, latency_max_ms)},
    {"outbox_unsent", "Event messages that the broker does not have yet",
     NODE(WHOLE, outbox_unsent)},
    {"outbox_oldest_s", "Age of the oldest of them", NODE(WHOLE, outbox_oldest_s)},
    {"outbox_bytes", "Size of the store", NODE(WHOLE, outbox_bytes)},
    {"outbox_lost_total", "Messages that could not be kept", NODE(WHOLE, outbox_lost),
     .grows = true},
    {"broker_connects_total", "Connections to the broker", NODE(WHOLE, broker_connects),
     .grows = true},
    {"sources", "Sources in the settings", NODE(WHOLE, sources)},
    {"sources_online", "Sources that are heard", NODE(WHOLE, sources_online)},
    {"temperature_c", "Of the box, in degrees Celsius", NODE(REAL, temperature_c)},
};

static const struct figure of_source[] = {
    {"dbfs", "Level; silence is -120", SOURCE(REAL, dbfs)},
    {"clipping", "Share of samples at full scale", SOURCE(REAL, clipping)},
    {"windows_total", "Windows judged", SOURCE(WHOLE, windows), .grows = true},
    {"dropped_windows_total", "Windows not judged for want of time", SOURCE(WHOLE, dropped_windows),
     .grows = true},
    {"restarts_total", "Times it was opened again", SOURCE(WHOLE, restarts), .grows = true},
    {"xruns_total", "Times that the device lost samples", SOURCE(WHOLE, xruns), .grows = true},
    {"near_misses_total", "Windows just under a threshold", SOURCE(WHOLE, near_misses),
     .grows = true},
    {"events_total", "Events started", SOURCE(WHOLE, events), .grows = true},
};

struct page {
    char *text;
    size_t size, used;
    bool full;
};

static void PRINTF_LIKE(2, 3) put(struct page *p, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(p->text + p->used, p->size - p->used, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= p->size - p->used)
        p->full = true;
    else
        p->used += (size_t)n;
}

/* No name can hold a quote, but what a model file calls itself may hold anything. */
static void put_label(struct page *p, const char *name, const char *value)
{
    put(p, "%s=\"", name);
    for (const char *c = value ? value : ""; *c; c++) {
        if (*c == '\n')
            put(p, "\\n");
        else
            put(p, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    }
    put(p, "\"");
}

static double value_of(const struct figure *g, const void *figures)
{
    const char *at = (const char *)figures + g->offset;
    return g->kind == WHOLE ? (double)*(const uint64_t *)at : *(const double *)at;
}

static void put_head(struct page *p, const char *prefix, const struct figure *g)
{
    put(p, "# HELP %s%s %s\n# TYPE %s%s %s\n", prefix, g->name, g->help, prefix, g->name,
        g->grows ? "counter" : "gauge");
}

/* Counters whole, everything else as exact as anybody wants to know it. */
static void put_value(struct page *p, const struct figure *g, double value)
{
    put(p, g->kind == WHOLE ? " %.0f\n" : " %.10g\n", value);
}

static void put_info(struct page *p, const struct metrics_figures *f)
{
    put(p, "# HELP earshot_info What runs here\n# TYPE earshot_info gauge\nearshot_info{");
    put_label(p, "node", f->node);
    put_label(p, ",version", f->version);
    put_label(p, ",kernel", f->kernel);
    put_label(p, ",model", f->model);
    put(p, "} 1\n");
}

static void put_node(struct page *p, const struct figure *g, const struct message_health *h)
{
    double value = value_of(g, h);
    if (isnan(value)) /* a box without a thermometer */
        return;
    put_head(p, "earshot_", g);
    put(p, "earshot_%s", g->name);
    put_value(p, g, value);
}

static void put_sources(struct page *p, const struct figure *g, const struct metrics_figures *f)
{
    put_head(p, "earshot_source_", g);
    for (int i = 0; i < f->n_sources; i++) {
        double value = value_of(g, &f->source[i].health);
        put(p, "earshot_source_%s{", g->name);
        put_label(p, "source", f->source[i].name);
        put(p, "}");
        put_value(p, g, value);
    }
}

static void put_online(struct page *p, const struct metrics_figures *f)
{
    put(p,
        "# HELP earshot_source_online Whether it is heard\n# TYPE earshot_source_online gauge\n");
    for (int i = 0; i < f->n_sources; i++) {
        put(p, "earshot_source_online{");
        put_label(p, "source", f->source[i].name);
        put(p, "} %d\n", f->source[i].online);
    }
}

int metrics_page(const struct metrics_figures *f, char *ret_page, size_t size)
{
    struct page p = {.text = ret_page, .size = size};
    put_info(&p, f);
    for (size_t i = 0; i < ARRAY_SIZE(of_node); i++)
        put_node(&p, &of_node[i], &f->health);
    if (f->n_sources > 0)
        put_online(&p, f);
    for (size_t i = 0; f->n_sources > 0 && i < ARRAY_SIZE(of_source); i++)
        put_sources(&p, &of_source[i], f);
    return p.full ? -ENOSPC : (int)p.used;
}
