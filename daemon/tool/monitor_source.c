/* A source of our own: the daemon's path on one screen, without a broker. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sysexits.h>
#include <unistd.h>

#include "audio/capture.h"
#include "audio/ear.h"
#include "daemon/hear.h"
#include "daemon/remedy.h"
#include "daemon/tool/json.h"
#include "daemon/tool/monitor.h"
#include "daemon/tool/rules.h"
#include "infer/pool.h"

struct own {
    const struct model *model;
    struct rules rules;
    const char *kind;
    struct capture *capture;
    struct hear *hear;
    struct pool *pool;
    int stream, wake_fd;
    uint64_t changes; /* of the capture, as last shown */
    double power;     /* of the sound since the last draw, smoothed */
    struct decide decide;
    struct event_log log;
    struct event_track track;
};

static void own_close(void *state)
{
    struct own *o = state;
    if (!o)
        return;
    capture_stop(o->capture);
    pool_stop(o->pool);
    hear_free(o->hear);
    model_close(o->model);
    if (o->wake_fd >= 0)
        close(o->wake_fd);
    free(o);
}

static void restart(void *context)
{
    struct own *o = context;
    pool_reset(o->pool, o->stream);
    decide_gap(&o->decide);
}

static void token(void *context, const struct hear_token *t)
{
    struct own *o = context;
    pool_submit(o->pool, o->stream, t->ids, 1, t->end_ns);
}

static void say_event(struct own *o, const struct event *e, struct view *v, bool json)
{
    char what[VIEW_TEXT];
    snprintf(what, sizeof(what), "%-6s %s %.2f  %.1f s", event_type_name(e->type),
             e->label_name[e->label], (double)e->peak, (double)e->duration_ms / 1e3);
    view_event(v, "", o->track.source, what);
    if (json) {
        printf("{\"event_type\": \"%s\", \"label\": ", event_type_name(e->type));
        json_string(stdout, e->label_name[e->label]);
        printf(", \"peak\": ");
        json_number(stdout, (double)e->peak, 4);
        printf(", \"duration_ms\": %lld}\n", (long long)e->duration_ms);
    } else if (!v->screen) {
        printf("%s\n", v->event[v->n_events - 1]);
    }
}

static void judge(struct own *o, const struct pool_result *r, struct view *v, bool json)
{
    const float *p = r ? r->scores.p : NULL;
    int64_t now_ns = r ? r->submitted_ns : clock_boot_ns();
    struct event_now now = {now_ns, clock_wall_ns() / 1000000, p, 10 * log10(o->power), -1, true, 0};
    struct event e;
    int label = -1;
    enum decide_verdict verdict =
        r ? decide_feed(&o->decide, p, now_ns, &label) : decide_tick(&o->decide, now_ns);
    if (verdict == DECIDE_START) {
        event_start(&o->log, &o->track, label, &now, &e);
        say_event(o, &e, v, json);
    } else if (verdict == DECIDE_MORE && r) {
        if (event_more(&o->log, &o->track, label, &now, &e))
            say_event(o, &e, v, json);
    } else if (verdict == DECIDE_END) {
        event_end(&o->log, &o->track, END_QUIET, o->decide.last_over_ns, &now, &e);
        say_event(o, &e, v, json);
    }
}

static void show_window(struct own *o, const struct pool_result *r, struct view_source *s, bool json)
{
    s->n_labels = 0;
    for (int i = 0; i < o->model->n_labels; i++)
        view_score(s, o->model->label[i], r->scores.p[i]);
    s->hostile = o->track.open;
    s->near_misses = (long)o->decide.near_misses;
    if (!json)
        return;
    printf("{\"dbfs\": ");
    json_number(stdout, s->dbfs, 1);
    printf(", \"speech\": ");
    json_number(stdout, (double)r->scores.speech, 4);
    printf(", \"scores\": ");
    json_scores(stdout, o->model->n_labels, o->model->label, r->scores.p);
    printf("}\n");
}

static int show_capture(struct own *o, struct view *v, struct view_source *s, bool json)
{
    static const char *const phase[] = {"opening", "online", "waiting", "ended"};
    struct capture_status st;
    capture_status(o->capture, &st);
    if (st.changes != o->changes) {
        o->changes = st.changes;
        view_state(s, phase[st.phase]);
        if (st.reason && strcmp(st.reason, "ended") != 0) {
            view_event(v, "", s->name, st.text);
            const char *remedy = remedy_url(o->kind, st.reason);
            snprintf(v->last_words, sizeof(v->last_words), "%.380s%s%s", st.text, *remedy ? "; " : "", remedy);
        }
    }
    if (st.phase != CAPTURE_ENDED)
        return 0;
    bool fine = !st.reason || strcmp(st.reason, "ended") == 0;
    return fine ? 1 : strcmp(st.reason, "no_file") == 0 ? -ENOENT : -ENODEV;
}

static void end_open_event(struct own *o, struct view *v, bool json)
{
    struct event_now now = {.boot_ns = clock_boot_ns(), .dbfs = -INFINITY, .latency_ms = -1};
    struct event e;
    if (!decide_close(&o->decide))
        return;
    event_end(&o->log, &o->track, END_SOURCE_LOST, o->decide.last_over_ns, &now, &e);
    say_event(o, &e, v, json);
}

static int own_turn(void *state, struct view *v, bool json)
{
    struct own *o = state;
    struct view_source *s = view_find(v, "", o->track.source);
    struct ring_block b;
    struct pool_result r;
    uint64_t count;
    if (read(o->wake_fd, &count, sizeof(count)) < 0)
        count = 0; /* woken by the timer: look all the same */
    int ended = show_capture(o, v, s, json); /* before the ring: its last block is not missed */
    while (ring_pop(capture_ring(o->capture), &b)) {
        double dbfs = ear_dbfs(b.samples, b.n);
        o->power = 0.9 * o->power + 0.1 * pow(10, dbfs / 10);
        s->dbfs = 10 * log10(o->power);
        hear_feed(o->hear, &b);
    }
    if (ended)
        pool_drain(o->pool);
    while (pool_take(o->pool, &r)) {
        judge(o, &r, v, json);
        show_window(o, &r, s, json);
    }
    judge(o, NULL, v, json);
    if (ended)
        end_open_event(o, v, json);
    s->hostile = o->track.open;
    fflush(stdout);
    v->changed = true;
    return ended;
}

static int start(struct own *o, const char *url, struct reason *why)
{
    struct pool_params pp = {.model = o->model, .workers = 1, .max_streams = 1, .wake_fd = o->wake_fd};
    struct hear_params hp = {&o->model->books, o->rules.gate_dbfs, {restart, token, o}};
    struct capture_params cp = {.url = url, .paced = true, .reopen = false, .wake_fd = o->wake_fd};
    int err = hear_suits(o->model, why);
    if (err >= 0)
        err = pool_start(&pp, &o->pool, why);
    if (err < 0)
        return err;
    o->stream = pool_add(o->pool, o->rules.hop);
    if (o->stream < 0 || hear_new(&hp, &o->hear) < 0)
        return reason_set(why, ENOMEM, "out of memory");
    o->kind = source_kind(url); /* capture_start() refuses what has none */
    return capture_start(&cp, &o->capture, why);
}

int monitor_source_open(const struct tool_args *args, struct view *v, struct monitor_feed *ret)
{
    struct own *o = calloc(1, sizeof(*o));
    if (!o)
        return EX_OSERR;
    o->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    const struct kernel *kernel;
    int code = o->wake_fd < 0 ? EX_OSERR : tool_kernel("auto", &kernel);
    if (code == EX_OK)
        code = tool_model(args->value[MONITOR_MODEL], kernel, &o->model);
    if (code == EX_OK)
        code = rules_make(NULL, args->value[MONITOR_SENSITIVITY], args->value[MONITOR_HOP], o->model,
                          &o->rules);
    if (code == EX_OK) {
        struct reason why;
        const char *url = strcmp(args->word[0], "-") == 0 ? "pipe:-" : args->word[0];
        o->log = o->rules.log;
        o->track = o->rules.track;
        snprintf(o->track.source, sizeof(o->track.source), "%s", "source");
        decide_init(&o->decide, &o->rules.decide);
        view_title(v, url);
        int err = start(o, url, &why);
        if (err < 0)
            tool_complain("%s", why.text);
        code = err < 0 ? tool_exit(err) : EX_OK;
    }
    if (code != EX_OK) {
        own_close(o);
        return code;
    }
    *ret = (struct monitor_feed){o, o->wake_fd, own_turn, own_close};
    return EX_OK;
}
