/* secret_read(), settings_secret(), secret_free(), settings_tls_file() and
 * settings_is_credential() of config/settings.h. */
#include "config/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/files.h"

enum { SECRET_MAX = 4096 };

char *secret_path(const struct settings *s, const char *file)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    char *path;
    if (folder && *folder && !strchr(file, '/')) {
        if (asprintf(&path, "%s/%s", folder, file) < 0)
            return NULL;
        if (access(path, F_OK) == 0 || errno != ENOENT)
            return path;
        free(path);
    }
    return *file == '/' ? strdup(file) : files_beside(s->file[0], file);
}

/* The usual one: root's file, and a service that is not root. */
static int refused(const char *path, const char *key, struct reason *why)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return reason_set(why, EACCES, "cannot be read by this user; the service is given it by LoadCredential=%s:%s "
                      "under [Service] (`systemctl edit earshotd`) and %s: %s", name, path, key, name);
}

int secret_read(const char *path, char **ret, struct reason *why)
{
    char *secret = NULL;
    size_t n = 0;
    int err = files_read(path, SECRET_MAX, &secret, &n, why);
    if (err < 0)
        return err == -EFBIG ? -EINVAL : err;
    if (memchr(secret, '\0', n)) {
        explicit_bzero(secret, n);
        free(secret);
        return reason_set(why, EINVAL, "holds a NUL");
    }
    if (n > 0 && secret[n - 1] == '\n')
        secret[n - 1] = '\0';
    *ret = secret;
    return 0;
}

void secret_free(char *secret)
{
    if (!secret)
        return;
    explicit_bzero(secret, strlen(secret));
    free(secret);
}

int settings_secret(const struct settings *s, const char *password_file, char **ret,
                    struct reason *why)
{
    char *path = secret_path(s, password_file);
    int err = path ? secret_read(path, ret, why) : reason_set(why, ENOMEM, "out of memory");
    if (err == -EACCES)
        (void)refused(path, "password_file", why);
    if (err < 0)
        (void)reason_prefix(why, err, "password file %s", path ? path : password_file);
    free(path);
    return err;
}

int settings_tls_file(const struct settings *s, const char *key, const char *file, char **ret_path,
                      struct reason *why)
{
    char *path = secret_path(s, file);
    if (!path)
        return reason_set(why, ENOMEM, "out of memory");
    int err = access(path, R_OK) < 0 ? errno : 0;
    if (!err) {
        *ret_path = path;
        return 0;
    }
    if (err == EACCES)
        (void)refused(path, key, why);
    else
        reason_set(why, err, "cannot be read: %s", strerror(err));
    (void)reason_prefix(why, -err, "%s", path);
    free(path);
    return -err;
}

bool settings_is_credential(const struct settings *s, const char *password_file)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    char *path = password_file && folder && *folder ? secret_path(s, password_file) : NULL;
    size_t n = path ? strlen(folder) : 0;
    bool is = path && !strncmp(path, folder, n) && path[n] == '/';
    free(path);
    return is;
}
