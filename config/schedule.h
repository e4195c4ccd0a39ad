/* "Mon-Fri 08:00-16:00": a span of local time that comes back every week.
 *
 *     span = [days " "] HH:MM-HH:MM      days = day | day "-" day, or several with ","
 *
 * Without days it is every day. The end is not part of it and may be 24:00. An end
 * before the start reaches into the next day: "Fri 22:00-06:00" ends on Saturday.
 * Days may wrap too: "Sat-Mon". config/ checks settings with it, daemon/ asks whether
 * a source is muted now. Pure; any thread. */
#ifndef CONFIG_SCHEDULE_H
#define CONFIG_SCHEDULE_H

#include <time.h>

#include "config/reason.h"

struct schedule {
    unsigned days;        /* bit 0 Sunday … bit 6 Saturday, as in struct tm */
    int from_min, to_min; /* of the day, 0..1440 */
};

/* -EINVAL, and why says what is wrong; *ret is then left alone. */
int schedule_read(const char *text, struct schedule *ret, struct reason *why);

/* weekday 0 Sunday … 6, minute of that day 0..1439, both local time. */
bool schedule_covers(const struct schedule *s, int weekday, int minute);

/* Whether one of n spans covers this moment by the clock on the wall here, in the zone that
 * this box has now; its index, -1 none. When that clock jumps, so does the schedule: an hour
 * that is left out in spring is left out of a span, one that comes twice in autumn is
 * covered twice. Reads the zone anew: one thread. */
int schedule_at(const struct schedule *s, size_t n, time_t wall);

#endif
