#include "config/schedule.h"

#include <string.h>
#include <strings.h>

static const char *const day_name[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

static bool read_day(const char **p, int *ret)
{
    for (int i = 0; i < 7; i++) {
        if (strncasecmp(*p, day_name[i], 3))
            continue;
        *p += 3;
        *ret = i;
        return true;
    }
    return false;
}

static bool read_days(const char **p, unsigned *ret)
{
    unsigned days = 0;
    for (;;) {
        int first, last;
        if (!read_day(p, &first))
            return false;
        last = first;
        if (**p == '-') {
            (*p)++;
            if (!read_day(p, &last))
                return false;
        }
        for (int d = first;; d = (d + 1) % 7) {
            days |= 1u << d;
            if (d == last)
                break;
        }
        if (**p != ',')
            break;
        (*p)++;
    }
    *ret = days;
    return true;
}

static bool read_clock(const char **p, int *ret_min)
{
    const char *s = *p;
    for (int i = 0; i < 5; i++)
        if (i == 2 ? s[i] != ':' : s[i] < '0' || s[i] > '9')
            return false;
    int hour = (s[0] - '0') * 10 + s[1] - '0', min = (s[3] - '0') * 10 + s[4] - '0';
    if (min > 59 || hour * 60 + min > 24 * 60)
        return false;
    *p += 5;
    *ret_min = hour * 60 + min;
    return true;
}

int schedule_read(const char *text, struct schedule *ret, struct reason *why)
{
    struct schedule s = {.days = 0x7f};
    const char *p = text;
    if (*p && (*p < '0' || *p > '9')) {
        if (!read_days(&p, &s.days) || *p++ != ' ')
            return reason_set(why, EINVAL,
                              "days of a week are Mon Tue Wed Thu Fri Sat Sun, as in "
                              "\"Mon-Fri 08:00-16:00\" or \"Sat,Sun 10:00-12:00\"");
    }
    if (!read_clock(&p, &s.from_min) || *p++ != '-' || !read_clock(&p, &s.to_min) || *p)
        return reason_set(why, EINVAL, "a span of time is HH:MM-HH:MM, as in \"08:00-16:00\"");
    if (s.from_min == s.to_min || s.from_min == 24 * 60)
        return reason_set(why, EINVAL, "the span is empty; the whole day is 00:00-24:00");
    *ret = s;
    return 0;
}

bool schedule_covers(const struct schedule *s, int weekday, int minute)
{
    bool today = s->days & (1u << weekday), yesterday = s->days & (1u << (weekday + 6) % 7);
    if (s->from_min < s->to_min)
        return today && minute >= s->from_min && minute < s->to_min;
    return (today && minute >= s->from_min) || (yesterday && minute < s->to_min);
}

int schedule_at(const struct schedule *s, size_t n, time_t wall)
{
    struct tm tm;
    if (n == 0)
        return -1;
    tzset(); /* localtime_r() alone would keep the zone of the start */
    if (!localtime_r(&wall, &tm))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (schedule_covers(&s[i], tm.tm_wday, tm.tm_hour * 60 + tm.tm_min))
            return (int)i;
    return -1;
}
