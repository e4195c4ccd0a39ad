/* Listens to one URL and tells on standard output what it hears, a line an event, for
 * the Python tests beside it:
 *
 *   hear source [options] URL     one source_open, then source_read until it ends
 *   hear capture [options] URL    audio/capture with its reopening
 *
 *   open RATE CHANNELS            source: opened
 *   error ERRNO TEXT              source: open or read failed
 *   status PHASE REASON RESTARTS XRUNS TEXT   capture: something changed
 *   sound POS HZ DBFS             half a second: position of its first sample, zero
 *                                 crossings upwards a second, level
 *   gap POS                       the next sample does not join on
 *   end SAMPLES HASH              FNV-1a over all samples' bits
 *
 * Options: --user U --password P --paced --timeout MS --seconds S (of sound, then end)
 * --no-reopen. The samples of half a second never span a gap. */
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "audio/capture.h"

enum { HALF = SAMPLE_RATE / 2 };

struct ear_log {
    uint64_t pos, n, total, hash; /* n samples from pos on are in x */
    float x[HALF];
};

static void tell_sound(struct ear_log *l)
{
    double sq = 0;
    int up = 0;
    for (uint64_t i = 0; i < l->n; i++) {
        sq += (double)l->x[i] * l->x[i];
        up += i > 0 && l->x[i - 1] < 0 && l->x[i] >= 0;
    }
    if (l->n == HALF)
        printf("sound %llu %d %.1f\n", (unsigned long long)l->pos, up * 2,
               10 * log10(sq / HALF + 1e-12));
    l->n = 0;
}

static void hear(struct ear_log *l, uint64_t pos, const float *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, &x[i], sizeof(bits));
        l->hash = (l->hash ^ bits) * 0x100000001b3u;
        if (l->n == 0)
            l->pos = pos + i;
        l->x[l->n++] = x[i];
        if (l->n == HALF)
            tell_sound(l);
    }
    l->total += n;
}

static void gap(struct ear_log *l, uint64_t pos)
{
    tell_sound(l);
    printf("gap %llu\n", (unsigned long long)pos);
}

static int by_source(const struct source_params *p, uint64_t limit, struct ear_log *l)
{
    struct source *s = NULL;
    struct reason why = {""};
    int err = source_open(p, &s, &why);
    if (err < 0) {
        printf("error %d %s\n", -err, why.text);
        return 1;
    }
    printf("open %d %d\n", source_rate(s), source_channels(s));
    ssize_t n = 0;
    float x[777];
    while (l->total < limit &&
           ((n = source_read(s, x, ARRAY_SIZE(x), &why)) > 0 || n == -EPIPE || n == -EAGAIN)) {
        if (n > 0)
            hear(l, l->total, x, (size_t)n);
        else if (n == -EPIPE)
            gap(l, l->total);
    }
    if (l->total < limit && n < 0)
        printf("error %d %s\n", (int)-n, why.text);
    source_close(s);
    return 0;
}

static void tell_status(const struct capture_status *st)
{
    static const char *const phases[] = {"opening", "running", "waiting", "ended"};
    printf("status %s %s %llu %llu %s\n", phases[st->phase], st->reason ? st->reason : "-",
           (unsigned long long)st->restarts, (unsigned long long)st->xruns, st->text);
}

static int by_capture(const struct capture_params *p, uint64_t limit, struct ear_log *l)
{
    struct capture *c;
    struct reason why;
    int err = capture_start(p, &c, &why);
    if (err < 0) {
        printf("error %d %s\n", -err, why.text);
        return 1;
    }
    uint64_t changes = 0;
    bool ended = false;
    while (l->total < limit && !ended) {
        struct pollfd pf = {p->wake_fd, POLLIN, 0};
        uint64_t count;
        struct capture_status st;
        if (poll(&pf, 1, 1000) > 0 && read(p->wake_fd, &count, sizeof(count)) < 0)
            return 1;
        capture_status(c, &st);
        ended = st.phase == CAPTURE_ENDED;
        struct ring_block b;
        while (ring_pop(capture_ring(c), &b) > 0) {
            if (b.gap)
                gap(l, b.pos);
            hear(l, b.pos, b.samples, b.n);
        }
        if (st.changes != changes)
            tell_status(&st);
        changes = st.changes;
    }
    int64_t before = clock_boot_ns();
    capture_stop(c);
    printf("stopped %d\n", (int)((clock_boot_ns() - before) / 1000000));
    return 0;
}

int main(int argc, char **argv)
{
    static struct ear_log l = {.hash = 0xcbf29ce484222325u};
    struct capture_params cp = {.reopen = true, .wake_fd = eventfd(0, EFD_NONBLOCK)};
    uint64_t limit = UINT64_MAX;
    int i = 2;
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--paced") == 0)
            cp.paced = true;
        else if (strcmp(argv[i], "--no-reopen") == 0)
            cp.reopen = false;
        else if (strcmp(argv[i], "--user") == 0 && i + 1 < argc)
            cp.username = argv[++i];
        else if (strcmp(argv[i], "--password") == 0 && i + 1 < argc)
            cp.password = argv[++i];
        else if (strcmp(argv[i], "--timeout") == 0 && i + 1 < argc)
            cp.open_timeout_ms = cp.read_timeout_ms = atoi(argv[++i]);
        else if (strcmp(argv[i], "--seconds") == 0 && i + 1 < argc)
            limit = (uint64_t)(atof(argv[++i]) * SAMPLE_RATE);
        else
            return 64;
    }
    if (i + 1 != argc)
        return 64;
    setvbuf(stdout, NULL, _IOLBF, 0);
    struct source_params sp = {.url = argv[i],
                               .username = cp.username,
                               .password = cp.password,
                               .paced = cp.paced,
                               .open_timeout_ms = cp.open_timeout_ms,
                               .read_timeout_ms = cp.read_timeout_ms};
    cp.url = argv[i];
    int r = strcmp(argv[1], "source") == 0 ? by_source(&sp, limit, &l) : by_capture(&cp, limit, &l);
    printf("end %llu %016llx\n", (unsigned long long)l.total, (unsigned long long)l.hash);
    close(cp.wake_fd);
    return r;
}
