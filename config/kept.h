/* The settings as they were read, kept in one file of our own: what the daemon goes on
 * with when it must start and the operator's files are wrong.
 *
 * The file holds the texts of all files, byte for byte and under their names, so that
 * places in messages, passwords beside the main file and the sum are what they were.
 * It may hold what URLs hide: mode 600. */
#ifndef CONFIG_KEPT_H
#define CONFIG_KEPT_H

#include "config/settings.h"

enum { KEPT_MAX_BYTES = 4 << 20 };

/* Replaces the file in one step; does not touch it when it holds the same already.
 * -EFBIG: the settings are larger than KEPT_MAX_BYTES; other -errno. */
int kept_write(const struct settings *s, const char *path, struct reason *why);

/* As settings_load(), from what kept_write() wrote. -EBADMSG: it is not that. */
int kept_load(const char *path, struct settings **ret, struct settings_errors *errors);

#endif
