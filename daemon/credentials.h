/* The credentials of the service, for who types a command at the shell: systemd names their
 * folder to the service alone, and keeps it while that runs. Root may look into it. */
#ifndef DAEMON_CREDENTIALS_H
#define DAEMON_CREDENTIALS_H

#include "config/settings.h"

/* Sets $CREDENTIALS_DIRECTORY, unless it is set, when the service runs and this user may read
 * what it was given. At the beginning of a program, before there are threads. */
void credentials_find(void);

/* What to do when a file for the broker cannot be read that may be a credential which was not
 * found; "": it cannot be one, or the folder is known. */
const char *credentials_remedy(const struct settings *s);

#endif
