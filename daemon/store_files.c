#include "daemon/store_files.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int store_files_move_aside(const char *path, char *ret, size_t size)
{
    static const char *const LOGS[] = {"-journal", "-wal", "-shm"};
    char stamp[32], from[4200], to[4200];
    time_t now = time(NULL);
    struct tm tm;
    gmtime_r(&now, &tm);
    strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
    snprintf(ret, size, "%s.damaged-%s", path, stamp);
    for (int i = 1; access(ret, F_OK) == 0 && i < 100; i++)
        snprintf(ret, size, "%s.damaged-%s-%d", path, stamp, i);
    if (rename(path, ret) < 0)
        return -errno;
    for (size_t i = 0; i < ARRAY_SIZE(LOGS); i++) {
        snprintf(from, sizeof(from), "%s%s", path, LOGS[i]);
        snprintf(to, sizeof(to), "%s%s", ret, LOGS[i]);
        if (rename(from, to) < 0 && errno != ENOENT)
            return -errno;
    }
    return 0;
}

bool store_files_have_log(const char *path)
{
    char log[4200];
    struct stat st;
    snprintf(log, sizeof(log), "%s-wal", path);
    return stat(log, &st) == 0 && st.st_size > 0;
}

/* With what has a meaning in a URI escaped. */
void store_files_immutable(const char *path, char *ret, size_t size)
{
    size_t used = (size_t)snprintf(ret, size, "file:");
    for (; *path && used + 16 < size; path++)
        used += (size_t)snprintf(ret + used, size - used, strchr("%?#", *path) ? "%%%02X" : "%c",
                                 (unsigned char)*path);
    snprintf(ret + used, size - used, "?immutable=1");
}
