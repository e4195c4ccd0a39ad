#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/settings.h"
#include "tests/unit/check_main.h"
#include "tests/unit/settings_text.h"

#define BEFORE                                                                                     \
    "node: n\n"                                                                                    \
    "sources: {a: {url: \"alsa:a\"}, b: {url: \"alsa:b\", thresholds: {threat: 0.5, hate: "        \
    "0.6}}}\n"

/* What differs between BEFORE and a text, as "name:change(before,after) key !restart". */
static const struct {
    const char *text, *diff;
} cases[] = {
    {BEFORE, ""},
    {BEFORE "# said in other words\nmqtt: {prefix: earshot}\ndefaults: {hold: 2000ms}\n", ""},
    {"node: n\nsources: {b: {url: \"alsa:b\", thresholds: {hate: 0.6, threat: 0.5}}, a: {url: "
     "\"alsa:a\"}}\n",
     ""},
    {"node: n\nsources: {a: {url: \"alsa:a\"}}\n", "b:removed(1,-1) "},
    {BEFORE "  # \n", ""},
    {"node: n\nsources: {c: {url: \"alsa:c\"}, b: {url: \"alsa:b\", thresholds: {threat: 0.5, "
     "hate: 0.6}}}\n",
     "a:removed(0,-1) c:added(-1,0) "},
    {"node: n\nsources: {a: {url: \"alsa:x\"}, b: {url: \"alsa:b\", thresholds: {threat: 0.5, "
     "hate: 0.7}}}\n",
     "a:reopened(0,0) b:adjusted(1,1) "},
    {"node: n\nsources: {a: {url: \"alsa:a\", enabled: false}, b: {url: \"alsa:b\", thresholds: "
     "{threat: 0.5, hate: 0.6}}}\n",
     "a:reopened(0,0) "},
    {BEFORE "defaults: {hop: 8}\n", "a:adjusted(0,0) b:adjusted(1,1) "},
    {BEFORE "defaults: {sensitivity: 1/day}\n", "a:adjusted(0,0) b:adjusted(1,1) "},
    {"node: n\nsources: {a: {url: \"alsa:a\", scores: true}, b: {url: \"alsa:b\", thresholds: {threat: 0.5, "
     "hate: 0.6}}}\n",
     "a:adjusted(0,0) "},
    {BEFORE "log: {level: debug}\nhealth_interval: 5s\n", "health_interval log.level "},
    {BEFORE "mqtt: {url: \"mqtt://h\", version: 3.1.1, commands: [], in_flight: 3}\n",
     "mqtt.commands !mqtt.url !mqtt.version !mqtt.in_flight "},
    {BEFORE "model: {path: /x}\nstore: {max_age: 1d}\nlog: {level: error}\n",
     "log.level !model.path !store.max_age "},
};

START_TEST(differences)
{
    static const char *const change[] = {"removed", "added", "adjusted", "reopened"};
    struct settings *a = load(BEFORE), *b = load(cases[_i].text);
    struct settings_diff d;
    char text[512] = "";
    int n = settings_diff(a, b, &d);
    ck_assert_int_eq(n, (int)(d.n_sources + d.n_keys + d.n_restart));
    for (size_t i = 0; i < d.n_sources; i++)
        sprintf(text + strlen(text), "%s:%s(%d,%d) ", d.source[i].name, change[d.source[i].change],
                d.source[i].before, d.source[i].after);
    for (size_t i = 0; i < d.n_keys; i++)
        sprintf(text + strlen(text), "%s ", d.key[i]);
    for (size_t i = 0; i < d.n_restart; i++)
        sprintf(text + strlen(text), "!%s ", d.restart[i]);
    ck_assert_str_eq(text, cases[_i].diff);
    settings_free(a);
    settings_free(b);
}
END_TEST

START_TEST(all_sources_replaced_by_others)
{
    char a_text[2048] = "sources:\n", b_text[2048] = "sources:\n";
    for (int i = 0; i < SETTINGS_MAX_SOURCES; i++) {
        sprintf(a_text + strlen(a_text), "  a%d: {url: \"alsa:%d\"}\n", i, i);
        sprintf(b_text + strlen(b_text), "  b%d: {url: \"alsa:%d\"}\n", i, i);
    }
    struct settings *a = load(a_text), *b = load(b_text);
    struct settings_diff d;
    ck_assert_int_eq(settings_diff(a, b, &d), 2 * SETTINGS_MAX_SOURCES);
    ck_assert_int_eq(d.source[0].change, SETTINGS_REMOVED);
    ck_assert_int_eq(d.source[2 * SETTINGS_MAX_SOURCES - 1].change, SETTINGS_ADDED);
    settings_free(a);
    settings_free(b);
}
END_TEST

static Suite *settings_diff_suite(void)
{
    Suite *s = suite_create("settings_diff");
    TCase *t = tcase_create("settings_diff");
    tcase_add_loop_test(t, differences, 0, ARRAY_SIZE(cases));
    tcase_add_test(t, all_sources_replaced_by_others);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(settings_diff_suite)
