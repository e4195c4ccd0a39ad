/* The running daemon hears, as it always does; its door tells the scores of every window. */
#include <cjson/cJSON.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/tool/bar.h"
#include "daemon/tool/door.h"
#include "daemon/tool/hearing.h"
#include "daemon/tool/tool.h"

enum { LOOK_MS = 1000, STATE_MS = 5000, LINE_SIZE = 4096 };
#define MS INT64_C(1000000)

struct follow {
    struct hearing *h;
    int64_t look_ns;  /* last look at the source's state */
    int64_t state_ns; /* the last that was answered */
    bool heard;       /* then it was there */
    char line[LINE_SIZE];
    size_t used;
};

static void take_window(struct follow *f, const char *line)
{
    float p[MODEL_MAX_LABELS] = {0};
    cJSON *o = cJSON_Parse(line);
    const cJSON *scores = cJSON_GetObjectItemCaseSensitive(o, "scores");
    const cJSON *time = cJSON_GetObjectItemCaseSensitive(o, "boot_ms"); /* nobody sets that clock */
    for (int i = 0; i < f->h->model->n_labels; i++) {
        const cJSON *s = cJSON_GetObjectItemCaseSensitive(scores, f->h->model->label[i]);
        p[i] = cJSON_IsNumber(s) ? (float)s->valuedouble : 0;
    }
    if (cJSON_IsNumber(time))
        curve_feed(&f->h->curve, p, (int64_t)time->valuedouble * MS);
    cJSON_Delete(o);
}

/* What came, line by line. 0: that was the end. */
static ssize_t take(struct follow *f, int fd)
{
    ssize_t n = read(fd, f->line + f->used, sizeof(f->line) - 1 - f->used);
    if (n <= 0)
        return n < 0 && (errno == EAGAIN || errno == EINTR) ? 1 : 0;
    f->used += (size_t)n;
    f->line[f->used] = '\0';
    char *begin = f->line, *end;
    while ((end = strchr(begin, '\n'))) {
        *end = '\0';
        take_window(f, begin);
        begin = end + 1;
    }
    f->used -= (size_t)(begin - f->line);
    memmove(f->line, begin, f->used);
    return f->used < sizeof(f->line) - 1;
}

/* 1: the source is there, quiet or not; 0: it is not; -1: nobody said. */
static int is_there(const struct follow *f)
{
    struct reason why;
    char *line = door_line(f->h->socket, "snapshot", &why);
    cJSON *o = line ? cJSON_Parse(line) : NULL;
    free(line);
    const cJSON *sources = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(o, "state"), "sources");
    const cJSON *s = cJSON_GetObjectItemCaseSensitive(sources, f->h->source->name);
    bool there = cJSON_IsString(s) && strcmp(s->valuestring, "offline") && strcmp(s->valuestring, "disabled");
    int said = sources ? there : -1;
    cJSON_Delete(o);
    return said;
}

/* Time counts as heard from one look that found the source there to the next. A look that
 * nobody answers decides nothing: the scores come all the same, and the next one tells. */
static void count_time(struct follow *f, int64_t now_ns)
{
    if (now_ns - f->look_ns < STATE_MS * MS && now_ns < f->h->end_ns)
        return;
    int there = is_there(f);
    f->look_ns = clock_boot_ns(); /* it may have taken long, and what came meanwhile is to be taken */
    if (there >= 0) {
        if (there && f->heard)
            f->h->curve.heard_s += (double)(now_ns - f->state_ns) / 1e9;
        f->heard = there;
        f->state_ns = now_ns;
    }
    hearing_passed(f->h, now_ns, there > 0 ? STATE_MS / 1000.0 : 0);
}

/* Until the time is over, Ctrl-C, or the daemon is gone. */
static int listen_to(struct follow *f, FILE *scores)
{
    for (;;) {
        struct pollfd p[] = {{fileno(scores), POLLIN, 0}, {f->h->signals, POLLIN, 0}};
        if (poll(p, ARRAY_SIZE(p), LOOK_MS) < 0 && errno != EINTR)
            return EX_OSERR;
        if (p[0].revents && take(f, p[0].fd) == 0) {
            bar_hide(f->h->bar);
            tool_complain("calibrate: the daemon went away; this is what was heard until then");
            return EX_OK;
        }
        int64_t now_ns = clock_boot_ns();
        if (p[1].revents && f->h->end_ns > now_ns)
            f->h->end_ns = now_ns;
        count_time(f, now_ns);
        if (now_ns >= f->h->end_ns)
            return EX_OK;
    }
}

/* The stream of scores begins with one line that says whether there is one. */
static int begin_scores(struct follow *f, FILE **ret, bool *ret_none)
{
    char request[96];
    struct reason why = {""};
    snprintf(request, sizeof(request), "scores %.64s", f->h->source->name);
    int err = door_ask(f->h->socket, request, ret, &why);
    *ret_none = !f->h->socket && (err == -ENOENT || err == -ECONNREFUSED);
    if (*ret_none)
        return EX_UNAVAILABLE;
    if (err < 0) {
        tool_complain("calibrate: %s", why.text);
        return err == -EACCES ? EX_NOPERM : EX_UNAVAILABLE;
    }
    setvbuf(*ret, NULL, _IONBF, 0); /* what follows is read past the stream */
    if (!fgets(f->line, sizeof(f->line), *ret))
        f->line[0] = '\0';
    cJSON *o = cJSON_Parse(f->line);
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(o, "error");
    bool fine = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "ok"));
    if (!fine)
        tool_complain("calibrate: %s: %s", f->h->source->name, cJSON_IsString(error) ? error->valuestring : "the daemon does not answer");
    cJSON_Delete(o);
    if (!fine)
        fclose(*ret);
    return fine ? EX_OK : EX_UNAVAILABLE;
}

int hearing_daemon(struct hearing *h, bool *ret_none)
{
    struct follow *f = calloc(1, sizeof(*f));
    FILE *scores;
    *ret_none = false;
    if (!f)
        return EX_OSERR;
    f->h = h;
    int code = begin_scores(f, &scores, ret_none);
    if (code == EX_OK) {
        f->look_ns = f->state_ns = h->begin_ns;
        f->heard = is_there(f) > 0;
        code = listen_to(f, scores);
        fclose(scores);
    }
    free(f);
    return code;
}
