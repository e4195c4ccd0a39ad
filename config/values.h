/* A setting's value in its field: read from YAML, copied, compared, written.
 *
 * `field` is the field of struct settings or settings_source that a row of the
 * keys table tells of; zeroed memory is a fine empty field. Whoever owns the
 * struct owns what is in it. One thread an object. */
#ifndef CONFIG_VALUES_H
#define CONFIG_VALUES_H

#include <stdio.h>

#include "config/keys.h"
#include "config/yaml.h"

/* Replaces what is in the field (thresholds: label by label). A wrong value is
 * told in errors under the name `path`, and the field stays as it was. */
bool values_read(const struct key *k, const struct yaml_node *node, const char *path, void *field,
                 struct settings_errors *errors);

/* Fills an empty field; thresholds of any field: those labels that it lacks. -ENOMEM */
int values_inherit(const struct key *k, void *field, const void *from);

void values_free(const struct key *k, void *field); /* empty again */
bool values_equal(const struct key *k, const void *a, const void *b);

/* As YAML in one line, such that reading it gives the value again; URLs as people
 * may see them. */
void values_write(const struct key *k, const void *field, FILE *f);

/* A text as YAML: plain where it can be, otherwise in double quotes. */
void values_write_text(const char *text, FILE *f);

#endif
