/* earshot config: the settings, looked at from a shell. */
#include <limits.h>
#include <string.h>
#include <sysexits.h>

#include "config/guess.h"
#include "config/print.h"
#include "daemon/check.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/json.h"

enum { OPT_CONFIG, OPT_JSON };

int tool_settings(const char *path, struct settings **ret)
{
    struct settings_errors errors;
    int r = settings_load(path ? path : EARSHOT_CONFIG, ret, &errors);
    for (size_t i = 0; i < errors.n; i++)
        tool_complain("%s", errors.item[i].text);
    settings_errors_done(&errors);
    return r >= 0 ? EX_OK : r == -EINVAL ? EX_CONFIG : tool_exit(r);
}

static const char *path_of(const struct tool_args *args)
{
    return args->value[OPT_CONFIG] ? args->value[OPT_CONFIG] : EARSHOT_CONFIG;
}

static void print_list(const char *name, const struct settings_errors *e)
{
    printf("\"%s\": [", name);
    for (size_t i = 0; i < e->n; i++) {
        fputs(i ? ", " : "", stdout);
        json_string(stdout, e->item[i].text);
    }
    fputs("]", stdout);
}

static void say(const struct check *c, const char *path, bool json)
{
    if (json) {
        printf("{\"schema\": \"earshot.check/1\", \"ok\": %s, ", c->errors.n ? "false" : "true");
        print_list("errors", &c->errors);
        printf(", ");
        print_list("warnings", &c->warnings);
        printf("}\n");
        return;
    }
    for (size_t i = 0; i < c->warnings.n; i++)
        tool_complain("warning: %s", c->warnings.item[i].text);
    for (size_t i = 0; i < c->errors.n; i++)
        tool_complain("%s", c->errors.item[i].text);
    if (!c->errors.n)
        printf("%s: good\n", path);
}

static int check(const struct tool_args *args)
{
    char shipped[PATH_MAX];
    struct settings *s = NULL;
    struct check c = {0};
    int r = settings_load(path_of(args), &s, &c.errors);
    if (r >= 0) {
        r = check_all(s, tool_shipped_model(shipped, sizeof(shipped)), &c);
        check_silence(s, &c);
    }
    say(&c, path_of(args), args->value[OPT_JSON] != NULL);
    check_done(&c);
    settings_free(s);
    return r >= 0 ? EX_OK : r == -EINVAL ? EX_CONFIG : tool_exit(r);
}

static int print(const struct tool_args *args)
{
    struct settings *s = NULL;
    int code = tool_settings(args->value[OPT_CONFIG], &s);
    if (code == EX_OK)
        print_settings(s, stdout);
    settings_free(s);
    return code;
}

static int print_default(const struct tool_args *args)
{
    print_example(stdout);
    return EX_OK;
}

static int schema(const struct tool_args *args)
{
    print_schema(stdout);
    return EX_OK;
}

static int run(const struct tool_args *args)
{
    static const char *const words[] = {"check", "print", "default", "schema"};
    static int (*const tasks[])(const struct tool_args *) = {check, print, print_default, schema};
    const char *word = args->n_words == 1 ? args->word[0] : "";
    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (!strcmp(words[i], word))
            return tool_finish(tasks[i](args));
    const char *guess = *word ? guess_word(word, words, ARRAY_SIZE(words)) : NULL;
    tool_complain("config: expected check, print, default or schema%s%s%s",
                  guess ? "; did you mean " : "", guess ? guess : "", guess ? "?" : "");
    return EX_USAGE;
}

const struct tool_command config_command = {
    .name = "config",
    .synopsis = "check | print | default | schema [OPTION…]",
    .summary = "check the settings, print them, an example, their schema",
    .about = "check    says everything that is wrong, each with file:line:column; exit code 78\n"
             "print    the settings in force, each with the file and line that it comes from\n"
             "default  an example with every setting, its default and its meaning\n"
             "schema   a JSON Schema, for editors: put it into a file and name that in the\n"
             "         first line of earshot.yaml, # yaml-language-server: $schema=FILE\n",
    .example = "example: earshot config check --config ./earshot.yaml\n",
    .words = "check print default schema",
    .option =
        {
            [OPT_CONFIG] = {"config", "FILE", "these, not " EARSHOT_CONFIG},
            [OPT_JSON] = {"json", NULL, "check: one JSON object with errors and warnings"},
        },
    .run = run,
};
