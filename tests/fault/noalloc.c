/* Nothing allocates on the way of a sample after the start: a FIFO as live source,
 * the real capture, front and worker threads, and malloc interposed. Sound, quiet,
 * a pause of the writer and sound again must go through without a single call. */
#include <assert.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/front.h"
#include "infer/synth.h"

enum { HOP = 1, PATIENCE_MS = 100000 };

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t alignment, size_t n);

static atomic_bool armed;
static atomic_int calls;

static void count(void)
{
    if (!atomic_load(&armed))
        return;
    atomic_fetch_add(&calls, 1);
    if (getenv("NOALLOC_ABORT"))
        abort(); /* for a debugger */
}

void *malloc(size_t n)
{
    count();
    return __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    count();
    return __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    count();
    return __libc_realloc(p, n);
}

void *aligned_alloc(size_t alignment, size_t n)
{
    count();
    return __libc_memalign(alignment, n);
}

static struct pool *pool;
static int results_fd;

static void play(int fd, int samples, double amplitude)
{
    static double phase;
    int16_t pcm[320];
    for (; samples > 0; samples -= 320) {
        for (int i = 0; i < 320; i++, phase += 0.3)
            pcm[i] = (int16_t)(amplitude * sin(phase));
        ssize_t n = write(fd, pcm, sizeof(pcm));
        assert(n == sizeof(pcm));
    }
}

/* Until so many windows came. */
static bool take(int windows)
{
    struct pool_result r;
    struct pollfd p = {.fd = results_fd, .events = POLLIN};
    eventfd_t n;
    while (windows > 0) {
        if (pool_take(pool, &r) > 0) {
            windows--;
            continue;
        }
        if (poll(&p, 1, PATIENCE_MS) <= 0)
            return false;
        (void)eventfd_read(results_fd, &n);
    }
    return true;
}

static int run(const char *fifo, const char *model_path)
{
    struct reason why = {""};
    const struct model *model;
    const struct kernel *kernel;
    struct front *front;
    struct capture *capture;
    char url[300];
    int main_fd = eventfd(0, EFD_NONBLOCK);
    results_fd = eventfd(0, EFD_NONBLOCK);
    if (kernel_select("auto", &kernel, &why) < 0 ||
        model_open(model_path, kernel, &model, &why) < 0)
        goto broken;
    struct pool_params pp = {model, 1, 4, 0, results_fd};
    struct front_params fp = {model, NULL, main_fd};
    if (pool_start(&pp, &pool, &why) < 0)
        goto broken;
    fp.pool = pool;
    if (front_start(&fp, &front, &why) < 0)
        goto broken;
    snprintf(url, sizeof(url), "pipe:%s", fifo);
    struct capture_params cp = {.url = url, .paced = true, .reopen = true,
                                .wake_fd = front_wake_fd(front)};
    if (capture_start(&cp, &capture, &why) < 0)
        goto broken;
    struct front_source fs = {capture, -60, HOP};
    int place = front_add(front, &fs);
    assert(place >= 0);

    int fd = open(fifo, O_WRONLY);
    play(fd, 16000, 8000);
    bool heard = take(20);
    atomic_store(&armed, true);
    play(fd, 32000, 8000); /* sound */
    heard = heard && take(45);
    play(fd, 48000, 1); /* the gate closes */
    play(fd, 32000, 8000); /* pre-roll and a new stream */
    heard = heard && take(60);
    atomic_store(&armed, false);
    struct front_status st;
    front_status(front, place, &st);
    printf("%d allocations, %llu tokens, %llu samples\n", atomic_load(&calls),
           (unsigned long long)st.tokens, (unsigned long long)st.samples);
    close(fd);
    front_remove(front, place);
    capture_stop(capture);
    front_stop(front);
    pool_stop(pool);
    model_close(model);
    return heard && atomic_load(&calls) == 0 ? 0 : 1;
broken:
    fprintf(stderr, "noalloc: %s\n", why.text);
    return 1;
}

int main(void)
{
    char folder[] = "/tmp/earshot-noalloc-XXXXXX", fifo[64], model[64];
    struct synth_shape shape = synth_tiny();
    struct reason why = {""};
    shape.frames = 4;
    signal(SIGPIPE, SIG_IGN);
    if (!mkdtemp(folder))
        return 1;
    snprintf(fifo, sizeof(fifo), "%s/fifo", folder);
    snprintf(model, sizeof(model), "%s/m.gguf", folder);
    int code = 1;
    if (mkfifo(fifo, 0600) == 0 && synth_write(model, &shape, 1, &why) == 0)
        code = run(fifo, model);
    unlink(fifo);
    unlink(model);
    rmdir(folder);
    return code;
}
