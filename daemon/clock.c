#include "daemon/clock.h"

#include <stdlib.h>
#include <sys/timex.h>
#include <unistd.h>

#include "config/base.h"

#define MS INT64_C(1000000)
enum { SET_MS = 100, LOOK_MS = 1 };

bool clock_synced(void)
{
    struct timex t = {.modes = 0};
    int state = adjtimex(&t);
    if (state < 0) /* a sandbox forbids it: systemd-timesyncd leaves a mark */
        return access("/run/systemd/timesync/synchronized", F_OK) == 0;
    return state != TIME_ERROR && !(t.status & STA_UNSYNC);
}

/* What keeps a clock right slews both clocks alike: only a step moves them apart. */
void clock_follow(int64_t *boot_to_wall_ns)
{
    int64_t before_ns = clock_boot_ns(), wall_ns = clock_wall_ns(), after_ns = clock_boot_ns();
    int64_t now = wall_ns - (before_ns + after_ns) / 2;
    bool interrupted = after_ns - before_ns > LOOK_MS * MS;
    if (*boot_to_wall_ns == 0 || (!interrupted && llabs(now - *boot_to_wall_ns) >= SET_MS * MS))
        *boot_to_wall_ns = now;
}
