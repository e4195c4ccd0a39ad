/* JSON on its way out, written by hand: the tool prints one object a line. */
#ifndef DAEMON_TOOL_JSON_H
#define DAEMON_TOOL_JSON_H

#include <stdio.h>

/* In quotes, escaped, C1 and DEL too; bytes that are not UTF-8 become U+FFFD. */
void json_string(FILE *out, const char *text);

/* JSON without blanks that a library made of a stranger's: escapes what it leaves as it was. */
void json_tidy(FILE *out, const char *json);

/* Rounded to `places` without superfluous zeros; null when not finite. */
void json_number(FILE *out, double value, int places);

/* {"name": value, …}, 4 places. */
void json_scores(FILE *out, int n, const char (*name)[64], const float *value);

#endif
