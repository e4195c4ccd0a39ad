/* earshot why: near misses of the running daemon, and the setting that kept each back. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/commands.h"
#include "daemon/tool/door.h"
#include "daemon/tool/moment.h"

enum { OPT_SINCE, OPT_JSON, OPT_SOURCE, OPT_SOCKET };

struct question {
    int64_t since_ms;
    const char *source;
    bool json;
    int n; /* that were printed */
};

static const char *text_of(const cJSON *o, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(o, key);
    return cJSON_IsString(item) ? item->valuestring : "";
}

static double number_of(const cJSON *o, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(o, key);
    return cJSON_IsNumber(item) ? item->valuedouble : (double)NAN;
}

/* One sentence: which setting, how far off, and which way it points. */
static void print_cause(const cJSON *o)
{
    const char *cause = text_of(o, "kept_back_by");
    double peak = number_of(o, "peak"), threshold = number_of(o, "threshold");
    if (!strcmp(cause, "thresholds"))
        printf("thresholds: %.2f more was needed (%.2f)", threshold - peak, threshold);
    else if (!strcmp(cause, "min_windows"))
        printf("min_windows: over %.2f in %.0f of %.0f windows, not in enough running", threshold,
               number_of(o, "windows_over"), number_of(o, "windows"));
    else if (!strcmp(cause, "max_events"))
        printf("max_events: more events than the rate limit lets through");
    else if (!strcmp(cause, "mute"))
        printf("mute: over %.2f, but muted then", threshold);
    else
        printf("gate_dbfs: %.1f dBFS at the loudest, not looked at under %.0f", number_of(o, "dbfs"),
               number_of(o, "gate_dbfs"));
}

static void print_line(const cJSON *o, int64_t at_ms)
{
    char at[MOMENT_SIZE], score[32] = "-";
    moment_write(at_ms, at);
    if (*text_of(o, "label"))
        snprintf(score, sizeof(score), "%.20s %.2f", text_of(o, "label"), number_of(o, "peak"));
    printf("%s  %-14s %-22s ", at, text_of(o, "source"), score);
    print_cause(o);
    putchar('\n');
}

static int take(struct question *q, const char *line)
{
    int64_t at_ms = 0;
    cJSON *o = cJSON_Parse(line);
    if (!o)
        return -EPROTO;
    const cJSON *ok = cJSON_GetObjectItemCaseSensitive(o, "ok");
    if (ok && !cJSON_IsTrue(ok)) {
        tool_complain("why: %s", text_of(o, "error"));
        cJSON_Delete(o);
        return -EBUSY;
    }
    (void)moment_since("since", text_of(o, "time"), &at_ms);
    bool wanted = at_ms >= q->since_ms && (!q->source || !strcmp(q->source, text_of(o, "source")));
    if (wanted && q->json)
        printf("%s", line);
    else if (wanted)
        print_line(o, at_ms);
    q->n += wanted;
    cJSON_Delete(o);
    return 0;
}

static int run(const struct tool_args *args)
{
    struct question q = {INT64_MIN, args->value[OPT_SOURCE], args->value[OPT_JSON] != NULL, 0};
    struct reason why = {""};
    char *line = NULL;
    size_t size = 0;
    FILE *f;
    if (args->n_words) {
        tool_complain("why: what is \"%s\"? For one source, --source", args->word[0]);
        return EX_USAGE;
    }
    if (args->value[OPT_SINCE] && moment_since("since", args->value[OPT_SINCE], &q.since_ms) < 0)
        return EX_USAGE;
    int err = door_ask(args->value[OPT_SOCKET], "near_misses", &f, &why);
    if (err < 0) {
        tool_complain("why: %s", why.text);
        return err == -EACCES ? EX_NOPERM : EX_UNAVAILABLE;
    }
    while (err >= 0 && getline(&line, &size, f) > 0)
        err = take(&q, line);
    if (err >= 0 && ferror(f)) { /* nothing, or not all, came in time */
        tool_complain("why: the daemon does not answer");
        err = -ETIMEDOUT;
    }
    free(line);
    fclose(f);
    if (err >= 0 && !q.n && !q.json)
        printf("no near misses%s\n", args->value[OPT_SINCE] ? " since then" : " since the daemon started");
    return tool_finish(err < 0 ? tool_exit(err) : EX_OK);
}

const struct tool_command why_command = {
    .name = "why",
    .synopsis = "[OPTION…]",
    .summary = "what came close to a flag, and what kept it back",
    .about = "Near misses since the daemon started, as far as it remembers (the last 256), and\n"
             "for each the setting that kept it back: thresholds, min_windows, max_events (the\n"
             "rate limit), mute, or gate_dbfs, behind which nothing is looked at. Times are local.\n",
    .example = "example: earshot why --since 1h --source porch\n",
    .option =
        {
            [OPT_SINCE] = {"since", "TIME", "from then on: 2h, 7d, \"2026-11-23 04:31\""},
            [OPT_JSON] = {"json", NULL, "one JSON object a line"},
            [OPT_SOURCE] = {"source", "NAME", "only this one's"},
            [OPT_SOCKET] = {"socket", "FILE", "the daemon's, not /run/earshot/control"},
        },
    .run = run,
};
