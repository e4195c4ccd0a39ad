#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/message.h"
#include "tests/unit/check_main.h"

static struct event an_event(void)
{
    struct event e = {.type = EVENT_START,
                      .id = "01JDBX3Q8ZABCDEFGHJKMNPQRS",
                      .seq = 1042,
                      .node = "gate-3",
                      .source = "porch",
                      .time_ms = 1732336267123,
                      .started_ms = 1732336267123,
                      .label = 0,
                      .score = 0.930001f,
                      .peak = 0.93f,
                      .threshold = 0.71f,
                      .sensitivity = "medium",
                      .n_labels = 2,
                      .label_name = {"threat", "abuse"},
                      .scores = {0.93f, 0.22225f},
                      .dbfs = -23.12,
                      .latency_ms = 4.11,
                      .model = "hostile-en/1.0+12ab34cd",
                      .clock_synced = true,
                      .boot_id = "5f0c"};
    return e;
}

START_TEST(event_is_the_contracts)
{
    struct event e = an_event();
    char *text = message_event(&e, false, 9);
    ck_assert_str_eq(
        text,
        "{\"schema\":\"earshot.event/1\",\"event_type\":\"start\",\"id\":\"01JDBX3Q8ZABCDEFGHJKMNPQRS\","
        "\"seq\":1042,\"node\":\"gate-3\",\"source\":\"porch\",\"time\":\"2024-11-23T04:31:07.123Z\","
        "\"started\":\"2024-11-23T04:31:07.123Z\",\"ended\":null,\"duration_ms\":0,"
        "\"end_reason\":null,\"label\":\"threat\",\"score\":0.93,\"peak\":0.93,\"threshold\":0.71,"
        "\"sensitivity\":\"medium\",\"scores\":{\"threat\":0.93,\"abuse\":0.2222},\"dbfs\":-23.1,"
        "\"latency_ms\":4.1,\"model\":\"hostile-en/1.0+12ab34cd\",\"clock\":\"synced\","
        "\"boot_id\":\"5f0c\",\"replayed\":false,\"age_ms\":9,\"suppressed\":0,\"test\":false}");
    free(text);
}
END_TEST

START_TEST(absent_is_null)
{
    struct event e = an_event();
    e.dbfs = -INFINITY;
    e.latency_ms = -1;
    e.type = EVENT_END;
    e.end_reason = END_SOURCE_LOST;
    e.ended_ms = e.started_ms + 1500;
    char *text = message_event(&e, true, -1);
    ck_assert_ptr_nonnull(strstr(text, "\"dbfs\":null,\"latency_ms\":null"));
    ck_assert_ptr_nonnull(strstr(text, "\"ended\":\"2024-11-23T04:31:08.623Z\""));
    ck_assert_ptr_nonnull(strstr(text, "\"end_reason\":\"source_lost\""));
    ck_assert_ptr_nonnull(strstr(text, "\"replayed\":true,\"age_ms\":null"));
    free(text);
}
END_TEST

START_TEST(times_and_topics)
{
    char t[MESSAGE_TIME_SIZE], topic[MESSAGE_TOPIC_SIZE];
    message_time(t, 0);
    ck_assert_str_eq(t, "1970-01-01T00:00:00.000Z");
    message_time(t, -1);
    ck_assert_str_eq(t, "1969-12-31T23:59:59.999Z");
    message_time(t, INT64_MAX);
    ck_assert_uint_lt(strlen(t), sizeof(t));
    message_topic(topic, "earshot", "gate-3", NULL, "state");
    ck_assert_str_eq(topic, "earshot/gate-3/state");
    message_topic(topic, "earshot", "gate-3", "porch", "hostile");
    ck_assert_str_eq(topic, "earshot/gate-3/porch/hostile");
}
END_TEST

START_TEST(source_and_node)
{
    struct message_source s = {.state = "silent", .reason = "digital_silence", .since_ms = 1000,
                               .kind = "rtsp", .dbfs = -INFINITY, .rate_hz = 8000, .time_ms = 2000};
    char *text = message_source(&s);
    ck_assert_str_eq(text, "{\"schema\":\"earshot.source/1\",\"state\":\"silent\","
                           "\"reason\":\"digital_silence\",\"since\":\"1970-01-01T00:00:01.000Z\","
                           "\"kind\":\"rtsp\",\"dbfs\":null,\"clipping\":0,\"bandwidth_hz\":null,"
                           "\"rate_hz\":8000,\"restarts\":0,\"xruns\":0,\"dropped_windows\":0,"
                           "\"time\":\"1970-01-01T00:00:02.000Z\"}");
    free(text);
    struct message_node n = {.status = "running", .version = "0.1", .boot_id = "b",
                             .started_ms = 1000, .model_name = "m", .model_version = "1",
                             .model_sha256 = "00", .n_labels = 1, .label = {"threat"},
                             .kernel = "ref", .config_sha256 = "11", .n_files = 2,
                             .file = {"a.yaml", "caf\xe9.yaml"}, .config_loaded_ms = 1000, .last_reload_ok = true,
                             .n_sources = 1, .source = {{"porch", "online"}}};
    text = message_node(&n);
    ck_assert_str_eq(text,
                     "{\"schema\":\"earshot.node/1\",\"status\":\"running\",\"reason\":null,"
                     "\"audio_kept\":false,\"version\":\"0.1\",\"boot_id\":\"b\","
                     "\"started\":\"1970-01-01T00:00:01.000Z\",\"model\":{\"name\":\"m\","
                     "\"version\":\"1\",\"sha256\":\"00\",\"labels\":[\"threat\"]},"
                     "\"kernel\":\"ref\",\"config\":{\"sha256\":\"11\",\"files\":[\"a.yaml\",\"caf?.yaml\"],"
                     "\"loaded\":\"1970-01-01T00:00:01.000Z\",\"last_reload_ok\":true,"
                     "\"error\":null},\"sources\":{\"porch\":\"online\"},\"clock\":\"unsynced\"}");
    free(text);
}
END_TEST

START_TEST(health_has_numbers_only)
{
    struct message_health h = {.time_ms = 1732336267123, .rss_bytes = 31457280, .cpu_percent = 2.345,
                               .temperature_c = NAN};
    char *text = message_health(&h);
    ck_assert_ptr_null(strstr(text, "null"));
    ck_assert_ptr_null(strstr(text, "temperature_c"));
    ck_assert_ptr_nonnull(strstr(text, "\"time_ms\":1732336267123,"));
    ck_assert_ptr_nonnull(strstr(text, "\"cpu_percent\":2.35,"));
    free(text);
    h.temperature_c = 41.26;
    text = message_health(&h);
    ck_assert_ptr_nonnull(strstr(text, "\"temperature_c\":41.3}"));
    free(text);
    struct message_source_health s = {.dbfs = -INFINITY, .events = 3};
    text = message_source_health(&s);
    ck_assert_ptr_nonnull(strstr(text, "\"dbfs\":-120,"));
    ck_assert_ptr_nonnull(strstr(text, "\"events\":3}"));
    free(text);
}
END_TEST

START_TEST(scores_of_a_window)
{
    static const char label[2][64] = {"threat", "abuse"};
    const float p[2] = {0.123456f, 1};
    char *text = message_window(1000, -INFINITY, 0.5f, 2, label, p);
    ck_assert_str_eq(text, "{\"schema\":\"earshot.scores/1\",\"time\":\"1970-01-01T00:00:01.000Z\",\"dbfs\":null,"
                           "\"speech\":0.5,\"scores\":{\"threat\":0.1235,\"abuse\":1}}");
    free(text);
}
END_TEST

START_TEST(scores_at_the_door_tell_both_clocks)
{
    char line[MESSAGE_SCORES_SIZE];
    message_scores(line, 1795400000123, 77000000, -INFINITY, 0.5f, 1, (const char[1][64]){"threat"}, (float[]){0.25f});
    ck_assert_str_eq(line, "{\"time_ms\": 1795400000123, \"boot_ms\": 77, \"dbfs\": -120.0, \"speech\": 0.5000, "
                           "\"scores\": {\"threat\": 0.250000}}\n");
}
END_TEST

static Suite *message_suite(void)
{
    Suite *s = suite_create("message");
    TCase *t = tcase_create("message");
    tcase_add_test(t, event_is_the_contracts);
    tcase_add_test(t, absent_is_null);
    tcase_add_test(t, times_and_topics);
    tcase_add_test(t, source_and_node);
    tcase_add_test(t, scores_of_a_window);
    tcase_add_test(t, scores_at_the_door_tell_both_clocks);
    tcase_add_test(t, health_has_numbers_only);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(message_suite)
