#include "config/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_DROP_INS = 256 };

char *files_beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    int n_folder = slash ? (int)(slash - path) + 1 : 0;
    char *r;
    return asprintf(&r, "%.*s%s", n_folder, path, name) < 0 ? NULL : r;
}

static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && !strcmp(name + n - m, end);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int add_path(struct files *f, const char *folder, const char *name)
{
    char **grown = realloc(f->path, (f->n + 1) * sizeof(*grown));
    if (!grown)
        return -ENOMEM;
    f->path = grown;
    if (asprintf(&f->path[f->n], "%s/%s", folder, name) < 0)
        return -ENOMEM;
    f->n++;
    return 0;
}

static int list_folder(DIR *dir, const char *folder, struct files *ret,
                       struct settings_errors *errors)
{
    struct place at = {folder, 0, 0};
    struct dirent *entry;
    while (errno = 0, entry = readdir(dir)) {
        if (entry->d_name[0] == '.')
            continue;
        if (ends_in(entry->d_name, ".yml"))
            errors_add(errors, &at, "%s would not be read: rename it to end in .yaml",
                       entry->d_name);
        if (!ends_in(entry->d_name, ".yaml"))
            continue;
        if (ret->n == MAX_DROP_INS) {
            errors_add(errors, &at, "more than %d files", MAX_DROP_INS);
            return -E2BIG;
        }
        if (add_path(ret, folder, entry->d_name) < 0) {
            errors_no_memory(errors);
            return -ENOMEM;
        }
    }
    if (errno) {
        int err = errno;
        errors_add(errors, &at, "cannot be listed: %s", strerror(err));
        return -err;
    }
    return 0;
}

int files_list(const char *main_path, struct files *ret, struct settings_errors *errors)
{
    char *folder = files_beside(main_path, "conf.d");
    DIR *dir = NULL;
    int err = 0;
    *ret = (struct files){0};
    if (!folder) {
        errors_no_memory(errors);
        return -ENOMEM;
    }
    dir = opendir(folder);
    if (dir) {
        err = list_folder(dir, folder, ret, errors);
    } else if (errno != ENOENT) {
        struct place at = {folder, 0, 0};
        err = -errno;
        errors_add(errors, &at, "cannot be listed: %s", strerror(-err));
    }
    if (dir)
        closedir(dir);
    if (ret->n > 0)
        qsort(ret->path, ret->n, sizeof(*ret->path), by_name);
    free(folder);
    return err;
}

void files_done(struct files *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->path[i]);
    free(f->path);
    *f = (struct files){0};
}

/* Up to room bytes; a file may still be growing, so its size is not asked. */
static ssize_t read_up_to(int fd, char *to, size_t room)
{
    size_t used = 0;
    while (used < room) {
        ssize_t n = read(fd, to + used, room - used);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        if (n == 0)
            break;
        used += (size_t)n;
    }
    return (ssize_t)used;
}

int files_read(const char *path, size_t max, char **ret, size_t *ret_n, struct reason *why)
{
    struct stat st;
    char *text = NULL;
    ssize_t n;
    int err = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) < 0) {
        err = -errno;
        reason_set(why, -err, "cannot be read: %s", strerror(-err));
        goto out;
    }
    if (!S_ISREG(st.st_mode)) {
        err = reason_set(why, S_ISDIR(st.st_mode) ? EISDIR : EINVAL, "is no regular file");
        goto out;
    }
    text = malloc(max + 1);
    if (!text) {
        err = reason_set(why, ENOMEM, "out of memory");
        goto out;
    }
    n = read_up_to(fd, text, max + 1);
    if (n < 0) {
        err = (int)n;
        reason_set(why, -err, "cannot be read: %s", strerror(-err));
    } else if ((size_t)n > max) {
        err = reason_set(why, EFBIG, "too large (expected at most %zu bytes)", max);
    } else {
        text[n] = '\0';
        *ret = text;
        *ret_n = (size_t)n;
        text = NULL;
    }
out:
    if (fd >= 0)
        close(fd);
    free(text);
    return err;
}

/* On disk with its name, also after a power cut. */
static int sync_folder(const char *path)
{
    char *folder = files_beside(path, ".");
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    int err = fd < 0 || fsync(fd) < 0 ? -errno : 0;
    if (fd >= 0)
        close(fd);
    free(folder);
    return err;
}

static bool holds_already(const char *path, const char *text, size_t n)
{
    char *there;
    size_t n_there;
    if (files_read(path, n, &there, &n_there, NULL) < 0)
        return false;
    bool same = n == n_there && !memcmp(there, text, n);
    free(there);
    return same;
}

int files_replace(const char *path, const char *text, size_t n)
{
    char *fresh;
    if (holds_already(path, text, n))
        return 0;
    if (asprintf(&fresh, "%s.new", path) < 0)
        return -ENOMEM;
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    int err = fd < 0 ? -errno : 0;
    for (size_t done = 0; err >= 0 && done < n;) {
        ssize_t w = write(fd, text + done, n - done);
        if (w < 0 && errno != EINTR)
            err = -errno;
        done += w > 0 ? (size_t)w : 0;
    }
    if (err >= 0 && fsync(fd) < 0)
        err = -errno;
    if (fd >= 0)
        close(fd);
    if (err >= 0 && rename(fresh, path) < 0)
        err = -errno;
    if (err < 0 && fd >= 0)
        (void)unlink(fresh);
    free(fresh);
    return err < 0 ? err : sync_folder(path);
}
