/* Where what a password_file or a TLS file names lies; for config/ itself. What others need
 * of secrets is in config/settings.h. */
#ifndef CONFIG_SECRET_H
#define CONFIG_SECRET_H

#include "config/settings.h"

/* The systemd credential of that name if there is one, else the path, or the file beside
 * the main configuration file. The caller frees it; NULL: no memory. */
char *secret_path(const struct settings *s, const char *file);

#endif
