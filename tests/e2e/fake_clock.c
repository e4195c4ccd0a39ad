/* Preloaded: what the kernel says of its clock is what $FAKE_CLOCK says, "synced", "error" (after a
 * leap second that went wrong), "unsynced", or, with any other word, that a sandbox forbids to ask. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

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
