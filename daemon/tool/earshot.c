/* earshot: the tool beside the daemon. Finds the subcommand in the one table,
 * parses by its option list and answers --help from it. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/commands.h"
#ifndef __wasi__
#include "config/guess.h"
#include "daemon/tool/complete.h"
#endif

static const struct tool_command *const commands[] = {
#ifndef __wasi__ /* has no threads, sockets or devices, and must stay small */
    &scan_command,
    &monitor_command,
    &features_command,
    &events_command,
    &why_command,
    &test_alarm_command,
    &doctor_command,
    &calibrate_command,
    &devices_command,
    &config_command,
    &model_command,
    &bench_command,
#endif
    &tokens_command,
    &infer_command,
    NULL,
};

static void print_help(FILE *out)
{
    fprintf(out, "usage: earshot COMMAND [OPTION…]\n\n"
                 "Looks, by hand, at what earshotd does by itself.\n\n");
    for (size_t i = 0; commands[i]; i++)
        fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(out, "\n  --help     this, or, after a command, that command\n"
                 "  --version  the version\n\n"
                 "Exit codes are those of sysexits.h: 0 done, 64 usage, 65 bad data, 66 no such\n"
                 "input, 69 broker or source not there, 71 system, 74 I/O, 77 not allowed.\n");
}

static void print_command_help(const struct tool_command *c)
{
    printf("usage: earshot %s %s\n\n%s\n", c->name, c->synopsis, c->about);
    for (int i = 0; i < TOOL_MAX_OPTIONS && c->option[i].name; i++) {
        const struct tool_option *o = &c->option[i];
        char left[64];
        snprintf(left, sizeof(left), "--%s%s%s", o->name, o->value ? " " : "",
                 o->value ? o->value : "");
        printf("  %-22s ", left);
        for (const char *h = o->help; *h; h++)
            printf("%c%*s", *h, *h == '\n' ? 25 : 0, "");
        printf("\n");
    }
    printf("  %-22s %s\n\n%s", "--help", "this", c->example);
}

/* -1: go on; else the exit code. */
static int parse(const struct tool_command *c, int argc, char **argv, struct tool_args *ret)
{
    enum { HELP = TOOL_MAX_OPTIONS };
    struct option longs[TOOL_MAX_OPTIONS + 2] = {0};
    int n = 0;
    for (; n < TOOL_MAX_OPTIONS && c->option[n].name; n++)
        longs[n] = (struct option){c->option[n].name,
                                   c->option[n].value ? required_argument : no_argument, NULL, n};
    longs[n] = (struct option){"help", no_argument, NULL, HELP};

    memset(ret, 0, sizeof(*ret));
    opterr = 0;
    optind = 1;
    int o;
    while ((o = getopt_long(argc, argv, ":h", longs, NULL)) != -1) {
        if (o == HELP || o == 'h') {
            print_command_help(c);
            return tool_finish(EX_OK);
        }
        if (o == '?' || o == ':') {
            tool_complain("%s: %s %s; see `earshot %s --help`", c->name,
                          o == '?' ? "unknown option" : "a value must follow", argv[optind - 1],
                          c->name);
            return EX_USAGE;
        }
        ret->value[o] = optarg ? optarg : "";
    }
    ret->word = argv + optind;
    ret->n_words = argc - optind;
    return -1;
}

#ifdef __wasi__
static int other(int argc, char **argv)
{
    tool_complain("no command \"%s\"; `earshot --help` lists them", argv[1]);
    return EX_USAGE;
}
#else
/* --completion SHELL, for the build; else a command that is none. */
static int other(int argc, char **argv)
{
    const char *names[ARRAY_SIZE(commands)];
    size_t n = 0;
    if (argc == 3 && strcmp(argv[1], "--completion") == 0 && complete_print(argv[2], commands) >= 0)
        return tool_finish(EX_OK);
    for (; commands[n]; n++)
        names[n] = commands[n]->name;
    const char *guess = guess_word(argv[1], names, n);
    tool_complain("no command \"%s\"%s%s%s; `earshot --help` lists them", argv[1],
                  guess ? "; did you mean " : "", guess ? guess : "", guess ? "?" : "");
    return EX_USAGE;
}
#endif

int main(int argc, char **argv)
{
    tool_begin();
    if (argc < 2) {
        print_help(stderr);
        return EX_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return tool_finish(EX_OK);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("earshot %s\n", EARSHOT_VERSION);
        return tool_finish(EX_OK);
    }
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(argv[1], commands[i]->name) == 0) {
            struct tool_args args;
            int code = parse(commands[i], argc - 1, argv + 1, &args);
            return code >= 0 ? code : commands[i]->run(&args);
        }
    return other(argc, argv);
}
