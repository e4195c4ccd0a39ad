/* A node that was renamed while nobody ran: what was said under the old name is taken away. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/app_parts.h"

/* "": nothing is remembered. */
static void path_of(char ret[4096])
{
    const char *dir = getenv("STATE_DIRECTORY"); /* several would be parted by ':' */
    ret[0] = '\0';
    if (dir && *dir == '/' && snprintf(ret, 4096, "%.*s/names", (int)strcspn(dir, ":"), dir) >= 4096)
        ret[0] = '\0';
}

/* As it is said, which a reload does not change; the sources are those of now. */
static void name_present(const struct app *a, struct former_name *ret)
{
    const struct settings *s = a->control.settings;
    *ret = (struct former_name){.n_sources = s->n_sources};
    snprintf(ret->prefix, sizeof(ret->prefix), "%s", a->report.prefix);
    snprintf(ret->node, sizeof(ret->node), "%s", a->report.node);
    snprintf(ret->discovery, sizeof(ret->discovery), "%s", a->report.discoverable ? a->report.discovery_prefix : "");
    for (size_t i = 0; i < s->n_sources; i++)
        snprintf(ret->source[i], sizeof(ret->source[i]), "%s", s->source[i].name);
}

void app_keep_names(struct app *a)
{
    char path[4096], machine[FORMER_MACHINE_SIZE];
    struct former_name present;
    struct reason why;
    path_of(path);
    former_machine(machine);
    name_present(a, &present);
    if (*path && former_write(path, machine, &present, &a->former, &why) < 0)
        log_say(a->log, LOG_LEVEL_WARNING, NULL, "%s; a node that is renamed would leave its old name with the broker", why.text);
}

void app_read_names(struct app *a, char topic[FORMER_MAX][MESSAGE_TOPIC_SIZE], struct publisher_params *ret)
{
    char path[4096], machine[FORMER_MACHINE_SIZE];
    struct former_name present;
    path_of(path);
    former_machine(machine);
    name_present(a, &present);
    former_read(path, machine, &present, &a->former);
    for (size_t i = 0; i < a->former.n; i++) {
        message_topic(topic[i], a->former.name[i].prefix, a->former.name[i].node, NULL, "availability");
        ret->former[i] = topic[i];
    }
}

void app_name_left(void *ctx, int former)
{
    struct app *a = ctx;
    struct former_name *n = &a->former.name[former];
    if (n->left)
        return;
    log_say(a->log, LOG_LEVEL_INFO, NULL, "this node was %s/%s before: what is retained of that is taken away", n->prefix, n->node);
    report_forget_name(&a->report, n);
    n->left = true;
    a->former_told = true;
}
