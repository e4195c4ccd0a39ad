/* settings_exposed() of config/settings.h: modes of the files that hold secrets. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "config/consistency.h"
#include "config/files.h"
#include "config/secret.h"
#include "config/settings.h"

static void look(const struct settings *s, int source, const char *key, const char *path,
                 struct settings_errors *ret)
{
    struct stat st;
    char name[160];
    if (stat(path, &st) < 0 || !S_ISREG(st.st_mode) || !(st.st_mode & S_IROTH))
        return;
    struct place at = consistency_place(s, source, key);
    snprintf(name, sizeof(name), "%s%s%s%s", source >= 0 ? "sources." : "",
             source >= 0 ? s->source[source].name : "", source >= 0 ? "." : "", key);
    errors_add(ret, &at,
               "%s: everybody on this box can read %s (found mode %03o, expected 640 or 600: chmod "
               "o= %s)",
               name, path, st.st_mode & 0777, path);
}

static void look_at_secret(const struct settings *s, int source, const char *key, const char *file,
                           struct settings_errors *ret)
{
    char *path = file ? secret_path(s, file) : NULL;
    if (path)
        look(s, source, key, path, ret);
    else if (file)
        errors_no_memory(ret);
    free(path);
}

void settings_exposed(const struct settings *s, struct settings_errors *ret)
{
    look_at_secret(s, -1, "mqtt.password_file", s->mqtt.password_file, ret);
    look_at_secret(s, -1, "mqtt.tls.key_file", s->mqtt.tls_key_file, ret);
    for (int i = 0; i < (int)s->n_sources; i++)
        look_at_secret(s, i, "password_file", s->source[i].password_file, ret);
}
