/* Preloaded: what the kernel says of its clock is what $FAKE_CLOCK says, "synced", "error" (after a
 * leap second that went wrong), "unsynced", or, with any other word, that a sandbox forbids to ask.
 * To the main thread the wall clock is as many seconds from the real one as the file $FAKE_WALL
 * says, if there is one; the others wait by theirs. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

int adjtimex(struct timex *t)
{
    const char *say = getenv("FAKE_CLOCK");
    t->status = say && !strcmp(say, "unsynced") ? STA_UNSYNC : STA_PLL;
    if (say && (!strcmp(say, "synced") || !strcmp(say, "unsynced")))
        return TIME_OK;
    if (say && !strcmp(say, "error"))
        return TIME_ERROR;
    errno = EPERM;
    return -1;
}

static long ahead_s(void)
{
    const char *path = getenv("FAKE_WALL");
    char text[24] = "0";
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0 && read(fd, text, sizeof(text) - 1) < 0)
        text[0] = '\0';
    if (fd >= 0)
        close(fd);
    return atol(text);
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
    int r = (int)syscall(SYS_clock_gettime, clock, t);
    if (r == 0 && clock == CLOCK_REALTIME && gettid() == getpid())
        t->tv_sec += ahead_s();
    return r;
}
