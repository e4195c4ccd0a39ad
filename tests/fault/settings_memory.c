/* Loads, prints and frees settings with the n-th allocation failing, n = 1, 2, 3, …, until a
 * run asks for no n-th. Each run must end in success or in -ENOMEM with a sentence, and leave
 * nothing allocated.
 *
 * The allocator is interposed for the whole process, so libyaml's and libc's own
 * allocations fail too. Not built with sanitizers, which have an allocator of their own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/print.h"

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void __libc_free(void *p);

static long n_asked, fail_at; /* fail_at 0: never */
static long n_held;           /* allocations that are not freed */

static bool fails(void)
{
    if (++n_asked != fail_at)
        return false;
    errno = ENOMEM;
    return true;
}

static void *held(void *p)
{
    n_held += p != NULL;
    return p;
}

void *malloc(size_t size)
{
    return fails() ? NULL : held(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : held(__libc_calloc(n, size));
}

void *realloc(void *p, size_t size)
{
    if (fails())
        return NULL;
    void *r = __libc_realloc(p, size);
    n_held += r && !p;
    return r;
}

void free(void *p)
{
    n_held -= p != NULL;
    __libc_free(p);
}

static char folder[] = "/tmp/earshot-fault-XXXXXX";
static char main_path[64], drop_in[96], wrong_path[64];
static int n_failures;

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
}

static void make_files(void)
{
    char conf[64];
    if (!mkdtemp(folder)) {
        perror(folder);
        exit(EXIT_FAILURE);
    }
    snprintf(conf, sizeof(conf), "%s/conf.d", folder);
    mkdir(conf, 0700);
    snprintf(main_path, sizeof(main_path), "%s/earshot.yaml", folder);
    snprintf(wrong_path, sizeof(wrong_path), "%s/wrong.yaml", folder);
    snprintf(drop_in, sizeof(drop_in), "%s/conf.d/a.yaml", folder);
    write_file(main_path,
               "node: gate-3\n"
               "sources:\n"
               "  porch: &p {url: \"alsa:hw:1,0\", labels: [a, b], thresholds: {a: 0.5}}\n"
               "  yard: {url: rtsp://h/s, username: u, password_file: earshot.yaml}\n"
               "defaults: {thresholds: {a: 0.1, b: 0.2}, mute: [\"08:00-16:00\"], thresholds_at: {\"08:00-09:00\": {a: 0.3}}}\n"
               "mqtt: {url: mqtts://h, tls: {ca_file: x}, commands: [mute]}\n");
    write_file(drop_in, "sources: {porch: {labels: [c]}}\nlog: {level: debug}\n");
    write_file(wrong_path, "nod: x\nmqtt: {version: 4, commands: [x, y]}\nnode: X\nnode: \"y\n");
}

static void remove_files(void)
{
    char conf[64];
    unlink(main_path);
    unlink(wrong_path);
    unlink(drop_in);
    snprintf(conf, sizeof(conf), "%s/conf.d", folder);
    rmdir(conf);
    rmdir(folder);
}

static void complain(const char *what, long n, int err)
{
    fprintf(stderr, "allocation %ld: %s (%d)\n", n, what, err);
    n_failures++;
}

static void use(const struct settings *s, long n)
{
    struct reason why;
    char *secret;
    int err = settings_secret(s, s->source[1].password_file, &secret, &why);
    if (err == 0)
        secret_free(secret);
    else if (err != -ENOMEM)
        complain(why.text, n, err);
    FILE *f = fopen("/dev/null", "w");
    if (f) {
        print_settings(s, f);
        fclose(f);
    }
}

static void run(const char *path, int expected, long n)
{
    struct settings *s = NULL;
    struct settings_errors errors;
    int err = settings_load(path, &s, &errors);
    if (err != expected && err != -ENOMEM)
        complain(errors.n ? errors.item[0].text : "unexpected result", n, err);
    if ((err < 0) != (errors.n > 0) || (err < 0) != (s == NULL))
        complain("result, errors and settings disagree", n, err);
    for (size_t i = 0; i < errors.n; i++)
        if (!errors.item[i].text || !*errors.item[i].text)
            complain("a complaint without words", n, err);
    if (s)
        use(s, n);
    settings_errors_done(&errors);
    settings_free(s);
}

static void fail_each(const char *path, int expected)
{
    long n = 0;
    run(path, expected, 0); /* what libc keeps for good it takes now */
    do {
        long held_before = n_held;
        n_asked = 0;
        fail_at = ++n;
        run(path, expected, n);
        fail_at = 0;
        if (n_held != held_before)
            complain("still allocated", n, (int)(n_held - held_before));
    } while (n_asked >= n);
    printf("%s: %ld allocations, each failed once\n", path, n - 1);
    if (n < 100)
        complain("the allocator was not interposed", n, 0);
}

int main(void)
{
    make_files();
    fail_each(main_path, 0);
    fail_each(wrong_path, -EINVAL);
    remove_files();
    return n_failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
