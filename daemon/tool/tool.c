#include "daemon/tool/tool.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

void tool_complain(const char *fmt, ...)
{
    struct reason line;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line.text, sizeof(line.text), fmt, ap);
    va_end(ap);
    struct reason tidy;
    reason_set(&tidy, EINVAL, "%s", line.text);
    fprintf(stderr, "earshot: %s\n", tidy.text);
}

void tool_complain_of(const char *name, const struct reason *why)
{
    if (strstr(why->text, name))
        tool_complain("%s", why->text);
    else
        tool_complain("%s: %s", name, why->text);
}

int tool_exit(int err)
{
    switch (err < 0 ? -err : err) {
    case 0:
        return EX_OK;
    case EINVAL:
        return EX_USAGE;
    case EBADMSG:
    case ENOMSG:
    case EILSEQ:
    case EPROTO:
        return EX_DATAERR;
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
        return EX_NOINPUT;
    case ENODEV:
    case ENXIO:
    case EBUSY:
    case ECONNREFUSED:
    case ECONNRESET:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ETIMEDOUT:
        return EX_UNAVAILABLE;
    case EACCES:
    case EPERM:
        return EX_NOPERM;
    case EIO:
    case ENOSPC:
    case EPIPE:
        return EX_IOERR;
    default:
        return EX_OSERR;
    }
}

int tool_int(const struct tool_args *args, int option, const char *name, int min, int max,
             int fallback, int *ret)
{
    const char *text = args->value[option];
    if (!text) {
        *ret = fallback;
        return 0;
    }
    char *end;
    errno = 0;
    long v = strtol(text, &end, 10);
    if (end == text || *end || errno || v < min || v > max) {
        tool_complain("--%s: found \"%s\", expected a whole number from %d to %d", name, text, min,
                      max);
        return -EINVAL;
    }
    *ret = (int)v;
    return 0;
}
