/* What the subcommands of `earshot` share: the table row that describes one, its
 * parsed options, exit codes and the way to complain.
 *
 * main() in earshot.c finds the row, parses by its option list, answers --help
 * from it and calls run() with the result; run() returns an exit code of
 * sysexits.h. One thread, no state between calls. */
#ifndef DAEMON_TOOL_TOOL_H
#define DAEMON_TOOL_TOOL_H

#include <stdio.h>

#include "config/reason.h"

enum { TOOL_MAX_OPTIONS = 16 };

struct tool_option {
    const char *name;  /* without the dashes; NULL ends the list */
    const char *value; /* what follows it, as help shows it; NULL: a switch */
    const char *help;
};

struct tool_args {
    const char *value[TOOL_MAX_OPTIONS]; /* by place in the option list; NULL absent, "" a switch */
    char **word;                         /* what is not an option, in order */
    int n_words;
};

struct tool_command {
    const char *name;
    const char *synopsis; /* after the name */
    const char *summary;  /* one line, lower case */
    const char *about;    /* paragraphs for --help, each line short; ends in a newline */
    const char *example;  /* command lines with a word on each */
    const char *words;    /* what may stand first behind it, parted by blanks; NULL: no such list */
    struct tool_option option[TOOL_MAX_OPTIONS];
    int (*run)(const struct tool_args *args);
};

/* One line on standard error, "earshot: " before it. */
void tool_complain(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* The same about something with a name, which the sentence may hold already. */
void tool_complain_of(const char *name, const struct reason *why);

/* The exit code that a -errno of the library floors means to a person's script. */
int tool_exit(int err);

/* The value of an option as a whole number; fallback when absent. Complains and
 * returns -EINVAL when it is none or outside min..max. */
int tool_int(const struct tool_args *args, int option, const char *name, int min, int max,
             int fallback, int *ret);

struct model;
struct kernel;

struct settings;

/* The settings in a file, NULL: where the daemon has them. Complains, all at once, and
 * returns the exit code when they are wrong; the caller frees them. */
int tool_settings(const char *path, struct settings **ret);

/* Where the shipped model is, as tool_model() finds it; buf holds it if need be. */
const char *tool_shipped_model(char *buf, size_t size);

/* Opens the model file for kernel k (NULL: only to look at it); path NULL: the
 * shipped one, which is looked for where it is installed and, for a program run
 * from its build folder, in the source tree. Complains and returns the exit code when it cannot be used, EX_OK else; the
 * model is the caller's. */
int tool_model(const char *path, const struct kernel *k, const struct model **ret);
/* The same without the complaint: -errno, and why has it. */
int tool_model_open(const char *path, const struct kernel *k, const struct model **ret, struct reason *why);

/* The arithmetic of that name, NULL or "auto" the best. The same. */
int tool_kernel(const char *name, const struct kernel **ret);

/* Before anything else. */
void tool_begin(void);

/* A program in its build folder finds the model of the source tree around it. */
bool tool_beside_build(const char *model, char *ret_path, size_t size);

/* Processors that this process may use, 1..16. */
int tool_cores(void);

/* Flushes standard output; EX_IOERR, with a complaint, when something was lost on
 * the way, so that a full disk is not mistaken for success. A reader that went
 * away (head) is no error. Else code. */
int tool_finish(int code);

#endif
