/* Words to numbers and back: what a plain scalar is by YAML 1.2, and the forms
 * our settings add to it: durations (2s), sizes (64MiB), rates (10/min).
 *
 * Decimal only and exact, whatever the locale: no octal, no hexadecimal, no
 * sexagesimal, no inf and nan, at most 15 digits. The readers return false, and
 * leave *ret alone, for anything else. The writers give the shortest text that
 * reads back as the same value. Pure; any thread. */
#ifndef CONFIG_SCALARS_H
#define CONFIG_SCALARS_H

#include "config/base.h"

enum { SCALAR_TEXT_SIZE = 48 };

enum scalar_kind { SCALAR_TEXT, SCALAR_NULL, SCALAR_BOOL, SCALAR_INT, SCALAR_FLOAT };

struct rate { /* 10/min: n = 10, period_s = 60 */
    double n;
    double period_s;
};

/* What YAML 1.2's core schema takes a plain scalar for: True and 0x1f count, though
 * we do not accept these spellings. */
enum scalar_kind scalar_kind(const char *text);

bool scalar_int(const char *text, int64_t *ret);
bool scalar_decimal(const char *text, double *ret);
bool scalar_duration(const char *text, int64_t *ret_ms); /* whole ms; units ms s m h d */
bool scalar_size(const char *text, int64_t *ret_bytes);  /* whole number of KiB MiB GiB */
bool scalar_rate(const char *text, struct rate *ret);    /* N/s N/min N/h N/day, N > 0 */

void scalar_write_decimal(double value, char ret_text[SCALAR_TEXT_SIZE]);
void scalar_write_duration(int64_t ms, char ret_text[SCALAR_TEXT_SIZE]);
void scalar_write_size(int64_t bytes, char ret_text[SCALAR_TEXT_SIZE]);
void scalar_write_rate(const struct rate *rate, char ret_text[SCALAR_TEXT_SIZE]);

#endif
