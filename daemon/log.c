/* A camera that is away says so every few seconds for a week. So each line is
 * remembered for a minute by what it says: the same one within that minute only
 * counts, and when the minute is over one line tells how often. Thirty-two lines
 * are remembered; when more are new within a minute, the oldest is told early. */
#include "daemon/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <systemd/sd-journal.h>

enum { LINE_SIZE = 1024, SOURCE_SIZE = 65, REMEMBERED = 32 };
#define REPEAT_NS (60 * 1000000000LL)

struct remembered {
    int64_t since_ns; /* 0: unused */
    enum log_level level;
    char source[SOURCE_SIZE], text[LINE_SIZE];
    unsigned again;
};

struct log {
    int fd;
    bool journal;
    enum log_level level;
    struct remembered line[REMEMBERED];
};

/* systemd says in $JOURNAL_STREAM which file it gave us as standard error. */
static bool is_journal(int fd)
{
    const char *want = getenv("JOURNAL_STREAM");
    struct stat st;
    char is[64];
    if (!want || fstat(fd, &st) < 0)
        return false;
    snprintf(is, sizeof(is), "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
    return strcmp(is, want) == 0;
}

int log_new(int fd, struct log **ret)
{
    struct log *l = calloc(1, sizeof(*l));
    if (!l)
        return -ENOMEM;
    l->fd = fd;
    l->journal = is_journal(fd);
    l->level = LOG_LEVEL_INFO;
    *ret = l;
    return 0;
}

static struct iovec piece(const char *text)
{
    return (struct iovec){(void *)text, strlen(text)};
}

static void to_journal(enum log_level level, const char *source, const char *text)
{
    char message[LINE_SIZE + 96], priority[16], field[SOURCE_SIZE + 32];
    snprintf(message, sizeof(message), "MESSAGE=%s%s%s", source, *source ? ": " : "", text);
    snprintf(priority, sizeof(priority), "PRIORITY=%d", level);
    snprintf(field, sizeof(field), "EARSHOT_SOURCE=%s", source);
    struct iovec iov[4] = {piece(message), piece(priority), piece("SYSLOG_IDENTIFIER=earshotd"),
                           piece(field)};
    (void)sd_journal_sendv(iov, *source ? 4 : 3);
}

static const char *level_word(enum log_level level)
{
    switch (level) {
    case LOG_LEVEL_ERROR:
        return "error: ";
    case LOG_LEVEL_WARNING:
        return "warning: ";
    case LOG_LEVEL_DEBUG:
        return "debug: ";
    case LOG_LEVEL_INFO:
        break;
    }
    return "";
}

static void put(struct log *l, enum log_level level, const char *source, const char *text)
{
    if (l->journal) {
        to_journal(level, source, text);
        return;
    }
    struct iovec iov[6] = {piece("earshotd: "), piece(level_word(level)), piece(source),
                           piece(*source ? ": " : ""), piece(text), piece("\n")};
    ssize_t n = writev(l->fd, iov, ARRAY_SIZE(iov)); /* one line, one write */
    (void)n;
}

static void forget(struct log *l, struct remembered *r, int64_t now_ns)
{
    if (r->again) {
        char text[LINE_SIZE + 64];
        snprintf(text, sizeof(text), "%s (%u more time%s in %d s)", r->text, r->again, r->again == 1 ? "" : "s",
                 (int)((now_ns - r->since_ns) / 1000000000));
        put(l, r->level, r->source, text);
    }
    r->since_ns = 0;
    r->again = 0;
}

/* True: said within the last minute, so counted only. */
static bool repeats(struct log *l, enum log_level level, const char *source, const char *text,
                    int64_t now_ns)
{
    struct remembered *oldest = &l->line[0];
    for (size_t i = 0; i < REMEMBERED; i++) {
        struct remembered *r = &l->line[i];
        if (r->since_ns && r->level == level && !strcmp(r->text, text) &&
            !strcmp(r->source, source)) {
            r->again++;
            return true;
        }
        if (r->since_ns < oldest->since_ns)
            oldest = r;
    }
    if (oldest->since_ns)
        forget(l, oldest, now_ns);
    oldest->since_ns = now_ns;
    oldest->level = level;
    snprintf(oldest->source, sizeof(oldest->source), "%s", source);
    snprintf(oldest->text, sizeof(oldest->text), "%s", text);
    return false;
}

void log_say(struct log *l, enum log_level level, const char *source, const char *fmt, ...)
{
    if (level > l->level)
        return;
    char text[LINE_SIZE];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    int64_t now_ns = clock_boot_ns();
    log_turn(l, now_ns);
    if (!repeats(l, level, source ? source : "", text, now_ns))
        put(l, level, source ? source : "", text);
}

void log_turn(struct log *l, int64_t now_ns)
{
    for (size_t i = 0; i < REMEMBERED; i++)
        if (l->line[i].since_ns && now_ns - l->line[i].since_ns >= REPEAT_NS)
            forget(l, &l->line[i], now_ns);
}

void log_set_level(struct log *l, const char *level)
{
    static const struct {
        const char *name;
        enum log_level level;
    } words[] = {{"error", LOG_LEVEL_ERROR},
                 {"warning", LOG_LEVEL_WARNING},
                 {"info", LOG_LEVEL_INFO},
                 {"debug", LOG_LEVEL_DEBUG}};
    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (!strcmp(words[i].name, level))
            l->level = words[i].level;
}

void log_free(struct log *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < REMEMBERED; i++)
        if (l->line[i].since_ns)
            forget(l, &l->line[i], clock_boot_ns());
    free(l);
}
