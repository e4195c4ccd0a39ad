/* Each source's first samples: from the running daemon, if that hears it; else heard here. */
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "audio/capture.h"
#include "audio/ear.h"
#include "daemon/remedy.h"
#include "daemon/tool/doctor.h"

enum { PATIENCE_MS = 15000, LISTEN_BLOCKS = 50, LOOK_MS = 50 }; /* 50 blocks: a second */

struct first {
    int n_blocks;
    double loudest; /* dBFS of a block */
    struct capture_status status;
};

/* Listens until there is a second of sound, an end, or no patience left. */
static void listen_to(struct capture *c, int wake_fd, struct first *ret)
{
    int64_t end_ns = clock_boot_ns() + PATIENCE_MS * 1000000LL;
    struct ring_block b;
    uint64_t count;
    do {
        struct pollfd p = {.fd = wake_fd, .events = POLLIN};
        if (poll(&p, 1, LOOK_MS) > 0 && read(wake_fd, &count, sizeof(count)) < 0)
            count = 0; /* woken for nothing: look all the same */
        capture_status(c, &ret->status);
        while (ring_pop(capture_ring(c), &b)) {
            double dbfs = ear_dbfs(b.samples, b.n);
            ret->loudest = ret->n_blocks++ == 0 || dbfs > ret->loudest ? dbfs : ret->loudest;
        }
    } while (ret->n_blocks < LISTEN_BLOCKS && ret->status.phase != CAPTURE_ENDED && clock_boot_ns() < end_ns);
}

/* Files and devices that it may not open look to the daemon as if they were not there. */
static const char *daemons_remedy(const char *kind, const char *reason, bool credential)
{
    static const char *const sandbox[] = {"forbidden", "no_file", "no_device", "failed"};
    for (size_t i = 0; i < ARRAY_SIZE(sandbox); i++)
        if (!strcmp(sandbox[i], reason))
            return remedy_sandbox;
    return remedy_source(kind, reason, credential);
}

/* Whether there is something now that was not there tried_s ago; what comes over a network was
 * perhaps not. The folder of the devices changes with each that comes. */
static bool came_since(const char *url, const char *kind, double tried_s)
{
    struct stat st;
    struct timespec now;
    const char *path = !strcmp(kind, "alsa") ? "/dev/snd" : !strncmp(url, "file:", 5) ? url + 5 : url;
    if (strcmp(kind, "alsa") != 0 && strcmp(kind, "file") != 0)
        return true;
    clock_gettime(CLOCK_REALTIME, &now);
    return stat(path, &st) == 0 && (double)(now.tv_sec - st.st_ctim.tv_sec) +
                                           (double)(now.tv_nsec - st.st_ctim.tv_nsec) / 1e9 < tried_s;
}

/* What the daemon failed with at its last try tells nothing of the next one. Not so where it may
 * open less than root, or has a password of before: that stays. */
static bool may_hear_next(const struct settings_source *s, const char *kind, const struct doctor_ear *e)
{
    static const char *const stays[] = {"forbidden", "unauthorized", "bad_url", "failed"};
    bool sought = !strcmp(e->reason, "no_device") || !strcmp(e->reason, "no_file");
    for (size_t i = 0; i < ARRAY_SIZE(stays); i++)
        if (!strcmp(stays[i], e->reason))
            return false;
    return e->retry_s >= 0 && (!sought || came_since(s->url, kind, e->tried_s));
}

/* It is heard here. */
static void judge_daemon(struct doctor *d, const struct settings_source *s, const char *name, const struct doctor_ear *e)
{
    const char *kind = source_kind(s->url);
    if (!strcmp(kind, "file") && !strcmp(e->reason, "ended"))
        doctor_say(d, DOCTOR_OK, 0, name, "", "a recording that the daemon heard to its end, and begins again");
    else if (may_hear_next(s, kind, e))
        doctor_say(d, DOCTOR_WARN, 0, name, "`earshot doctor` again then", "heard here; the daemon, whose last try failed (%s), tries again in %.0f s",
                   e->reason, ceil(e->retry_s));
    else
        doctor_say(d, DOCTOR_FAIL, EX_UNAVAILABLE, name,
                   daemons_remedy(kind, e->reason, settings_is_credential(d->settings, s->password_file)),
                   "heard here, and not by the daemon: %s", *e->text ? e->text : e->reason);
}

static void judge(struct doctor *d, const struct settings_source *s, const char *name, const struct first *f)
{
    const char *reason = f->status.reason ? f->status.reason : "timeout";
    struct doctor_ear ear = {0};
    if (f->n_blocks > 0)
        doctor_ear(d, s->name, &ear);
    if (ear.offline)
        judge_daemon(d, s, name, &ear);
    else if (f->n_blocks == 0)
        doctor_say(d, DOCTOR_FAIL, EX_UNAVAILABLE, name,
                   remedy_source(source_kind(s->url), reason, settings_is_credential(d->settings, s->password_file)), "%s",
                   *f->status.text ? f->status.text : "no sound came");
    else if (!(f->loudest > -119))
        doctor_say(d, DOCTOR_WARN, 0, name, "is the microphone muted or unplugged? `alsamixer -V capture`",
                   "samples come, but digital silence");
    else
        doctor_say(d, DOCTOR_OK, 0, name, "", "sound comes, %d Hz, %.0f dBFS at the loudest", f->status.rate_hz,
                   f->loudest);
}

static void hear(struct doctor *d, const struct settings_source *s, const char *name)
{
    struct reason why = {""};
    struct first f = {0};
    struct capture *c = NULL;
    char *password = NULL;
    int wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int r = wake_fd < 0 ? reason_set(&why, errno, "no eventfd") : 0;
    if (r >= 0 && s->password_file)
        r = settings_secret(d->settings, s->password_file, &password, &why);
    struct capture_params cp = {
        .url = s->url, .username = s->username, .password = password, .paced = true, .wake_fd = wake_fd};
    if (r >= 0)
        r = capture_start(&cp, &c, &why);
    secret_free(password);
    if (r < 0) {
        doctor_say(d, DOCTOR_FAIL, EX_UNAVAILABLE, name, "", "%s", why.text);
    } else {
        listen_to(c, wake_fd, &f);
        judge(d, s, name, &f);
    }
    capture_stop(c);
    if (wake_fd >= 0)
        close(wake_fd);
}

void doctor_sources(struct doctor *d)
{
    char name[96], state[32];
    for (size_t i = 0; i < d->settings->n_sources; i++) {
        const struct settings_source *s = &d->settings->source[i];
        snprintf(name, sizeof(name), "source %s", s->name);
        bool known = doctor_knows(d, s->name, state);
        bool well = known && (!strcmp(state, "online") || !strcmp(state, "muted"));
        if (!s->enabled)
            doctor_say(d, DOCTOR_OK, 0, name, "", "disabled");
        else if (well)
            doctor_say(d, DOCTOR_OK, 0, name, "", "the daemon hears it (%s)", state);
        else if (known && strcmp(state, "offline") && strcmp(state, "starting"))
            doctor_say(d, DOCTOR_WARN, 0, name, "look at the microphone, its level and its cable",
                       "the daemon hears it, but it is %s", state);
        else if (!strncmp(s->url, "pipe:", 5))
            doctor_say(d, DOCTOR_WARN, 0, name, "start the program that writes into it, and the daemon",
                       "a pipe is heard by the daemon only");
        else
            hear(d, s, name);
    }
    if (d->settings->n_sources == 0)
        doctor_say(d, DOCTOR_FAIL, EX_CONFIG, "sources", "write one under sources: in earshot.yaml; `earshot devices` prints urls",
                   "there are none");
}
