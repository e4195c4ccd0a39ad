#include "daemon/tool/bar.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "config/base.h"

enum { WIDTH = 30, QUIET_NS = 1000000000, EVERY_NS = 200000000 };

struct bar {
    int total, done;
    double heard_s;
    int64_t start_ns, drawn_ns;
    bool shown;
};

struct bar *bar_new(int total)
{
    if (!isatty(STDERR_FILENO))
        return NULL;
    struct bar *p = calloc(1, sizeof(*p));
    if (!p)
        return NULL;
    p->total = total;
    p->start_ns = p->drawn_ns = clock_boot_ns();
    return p;
}

static void draw(struct bar *p)
{
    char text[WIDTH + 1];
    int full = p->total ? WIDTH * p->done / p->total : 0;
    for (int i = 0; i < WIDTH; i++)
        text[i] = i < full ? '#' : '.';
    text[WIDTH] = '\0';
    if (p->total)
        fprintf(stderr, "\r[%s] %d of %d", text, p->done, p->total);
    else
        fprintf(stderr, "\r%d done", p->done);
    double took_s = (double)(p->drawn_ns - p->start_ns) / 1e9;
    fprintf(stderr, ", %.0f s of sound", p->heard_s);
    if (p->heard_s > 2 * took_s)
        fprintf(stderr, ", %.0f times as fast", p->heard_s / took_s);
    fputs("\033[K", stderr);
    p->shown = true;
}

void bar_moved(struct bar *p, double seconds_of_sound)
{
    if (!p)
        return;
    p->heard_s += seconds_of_sound;
    int64_t now = clock_boot_ns();
    if (now - p->start_ns < QUIET_NS || now - p->drawn_ns < EVERY_NS)
        return;
    p->drawn_ns = now;
    draw(p);
}

void bar_done_one(struct bar *p)
{
    if (!p)
        return;
    p->done++;
    bar_moved(p, 0);
}

void bar_hide(struct bar *p)
{
    if (!p || !p->shown)
        return;
    fputs("\r\033[K", stderr);
    p->shown = false;
}

void bar_free(struct bar *p)
{
    bar_hide(p);
    free(p);
}
