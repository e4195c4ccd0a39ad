#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config/settings.h"
#include "tests/unit/check_main.h"

static char folder[UNIT_FOLDER_SIZE];

static const char *write_file(const char *name, const char *text)
{
    static char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    ck_assert_int_eq(fclose(f), 0);
    return path;
}

static void make_folder(void)
{
    char conf[80];
    unit_folder(folder);
    snprintf(conf, sizeof(conf), "%s/conf.d", folder);
    ck_assert_int_eq(mkdir(conf, 0700), 0);
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct settings *load(const char *text)
{
    struct settings *s = NULL;
    struct settings_errors errors;
    int err = settings_load(write_file("earshot.yaml", text), &s, &errors);
    ck_assert_msg(err == 0, "%s", errors.n ? errors.item[0].text : "?");
    ck_assert_uint_eq(errors.n, 0);
    return s;
}

START_TEST(everything_has_a_default)
{
    struct settings *s = load("# nothing but the defaults\n");
    ck_assert_ptr_nonnull(s->node);
    ck_assert_uint_eq(s->n_sources, 0);
    ck_assert_int_eq(s->defaults.sensitivity.level, SENSITIVITY_MEDIUM);
    ck_assert_uint_eq(s->defaults.labels.n, 0);
    ck_assert_int_eq(s->defaults.hop, 4);
    ck_assert_int_eq(s->defaults.hold_ms, 2000);
    ck_assert_int_eq(s->defaults.min_windows, 2);
    ck_assert_double_eq(s->defaults.gate_dbfs, -60);
    ck_assert_double_eq(s->defaults.max_events.n, 10);
    ck_assert_double_eq(s->defaults.max_events.period_s, 60);
    ck_assert(s->defaults.enabled);
    ck_assert_str_eq(s->mqtt.url, "mqtt://localhost:1883");
    ck_assert_int_eq(s->mqtt.version, MQTT_VERSION_5);
    ck_assert_str_eq(s->mqtt.prefix, "earshot");
    ck_assert_int_eq(s->mqtt.keep_alive_ms, 30000);
    ck_assert_int_eq(s->mqtt.in_flight, 16);
    ck_assert(s->mqtt.discovery_enabled);
    ck_assert_uint_eq(s->mqtt.commands.n, 2);
    ck_assert_ptr_null(s->model.path);
    ck_assert_int_eq(s->model.workers, 0);
    ck_assert_str_eq(s->model.kernel, "auto");
    ck_assert_int_eq(s->store.max_size, 64 << 20);
    ck_assert_int_eq(s->store.max_age_ms, 30 * 86400000ll);
    ck_assert_int_eq(s->health_interval_ms, 60000);
    ck_assert_ptr_null(s->metrics_listen);
    ck_assert_str_eq(s->log_level, "info");
    settings_free(s);
}
END_TEST

/* The node's name on a host of this name; NULL where the box allows no name space for it. */
static const char *node_on(const char *host)
{
    static char node[80];
    int fd[2];
    ck_assert_int_eq(pipe(fd), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        bool own = unshare(CLONE_NEWUSER | CLONE_NEWUTS) == 0 || unshare(CLONE_NEWUTS) == 0;
        struct settings *s = own && sethostname(host, strlen(host)) == 0 ? load("") : NULL;
        _exit(!s || write(fd[1], s->node, strlen(s->node)) < 0);
    }
    close(fd[1]);
    ssize_t n = read(fd[0], node, sizeof(node) - 1);
    close(fd[0]);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    node[n > 0 ? n : 0] = '\0';
    return n > 0 ? node : NULL;
}

START_TEST(a_host_name_becomes_a_node)
{
    static const char longest[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789-9";
    static const char *const names[][2] = {{longest, longest}, {"-Gate_3.example", "gate_3"}, {"...", "earshot"}};
    ck_assert_uint_eq(strlen(longest), 64);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const char *node = node_on(names[i][0]);
        if (node)
            ck_assert_str_eq(node, names[i][1]);
    }
}
END_TEST

START_TEST(sources_take_from_defaults_what_they_do_not_say)
{
    struct settings *s = load("sources:\n"
                              "  porch: {url: \"alsa:hw:1,0\"}\n"
                              "  yard:\n"
                              "    url: rtsp://cam2.lan/stream1\n"
                              "    username: viewer\n"
                              "    password_file: cam2.pass\n"
                              "    sensitivity: 1/day\n"
                              "    labels: []\n"
                              "    thresholds: {abuse: 0.5}\n"
                              "    hop: 8\n"
                              "defaults:\n"
                              "  labels: [threat, order]\n"
                              "  thresholds: {threat: 0.9, abuse: 0.8}\n"
                              "  mute: [\"Mon-Fri 08:00-16:00\"]\n"
                              "  hold: 1.5s\n");
    const struct settings_source *porch = &s->source[0], *yard = &s->source[1];
    ck_assert_uint_eq(s->n_sources, 2);
    ck_assert_str_eq(porch->name, "porch");
    ck_assert_uint_eq(porch->labels.n, 2);
    ck_assert_str_eq(porch->labels.item[1], "order");
    ck_assert_int_eq(porch->hop, 4);
    ck_assert_int_eq(porch->hold_ms, 1500);
    ck_assert_str_eq(porch->mute.item[0], "Mon-Fri 08:00-16:00");
    ck_assert_uint_eq(porch->thresholds.n, 2);
    ck_assert_str_eq(yard->username, "viewer");
    ck_assert_int_eq(yard->sensitivity.level, SENSITIVITY_BUDGET);
    ck_assert_double_eq(yard->sensitivity.budget.period_s, 86400);
    ck_assert_uint_eq(yard->labels.n, 0);
    ck_assert_uint_eq(yard->thresholds.n, 2);
    ck_assert_str_eq(yard->thresholds.item[0].label, "abuse");
    ck_assert_double_eq(yard->thresholds.item[0].probability, 0.5);
    ck_assert_str_eq(yard->thresholds.item[1].label, "threat");
    ck_assert_int_eq(yard->hop, 8);
    settings_free(s);
}
END_TEST

START_TEST(thresholds_by_schedule)
{
    struct settings *s = load("sources:\n  a: {url: \"alsa:a\"}\n"
                              "  b:\n    url: alsa:b\n    thresholds_at:\n"
                              "      \"Sat,Sun 10:00-12:00\": {abuse: 0.9}\n"
                              "defaults:\n  thresholds_at:\n    \"22:00-06:00\": {threat: 0.6, abuse: 0.5}\n"
                              "    \"Mon 06:00-08:00\": {threat: 0.7}\n");
    const struct scheduled *a = &s->source[0].thresholds_at, *b = &s->source[1].thresholds_at;
    ck_assert_uint_eq(a->n, 2);
    ck_assert_str_eq(a->item[0].span, "22:00-06:00");
    ck_assert_uint_eq(a->item[0].thresholds.n, 2);
    ck_assert_double_eq(a->item[1].thresholds.item[0].probability, 0.7);
    ck_assert_uint_eq(b->n, 1); /* not one over the other: a source's replace them */
    ck_assert_str_eq(b->item[0].thresholds.item[0].label, "abuse");
    settings_free(s);
}
END_TEST

START_TEST(drop_ins_win_in_lexical_order)
{
    write_file("conf.d/20-b.yaml",
               "mqtt: {prefix: from-b}\nsources: {x: {hop: 2}, y: {url: \"pipe:-\"}}\n");
    write_file("conf.d/10-a.yaml", "mqtt: {prefix: from-a, in_flight: 3, commands: [mute]}\n");
    write_file("conf.d/.hidden.yaml", "nonsense");
    write_file("conf.d/README", "nonsense");
    struct settings *s = load("mqtt: {prefix: main, keep_alive: 10s}\n"
                              "sources: {x: {url: \"alsa:default\", hop: 1, hold: 1s}}\n");
    ck_assert_str_eq(s->mqtt.prefix, "from-b");
    ck_assert_int_eq(s->mqtt.in_flight, 3);
    ck_assert_int_eq(s->mqtt.keep_alive_ms, 10000);
    ck_assert_uint_eq(s->mqtt.commands.n, 1);
    ck_assert_uint_eq(s->n_sources, 2);
    ck_assert_int_eq(s->source[0].hop, 2);
    ck_assert_int_eq(s->source[0].hold_ms, 1000);
    ck_assert_uint_eq(s->n_files, 3);
    ck_assert_ptr_nonnull(strstr(s->file[1], "/conf.d/10-a.yaml"));
    settings_free(s);
}
END_TEST

/* One mistake each. `error` is what the complaint says behind "file:". */
static const struct {
    const char *text, *error;
} wrong[] = {
    {"nod: x\n", "1:1: nod: unknown key (did you mean node?)"},
    {"hop: 4\n", "1:1: hop: unknown key (did you mean defaults.hop?)"},
    {"zebra: 4\n", "1:1: zebra: unknown key"},
    {"mqtt:\n  prefx: a\n", "2:3: mqtt.prefx: unknown key (did you mean prefix?)"},
    {"mqtt: {password: a}\n", "1:8: mqtt.password: passwords do not stand here (expected in a "
                             "file of its own, named by mqtt.password_file)"},
    {"sources: {a: {url: \"rtsp://h\", password: secret}}\n",
     "1:32: sources.a.password: passwords do not stand here (expected in a file of its own, named "
     "by sources.a.password_file)"},
    {"defaults: {url: \"pipe:-\"}\n",
     "1:12: defaults.url: unknown key (did you mean sources.NAME.url?)"},
    {"mqtt.url: mqtt://h\n", "1:1: mqtt.url: unknown key"},
    {"node: 5\n", "1:7: node: not a text without quotes (found 5, expected a text, or null; did "
                  "you mean \"5\"?)"},
    {"node: Gate\n",
     "1:7: node: not a usable name (found \"Gate\", expected 1 to 64 of a-z 0-9 _ -)"},
    {"node: [a]\n", "1:7: node: not a text (found a list"},
    {"[a]\n", "1:1: not a map (found a list, expected lines of key: value)"},
    {"node:gate\n",
     "1:1: not a map (found a single value, expected lines of key: value; is a space missing"},
    {"sources: {a: {}}\n", "1:11: sources.a: has no url"},
    {"sources: {a: }\n", "1:11: sources.a: has no url"},
    {"sources: {health: {url: \"pipe:-\"}}\n", "1:11: sources: a source cannot have this name"},
    {"sources: {A: {url: \"pipe:-\"}}\n", "1:11: sources: not a usable name (found \"A\""},
    {"sources: [a]\n", "1:10: sources: not a map (found a list"},
    {"sources: {a: {url: hw:0}}\n", "1:20: sources.a.url: unknown kind of URL (found \"hw:0\""},
    {"sources: {a: {url: rstp://u:secret@h/}}\n",
     "1:20: sources.a.url: unknown kind of URL (found \"rstp://…@h/\", expected alsa:"},
    {"sources: {a: {url: rtsp://u:pw@h/s}}\n",
     "1:20: sources.a.url: a user name in the URL would end up in logs"},
    {"sources: {a: {url: rtsp://u:p#w@h/s}}\n",
     "1:20: sources.a.url: a user name in the URL would end up in logs"},
    {"sources: {a: {url: rtsp:///s}}\n", "1:20: sources.a.url: no usable host"},
    {"sources: {a: {url: rtsp:u:pw@cam}}\n",
     "1:20: sources.a.url: no usable host (found \"rtsp:…@cam\""},
    {"sources: {a: {url: http://h:0/}}\n", "1:20: sources.a.url: no usable port"},
    {"sources: {a: {url: \"alsa:\"}}\n", "1:20: sources.a.url: no device"},
    {"sources: {a: {url: pipe:x}}\n", "1:20: sources.a.url: no usable pipe"},
    {"sources: {a: {url: \"file:x.wav\"}}\n", "1:20: sources.a.url: no usable file"},
    {"sources: {a: {url: \"alsa:x\", username: u}}\n",
     "1:40: sources.a.username: only rtsp and http sources have a login"},
    {"sources: {a: {url: \"rtsp://h\", password_file: p}}\n",
     "1:47: sources.a.password_file: a password without a user"},
    {"sources: {a: {url: \"pipe:-\"}, b: {url: \"pipe:-\"}}\n",
     "1:40: sources.b.url: sources.a reads this pipe already"},
    {"sources: {a: {url: \"pipe:/x\"}, b: {url: \"pipe:/x?rate=8000\"}}\n",
     "1:41: sources.b.url: sources.a reads this pipe already"},
    {"defaults: {enabled: yes}\n", "1:21: defaults.enabled: not a bool: write true or false (found "
                                   "\"yes\", expected true or false; did you mean true?)"},
    {"defaults: {enabled: Off}\n", "1:21: defaults.enabled: not a bool: write true or false (found "
                                   "\"Off\", expected true or false; did you mean false?)"},
    {"defaults: {enabled: TRUE}\n", "1:21: defaults.enabled: not a bool: write true or false "
                                    "(found TRUE, expected true or false; did you mean true?)"},
    {"defaults: {enabled: 1}\n", "1:21: defaults.enabled: not a bool"},
    {"defaults: {enabled: \"true\"}\n", "1:21: defaults.enabled: not a bool"},
    {"defaults: {hop: 0}\n", "1:17: defaults.hop: out of range (found 0, expected 1 to 64 tokens)"},
    {"defaults: {hop: 65}\n", "1:17: defaults.hop: out of range"},
    {"defaults: {hop: -1}\n", "1:17: defaults.hop: out of range"},
    {"defaults: {hop: 4.0}\n", "1:17: defaults.hop: not a whole number"},
    {"defaults: {hop: \"4\"}\n", "1:17: defaults.hop: not a whole number (found \"4\""},
    {"defaults: {hop: 010}\n", "1:17: defaults.hop: not a decimal number: no leading 0"},
    {"defaults: {hop: 0x4}\n", "1:17: defaults.hop: not a decimal number"},
    {"defaults: {hop: 1_0}\n", "1:17: defaults.hop: not a whole number: digits only"},
    {"defaults: {hop: '1:30'}\n", "1:17: defaults.hop: not a whole number"},
    {"defaults:\n  hop: 1:30\n",
     "2:8: defaults.hop: not a whole number: digits only (found \"1:30\""},
    {"defaults: {hop: 99999999999999999999}\n", "1:17: defaults.hop: not a decimal number"},
    {"defaults: {hop: }\n", "1:17: defaults.hop: not a whole number (found nothing"},
    {"defaults: {hop: null}\n", "1:17: defaults.hop: not a whole number (found nothing"},
    {"defaults: {hold: 2}\n", "1:18: defaults.hold: not a duration; units are ms s m h d (found 2, "
                              "expected 100ms to 1h; did you mean 2s?)"},
    {"defaults: {hold: 2 sec}\n", "1:18: defaults.hold: not a duration; units are ms s m h d "
                                  "(found \"2 sec\", expected 100ms to 1h; did you mean 2s?)"},
    {"defaults: {hold: 0.5ms}\n", "1:18: defaults.hold: not a duration; units are ms s m h d "
                                  "(found \"0.5ms\", expected 100ms to 1h)"},
    {"defaults: {hold: 2h}\n", "1:18: defaults.hold: out of range"},
    {"defaults: {hold: -2s}\n", "1:18: defaults.hold: not a duration"},
    {"defaults: {hold: 999999999999999d}\n", "1:18: defaults.hold: not a duration"},
    {"store: {max_age: 30}\n", "1:18: store.max_age: not a duration; units are ms s m h d (found "
                               "30, expected 1h to 3650d; did you mean 30d?)"},
    {"store: {max_size: 64MB}\n", "1:19: store.max_size: not a size; units are KiB MiB GiB (found "
                                  "\"64MB\", expected 1MiB to 64GiB; did you mean 64MiB?)"},
    {"store: {max_size: 1.5MiB}\n", "1:19: store.max_size: not a size"},
    {"store: {max_size: 65GiB}\n", "1:19: store.max_size: out of range"},
    {"mqtt: {keep_alive: 5500ms}\n", "1:20: mqtt.keep_alive: not whole seconds"},
    {"defaults: {gate_dbfs: 3}\n",
     "1:23: defaults.gate_dbfs: out of range (found 3, expected -120 to 0 dBFS)"},
    {"defaults: {gate_dbfs: .nan}\n", "1:23: defaults.gate_dbfs: not a decimal number"},
    {"defaults: {gate_dbfs: -6e1}\n", "1:23: defaults.gate_dbfs: not a decimal number"},
    {"defaults: {max_events: 10}\n",
     "1:24: defaults.max_events: not a rate (found 10, expected a rate such as 10/min"},
    {"defaults: {max_events: 0/min}\n", "1:24: defaults.max_events: not a rate"},
    {"defaults: {max_events: 10/m}\n", "1:24: defaults.max_events: not a rate"},
    {"defaults: {max_events: 99999/s}\n", "1:24: defaults.max_events: too many"},
    {"defaults: {sensitivity: hi}\n",
     "1:25: defaults.sensitivity: not a sensitivity (found \"hi\", expected low, medium, high or a "
     "rate such as 1/day; did you mean high?)"},
    {"defaults: {sensitivity: [low]}\n",
     "1:25: defaults.sensitivity: not a sensitivity (found a list"},
    {"defaults: {labels: threat}\n", "1:20: defaults.labels: not a list (found \"threat\", "
                                     "expected a list such as [a, b]; did you mean [threat]?)"},
    {"defaults: {labels: [threat, threat]}\n",
     "1:29: defaults.labels: \"threat\" stands twice in the list"},
    {"defaults: {labels: [Threat]}\n", "1:21: defaults.labels: not a usable name"},
    {"defaults: {labels: [null]}\n", "1:21: defaults.labels: needs a value"},
    {"defaults: {labels: [[a]]}\n", "1:21: defaults.labels: not a text (found a list"},
    {"defaults: {labels: "
     "[a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,aa,ab,ac,ad,ae,af,ag]}\n",
     "1:20: defaults.labels: too long (found 33, expected at most 32 items)"},
    {"defaults: {thresholds: [a]}\n", "1:24: defaults.thresholds: not a map"},
    {"defaults: {thresholds: {threat: 1}}\n", "1:33: defaults.thresholds.threat: not a probability "
                                              "(found 1, expected a number over 0 and under 1)"},
    {"defaults: {thresholds: {threat: 0}}\n",
     "1:33: defaults.thresholds.threat: not a probability"},
    {"defaults: {thresholds: {threat: high}}\n",
     "1:33: defaults.thresholds.threat: not a probability (found \"high\""},
    {"defaults: {thresholds: {Threat: 0.5}}\n", "1:25: defaults.thresholds: not a usable name"},
    {"defaults: {thresholds_at: [a]}\n",
     "1:27: defaults.thresholds_at: not a map (found a list, expected a map such as "
     "{\"22:00-06:00\": {threat: 0.6}})"},
    {"defaults: {thresholds_at: {\"Mo 8-9\": {threat: 0.5}}}\n",
     "1:28: defaults.thresholds_at: not a span of time (found \"Mo 8-9\""},
    {"defaults: {thresholds_at: {\"08:00-09:00\": {threat: 2}}}\n",
     "1:52: defaults.thresholds_at.\"08:00-09:00\".threat: not a probability (found 2"},
    {"defaults: {thresholds_at: {\"08:00-09:00\": 0.5}}\n",
     "1:43: defaults.thresholds_at.\"08:00-09:00\": not a map (found 0.5"},
    {"defaults: {mute: [\"Mo 8-9\"]}\n",
     "1:19: defaults.mute: not a span of time (found \"Mo 8-9\""},
    {"defaults: {mute: [\"08:00-08:00\"]}\n",
     "1:19: defaults.mute: not a span of time (found \"08:00-08:00\"; the span is empty"},
    {"mqtt: {url: http://h}\n", "1:13: mqtt.url: unknown kind of URL"},
    {"mqtt: {url: mqtt://h:99999}\n", "1:13: mqtt.url: no usable port"},
    {"mqtt: {url: mqtt://h/topic}\n", "1:13: mqtt.url: a broker has no path"},
    {"mqtt: {url: \"mqtt://u:secret@h\\n\"}\n",
     "1:13: mqtt.url: holds a line break or another control character (found \"mqtt://…@h?\""},
    {"mqtt: {username: \"a\\u2028b\"}\n",
     "1:18: mqtt.username: holds a line break or another control character"},
    {"mqtt: {username: \"a\\x9Bb\"}\n",
     "1:18: mqtt.username: holds a line break or another control character"},
    {"mqtt: {url: null}\n", "1:13: mqtt.url: needs a value"},
    {"mqtt: {version: 4}\n",
     "1:17: mqtt.version: not one of the words for it (found 4, expected 3.1.1 or 5)"},
    {"mqtt: {version: [5]}\n", "1:17: mqtt.version: not one of the words for it (found a list"},
    {"mqtt: {discovery: true}\n", "1:19: mqtt.discovery: not a map (found a single value"},
    {"mqtt: {commands: [snapshit]}\n",
     "1:19: mqtt.commands: unknown command (found \"snapshit\", expected some of reload, snapshot, "
     "mute, unmute, test_alarm, purge_discovery; did you mean snapshot?)"},
    {"mqtt: {tls: {ca_file: x}}\n", "1:23: mqtt.tls.ca_file: not used without TLS"},
    {"mqtt: {url: mqtts://h, tls: {key_file: x}}\n", "1:40: mqtt.tls.key_file: half of a pair"},
    {"mqtt: {url: 'mqtts://10.0.0.1:8883', tls: {server_name: h.lan}}\n", "1:57: mqtt.tls.server_name: must be the host"},
    {"mqtt: {url: 'wss://[::1]/x', tls: {server_name: '::2'}}\n", "1:49: mqtt.tls.server_name: must be the host"},
    {"mqtt: {version: 3.1.1, password_file: x}\n",
     "1:39: mqtt.password_file: MQTT 3.1.1 takes no password"},
    {"mqtt: {username: \"\"}\n", "1:18: mqtt.username: an empty text"},
    {"metrics: {listen: 9464}\n", "1:19: metrics.listen: not a text without quotes"},
    {"metrics: {listen: \"h:\"}\n", "1:19: metrics.listen: not an address to listen on"},
    {"metrics: {listen: \"::1:9\"}\n", "1:19: metrics.listen: not an address to listen on"},
    {"model: {workers: 0}\n",
     "1:18: model.workers: out of range (found 0, expected auto, 1 to 16 threads)"},
    {"model: {kernel: AVX2}\n", "1:17: model.kernel: not a usable name"},
    {"log: {level: trace}\n", "1:14: log.level: not one of the words for it (found \"trace\", "
                              "expected error, warning, info or debug)"},
    {"log: {level: inof}\n", "1:14: log.level: not one of the words for it (found \"inof\", "
                             "expected error, warning, info or debug; did you mean info?)"},
    {"log: {level: info\n", "2:1: "},
};

START_TEST(refusals)
{
    struct settings *s = NULL;
    struct settings_errors errors;
    const char *path = write_file("earshot.yaml", wrong[_i].text);
    size_t n = strlen(path);
    ck_assert_int_eq(settings_load(path, &s, &errors), -EINVAL);
    ck_assert_ptr_null(s);
    ck_assert_uint_eq(errors.n, 1);
    const char *found = errors.item[0].text;
    ck_assert_msg(!strncmp(found, path, n) && found[n] == ':' &&
                      !strncmp(found + n + 1, wrong[_i].error, strlen(wrong[_i].error)),
                  "found: %s\nexpected: …:%s", found, wrong[_i].error);
    ck_assert_ptr_null(strstr(found, "secret"));
    settings_errors_done(&errors);
}
END_TEST

START_TEST(all_mistakes_of_all_files_at_once)
{
    struct settings *s;
    struct settings_errors errors;
    write_file("conf.d/a.yaml", "mqtt: {in_flight: 0}\nhealth_intervall: 3s\n");
    write_file("conf.d/b.yaml", "mqtt: [\n");
    write_file("conf.d/c.yml", "");
    const char *path =
        write_file("earshot.yaml", "node: X\nmqtt: {in_flight: -1}\nlog: {level: x}\n");
    ck_assert_int_eq(settings_load(path, &s, &errors), -EINVAL);
    ck_assert_uint_eq(errors.n, 7);
    ck_assert_ptr_nonnull(strstr(errors.item[3].text, "c.yml would not be read"));
    ck_assert_ptr_nonnull(strstr(errors.item[4].text, "conf.d/a.yaml:1:19: mqtt.in_flight"));
    settings_errors_done(&errors);
}
END_TEST

START_TEST(too_many_mistakes_are_cut)
{
    char text[4096] = "";
    struct settings *s;
    struct settings_errors errors;
    for (int i = 0; i < 200; i++)
        sprintf(text + strlen(text), "zz%d: 1\n", i);
    ck_assert_int_eq(settings_load(write_file("earshot.yaml", text), &s, &errors), -EINVAL);
    ck_assert_uint_eq(errors.n, SETTINGS_MAX_ERRORS);
    ck_assert_ptr_nonnull(strstr(errors.item[SETTINGS_MAX_ERRORS - 1].text, "too many mistakes"));
    settings_errors_done(&errors);
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
    struct settings *s;
    struct settings_errors errors;
    char absent[100];
    write_file("conf.d/a.yaml", "wrong: too\n");
    snprintf(absent, sizeof(absent), "%s/absent.yaml", folder);
    ck_assert_int_eq(settings_load(absent, &s, &errors), -ENOENT);
    ck_assert_uint_eq(errors.n, 1);
    ck_assert_ptr_nonnull(
        strstr(errors.item[0].text, "/absent.yaml: cannot be read: No such file or directory; `earshot config default` prints one"));
    settings_errors_done(&errors);
    ck_assert_int_eq(settings_load(folder, &s, &errors), -EISDIR);
    settings_errors_done(&errors);
    char fifo[100];
    snprintf(fifo, sizeof(fifo), "%s/fifo", folder);
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    ck_assert_int_eq(settings_load(fifo, &s, &errors), -EINVAL);
    ck_assert_uint_eq(errors.n, 1);
    settings_errors_done(&errors);
}
END_TEST

START_TEST(sum_is_that_of_the_files)
{
    struct settings *s = load("node: a\n");
    ck_assert_str_eq(s->sha256, "b7fb20e7b4165ff4cc9b4a2feb51085415b05686a572043963d3fd22b0dfa1c7");
    settings_free(s);
}
END_TEST

START_TEST(thirty_two_sources)
{
    char text[4096] = "sources:\n";
    for (int i = 0; i < SETTINGS_MAX_SOURCES; i++)
        sprintf(text + strlen(text), "  s%d: {url: \"alsa:hw:%d\"}\n", i, i);
    struct settings *s = load(text);
    ck_assert_uint_eq(s->n_sources, SETTINGS_MAX_SOURCES);
    settings_free(s);
    strcat(text, "  more: {url: \"alsa:x\"}\n");
    struct settings_errors errors;
    ck_assert_int_eq(settings_load(write_file("earshot.yaml", text), &s, &errors), -EINVAL);
    ck_assert_uint_eq(errors.n, 1);
    ck_assert_ptr_nonnull(strstr(errors.item[0].text, "more than 32"));
    settings_errors_done(&errors);
}
END_TEST

static Suite *settings_suite(void)
{
    Suite *s = suite_create("settings");
    TCase *t = tcase_create("settings");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, everything_has_a_default);
    tcase_add_test(t, a_host_name_becomes_a_node);
    tcase_add_test(t, sources_take_from_defaults_what_they_do_not_say);
    tcase_add_test(t, thresholds_by_schedule);
    tcase_add_test(t, drop_ins_win_in_lexical_order);
    tcase_add_loop_test(t, refusals, 0, ARRAY_SIZE(wrong));
    tcase_add_test(t, all_mistakes_of_all_files_at_once);
    tcase_add_test(t, too_many_mistakes_are_cut);
    tcase_add_test(t, files_that_cannot_be_read);
    tcase_add_test(t, sum_is_that_of_the_files);
    tcase_add_test(t, thirty_two_sources);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(settings_suite)
