#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/keys.h"
#include "config/print.h"
#include "config/yaml.h"
#include "tests/unit/check_main.h"
#include "tests/unit/settings_text.h"

static char *written(void (*print)(FILE *))
{
    char *text;
    size_t size;
    FILE *f = open_memstream(&text, &size);
    print(f);
    ck_assert_int_eq(fclose(f), 0);
    return text;
}

/* Not inline: gcc 12 takes what open_memstream() leaves in text for a pointer to text. */
static __attribute__((noinline)) char *print_of(const struct settings *s)
{
    char *text;
    size_t size;
    FILE *f = open_memstream(&text, &size);
    print_settings(s, f);
    ck_assert_int_eq(fclose(f), 0);
    return text;
}

START_TEST(example_is_the_file_in_the_repository)
{
    static char file[65536];
    FILE *f = fopen(GOLDEN_DIR "/../../config/earshot.yaml", "r");
    ck_assert_ptr_nonnull(f);
    size_t n = fread(file, 1, sizeof(file) - 1, f);
    fclose(f);
    file[n] = '\0';
    char *text = written(print_example);
    ck_assert_msg(!strcmp(text, file), "make it anew: generate example config/earshot.yaml");
    free(text);
}
END_TEST

START_TEST(example_changes_nothing)
{
    struct settings_diff diff;
    char *text = written(print_example);
    struct settings *example = load(text), *empty = load("");
    ck_assert_int_eq(settings_diff(example, empty, &diff), 0);
    settings_free(example);
    settings_free(empty);
    free(text);
}
END_TEST

/* "#key: …" and "#  key: …" are settings held back, "# Word" is a remark. */
static void release_settings(char *text)
{
    char *to = text;
    for (char *p = text; *p;) {
        if (p[0] == '#' && ((p[1] >= 'a' && p[1] <= 'z') || (p[1] == ' ' && p[2] == ' ')))
            p++;
        size_t n = strcspn(p, "\n") + 1;
        memmove(to, p, n);
        to += n;
        p += n;
    }
    *to = '\0';
}

START_TEST(example_is_fine_when_all_is_released)
{
    char *text = written(print_example);
    release_settings(text);
    struct settings *s = load(text);
    ck_assert_str_eq(s->node, "gate-3");
    ck_assert_uint_eq(s->n_sources, 2);
    ck_assert_str_eq(s->source[1].username, "viewer");
    for (size_t i = 0; i < keys_n; i++) {
        int source = keys[i].scope == KEY_NODE ? -1 : keys[i].scope == KEY_SHARED ? -2 : 1;
        ck_assert_msg(settings_origin(s, source, i)->file == 0, "%s is not set", keys[i].path);
    }
    settings_free(s);
    free(text);
}
END_TEST

static const char unusual[] = "node: \"007\"\n"
                              "sources:\n"
                              "  \"1\": {url: \"alsa:plug:'dsnoop:1', x\", enabled: false}\n"
                              "  cam:\n"
                              "    url: https://h:8443/a.m3u8\n"
                              "    username: \"a: #b \\\"c\\\" \\\\\"\n"
                              "    password_file: \"null\"\n"
                              "    sensitivity: 0.5/day\n"
                              "    thresholds: {threat: 0.123456789, \"1\": 0.000001}\n"
                              "    thresholds_at: {\"Mon-Fri 22:00-06:00\": {threat: 0.6, abuse: 0.7}}\n"
                              "    gate_dbfs: -42.5\n"
                              "    max_events: 1.5/h\n"
                              "    hold: 1500ms\n"
                              "    mute: [\"Sat,Sun 22:00-06:00\", \"12:00-13:00\"]\n"
                              "mqtt: {version: 3.1.1, commands: [], keep_alive: 90s}\n"
                              "model: {workers: 3}\n"
                              "store: {max_size: 1025KiB, max_age: 36h}\n"
                              "metrics: {listen: \"[::1]:9464\"}\n";

START_TEST(print_reads_back_as_the_same)
{
    struct settings_diff diff;
    struct settings *s = load(unusual);
    char *text = print_of(s);
    struct settings *again = load(text);
    ck_assert_msg(settings_diff(s, again, &diff) == 0, "%s%s", diff.n_sources ? "sources" : "",
                  diff.n_keys      ? diff.key[0]
                  : diff.n_restart ? diff.restart[0]
                                   : "");
    ck_assert_str_eq(again->source[1].username, "a: #b \"c\" \\");
    ck_assert_str_eq(again->source[1].password_file, "null");
    settings_free(s);
    settings_free(again);
    free(text);
}
END_TEST

static bool has_line(const char *text, const char *start, const char *end)
{
    const char *line = strstr(text, start);
    if (!line)
        return false;
    line++;
    size_t n = strcspn(line, "\n"), m = strlen(end);
    return n >= m && !strncmp(line + n - m, end, m);
}

START_TEST(print_tells_where_values_come_from)
{
    struct settings *s = load("mqtt:\n  in_flight: 3\nsources:\n  a:\n    url: pipe:-\n"
                              "    thresholds: {b: 0.5}\n"
                              "defaults:\n  hop: 8\n  thresholds: {a: 0.5}\n");
    char *text = print_of(s);
    ck_assert(has_line(text, "\n  in_flight: 3", ":2"));
    ck_assert(has_line(text, "\n    url: pipe:-", ":5") ||
              has_line(text, "\n    url: \"pipe:-\"", ":5"));
    ck_assert(has_line(text, "\n    hop: 8", ":8"));
    ck_assert(has_line(text, "\n    thresholds: {b: 0.5, a: 0.5}", ":6"));
    ck_assert(has_line(text, "\n    hold: 2s", "# default"));
    ck_assert(has_line(text, "\nnode: ", "# host name"));
    ck_assert(has_line(text, "\n  keep_alive: 30s", "# default"));
    settings_free(s);
    free(text);
}
END_TEST

START_TEST(print_hides_what_is_secret)
{
    struct settings *s = load("sources: {a: {url: \"http://h/s?token=secret\", username: u, "
                              "password_file: p}}\n");
    char *text = print_of(s);
    ck_assert_str_eq(s->source[0].url, "http://h/s?token=secret");
    ck_assert_ptr_null(strstr(text, "secret"));
    ck_assert_ptr_nonnull(strstr(text, "http://h/s?…"));
    settings_free(s);
    free(text);
}
END_TEST

static const struct yaml_node *child(const struct yaml_node *map, const char *key)
{
    ck_assert_int_eq(map->kind, YAML_KIND_MAP);
    for (size_t i = 0; i < map->n; i++)
        if (!strcmp(map->item[i].key->text, key))
            return map->item[i].value;
    ck_abort_msg("the schema has no %s", key);
}

/* JSON is YAML, so our own reader shows that the schema is well-formed. */
START_TEST(schema_knows_every_key)
{
    struct settings_errors errors = {0};
    struct yaml_tree *tree;
    char *text = written(print_schema), path[64];
    int err = yaml_tree_read("schema", text, strlen(text), &tree, &errors);
    ck_assert_msg(err == 0, "%s", errors.n ? errors.item[0].text : "?");
    const struct yaml_node *top = child(yaml_tree_root(tree), "properties");
    for (size_t i = 0; i < keys_n; i++) {
        const struct yaml_node *node = top;
        if (keys[i].scope == KEY_SHARED)
            node = child(child(top, "defaults"), "properties");
        else if (keys[i].scope == KEY_SOURCE)
            node = child(child(child(top, "sources"), "additionalProperties"), "properties");
        strcpy(path, keys[i].path);
        char *rest = path, *part = strsep(&rest, ".");
        for (; rest; part = strsep(&rest, "."))
            node = child(child(node, part), "properties");
        ck_assert_ptr_nonnull(child(child(node, part), "description"));
    }
    yaml_tree_free(tree);
    free(text);
}
END_TEST

START_TEST(manual_knows_every_key)
{
    char *text = written(print_man), line[80];
    for (size_t i = 0; i < keys_n; i++) {
        snprintf(line, sizeof(line), "\n.It Cm %s\n", keys[i].path);
        ck_assert_msg(strstr(text, line), "the manual has no %s", keys[i].path);
    }
    free(text);
}
END_TEST

static Suite *print_suite(void)
{
    Suite *s = suite_create("print");
    TCase *t = tcase_create("print");
    tcase_add_test(t, example_is_the_file_in_the_repository);
    tcase_add_test(t, example_changes_nothing);
    tcase_add_test(t, example_is_fine_when_all_is_released);
    tcase_add_test(t, print_reads_back_as_the_same);
    tcase_add_test(t, print_tells_where_values_come_from);
    tcase_add_test(t, print_hides_what_is_secret);
    tcase_add_test(t, schema_knows_every_key);
    tcase_add_test(t, manual_knows_every_key);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(print_suite)
