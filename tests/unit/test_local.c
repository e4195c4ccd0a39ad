#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/local.h"
#include "tests/unit/check_main.h"

static char folder[UNIT_FOLDER_SIZE], path[64];
static struct local *door;
static int asked; /* so often */

static int64_t ahead_ns; /* of the door's clock to the kernel's */

int clock_gettime(clockid_t clock, struct timespec *ret)
{
    int r = (int)syscall(SYS_clock_gettime, clock, ret);
    ret->tv_sec += clock == CLOCK_BOOTTIME ? ahead_ns / 1000000000 : 0;
    return r;
}

static bool answer(void *ctx, const char *request, FILE *out, char ret_topic[65])
{
    asked++;
    fprintf(out, "heard %s\n", request);
    strcpy(ret_topic, "topic");
    if (!strcmp(request, "slow")) {
        ahead_ns = 2 * LOCAL_DEADLINE_MS * INT64_C(1000000);
        local_tell(door, "topic", "told\n");
    }
    return !strcmp(request, "listen");
}

static void setup(void)
{
    struct reason why;
    asked = 0;
    ahead_ns = 0;
    unit_folder(folder);
    snprintf(path, sizeof(path), "%s/control", folder);
    ck_assert_msg(local_open(path, answer, NULL, &door, &why) == 0, "%s", why.text);
}

static void teardown(void)
{
    local_close(door);
    ck_assert_int_eq(access(path, F_OK), -1);
    rmdir(folder);
}

static int come_in(const char *request)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    strcpy(a.sun_path, path);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&a, sizeof(a)), 0);
    ck_assert_int_eq(send(fd, request, strlen(request), 0), (ssize_t)strlen(request));
    return fd;
}

/* Turns whenever the door asks for it, until fd has something or ms are over; how often. */
static int turns(int fd, int ms, bool *ret_something)
{
    int n = 0;
    *ret_something = false;
    for (int64_t until_ns = clock_boot_ns() + ms * 1000000LL, left; (left = until_ns - clock_boot_ns()) > 0;) {
        struct pollfd p[] = {{.fd = fd, .events = POLLIN}, {.fd = local_fd(door), .events = POLLIN}};
        ck_assert_int_ge(poll(p, 2, (int)(left / 1000000) + 1), 0);
        if (p[1].revents)
            n++, local_turn(door);
        if ((*ret_something = p[0].revents))
            break;
    }
    return n;
}

static void expect(int fd, const char *what)
{
    char got[128] = "";
    bool something;
    turns(fd, UNIT_PATIENCE_S * 500, &something);
    ck_assert(something);
    ck_assert_int_gt(recv(fd, got, sizeof(got) - 1, 0), 0);
    ck_assert_str_eq(got, what);
}

static void expect_answer(int fd)
{
    expect(fd, "heard hello\n");
    close(fd);
}

START_TEST(who_asks_is_answered)
{
    expect_answer(come_in("hello\n"));
}
END_TEST

/* Who cannot be let in waits, and the daemon does not turn round and round meanwhile. */
START_TEST(no_descriptor_is_left)
{
    struct rlimit limit, small;
    bool something;
    int fd = come_in("hello\n");
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    small = limit;
    small.rlim_cur = (rlim_t)fd + 1;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &small), 0);
    int n = turns(fd, 300, &something);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    ck_assert(!something);
    ck_assert_int_ge(n, 1);
    ck_assert_int_le(n, 3);
    expect_answer(fd);
}
END_TEST

/* As many as may listen do so for hours; who asks is answered all the same, and one listener
 * more is told, and let in when another has gone. */
START_TEST(listeners_leave_room_for_questions)
{
    int fd[LOCAL_LISTENERS], last;
    for (int i = 0; i < LOCAL_LISTENERS; i++)
        expect(fd[i] = come_in("listen\n"), "heard listen\n");
    expect_answer(come_in("hello\n"));
    expect(last = come_in("listen\n"), "{\"ok\": false, \"error\": \"as many listen already as may\"}\n");
    close(last);
    local_tell(door, "topic", "told\n");
    for (int i = 0; i < LOCAL_LISTENERS; i++)
        expect(fd[i], "told\n");
    close(fd[0]);
    expect_answer(come_in("hello\n")); /* the end of the other is noticed by then */
    expect(fd[0] = come_in("listen\n"), "heard listen\n");
    for (int i = 0; i < LOCAL_LISTENERS; i++)
        close(fd[i]);
}
END_TEST

/* A request that waited until its client gave up is not carried out behind its back; who only
 * says no more waits for the answer. */
START_TEST(who_hung_up_asks_nothing)
{
    close(come_in("hello\n"));
    expect_answer(come_in("hello\n"));
    ck_assert_int_eq(asked, 1);
    int fd = come_in("hello\n");
    ck_assert_int_eq(shutdown(fd, SHUT_WR), 0);
    expect_answer(fd);
    ck_assert_int_eq(asked, 2);
}
END_TEST

/* A reload that takes its time says scores in the middle of its answer: that ends nobody. */
START_TEST(who_is_being_answered_stays)
{
    int listener = come_in("listen\n"), fd;
    expect(listener, "heard listen\n");
    expect(fd = come_in("slow\n"), "heard slow\n");
    expect(listener, "told\n");
    close(listener);
    close(fd);
}
END_TEST

/* One that is found dead when it is told something makes room at once. */
START_TEST(a_listener_that_is_gone_makes_room)
{
    int fd[LOCAL_CONNECTIONS], n = 0;
    bool something;
    ahead_ns = 3600 * INT64_C(1000000000); /* no deadline comes to its help */
    while (n < LOCAL_LISTENERS)
        expect(fd[n++] = come_in("listen\n"), "heard listen\n");
    while (n < LOCAL_CONNECTIONS)
        fd[n++] = come_in("");
    int last = come_in("hello\n");
    turns(last, 100, &something);
    ck_assert(!something);
    close(fd[0]);
    local_tell(door, "topic", "told\n");
    expect_answer(last);
    while (n > 1)
        close(fd[--n]);
}
END_TEST

static Suite *local_suite(void)
{
    Suite *s = suite_create("local");
    TCase *t = tcase_create("local");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, UNIT_PATIENCE_S);
    tcase_add_test(t, who_asks_is_answered);
    tcase_add_test(t, no_descriptor_is_left);
    tcase_add_test(t, listeners_leave_room_for_questions);
    tcase_add_test(t, who_hung_up_asks_nothing);
    tcase_add_test(t, who_is_being_answered_stays);
    tcase_add_test(t, a_listener_that_is_gone_makes_room);
    suite_add_tcase(s, t);
    return s;
}

UNIT_MAIN(local_suite)
