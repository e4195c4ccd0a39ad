/* earshotd: listens, and says over MQTT when speech turns hostile. This file reads
 * the command line; the life of the daemon is in daemon/app.c. */
#include <getopt.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/print.h"
#include "daemon/app.h"
#include "daemon/check.h"
#include "daemon/credentials.h"
#include "daemon/lastgood.h"
#include "daemon/loop.h"
#include "daemon/memory.h"
#include "daemon/purge.h"

static const char help[] =
    "usage: earshotd [OPTION…]\n\n"
    "Listens to microphones, cameras and files, and says over MQTT when speech turns hostile.\n\n"
    "  -c, --config FILE   the settings (" EARSHOT_CONFIG ")\n"
    "  --check-config      read the settings, say what is wrong, end\n"
    "  --print-config      print the settings in force with their origin, end\n"
    "  --default-config    print an example with every setting, end\n"
    "  --purge-discovery   take this node out of Home Assistant, end\n"
    "  --version           the version\n"
    "  --help              this\n\n"
    "Example: earshotd -c ./earshot.yaml\n\n"
    "SIGHUP reads the settings again, SIGTERM ends. Exit codes are those of sysexits.h:\n"
    "0 done, 64 usage, 65 the model is damaged, 66 there is no model, 69 the broker is not\n"
    "there (--purge-discovery), 71 system, 77 not allowed, 78 the configuration is wrong.\n";

/* All complaints at once; the exit code. */
static int complain(int err, const struct settings_errors *errors)
{
    for (size_t i = 0; i < errors->n; i++)
        fprintf(stderr, "earshotd: %s\n", errors->item[i].text);
    if (!errors->n)
        fprintf(stderr, "earshotd: the settings cannot be read: %s\n", strerror(-err));
    return EX_CONFIG;
}

/* Standard output may be a full disk. */
static int finish_output(void)
{
    return fflush(stdout) == 0 && !ferror(stdout) ? EX_OK : EX_IOERR;
}

enum task { RUN, CHECK, PRINT, PURGE, EXAMPLE, VERSION, HELP };

/* The settings, or the model that they name; nobody starts us after these but by hand. */
static bool is_the_operators(int code)
{
    return code == EX_CONFIG || code == EX_NOINPUT || code == EX_DATAERR || code == EX_NOPERM;
}

static int run(struct app_params *p, struct reason *why)
{
    struct memory *memory = memory_new();
    memory_drop(memory);
    if (log_new(STDERR_FILENO, &p->log) < 0) {
        settings_free(p->settings);
        memory_free(memory);
        return EX_OSERR;
    }
    log_set_level(p->log, p->settings->log_level);
    if (p->wrong)
        log_say(p->log, LOG_LEVEL_ERROR, NULL,
                "the settings are wrong, and nobody asked for this start: the last good ones are "
                "used until yours are mended and reloaded; wrong is %s", p->wrong);
    p->memory = memory;
    lastgood_began();
    int code = app_run(p, why);
    if (code == EX_OK || is_the_operators(code))
        lastgood_ended();
    log_free(p->log);
    memory_free(memory);
    return code;
}

struct failure {
    const char *text;
    int code;
    char *model; /* that a start has failed with; NULL: it did not come to that, or was the shipped one */
};

/* The same file would fail again. */
static bool names_that_model(const struct settings *s, const struct failure *f)
{
    return f->code != EX_CONFIG && (s->model.path && f->model ? !strcmp(s->model.path, f->model)
                                                              : s->model.path == f->model);
}

/* The settings at path are wrong: those that were kept, when this start is nobody's wish. */
static int run_last_good(const char *path, const struct failure *f)
{
    struct app_params p = {.config_path = path, .wrong = f->text};
    struct settings_errors errors;
    struct reason why = {""};
    int r = lastgood_load(&p.settings, &errors);
    if (r < 0 && r != -ENOENT)
        (void)complain(r, &errors);
    settings_errors_done(&errors);
    if (r >= 0 && !names_that_model(p.settings, f))
        return run(&p, &why);
    settings_free(p.settings);
    return f->code;
}

static int run_or_last_good(const char *path, struct settings *settings)
{
    struct app_params p = {.config_path = path, .settings = settings};
    struct reason why = {""};
    struct failure f = {.text = why.text, .model = settings->model.path ? strdup(settings->model.path) : NULL};
    bool may = lastgood_wanted(); /* asked before run() leaves its own mark */
    f.code = run(&p, &why);
    int code = is_the_operators(f.code) && may ? run_last_good(path, &f) : f.code;
    free(f.model);
    return code;
}

/* What can be said of the settings without living by them. The exit code. */
static int check(const struct settings *s)
{
    struct check c;
    int r = check_all(s, EARSHOT_DATADIR "/hostile-en.gguf", &c);
    check_silence(s, &c);
    for (size_t i = 0; i < c.warnings.n; i++)
        fprintf(stderr, "earshotd: warning: %s\n", c.warnings.item[i].text);
    for (size_t i = 0; i < c.errors.n; i++)
        fprintf(stderr, "earshotd: %s\n", c.errors.item[i].text);
    check_done(&c);
    return r < 0 ? EX_CONFIG : EX_OK;
}

static int purge(const struct settings *settings)
{
    struct reason why = {""};
    int r = purge_discovery(settings, &why);
    const char *remedy = strstr(why.text, "cannot be read") ? credentials_remedy(settings) : "";
    if (r < 0)
        fprintf(stderr, "earshotd: %s%s%s\n", why.text, *remedy ? "; " : "", remedy);
    return r >= 0 ? EX_OK : r == -EINVAL ? EX_CONFIG : EX_UNAVAILABLE;
}

static int with_settings(const char *path, enum task task)
{
    struct settings *settings = NULL;
    struct settings_errors errors = {0};
    int r = settings_load(path, &settings, &errors);
    int code = r < 0 ? complain(r, &errors) : EX_OK;
    struct failure f = {.text = errors.n ? errors.item[0].text : strerror(-r), .code = code};
    if (r < 0 && task == RUN && lastgood_wanted())
        code = run_last_good(path, &f);
    settings_errors_done(&errors);
    if (r < 0)
        return code;
    if (task == RUN)
        return run_or_last_good(path, settings);
    if (task == PRINT)
        print_settings(settings, stdout);
    code = task == PURGE ? purge(settings) : task == CHECK ? check(settings) : finish_output();
    settings_free(settings);
    return code;
}

static int without_settings(enum task task)
{
    if (task == EXAMPLE)
        print_example(stdout);
    else if (task == VERSION)
        printf("earshotd %s\n", EARSHOT_VERSION);
    else
        fputs(help, stdout);
    return finish_output();
}

int main(int argc, char **argv)
{
    enum { FIRST = 256 };
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"check-config", no_argument, NULL, FIRST + CHECK},
        {"print-config", no_argument, NULL, FIRST + PRINT},
        {"purge-discovery", no_argument, NULL, FIRST + PURGE},
        {"default-config", no_argument, NULL, FIRST + EXAMPLE},
        {"version", no_argument, NULL, FIRST + VERSION},
        {"help", no_argument, NULL, FIRST + HELP},
        {NULL, 0, NULL, 0},
    };
    const char *path = EARSHOT_CONFIG;
    enum task task = RUN;
    int o;
    while ((o = getopt_long(argc, argv, "c:h", options, NULL)) != -1) {
        if (o == '?') {
            fprintf(stderr, "earshotd: see earshotd --help\n");
            return EX_USAGE;
        }
        if (o == 'c')
            path = optarg;
        else
            task = o == 'h' ? HELP : (enum task)(o - FIRST);
    }
    if (optind < argc) {
        fprintf(stderr, "earshotd: what is \"%s\"? See earshotd --help\n", argv[optind]);
        return EX_USAGE;
    }
    if (task >= EXAMPLE)
        return without_settings(task);
    mallopt(M_ARENA_MAX, 2); /* one heap for main, one for the threads */
    mallopt(M_MMAP_THRESHOLD, 64 * 1024); /* what is large goes back when it is freed */
    mallopt(M_TRIM_THRESHOLD, 64 * 1024);
    if (prctl(PR_SET_DUMPABLE, 0) < 0) /* passwords pass through: no core dump, whoever asks for one */
        return EX_OSERR;
    loop_block_signals();
    if (task != RUN)
        credentials_find();
    return with_settings(path, task);
}
