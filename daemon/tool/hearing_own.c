/* No daemon runs: the source is opened here, and goes the way of a recording in `scan`, in
 * its own time and opened again when it ends or fails. */
#include <poll.h>
#include <string.h>
#include <sysexits.h>

#include "audio/capture.h"
#include "daemon/tool/bar.h"
#include "daemon/tool/clips.h"
#include "daemon/tool/hearing.h"
#include "daemon/tool/sound.h"
#include "daemon/tool/tool.h"

enum { LOOK_MS = 1000 };

struct own {
    struct hearing *h;
    bool came, over; /* sound came at least once; nothing will */
    int64_t looked_ns;
};

static void *begin(void *context, const char *name)
{
    return context;
}

static void window(void *context, void *clip, const struct scores *scores, int64_t end_ns, bool fresh)
{
    struct own *o = context;
    if (fresh)
        curve_gap(&o->h->curve);
    curve_feed(&o->h->curve, scores->p, end_ns);
}

/* A source that cannot be opened at all is told at once, not after eight hours. */
static void state(void *context, void *clip, const struct capture_status *now)
{
    struct own *o = context;
    o->came |= now->phase == CAPTURE_RUNNING || !strcmp(now->reason ? now->reason : "", "ended");
    if (!now->reason || !strcmp(now->reason, "ended") || !strcmp(now->reason, "no_writer"))
        return;
    bar_hide(o->h->bar);
    tool_complain("calibrate: %s: %s%s", o->h->source->name, now->text, o->came ? "" : "; see `earshot doctor`");
    o->over = !o->came;
}

static bool go_on(void *context)
{
    struct own *o = context;
    struct pollfd end = {.fd = o->h->signals, .events = POLLIN};
    int64_t now_ns = clock_boot_ns();
    if (now_ns - o->looked_ns >= LOOK_MS * INT64_C(1000000)) {
        hearing_passed(o->h, now_ns, (double)(now_ns - o->looked_ns) / 1e9);
        o->looked_ns = now_ns;
    }
    return !o->over && now_ns < o->h->end_ns && poll(&end, 1, 0) == 0;
}

static void end(void *context, void *clip, double duration_s, const char *error)
{
    struct own *o = context;
    o->h->curve.heard_s += duration_s;
    if (error)
        tool_complain("calibrate: %s: %s", o->h->source->name, error);
}

static int listen_to(struct own *o, const char *password)
{
    const struct settings_source *s = o->h->source;
    char *url = s->url;
    struct sound_params sp = {.word = &url, .n_words = 1};
    struct clips_params p = {
        .model = o->h->model,
        .workers = 1,
        .hop = (int)s->hop,
        .side_by_side = 1,
        .gate_dbfs = s->gate_dbfs,
        .paced = true,
        .reopen = true,
        .username = s->username,
        .password = password,
    };
    struct clips_calls calls = {.context = o, .begin = begin, .window = window, .state = state, .go_on = go_on, .end = end};
    struct reason why;
    int err = sound_open(&sp, &p.names, &why);
    if (err >= 0)
        err = clips_run(&p, &calls, &why);
    sound_close(p.names);
    if (err < 0)
        tool_complain("calibrate: %s", why.text);
    return err < 0 ? tool_exit(err) : o->over ? EX_UNAVAILABLE : EX_OK;
}

int hearing_own(struct hearing *h)
{
    struct own o = {.h = h, .looked_ns = h->begin_ns};
    struct reason why;
    char *password = NULL;
    if (!h->source->enabled) {
        tool_complain("calibrate: %s: the source is disabled", h->source->name);
        return EX_UNAVAILABLE;
    }
    if (h->source->password_file && settings_secret(h->settings, h->source->password_file, &password, &why) < 0) {
        tool_complain("calibrate: %s: %s", h->source->name, why.text);
        return EX_CONFIG;
    }
    fprintf(stderr, "earshot: no daemon runs here: listening to %s without it\n", h->source->name);
    int code = listen_to(&o, password);
    secret_free(password);
    return code;
}
