#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/yaml.h"
#include "tests/unit/check_main.h"

/* The tree as text: {key: value, …}, [a, …]; quoted scalars in quotes, plain ones bare. */
static void dump(const struct yaml_node *node, FILE *f)
{
    if (!node) {
        fputs("(nothing)", f);
        return;
    }
    if (node->kind == YAML_KIND_SCALAR) {
        fprintf(f, node->plain ? "%s" : "\"%s\"", node->text);
        return;
    }
    fputc(node->kind == YAML_KIND_MAP ? '{' : '[', f);
    for (size_t i = 0; i < node->n; i++) {
        fputs(i ? ", " : "", f);
        if (node->item[i].key) {
            dump(node->item[i].key, f);
            fputs(": ", f);
        }
        dump(node->item[i].value, f);
    }
    fputc(node->kind == YAML_KIND_MAP ? '}' : ']', f);
}

static const struct {
    const char *text, *tree;
} fine[] = {
    {"", "(nothing)"},
    {"# only a comment\n", "(nothing)"},
    {"a: 1\nb: 'x y'\nc: [1, two]\nd:\n  - e: f\n", "{a: 1, b: \"x y\", c: [1, two], d: [{e: f}]}"},
    {"\xef\xbb\xbf"
     "a: 1\r\nb: 2\r\n",
     "{a: 1, b: 2}"},
    {"a: 1", "{a: 1}"},
    {"---\na: 1\n...\n", "{a: 1}"},
    {"a:\tb\n", "{a: b}"},
    {"a: \"t\\tb\"\n", "{a: \"t\tb\"}"},
    {"a: &x {b: c}\nd: *x\ne: [*x, *x]\n", "{a: {b: c}, d: {b: c}, e: [{b: c}, {b: c}]}"},
    {"a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"},
    {"a:\nb: ~\n", "{a: , b: ~}"},
    {"\xc3\xa9: \xe2\x82\xac\n", "{\xc3\xa9: \xe2\x82\xac}"},
    {"'<<': 1\n", "{\"<<\": 1}"},
    {"a: |\n  one\n  two\n", "{a: \"one\ntwo\n\"}"},
};

START_TEST(trees)
{
    struct settings_errors errors = {0};
    struct yaml_tree *tree;
    char *text;
    size_t size;
    int err = yaml_tree_read("f", fine[_i].text, strlen(fine[_i].text), &tree, &errors);
    ck_assert_msg(err == 0, "%s", errors.n ? errors.item[0].text : "?");
    FILE *f = open_memstream(&text, &size);
    dump(yaml_tree_root(tree), f);
    fclose(f);
    ck_assert_str_eq(text, fine[_i].tree);
    free(text);
    yaml_tree_free(tree);
}
END_TEST

static const struct {
    const char *text, *error; /* the error begins like this */
} broken[] = {
    {"a: 1\nb: 2\na: 3\n", "f:3:1: a: stands twice (also in line 1)"},
    {"x: {a: 1, 'a': 3}\n", "f:1:11: a: stands twice (also in line 1)"},
    {"a:\n\tb: 1\n", "f:2:1: tab in the indentation"},
    {"a:\n  b: 1\n \tc: 1\n", "f:3:2: tab in the indentation"},
    {"a: 1\nb: \xff\n", "f:2:4: byte 0xFF is not UTF-8"},
    {"\xc3\xa9: 1\n\xc3\xa9\xc3\xa9: \xc3", "f:2:5: byte 0xC3 is not UTF-8"},
    {"a: \xc0\xaf\n", "f:1:4: byte 0xC0 is not UTF-8"},
    {"a: \xe0\x80\xaf\n", "f:1:4: byte 0xE0 is not UTF-8"},
    {"a: \xed\xa0\x80\n", "f:1:4: byte 0xED is not UTF-8"},
    {"a: \xf4\x90\x80\x80\n", "f:1:4: byte 0xF4 is not UTF-8"},
    {"\xff\xfe"
     "a",
     "f:1:1: this is UTF-16 text"},
    {"a: \x01\n", "f:1:4: invisible character U+0001"},
    {"a: b\xe2\x80\xa8"
     "c\n",
     "f:1:5: invisible character U+2028"},
    {"a: 'x\nb: 1\nc: 2\n", "f:1:4: a quote is opened here and not closed"},
    {"a: |\n  x\n b: 1\n", "f:3:2: expected a key here: is the indentation right?"},
    {"a: \"x\nb: 1\nc: 2\n", "f:1:4: a quote is opened here and not closed"},
    {"a: \"x\nb: 1\nc: \"y\"\n",
     "f:1:4: a quote is opened here and closed in line 3: is its own end missing?"},
    {"a: 'x\nb: 'y'\n",
     "f:1:4: a quote is opened here and closed in line 2: is its own end missing?"},
    {"a: [1,\n b: 2\n", "f:3:1: "},
    {"a: b: c\n", "f:1:5: a ':' where none can be"},
    {"a: 1\n  b: 2\n", "f:2:4: a ':' where none can be"},
    {"a:\n    b: 1\n  c: 2\n", "f:3:3: expected a key here: is the indentation right?"},
    {"a: 1\nb\nc: 2\n", "f:3:1: expected ': ' (colon and space)"},
    {"a: @b\n", "f:1:4: a value cannot begin with this character"},
    {"a: 1\n---\nb: 2\n", "f:2:1: a second document begins here"},
    {"a: *x\n", "f:1:4: alias *x: nothing before it is named &x"},
    {"a: &x [*x]\n", "f:1:8: alias *x: nothing before it is named &x"},
    {"a: &x 1\n*x : 2\n", "f:2:1: a key must be a word"},
    {"[a]: 1\n", "f:1:1: a key must be a word"},
    {"{a: 1}: 1\n", "f:1:1: a key must be a word"},
    {"? [a]\n: 1\n", "f:1:3: a key must be a word"},
    {": 1\n", "f:1:1: expected a key here"},
    {"'': 1\n", "f:1:1: an empty key"},
    {"a: &x {b: 1}\nc:\n  <<: *x\n", "f:3:3: merge keys (<<) are not supported"},
    {"a: !!str 1\n", "f:1:4: tags (words that begin with !) are not supported"},
    {"a: !x [1]\n", "f:1:4: tags"},
    {"a: !e!x 1\n", "f:1:4: tags"},
    {"%YAML 1.2\n---\na: 1\n", "f:1:1: YAML directives"},
    {"a: \"x\\0y\"\n", "f:1:4: a NUL character"},
};

START_TEST(refusals)
{
    struct settings_errors errors = {0};
    struct yaml_tree *tree = NULL;
    int err = yaml_tree_read("f", broken[_i].text, strlen(broken[_i].text), &tree, &errors);
    ck_assert_int_eq(err, -EINVAL);
    ck_assert_uint_eq(errors.n, 1);
    ck_assert_msg(!strncmp(errors.item[0].text, broken[_i].error, strlen(broken[_i].error)),
                  "found: %s\nexpected: %s", errors.item[0].text, broken[_i].error);
    settings_errors_done(&errors);
}
END_TEST

START_TEST(all_bad_lines_at_once)
{
    static const char text[] = "a: 1\n\tb: 2\nc: \x02\na: 3\n";
    struct settings_errors errors = {0};
    struct yaml_tree *tree;
    ck_assert_int_eq(yaml_tree_read("f", text, sizeof(text) - 1, &tree, &errors), -EINVAL);
    ck_assert_uint_eq(errors.n, 2);
    settings_errors_done(&errors);
    static const char twice[] = "a: {x: 1, x: 1}\na: 2\na: 3\n";
    ck_assert_int_eq(yaml_tree_read("f", twice, sizeof(twice) - 1, &tree, &errors), -EINVAL);
    ck_assert_uint_eq(errors.n, 3);
    settings_errors_done(&errors);
}
END_TEST

START_TEST(places_count_characters_from_one)
{
    static const char text[] = "\xef\xbb\xbf"
                               "\xc3\xa9: \"x\"\nlist:\r\n  - 7\n";
    struct settings_errors errors = {0};
    struct yaml_tree *tree;
    ck_assert_int_eq(yaml_tree_read("f", text, sizeof(text) - 1, &tree, &errors), 0);
    const struct yaml_node *root = yaml_tree_root(tree);
    ck_assert_int_eq(root->item[0].value->at.line, 1);
    ck_assert_int_eq(root->item[0].value->at.column, 4);
    ck_assert_int_eq(root->item[1].value->item[0].value->at.line, 3);
    ck_assert_int_eq(root->item[1].value->item[0].value->at.column, 5);
    yaml_tree_free(tree);
}
END_TEST

/* What slows this run down against a plain one on idle cores: sanitizers, emulators. */
static double patience(void)
{
    const char *text = getenv("CK_TIMEOUT_MULTIPLIER");
    double n = text ? atof(text) : 1;
    return n > 1 ? n : 1;
}

/* Reads text that must be refused with a sentence that holds `word`, in under 200 ms of CPU
 * (the best of three: other processes cost caches). */
static void refuse_quickly(const char *text, size_t n, const char *word)
{
    struct settings_errors errors = {0};
    struct yaml_tree *tree;
    clock_t best = LONG_MAX;
    for (int i = 0; i < 3; i++) {
        clock_t start = clock();
        ck_assert_int_eq(yaml_tree_read("f", text, n, &tree, &errors), -EINVAL);
        clock_t took = clock() - start;
        best = took < best ? took : best;
        ck_assert_msg(strstr(errors.item[0].text, word), "found: %s\nexpected: %s",
                      errors.item[0].text, word);
        settings_errors_done(&errors);
    }
    ck_assert_double_lt((double)best * 1000 / CLOCKS_PER_SEC, 200 * patience());
}

static void refuse_repeated(const char *piece, size_t n_bytes, const char *word)
{
    char *text = malloc(n_bytes);
    for (size_t i = 0; i < n_bytes; i++)
        text[i] = piece[i % strlen(piece)];
    refuse_quickly(text, n_bytes, word);
    free(text);
}

START_TEST(bombs)
{
    static const char *const laughs =
        "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
        "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
        "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n";
    refuse_quickly(laughs, strlen(laughs), "f:5:8: too much");
    refuse_repeated("[", 1000000, "nested deeper than 16");
    refuse_repeated("[\n", 1000000, "nested deeper than 16");
    refuse_repeated("{a: ", 1000000, "nested deeper than 16");
    refuse_repeated("- ", 1000000, "nested deeper than 16");
    refuse_repeated("? ", 1000000, "a key must be a word");
    refuse_repeated("- a\n", 1000000, "too much");
    refuse_repeated("%TAG !a! b\n", 1000000, "directives");
    refuse_repeated("&a ", 1000000, "f:1:");
    refuse_repeated("a", YAML_MAX_BYTES + 1, "too large");
    refuse_repeated("- &a b\n", 1000, "more than 64 anchors");
}
END_TEST

/* One line says what it is; a program has a NUL within its first bytes. */
START_TEST(no_text_at_all)
{
    static const char elf[] = "\x7f" "ELF\2\1\1\0\0\0", utf16[] = "n\0o\0d\0e\0";
    static const struct {
        const char *bytes, *error;
        size_t n;
    } binary[] = {{elf, "f:1:8: a NUL byte: this is a binary file, or UTF-16", sizeof(elf)},
                  {utf16, "f:1:2: a NUL byte: this is a binary file, or UTF-16", sizeof(utf16)},
                  {"a: 1\nb: x\0y\n", "f:2:5: a NUL byte", 12}};
    for (size_t i = 0; i < ARRAY_SIZE(binary); i++) {
        struct settings_errors errors = {0};
        struct yaml_tree *tree;
        ck_assert_int_eq(yaml_tree_read("f", binary[i].bytes, binary[i].n, &tree, &errors),
                         -EINVAL);
        ck_assert_uint_eq(errors.n, 1);
        const char *last = errors.item[0].text;
        ck_assert_msg(!strncmp(last, binary[i].error, strlen(binary[i].error)), "%s", last);
        settings_errors_done(&errors);
    }
}
END_TEST

START_TEST(duplicates_far_apart)
{
    enum { N = 9000 };
    char *text = malloc((N + 1) * 8 + 1);
    size_t n = 0;
    for (int i = 0; i < N; i++)
        n += (size_t)sprintf(text + n, "k%04d: \n", (i * 7919) % N);
    struct settings_errors errors = {0};
    struct yaml_tree *tree;
    ck_assert_int_eq(yaml_tree_read("f", text, n, &tree, &errors), 0);
    ck_assert_uint_eq(yaml_tree_root(tree)->n, N);
    yaml_tree_free(tree);
    n += (size_t)sprintf(text + n, "k%04d: \n", 7919);
    refuse_quickly(text, n, "f:9001:1: k7919: stands twice (also in line 2)");
    free(text);
}
END_TEST

START_TEST(depth_counts_through_aliases)
{
    static const char fits[] = "a: &a [[[[[[[x]]]]]]]\nb: [[[[[[[[*a]]]]]]]]\n";
    static const char deep[] = "a: &a [[[[[[[x]]]]]]]\nb: [[[[[[[[[*a]]]]]]]]]\n";
    struct settings_errors errors = {0};
    struct yaml_tree *tree;
    ck_assert_int_eq(yaml_tree_read("f", fits, sizeof(fits) - 1, &tree, &errors), 0);
    yaml_tree_free(tree);
    ck_assert_int_eq(yaml_tree_read("f", "[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]", 33, &tree, &errors),
                     0);
    yaml_tree_free(tree);
    refuse_quickly("[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]", 35, "f:1:17: nested deeper");
    refuse_quickly(deep, sizeof(deep) - 1, "nested deeper than 16");
}
END_TEST

static Suite *yaml_suite(void)
{
    Suite *s = suite_create("yaml");
    TCase *t = tcase_create("yaml");
    tcase_add_loop_test(t, trees, 0, ARRAY_SIZE(fine));
    tcase_add_loop_test(t, refusals, 0, ARRAY_SIZE(broken));
    tcase_add_test(t, all_bad_lines_at_once);
    tcase_add_test(t, places_count_characters_from_one);
    tcase_add_test(t, bombs);
    tcase_add_test(t, no_text_at_all);
    tcase_add_test(t, duplicates_far_apart);
    tcase_add_test(t, depth_counts_through_aliases);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(yaml_suite)
