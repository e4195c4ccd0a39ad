/* Whether settings that read well can be lived by on this box, with this model: what
 * --check-config, `earshot config check`, the start and every reload ask before
 * anything is changed. All complaints at once, each with its place in the files.
 *
 * Reads files, touches nothing; any thread. */
#ifndef DAEMON_CHECK_H
#define DAEMON_CHECK_H

#include "config/settings.h"
#include "infer/model.h"

struct check {
    struct settings_errors errors;   /* with these it does not start */
    struct settings_errors warnings; /* with these it does */
};

/* Labels that the model lacks, passwords and TLS files that cannot be read, a kernel that
 * there is not or not here: errors.
 * Secrets that everybody can read, budgets that are taken roughly: warnings. m NULL:
 * labels are not looked at. serving: in the daemon itself, where a systemd credential
 * must be there; from a shell it cannot be seen, and is a warning. */
void check_settings(const struct settings *s, const struct model *m, bool serving,
                    struct check *ret);

/* The same from a shell, with the model that the settings name, or else `shipped`: that
 * one is named in the settings and cannot be used is an error; that root reads what the service
 * will not is a warning. One thread. -EINVAL: there are errors. */
int check_all(const struct settings *s, const char *shipped, struct check *ret);

/* Settings without a source, as the package brings them, are no mistake, but nobody should wait
 * for a flag: a warning. Not for `earshot doctor`, which looks at the sources itself. */
void check_silence(const struct settings *s, struct check *c);
void check_done(struct check *c);

#endif
