/* The complaints about a configuration: collected, so that all come at once.
 *
 * Everything in config/ that reads an operator's words takes a settings_errors
 * and adds to it. The object is the caller's, zeroed before the first use, and
 * never holds a NULL text: when memory runs out a fixed sentence stands in, and
 * errors_code() tells -ENOMEM from -EINVAL. One thread an object. */
#ifndef CONFIG_ERRORS_H
#define CONFIG_ERRORS_H

#include "config/reason.h"

enum { SETTINGS_MAX_ERRORS = 100 };

struct settings_error { /* one complaint, ready to print */
    char *text;         /* file:line:col: path: what (found …, expected …; did you mean …?) */
};

struct settings_errors {
    size_t n;
    struct settings_error item[SETTINGS_MAX_ERRORS];
};

struct place { /* where something stands */
    const char *file;
    int line, column; /* from 1, in characters; 0: the file as a whole */
};

/* Adds "file:line:col: …", cut at REASON_SIZE. The last place in the list says
 * that there were more. */
void errors_add(struct settings_errors *e, const struct place *at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

void errors_no_memory(struct settings_errors *e);

/* 0: nothing is wrong; -EINVAL; -ENOMEM: and so the list may be short. */
int errors_code(const struct settings_errors *e);

void settings_errors_done(struct settings_errors *e); /* as new; NULL is fine */

#endif
