#include "daemon/message.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/utf8.h"
#include "daemon/near.h"

/* cJSON_Add… return NULL when memory is out; one look at the end is enough, since
 * a half-filled object must not be sent. */
struct json {
    cJSON *root;
    bool failed;
};

static struct json begin(const char *schema)
{
    struct json j = {cJSON_CreateObject(), false};
    j.failed = !j.root;
    if (schema && !cJSON_AddStringToObject(j.root, "schema", schema))
        j.failed = true;
    return j;
}

static char *finish(struct json *j)
{
    char *text = j->failed ? NULL : cJSON_PrintUnformatted(j->root);
    cJSON_Delete(j->root);
    return text;
}

static void add(struct json *j, cJSON *to, const char *key, cJSON *item)
{
    if (!item || !cJSON_AddItemToObject(to, key, item)) {
        cJSON_Delete(item);
        j->failed = true;
    }
}

/* The name of a file may hold any byte, and cJSON passes on what it is given. */
static cJSON *make_text(const char *text)
{
    char *clean = strdup(text);
    cJSON *item = clean ? cJSON_CreateString(utf8_tidy(clean)) : NULL;
    free(clean);
    return item;
}

static void put_text(struct json *j, cJSON *to, const char *key, const char *text)
{
    add(j, to, key, text ? make_text(text) : cJSON_CreateNull());
}

static void put_number(struct json *j, cJSON *to, const char *key, double x)
{
    add(j, to, key, isfinite(x) ? cJSON_CreateNumber(x) : cJSON_CreateNull());
}

static void put_bool(struct json *j, cJSON *to, const char *key, bool b)
{
    add(j, to, key, cJSON_CreateBool(b));
}

static void put_time(struct json *j, cJSON *to, const char *key, int64_t wall_ms)
{
    char text[MESSAGE_TIME_SIZE];
    message_time(text, wall_ms);
    put_text(j, to, key, wall_ms ? text : NULL);
}

static double places(double x, double power_of_ten)
{
    return round(x * power_of_ten) / power_of_ten;
}

static double known_hz(double hz)
{
    return hz > 0 ? round(hz) : NAN;
}

void message_topic(char ret_topic[MESSAGE_TOPIC_SIZE], const char *prefix, const char *node,
                   const char *source, const char *leaf)
{
    snprintf(ret_topic, MESSAGE_TOPIC_SIZE, "%s/%s/%s%s%s", prefix, node, source ? source : "",
             source ? "/" : "", leaf);
}

void message_time(char ret_text[MESSAGE_TIME_SIZE], int64_t wall_ms)
{
    int64_t ms = wall_ms % 1000;
    if (ms < 0)
        ms += 1000;
    time_t s = (time_t)((wall_ms - ms) / 1000);
    struct tm tm;
    char date[64] = "";
    if (gmtime_r(&s, &tm) && tm.tm_year >= -1900 && tm.tm_year < 8100)
        strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(ret_text, MESSAGE_TIME_SIZE, "%.19s.%03dZ", date, (int)ms);
}

static void put_scores(struct json *j, const struct event *e)
{
    cJSON *scores = cJSON_CreateObject();
    for (int i = 0; scores && i < e->n_labels; i++)
        put_number(j, scores, e->label_name[i], places((double)e->scores[i], 1e4));
    add(j, j->root, "scores", scores);
}

char *message_event(const struct event *e, bool replayed, int64_t age_ms)
{
    struct json j = begin("earshot.event/1");
    cJSON *o = j.root;
    put_text(&j, o, "event_type", event_type_name(e->type));
    put_text(&j, o, "id", e->id);
    put_number(&j, o, "seq", (double)e->seq);
    put_text(&j, o, "node", e->node);
    put_text(&j, o, "source", e->source);
    put_time(&j, o, "time", e->time_ms);
    put_time(&j, o, "started", e->started_ms);
    put_time(&j, o, "ended", e->ended_ms);
    put_number(&j, o, "duration_ms", (double)e->duration_ms);
    put_text(&j, o, "end_reason", event_end_name(e->end_reason));
    bool labelled = e->label >= 0 && e->label < e->n_labels;
    put_text(&j, o, "label", labelled ? e->label_name[e->label] : NULL);
    put_number(&j, o, "score", places((double)e->score, 1e4));
    put_number(&j, o, "peak", places((double)e->peak, 1e4));
    put_number(&j, o, "threshold", places((double)e->threshold, 1e4));
    put_text(&j, o, "sensitivity", e->sensitivity);
    put_scores(&j, e);
    put_number(&j, o, "dbfs", places(e->dbfs, 10));
    put_number(&j, o, "latency_ms", e->latency_ms < 0 ? NAN : places(e->latency_ms, 10));
    put_text(&j, o, "model", e->model);
    put_text(&j, o, "clock", e->clock_synced ? "synced" : "unsynced");
    put_text(&j, o, "boot_id", e->boot_id);
    put_bool(&j, o, "replayed", replayed);
    put_number(&j, o, "age_ms", age_ms < 0 ? NAN : (double)age_ms);
    put_number(&j, o, "suppressed", e->suppressed);
    put_bool(&j, o, "test", e->test);
    return finish(&j);
}

char *message_source(const struct message_source *s)
{
    struct json j = begin("earshot.source/1");
    cJSON *o = j.root;
    put_text(&j, o, "state", s->state);
    put_text(&j, o, "reason", s->reason);
    put_time(&j, o, "since", s->since_ms);
    put_text(&j, o, "kind", s->kind);
    put_number(&j, o, "dbfs", places(s->dbfs, 10));
    put_number(&j, o, "clipping", places(s->clipping, 1e4));
    put_number(&j, o, "bandwidth_hz", known_hz(s->bandwidth_hz));
    put_number(&j, o, "rate_hz", known_hz(s->rate_hz));
    put_number(&j, o, "restarts", (double)s->restarts);
    put_number(&j, o, "xruns", (double)s->xruns);
    put_number(&j, o, "dropped_windows", (double)s->dropped_windows);
    put_time(&j, o, "time", s->time_ms);
    return finish(&j);
}

static void put_list(struct json *j, cJSON *to, const char *key, const char *const *item, int n)
{
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < n; i++) {
        cJSON *one = make_text(item[i]);
        if (one && cJSON_AddItemToArray(list, one))
            continue;
        cJSON_Delete(one);
        j->failed = true;
    }
    add(j, to, key, list);
}

static void put_model(struct json *j, const struct message_node *n)
{
    if (!n->model_name) {
        add(j, j->root, "model", cJSON_CreateNull());
        return;
    }
    cJSON *m = cJSON_CreateObject();
    put_text(j, m, "name", n->model_name);
    put_text(j, m, "version", n->model_version);
    put_text(j, m, "sha256", n->model_sha256);
    put_list(j, m, "labels", n->label, n->n_labels);
    add(j, j->root, "model", m);
}

static void put_config(struct json *j, const struct message_node *n)
{
    cJSON *c = cJSON_CreateObject();
    put_text(j, c, "sha256", n->config_sha256);
    put_list(j, c, "files", n->file, n->n_files);
    put_time(j, c, "loaded", n->config_loaded_ms);
    put_bool(j, c, "last_reload_ok", n->last_reload_ok);
    put_text(j, c, "error", n->config_error);
    add(j, j->root, "config", c);
}

char *message_node(const struct message_node *n)
{
    struct json j = begin("earshot.node/1");
    cJSON *o = j.root;
    put_text(&j, o, "status", n->status);
    put_text(&j, o, "reason", n->reason);
    put_bool(&j, o, "audio_kept", false);
    put_text(&j, o, "version", n->version);
    put_text(&j, o, "boot_id", n->boot_id);
    put_time(&j, o, "started", n->started_ms);
    put_model(&j, n);
    put_text(&j, o, "kernel", n->kernel);
    put_config(&j, n);
    cJSON *sources = cJSON_CreateObject();
    for (int i = 0; sources && i < n->n_sources; i++)
        put_text(&j, sources, n->source[i].name, n->source[i].state);
    add(&j, o, "sources", sources);
    put_text(&j, o, "clock", n->clock_synced ? "synced" : "unsynced");
    return finish(&j);
}

char *message_health(const struct message_health *h)
{
    struct json j = begin("earshot.health/1");
    cJSON *o = j.root;
    put_number(&j, o, "time_ms", (double)h->time_ms);
    put_number(&j, o, "uptime_s", round(h->uptime_s));
    put_number(&j, o, "cpu_percent", places(h->cpu_percent, 100));
    put_number(&j, o, "rss_bytes", (double)h->rss_bytes);
    put_number(&j, o, "windows", (double)h->windows);
    put_number(&j, o, "dropped_windows", (double)h->dropped_windows);
    put_number(&j, o, "queue", (double)h->queue);
    put_number(&j, o, "latency_p50_ms", places(h->latency_p50_ms, 10));
    put_number(&j, o, "latency_p99_ms", places(h->latency_p99_ms, 10));
    put_number(&j, o, "latency_max_ms", places(h->latency_max_ms, 10));
    put_number(&j, o, "outbox_unsent", (double)h->outbox_unsent);
    put_number(&j, o, "outbox_oldest_s", (double)h->outbox_oldest_s);
    put_number(&j, o, "outbox_bytes", (double)h->outbox_bytes);
    put_number(&j, o, "outbox_lost", (double)h->outbox_lost);
    put_number(&j, o, "broker_connects", (double)h->broker_connects);
    put_number(&j, o, "sources", (double)h->sources);
    put_number(&j, o, "sources_online", (double)h->sources_online);
    if (!isnan(h->temperature_c))
        put_number(&j, o, "temperature_c", places(h->temperature_c, 10));
    return finish(&j);
}

char *message_source_health(const struct message_source_health *h)
{
    struct json j = begin(NULL);
    cJSON *o = j.root;
    put_number(&j, o, "time_ms", (double)h->time_ms);
    put_number(&j, o, "dbfs", h->dbfs > -120 ? places(h->dbfs, 10) : -120);
    put_number(&j, o, "clipping", places(h->clipping, 1e4));
    put_number(&j, o, "windows", (double)h->windows);
    put_number(&j, o, "dropped_windows", (double)h->dropped_windows);
    put_number(&j, o, "restarts", (double)h->restarts);
    put_number(&j, o, "xruns", (double)h->xruns);
    put_number(&j, o, "near_misses", (double)h->near_misses);
    put_number(&j, o, "events", (double)h->events);
    return finish(&j);
}

char *message_near_miss(const struct near_miss *m, const char *label)
{
    struct json j = begin("earshot.near_miss/1");
    bool gate = m->cause == NEAR_GATE_DBFS;
    put_time(&j, j.root, "time", m->time_ms);
    put_text(&j, j.root, "source", m->source);
    put_text(&j, j.root, "kept_back_by", near_cause_name(m->cause));
    put_text(&j, j.root, "label", label);
    put_number(&j, j.root, "peak", gate ? NAN : places((double)m->peak, 1e4));
    put_number(&j, j.root, "threshold", gate ? NAN : places((double)m->threshold, 1e4));
    put_number(&j, j.root, "windows", gate ? NAN : m->windows);
    put_number(&j, j.root, "windows_over", gate ? NAN : m->over);
    put_number(&j, j.root, "dbfs", places(m->dbfs, 10));
    put_number(&j, j.root, "gate_dbfs", gate ? m->limit : NAN);
    return finish(&j);
}

char *message_delivery(bool connected, bool refused, uint64_t unsent, const char *text, const char *store_text)
{
    struct json j = begin("earshot.delivery/1");
    put_bool(&j, j.root, "connected", connected);
    put_bool(&j, j.root, "refused", refused);
    put_number(&j, j.root, "unsent", (double)unsent);
    put_text(&j, j.root, "text", text);
    put_text(&j, j.root, "store", store_text);
    return finish(&j);
}

char *message_ear(const char *state, const char *reason, const char *text, double tried_s, double retry_s)
{
    struct json j = begin("earshot.ear/1");
    put_text(&j, j.root, "state", state);
    put_text(&j, j.root, "reason", reason);
    put_text(&j, j.root, "text", text);
    put_number(&j, j.root, "tried_s", places(tried_s, 1000));
    put_number(&j, j.root, "retry_s", places(retry_s, 1000));
    return finish(&j);
}

char *message_window(int64_t time_ms, double dbfs, float speech, int n_labels, const char (*label)[64], const float *p)
{
    struct json j = begin("earshot.scores/1");
    cJSON *scores = cJSON_CreateObject();
    put_time(&j, j.root, "time", time_ms);
    put_number(&j, j.root, "dbfs", places(dbfs, 10));
    put_number(&j, j.root, "speech", places((double)speech, 1e4));
    for (int i = 0; scores && i < n_labels; i++)
        put_number(&j, scores, label[i], places((double)p[i], 1e4));
    add(&j, j.root, "scores", scores);
    return finish(&j);
}

/* Labels are [a-z0-9_], so nothing needs an escape. */
void message_scores(char ret[MESSAGE_SCORES_SIZE], int64_t time_ms, int64_t boot_ns, double dbfs, float speech, int n_labels,
                    const char (*label)[64], const float *p)
{
    size_t n = (size_t)snprintf(ret, MESSAGE_SCORES_SIZE,
                                "{\"time_ms\": %lld, \"boot_ms\": %lld, \"dbfs\": %.1f, \"speech\": %.4f, \"scores\": {",
                                (long long)time_ms, (long long)(boot_ns / 1000000), fmax(dbfs, -120), (double)speech);
    for (int i = 0; i < n_labels && n < MESSAGE_SCORES_SIZE - 96; i++)
        n += (size_t)snprintf(ret + n, MESSAGE_SCORES_SIZE - n, "%s\"%.63s\": %.6f", i ? ", " : "", label[i],
                              (double)p[i]);
    snprintf(ret + n, MESSAGE_SCORES_SIZE - n, "}}\n");
}
