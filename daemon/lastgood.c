#include "daemon/lastgood.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/files.h"
#include "config/kept.h"
#include "daemon/health.h"

enum { PATH_SIZE = 4096, MARK_SIZE = 64 };

static bool path_of(const char *name, char ret_path[PATH_SIZE])
{
    const char *dir = getenv("STATE_DIRECTORY"); /* several would be parted by ':' */
    if (!dir || *dir != '/')
        return false;
    int n = snprintf(ret_path, PATH_SIZE, "%.*s/%s", (int)strcspn(dir, ":"), dir, name);
    return n < PATH_SIZE;
}

/* "running BOOT_ID" while a run lasts and after one that crashed, "stopped BOOT_ID". */
static void mark(const char *word)
{
    char path[PATH_SIZE], boot_id[37], text[MARK_SIZE];
    if (!path_of("last-run", path))
        return;
    health_boot_id(boot_id);
    int n = snprintf(text, sizeof(text), "%s %s\n", word, boot_id);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return; /* the store says what is wrong with the disk */
    if (write(fd, text, (size_t)n) < n)
        (void)unlink(path);
    close(fd);
}

bool lastgood_wanted(void)
{
    char path[PATH_SIZE], boot_id[37], want[MARK_SIZE], *found;
    size_t n;
    if (!path_of("last-run", path) || files_read(path, MARK_SIZE, &found, &n, NULL) < 0)
        return false;
    health_boot_id(boot_id);
    snprintf(want, sizeof(want), "stopped %s\n", boot_id);
    bool wanted = strcmp(found, want) != 0;
    free(found);
    return wanted;
}

int lastgood_load(struct settings **ret, struct settings_errors *errors)
{
    char path[PATH_SIZE];
    *errors = (struct settings_errors){0};
    return !path_of("last-good", path) ? -ENOENT : kept_load(path, ret, errors);
}

void lastgood_began(void)
{
    mark("running");
}

void lastgood_ended(void)
{
    mark("stopped");
}

int lastgood_keep(const struct settings *s, struct reason *why)
{
    char path[PATH_SIZE];
    return path_of("last-good", path) ? kept_write(s, path, why) : 0;
}
