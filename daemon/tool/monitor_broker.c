/* A daemon's messages, by way of its broker. The connection is daemon/mqtt's, tried
 * again every few seconds; retained topics fill the view as soon as it stands. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/settings.h"
#include "daemon/mqtt.h"
#include "daemon/remedy.h"
#include "daemon/tool/json.h"
#include "daemon/tool/monitor.h"

enum { AGAIN_MS = 3000, TELL_MS = 1000, ROOM = 1024 };

struct far {
    struct mqtt *mqtt;
    int wake_fd;
    char filter[256];
    const char *username;
    char *password; /* NULL: none */
    const char *url;
    bool named; /* by --broker */
    char said[MQTT_TEXT_SIZE]; /* the last complaint: each is made once */
    bool connected, trying;
    int64_t try_ns, tell_ns;
    uint64_t lost; /* messages, not yet told of */
    struct view *view;
};

/* Once a second at most, for there may be many; the rest at the end. */
static void tell_lost(struct far *f, bool end)
{
    int64_t now = clock_boot_ns();
    f->lost += mqtt_lost(f->mqtt);
    if (f->lost == 0 || (now < f->tell_ns && !end))
        return;
    f->tell_ns = now + TELL_MS * 1000000LL;
    char text[VIEW_TEXT];
    snprintf(text, sizeof(text), "%llu message%s lost", (unsigned long long)f->lost, f->lost == 1 ? "" : "s");
    if (f->view->screen) /* a line's end, which holds no more */
        view_status(f->view, text);
    else
        tool_complain("monitor: %s: the output is read too slowly", text);
    f->lost = 0;
}

static void far_close(void *state)
{
    struct far *f = state;
    if (!f)
        return;
    if (f->mqtt)
        tell_lost(f, true);
    mqtt_free(f->mqtt);
    secret_free(f->password);
    if (f->wake_fd >= 0)
        close(f->wake_fd);
    free(f);
}

static double number(const cJSON *body, const char *name)
{
    const cJSON *n = cJSON_GetObjectItemCaseSensitive(body, name);
    return cJSON_IsNumber(n) ? n->valuedouble : (double)NAN;
}

static const char *text(const cJSON *body, const char *name, const char *otherwise)
{
    const cJSON *n = cJSON_GetObjectItemCaseSensitive(body, name);
    return cJSON_IsString(n) ? n->valuestring : otherwise;
}

static void take_scores(struct view_source *s, const cJSON *body)
{
    const cJSON *score;
    s->n_labels = 0;
    cJSON_ArrayForEach(score, cJSON_GetObjectItemCaseSensitive(body, "scores")) {
        if (score->string && cJSON_IsNumber(score))
            view_score(s, score->string, (float)score->valuedouble);
    }
}

/* Of whom a message is: prefix/node/source/leaf, or prefix/node/leaf. */
struct origin {
    const char *node, *source, *leaf; /* source NULL: of the node itself */
};

/* In place. False: it is no such topic, or an order to a node. */
static bool split(char *topic, struct origin *ret)
{
    char *part[5];
    int n = 0;
    while (n < 5 && (part[n] = strsep(&topic, "/")))
        n++;
    if (n < 3 || n > 4)
        return false;
    *ret = (struct origin){part[1], n == 4 ? part[2] : NULL, part[n - 1]};
    return n == 3 || strcmp(part[2], "cmd") != 0;
}

static void take_event(struct view *v, const struct origin *p, const cJSON *body)
{
    char what[VIEW_TEXT];
    snprintf(what, sizeof(what), "%-6.6s %.20s %.2f  %.1f s %.12s", text(body, "event_type", "?"),
             text(body, "label", "?"), number(body, "peak"), number(body, "duration_ms") / 1e3,
             text(body, "end_reason", ""));
    view_event(v, p->node, p->source, what);
    if (!v->screen)
        printf("%s\n", v->event[v->n_events - 1]);
}

static void take_figures(struct view_source *s, const char *leaf, const cJSON *body)
{
    if (strcmp(leaf, "state") == 0)
        view_state(s, text(body, "state", "?"));
    if (strcmp(leaf, "event") == 0 || strcmp(leaf, "scores") == 0)
        take_scores(s, body);
    if (strcmp(leaf, "state") == 0 || strcmp(leaf, "health") == 0 || strcmp(leaf, "scores") == 0)
        s->dbfs = number(body, "dbfs");
    if (cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(body, "near_misses")))
        s->near_misses = (long)number(body, "near_misses");
}

static void take_of_source(struct view *v, const struct origin *p, const char *payload)
{
    cJSON *body = cJSON_Parse(payload);
    if (strcmp(p->leaf, "event") == 0)
        take_event(v, p, body);
    struct view_source *s = view_find(v, p->node, p->source);
    if (s && strcmp(p->leaf, "hostile") == 0)
        s->hostile = strcmp(payload, "ON") == 0;
    else if (s)
        take_figures(s, p->leaf, body);
    v->changed = true;
    cJSON_Delete(body);
}

static void take(struct view *v, const struct mqtt_received *m)
{
    char topic[sizeof(m->topic)];
    struct origin p;
    snprintf(topic, sizeof(topic), "%s", m->topic);
    if (!split(topic, &p))
        return;
    view_node(v, p.node);
    if (p.source) {
        take_of_source(v, &p, m->payload);
    } else if (strcmp(p.leaf, "availability") == 0) {
        char status[VIEW_TEXT];
        snprintf(status, sizeof(status), "%.60s %.20s", p.node, m->payload);
        view_status(v, status);
    }
}

/* One line, whatever somebody sent: what is no JSON object goes as a text. */
static void print_message(const struct mqtt_received *m)
{
    cJSON *body = m->payload[0] == '{' ? cJSON_ParseWithOpts(m->payload, NULL, true) : NULL;
    char *said = body ? cJSON_PrintUnformatted(body) : NULL;
    printf("{\"topic\": ");
    json_string(stdout, m->topic);
    printf(", \"payload\": ");
    if (said)
        json_tidy(stdout, said);
    else
        json_string(stdout, m->payload);
    printf("}\n");
    cJSON_free(said);
    cJSON_Delete(body);
}

static int connect_again(struct far *f, struct view *v)
{
    int64_t now = clock_boot_ns();
    if (f->connected || now < f->try_ns)
        return 0;
    struct reason why;
    f->try_ns = now + AGAIN_MS * 1000000LL;
    int err = mqtt_connect(f->mqtt, f->username, f->password, &why);
    if (err < 0)
        view_status(v, why.text);
    return 0;
}

static void complain(struct far *f, const char *text)
{
    char remedy[REMEDY_SIZE];
    if (!strcmp(f->said, text))
        return;
    remedy_options(text, f->named, remedy);
    snprintf(f->said, sizeof(f->said), "%s", text);
    tool_complain("monitor: %s: %s%s%s", f->url, text, *remedy ? "; " : "", remedy);
}

static void take_note(struct far *f, struct view *v, const struct mqtt_note *n)
{
    bool bad = n->type == MQTT_UNREACHABLE || n->type == MQTT_LOST || n->type == MQTT_NOT_SUBSCRIBED;
    if (n->type == MQTT_CONNECTED) {
        f->connected = true;
        f->said[0] = '\0';
        view_status(v, "connected");
        mqtt_subscribe(f->mqtt, f->filter, 0);
    } else if (bad) {
        f->connected = false;
        view_status(v, n->text);
        if (!v->screen)
            complain(f, n->text);
    }
}

static int far_turn(void *state, struct view *v, bool json)
{
    struct far *f = state;
    struct mqtt_note note;
    struct mqtt_received m;
    uint64_t count;
    if (read(f->wake_fd, &count, sizeof(count)) < 0)
        count = 0; /* woken by the timer: look all the same */
    while (mqtt_take(f->mqtt, &note))
        take_note(f, v, &note);
    while (mqtt_take_message(f->mqtt, &m)) {
        if (json)
            print_message(&m);
        else
            take(v, &m);
        tell_lost(f, false);
    }
    tell_lost(f, false);
    fflush(stdout);
    return connect_again(f, v);
}

static int start(struct far *f, const struct tool_args *args, struct view *v, struct reason *why)
{
    const char *url = args->value[MONITOR_BROKER] ? args->value[MONITOR_BROKER] : "mqtt://localhost";
    char id[64];
    snprintf(id, sizeof(id), "earshot-monitor-%d", (int)getpid());
    struct mqtt_params p = {
        .client_id = id,
        .ca_file = args->value[MONITOR_CA_FILE],
        .keep_alive_s = 30,
        .connect_deadline_s = 10,
        .room = ROOM,
        .wake_fd = f->wake_fd,
    };
    f->url = url;
    f->named = args->value[MONITOR_BROKER] != NULL;
    view_title(v, url);
    int err = mqtt_url_parse(url, &p.url, why);
    return err < 0 ? reason_prefix(why, err, "--broker") : mqtt_new(&p, &f->mqtt, why);
}

int monitor_broker_open(const struct tool_args *args, struct view *v, struct monitor_feed *ret)
{
    struct far *f = calloc(1, sizeof(*f));
    if (!f)
        return EX_OSERR;
    f->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    f->view = v;
    f->username = args->value[MONITOR_USERNAME];
    snprintf(f->filter, sizeof(f->filter), "%.100s/%.100s/#",
             args->value[MONITOR_PREFIX] ? args->value[MONITOR_PREFIX] : "earshot",
             args->value[MONITOR_NODE] ? args->value[MONITOR_NODE] : "+");
    const char *password = args->value[MONITOR_PASSWORD_FILE];
    struct reason why;
    int err = password ? secret_read(password, &f->password, &why) : 0;
    if (err < 0)
        (void)reason_prefix(&why, err, "--password-file %s", password);
    else
        err = start(f, args, v, &why);
    if (err < 0) {
        tool_complain("%s", why.text);
        far_close(f);
        return tool_exit(err);
    }
    *ret = (struct monitor_feed){f, f->wake_fd, far_turn, far_close};
    return EX_OK;
}
