#include "tests/unit/make_model.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_FILES = 256, PATH = 256, ROOM = 4096 };

static char folder[PATH];
static char paths[MAX_FILES][PATH + 16];
static int n_files;

static void die(const char *what)
{
    fprintf(stderr, "make_model: %s\n", what);
    abort();
}

static const char *new_path(void)
{
    if (!*folder) {
        const char *tmp = getenv("TMPDIR");
        snprintf(folder, sizeof(folder), "%s/earshot-test-XXXXXX", tmp ? tmp : "/tmp");
#ifdef __wasi__ /* has no mkdtemp */
        if (mkdir(folder, 0700) < 0 && errno != EEXIST)
#else
        if (!mkdtemp(folder))
#endif
            die("no temporary folder");
    }
    if (n_files == MAX_FILES)
        die("too many files");
    snprintf(paths[n_files], sizeof(paths[n_files]), "%s/%d.gguf", folder, n_files);
    return paths[n_files++];
}

const char *make_model(const struct synth_shape *shape, uint64_t seed)
{
    struct reason why;
    const char *path = new_path();
    if (synth_write(path, shape, seed, &why) < 0)
        die(why.text);
    return path;
}

void make_model_done(void)
{
    while (n_files > 0)
        unlink(paths[--n_files]);
    if (*folder)
        rmdir(folder);
    *folder = '\0';
}

void image_load(struct image *i, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        die(path);
    i->n = (size_t)ftell(f);
    i->room = i->n + ROOM;
    i->bytes = malloc(i->room);
    rewind(f);
    if (!i->bytes || fread(i->bytes, 1, i->n, f) != i->n)
        die(path);
    fclose(f);
}

const char *image_save(const struct image *i)
{
    const char *path = new_path();
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(i->bytes, 1, i->n, f) != i->n || fclose(f) != 0)
        die(path);
    return path;
}

void image_done(struct image *i)
{
    free(i->bytes);
    i->bytes = NULL;
}

size_t image_find(const struct image *i, const char *name)
{
    char needle[128];
    uint64_t n = strlen(name);
    memcpy(needle, &n, sizeof(n));
    memcpy(needle + sizeof(n), name, n);
    const uint8_t *p = memmem(i->bytes, i->n, needle, sizeof(n) + n);
    if (!p)
        die(name);
    return (size_t)(p - i->bytes) + sizeof(n) + n;
}

uint64_t image_u64(const struct image *i, size_t at)
{
    uint64_t v;
    memcpy(&v, i->bytes + at, sizeof(v));
    return v;
}

void image_damage(struct image *i, const struct damage *d)
{
    size_t at[ARRAY_SIZE(d->patch)];
    for (size_t j = 0; j < ARRAY_SIZE(d->patch); j++) /* before any name changes */
        if (d->patch[j].bytes)
            at[j] =
                (d->patch[j].find ? image_find(i, d->patch[j].find) : 0) + (size_t)d->patch[j].at;
    for (size_t j = 0; j < ARRAY_SIZE(d->patch); j++) {
        const struct patch *p = &d->patch[j];
        if (!p->bytes)
            continue;
        memmove(i->bytes + at[j] + p->insert, i->bytes + at[j], i->n - at[j]);
        memcpy(i->bytes + at[j], p->bytes, p->n);
        i->n += p->insert;
    }
    if (d->cut > 0)
        i->n = (size_t)d->cut;
    else
        i->n -= (size_t)-d->cut;
}
