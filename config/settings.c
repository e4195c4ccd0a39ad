/* Loading is laying one file over the other, field by field:
 *
 *     defaults of the table ─▶ main file ─▶ conf.d/a.yaml ─▶ conf.d/b.yaml
 *
 * Every value that a file holds is read, also one that a later file replaces, so
 * that each mistake is told. Only then does a source take from `defaults` what no
 * file said for it. Where a value stood is kept beside it, one struct
 * settings_origin for every key of the node, of defaults and of each source; an
 * origin without a file also tells that nobody set the value. */
#include "config/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/consistency.h"
#include "config/files.h"
#include "config/keys.h"
#include "config/sha256.h"
#include "config/values.h"
#include "config/yaml.h"

enum { PATH_SIZE = 256, ROW_NODE = 0, ROW_DEFAULTS, ROW_SOURCE };

struct loader {
    struct settings *s;
    struct settings_errors *errors;
    int file; /* being read; -1: the defaults of the table */
    struct place source_at[SETTINGS_MAX_SOURCES];
    struct sha256 sha256;
    int io_error; /* of the file system; 0: none */
};

static struct settings_origin *origin_of(struct settings *s, int row, const struct key *k)
{
    return &s->origin[(size_t)row * SETTINGS_MAX_KEYS + keys_index(k)];
}

const struct settings_origin *settings_origin(const struct settings *s, int source, size_t key)
{
    int row = source >= 0 ? ROW_SOURCE + source : source == -1 ? ROW_NODE : ROW_DEFAULTS;
    return &s->origin[(size_t)row * SETTINGS_MAX_KEYS + key];
}

static void set_value(struct loader *l, const struct key *k, const struct yaml_node *node,
                      const char *path, int row, void *base)
{
    bool fine = values_read(k, node, path, (char *)base + k->offset, l->errors);
    if (fine && l->file >= 0)
        *origin_of(l->s, row, k) =
            (struct settings_origin){l->file, node->at.line, node->at.column};
}

static bool is_nothing(const struct yaml_node *node)
{
    return node->kind == YAML_KIND_SCALAR && node->plain && scalar_kind(node->text) == SCALAR_NULL;
}

/* A map of settings; nothing (all of it commented out) is an empty one. */
static bool is_map(struct loader *l, const struct yaml_node *node, const char *path)
{
    bool glued = node->kind == YAML_KIND_SCALAR && node->plain && strchr(node->text, ':');
    if (node->kind == YAML_KIND_MAP)
        return true;
    if (!is_nothing(node))
        errors_add(l->errors, &node->at, "%s%snot a map (found %s, expected lines of key: value%s)",
                   path, *path ? ": " : "",
                   node->kind == YAML_KIND_LIST ? "a list" : "a single value",
                   glued ? "; is a space missing after the colon?" : "");
    return false;
}

static void refuse_key(struct loader *l, enum key_scope scope, const struct yaml_node *key,
                       const char *path, const char *parent)
{
    char guess[PATH_SIZE];
    if (!strcmp(key->text, "password"))
        errors_add(l->errors, &key->at,
                   "%s%s: passwords do not stand here (expected in a file of its own, named by "
                   "%s%s_file)",
                   parent, path, parent, path);
    else if (strchr(key->text, '.'))
        errors_add(l->errors, &key->at,
                   "%s%s: unknown key (keys that belong together stand below "
                   "each other, indented, without dots)",
                   parent, path);
    else if (keys_guess(scope, path, guess, sizeof(guess)))
        errors_add(l->errors, &key->at, "%s%s: unknown key (did you mean %s?)", parent, path,
                   guess);
    else
        errors_add(l->errors, &key->at, "%s%s: unknown key", parent, path);
}

/* The keys of a source or of defaults; parent is how its name goes on: "sources.porch.". */
static void read_source(struct loader *l, const struct yaml_node *map, const char *parent, int row,
                        struct settings_source *source)
{
    enum key_scope scope = row == ROW_DEFAULTS ? KEY_SHARED : KEY_SOURCE;
    char path[PATH_SIZE];
    for (size_t i = 0; i < map->n; i++) {
        const struct yaml_item *item = &map->item[i];
        const struct key *k = keys_find(scope, item->key->text);
        snprintf(path, sizeof(path), "%s%s", parent, item->key->text);
        if (k)
            set_value(l, k, item->value, path, row, source);
        else
            refuse_key(l, scope, item->key, item->key->text, parent);
    }
}

/* Number of the source of this name, a new one if need be; -1: refused. */
static int find_source(struct loader *l, const struct yaml_node *name)
{
    struct settings *s = l->s;
    struct reason why;
    for (size_t i = 0; i < s->n_sources; i++)
        if (!strcmp(s->source[i].name, name->text))
            return (int)i;
    if (!check_source_name(name->text, &why)) {
        errors_add(l->errors, &name->at, "sources: %s", why.text);
        return -1;
    }
    if (s->n_sources == SETTINGS_MAX_SOURCES) {
        errors_add(l->errors, &name->at, "sources: more than %d", SETTINGS_MAX_SOURCES);
        return -1;
    }
    char *copy = strdup(name->text);
    if (!copy) {
        errors_no_memory(l->errors);
        return -1;
    }
    s->source[s->n_sources].name = copy;
    l->source_at[s->n_sources] = name->at;
    return (int)s->n_sources++;
}

static void read_sources(struct loader *l, const struct yaml_node *node)
{
    char parent[PATH_SIZE];
    if (!is_map(l, node, "sources"))
        return;
    for (size_t i = 0; i < node->n; i++) {
        const struct yaml_item *item = &node->item[i];
        int number = find_source(l, item->key);
        snprintf(parent, sizeof(parent), "sources.%.64s", item->key->text);
        if (number < 0 || !is_map(l, item->value, parent))
            continue;
        snprintf(parent, sizeof(parent), "sources.%.64s.", item->key->text);
        read_source(l, item->value, parent, ROW_SOURCE + number, &l->s->source[number]);
    }
}

/* A group of the node's settings; parent "" or "mqtt.". Groups nest as deep as the
 * table says, so the recursion is bounded by it. */
static void read_group(struct loader *l, const struct yaml_node *map, const char *parent)
{
    char path[PATH_SIZE], inner[PATH_SIZE + 1];
    for (size_t i = 0; i < map->n; i++) {
        const struct yaml_item *item = &map->item[i];
        snprintf(path, sizeof(path), "%s%s", parent, item->key->text);
        bool dotted = strchr(item->key->text, '.');
        const struct key *k = dotted ? NULL : keys_find(KEY_NODE, path);
        if (k) {
            set_value(l, k, item->value, path, ROW_NODE, l->s);
        } else if (!*parent && !strcmp(path, "sources")) {
            read_sources(l, item->value);
        } else if (!*parent && !strcmp(path, "defaults")) {
            if (is_map(l, item->value, path))
                read_source(l, item->value, "defaults.", ROW_DEFAULTS, &l->s->defaults);
        } else if (keys_is_group(path) && !dotted) {
            snprintf(inner, sizeof(inner), "%s.", path);
            if (is_map(l, item->value, path))
                read_group(l, item->value, inner);
        } else {
            refuse_key(l, KEY_NODE, item->key, path, "");
        }
    }
}

/* The table's defaults, by the same way as a file's values. */
static void read_fallbacks(struct loader *l)
{
    for (size_t i = 0; i < keys_n; i++) {
        const struct key *k = &keys[i];
        struct yaml_tree *tree = NULL;
        if (!k->fallback || k->scope == KEY_SOURCE)
            continue;
        if (yaml_tree_read("built in", k->fallback, strlen(k->fallback), &tree, l->errors) < 0)
            return;
        if (k->scope == KEY_NODE)
            set_value(l, k, yaml_tree_root(tree), k->path, ROW_NODE, l->s);
        else
            set_value(l, k, yaml_tree_root(tree), k->path, ROW_DEFAULTS, &l->s->defaults);
        yaml_tree_free(tree);
    }
}

/* Whether there is room for one more file; its name is copied. */
static bool begin_file(struct loader *l, const char *path, size_t n_path)
{
    struct settings *s = l->s;
    struct place whole = {path, 0, 0};
    if (s->n_files == SETTINGS_MAX_LIST) {
        errors_add(l->errors, &whole, "more than %d files of settings", SETTINGS_MAX_LIST);
        return false;
    }
    char *name = strndup(path, n_path);
    if (!name) {
        errors_no_memory(l->errors);
        return false;
    }
    l->file = (int)s->n_files;
    s->file[s->n_files++] = name;
    return true;
}

/* The text becomes the settings', cut to its size. */
static void take_text(struct loader *l, char *text, size_t n_bytes)
{
    const char *name = l->s->file[l->file];
    struct yaml_tree *tree = NULL;
    char *cut = realloc(text, n_bytes + 1);
    l->s->text[l->file] = cut ? cut : text;
    l->s->n_text[l->file] = n_bytes;
    text = l->s->text[l->file];
    sha256_feed(&l->sha256, text, n_bytes);
    if (yaml_tree_read(name, text, n_bytes, &tree, l->errors) >= 0) {
        if (yaml_tree_root(tree) && is_map(l, yaml_tree_root(tree), ""))
            read_group(l, yaml_tree_root(tree), "");
        yaml_tree_free(tree);
    }
}

static void read_file(struct loader *l, const char *path)
{
    struct place whole = {path, 0, 0};
    struct reason why;
    char *text = NULL;
    size_t n_bytes;
    if (!begin_file(l, path, strlen(path)))
        return;
    int err = files_read(path, YAML_MAX_BYTES, &text, &n_bytes, &why);
    if (err >= 0) {
        take_text(l, text, n_bytes);
        return;
    }
    errors_add(l->errors, &whole, "%s%s", why.text,
               err == -ENOENT ? "; `earshot config default` prints one to begin with" : "");
    l->io_error = l->io_error ? l->io_error : err == -EFBIG ? -EINVAL : err;
}

static void read_files(struct loader *l, const char *path)
{
    struct files drop_ins = {0};
    read_file(l, path);
    if (l->io_error)
        return;
    int err = files_list(path, &drop_ins, l->errors);
    if (err < 0)
        l->io_error = err;
    for (size_t i = 0; i < drop_ins.n; i++)
        read_file(l, drop_ins.path[i]);
    files_done(&drop_ins);
}

/* The host name as a name of ours: up to its first dot, small letters, '-' for the rest. */
static void name_node(struct loader *l)
{
    char name[65] = "";
    size_t n = 0, start = 0;
    if (l->s->node)
        return;
    if (gethostname(name, sizeof(name)) < 0)
        name[0] = '\0';
    for (; name[n] && name[n] != '.'; n++) {
        char c = name[n];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        name[n] = fine ? c : '-';
    }
    while (n > 0 && name[n - 1] == '-')
        n--;
    while (start < n && name[start] == '-')
        start++;
    name[n] = '\0';
    l->s->node = strdup(start < n ? name + start : "earshot");
    if (!l->s->node)
        errors_no_memory(l->errors);
}

static void inherit(struct loader *l, int number)
{
    struct settings_source *source = &l->s->source[number];
    for (size_t i = 0; i < keys_n; i++) {
        const struct key *k = &keys[i];
        struct settings_origin *o = origin_of(l->s, ROW_SOURCE + number, k);
        if (k->scope != KEY_SHARED || (o->file >= 0 && k->type != KEY_THRESHOLDS))
            continue;
        if (values_inherit(k, (char *)source + k->offset,
                           (const char *)&l->s->defaults + k->offset) < 0)
            errors_no_memory(l->errors);
        if (o->file < 0)
            *o = *origin_of(l->s, ROW_DEFAULTS, k);
    }
}

static void complete(struct loader *l)
{
    bool broken = errors_code(l->errors) < 0;
    name_node(l);
    for (size_t i = 0; i < l->s->n_sources; i++) {
        const struct settings_source *source = &l->s->source[i];
        const struct key *url = keys_find(KEY_SOURCE, "url");
        inherit(l, (int)i);
        if (!source->url && !(broken && origin_of(l->s, ROW_SOURCE + (int)i, url)->file < 0))
            errors_add(l->errors, &l->source_at[i], "sources.%s: has no url", source->name);
    }
    if (!broken)
        consistency_check(l->s, l->errors);
}

static struct settings *new_settings(void)
{
    size_t n = (size_t)(ROW_SOURCE + SETTINGS_MAX_SOURCES) * SETTINGS_MAX_KEYS;
    struct settings *s = calloc(1, sizeof(*s));
    if (!s)
        return NULL;
    s->origin = calloc(n, sizeof(*s->origin));
    if (!s->origin) {
        free(s);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        s->origin[i].file = -1;
    return s;
}

static int begin(struct loader *l, struct settings_errors *errors)
{
    *l = (struct loader){.s = new_settings(), .errors = errors, .file = -1};
    *errors = (struct settings_errors){0};
    if (!l->s) {
        errors_no_memory(errors);
        return -ENOMEM;
    }
    sha256_init(&l->sha256);
    read_fallbacks(l);
    return 0;
}

static int finish(struct loader *l, struct settings **ret)
{
    complete(l);
    sha256_done(&l->sha256, l->s->sha256);
    int err = errors_code(l->errors);
    if (err == -EINVAL && l->io_error)
        err = l->io_error;
    if (err < 0) {
        settings_free(l->s);
        return err;
    }
    *ret = l->s;
    return 0;
}

int settings_load(const char *path, struct settings **ret, struct settings_errors *errors)
{
    struct loader l;
    if (begin(&l, errors) < 0)
        return -ENOMEM;
    read_files(&l, path);
    return finish(&l, ret);
}

int settings_load_texts(const struct settings_text *file, size_t n, struct settings **ret,
                        struct settings_errors *errors)
{
    struct loader l;
    if (begin(&l, errors) < 0)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        char *text = malloc(file[i].n_text + 1);
        if (!text) {
            errors_no_memory(errors);
            continue;
        }
        memcpy(text, file[i].text, file[i].n_text);
        text[file[i].n_text] = '\0';
        if (begin_file(&l, file[i].name, file[i].n_name))
            take_text(&l, text, file[i].n_text);
        else
            free(text);
    }
    return finish(&l, ret);
}

static void free_source(struct settings_source *source)
{
    for (size_t i = 0; i < keys_n; i++)
        if (keys[i].scope != KEY_NODE)
            values_free(&keys[i], (char *)source + keys[i].offset);
    free(source->name);
}

void settings_free(struct settings *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < keys_n; i++)
        if (keys[i].scope == KEY_NODE)
            values_free(&keys[i], (char *)s + keys[i].offset);
    free_source(&s->defaults);
    for (size_t i = 0; i < s->n_sources; i++)
        free_source(&s->source[i]);
    for (size_t i = 0; i < s->n_files; i++) {
        free(s->file[i]);
        free(s->text[i]);
    }
    free(s->origin);
    free(s);
}
