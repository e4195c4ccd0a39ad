/* What single values cannot tell: whether the settings fit together.
 *
 * Called once by config/settings.c when all is read and inherited. */
#ifndef CONFIG_CONSISTENCY_H
#define CONFIG_CONSISTENCY_H

#include "config/settings.h"

/* Adds a complaint for each contradiction, at the place of one of its values. */
void consistency_check(const struct settings *s, struct settings_errors *errors);

/* Where a value stands, by its path ("mqtt.url"; of source number `source`, else -1); a
 * value that no file says: the main file as a whole. */
struct place consistency_place(const struct settings *s, int source, const char *path);

#endif
