/* What the tool asks of the process that it runs in. Under WASI wasi.c answers. */
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/credentials.h"
#include "daemon/tool/tool.h"

void tool_begin(void)
{
    signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error of write(), not a death */
    credentials_find();
}

bool tool_beside_build(const char *model, char *ret_path, size_t size)
{
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    if (n < 0)
        return false;
    exe[n] = '\0';
    char *tail = strstr(exe, "/daemon/tool/earshot");
    if (!tail)
        return false;
    *tail = '\0';
    int len = snprintf(ret_path, size, "%s/../infer/models/%s", exe, model);
    return len > 0 && (size_t)len < size && access(ret_path, R_OK) == 0;
}

int tool_cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > 16 ? 16 : n;
}

int tool_finish(int code)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    struct pollfd out = {.fd = STDOUT_FILENO};
    if (errno == EPIPE || (poll(&out, 1, 0) > 0 && out.revents & POLLERR))
        return code; /* who read has seen enough; perhaps an earlier write met that */
    tool_complain("cannot write to standard output: %s", strerror(errno ? errno : EIO));
    return EX_IOERR;
}
