/* A line a mute: boot id, until (boot time in ns, wall time in ms), what was left in ms, source. */
#include "daemon/mutes.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/files.h"
#include "config/settings.h"
#include "daemon/command.h"
#include "daemon/health.h"
#include "daemon/sources.h"
#include "daemon/station.h"

enum { PATH_SIZE = 4096, MAX_FILE = 64 << 10 };
#define MS INT64_C(1000000)

int mutes_write(const char *path, const struct mute_kept *m, size_t n, const struct mutes_now *now, struct reason *why)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    int err = -ENOMEM;
    for (size_t i = 0; out && i < n; i++) {
        int64_t left_ms = (m[i].until_ns - now->boot_ns) / MS;
        if (left_ms > 0)
            fprintf(out, "%s %" PRId64 " %" PRId64 " %" PRId64 " %s\n", now->boot_id, m[i].until_ns,
                    now->wall_ms + left_ms, left_ms, m[i].source);
    }
    if (out && fclose(out) == 0)
        err = size > 0 ? files_replace(path, text, size) : unlink(path) == 0 || errno == ENOENT ? 0 : -errno;
    free(text);
    return err < 0 ? reason_set(why, -err, "%s: %s", path, strerror(-err)) : 0;
}

static int64_t left_of(const char *boot_id, int64_t until_ns, int64_t until_wall_ms, int64_t left_ms, const struct mutes_now *now)
{
    if (!strcmp(boot_id, now->boot_id))
        return (until_ns - now->boot_ns) / MS;
    int64_t by_wall_ms = until_wall_ms - now->wall_ms;
    return by_wall_ms < left_ms ? by_wall_ms : left_ms;
}

size_t mutes_read(const char *path, struct mute_kept *ret, size_t max, const struct mutes_now *now)
{
    char *text, *line, *rest;
    size_t size, n = 0;
    if (files_read(path, MAX_FILE, &text, &size, NULL) < 0)
        return 0;
    for (line = strtok_r(text, "\n", &rest); line && n < max; line = strtok_r(NULL, "\n", &rest)) {
        char boot_id[37];
        int64_t until_ns, until_wall_ms, left_ms;
        if (sscanf(line, "%36s %" SCNd64 " %" SCNd64 " %" SCNd64 " %64s", boot_id, &until_ns, &until_wall_ms, &left_ms,
                   ret[n].source) != 5 || until_ns < 0 || until_wall_ms < 0)
            continue;
        left_ms = left_of(boot_id, until_ns, until_wall_ms, left_ms, now);
        if (left_ms <= 0 || left_ms > COMMAND_MAX_FOR_MS)
            continue;
        ret[n++].until_ns = now->boot_ns + left_ms * MS;
    }
    free(text);
    return n;
}

/* False: nothing is kept. */
static bool look(char ret_path[PATH_SIZE], char ret_boot_id[37], struct mutes_now *ret_now)
{
    const char *dir = getenv("STATE_DIRECTORY"); /* several would be parted by ':' */
    if (!dir || *dir != '/')
        return false;
    health_boot_id(ret_boot_id);
    *ret_now = (struct mutes_now){ret_boot_id, clock_boot_ns(), clock_wall_ns() / MS};
    return snprintf(ret_path, PATH_SIZE, "%.*s/mutes", (int)strcspn(dir, ":"), dir) < PATH_SIZE;
}

int mutes_keep(struct sources *all, struct reason *why)
{
    char path[PATH_SIZE], boot_id[37];
    struct mute_kept m[SETTINGS_MAX_SOURCES];
    struct mutes_now now;
    size_t n = 0;
    if (!look(path, boot_id, &now))
        return 0;
    for (; n < sources_count(all); n++) {
        snprintf(m[n].source, sizeof(m[n].source), "%s", station_name(sources_at(all, n)));
        m[n].until_ns = station_muted_until(sources_at(all, n));
    }
    return mutes_write(path, m, n, &now, why);
}

void mutes_restore(struct sources *all)
{
    char path[PATH_SIZE], boot_id[37];
    struct mute_kept m[SETTINGS_MAX_SOURCES];
    struct mutes_now now;
    size_t n = look(path, boot_id, &now) ? mutes_read(path, m, ARRAY_SIZE(m), &now) : 0;
    for (size_t i = 0; i < n; i++) {
        struct station *s = sources_find(all, m[i].source);
        if (s)
            station_mute(s, m[i].until_ns);
    }
}
