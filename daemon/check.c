#include "daemon/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/consistency.h"
#include "config/guess.h"
#include "daemon/decide.h"
#include "daemon/hear.h"

enum { NAME_SIZE = 96, LIST_SIZE = 256 };

struct asked { /* one source, or the defaults (number -2) */
    const struct settings *all;
    const struct settings_source *s;
    int number;
    char name[NAME_SIZE]; /* "sources.porch" */
};

static struct asked ask(const struct settings *s, int number)
{
    struct asked a = {s, number < 0 ? &s->defaults : &s->source[number], number, "defaults"};
    if (number >= 0)
        snprintf(a.name, sizeof(a.name), "sources.%s", a.s->name);
    return a;
}

static void refuse_label(const struct asked *a, const struct model *m, const char *key,
                         const char *label, struct settings_errors *errors)
{
    const char *names[MODEL_MAX_LABELS];
    char have[LIST_SIZE] = "";
    for (int i = 0; i < m->n_labels; i++) {
        size_t n = strlen(have);
        names[i] = m->label[i];
        snprintf(have + n, sizeof(have) - n, "%s%s", i ? ", " : "", m->label[i]);
    }
    const char *guess = guess_word(label, names, (size_t)m->n_labels);
    struct place at = consistency_place(a->all, a->number, key);
    errors_add(errors, &at,
               "%s.%s: the model %s %s has no such label (found \"%s\", expected some of %s%s%s%s)",
               a->name, key, m->name, m->version, label, have, guess ? "; did you mean " : "",
               guess ? guess : "", guess ? "?" : "");
}

static bool knows(const struct model *m, const char *label)
{
    for (int i = 0; i < m->n_labels; i++)
        if (!strcmp(m->label[i], label))
            return true;
    return false;
}

/* What a source has from defaults is told once, of defaults. */
static bool is_inherited(const struct asked *a, const char *key, const char *label)
{
    const struct settings_source *d = &a->all->defaults;
    bool found = false;
    if (a->number < 0)
        return false;
    for (size_t i = 0; i < d->labels.n && !strcmp(key, "labels"); i++)
        found |= !strcmp(d->labels.item[i], label);
    for (size_t i = 0; i < d->thresholds.n && !strcmp(key, "thresholds"); i++)
        found |= !strcmp(d->thresholds.item[i].label, label);
    return found;
}

/* The value stands at the source, and not at defaults. */
static bool has_own(const struct asked *a, const char *key)
{
    struct place here = consistency_place(a->all, a->number, key), there = consistency_place(a->all, -2, key);
    return a->number < 0 || here.file != there.file || here.line != there.line || here.column != there.column;
}

static void check_spans(const struct asked *a, const struct model *m, struct check *c)
{
    for (size_t i = 0; i < a->s->thresholds_at.n; i++) {
        const struct thresholds *t = &a->s->thresholds_at.item[i].thresholds;
        for (size_t k = 0; k < t->n; k++)
            if (!knows(m, t->item[k].label))
                refuse_label(a, m, "thresholds_at", t->item[k].label, &c->errors);
    }
}

static void check_labels(const struct asked *a, const struct model *m, struct check *c)
{
    const struct settings_source *s = a->s;
    for (size_t i = 0; i < s->labels.n; i++)
        if (!knows(m, s->labels.item[i]) && !is_inherited(a, "labels", s->labels.item[i]))
            refuse_label(a, m, "labels", s->labels.item[i], &c->errors);
    for (size_t i = 0; i < s->thresholds.n; i++) {
        const char *label = s->thresholds.item[i].label;
        if (!knows(m, label) && !is_inherited(a, "thresholds", label))
            refuse_label(a, m, "thresholds", label, &c->errors);
    }
    if (has_own(a, "thresholds_at"))
        check_spans(a, m, c);
}

/* A budget that a model can only take roughly. */
static void check_budget(const struct asked *a, const struct model *m, struct check *c)
{
    struct decide_params p;
    struct reason why;
    if (a->number < 0 || decide_params_make(a->s, m, &p, &why) != 1)
        return;
    struct place at = consistency_place(a->all, a->number, "sensitivity");
    errors_add(&c->warnings, &at, "%s", why.text);
}

/* From a shell a credential cannot be seen: then it is not known to be needed. */
static void cannot_read(const struct settings *s, int number, const char *key, const char *why,
                        bool needed, struct check *c)
{
    char name[NAME_SIZE] = "";
    if (number >= 0)
        snprintf(name, sizeof(name), "sources.%s.", s->source[number].name);
    struct place at = consistency_place(s, number, key);
    errors_add(needed ? &c->errors : &c->warnings, &at, "%s%s: %s%s", name, key, why,
               needed ? "" : "; fine if it is a systemd credential");
}

/* systemd 252 shows the credentials to the start alone, not to the check of `systemctl reload`. */
static bool is_hidden(const struct settings *s, const char *file, int err, bool serving)
{
    return !serving && err == -EACCES && settings_is_credential(s, file);
}

static void check_password(const struct settings *s, int number, const char *key,
                           const char *password_file, bool needed, struct check *c)
{
    char *password;
    struct reason why;
    if (!password_file)
        return;
    int r = settings_secret(s, password_file, &password, &why);
    if (r >= 0)
        secret_free(password);
    else if (!is_hidden(s, password_file, r, needed))
        cannot_read(s, number, key, why.text, needed, c);
}

/* A start with a file that is not there would end, at once and for good. */
static void check_tls_file(const struct settings *s, const char *path, const char *file, bool serving,
                           struct check *c)
{
    char *found;
    struct reason why;
    if (!file)
        return;
    int r = settings_tls_file(s, strrchr(path, '.') + 1, file, &found, &why);
    if (r >= 0)
        free(found);
    else if (!is_hidden(s, file, r, serving))
        cannot_read(s, -1, path, why.text, serving || strchr(file, '/'), c);
}

static void check_kernel(const struct settings *s, struct check *c)
{
    const struct kernel *k;
    struct reason why;
    if (kernel_select(s->model.kernel, &k, &why) >= 0)
        return;
    struct place at = consistency_place(s, -1, "model.kernel");
    errors_add(&c->errors, &at, "model.kernel: %s", why.text);
}

void check_settings(const struct settings *s, const struct model *m, bool serving,
                    struct check *ret)
{
    struct asked defaults = ask(s, -2);
    *ret = (struct check){0};
    if (m)
        check_labels(&defaults, m, ret);
    for (int i = 0; i < (int)s->n_sources; i++) {
        struct asked a = ask(s, i);
        const char *file = a.s->enabled ? a.s->password_file : NULL;
        if (m) {
            check_labels(&a, m, ret);
            check_budget(&a, m, ret);
        }
        check_password(s, i, "password_file", file, serving || (file && strchr(file, '/')), ret);
    }
    /* The broker's is read at each try: one that is not there yet is tried again. */
    check_password(s, -1, "mqtt.password_file", serving ? NULL : s->mqtt.password_file,
                   s->mqtt.password_file && strchr(s->mqtt.password_file, '/'), ret);
    check_tls_file(s, "mqtt.tls.ca_file", s->mqtt.tls_ca_file, serving, ret);
    check_tls_file(s, "mqtt.tls.cert_file", s->mqtt.tls_cert_file, serving, ret);
    check_tls_file(s, "mqtt.tls.key_file", s->mqtt.tls_key_file, serving, ret);
    check_kernel(s, ret);
    settings_exposed(s, &ret->warnings);
}

int check_all(const struct settings *s, const char *shipped, struct check *ret)
{
    const struct model *m = NULL;
    struct reason why = {""};
    int r = model_open(s->model.path ? s->model.path : shipped, NULL, &m, &why);
    if (r >= 0)
        r = hear_suits(m, &why);
    check_settings(s, m, false, ret);
    if (geteuid() == 0 && s->n_files && !strcmp(s->file[0], EARSHOT_CONFIG)) /* those that the service reads */
        settings_withheld(s, &ret->warnings);
    if (r < 0) {
        struct place at = consistency_place(s, -1, "model.path");
        errors_add(s->model.path ? &ret->errors : &ret->warnings, &at,
                   "model.path: %s; mend it, or install the package again: labels are not checked", why.text);
    }
    model_close(m);
    return ret->errors.n ? -EINVAL : 0;
}

void check_silence(const struct settings *s, struct check *c)
{
    struct place at = {s->n_files ? s->file[0] : "built in", 0, 0};
    if (s->n_sources == 0)
        errors_add(&c->warnings, &at, "sources: there are none, so nothing is heard; `earshot devices` prints the url of "
                   "each microphone");
}

void check_done(struct check *c)
{
    if (!c)
        return;
    settings_errors_done(&c->errors);
    settings_errors_done(&c->warnings);
}
