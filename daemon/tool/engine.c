/* What a subcommand needs of infer/, with the complaint if it cannot be had. */
#include <limits.h>
#include <string.h>
#include <sysexits.h>

#include "audio/mfcc.h"
#include "daemon/tool/tool.h"
#include "infer/kernel.h"
#include "infer/model.h"

#define SHIPPED "hostile-en.gguf"

const char *tool_shipped_model(char *buf, size_t size)
{
    return tool_beside_build(SHIPPED, buf, size) ? buf : EARSHOT_DATADIR "/" SHIPPED;
}

int tool_model_open(const char *path, const struct kernel *k, const struct model **ret, struct reason *why)
{
    char near[PATH_MAX];
    if (!path)
        path = tool_shipped_model(near, sizeof(near));
    const struct model *m;
    int err = model_open(path, k, &m, why);
    if (err < 0)
        return err;
    if (strcmp(m->feature, MFCC_VERSION) != 0 || m->books.coefs != MFCC_COEFS) {
        reason_set(why, EBADMSG, "%s: learned from features %s of %d, not %s of %d", path, m->feature,
                   m->books.coefs, MFCC_VERSION, MFCC_COEFS);
        model_close(m);
        return -EBADMSG;
    }
    *ret = m;
    return 0;
}

int tool_model(const char *path, const struct kernel *k, const struct model **ret)
{
    struct reason why;
    int err = tool_model_open(path, k, ret, &why);
    if (err < 0)
        tool_complain("%s", why.text);
    return err < 0 ? tool_exit(err) : EX_OK;
}

int tool_kernel(const char *name, const struct kernel **ret)
{
    struct reason why;
    int err = kernel_select(name, ret, &why);
    if (err < 0)
        tool_complain("--kernel: %s", why.text);
    return err == -ENOTSUP ? EX_UNAVAILABLE : err < 0 ? EX_USAGE : EX_OK;
}
