/* The publisher alone, driven line by line from standard input, for the tests against
 * a real broker: `post N`, `pace N PER_SECOND`, `state TOPIC PAYLOAD`, `flash TOPIC PAYLOAD`
 * (not retained), `event start|end`, `stats`, `refresh`, `quit`. Says on standard output what it did. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "daemon/publisher.h"
#include "daemon/store.h"

struct driver {
    struct publisher *publisher;
    struct settings settings;
    uint64_t seq, changes, store_changes;
    char boot_id[37];
    int wake_fd;
};

static void read_boot_id(char ret[37])
{
    FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
    if (!f || !fgets(ret, 37, f))
        ret[0] = '\0';
    if (f)
        fclose(f);
}

static struct event make_event(struct driver *d, enum event_type type)
{
    struct event e = {.type = type, .seq = d->seq++, .time_ms = clock_wall_ns() / 1000000,
                      .boot_ns = clock_boot_ns(), .n_labels = 1, .score = 0.9f, .peak = 0.9f,
                      .threshold = 0.5f, .dbfs = -20, .latency_ms = -1, .clock_synced = true};
    e.started_ms = e.time_ms;
    snprintf(e.id, sizeof(e.id), "01JDBX%020llu", (unsigned long long)(e.seq / 2));
    snprintf(e.node, sizeof(e.node), "%s", d->settings.node);
    snprintf(e.source, sizeof(e.source), "porch");
    snprintf(e.sensitivity, sizeof(e.sensitivity), "medium");
    snprintf(e.model, sizeof(e.model), "test/1");
    snprintf(e.boot_id, sizeof(e.boot_id), "%s", d->boot_id);
    snprintf(e.label_name[0], sizeof(e.label_name[0]), "threat");
    e.scores[0] = 0.9f;
    if (type == EVENT_END) {
        e.ended_ms = e.time_ms;
        e.end_reason = END_QUIET;
    }
    return e;
}

/* A busy machine may be behind: what finds no room is lost, and that is another test's affair. */
static void wait_for_room(struct driver *d)
{
    struct publisher_stats s;
    while (publisher_stats(d->publisher, &s), s.queued > PUBLISHER_QUEUE / 2)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void post(struct driver *d, enum event_type type)
{
    struct event e = make_event(d, type);
    wait_for_room(d);
    int r = publisher_post_event(d->publisher, &e);
    if (r < 0)
        printf("dropped %llu %d\n", (unsigned long long)e.seq, r);
}

static void pace(struct driver *d, int n, int per_second)
{
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (int i = 0; i < n; i++) {
        post(d, i % 2 ? EVENT_END : EVENT_START);
        next.tv_nsec += 1000000000 / per_second;
        if (next.tv_nsec >= 1000000000) {
            next.tv_nsec -= 1000000000;
            next.tv_sec++;
        }
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    }
}

static void print_news(struct driver *d)
{
    struct publisher_stats s;
    struct publisher_command c;
    publisher_stats(d->publisher, &s);
    if (s.changes != d->changes)
        printf("text %s\n", s.text);
    if (s.store_changes != d->store_changes)
        printf("store %s\n", s.store_text);
    d->changes = s.changes;
    d->store_changes = s.store_changes;
    while (publisher_take_command(d->publisher, &c)) {
        printf("command %s %s\n", c.name, c.payload);
        publisher_post_response(d->publisher, &c, "{\"ok\": true}");
    }
}

static void print_stats(struct driver *d)
{
    struct publisher_stats s;
    publisher_stats(d->publisher, &s);
    printf("stats {\"connected\": %d, \"refused\": %d, \"connects\": %llu, \"sent\": %llu, \"acked\": %llu, \"unsent\": %llu, "
           "\"lost\": %llu, \"in_memory\": %d, \"next_seq\": %llu}\n",
           s.connected, s.refused, (unsigned long long)s.connects, (unsigned long long)s.sent,
           (unsigned long long)s.acked, (unsigned long long)s.unsent, (unsigned long long)s.lost,
           s.store_in_memory, (unsigned long long)d->seq);
}

static bool obey(struct driver *d, char *line)
{
    int n = 0, per_second = 0;
    char topic[256], payload[256];
    line[strcspn(line, "\n")] = '\0';
    if (strcmp(line, "quit") == 0)
        return false;
    if (strcmp(line, "stats") == 0)
        print_stats(d);
    else if (strcmp(line, "refresh") == 0)
        publisher_refresh(d->publisher);
    else if (strcmp(line, "event start") == 0)
        post(d, EVENT_START);
    else if (strcmp(line, "event end") == 0)
        post(d, EVENT_END);
    else if (sscanf(line, "post %d", &n) == 1) {
        for (int i = 0; i < n; i++)
            post(d, i % 2 ? EVENT_END : EVENT_START);
        printf("posted %llu\n", (unsigned long long)d->seq - 1);
    } else if (sscanf(line, "pace %d %d", &n, &per_second) == 2 && per_second > 0) {
        pace(d, n, per_second);
        printf("posted %llu\n", (unsigned long long)d->seq - 1);
    } else if (sscanf(line, "state %255s %255s", topic, payload) == 2)
        publisher_post_state(d->publisher, topic, payload, true);
    else if (sscanf(line, "flash %255s %255s", topic, payload) == 2)
        publisher_post_state(d->publisher, topic, payload, false);
    else
        printf("unknown %s\n", line);
    return true;
}

static void talk(struct driver *d)
{
    struct pollfd fd[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = d->wake_fd, .events = POLLIN}};
    char line[600];
    for (;;) {
        if (poll(fd, 2, -1) < 0)
            return;
        uint64_t count;
        if (fd[1].revents && read(d->wake_fd, &count, sizeof(count)) > 0)
            print_news(d);
        if (fd[0].revents && (!fgets(line, sizeof(line), stdin) || !obey(d, line)))
            return;
    }
}

static char *option(int argc, char **argv, const char *name, char *fallback)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return argv[i + 1];
    return fallback;
}

int main(int argc, char **argv)
{
    struct driver d = {.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    struct settings_mqtt *m = &d.settings.mqtt;
    struct store *store;
    struct reason why = {0};
    setvbuf(stdin, NULL, _IONBF, 0);
    setvbuf(stdout, NULL, _IOLBF, 0);
    read_boot_id(d.boot_id);
    d.settings.node = option(argc, argv, "--node", "gate-3");
    m->url = option(argc, argv, "--url", "mqtt://127.0.0.1:1883");
    m->client_id = option(argc, argv, "--client-id", NULL);
    m->username = option(argc, argv, "--username", NULL);
    m->password_file = option(argc, argv, "--password-file", NULL);
    m->tls_ca_file = option(argc, argv, "--ca-file", NULL);
    m->tls_cert_file = option(argc, argv, "--cert-file", NULL);
    m->tls_server_name = option(argc, argv, "--server-name", NULL);
    m->tls_key_file = option(argc, argv, "--key-file", NULL);
    m->version = strcmp(option(argc, argv, "--version", "5"), "5") == 0 ? MQTT_VERSION_5 : MQTT_VERSION_3_1_1;
    m->prefix = "earshot";
    m->keep_alive_ms = atoi(option(argc, argv, "--keep-alive-ms", "30000"));
    m->in_flight = atoi(option(argc, argv, "--in-flight", "16"));
    m->commands.n = 1;
    m->commands.item[0] = "snapshot";
    int r = store_open(option(argc, argv, "--store", NULL), 64 << 20, 0, &store, &why);
    if (r != 0)
        printf("store %s\n", why.text);
    if (r < 0)
        return 1;
    d.seq = store_next_seq(store);
    struct publisher_params params = {
        .settings = &d.settings,
        .store = store,
        .wake_fd = d.wake_fd,
        .ack_deadline_ms = atoi(option(argc, argv, "--ack-deadline-ms", "0")),
        .connect_deadline_ms = atoi(option(argc, argv, "--connect-deadline-ms", "0")),
        .backoff_min_ms = atoi(option(argc, argv, "--backoff-min-ms", "0")),
        .backoff_max_ms = atoi(option(argc, argv, "--backoff-max-ms", "0")),
        .refused_retry_ms = atoi(option(argc, argv, "--refused-retry-ms", "0")),
    };
    r = publisher_start(&params, &d.publisher, &why);
    if (r < 0) {
        printf("failed %s\n", why.text);
        store_close(store);
        return 1;
    }
    printf("ready %llu\n", (unsigned long long)d.seq);
    talk(&d);
    publisher_stop(d.publisher, atoi(option(argc, argv, "--stop-deadline-ms", "5000")));
    store_close(store);
    printf("stopped\n");
    return 0;
}
