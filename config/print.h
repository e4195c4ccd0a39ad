/* What the table of keys says, written for people and programs.
 *
 * All write to a stream and leave its errors to whoever closes it (ferror). One
 * thread a stream. */
#ifndef CONFIG_PRINT_H
#define CONFIG_PRINT_H

#include <stdio.h>

#include "config/settings.h"

struct key;

/* --print-config: what is in force, as YAML that reads back as the same settings,
 * each value with the file and line that it comes from. No secrets: passwords
 * are not read, and queries of URLs are left out. */
void print_settings(const struct settings *s, FILE *f);

/* --default-config: the example, every key with its meaning, commented out. */
void print_example(FILE *f);

/* JSON Schema (2020-12) of one file of settings. */
void print_schema(FILE *f);

/* The manual page earshot.yaml(5), in mdoc. */
void print_man(FILE *f);

/* For those above. The lines of the groups that `path` opens and `before` did not, each
 * after `start`; returns how many groups `path` is in. */
int print_groups(const char *before, const char *path, const char *start, FILE *f);
const char *print_last_part(const char *path); /* "ca_file" of "mqtt.tls.ca_file" */
/* "Tokens between two looks. Range: 1 to 64 tokens. Default: 4." */
void print_meaning(const struct key *k, char *ret_text, size_t size);
/* Words of text in lines that begin with `start` and end before column `end`. */
void print_wrapped(const char *text, const char *start, int end, FILE *f);

#endif
