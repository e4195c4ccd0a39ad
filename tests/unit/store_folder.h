/* A store in a folder of its own, and events to put in: for the tests of daemon/store. */
#ifndef TESTS_UNIT_STORE_FOLDER_H
#define TESTS_UNIT_STORE_FOLDER_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "daemon/store.h"
#include "tests/unit/check_main.h"

static char folder[UNIT_FOLDER_SIZE], path[128];

static void setup(void)
{
    unit_folder(folder);
    snprintf(path, sizeof(path), "%s/events.db", folder);
}

static void teardown(void)
{
    char command[128];
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct event make(uint64_t seq, enum event_type type)
{
    struct event e = {.type = type, .seq = seq, .time_ms = 1795400000000 + (int64_t)seq,
                      .started_ms = 1795400000000, .duration_ms = 7, .label = 1, .n_labels = 2,
                      .score = 0.93f, .peak = 0.95f, .threshold = 0.71f, .dbfs = -INFINITY,
                      .latency_ms = 4.125, .clock_synced = true, .boot_ns = 99, .suppressed = 3};
    snprintf(e.id, sizeof(e.id), "01JDBX%020llu", (unsigned long long)(seq - seq % 2));
    snprintf(e.node, sizeof(e.node), "gate-3");
    snprintf(e.source, sizeof(e.source), "porch");
    snprintf(e.sensitivity, sizeof(e.sensitivity), "medium");
    snprintf(e.model, sizeof(e.model), "hostile-en/1.0+12ab34cd");
    snprintf(e.boot_id, sizeof(e.boot_id), "5f0c0000-0000-0000-0000-000000000000");
    snprintf(e.label_name[0], sizeof(e.label_name[0]), "threat");
    snprintf(e.label_name[1], sizeof(e.label_name[1]), "aggressive voice");
    e.scores[0] = 0.1234567f;
    e.scores[1] = 0.93f;
    return e;
}

static struct store *open_store(int64_t max_size, int want)
{
    struct store *s;
    struct reason why;
    int r = store_open(path, max_size, 0, &s, &why);
    ck_assert_msg(r == want, "store_open: %d %s", r, why.text);
    return s;
}

static void add(struct store *s, uint64_t first, uint64_t last)
{
    struct event e[100];
    for (uint64_t seq = first; seq <= last;) {
        size_t n = 0;
        for (; n < 100 && seq <= last; seq++)
            e[n++] = make(seq, EVENT_START);
        ck_assert_int_ge(store_add(s, e, n, NULL), 0);
    }
}

/* 0: every write to a file fails from now on, the messages of check too. */
static inline void limit_files(rlim_t size)
{
    struct rlimit l = {.rlim_cur = size, .rlim_max = RLIM_INFINITY};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &l), 0);
}

static inline int count_unsent(struct store *s, uint64_t *ret_first)
{
    struct event e[16];
    uint64_t after = 0;
    int total = 0, n;
    while ((n = store_unsent(s, after, e, 16)) > 0) {
        if (total == 0 && ret_first)
            *ret_first = e[0].seq;
        for (int i = 0; i < n; i++) {
            ck_assert_uint_gt(e[i].seq, after);
            after = e[i].seq;
        }
        total += n;
    }
    return total;
}

#endif
