/* earshot doctor: what keeps this box from hearing and telling, and the remedy. */
#include <cjson/cJSON.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "daemon/check.h"
#include "daemon/clock.h"
#include "daemon/hear.h"
#include "daemon/remedy.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/doctor.h"
#include "daemon/tool/door.h"
#include "daemon/tool/json.h"
#include "daemon/tool/model.h"
#include "infer/model.h"

enum { CONNECT_S = 3, LOOK_MS = 200 };
enum { OPT_CONFIG, OPT_JSON, OPT_SOCKET };

void doctor_say(struct doctor *d, enum finding f, int code, const char *check, const char *remedy,
                const char *fmt, ...)
{
    static const char *const word[] = {"ok", "warn", "FAIL"}, *const colour[] = {"32", "33", "1;31"};
    struct reason line;
    char text[REASON_SIZE];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    reason_set(&line, 0, "%s", text); /* names from afar hold no control characters then */
    d->n_warn += f == DOCTOR_WARN;
    d->n_fail += f == DOCTOR_FAIL;
    if (f == DOCTOR_FAIL && !d->code)
        d->code = code;
    if (d->json) {
        printf("{\"schema\": \"earshot.doctor/1\", \"check\": ");
        json_string(stdout, check);
        printf(", \"finding\": \"%s\", \"text\": ", f == DOCTOR_FAIL ? "fail" : word[f]);
        json_string(stdout, line.text);
        printf(", \"remedy\": ");
        json_string(stdout, remedy);
        printf("}\n");
    } else {
        printf("%s%s%s%-4s%s  %-16s %s%s%s\n", d->colour ? "\033[" : "", d->colour ? colour[f] : "", d->colour ? "m" : "",
               word[f], d->colour ? "\033[0m" : "", check, line.text, *remedy ? "; " : "", remedy);
    }
    fflush(stdout);
}

bool doctor_knows(const struct doctor *d, const char *source, char ret_state[32])
{
    cJSON *o = d->snapshot ? cJSON_Parse(d->snapshot) : NULL;
    const cJSON *state = cJSON_GetObjectItemCaseSensitive(o, "state");
    const cJSON *sources = cJSON_GetObjectItemCaseSensitive(state, "sources");
    const cJSON *s = cJSON_GetObjectItemCaseSensitive(sources, source);
    bool known = cJSON_IsString(s);
    snprintf(ret_state, 32, "%.31s", known ? s->valuestring : "");
    cJSON_Delete(o);
    return known;
}

const char *doctor_remedy(const struct doctor *d, const char *text)
{
    return remedy_broker(text, settings_is_credential(d->settings, d->settings->mqtt.password_file));
}

static struct settings *read_settings(struct doctor *d)
{
    char shipped[PATH_MAX];
    const char *path = d->config ? d->config : EARSHOT_CONFIG;
    struct settings *s = NULL;
    struct check c = {0};
    int r = settings_load(path, &s, &c.errors);
    if (r >= 0)
        r = check_all(s, tool_shipped_model(shipped, sizeof(shipped)), &c);
    for (size_t i = 0; i < c.errors.n; i++)
        doctor_say(d, DOCTOR_FAIL, EX_CONFIG, "settings", "", "%s", c.errors.item[i].text);
    for (size_t i = 0; i < c.warnings.n; i++)
        doctor_say(d, DOCTOR_WARN, 0, "settings", "", "%s", c.warnings.item[i].text);
    if (r >= 0)
        doctor_say(d, DOCTOR_OK, 0, "settings", "", "%s, %zu source%s", path, s->n_sources,
                   s->n_sources == 1 ? "" : "s");
    check_done(&c);
    return s;
}

static void look_at_daemon(struct doctor *d)
{
    struct reason why = {""};
    d->snapshot = door_line(d->socket, "snapshot", &why);
    bool starting = d->snapshot && strstr(d->snapshot, "is starting");
    if (d->snapshot)
        doctor_say(d, DOCTOR_OK, 0, "daemon", "", starting ? "it is starting" : "it runs");
    else
        doctor_say(d, DOCTOR_WARN, 0, "daemon", errno == EACCES ? "" : "`systemctl start earshotd`", "%s", why.text);
    if (d->snapshot && strstr(d->snapshot, "\"last_good_config\""))
        doctor_say(d, DOCTOR_FAIL, EX_CONFIG, "daemon", "mend them, then `systemctl reload earshotd`",
                   "it goes on with the last good settings, yours are wrong");
}

/* Edited and not taken up: what follows looks at these settings, the flags come by others. */
static void look_at_reload(struct doctor *d)
{
    cJSON *o = cJSON_Parse(d->snapshot);
    const cJSON *config = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(o, "state"), "config");
    const cJSON *sha256 = cJSON_GetObjectItemCaseSensitive(config, "sha256");
    if (cJSON_IsString(sha256) && strcmp(sha256->valuestring, d->settings->sha256) != 0)
        doctor_say(d, DOCTOR_WARN, 0, "daemon settings", "`systemctl reload earshotd` takes them up",
                   "the daemon has others than these: they were changed since it read them");
    cJSON_Delete(o);
}

static void copy_text(const cJSON *o, const char *key, char *ret, size_t size)
{
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(o, key);
    if (cJSON_IsString(text))
        snprintf(ret, size, "%s", text->valuestring);
}

static double number(const cJSON *o, const char *key)
{
    const cJSON *x = cJSON_GetObjectItemCaseSensitive(o, key);
    return cJSON_IsNumber(x) ? x->valuedouble : -1;
}

void doctor_ear(const struct doctor *d, const char *source, struct doctor_ear *ret)
{
    struct reason why;
    char request[96], state[32] = "";
    snprintf(request, sizeof(request), "ear %s", source);
    char *line = door_line(d->socket, request, &why);
    cJSON *o = line ? cJSON_Parse(line) : NULL;
    *ret = (struct doctor_ear){.tried_s = number(o, "tried_s"), .retry_s = number(o, "retry_s")};
    copy_text(o, "state", state, sizeof(state));
    copy_text(o, "reason", ret->reason, sizeof(ret->reason));
    copy_text(o, "text", ret->text, sizeof(ret->text));
    ret->offline = !strcmp(state, "offline");
    cJSON_Delete(o);
    free(line);
}

/* How the daemon's own connection and its store are: it may lack what root has, a password
 * or the right to write. */
struct delivery {
    bool connected, refused;
    char text[REASON_SIZE], store[REASON_SIZE];
};

static void ask_delivery(const struct doctor *d, struct delivery *ret)
{
    struct reason why;
    char *line = door_line(d->socket, "delivery", &why);
    cJSON *o = line ? cJSON_Parse(line) : NULL;
    *ret = (struct delivery){.connected = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "connected")),
                             .refused = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "refused")),
                             .text = "it says nothing"};
    copy_text(o, "text", ret->text, sizeof(ret->text));
    copy_text(o, "store", ret->store, sizeof(ret->store));
    cJSON_Delete(o);
    free(line);
}

static void look_at_connection(struct doctor *d)
{
    int64_t end_ns = clock_boot_ns() + CONNECT_S * 1000000000LL;
    struct delivery now;
    do
        ask_delivery(d, &now);
    while (!now.connected && clock_boot_ns() < end_ns && poll(NULL, 0, LOOK_MS) == 0);
    if (now.connected && !now.refused)
        doctor_say(d, DOCTOR_OK, 0, "daemon broker", "", "%s", now.text);
    else
        doctor_say(d, DOCTOR_FAIL, EX_UNAVAILABLE, "daemon broker", doctor_remedy(d, now.text), "%s", now.text);
}

/* Whatever root could write. */
static void look_at_store(struct doctor *d)
{
    struct delivery now;
    ask_delivery(d, &now);
    if (*now.store)
        doctor_say(d, DOCTOR_FAIL, EX_IOERR, "daemon store", remedy_store(now.store), "%s: events are kept in memory", now.store);
}

static void look_at_model(struct doctor *d)
{
    const struct model *m;
    const char *path = d->settings->model.path;
    struct verdict v;
    struct reason why;
    int code = tool_model_open(path, NULL, &m, &why);
    if (code >= 0 && (code = hear_suits(m, &why)) < 0)
        model_close(m);
    if (code < 0) {
        doctor_say(d, DOCTOR_FAIL, tool_exit(code), "model", "mend model.path, or install the package again", "%s", why.text);
        return;
    }
    code = model_verify(m, path, &v);
    if (code == EX_OK)
        doctor_say(d, DOCTOR_OK, 0, "model", "", "%s %s, every kernel of this box computes it right", m->name, m->version);
    else
        doctor_say(d, DOCTOR_FAIL, code, "model", "please report this: `earshot model verify` says which kernel; "
                   "model.kernel: ref is slow and sure", "%s %s is not computed right here", m->name, m->version);
    model_close(m);
}

static void look_at_clock(struct doctor *d)
{
    time_t now = time(NULL);
    struct tm tm;
    if (gmtime_r(&now, &tm) && tm.tm_year + 1900 < 2024)
        doctor_say(d, DOCTOR_FAIL, EX_OSERR, "clock", "`timedatectl set-ntp true`, and let this box reach a time server",
                   "it says %d: certificates will not be valid", tm.tm_year + 1900);
    else if (!clock_synced())
        doctor_say(d, DOCTOR_WARN, 0, "clock", "`timedatectl set-ntp true`", "nothing keeps it right: events say so");
    else
        doctor_say(d, DOCTOR_OK, 0, "clock", "", "kept right");
}

/* The folder of the store: room for what it may grow to, and the right to write. */
static void look_at_disk(struct doctor *d)
{
    const char *dir = getenv("STATE_DIRECTORY"), *path = d->settings->store.path;
    char folder[PATH_MAX];
    struct statvfs v;
    snprintf(folder, sizeof(folder), "%s", path ? path : dir && *dir ? dir : "/var/lib/earshot");
    char *slash = path ? strrchr(folder, '/') : NULL;
    if (slash)
        slash[slash == folder] = '\0';
    if (statvfs(folder, &v) < 0) {
        doctor_say(d, DOCTOR_WARN, 0, "disk", errno == EACCES ? "try it with sudo" : "the service makes it when it starts",
                   "%s: %s", folder, strerror(errno));
        return;
    }
    double free_mib = (double)v.f_bavail * (double)v.f_frsize / (1 << 20);
    double wanted_mib = (double)d->settings->store.max_size / (1 << 20);
    if (v.f_flag & ST_RDONLY)
        doctor_say(d, DOCTOR_FAIL, EX_IOERR, "disk", "mount it for writing: events would be kept in memory only",
                   "%s is read-only", folder);
    else if (free_mib < wanted_mib)
        doctor_say(d, DOCTOR_WARN, 0, "disk", "make room, or set store.max_size lower", "%s has %.0f MiB left, the store may take %.0f",
                   folder, free_mib, wanted_mib);
    else if (access(folder, W_OK) < 0)
        doctor_say(d, DOCTOR_WARN, 0, "disk", "fine for the service, which has a user of its own", "%s is not yours to write", folder);
    else
        doctor_say(d, DOCTOR_OK, 0, "disk", "", "%s, %.0f MiB left", folder, free_mib);
}

static int run(const struct tool_args *args)
{
    struct doctor d = {.config = args->value[OPT_CONFIG], .socket = args->value[OPT_SOCKET],
                       .json = args->value[OPT_JSON] != NULL};
    if (args->n_words) {
        tool_complain("doctor: what is \"%s\"?", args->word[0]);
        return EX_USAGE;
    }
    d.colour = !d.json && isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    struct settings *s = read_settings(&d);
    d.settings = s;
    look_at_clock(&d);
    look_at_daemon(&d);
    if (s) {
        if (d.snapshot && !strstr(d.snapshot, "\"last_good_config\""))
            look_at_reload(&d);
        look_at_model(&d);
        look_at_disk(&d);
        if (d.snapshot)
            look_at_store(&d);
        int n_fail = d.n_fail;
        doctor_broker(&d);
        if (d.snapshot && d.n_fail == n_fail) /* else it is told what is wrong with the broker */
            look_at_connection(&d);
        doctor_sources(&d);
    }
    if (!d.json)
        printf("%d wrong, %d to look at\n", d.n_fail, d.n_warn);
    settings_free(s);
    free(d.snapshot);
    return tool_finish(d.code);
}

const struct tool_command doctor_command = {
    .name = "doctor",
    .synopsis = "[OPTION…]",
    .summary = "what keeps this box from hearing and telling, and the remedy",
    .about = "Looks at settings, clock, daemon, model, disk, the broker (name, port, TLS, login,\n"
             "publish) and the first samples of each source; a line on each, with what to do. A\n"
             "source that a running daemon hears is not disturbed. Publishes one message, on\n"
             "…/response. The exit code is that of the first failure.\n",
    .example = "example: sudo earshot doctor\n",
    .option =
        {
            [OPT_CONFIG] = {"config", "FILE", "these settings, not " EARSHOT_CONFIG},
            [OPT_JSON] = {"json", NULL, "one JSON object a line"},
            [OPT_SOCKET] = {"socket", "FILE", "the daemon's, not /run/earshot/control"},
        },
    .run = run,
};
