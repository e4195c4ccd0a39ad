#include "daemon/tool/moment.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "config/scalars.h"
#include "daemon/tool/tool.h"

/* 0 as mktime() and timegm() would have it: a day that does not exist is refused. */
static bool to_wall(struct tm tm, bool utc, int64_t *ret_ms)
{
    struct tm back = tm;
    back.tm_isdst = -1;
    time_t t = utc ? timegm(&back) : mktime(&back);
    if (t == -1 || back.tm_mday != tm.tm_mday || back.tm_mon != tm.tm_mon)
        return false;
    *ret_ms = (int64_t)t * 1000;
    return true;
}

static bool read_date(const char *text, int64_t *ret_ms)
{
    static const char *const forms[] = {"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M",
                                        "%Y-%m-%dT%H:%M", "%Y-%m-%d"};
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        struct tm tm = {0};
        const char *end = strptime(text, forms[i], &tm);
        if (end && *end == '.') /* milliseconds, as messages have them */
            end += 1 + strspn(end + 1, "0123456789");
        bool utc = end && !strcmp(end, "Z");
        if (end && (utc || !*end))
            return to_wall(tm, utc, ret_ms);
    }
    return false;
}

int moment_since(const char *option, const char *text, int64_t *ret_wall_ms)
{
    int64_t ms;
    if (scalar_duration(text, &ms))
        *ret_wall_ms = clock_wall_ns() / 1000000 - ms;
    else if (!read_date(text, ret_wall_ms)) {
        tool_complain("--%s: found \"%s\", expected a duration such as 2h or 7d, or a time such as "
                      "\"2026-11-23 04:31\"",
                      option, text);
        return -EINVAL;
    }
    return 0;
}

void moment_write(int64_t wall_ms, char ret_text[MOMENT_SIZE])
{
    time_t t = (time_t)(wall_ms / 1000);
    struct tm tm;
    if (!localtime_r(&t, &tm) || !strftime(ret_text, MOMENT_SIZE, "%Y-%m-%d %H:%M:%S", &tm))
        snprintf(ret_text, MOMENT_SIZE, "?");
}
