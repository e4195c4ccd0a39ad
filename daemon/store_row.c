#include "daemon/store_row.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS_SIZE = EVENT_MAX_LABELS * 96 };

static void print_labels(const struct event *e, char *text)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < e->n_labels && i < EVENT_MAX_LABELS; i++)
        used += (size_t)snprintf(text + used, LABELS_SIZE - used, "%.9g %.63s\n",
                                 (double)e->scores[i], e->label_name[i]);
}

static void parse_labels(const char *text, struct event *e)
{
    e->n_labels = 0;
    while (text && *text && e->n_labels < EVENT_MAX_LABELS) {
        const char *end = strchr(text, '\n');
        char *name;
        float score = strtof(text, &name);
        if (!end || name == text || *name != ' ')
            return;
        int length = (int)(end - name - 1);
        snprintf(e->label_name[e->n_labels], sizeof(e->label_name[0]), "%.*s", length, name + 1);
        e->scores[e->n_labels++] = score;
        text = end + 1;
    }
}

void store_row_bind(struct sqlite3_stmt *s, const struct event *e, bool sent)
{
    char labels[LABELS_SIZE];
    print_labels(e, labels);
    int i = 1;
    sqlite3_bind_int64(s, i++, (int64_t)e->seq);
    sqlite3_bind_int(s, i++, (int)e->type);
    sqlite3_bind_text(s, i++, e->id, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, i++, e->node, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, i++, e->source, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, i++, e->time_ms);
    sqlite3_bind_int64(s, i++, e->started_ms);
    sqlite3_bind_int64(s, i++, e->ended_ms);
    sqlite3_bind_int64(s, i++, e->duration_ms);
    sqlite3_bind_int(s, i++, (int)e->end_reason);
    sqlite3_bind_int(s, i++, e->label);
    sqlite3_bind_text(s, i++, labels, -1, SQLITE_TRANSIENT);
    sqlite3_bind_double(s, i++, (double)e->score);
    sqlite3_bind_double(s, i++, (double)e->peak);
    sqlite3_bind_double(s, i++, (double)e->threshold);
    sqlite3_bind_text(s, i++, e->sensitivity, -1, SQLITE_STATIC);
    sqlite3_bind_double(s, i++, e->dbfs);
    sqlite3_bind_double(s, i++, e->latency_ms);
    sqlite3_bind_text(s, i++, e->model, -1, SQLITE_STATIC);
    sqlite3_bind_int(s, i++, e->clock_synced);
    sqlite3_bind_text(s, i++, e->boot_id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, i++, e->boot_ns);
    sqlite3_bind_int64(s, i++, e->suppressed);
    sqlite3_bind_int(s, i++, e->test);
    sqlite3_bind_int(s, i++, sent);
}

static void take_text(sqlite3_stmt *s, int column, char *ret, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    snprintf(ret, size, "%s", text ? text : "");
}

void store_row_take(struct sqlite3_stmt *s, struct event *e)
{
    memset(e, 0, sizeof(*e));
    int i = 0;
    e->seq = (uint64_t)sqlite3_column_int64(s, i++);
    e->type = (enum event_type)sqlite3_column_int(s, i++);
    take_text(s, i++, e->id, sizeof(e->id));
    take_text(s, i++, e->node, sizeof(e->node));
    take_text(s, i++, e->source, sizeof(e->source));
    e->time_ms = sqlite3_column_int64(s, i++);
    e->started_ms = sqlite3_column_int64(s, i++);
    e->ended_ms = sqlite3_column_int64(s, i++);
    e->duration_ms = sqlite3_column_int64(s, i++);
    e->end_reason = (enum event_end)sqlite3_column_int(s, i++);
    e->label = sqlite3_column_int(s, i++);
    parse_labels((const char *)sqlite3_column_text(s, i++), e);
    e->score = (float)sqlite3_column_double(s, i++);
    e->peak = (float)sqlite3_column_double(s, i++);
    e->threshold = (float)sqlite3_column_double(s, i++);
    take_text(s, i++, e->sensitivity, sizeof(e->sensitivity));
    e->dbfs = sqlite3_column_type(s, i) == SQLITE_NULL ? -INFINITY : sqlite3_column_double(s, i);
    i++;
    e->latency_ms = sqlite3_column_double(s, i++);
    take_text(s, i++, e->model, sizeof(e->model));
    e->clock_synced = sqlite3_column_int(s, i++);
    take_text(s, i++, e->boot_id, sizeof(e->boot_id));
    e->boot_ns = sqlite3_column_int64(s, i++);
    e->suppressed = (uint32_t)sqlite3_column_int64(s, i++);
    e->test = sqlite3_column_int(s, i++);
    if (e->type > EVENT_END)
        e->type = EVENT_END;
    if (e->end_reason > END_RELOAD)
        e->end_reason = END_NONE;
    if (e->label < 0 || e->label >= e->n_labels)
        e->label = 0;
}
