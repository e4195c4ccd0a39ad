#include "daemon/tool/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "config/utf8.h"

enum {
    WIDTH = 80,
    HEIGHT = 24,
    FRAME = 5, /* two lines of head, one of titles, an empty one, the last one */
    NAME = 12,
    LONG_NAME = 24, /* with its node */
    BAR = 20,
    SHORT_BAR = NAME + BAR - LONG_NAME,
    QUIETEST = -80
};

/* What a source is called or a broker says must not move the cursor. */
static void put_tidy(char *to, size_t size, const char *from)
{
    size_t n = 0;
    for (const char *end = from + strlen(from); from < end;) {
        uint32_t c = 0;
        size_t wide = utf8_decode(from, (size_t)(end - from), &c);
        bool good = wide > 0 && !utf8_is_control(c);
        size_t out = good ? wide : 1;
        if (n + out >= size)
            break;
        memcpy(to + n, good ? from : "?", out);
        n += out;
        from += wide ? wide : 1;
    }
    to[n] = '\0';
}

void view_init(struct view *v, bool screen)
{
    memset(v, 0, sizeof(*v));
    v->screen = screen;
    v->colour = screen && !getenv("NO_COLOR");
}

void view_begin(struct view *v)
{
    if (v->screen)
        fputs("\033[?1049h\033[?25l", stdout);
    v->begun = v->screen;
}

void view_done(struct view *v)
{
    if (v->begun)
        fputs("\033[?25h\033[?1049l", stdout);
    for (int i = 0; v->begun && i < v->n_events; i++) /* what was found goes not with the screen */
        puts(v->event[i]);
    fflush(stdout);
    v->begun = v->screen = false;
}

void view_node(struct view *v, const char *node)
{
    char tidy[VIEW_NAME];
    put_tidy(tidy, sizeof(tidy), node);
    if (!v->node[0])
        memcpy(v->node, tidy, sizeof(tidy));
    else if (strcmp(v->node, tidy) != 0)
        v->several_nodes = true;
}

struct view_source *view_find(struct view *v, const char *node, const char *name)
{
    char tidy_node[VIEW_NAME], tidy[VIEW_NAME];
    put_tidy(tidy_node, sizeof(tidy_node), node);
    put_tidy(tidy, sizeof(tidy), name);
    for (int i = 0; i < v->n_sources; i++)
        if (strcmp(v->source[i].node, tidy_node) == 0 && strcmp(v->source[i].name, tidy) == 0)
            return &v->source[i];
    if (v->n_sources == VIEW_SOURCES)
        return NULL;
    struct view_source *s = &v->source[v->n_sources++];
    *s = (struct view_source){.dbfs = (double)NAN, .near_misses = -1, .state = "-"};
    memcpy(s->node, tidy_node, sizeof(tidy_node));
    memcpy(s->name, tidy, sizeof(tidy));
    return s;
}

void view_state(struct view_source *s, const char *state)
{
    put_tidy(s->state, sizeof(s->state), state);
}

void view_score(struct view_source *s, const char *label, float score)
{
    if (s->n_labels == VIEW_LABELS)
        return;
    put_tidy(s->label[s->n_labels], sizeof(s->label[0]), label);
    s->score[s->n_labels++] = score;
}

void view_title(struct view *v, const char *url)
{
    const char *host = strstr(url, "://");
    const char *at = host ? strchr(host, '@') : NULL;
    char clean[VIEW_TEXT];
    if (at && !memchr(host + 3, '/', (size_t)(at - host - 3)))
        snprintf(clean, sizeof(clean), "%.*s%s", (int)(host + 3 - url), url, at + 1);
    else
        snprintf(clean, sizeof(clean), "%s", url);
    put_tidy(v->title, sizeof(v->title), clean);
}

void view_status(struct view *v, const char *text)
{
    put_tidy(v->status, sizeof(v->status), text);
    v->changed = true;
}

static void clock_text(char ret_text[16])
{
    time_t now = time(NULL);
    struct tm tm;
    localtime_r(&now, &tm);
    strftime(ret_text, 16, "%H:%M:%S", &tm);
}

/* A source's name in so many columns; of several nodes the node's goes before it and is cut first. */
static void name_text(const struct view *v, const char *node, const char *name, int width, char ret_text[LONG_NAME + 1])
{
    int own = v->several_nodes ? (int)strnlen(name, NAME) : width;
    char both[LONG_NAME + 1];
    if (v->several_nodes)
        snprintf(both, sizeof(both), "%.*s/%.*s", width - 1 - own, node, own, name);
    else
        snprintf(both, sizeof(both), "%.*s", own, name);
    snprintf(ret_text, LONG_NAME + 1, "%-*s", width, both);
}

void view_event(struct view *v, const char *node, const char *source, const char *what)
{
    if (v->n_events == VIEW_EVENTS) {
        memmove(v->event[0], v->event[1], sizeof(v->event[0]) * (VIEW_EVENTS - 1));
        v->n_events--;
    }
    char now[16], name[LONG_NAME + 1], line[VIEW_TEXT];
    clock_text(now);
    name_text(v, node, source, v->several_nodes ? LONG_NAME : 14, name);
    snprintf(line, sizeof(line), "%s  %s %.84s", now, name, what);
    put_tidy(v->event[v->n_events++], VIEW_TEXT, line);
    v->changed = true;
}

/* The highest, as far as there is room. */
static void highest_text(const struct view_source *s, char *ret_text, size_t size)
{
    int first = -1;
    for (int i = 0; i < s->n_labels; i++)
        if (first < 0 || s->score[i] > s->score[first])
            first = i;
    ret_text[0] = '\0';
    if (first >= 0)
        snprintf(ret_text, size, "%.12s %.2f", s->label[first], (double)s->score[first]);
}

/* Every label's, as far as a line goes. */
static void draw_scores(const struct view_source *s)
{
    char line[WIDTH + 1];
    size_t n = (size_t)snprintf(line, sizeof(line), "  ");
    for (int i = 0; i < s->n_labels && n + 19 < sizeof(line); i++)
        n += (size_t)snprintf(line + n, sizeof(line) - n, " %.11s %.2f", s->label[i], (double)s->score[i]);
    printf("%s\033[K\n", line);
}

static void draw_source(const struct view *v, const struct view_source *s)
{
    char name[LONG_NAME + 1], bar[BAR + 1], level[16], near[16] = "   -", highest[64], line[256];
    double share = isfinite(s->dbfs) ? 1 - s->dbfs / QUIETEST : 0;
    int length = v->several_nodes ? SHORT_BAR : BAR, full = (int)lrint(length * fmin(fmax(share, 0), 1));
    for (int i = 0; i < length; i++)
        bar[i] = i < full ? '#' : '-';
    bar[length] = '\0';
    name_text(v, s->node, s->name, v->several_nodes ? LONG_NAME : NAME, name);
    if (isfinite(s->dbfs))
        snprintf(level, sizeof(level), "%6.1f", s->dbfs);
    else
        snprintf(level, sizeof(level), "     -");
    if (s->near_misses >= 0)
        snprintf(near, sizeof(near), "%4ld", s->near_misses < 9999 ? s->near_misses : 9999);
    highest_text(s, highest, sizeof(highest));
    snprintf(line, sizeof(line), "%s %-8.8s %s %s  %-3s %s  %s", name, s->state, bar, level,
             s->hostile ? "ON" : "off", near, highest);
    line[WIDTH] = '\0';
    printf("%s%s%s\033[K\n", v->colour && s->hostile ? "\033[1;31m" : "", line,
           v->colour && s->hostile ? "\033[0m" : "");
}

static void draw_titles(const struct view *v)
{
    bool wide = v->several_nodes;
    printf("%-*s %-8s %-*s %6s  %-3s %4s  %s\033[K\n", wide ? LONG_NAME : NAME, wide ? "NODE/SOURCE" : "SOURCE", "STATE",
           wide ? SHORT_BAR : BAR, "LEVEL", "dBFS", "HOT", "NEAR", "HIGHEST");
}

/* Of those that have no row. */
static void draw_more(const struct view *v)
{
    int hot = 0;
    for (int i = VIEW_ROWS; i < v->n_sources; i++)
        hot += v->source[i].hostile;
    printf("and %d more, %d of them ON\033[K\n", v->n_sources - VIEW_ROWS, hot);
}

void view_draw(struct view *v)
{
    if (!v->screen)
        return;
    char now[16], head[256];
    clock_text(now);
    snprintf(head, sizeof(head), "earshot monitor  %.32s  %-20.20s", v->title, v->status);
    printf("\033[H%-71.71s %s\033[K\n\033[K\n", head, now);
    draw_titles(v);
    bool more = v->n_sources > VIEW_ROWS;
    int rows = more ? VIEW_ROWS : v->n_sources, left = HEIGHT - FRAME - rows - more;
    bool roomy = left - rows >= VIEW_EVENTS;
    for (int i = 0; i < rows; i++) {
        draw_source(v, &v->source[i]);
        if (roomy)
            draw_scores(&v->source[i]);
    }
    if (more)
        draw_more(v);
    left -= roomy ? rows : 0;
    printf("\033[K\n");
    for (int i = v->n_events > left ? v->n_events - left : 0; i < v->n_events; i++)
        printf("%.*s\033[K\n", WIDTH, v->event[i]);
    printf("\033[J\033[%d;1HCtrl-C ends\033[K", HEIGHT);
    fflush(stdout);
    v->changed = false;
}
