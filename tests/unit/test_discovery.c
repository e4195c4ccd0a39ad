#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/discovery.h"
#include "daemon/publisher.h"
#include "tests/unit/check_main.h"

static const struct discovery GATE = {
    .prefix = "earshot", .node = "gate-3", .n_sources = 2, .source = {"porch", "yard"}};

static cJSON *said(const struct discovery *d)
{
    char *json = discovery_message(d);
    ck_assert_ptr_nonnull(json);
    ck_assert_uint_lt(strlen(json), PUBLISHER_MAX_PAYLOAD);
    cJSON *root = cJSON_Parse(json);
    ck_assert_ptr_nonnull(root);
    free(json);
    return root;
}

static const cJSON *at(const cJSON *o, const char *key)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(o, key);
    ck_assert_msg(found, "no %s in %s", key, o->string ? o->string : "the root");
    return found;
}

static const char *word(const cJSON *o, const char *key)
{
    const char *value = cJSON_GetStringValue(at(o, key));
    ck_assert_msg(value, "%s is no text", key);
    return value;
}

static const cJSON *entity(const cJSON *root, const char *key)
{
    return at(at(root, "components"), key);
}

START_TEST(the_topic)
{
    char topic[MESSAGE_TOPIC_SIZE];
    discovery_topic(topic, "homeassistant", "gate-3");
    ck_assert_str_eq(topic, "homeassistant/device/earshot_gate-3/config");
}
END_TEST

/* Home Assistant refuses the whole device for any other key. */
START_TEST(the_root_has_only_what_may_stand_there)
{
    static const char *const allowed[] = {
        "device", "origin", "availability", "availability_mode", "qos", "components"};
    cJSON *root = said(&GATE);
    for (const cJSON *o = root->child; o; o = o->next) {
        size_t i = 0;
        while (i < ARRAY_SIZE(allowed) && strcmp(allowed[i], o->string))
            i++;
        ck_assert_msg(i < ARRAY_SIZE(allowed), "%s", o->string);
    }
    ck_assert_int_eq(cJSON_GetArraySize(root), ARRAY_SIZE(allowed));
    ck_assert_str_eq(word(at(root, "device"), "identifiers"), "earshot_gate-3");
    ck_assert_str_eq(word(at(root, "origin"), "name"), "earshot");
    ck_assert_str_eq(word(at(root, "availability")->child, "topic"), "earshot/gate-3/availability");
    ck_assert_str_eq(word(root, "availability_mode"), "all");
    ck_assert_int_eq(at(root, "qos")->valueint, 1);
    cJSON_Delete(root);
}
END_TEST

START_TEST(a_flag_is_known_only_while_its_source_is_heard)
{
    cJSON *root = said(&GATE);
    const cJSON *e = entity(root, "porch.hostile"), *a = at(e, "availability");
    ck_assert_str_eq(word(e, "platform"), "binary_sensor");
    ck_assert_str_eq(word(e, "device_class"), "safety");
    ck_assert_str_eq(word(e, "unique_id"), "earshot.gate-3.porch.hostile");
    ck_assert_str_eq(word(e, "name"), "porch hostile");
    ck_assert_str_eq(word(e, "state_topic"), "earshot/gate-3/porch/hostile");
    ck_assert_int_eq(cJSON_GetArraySize(a), 2);
    ck_assert_str_eq(word(a->child, "topic"), "earshot/gate-3/availability");
    ck_assert_str_eq(word(a->child->next, "topic"), "earshot/gate-3/porch/state");
    ck_assert_ptr_nonnull(strstr(word(a->child->next, "value_template"), "value_json.state"));
    cJSON_Delete(root);
}
END_TEST

START_TEST(an_event_stays_true_when_its_source_is_away)
{
    cJSON *root = said(&GATE);
    const cJSON *e = entity(root, "yard.event"), *types = at(e, "event_types");
    ck_assert_str_eq(word(e, "platform"), "event");
    ck_assert_str_eq(word(e, "state_topic"), "earshot/gate-3/yard/event");
    ck_assert_ptr_null(cJSON_GetObjectItem(e, "availability"));
    ck_assert_int_eq(cJSON_GetArraySize(types), 3);
    ck_assert_str_eq(types->child->valuestring, "start");
    ck_assert_str_eq(types->child->next->valuestring, "update");
    ck_assert_str_eq(types->child->next->next->valuestring, "end");
    ck_assert_ptr_null(cJSON_GetObjectItem(entity(root, "yard.state"), "availability"));
    cJSON_Delete(root);
}
END_TEST

START_TEST(figures_are_picked_out_of_health)
{
    cJSON *root = said(&GATE);
    const cJSON *level = entity(root, "porch.level"), *cpu = entity(root, "cpu_percent");
    ck_assert_str_eq(word(level, "state_topic"), "earshot/gate-3/porch/health");
    ck_assert_str_eq(word(level, "value_template"), "{{ value_json.dbfs }}");
    ck_assert_str_eq(word(level, "unit_of_measurement"), "dBFS");
    ck_assert_str_eq(word(cpu, "unique_id"), "earshot.gate-3.cpu_percent");
    ck_assert_str_eq(word(cpu, "state_topic"), "earshot/gate-3/health");
    ck_assert_str_eq(word(cpu, "entity_category"), "diagnostic");
    cJSON_Delete(root);
}
END_TEST

START_TEST(every_id_is_there_once)
{
    /* both would be earshot_a_b_c_hostile, were the parts joined by what names may hold */
    static const struct discovery a = {
        .prefix = "e", .node = "a", .n_sources = 1, .source = {"b_c"}};
    static const struct discovery a_b = {
        .prefix = "e", .node = "a_b", .n_sources = 1, .source = {"c"}};
    cJSON *one = said(&a), *other = said(&a_b);
    for (const cJSON *x = at(one, "components")->child; x; x = x->next)
        for (const cJSON *y = at(other, "components")->child; y; y = y->next)
            ck_assert_str_ne(word(x, "unique_id"), word(y, "unique_id"));
    cJSON_Delete(one);
    cJSON_Delete(other);
}
END_TEST

START_TEST(who_is_gone_is_taken_out)
{
    struct discovery d = GATE;
    d.n_gone = 1;
    d.gone[0] = "cellar";
    cJSON *root = said(&d);
    const cJSON *e = entity(root, "cellar.event");
    ck_assert_int_eq(cJSON_GetArraySize(e), 1);
    ck_assert_str_eq(word(e, "platform"), "event");
    ck_assert_str_eq(word(entity(root, "cellar.hostile"), "platform"), "binary_sensor");
    cJSON_Delete(root);
}
END_TEST

START_TEST(the_longest_message_may_be_posted)
{
    char names[2 * SETTINGS_MAX_SOURCES][65], node[65];
    struct discovery d = {.prefix = node, .node = node};
    memset(node, 'n', 64);
    node[64] = '\0';
    for (int i = 0; i < 2 * SETTINGS_MAX_SOURCES; i++)
        snprintf(names[i], sizeof(names[i]), "%064d", i);
    for (int i = 0; i < SETTINGS_MAX_SOURCES; i++) {
        d.source[d.n_sources++] = names[i];
        d.gone[d.n_gone++] = names[SETTINGS_MAX_SOURCES + i];
    }
    cJSON_Delete(said(&d));
}
END_TEST

static Suite *discovery_suite(void)
{
    Suite *s = suite_create("discovery");
    TCase *t = tcase_create("all");
    tcase_add_test(t, the_topic);
    tcase_add_test(t, the_root_has_only_what_may_stand_there);
    tcase_add_test(t, a_flag_is_known_only_while_its_source_is_heard);
    tcase_add_test(t, an_event_stays_true_when_its_source_is_away);
    tcase_add_test(t, figures_are_picked_out_of_health);
    tcase_add_test(t, every_id_is_there_once);
    tcase_add_test(t, who_is_gone_is_taken_out);
    tcase_add_test(t, the_longest_message_may_be_posted);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(discovery_suite)
