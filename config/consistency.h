/* What single values cannot tell: whether the settings fit together.
 *
 * Called once by config/settings.c when all is read and inherited. */
#ifndef CONFIG_CONSISTENCY_H
#define CONFIG_CONSISTENCY_H

#include "config/settings.h"

/* Adds a complaint for each contradiction, at the place of one of its values. */
void consistency_check(const struct settings *s, struct settings_errors *errors);

#endif
