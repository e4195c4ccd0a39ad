/* print_example() of config/print.h.
 *
 * A "#" in the first column with a word or two blanks right behind it holds a
 * setting back; "# " is a remark. So taking away every "#" of the first kind leaves
 * a file that loads (the unit test does it). */
#include <string.h>

#include "config/keys.h"
#include "config/print.h"

enum { LINE_END = 96 };

static const char head[] =
    "# Settings of Earshot; earshot.yaml(5) tells more.\n"
    "#\n"
    "# `earshotd --check-config` checks them, `systemctl reload earshotd` takes up most of\n"
    "# them. Files conf.d/*.yaml beside this one win over it, key by key.\n"
    "#\n"
    "# A # right before a word holds back a default or an example: take it away, and those of\n"
    "# the groups around it, to set the value. Durations: ms s m h d. Sizes: KiB MiB GiB.\n"
    "# Rates: N/s N/min N/h N/day.\n";

static const char source_head[] =
    "\n# What to listen to, each under a name of its own, of a-z 0-9 _ - (at most 32).\n"
    "#sources:\n"
    "#  porch:\n"
    "#    url: alsa:hw:1,0\n"
    "#  yard:\n";

static const char defaults_head[] =
    "\n# For every source; each of these keys may stand in a source too.\n"
    "#defaults:\n";

static void write_key(const struct key *k, int indent, FILE *f)
{
    char meaning[512], start[16];
    print_meaning(k, meaning, sizeof(meaning));
    snprintf(start, sizeof(start), "%*s# ", indent, "");
    print_wrapped(meaning, start, LINE_END, f);
    fprintf(f, "#%*s%s: %s\n", indent, "", print_last_part(k->path),
            k->example ? k->example : k->fallback);
}

static void write_sources(FILE *f)
{
    fputs(source_head, f);
    for (size_t i = 0; i < keys_n; i++)
        if (keys[i].scope == KEY_SOURCE)
            write_key(&keys[i], 4, f);
    fputs(defaults_head, f);
    for (size_t i = 0; i < keys_n; i++)
        if (keys[i].scope == KEY_SHARED)
            write_key(&keys[i], 2, f);
}

void print_example(FILE *f)
{
    const char *before = "";
    bool sources_written = false;
    fputs(head, f);
    for (size_t i = 0; i < keys_n; i++) {
        const struct key *k = &keys[i];
        if (k->scope != KEY_NODE) {
            if (!sources_written)
                write_sources(f);
            sources_written = true;
            continue;
        }
        if (strncmp(before, k->path, strcspn(k->path, ".") + 1))
            fputc('\n', f);
        write_key(k, 2 * print_groups(before, k->path, "#", f), f);
        before = k->path;
    }
}
