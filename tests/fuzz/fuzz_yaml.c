/* Any bytes as a file of settings: the reader must keep its promises about the tree, and
 * what loads must print as something that loads as the same settings again.
 *
 *     CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false
 *     ninja -C build-fuzz tests/fuzz/fuzz_yaml
 *     build-fuzz/tests/fuzz/fuzz_yaml -dict=tests/fuzz/yaml.dict -timeout=5 tests/fuzz/corpus/yaml
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "config/keys.h"
#include "config/print.h"
#include "config/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fact)
{
    if (!fact)
        abort();
}

/* Walks the tree with every alias written out, and counts. */
static int walk(const struct yaml_node *node, int depth)
{
    int n = 1;
    must(depth <= YAML_MAX_DEPTH + 1 && node->at.line >= 1 && node->at.column >= 1);
    if (node->kind == YAML_KIND_SCALAR)
        must(node->n == 0 && node->text != NULL);
    for (size_t i = 0; i < node->n; i++) {
        must((node->kind == YAML_KIND_MAP) == (node->item[i].key != NULL));
        if (node->item[i].key)
            n += walk(node->item[i].key, depth + 1);
        n += walk(node->item[i].value, depth + 1);
    }
    must(n <= YAML_MAX_NODES);
    return n;
}

static void read_tree(const char *text, size_t size)
{
    struct settings_errors errors = {0};
    struct yaml_tree *tree;
    int err = yaml_tree_read("fuzz", text, size, &tree, &errors);
    must((err < 0) == (errors.n > 0));
    if (err >= 0) {
        if (yaml_tree_root(tree))
            must(walk(yaml_tree_root(tree), 1) == yaml_tree_root(tree)->weight);
        yaml_tree_free(tree);
    }
    settings_errors_done(&errors);
}

static struct settings *load(const char *text, size_t size)
{
    struct settings *s = NULL;
    struct settings_errors errors;
    char path[64];
    int fd = memfd_create("earshot.yaml", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, text, size) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    int err = settings_load(path, &s, &errors);
    must((err < 0) == (errors.n > 0) && (err < 0) == (s == NULL));
    for (size_t i = 0; i < errors.n; i++)
        must(errors.item[i].text && strlen(errors.item[i].text) < REASON_SIZE);
    settings_errors_done(&errors);
    close(fd);
    return s;
}

/* A URL that is printed with a part hidden does not read back as itself. */
static bool has_hidden_url(const struct settings *s)
{
    bool hidden = strpbrk(s->mqtt.url, "@?#") != NULL;
    for (size_t i = 0; i < s->n_sources; i++)
        hidden |= strpbrk(s->source[i].url, "@?#") != NULL;
    return hidden;
}

static void print_and_reload(const struct settings *s)
{
    struct settings_diff diff;
    char *text;
    size_t size;
    FILE *f = open_memstream(&text, &size);
    must(f != NULL);
    print_settings(s, f);
    must(fclose(f) == 0);
    struct settings *again = has_hidden_url(s) ? NULL : load(text, size);
    must(has_hidden_url(s) || (again && settings_diff(s, again, &diff) == 0));
    settings_free(again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_tree((const char *)data, size);
    struct settings *s = load((const char *)data, size);
    if (s)
        print_and_reload(s);
    settings_free(s);
    return 0;
}
