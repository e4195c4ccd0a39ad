/* The parts of the daemon that make scores of sound: model, pool, front, sources. */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/app_parts.h"
#include "daemon/hear.h"
#include "daemon/mutes.h"

static int model_exit(int err)
{
    return err == -ENOENT || err == -ENOTDIR || err == -ELOOP || err == -ENAMETOOLONG ? EX_NOINPUT
           : err == -EBADMSG                 ? EX_DATAERR
           : err == -EACCES || err == -EPERM ? EX_NOPERM
                                             : EX_OSERR;
}

static void describe_model(struct app *a)
{
    const struct model *m = a->status.model;
    snprintf(a->events.model, sizeof(a->events.model), "%s/%s+%.8s", m->name, m->version,
             m->sha256);
    a->events.n_labels = m->n_labels;
    for (int i = 0; i < m->n_labels; i++)
        snprintf(a->events.label_name[i], sizeof(a->events.label_name[i]), "%s", m->label[i]);
}

int app_start_model(struct app *a, struct reason *why)
{
    const char *path = a->control.settings->model.path;
    if (kernel_select(a->control.settings->model.kernel, &a->status.kernel, why) < 0) {
        reason_prefix(why, 0, "model.kernel");
        return EX_CONFIG;
    }
    int r = model_open(path ? path : EARSHOT_DATADIR "/hostile-en.gguf", a->status.kernel,
                       &a->status.model, why);
    if (r < 0) {
        struct reason what = *why;
        return model_exit(reason_set(why, -r, "%s; mend model.path, or install the package again", what.text));
    }
    if (hear_suits(a->status.model, why) < 0)
        return EX_DATAERR;
    describe_model(a);
    if (control_check(a->log, a->control.settings, a->status.model, why) < 0)
        return EX_CONFIG;
    log_say(a->log, LOG_LEVEL_INFO, NULL, "model %s, kernel %s", a->events.model,
            a->status.kernel->name);
    return 0;
}

void app_stop_model(struct app *a)
{
    model_close(a->status.model);
}

static void results_came(void *ctx)
{
    struct app *a = ctx;
    if (a->status.sources)
        sources_take_results(a->status.sources);
}

int app_start_pool(struct app *a, struct reason *why)
{
    struct pool_params p = {
        .model = a->status.model,
        .workers = a->control.settings->model.workers ? (int)a->control.settings->model.workers : pool_auto_workers(),
        .max_streams = SETTINGS_MAX_SOURCES,
    };
    p.wake_fd = app_wake_fd(a, results_came, why);
    int r = p.wake_fd >= 0 ? pool_start(&p, &a->status.pool, why) : -EMFILE;
    return r >= 0 ? 0 : EX_OSERR;
}

void app_stop_pool(struct app *a)
{
    pool_stop(a->status.pool);
    a->status.pool = NULL;
}

int app_start_front(struct app *a, struct reason *why)
{
    struct front_params p = {.model = a->status.model, .pool = a->status.pool};
    p.wake_fd = app_wake_fd(a, app_tick, why);
    if (p.wake_fd < 0)
        return EX_OSERR;
    int r = front_start(&p, &a->status.front, why);
    return r >= 0 ? 0 : EX_OSERR;
}

void app_stop_front(struct app *a)
{
    front_stop(a->status.front);
    a->status.front = NULL;
}

int app_start_sources(struct app *a, struct reason *why)
{
    a->house = (struct station_house){
        .model = a->status.model,
        .pool = a->status.pool,
        .front = a->status.front,
        .report = &a->report,
        .log = a->log,
        .events = &a->events,
        .health = &a->health,
        .near = &a->near,
        .clock_synced = a->status.clock_synced,
        .boot_to_wall_ns = a->status.boot_to_wall_ns,
    };
    int r = sources_start(&a->house, a->control.settings, &a->status.sources, why);
    if (r >= 0)
        mutes_restore(a->status.sources);
    return r >= 0 ? 0 : r == -EINVAL ? EX_CONFIG : EX_OSERR;
}

void app_stop_sources(struct app *a)
{
    sources_stop(a->status.sources, END_SHUTDOWN);
    a->status.sources = NULL;
}
