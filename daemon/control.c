#include "daemon/control.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/check.h"
#include "daemon/command.h"
#include "daemon/hear.h"
#include "daemon/lastgood.h"
#include "daemon/mutes.h"
#include "daemon/notify.h"

static void name_restarts(struct control *c, const struct settings_diff *d)
{
    for (size_t i = 0; i < d->n_restart; i++)
        log_say(c->log, LOG_LEVEL_WARNING, NULL, "%s changed: that takes a restart", d->restart[i]);
}

int control_check(struct log *log, const struct settings *s, const struct model *m,
                  struct reason *why)
{
    struct check c;
    check_settings(s, m, true, &c);
    check_silence(s, &c);
    for (size_t i = 0; i < c.warnings.n; i++)
        log_say(log, LOG_LEVEL_WARNING, NULL, "%s", c.warnings.item[i].text);
    for (size_t i = 1; i < c.errors.n; i++)
        log_say(log, LOG_LEVEL_ERROR, NULL, "%s", c.errors.item[i].text);
    int r = c.errors.n ? reason_set(why, EINVAL, "%s", c.errors.item[0].text) : 0;
    check_done(&c);
    return r;
}

static void keep_mutes(struct control *c)
{
    struct reason why;
    if (mutes_keep(c->status->sources, &why) < 0)
        log_say(c->log, LOG_LEVEL_WARNING, NULL, "%s; a restart would end what is muted", why.text);
}

/* Another model waits for a restart, and would fail that. */
static int try_model(const struct control *c, const struct settings *now, struct reason *why)
{
    const struct model *m = NULL;
    const char *path = now->model.path, *runs = c->started->model.path;
    if (path == runs || (path && runs && !strcmp(path, runs)))
        return 0;
    int r = model_open(path ? path : EARSHOT_DATADIR "/hostile-en.gguf", NULL, &m, why);
    if (r >= 0)
        r = hear_suits(m, why);
    model_close(m);
    return r < 0 ? reason_prefix(why, r, "model.path") : 0;
}

static int take_settings(struct control *c, struct settings *now, struct reason *why)
{
    struct settings_diff diff;
    int r = try_model(c, now, why);
    if (r >= 0)
        r = control_check(c->log, now, c->status->model, why);
    if (r < 0)
        return r;
    (void)settings_diff(c->started, now, &diff); /* two reloads, one restart: still waiting */
    name_restarts(c, &diff);
    c->waits = diff.n_restart > 0;
    (void)settings_diff(c->settings, now, &diff);
    sources_reload(c->status->sources, c->settings, now, &diff);
    keep_mutes(c); /* a source that was taken out took its mute along */
    report_discovery(c->report, now);
    publisher_want_commands(c->status->publisher, now->mqtt.commands.n > 0);
    publisher_refresh(c->status->publisher);
    log_set_level(c->log, now->log_level);
    if (c->settings != c->started)
        settings_free(c->settings);
    c->settings = now;
    c->status->settings = now;
    c->status->config_loaded_ns = clock_boot_ns();
    return 0;
}

void control_keep(struct control *c)
{
    struct reason why;
    if (c->status->settings_current && !c->waits && lastgood_keep(c->settings, &why) < 0)
        log_say(c->log, LOG_LEVEL_WARNING, NULL, "%s; at a start with a wrong file these settings "
                "could not be used", why.text);
}

void control_done(struct control *c)
{
    if (c->settings != c->started)
        settings_free(c->started);
    settings_free(c->settings);
    c->settings = c->started = NULL;
}

void control_reload(struct control *c)
{
    struct settings *now = NULL;
    struct settings_errors errors = {0};
    struct reason why = {""};
    notify_reloading();
    int r = settings_load(c->config_path, &now, &errors);
    for (size_t i = 0; i < errors.n; i++)
        log_say(c->log, LOG_LEVEL_ERROR, NULL, "%s", errors.item[i].text);
    if (r < 0)
        reason_set(&why, EINVAL, "%s", errors.n ? errors.item[0].text : strerror(-r));
    else if ((r = take_settings(c, now, &why)) < 0) {
        log_say(c->log, LOG_LEVEL_ERROR, NULL, "%s", why.text);
        settings_free(now);
    }
    settings_errors_done(&errors);
    c->status->last_reload_ok = r >= 0;
    if (r >= 0) {
        c->status->settings_current = true;
        control_keep(c);
    }
    snprintf(c->status->config_error, sizeof(c->status->config_error), "%s", r < 0 ? why.text : "");
    log_say(c->log, r < 0 ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO, NULL, "%s",
            r < 0 ? "not reloaded: all goes on as before" : "reloaded");
    c->reloaded(c->ctx);
    notify_ready(r < 0 ? c->status->config_error : "reloaded");
}

/* The source that a command means, NULL: none of that name. */
static struct station *meant(struct sources *all, const struct command *order)
{
    if (order->kind == COMMAND_TEST_ALARM && !*order->source && sources_count(all))
        return sources_at(all, 0);
    return sources_find(all, order->source);
}

static void mute(struct control *c, struct station *st, int64_t for_ms)
{
    station_mute(st, for_ms ? clock_boot_ns() + for_ms * 1000000 : 0);
    keep_mutes(c);
}

/* NULL: done. Else why not. ret_event: of a test alarm. */
static const char *obey(struct control *c, const struct command *order, char ret_event[EVENT_ID_SIZE])
{
    struct status *status = c->status;
    struct station *st = status->sources ? meant(status->sources, order) : NULL;
    bool about_source = order->kind == COMMAND_MUTE || order->kind == COMMAND_UNMUTE ||
                        order->kind == COMMAND_TEST_ALARM;
    if (!status->sources)
        return "the daemon is starting";
    if (about_source && !st)
        return "no such source";
    switch (order->kind) {
    case COMMAND_RELOAD:
        control_reload(c);
        return status->last_reload_ok ? NULL : status->config_error;
    case COMMAND_SNAPSHOT:
        return NULL;
    case COMMAND_MUTE:
        mute(c, st, order->for_ms ? order->for_ms : COMMAND_MAX_FOR_MS);
        return NULL;
    case COMMAND_UNMUTE:
        mute(c, st, 0);
        return NULL;
    case COMMAND_TEST_ALARM:
        return station_test_alarm(st, ret_event) < 0 ? "an event is open" : NULL;
    case COMMAND_PURGE_DISCOVERY:
        report_purge_discovery(c->report);
        return NULL;
    }
    return "no such command";
}

/* Does what the command says; the answer, which the caller frees. */
static char *carry_out(struct control *c, const char *name, const char *payload,
                       const struct strings *allowed)
{
    struct command order = {0};
    struct reason why = {""};
    char event[EVENT_ID_SIZE] = "";
    const char *error = why.text;
    if (command_parse(name, payload, allowed, &order, &why) >= 0)
        error = obey(c, &order, event);
    bool with_state = !error && order.kind == COMMAND_SNAPSHOT;
    log_say(c->log, error ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO, NULL, "command %s%s%s: %s",
            order.name, *order.source ? " " : "", order.source, error ? error : "done");
    return command_answer(&order, error, *event ? event : NULL, with_state ? c->status->said : NULL);
}

static void take_command(struct control *c, const struct publisher_command *from)
{
    char *answer = carry_out(c, from->name, from->payload, &c->settings->mqtt.commands);
    if (answer)
        (void)publisher_post_response(c->status->publisher, from, answer);
    free(answer);
}

void control_take_commands(struct control *c)
{
    struct publisher_command from;
    while (publisher_take_command(c->status->publisher, &from))
        if (from.former)
            c->left(c->ctx, from.former - 1);
        else
            take_command(c, &from);
}

static void put(FILE *out, char *json)
{
    if (json)
        fprintf(out, "%s\n", json);
    free(json);
}

static void put_near_misses(const struct control *c, FILE *out)
{
    const struct near_miss *m;
    const struct model *model = c->status->model;
    for (size_t i = 0; (m = near_at(c->house->near, i)); i++)
        put(out, message_near_miss(m, m->label >= 0 && m->label < model->n_labels ? model->label[m->label] : NULL));
}

/* What is on its way to the store is unsent too, and so is the end of a test alarm. */
static void put_delivery(const struct control *c, FILE *out)
{
    struct publisher_stats p;
    struct station_figures f;
    publisher_stats(c->status->publisher, &p);
    uint64_t unsent = p.unsent + p.queued;
    for (size_t i = 0; i < sources_count(c->status->sources); i++) {
        station_figures(sources_at(c->status->sources, i), &f);
        unsent += f.testing;
    }
    put(out, message_delivery(p.connected, p.refused, unsent, p.text, p.store_text));
}

static void put_ear(const struct control *c, const char *source, FILE *out)
{
    struct station_figures f;
    const struct station *st = sources_find(c->status->sources, source);
    if (!st) {
        fputs("{\"ok\": false, \"error\": \"no such source\"}\n", out);
        return;
    }
    station_figures(st, &f);
    int64_t now_ns = clock_boot_ns();
    put(out, message_ear(f.state, f.reason, f.text, f.retry_ns ? (double)(now_ns - f.tried_ns) / 1e9 : NAN,
                         f.retry_ns ? fmax(0, (double)(f.retry_ns - now_ns) / 1e9) : NAN));
}

static bool begin_scores(const struct control *c, const char *source, FILE *out, char ret_topic[65])
{
    struct station_figures f;
    struct station *st = sources_find(c->status->sources, source);
    if (st)
        station_figures(st, &f);
    bool fine = st && f.enabled;
    fprintf(out, fine ? "{\"ok\": true}\n" : "{\"ok\": false, \"error\": \"%s\"}\n",
            st ? "the source is disabled" : "no such source");
    if (fine)
        snprintf(ret_topic, 65, "%s", f.name);
    return fine;
}

bool control_ask(void *control, const char *request, FILE *out, char ret_topic[65])
{
    struct control *c = control;
    char name[32];
    size_t n = strcspn(request, " ");
    const char *rest = request + n + (request[n] == ' ');
    snprintf(name, sizeof(name), "%.*s", n < sizeof(name) ? (int)n : 0, request);
    if (!c->status->sources)
        fputs("{\"ok\": false, \"error\": \"the daemon is starting\"}\n", out);
    else if (!strcmp(name, "near_misses"))
        put_near_misses(c, out);
    else if (!strcmp(name, "delivery"))
        put_delivery(c, out);
    else if (!strcmp(name, "ear"))
        put_ear(c, rest, out);
    else if (!strcmp(name, "scores"))
        return begin_scores(c, rest, out, ret_topic);
    else
        put(out, carry_out(c, name, rest, &command_all));
    return false;
}
