#include "daemon/telling.h"
#include "daemon/clock.h"
#include "daemon/message.h"

#define MS INT64_C(1000000)

static int64_t age_ms(const struct event *e)
{
    return e->boot_ns > 0 ? (clock_boot_ns() - e->boot_ns) / MS : clock_wall_ns() / MS - e->time_ms;
}

char *telling_event(const struct event *stored, bool replayed)
{
    struct event e = *stored;
    if (!e.clock_synced && clock_synced())
        event_restamp(&e, clock_wall_ns() / MS, clock_boot_ns());
    return message_event(&e, replayed, age_ms(&e));
}
