/* The format: a head line with the sum of the settings and the number of files, which tell
 * a file that was cut or changed; then for each file a line with its size and name, its
 * bytes, a newline.
 *
 *     earshot settings 1 b7fb20e7… 1
 *     152 /etc/earshot/earshot.yaml
 *     node: gate-3
 *     …
 */
#include "config/kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/files.h"

static const char head[] = "earshot settings 1 ";

static int compose(const struct settings *s, char **ret, size_t *ret_n)
{
    FILE *f = open_memstream(ret, ret_n);
    if (!f)
        return -ENOMEM;
    fprintf(f, "%s%s %zu\n", head, s->sha256, s->n_files);
    for (size_t i = 0; i < s->n_files; i++) {
        fprintf(f, "%zu %s\n", s->n_text[i], s->file[i]);
        fwrite(s->text[i], 1, s->n_text[i], f);
        fputc('\n', f);
    }
    bool fine = !ferror(f);
    return fclose(f) == 0 && fine ? 0 : -ENOMEM;
}

int kept_write(const struct settings *s, const char *path, struct reason *why)
{
    char *text = NULL;
    size_t n = 0;
    int err = compose(s, &text, &n);
    if (err >= 0 && n > KEPT_MAX_BYTES)
        err = -EFBIG;
    else if (err >= 0)
        err = files_replace(path, text, n);
    free(text);
    return err < 0 ? reason_set(why, -err, "%s cannot be written: %s", path, strerror(-err)) : 0;
}

/* The next file of the text; false: at its end, or it is not ours, *at then being NULL. */
static bool next_file(const char **at, const char *end, struct settings_text *ret)
{
    char *rest;
    const char *line_end = *at < end ? memchr(*at, '\n', (size_t)(end - *at)) : NULL;
    if (*at == end)
        return false;
    unsigned long long n = line_end ? strtoull(*at, &rest, 10) : 0;
    bool fine = line_end && *at[0] >= '0' && *at[0] <= '9' && *rest == ' ' && rest < line_end &&
                n < (size_t)(end - line_end) && line_end[1 + n] == '\n';
    if (!fine) {
        *at = NULL;
        return false;
    }
    ret->n_name = (size_t)(line_end - rest - 1);
    ret->name = rest + 1;
    ret->text = line_end + 1;
    ret->n_text = (size_t)n;
    *at = line_end + n + 2;
    return true;
}

static int parse(const char *text, size_t n, struct settings **ret,
                 struct settings_errors *errors)
{
    struct settings_text file[SETTINGS_MAX_LIST];
    size_t n_files = 0, n_head = strlen(head) + 64;
    if (n < n_head || strncmp(text, head, strlen(head)) || text[n_head] != ' ')
        return -EBADMSG;
    char *rest;
    unsigned long wanted = strtoul(text + n_head + 1, &rest, 10);
    if (*rest != '\n')
        return -EBADMSG;
    const char *at = rest + 1, *end = text + n;
    while (n_files < SETTINGS_MAX_LIST && next_file(&at, end, &file[n_files]))
        n_files++;
    if (!at || at != end || n_files != wanted)
        return -EBADMSG;
    int err = settings_load_texts(file, n_files, ret, errors);
    if (err >= 0 && strncmp((*ret)->sha256, text + strlen(head), 64)) {
        settings_free(*ret);
        *ret = NULL;
        err = -EBADMSG;
    }
    return err;
}

int kept_load(const char *path, struct settings **ret, struct settings_errors *errors)
{
    struct place at = {path, 0, 0};
    struct reason why;
    char *text;
    size_t n;
    *errors = (struct settings_errors){0};
    int err = files_read(path, KEPT_MAX_BYTES, &text, &n, &why);
    if (err < 0) {
        errors_add(errors, &at, "%s", why.text);
        return err;
    }
    err = parse(text, n, ret, errors);
    if (err == -EBADMSG)
        errors_add(errors, &at, "damaged: not the settings that were kept there");
    free(text);
    return err;
}
