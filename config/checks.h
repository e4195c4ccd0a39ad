/* What a text must look like to be a name, a URL, an address.
 *
 * All have one shape, so that a row of the keys table can point to one. False:
 * why holds what is wrong in the form of a complaint, "what (found …, expected …)",
 * without any secret that the text may hold. Pure; any thread. */
#ifndef CONFIG_CHECKS_H
#define CONFIG_CHECKS_H

#include "config/reason.h"

typedef bool check_fn(const char *text, struct reason *why);

bool check_name(const char *text, struct reason *why);        /* [a-z0-9_-]{1,64} */
bool check_source_name(const char *text, struct reason *why); /* … that is no topic of ours */
bool check_label(const char *text, struct reason *why);       /* [a-z0-9_]{1,63} */
bool check_kernel(const char *text, struct reason *why);      /* the same, or auto */
bool check_command(const char *text, struct reason *why);     /* reload snapshot … */
bool check_source_url(const char *text, struct reason *why);
bool check_mqtt_url(const char *text, struct reason *why);
bool check_listen(const char *text, struct reason *why); /* address:port, [v6]:port */
bool check_mute(const char *text, struct reason *why);   /* config/schedule.h */

/* The URL as people may see it, in logs, states and --print-config: user, password
 * and query replaced by "…". At most size bytes with the NUL. */
void check_public_url(const char *url, char *ret_text, size_t size);

#endif
