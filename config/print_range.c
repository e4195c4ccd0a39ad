/* What the writers of config/print.h share. */
#include <string.h>

#include "config/keys.h"
#include "config/print.h"

const char *print_last_part(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

/* Length of the first n parts of path, dots between them included. */
static size_t length_of_parts(const char *path, int n)
{
    const char *p = path;
    for (int i = 0; i < n; i++)
        p += strcspn(p + (i > 0), ".") + (i > 0);
    return (size_t)(p - path);
}

int print_groups(const char *before, const char *path, const char *start, FILE *f)
{
    int n_groups = 0;
    for (const char *p = path; (p = strchr(p, '.')); p++)
        n_groups++;
    for (int i = 1; i <= n_groups; i++) {
        size_t n = length_of_parts(path, i), n_outer = i > 1 ? length_of_parts(path, i - 1) + 1 : 0;
        if (strncmp(before, path, n) || before[n] != '.')
            fprintf(f, "%s%*s%.*s:\n", start, 2 * (i - 1), "", (int)(n - n_outer), path + n_outer);
    }
    return n_groups;
}

void print_meaning(const struct key *k, char *ret_text, size_t size)
{
    char expected[160];
    bool number = k->type == KEY_INT || k->type == KEY_DOUBLE || k->type == KEY_DURATION ||
                  k->type == KEY_SIZE;
    const char *before = number ? " Range: " : k->words[0] ? " One of: " : "";
    const char *fallback = k->absent ? k->absent : k->fallback;
    keys_expected(k, expected, sizeof(expected));
    snprintf(ret_text, size, "%s.%s%s%s%s%s%s", k->help, before, *before ? expected : "",
             *before ? "." : "", fallback ? " Default: " : "", fallback ? fallback : "",
             fallback ? "." : "");
}

void print_wrapped(const char *text, const char *start, int end, FILE *f)
{
    int column = 0;
    while (*text) {
        int n = (int)strcspn(text, " ");
        if (column > 0 && column + 1 + n > end) {
            fputc('\n', f);
            column = 0;
        }
        column += fprintf(f, "%s%.*s", column > 0 ? " " : start, n, text);
        text += n;
        text += *text == ' ';
    }
    fputc('\n', f);
}
