/* What a person says on the command line is put into a file of settings in memory
 * and read as any other: one reader, one set of limits, one wording of errors. */
#include "daemon/tool/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/tool/json.h"
#include "daemon/tool/tool.h"

static int load(const char *path, bool said_by_hand, struct settings **ret)
{
    struct settings_errors errors = {0};
    int err = settings_load(path, ret, &errors);
    for (size_t i = 0; err < 0 && i < errors.n; i++) {
        const char *option = said_by_hand ? strstr(errors.item[i].text, "defaults.") : NULL;
        if (option)
            tool_complain("--%s", option + strlen("defaults."));
        else
            tool_complain("%s", errors.item[i].text);
    }
    settings_errors_done(&errors);
    return err < 0 ? (said_by_hand ? EX_USAGE : err == -EINVAL ? EX_CONFIG : tool_exit(err)) : EX_OK;
}

/* defaults: {sensitivity: …, hop: …}, as far as given. */
static int load_words(const char *sensitivity, const char *hop, struct settings **ret)
{
    int fd = memfd_create("settings", MFD_CLOEXEC);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    if (!out) {
        tool_complain("cannot make a file in memory: %s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return EX_OSERR;
    }
    fputs("defaults:\n", out);
    if (sensitivity) {
        fputs("  sensitivity: ", out);
        json_string(out, sensitivity);
        putc('\n', out);
    }
    fprintf(out, "  hop: %.20s\n", hop ? hop : "4");
    fflush(out);
    char path[32];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    int code = load(path, true, ret);
    fclose(out);
    return code;
}

static void fill(struct rules *r, const struct settings_source *s, const struct model *m)
{
    r->hop = (int)s->hop;
    r->gate_dbfs = s->gate_dbfs;
    r->log = (struct event_log){.n_labels = m->n_labels, .next_seq = 1, .random = {1, 2}};
    memcpy(r->log.label_name, m->label, sizeof(r->log.label_name));
    r->track = (struct event_track){0};
    memcpy(r->track.threshold, r->decide.start, sizeof(r->track.threshold));
}

int rules_make(const char *config, const char *sensitivity, const char *hop, const struct model *m,
               struct rules *ret)
{
    struct settings *words = NULL, *file = NULL;
    int code = load_words(sensitivity, hop, &words);
    if (code == EX_OK && config)
        code = load(config, false, &file);
    if (code == EX_OK) {
        struct settings_source s = file ? file->defaults : words->defaults;
        struct reason why;
        if (sensitivity)
            s.sensitivity = words->defaults.sensitivity;
        if (hop)
            s.hop = words->defaults.hop;
        int made = decide_params_make(&s, m, &ret->decide, &why);
        if (made != 0)
            tool_complain("%s", why.text);
        if (made < 0)
            code = EX_CONFIG;
        else
            fill(ret, &s, m);
    }
    settings_free(words);
    settings_free(file);
    return code;
}
