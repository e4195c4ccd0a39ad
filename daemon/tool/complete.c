#include "daemon/tool/complete.h"

#include <string.h>

static bool is_file(const char *value)
{
    return !strcmp(value, "FILE") || !strcmp(value, "DIR");
}

static const char *choices(const char *value)
{
    return !strcmp(value, "LEVEL") ? "low medium high" : !strcmp(value, "RATE") ? "1/day 1/h" : "";
}

/* A command's words that are no options: a list of them, or files. */
static bool takes_files(const struct tool_command *c)
{
    return strstr(c->synopsis, "FILE") || strstr(c->synopsis, "RECORDING");
}

/* Names of files are left to bash itself (default), which alone knows how to quote a blank and
 * to go on behind one; where words may stand, they come first. */
static void bash_command(const struct tool_command *c)
{
    printf("    %s)\n        case $prev in\n", c->name);
    for (int i = 0; i < TOOL_MAX_OPTIONS && c->option[i].name; i++) {
        const struct tool_option *o = &c->option[i];
        if (o->value && is_file(o->value))
            printf("        --%s) compopt -o default 2>/dev/null; return ;;\n", o->name);
        else if (o->value)
            printf("        --%s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n", o->name, choices(o->value));
    }
    printf("        esac\n        words='%s'\n        options='--help", c->words ? c->words : "");
    for (int i = 0; i < TOOL_MAX_OPTIONS && c->option[i].name; i++)
        printf(" --%s", c->option[i].name);
    printf("'\n        files=%s ;;\n", takes_files(c) ? "1" : "");
}

static void bash(const struct tool_command *const *commands)
{
    printf("# Made from the subcommands of earshot. bash completion of earshot(1).\n"
           "_earshot() {\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words options files\n"
           "    COMPREPLY=()\n"
           "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
           "        COMPREPLY=($(compgen -W '--help --version");
    for (size_t i = 0; commands[i]; i++)
        printf(" %s", commands[i]->name);
    printf("' -- \"$cur\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; commands[i]; i++)
        bash_command(commands[i]);
    printf("    *) return ;;\n    esac\n"
           "    case $cur in\n"
           "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
           "    *)\n"
           "        [ -z \"$files\" ] || compopt -o default 2>/dev/null\n"
           "        [[ $COMP_CWORD != 2 && $prev != -* ]] || COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
           "    esac\n}\n"
           "complete -F _earshot earshot\n");
}

/* Inside single quotes and a specification of _arguments; the first line only. */
static void zsh_text(const char *text)
{
    for (; *text && *text != '\n'; text++) {
        if (strchr("[]:\\", *text))
            putchar('\\');
        if (*text == '\'')
            fputs("'\\'", stdout);
        putchar(*text);
    }
}

static void zsh_command(const struct tool_command *c)
{
    printf("    %s)\n        _arguments '--help[how to use it]'", c->name);
    for (int i = 0; i < TOOL_MAX_OPTIONS && c->option[i].name; i++) {
        const struct tool_option *o = &c->option[i];
        printf(" \\\n            '--%s%s[", o->name, o->value ? "=" : "");
        zsh_text(o->help);
        putchar(']');
        if (o->value)
            printf(":%s:%s%s%s", o->value, is_file(o->value) ? "_files" : "(",
                   is_file(o->value) ? "" : choices(o->value), is_file(o->value) ? "" : ")");
        putchar('\'');
    }
    if (c->words)
        printf(" \\\n            '1:what:(%s)'", c->words);
    if (takes_files(c))
        printf(" \\\n            '*:file:_files'");
    printf(" ;;\n");
}

static void zsh(const struct tool_command *const *commands)
{
    printf("#compdef earshot\n# Made from the subcommands of earshot. zsh completion of earshot(1).\n"
           "_earshot() {\n    local -a commands\n    commands=(\n");
    for (size_t i = 0; commands[i]; i++) {
        printf("        '%s:", commands[i]->name);
        zsh_text(commands[i]->summary);
        printf("'\n");
    }
    printf("    )\n    if (( CURRENT == 2 )); then\n        _describe -t commands 'command' commands\n        return\n"
           "    fi\n    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $command in\n");
    for (size_t i = 0; commands[i]; i++)
        zsh_command(commands[i]);
    printf("    esac\n}\n_earshot \"$@\"\n");
}

int complete_print(const char *shell, const struct tool_command *const *commands)
{
    if (!strcmp(shell, "bash"))
        bash(commands);
    else if (!strcmp(shell, "zsh"))
        zsh(commands);
    else
        return -EINVAL;
    return 0;
}
