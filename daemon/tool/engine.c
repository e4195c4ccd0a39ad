/* What a subcommand needs of infer/, with the complaint if it cannot be had. */
#include <limits.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "audio/mfcc.h"
#include "config/settings.h"
#include "daemon/tool/tool.h"
#include "infer/kernel.h"
#include "infer/model.h"

#define SHIPPED "hostile-en.gguf"

/* A program in its build folder finds the model of the source tree around it. */
static bool beside_build(char *ret_path, size_t size)
{
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    if (n < 0)
        return false;
    exe[n] = '\0';
    char *tail = strstr(exe, "/daemon/tool/earshot");
    if (!tail)
        return false;
    *tail = '\0';
    int len = snprintf(ret_path, size, "%s/../infer/models/" SHIPPED, exe);
    return len > 0 && (size_t)len < size && access(ret_path, R_OK) == 0;
}

const char *tool_shipped_model(char *buf, size_t size)
{
    return beside_build(buf, size) ? buf : EARSHOT_DATADIR "/" SHIPPED;
}

int tool_settings(const char *path, struct settings **ret)
{
    struct settings_errors errors;
    int r = settings_load(path ? path : EARSHOT_CONFIG, ret, &errors);
    for (size_t i = 0; i < errors.n; i++)
        tool_complain("%s", errors.item[i].text);
    settings_errors_done(&errors);
    return r >= 0 ? EX_OK : r == -EINVAL ? EX_CONFIG : tool_exit(r);
}

int tool_model(const char *path, const struct model **ret)
{
    char near[PATH_MAX];
    if (!path)
        path = tool_shipped_model(near, sizeof(near));
    struct reason why;
    const struct model *m;
    int err = model_open(path, &m, &why);
    if (err < 0) {
        tool_complain("%s", why.text);
        return tool_exit(err);
    }
    if (strcmp(m->feature, MFCC_VERSION) != 0) {
        tool_complain("%s: learned from features %s, this program makes %s", path, m->feature,
                      MFCC_VERSION);
        model_close(m);
        return EX_DATAERR;
    }
    *ret = m;
    return EX_OK;
}

int tool_kernel(const char *name, const struct kernel **ret)
{
    struct reason why;
    int err = kernel_select(name, ret, &why);
    if (err < 0)
        tool_complain("--kernel: %s", why.text);
    return err == -ENOTSUP ? EX_UNAVAILABLE : err < 0 ? EX_USAGE : EX_OK;
}
