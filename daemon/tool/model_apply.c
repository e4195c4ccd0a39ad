/* earshot model apply: another model file takes the place of the one that the daemon opens.
 *
 *     FILE ── runs right in every kernel, has the labels of the settings
 *       └─ copy ─▶ hostile-en.gguf.XXXXXX ── on the disk, the same digest ── rename ─▶ hostile-en.gguf
 *                                  the one that was there ── link ─▶ hostile-en.gguf.old
 *
 * Whenever the power fails, one of the two is there, whole. A daemon that runs has its model
 * mapped and goes on with it until it is started again. */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/decide.h"
#include "daemon/hear.h"
#include "daemon/tool/json.h"
#include "daemon/tool/model.h"
#include "daemon/tool/tool.h"

enum { BLOCK = 1 << 16 };

struct change {
    const char *from;
    char to[PATH_MAX], fresh[PATH_MAX + 8], kept[PATH_MAX + 4]; /* the place, on the way there, what was there */
    const struct model *now, *before; /* before NULL: nothing that can be read */
};

static int cannot(const char *path, int err)
{
    bool refused = err == -EACCES || err == -EPERM || err == -EROFS;
    tool_complain("%s: %s%s", path, strerror(-err),
                  refused ? "; try it with sudo, or give model.path a place that may be written" : "");
    return refused ? EX_NOPERM : tool_exit(err);
}

/* The daemon must start with it, and no source may stand without its labels then. */
static int suits(const struct settings *s, const struct model *m)
{
    struct decide_params p;
    struct reason why;
    if (hear_suits(m, &why) < 0) {
        tool_complain("%s", why.text);
        return EX_DATAERR;
    }
    for (int i = -1; i < (int)s->n_sources; i++) {
        const struct settings_source *source = i < 0 ? &s->defaults : &s->source[i];
        for (int span = -1; span < (int)source->thresholds_at.n; span++)
            if (decide_params_at(source, m, span, &p, &why) < 0) {
                tool_complain("%s; change the settings first", why.text);
                return EX_CONFIG;
            }
    }
    return EX_OK;
}

static int copy(int from, int to)
{
    char block[BLOCK];
    ssize_t n;
    while ((n = read(from, block, sizeof(block))) != 0) {
        if (n < 0 && errno != EINTR)
            return -errno;
        for (ssize_t at = 0, put; at < n; at += put)
            if ((put = write(to, block + at, (size_t)(n - at))) < 0)
                return -errno;
    }
    return fsync(to) < 0 ? -errno : 0;
}

/* Beside its place, on the disk, and the same as what was judged. */
static int bring(struct change *c)
{
    const struct model *m;
    struct reason why;
    snprintf(c->fresh, sizeof(c->fresh), "%s.XXXXXX", c->to);
    int to = mkostemp(c->fresh, O_CLOEXEC);
    if (to < 0) {
        c->fresh[0] = '\0';
        return cannot(c->to, -errno);
    }
    int from = open(c->from, O_RDONLY | O_CLOEXEC);
    int err = from < 0 || fchmod(to, 0644) < 0 ? -errno : copy(from, to);
    close(to);
    if (from >= 0)
        close(from);
    if (err < 0)
        return cannot(c->to, err);
    err = model_open(c->fresh, NULL, &m, &why);
    bool same = err == 0 && !strcmp(m->sha256, c->now->sha256);
    if (err == 0)
        model_close(m);
    if (!same)
        tool_complain("%s: it changed while it was copied; try again", c->from);
    return same ? EX_OK : EX_DATAERR;
}

static int sync_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int err = fd < 0 || fsync(fd) < 0 ? -errno : 0;
    if (fd >= 0)
        close(fd);
    return err;
}

/* What was there keeps a second name first: it is never without one. */
static int exchange(struct change *c)
{
    if (access(c->to, F_OK) == 0) {
        snprintf(c->kept, sizeof(c->kept), "%s.old", c->to);
        (void)unlink(c->kept);
        if (link(c->to, c->kept) < 0)
            return cannot(c->kept, -errno);
    }
    if (rename(c->fresh, c->to) < 0)
        return cannot(c->to, -errno);
    c->fresh[0] = '\0';
    int err = sync_folder(c->to);
    return err < 0 ? cannot(c->to, err) : EX_OK;
}

static void json_model(const char *key, const struct model *m)
{
    printf(", \"%s\": ", key);
    if (!m) {
        printf("null");
        return;
    }
    printf("{\"name\": ");
    json_string(stdout, m->name);
    printf(", \"version\": ");
    json_string(stdout, m->version);
    printf(", \"sha256\": \"%s\"}", m->sha256);
}

static void say(const struct change *c, bool changed, bool json)
{
    if (json) {
        printf("{\"schema\": \"earshot.apply/1\", \"file\": ");
        json_string(stdout, c->to);
        printf(", \"changed\": %s", changed ? "true" : "false");
        json_model("model", c->now);
        json_model("before", c->before);
        printf(", \"kept\": ");
        if (c->kept[0])
            json_string(stdout, c->kept);
        else
            printf("null");
        printf("}\n");
    } else if (!changed) {
        printf("%s is %s %s already\n", c->to, c->now->name, c->now->version);
    } else {
        printf("%s is now %s %s\n", c->to, c->now->name, c->now->version);
        if (c->kept[0])
            printf("the one before is kept as %s\n", c->kept);
        printf("`sudo systemctl restart earshotd` takes it up\n");
    }
}

/* Through a link, to the file that it stands for: that is what is replaced. */
static void find_place(const struct settings *s, char ret[PATH_MAX])
{
    char shipped[PATH_MAX];
    const char *named = s->model.path ? s->model.path : tool_shipped_model(shipped, sizeof(shipped));
    if (!realpath(named, ret))
        snprintf(ret, PATH_MAX, "%s", named);
}

int model_apply(const char *path, const char *config, bool json)
{
    struct settings *s = NULL;
    struct change *c = calloc(1, sizeof(*c));
    struct reason why;
    if (!c)
        return EX_OSERR;
    c->from = path;
    int code = tool_settings(config, &s);
    if (code == EX_OK)
        code = tool_model(path, NULL, &c->now);
    if (code == EX_OK) {
        struct verdict v;
        code = model_verify(c->now, path, &v);
        verify_say(&v, path, json ? stderr : stdout);
    }
    if (code == EX_OK)
        code = suits(s, c->now);
    if (code == EX_OK) {
        find_place(s, c->to);
        if (model_open(c->to, NULL, &c->before, &why) < 0)
            c->before = NULL;
        bool changed = !c->before || strcmp(c->before->sha256, c->now->sha256);
        if (changed)
            code = bring(c);
        if (changed && code == EX_OK)
            code = exchange(c);
        if (code == EX_OK)
            say(c, changed, json);
    }
    if (c->fresh[0])
        (void)unlink(c->fresh);
    model_close(c->before);
    model_close(c->now);
    settings_free(s);
    free(c);
    return code;
}
