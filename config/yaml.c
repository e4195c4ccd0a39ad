/* libyaml's events become nodes here.
 *
 *     text ─ yaml_text_check ─ events ─┬─ scalar ──────────────┐
 *                                      ├─ alias: node by name ─┤ attach: to the open
 *                                      ├─ start: open a frame  │ frame, or as root
 *                                      └─ end: close it ───────┘
 *
 * A frame is an open list or map. Items of all open frames wait on one stack
 * (`pending`); closing a frame moves its own from the top into the tree. Frames
 * are a fixed array: what nests deeper is refused at its first bracket, before
 * libyaml, whose time grows with the square of the depth, gets far. Everything
 * in the tree lives in an arena and goes at once. */
#include "config/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "config/yaml_text.h"

enum { CHUNK_SIZE = 16384 };

struct chunk {
    struct chunk *next;
    size_t used, room;
    _Alignas(max_align_t) char data[];
};

struct yaml_tree {
    struct chunk *chunks;
    const struct yaml_node *root;
};

struct frame {
    struct yaml_node *node;
    size_t first;                /* its items in pending: from here */
    const struct yaml_node *key; /* in a map: waits for its value */
    const char *anchor;          /* NULL: none */
};

struct anchor {
    const char *name;
    const struct yaml_node *node;
};

struct builder {
    struct yaml_tree *tree;
    const char *file;
    struct settings_errors *errors;
    struct frame frame[YAML_MAX_DEPTH];
    int depth;
    struct yaml_item *pending;
    size_t n_pending, room;
    struct anchor anchor[YAML_MAX_ANCHORS];
    int n_anchors;
    int n_nodes; /* aliases written out */
    int n_documents;
    yaml_mark_t quote_start, quote_end; /* of the last quoted text */
};

static int no_memory(struct builder *b)
{
    errors_no_memory(b->errors);
    return -ENOMEM;
}

static void *take(struct yaml_tree *t, size_t size)
{
    size = (size + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
    struct chunk *c = t->chunks;
    if (!c || c->room - c->used < size) {
        size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;
        c = malloc(sizeof(*c) + room);
        if (!c)
            return NULL;
        *c = (struct chunk){.next = t->chunks, .room = room};
        t->chunks = c;
    }
    void *p = c->data + c->used;
    c->used += size;
    return p;
}

static char *take_text(struct yaml_tree *t, const char *text, size_t n)
{
    char *s = take(t, n + 1);
    if (s) {
        memcpy(s, text, n);
        s[n] = '\0';
    }
    return s;
}

static struct place place_of(const struct builder *b, yaml_mark_t mark)
{
    return (struct place){b->file, (int)mark.line + 1, (int)mark.column + 1};
}

static int count_nodes(struct builder *b, const struct place *at, int weight)
{
    if (weight > YAML_MAX_NODES - b->n_nodes) {
        errors_add(b->errors, at, "too much: more than %d values, aliases written out",
                   YAML_MAX_NODES);
        return -EINVAL;
    }
    b->n_nodes += weight;
    return 0;
}

static int new_node(struct builder *b, enum yaml_kind kind, const yaml_event_t *event,
                    struct yaml_node **ret)
{
    struct place at = place_of(b, event->start_mark);
    if (count_nodes(b, &at, 1) < 0)
        return -EINVAL;
    struct yaml_node *node = take(b->tree, sizeof(*node));
    if (!node)
        return no_memory(b);
    *node = (struct yaml_node){.kind = kind, .at = at, .height = 1, .weight = 1};
    *ret = node;
    return 0;
}

static int refuse_tag(struct builder *b, const yaml_event_t *event, const yaml_char_t *tag)
{
    if (!tag)
        return 0;
    struct place at = place_of(b, event->start_mark);
    errors_add(b->errors, &at, "tags (words that begin with !) are not supported");
    return -EINVAL;
}

static int name_node(struct builder *b, const char *anchor, const struct yaml_node *node)
{
    if (!anchor)
        return 0;
    if (b->n_anchors == YAML_MAX_ANCHORS) {
        errors_add(b->errors, &node->at, "more than %d anchors (&)", YAML_MAX_ANCHORS);
        return -EINVAL;
    }
    b->anchor[b->n_anchors++] = (struct anchor){anchor, node};
    return 0;
}

static int push_item(struct builder *b, struct yaml_item item)
{
    if (b->n_pending == b->room) {
        size_t room = b->room ? b->room * 2 : 64;
        struct yaml_item *grown = realloc(b->pending, room * sizeof(*grown));
        if (!grown)
            return no_memory(b);
        b->pending = grown;
        b->room = room;
    }
    b->pending[b->n_pending++] = item;
    return 0;
}

static int take_key(struct builder *b, struct frame *f, const struct yaml_node *node)
{
    if (node->text[0] == '\0') {
        errors_add(b->errors, &node->at, "an empty key");
        return -EINVAL;
    }
    if (node->plain && !strcmp(node->text, "<<")) {
        errors_add(b->errors, &node->at,
                   "merge keys (<<) are not supported: put what sources share under defaults");
        return -EINVAL;
    }
    f->key = node;
    return 0;
}

/* Gives a finished node its place in the open frame, or makes it the root. */
static int attach(struct builder *b, const struct yaml_node *node)
{
    if (b->depth == 0) {
        b->tree->root = node;
        return 0;
    }
    struct frame *f = &b->frame[b->depth - 1];
    if (f->node->kind == YAML_KIND_MAP && !f->key)
        return take_key(b, f, node);
    struct yaml_item item = {f->key, node};
    f->key = NULL;
    if (node->height + 1 > f->node->height)
        f->node->height = node->height + 1;
    f->node->weight += node->weight + (item.key ? 1 : 0);
    return push_item(b, item);
}

/* In a map a key comes next: it must be a word. */
static int refuse_as_key(struct builder *b, const yaml_event_t *event)
{
    const struct frame *f = b->depth > 0 ? &b->frame[b->depth - 1] : NULL;
    if (!f || f->node->kind != YAML_KIND_MAP || f->key)
        return 0;
    struct place at = place_of(b, event->start_mark);
    errors_add(b->errors, &at, "a key must be a word (found a list, a map or an alias)");
    return -EINVAL;
}

static int on_scalar(struct builder *b, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t n = event->data.scalar.length;
    struct yaml_node *node;
    int err = refuse_tag(b, event, event->data.scalar.tag);
    if (err < 0 || (err = new_node(b, YAML_KIND_SCALAR, event, &node)) < 0)
        return err;
    if (event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
        event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) {
        b->quote_start = event->start_mark;
        b->quote_end = event->end_mark;
    }
    if (memchr(text, '\0', n)) {
        errors_add(b->errors, &node->at, "a NUL character (\\0) in a text");
        return -EINVAL;
    }
    node->text = take_text(b->tree, text, n);
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    const char *anchor = (const char *)event->data.scalar.anchor;
    if (anchor)
        anchor = take_text(b->tree, anchor, strlen(anchor));
    if (!node->text || (event->data.scalar.anchor && !anchor))
        return no_memory(b);
    if ((err = name_node(b, anchor, node)) < 0)
        return err;
    return attach(b, node);
}

static int on_alias(struct builder *b, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    struct place at = place_of(b, event->start_mark);
    const struct yaml_node *node = NULL;
    if (refuse_as_key(b, event) < 0)
        return -EINVAL;
    for (int i = b->n_anchors; i > 0 && !node; i--)
        if (!strcmp(b->anchor[i - 1].name, name))
            node = b->anchor[i - 1].node;
    if (!node) {
        errors_add(b->errors, &at, "alias *%s: nothing before it is named &%s", name, name);
        return -EINVAL;
    }
    if (b->depth + node->height > YAML_MAX_DEPTH + 1) {
        errors_add(b->errors, &at, "nested deeper than %d levels", YAML_MAX_DEPTH);
        return -EINVAL;
    }
    int err = count_nodes(b, &at, node->weight);
    return err < 0 ? err : attach(b, node);
}

static int on_start(struct builder *b, const yaml_event_t *event)
{
    bool map = event->type == YAML_MAPPING_START_EVENT;
    const char *anchor =
        (const char *)(map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor);
    const yaml_char_t *tag = map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    struct place at = place_of(b, event->start_mark);
    struct yaml_node *node;
    int err = refuse_as_key(b, event);
    if (err < 0 || (err = refuse_tag(b, event, tag)) < 0)
        return err;
    if (b->depth == YAML_MAX_DEPTH) {
        errors_add(b->errors, &at, "nested deeper than %d levels", YAML_MAX_DEPTH);
        return -EINVAL;
    }
    if ((err = new_node(b, map ? YAML_KIND_MAP : YAML_KIND_LIST, event, &node)) < 0)
        return err;
    if (anchor && !(anchor = take_text(b->tree, anchor, strlen(anchor))))
        return no_memory(b);
    b->frame[b->depth++] = (struct frame){node, b->n_pending, NULL, anchor};
    return 0;
}

static int by_key(const void *a, const void *b)
{
    const struct yaml_item *x = *(const struct yaml_item *const *)a;
    const struct yaml_item *y = *(const struct yaml_item *const *)b;
    int order = strcmp(x->key->text, y->key->text);
    return order ? order : (x > y) - (x < y);
}

static int find_duplicates(struct builder *b, const struct yaml_node *map)
{
    const struct yaml_item **sorted = malloc(map->n * sizeof(const struct yaml_item *));
    if (!sorted)
        return no_memory(b);
    for (size_t i = 0; i < map->n; i++)
        sorted[i] = &map->item[i];
    qsort(sorted, map->n, sizeof(const struct yaml_item *), by_key);
    for (size_t i = 1; i < map->n; i++) {
        const struct yaml_node *first = sorted[i - 1]->key, *again = sorted[i]->key;
        if (!strcmp(first->text, again->text))
            errors_add(b->errors, &again->at, "%s: stands twice (also in line %d)", again->text,
                       first->at.line);
    }
    free(sorted);
    return 0;
}

static int on_end(struct builder *b)
{
    struct frame f = b->frame[--b->depth];
    int err = 0;
    f.node->n = b->n_pending - f.first;
    if (f.node->n > 0) {
        size_t size = f.node->n * sizeof(struct yaml_item);
        struct yaml_item *item = take(b->tree, size);
        if (!item)
            return no_memory(b);
        memcpy(item, b->pending + f.first, size);
        f.node->item = item;
        b->n_pending = f.first;
        if (f.node->kind == YAML_KIND_MAP)
            err = find_duplicates(b, f.node);
    }
    /* Named only now: inside itself the name is not known, so no circle can form. */
    if (err < 0 || (err = name_node(b, f.anchor, f.node)) < 0)
        return err;
    return attach(b, f.node);
}

static int on_document(struct builder *b, const yaml_event_t *event)
{
    if (b->n_documents++ == 0)
        return 0;
    struct place at = place_of(b, event->start_mark);
    errors_add(b->errors, &at, "a second document begins here: one file holds one");
    return -EINVAL;
}

static int on_event(struct builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return on_document(b, event);
    case YAML_SCALAR_EVENT:
        return on_scalar(b, event);
    case YAML_ALIAS_EVENT:
        return on_alias(b, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return on_start(b, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return on_end(b);
    default:
        return 0;
    }
}

/* libyaml's words for what people do most often, in ours. */
static const char *plain_words(const char *problem)
{
    static const struct {
        const char *theirs, *ours;
    } known[] = {
        {"mapping values are not allowed in this context",
         "a ':' where none can be: is the indentation right, or does the text want quotes?"},
        {"could not find expected ':'", "expected ': ' (colon and space) after a key"},
        {"did not find expected key", "expected a key here: is the indentation right?"},
        {"did not find expected '-' indicator", "expected '- ' here: is the indentation right?"},
        {"found character that cannot start any token", "a value cannot begin with this character"},
        {"found undefined tag handle", "tags (words that begin with !) are not supported"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (!strcmp(problem, known[i].theirs))
            return known[i].ours;
    return problem;
}

static int refuse_syntax(struct builder *b, const yaml_parser_t *parser)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return no_memory(b);
    const char *problem = parser->problem ? parser->problem : "cannot be read";
    struct place at = place_of(b, parser->problem_mark);
    struct place opened = place_of(b, parser->context_mark);
    struct place quote = place_of(b, b->quote_start);
    if (b->quote_end.line > b->quote_start.line && b->quote_end.line == parser->problem_mark.line)
        errors_add(b->errors, &quote,
                   "a quote is opened here and closed in line %d: is its own end missing? (then: %s)",
                   at.line, plain_words(problem));
    else if (!parser->context)
        errors_add(b->errors, &at, "%s", plain_words(problem));
    else if (!strcmp(parser->context, "while scanning a quoted scalar"))
        errors_add(b->errors, &opened, "a quote is opened here and not closed well (%s in line %d)",
                   problem, at.line);
    else if (opened.line == at.line)
        errors_add(b->errors, &at, "%s (%s)", plain_words(problem), parser->context);
    else
        errors_add(b->errors, &at, "%s (%s that begins in line %d)", plain_words(problem),
                   parser->context, opened.line);
    return -EINVAL;
}

static int build(struct builder *b, const char *text, size_t n_bytes)
{
    yaml_parser_t parser;
    bool ended = false;
    int err = 0;
    if (!yaml_parser_initialize(&parser))
        return no_memory(b);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, n_bytes);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    while (err >= 0 && !ended) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            err = refuse_syntax(b, &parser);
            break;
        }
        err = on_event(b, &event);
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return err;
}

int yaml_tree_read(const char *file, const char *text, size_t n_bytes, struct yaml_tree **ret,
                   struct settings_errors *errors)
{
    struct builder b = {.file = file, .errors = errors};
    struct place whole = {file, 0, 0};
    size_t had = errors->n;
    int err;
    if (n_bytes > YAML_MAX_BYTES) {
        errors_add(errors, &whole, "too large (found %zu bytes, expected at most 1 MiB)", n_bytes);
        return -EINVAL;
    }
    if (n_bytes >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) {
        text += 3;
        n_bytes -= 3;
    }
    if (!yaml_text_check(file, text, n_bytes, errors))
        return errors_code(errors);
    b.tree = calloc(1, sizeof(*b.tree));
    if (!b.tree)
        return no_memory(&b);
    err = build(&b, text, n_bytes);
    free(b.pending);
    if (err >= 0 && errors->n > had)
        err = errors_code(errors);
    if (err < 0) {
        yaml_tree_free(b.tree);
        return err;
    }
    *ret = b.tree;
    return 0;
}

const struct yaml_node *yaml_tree_root(const struct yaml_tree *t)
{
    return t->root;
}

void yaml_tree_free(struct yaml_tree *t)
{
    if (!t)
        return;
    for (struct chunk *c = t->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    free(t);
}
