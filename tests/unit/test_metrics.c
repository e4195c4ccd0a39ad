/* A raw socket asks; the server turns in the same thread, so nothing here is timing but
 * the deadline itself. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/metrics.h"
#include "tests/unit/check_main.h"

static struct metrics *server;
static int port;
static char answer[METRICS_PAGE_SIZE + 512];

static void figures(void *ctx, struct metrics_figures *ret)
{
    ret->node = "gate-3";
    ret->version = "1.2";
    ret->model = "a \"model\"\n";
    ret->health.windows = 123456789012;
    ret->health.cpu_percent = 1.5;
    ret->n_sources = *(int *)ctx;
    for (int i = 0; i < ret->n_sources; i++) {
        ret->source[i].name = "porch-porch-porch-porch-porch-porch-porch-porch-porch-porch-porch";
        ret->source[i].health =
            (struct message_source_health){.dbfs = -41.25, .events = UINT64_MAX};
    }
}

static void begin(int *n_sources)
{
    char where[32];
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(a);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&a, size), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&a, &size), 0);
    close(fd);
    port = ntohs(a.sin_port);
    struct reason why = {""};
    snprintf(where, sizeof(where), "127.0.0.1:%d", port);
    ck_assert_msg(metrics_open(where, figures, n_sources, &server, &why) == 0, "%s", why.text);
}

/* take: size of what the client takes at once, 0: as usual. */
static int connect_taking(int take)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_port = htons((uint16_t)port),
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (take)
        ck_assert_int_eq(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &take, sizeof(take)), 0);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&a, sizeof(a)), 0);
    ck_assert_int_eq(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    return fd;
}

static int connect_to_it(void)
{
    return connect_taking(0);
}

/* The server turns when it asks to, until fd has something or ms are over. */
static bool turn_until(int fd, int ms)
{
    int64_t until = clock_boot_ns() + ms * 1000000LL;
    while (clock_boot_ns() < until) {
        struct pollfd p[] = {{.fd = fd, .events = POLLIN},
                             {.fd = metrics_fd(server), .events = POLLIN}};
        int64_t left = until - clock_boot_ns();
        ck_assert_int_ge(poll(p, 2, left > 0 ? (int)(left / 1000000) + 1 : 0), 0);
        if (p[1].revents)
            metrics_turn(server);
        if (p[0].revents)
            return true;
    }
    return false;
}

/* All that comes until the server closes: into answer. -1: it was cut off or nothing came. */
static int read_answer(int fd)
{
    size_t n = 0;
    while (turn_until(fd, UNIT_PATIENCE_S * 1000)) {
        ssize_t got = recv(fd, answer + n, sizeof(answer) - 1 - n, 0);
        if (got == 0) {
            answer[n] = '\0';
            return (int)n;
        }
        if (got < 0 && errno != EAGAIN)
            return -1;
        n += got > 0 ? (size_t)got : 0;
    }
    return -1;
}

static void ask(const char *request)
{
    int fd = connect_to_it();
    ck_assert_int_eq(send(fd, request, strlen(request), 0), (ssize_t)strlen(request));
    ck_assert_int_gt(read_answer(fd), 0);
    close(fd);
}

static bool begins(const char *what)
{
    return strncmp(answer, what, strlen(what)) == 0;
}

START_TEST(the_page)
{
    int n = 1;
    begin(&n);
    ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    ck_assert_msg(begins("HTTP/1.1 200 OK\r\n"), "%s", answer);
    ck_assert_ptr_nonnull(
        strstr(answer, "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    const char *page = strstr(answer, "\r\n\r\n") + 4;
    char length[64];
    snprintf(length, sizeof(length), "\r\nContent-Length: %zu\r\n", strlen(page));
    ck_assert_ptr_nonnull(strstr(answer, length));
    ck_assert_ptr_nonnull(strstr(page, "# TYPE earshot_windows_total counter\n"
                                       "earshot_windows_total 123456789012\n"));
    ck_assert_ptr_nonnull(
        strstr(page, "# TYPE earshot_cpu_percent gauge\nearshot_cpu_percent 1.5\n"));
    ck_assert_ptr_nonnull(strstr(page, "porch\"} -41.25\n"));
    ck_assert_ptr_nonnull(strstr(page, ",model=\"a \\\"model\\\"\\n\"} 1\n"));
    ck_assert_ptr_null(strstr(page, "temperature"));
    metrics_close(server);
}
END_TEST

START_TEST(other_wishes_are_refused)
{
    static const struct {
        const char *request, *status;
    } wish[] = {
        {"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 404 "},
        {"GET /metrics/ HTTP/1.1\r\n\r\n", "HTTP/1.1 404 "},
        {"POST /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 405 "},
        {"HEAD /metrics HTTP/1.0\r\n\r\n", "HTTP/1.1 405 "},
        {"GET /metrics\r\n\r\n", "HTTP/1.1 400 "},
        {"GET /metrics HTTP/2.0\r\n\r\n", "HTTP/1.1 400 "},
        {"GET metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
        {"GET /metrics\x01 HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
        {"\r\n\r\n", "HTTP/1.1 400 "},
        {"GET /metrics?x=1 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 "},
    };
    int n = 0;
    begin(&n);
    for (size_t i = 0; i < ARRAY_SIZE(wish); i++) {
        ask(wish[i].request);
        ck_assert_msg(begins(wish[i].status), "%s: %.40s", wish[i].request, answer);
    }
    metrics_close(server);
}
END_TEST

START_TEST(a_request_has_a_longest_length)
{
    char request[3 * METRICS_MAX_REQUEST + 1];
    int n = 0;
    begin(&n);
    memset(request, 'x', sizeof(request) - 1);
    memcpy(request, "GET /metrics HTTP/1.1\r\n", 23);
    request[sizeof(request) - 1] = '\0';
    ask(request); /* and the answer is not lost, though much was sent that nobody read */
    ck_assert_msg(begins("HTTP/1.1 400 "), "%.40s", answer);
    metrics_close(server);
}
END_TEST

START_TEST(in_pieces_and_slowly_taken)
{
    static const char request[] = "GET /metrics HTTP/1.1\r\n\r\n";
    int n = MESSAGE_MAX_SOURCES;
    begin(&n);
    int fd = connect_taking(1);
    for (size_t i = 0; i < strlen(request); i++) {
        ck_assert_int_eq(send(fd, request + i, 1, 0), 1);
        turn_until(fd, 1);
    }
    ck_assert_int_gt(read_answer(fd), 20000); /* also: the longest page has room */
    ck_assert(begins("HTTP/1.1 200 OK\r\n"));
    close(fd);
    metrics_close(server);
}
END_TEST

/* Before who came at start_ns, or later, may be let go. */
static int left_ms(int64_t start_ns)
{
    return (int)(METRICS_DEADLINE_MS - 1 - (clock_boot_ns() - start_ns) / 1000000);
}

START_TEST(nobody_keeps_the_others_out)
{
    int fd[METRICS_CONNECTIONS], n = 0;
    begin(&n);
    int64_t start = clock_boot_ns();
    for (int i = 1; i < METRICS_CONNECTIONS; i++)
        fd[i] = connect_to_it(); /* and say nothing */
    ask("GET /metrics HTTP/1.1\r\n\r\n");
    for (int i = 1; i < METRICS_CONNECTIONS && left_ms(start) > 0; i++) /* one place was left: none was let go for it */
        ck_assert_int_eq(recv(fd[i], answer, 1, MSG_DONTWAIT), -1);
    fd[0] = connect_to_it();
    ck_assert(!turn_until(fd[0], left_ms(start) < 50 ? left_ms(start) : 50));
    int late = connect_to_it();
    ck_assert_int_eq(send(late, "GET /metrics HTTP/1.1\r\n\r\n", 25, 0), 25);
    ck_assert_msg(!turn_until(late, left_ms(start)), "a ninth was served");
    ck_assert_int_gt(read_answer(late), 0);
    ck_assert(begins("HTTP/1.1 200 "));
    ck_assert_int_ge(clock_boot_ns() - start, METRICS_DEADLINE_MS * 1000000LL);
    for (int i = 0; i < METRICS_CONNECTIONS; i++) {
        ck_assert_int_eq(read_answer(fd[i]), 0);
        close(fd[i]);
    }
    close(late);
    metrics_close(server);
}
END_TEST

START_TEST(an_address_that_is_taken)
{
    struct metrics *second = NULL;
    struct reason why = {""};
    char where[32];
    int n = 0;
    begin(&n);
    snprintf(where, sizeof(where), "127.0.0.1:%d", port);
    ck_assert_int_eq(metrics_open(where, figures, &n, &second, &why), -EADDRINUSE);
    ck_assert_msg(strstr(why.text, where) && strstr(why.text, "in use"), "%s", why.text);
    ck_assert_int_eq(metrics_open("192.0.2.1:9", figures, &n, &second, &why), -EADDRNOTAVAIL);
    ck_assert_int_eq(metrics_open("[::1", figures, &n, &second, &why), -EINVAL);
    ck_assert_ptr_null(second);
    metrics_close(server);
}
END_TEST

static Suite *metrics_suite(void)
{
    Suite *s = suite_create("metrics");
    TCase *t = tcase_create("all");
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_test(t, the_page);
    tcase_add_test(t, other_wishes_are_refused);
    tcase_add_test(t, a_request_has_a_longest_length);
    tcase_add_test(t, in_pieces_and_slowly_taken);
    tcase_add_test(t, nobody_keeps_the_others_out);
    tcase_add_test(t, an_address_that_is_taken);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(metrics_suite)
