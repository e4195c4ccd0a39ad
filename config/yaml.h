/* A YAML text as a tree of nodes that know where they stand.
 *
 * What an operator may write, and no more: one UTF-8 document (a byte order mark
 * and CRLF are fine) of maps with words as keys, lists and scalars. Scalars are
 * left as text: `plain` ones may be numbers, true or null by YAML 1.2 (see
 * config/scalars.h), quoted ones are text. Refused, with the place: duplicate
 * keys, tabs in indentation, tags, directives, merge keys (<<), keys that are not
 * words, NUL, control characters, more than YAML_MAX_DEPTH levels.
 *
 * Aliases are allowed and share the node that the anchor names; what a text
 * means with every alias written out is bounded by YAML_MAX_NODES, so a tree can
 * be walked without a thought for bombs. An alias inside what it names is refused.
 *
 * (yaml_tree_ and not yaml_: libyaml exports a yaml_free of its own.)
 *
 * Time and memory grow linearly with the text, whatever is in it. */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "config/errors.h"

enum {
    YAML_MAX_BYTES = 1 << 20,
    YAML_MAX_DEPTH = 16,
    YAML_MAX_NODES = 20000, /* aliases written out */
    YAML_MAX_ANCHORS = 64,
};

enum yaml_kind { YAML_KIND_SCALAR, YAML_KIND_LIST, YAML_KIND_MAP };

struct yaml_node;

struct yaml_item {
    const struct yaml_node *key; /* a scalar; NULL in a list */
    const struct yaml_node *value;
};

struct yaml_node {
    enum yaml_kind kind;
    struct place at;
    const char *text;             /* of a scalar; holds no NUL */
    bool plain;                   /* a scalar without quotes */
    size_t n;                     /* items of a list or map, */
    const struct yaml_item *item; /* in the order of the text; keys all differ */
    int height, weight;           /* levels and nodes below and with this one */
};

struct yaml_tree;

/* file is a name for messages; it outlives the tree. On success *ret is the
 * caller's, for yaml_tree_free(). -EINVAL, -ENOMEM: what is wrong is in errors. */
int yaml_tree_read(const char *file, const char *text, size_t n_bytes, struct yaml_tree **ret,
                   struct settings_errors *errors);
const struct yaml_node *yaml_tree_root(const struct yaml_tree *t); /* NULL: nothing but comments */
void yaml_tree_free(struct yaml_tree *t);                          /* NULL is fine */

#endif
