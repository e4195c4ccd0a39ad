#include "daemon/tool/door.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/local.h"

enum { PATIENCE_S = 10 };

static int connect_to(const char *path)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    struct timeval patience = {.tv_sec = PATIENCE_S};
    if (strlen(path) >= sizeof(a.sun_path))
        return -ENAMETOOLONG;
    memcpy(a.sun_path, path, strlen(path));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) == 0)
        return fd;
    int err = errno;
    close(fd);
    return -err;
}

/* One that is given, that of a daemon started like us, that of the service. */
static int connect_somewhere(const char *given, const char **ret_path, char *buf, size_t size)
{
    *ret_path = given;
    if (given)
        return connect_to(given);
    *ret_path = local_path(buf, size) ? buf : "/run/earshot/control";
    int fd = connect_to(*ret_path);
    if (fd < 0 && *ret_path == buf) {
        *ret_path = "/run/earshot/control";
        fd = connect_to(*ret_path);
    }
    return fd;
}

int door_ask(const char *socket, const char *request, FILE **ret_answer, struct reason *why)
{
    char buf[128];
    const char *path;
    int fd = connect_somewhere(socket, &path, buf, sizeof(buf));
    if (fd == -EACCES || fd == -EPERM)
        return reason_set(why, EACCES, "%s: not yours to open; try it with sudo", path);
    if (fd == -EAGAIN) /* somebody holds the socket, and lets nobody in */
        return reason_set(why, ETIMEDOUT, "the daemon does not answer");
    if (fd < 0)
        return reason_set(why, -fd, "no daemon runs here (%s: %s); see `systemctl status earshotd`", path,
                          strerror(-fd));
    FILE *f = fdopen(fd, "r+");
    if (!f) {
        close(fd);
        return reason_set(why, ENOMEM, "out of memory");
    }
    setvbuf(f, NULL, _IOLBF, BUFSIZ);
    if (fprintf(f, "%s\n", request) < 0 || fflush(f) != 0) {
        int err = errno;
        fclose(f);
        return reason_set(why, err ? err : EIO, "%s: %s", path, strerror(err));
    }
    *ret_answer = f;
    return 0;
}

char *door_line(const char *socket, const char *request, struct reason *why)
{
    FILE *f;
    char *line = NULL;
    size_t size = 0;
    int err = door_ask(socket, request, &f, why);
    if (err < 0) {
        errno = -err;
        return NULL;
    }
    ssize_t n = getline(&line, &size, f);
    fclose(f);
    if (n > 0) {
        line[strcspn(line, "\n")] = '\0';
        return line;
    }
    free(line);
    reason_set(why, ETIMEDOUT, "the daemon does not answer");
    errno = ETIMEDOUT;
    return NULL;
}
