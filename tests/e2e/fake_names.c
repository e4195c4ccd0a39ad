/* Preloaded: a name of .invalid is known to nobody, whatever the name server of this network says, or does
 * not say for a minute. */
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **ret)
{
    int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    size_t n = name ? strlen(name) : 0;
    if (n >= 8 && !strcmp(name + n - 8, ".invalid"))
        return EAI_NONAME;
    *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
    return real(name, service, hints, ret);
}
