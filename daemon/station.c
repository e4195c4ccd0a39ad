#include "daemon/station.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/mfcc.h"
#include "config/schedule.h"
#include "daemon/decide.h"
#include "daemon/remedy.h"

enum {
    GRACE_MS = 1000, /* a window may be this late before its absence ends an event */
    TEST_MS = 2000,
    SCORES_MS = 500, /* from one publication to the next */
    RING_BLOCKS = 256, /* 5 s */
};

struct station {
    const struct station_house *house;
    const struct settings_source *settings;
    struct capture *capture; /* NULL: disabled */
    bool credential;         /* systemd gave its password */
    int place;               /* in the front; -1: disabled */
    struct front_status front;
    struct decide decide;
    struct event_track track;
    struct near_track near;
    struct schedule mute[SETTINGS_MAX_LIST];
    struct schedule at[SETTINGS_MAX_SPANS]; /* of thresholds_at */
    int span;                               /* of these, in force; -1: none */
    int64_t muted_until_ns;
    bool muted;
    uint32_t epoch;
    uint64_t windows, events;
    int64_t test_until_ns; /* 0: no test alarm */
    int64_t scores_ns;     /* when they were last published */
    struct message_source said;
    int64_t since_ns, boot_to_wall_ns; /* of that: since when in boot time, and the clock it was told by */
};

/* ---- settings ---- */

static void name_sensitivity(const struct sensitivity *s, char *ret, size_t size)
{
    static const char *const words[] = {"low", "medium", "high"};
    char budget[SCALAR_TEXT_SIZE];
    if (s->level == SENSITIVITY_BUDGET)
        scalar_write_rate(&s->budget, budget);
    snprintf(ret, size, "%.31s", s->level == SENSITIVITY_BUDGET ? budget : words[s->level]);
}

static void read_mutes(const struct settings_source *s, struct schedule *ret)
{
    for (size_t i = 0; i < s->mute.n; i++) /* config/ has checked them */
        (void)schedule_read(s->mute.item[i], &ret[i], NULL);
}

static void read_spans(const struct settings_source *s, struct schedule *ret)
{
    for (size_t i = 0; i < s->thresholds_at.n; i++)
        (void)schedule_read(s->thresholds_at.item[i].span, &ret[i], NULL);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* A span begins or ends: other thresholds, from the next window on. An open event goes on. */
static void keep_to_schedule(struct station *s)
{
    int span = schedule_at(s->at, s->settings->thresholds_at.n, time(NULL));
    if (span == s->span)
        return;
    s->span = span;
    (void)decide_params_at(s->settings, s->house->model, span, &s->decide.params, NULL);
    memcpy(s->track.threshold, s->decide.params.start, sizeof(s->track.threshold));
    log_say(s->house->log, LOG_LEVEL_INFO, s->settings->name, "thresholds as %s%s",
            span < 0 ? "always" : "of ", span < 0 ? "" : s->settings->thresholds_at.item[span].span);
}

/* ---- events ---- */

static struct event_now moment(const struct station *s, int64_t at_ns, const float *p)
{
    int64_t now_ns = clock_boot_ns();
    return (struct event_now){
        .boot_ns = at_ns,
        .wall_ms = (clock_wall_ns() - (now_ns - at_ns)) / 1000000,
        .p = p,
        .dbfs = s->capture ? s->front.dbfs : -INFINITY,
        .latency_ms = p ? (double)(now_ns - at_ns) / 1e6 : -1,
        .clock_synced = s->house->clock_synced,
        .suppressed = s->decide.suppressed,
    };
}

static void say(struct station *s, const struct event *e)
{
    (void)decide_take_suppressed(&s->decide);
    report_event(s->house->report, e);
}

/* What is open ends; decide goes its own way. */
static void say_end(struct station *s, enum event_end why, int64_t now_ns)
{
    struct event e;
    struct event_now now = moment(s, now_ns, NULL);
    int64_t ended_ns = s->test_until_ns ? now_ns : s->decide.last_over_ns;
    s->test_until_ns = 0;
    event_end(s->house->events, &s->track, why, ended_ns, &now, &e);
    say(s, &e);
}

static void end_event(struct station *s, enum event_end why, int64_t now_ns)
{
    (void)decide_close(&s->decide);
    if (s->track.open)
        say_end(s, why, now_ns);
}

/* What may change while the source stays open. An event that is open ends when it would not
 * be judged by the same rules any more: asked once, or a span could begin between two looks. */
static void take_settings(struct station *s, const struct settings_source *now)
{
    struct decide_params p;
    s->settings = now;
    read_mutes(now, s->mute);
    read_spans(now, s->at);
    s->span = schedule_at(s->at, now->thresholds_at.n, time(NULL));
    (void)decide_params_at(now, s->house->model, s->span, &p, NULL);
    if (memcmp(&p, &s->decide.params, sizeof(p))) {
        end_event(s, END_RELOAD, clock_boot_ns());
        decide_init(&s->decide, &p);
    }
    snprintf(s->track.source, sizeof(s->track.source), "%s", now->name);
    name_sensitivity(&now->sensitivity, s->track.sensitivity, sizeof(s->track.sensitivity));
    memcpy(s->track.threshold, p.start, sizeof(s->track.threshold));
}

static void start_event(struct station *s, int label, const struct event_now *now)
{
    struct event e;
    if (s->track.open) /* a test alarm gives way; decide has just opened the real one */
        say_end(s, END_QUIET, now->boot_ns);
    s->events++;
    event_start(s->house->events, &s->track, label, now, &e);
    say(s, &e);
}

static void remember_near_miss(struct station *s, struct near_miss *m)
{
    snprintf(m->source, sizeof(m->source), "%s", s->settings->name);
    near_add(s->house->near, m);
}

static void look_for_near_miss(struct station *s, enum decide_verdict v, const struct event_now *now)
{
    struct near_miss m;
    struct near_window w = {now->p, now->wall_ms, now->dbfs, v != DECIDE_NOTHING, s->decide.kept_back,
                            s->muted};
    if (near_feed(&s->near, &s->decide.params, &w, &m))
        remember_near_miss(s, &m);
}

static void tell_scores(struct station *s, const struct pool_result *r, const struct event_now *now)
{
    char line[MESSAGE_SCORES_SIZE];
    const struct model *m = s->house->model;
    if (s->settings->scores && now->boot_ns - s->scores_ns >= SCORES_MS * 1000000LL) {
        s->scores_ns = now->boot_ns;
        report_scores(s->house->report, s->settings->name,
                      message_window(now->wall_ms, now->dbfs, r->scores.speech, m->n_labels, m->label, r->scores.p));
    }
    if (!local_wanted(s->house->local, s->settings->name))
        return;
    message_scores(line, now->wall_ms, now->boot_ns, now->dbfs, r->scores.speech, m->n_labels, m->label, r->scores.p);
    local_tell(s->house->local, s->settings->name, line);
}

void station_result(struct station *s, const struct pool_result *r)
{
    int64_t at_ns = r->submitted_ns; /* when the last sample of the window arrived */
    s->windows++;
    if (r->epoch != s->epoch)
        decide_gap(&s->decide);
    s->epoch = r->epoch;
    int label = -1;
    enum decide_verdict v = DECIDE_NOTHING;
    if (!s->muted)
        v = decide_feed(&s->decide, r->scores.p, at_ns, &label);
    struct event_now now = moment(s, at_ns, r->scores.p);
    struct event e;
    tell_scores(s, r, &now);
    look_for_near_miss(s, v, &now);
    if (s->muted)
        return;
    if (v == DECIDE_START)
        start_event(s, label, &now);
    else if (v == DECIDE_MORE && event_more(s->house->events, &s->track, label, &now, &e))
        say(s, &e);
    else if (v == DECIDE_END) {
        event_end(s->house->events, &s->track, END_QUIET, s->decide.last_over_ns, &now, &e);
        say(s, &e);
    }
    health_latency(s->house->health, now.latency_ms);
}

/* One that this source is listened to for. */
static int enabled_label(const struct station *s)
{
    int label = 0;
    while (label < s->house->model->n_labels - 1 && s->track.threshold[label] > 1)
        label++;
    return label;
}

int station_test_alarm(struct station *s, char ret_id[EVENT_ID_SIZE])
{
    if (s->track.open)
        return -EBUSY;
    float p[MODEL_MAX_LABELS] = {0};
    int label = enabled_label(s);
    int64_t now_ns = clock_boot_ns();
    struct event_now now = moment(s, now_ns, p);
    p[label] = 1;
    now.test = true;
    start_event(s, label, &now);
    s->test_until_ns = now_ns + TEST_MS * 1000000LL;
    memcpy(ret_id, s->track.last.id, EVENT_ID_SIZE);
    return 0;
}

/* ---- life ---- */

static int open_capture(struct station *s, const struct settings *all, struct reason *why)
{
    const struct settings_source *set = s->settings;
    char *password = NULL;
    int r = set->password_file ? settings_secret(all, set->password_file, &password, why) : 0;
    if (r < 0)
        return r;
    s->credential = settings_is_credential(all, set->password_file);
    struct capture_params cp = {.url = set->url,
                                .username = set->username,
                                .password = password,
                                .paced = true,
                                .reopen = true,
                                .ring_blocks = RING_BLOCKS,
                                .wake_fd = front_wake_fd(s->house->front)};
    r = capture_start(&cp, &s->capture, why);
    secret_free(password);
    if (r < 0)
        return r;
    struct front_source fs = {s->capture, set->gate_dbfs, (int)set->hop};
    s->place = front_add(s->house->front, &fs);
    return s->place >= 0 ? 0 : reason_set(why, -s->place, "no room for one more source");
}

int station_open(const struct station_house *h, const struct settings *all,
                 const struct settings_source *set, struct station **ret, struct reason *why)
{
    struct station *s = calloc(1, sizeof(*s));
    if (!s)
        return reason_set(why, ENOMEM, "source \"%s\": no memory", set->name);
    s->house = h;
    s->place = -1;
    s->front.dbfs = -INFINITY;
    take_settings(s, set);
    int r = set->enabled ? open_capture(s, all, why) : 0;
    if (r < 0) {
        station_close(s, END_NONE);
        return reason_prefix(why, r, "source \"%s\"", set->name);
    }
    report_hostile(h->report, set->name, false);
    station_tick(s, clock_boot_ns());
    *ret = s;
    return 0;
}

void station_leave(struct station *s, enum event_end why)
{
    if (s->place >= 0)
        front_remove(s->house->front, s->place);
    s->place = -1;
    if (why != END_NONE)
        end_event(s, why, clock_boot_ns());
    capture_ask_stop(s->capture);
}

void station_close(struct station *s, enum event_end why)
{
    if (!s)
        return;
    station_leave(s, why);
    capture_stop(s->capture);
    free(s);
}

bool station_password_differs(const struct station *s, const struct settings *all,
                              const struct settings_source *now)
{
    char *password = NULL;
    if (!s->capture || !now->password_file || settings_secret(all, now->password_file, &password, NULL) < 0)
        return false;
    bool differs = !capture_knows(s->capture, password);
    secret_free(password);
    return differs;
}

void station_apply(struct station *s, const struct settings_source *now)
{
    take_settings(s, now);
    if (s->place >= 0)
        front_set_gate(s->house->front, s->place, now->gate_dbfs);
}

const char *station_name(const struct station *s)
{
    return s->settings->name;
}

int station_stream(const struct station *s)
{
    return s->place >= 0 ? front_stream(s->house->front, s->place) : -1;
}

void station_mute(struct station *s, int64_t until_ns)
{
    s->muted_until_ns = until_ns;
    station_tick(s, clock_boot_ns());
}

int64_t station_muted_until(const struct station *s)
{
    return s->muted_until_ns;
}

/* ---- state ---- */

static bool is_mute_time(const struct station *s, int64_t now_ns)
{
    if (s->muted_until_ns > now_ns)
        return true;
    return schedule_at(s->mute, s->settings->mute.n, time(NULL)) >= 0;
}

static uint64_t dropped_windows(const struct station *s)
{
    if (!s->capture)
        return 0;
    uint64_t samples_a_token = (uint64_t)s->house->model->books.frames * MFCC_HOP;
    uint64_t lost_tokens = ring_dropped(capture_ring(s->capture)) * RING_BLOCK / samples_a_token;
    return (s->front.shed_tokens + lost_tokens) / (uint64_t)s->settings->hop;
}

/* All but `since`. */
static struct message_source describe(const struct station *s)
{
    const struct front_status *f = &s->front;
    struct message_source m = {
        .state = "disabled",
        .kind = source_kind(s->settings->url),
        .dbfs = f->dbfs,
        .time_ms = clock_wall_ns() / 1000000,
    };
    if (!s->capture)
        return m;
    m.state = ear_state_name(f->state);
    m.reason = f->reason;
    if (s->muted && f->state != EAR_OFFLINE)
        m.state = "muted";
    m.clipping = f->clipping;
    m.bandwidth_hz = f->bandwidth_hz;
    m.rate_hz = f->capture.rate_hz;
    m.restarts = f->capture.restarts;
    m.xruns = f->capture.xruns;
    m.dropped_windows = dropped_windows(s);
    return m;
}

static void log_state(const struct station *s, const struct message_source *m)
{
    bool well = !s->capture || s->muted || s->front.state == EAR_ONLINE;
    const char *detail = s->front.state == EAR_OFFLINE ? s->front.capture.text : "";
    const char *remedy = *detail && m->reason ? remedy_source(m->kind, m->reason, s->credential) : "";
    if (s->capture && s->front.state == EAR_STARTING)
        return;
    log_say(s->house->log, well ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, s->settings->name,
            "%s%s%s%s%s%s%s", m->state, m->reason ? ": " : "", m->reason ? m->reason : "",
            *detail ? ": " : "", detail, *remedy ? "; " : "", remedy);
}

/* The retained state is said when it is another one, or its times are, because somebody has set
 * the clock; levels alone are health. */
static void say_state(struct station *s, int64_t now_ns)
{
    struct message_source m = describe(s);
    bool other = !same(m.state, s->said.state) || !same(m.reason, s->said.reason);
    if (!other && m.restarts == s->said.restarts && m.xruns == s->said.xruns &&
        m.rate_hz == s->said.rate_hz && s->boot_to_wall_ns == s->house->boot_to_wall_ns)
        return;
    s->boot_to_wall_ns = s->house->boot_to_wall_ns;
    if (s->capture && !same(m.state, "muted"))
        s->since_ns = s->front.since_ns;
    else if (other) /* not since the ear's last change */
        s->since_ns = now_ns;
    m.since_ms = (s->since_ns + s->boot_to_wall_ns) / 1000000;
    if (other) {
        log_state(s, &m);
        event_source_changed(&s->track);
    }
    s->said = m;
    report_source(s->house->report, s->settings->name, &m);
}

void station_tick(struct station *s, int64_t now_ns)
{
    if (s->capture)
        front_status(s->house->front, s->place, &s->front);
    struct near_miss m;
    bool behind_gate = s->capture && s->front.quiet && s->front.state == EAR_ONLINE;
    struct near_level level = {behind_gate, s->front.dbfs, s->settings->gate_dbfs, now_ns, clock_wall_ns() / 1000000};
    if (near_listen(&s->near, &level, &m))
        remember_near_miss(s, &m);
    s->muted = is_mute_time(s, now_ns);
    keep_to_schedule(s);
    if (s->test_until_ns) {
        if (now_ns >= s->test_until_ns)
            say_end(s, END_QUIET, now_ns); /* decide knows nothing of it */
    } else if (s->muted)
        end_event(s, END_MUTED, now_ns);
    else if (s->front.state == EAR_OFFLINE && s->front.capture.phase != CAPTURE_RUNNING)
        /* an ear that hears again is called online after a second, but may be right before */
        end_event(s, END_SOURCE_LOST, now_ns);
    else if (decide_tick(&s->decide, now_ns - GRACE_MS * 1000000LL) == DECIDE_END)
        end_event(s, END_QUIET, now_ns);
    say_state(s, now_ns);
}

void station_figures(const struct station *s, struct station_figures *ret)
{
    *ret = (struct station_figures){
        .name = s->settings->name,
        .state = s->said.state,
        .reason = s->said.reason,
        .text = s->front.capture.text,
        .tried_ns = s->front.capture.tried_ns,
        .retry_ns = s->front.capture.retry_ns,
        .enabled = s->capture != NULL,
        .online = s->capture && s->front.state != EAR_OFFLINE && s->front.state != EAR_STARTING,
        .testing = s->test_until_ns != 0,
        .dbfs = s->capture ? s->front.dbfs : -INFINITY,
        .clipping = s->front.clipping,
        .windows = s->windows,
        .dropped_windows = dropped_windows(s),
        .restarts = s->front.capture.restarts,
        .xruns = s->front.capture.xruns,
        .near_misses = s->decide.near_misses,
        .events = s->events,
        .samples = s->front.samples,
        .waits = !s->capture || s->front.capture.phase != CAPTURE_RUNNING,
    };
}
