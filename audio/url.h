/* Network URLs: credentials in, credentials out of sight. Pure; any thread. */
#ifndef AUDIO_URL_H
#define AUDIO_URL_H

#include "config/reason.h"

enum { URL_MAX = 4096 };

/* url with user name and password (NULL: none; they replace what the URL holds) in
 * %xx form, as libav takes them. -EINVAL: no host, a colon in the user name, or too
 * long, for RTSP also a login that libav would cut. */
int url_with_login(const char *url, const char *user, const char *password, char ret[URL_MAX],
                   struct reason *why);

/* For people: without user name, password, query and fragment, which may all be
 * secrets. Cut to n. */
void url_shown(const char *url, char *ret, size_t n);

/* Host without brackets, -EINVAL if there is none or it does not fit. */
int url_host(const char *url, char *ret, size_t n);

#endif
