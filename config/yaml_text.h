/* What must be right about a text before a YAML parser sees it.
 *
 * libyaml tells of bad UTF-8 by a byte offset only and compares every %TAG line
 * with all before it, so bytes and lines are checked here first. */
#ifndef CONFIG_YAML_TEXT_H
#define CONFIG_YAML_TEXT_H

#include "config/errors.h"

/* Looks at the whole text and adds a complaint for each bad line, so that one
 * look shows all (not after bytes that are no text). True: nothing is wrong. A byte
 * order mark at the start must be skipped before. */
bool yaml_text_check(const char *file, const char *text, size_t n_bytes,
                     struct settings_errors *errors);

#endif
