/* The files that a configuration is made of, and those of our own, as bytes.
 *
 * Reads the file system and allocates; one thread. */
#ifndef CONFIG_FILES_H
#define CONFIG_FILES_H

#include "config/errors.h"

struct files { /* the names of drop-ins, sorted by strcmp */
    size_t n;
    char **path;
};

/* The *.yaml in the folder conf.d beside `main_path`, hidden ones left out; none when
 * there is no such folder. Free with files_done() in any case. -errno: told in errors. */
int files_list(const char *main_path, struct files *ret, struct settings_errors *errors);
void files_done(struct files *f);

/* The whole of a regular file of at most max bytes, a NUL behind them; the caller
 * frees *ret. Opening never waits. -errno: told in why, -EFBIG when it is larger. */
int files_read(const char *path, size_t max, char **ret, size_t *ret_n, struct reason *why);

/* The file of that name holds these bytes from now on, also after a power cut, or what it held
 * before; mode 600. It is not touched when it holds them already. -errno. */
int files_replace(const char *path, const char *text, size_t n);

/* `name` beside `path`, as a new string; NULL: no memory. */
char *files_beside(const char *path, const char *name);

#endif
