/* Tells systemd how we are: ready, reloading, stopping, alive. Does nothing where
 * nobody asked ($NOTIFY_SOCKET). Main thread. */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

#include "config/base.h"

void notify_ready(const char *status);  /* after the start and after each reload */
void notify_reloading(void);
void notify_stopping(void);
void notify_status(const char *status); /* one line for `systemctl status` */

/* How often to call notify_alive at least, in ms: half of WatchdogSec; 0: not asked. */
int64_t notify_watchdog_ms(void);
void notify_alive(void);

#endif
