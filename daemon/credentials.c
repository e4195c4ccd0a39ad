#include "daemon/credentials.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void credentials_find(void)
{
    static const char folder[] = "/run/credentials/earshotd.service";
    if (!getenv("CREDENTIALS_DIRECTORY") && access(folder, R_OK | X_OK) == 0)
        (void)setenv("CREDENTIALS_DIRECTORY", folder, 0);
}

const char *credentials_remedy(const struct settings *s)
{
    const char *const file[] = {s->mqtt.password_file, s->mqtt.tls_ca_file, s->mqtt.tls_cert_file, s->mqtt.tls_key_file};
    for (size_t i = 0; i < ARRAY_SIZE(file) && !getenv("CREDENTIALS_DIRECTORY"); i++)
        if (file[i] && !strchr(file[i], '/'))
            return "if it is a credential of the service: as root, while the service runs, or with "
                   "CREDENTIALS_DIRECTORY= and the folder of that file before the command";
    return "";
}
