/* settings_withheld() of config/settings.h: what root reads and the service cannot.
 *
 * Two things keep a file from it: its unit shows it no home and a /tmp of its own, and it is
 * not root. */
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "config/consistency.h"
#include "config/secret.h"
#include "config/settings.h"

static bool is_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return !strncmp(path, folder, n) && (path[n] == '/' || !path[n]);
}

/* The line of its unit; NULL: none. Links are followed, as systemd does with these folders. */
static const char *hidden_by(const char *path, const char *real)
{
    static const struct {
        const char *folder, *line;
    } hidden[] = {
        {"/home", "ProtectHome=yes"}, {"/root", "ProtectHome=yes"}, {"/run/user", "ProtectHome=yes"},
        {"/tmp", "PrivateTmp=yes"}, {"/var/tmp", "PrivateTmp=yes"},
    };
    char folder[PATH_MAX];
    for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
        if (is_below(path, hidden[i].folder) || is_below(real, hidden[i].folder) ||
            (realpath(hidden[i].folder, folder) && is_below(real, folder)))
            return hidden[i].line;
    return NULL;
}

/* As the service is: a user of its own, known while it runs (DynamicUser=), and the group audio. */
struct service {
    bool known, has_audio;
    uid_t uid;
    gid_t gid, audio;
};

static struct service service_find(void)
{
    struct service who = {0};
    const struct passwd *user = getpwnam("earshot");
    if (user) {
        who.known = true;
        who.uid = user->pw_uid;
        who.gid = user->pw_gid;
    }
    const struct group *audio = getgrnam("audio");
    who.has_audio = audio != NULL;
    who.audio = audio ? audio->gr_gid : 0;
    return who;
}

/* want: S_IROTH or S_IXOTH. True also where it cannot be told: an access list says more. */
static bool may(const struct service *who, const char *path, mode_t want)
{
    struct stat st;
    if (stat(path, &st) < 0 || getxattr(path, "system.posix_acl_access", NULL, 0) > 0)
        return true;
    if (who->known && st.st_uid == who->uid)
        return st.st_mode & want << 6;
    bool group = (who->known && st.st_gid == who->gid) || (who->has_audio && st.st_gid == who->audio);
    return st.st_mode & (group ? want << 3 : want);
}

static bool is_shut(const char *real)
{
    char path[PATH_MAX];
    struct service who = service_find();
    snprintf(path, sizeof(path), "%s", real);
    if (!may(&who, path, S_IROTH))
        return true;
    for (char *slash = strrchr(path, '/'); slash && slash != path; slash = strrchr(path, '/')) {
        *slash = '\0';
        if (!may(&who, path, S_IXOTH))
            return true;
    }
    return false;
}

struct asked {
    const struct settings *s;
    struct settings_errors *ret;
};

/* What everybody may have is copied; what is secret systemd reads for it, wherever it lies. */
static void look(const struct asked *a, int source, const char *key, const char *path, bool secret)
{
    char real[PATH_MAX], name[160];
    if (!realpath(path, real))
        return; /* told elsewhere, as an error */
    const char *line = hidden_by(path, real), *file = strrchr(path, '/'), *leaf = strrchr(key, '.');
    if (!line && !is_shut(real))
        return;
    file = file ? file + 1 : path;
    struct place at = consistency_place(a->s, source, key);
    snprintf(name, sizeof(name), "%s%s%s%s", source >= 0 ? "sources." : "", source >= 0 ? a->s->source[source].name : "",
             source >= 0 ? "." : "", key);
    if (secret)
        errors_add(a->ret, &at, "%s: you can read %s, the service cannot (%s): it is given it by LoadCredential=%s:%s under "
                   "[Service] (`systemctl edit earshotd`) and %s: %s", name, path, line ? line : "it is not root", file, path,
                   leaf ? leaf + 1 : key, file);
    else
        errors_add(a->ret, &at, "%s: you can read %s, the service cannot (%s): put it below /etc/earshot, for everybody to "
                   "read", name, path, line ? line : "it is not root");
}

static void look_at(const struct asked *a, int source, const char *key, const char *file, bool secret)
{
    char *path = file ? secret_path(a->s, file) : NULL;
    if (path && !settings_is_credential(a->s, file))
        look(a, source, key, path, secret);
    else if (file && !path)
        errors_no_memory(a->ret);
    free(path);
}

void settings_withheld(const struct settings *s, struct settings_errors *ret)
{
    struct asked a = {s, ret};
    look_at(&a, -1, "mqtt.password_file", s->mqtt.password_file, true);
    look_at(&a, -1, "mqtt.tls.ca_file", s->mqtt.tls_ca_file, false);
    look_at(&a, -1, "mqtt.tls.cert_file", s->mqtt.tls_cert_file, false);
    look_at(&a, -1, "mqtt.tls.key_file", s->mqtt.tls_key_file, true);
    for (int i = 0; i < (int)s->n_sources; i++)
        look_at(&a, i, "password_file", s->source[i].password_file, true);
    if (s->model.path)
        look(&a, -1, "model.path", s->model.path, false);
}
