/* A .npy header states the number of rows, which is known at the end only. On a
 * file the header is written twice, to the same length; on a pipe the rows wait
 * in an unnamed temporary file first. */
#include "daemon/tool/rows.h"

#include <stdlib.h>
#include <string.h>

enum { NPY_HEADER = 128 };

struct rows {
    struct rows_params p;
    FILE *out;    /* where rows go now */
    FILE *pipe;   /* npy to a pipe: where all goes at last; else NULL */
    FILE *index;
    long start;          /* where in the file the header stands */
    uint64_t n_rows;     /* of all clips */
    uint64_t clip_first; /* row that the present clip starts with */
    unsigned char *clip; /* packed: its bytes so far */
    size_t clip_size, clip_room;
    int failed; /* first -errno */
};

static int fail(struct rows *r, int err)
{
    if (!r->failed)
        r->failed = err ? -abs(err) : -EIO;
    return r->failed;
}

static size_t row_size(const struct rows *r)
{
    return (size_t)r->p.width * (r->p.type == ROWS_F32 ? sizeof(float) : sizeof(uint16_t));
}

static int npy_header(struct rows *r, FILE *out)
{
    char text[NPY_HEADER + 1];
    int n = snprintf(text + 10, sizeof(text) - 10,
                     "{'descr': '%s', 'fortran_order': False, 'shape': (%llu, %d), }",
                     r->p.type == ROWS_F32 ? "<f4" : "<u2", (unsigned long long)r->n_rows,
                     r->p.width);
    memcpy(text, "\x93NUMPY\x01\x00", 8);
    text[8] = NPY_HEADER - 10;
    text[9] = 0;
    memset(text + 10 + n, ' ', (size_t)(NPY_HEADER - 10 - n - 1));
    text[NPY_HEADER - 1] = '\n';
    return fwrite(text, 1, NPY_HEADER, out) == NPY_HEADER ? 0 : fail(r, errno);
}

static int open_output(struct rows *r, struct reason *why)
{
    const struct rows_params *p = &r->p;
    r->out = p->path ? fopen(p->path, "wb") : stdout;
    if (!r->out)
        return reason_set(why, errno, "cannot write %s: %s", p->path, strerror(errno));
    if (p->format != ROWS_NPY)
        return 0;
    r->start = ftell(r->out);
    if (r->start < 0) {
        r->pipe = r->out;
        r->out = tmpfile();
        if (!r->out)
            return reason_set(why, errno, "cannot make a temporary file: %s", strerror(errno));
    }
    return r->pipe ? 0 : npy_header(r, r->out);
}

int rows_open(const struct rows_params *p, struct rows **ret, struct reason *why)
{
    struct rows *r = calloc(1, sizeof(*r));
    if (!r)
        return reason_set(why, ENOMEM, "out of memory");
    r->p = *p;
    int err = open_output(r, why);
    if (err >= 0 && p->index && !(r->index = fopen(p->index, "w")))
        err = reason_set(why, errno, "cannot write %s: %s", p->index, strerror(errno));
    if (err < 0) {
        r->failed = err;
        rows_close(r, NULL);
        return err;
    }
    *ret = r;
    return 0;
}

static int add_text(struct rows *r, const void *values, size_t n)
{
    for (size_t i = 0; i < n * (size_t)r->p.width; i++) {
        char end = (i + 1) % (size_t)r->p.width ? '\t' : '\n';
        int ok = r->p.type == ROWS_F32
                     ? fprintf(r->out, "%.9g%c", (double)((const float *)values)[i], end)
                     : fprintf(r->out, "%u%c", ((const uint16_t *)values)[i], end);
        if (ok < 0)
            return fail(r, errno);
    }
    return 0;
}

static int add_packed(struct rows *r, const void *values, size_t size)
{
    if (size > r->clip_room - r->clip_size) {
        size_t room = (r->clip_size + size) * 2;
        unsigned char *grown = realloc(r->clip, room);
        if (!grown)
            return fail(r, ENOMEM);
        r->clip = grown;
        r->clip_room = room;
    }
    memcpy(r->clip + r->clip_size, values, size);
    r->clip_size += size;
    return 0;
}

int rows_add(struct rows *r, const void *values, size_t n)
{
    if (r->failed)
        return r->failed;
    if (n == 0)
        return 0;
    r->n_rows += n;
    if (r->p.format == ROWS_TSV)
        return add_text(r, values, n);
    if (r->p.format == ROWS_PACKED)
        return add_packed(r, values, n * row_size(r));
    return fwrite(values, row_size(r), n, r->out) == n ? 0 : fail(r, errno);
}

int rows_end_clip(struct rows *r, const char *name)
{
    if (r->failed)
        return r->failed;
    uint64_t n = r->n_rows - r->clip_first;
    if (r->p.format == ROWS_PACKED) {
        uint32_t n32 = (uint32_t)n;
        if (fwrite(&n32, sizeof(n32), 1, r->out) != 1 ||
            fwrite(r->clip, 1, r->clip_size, r->out) != r->clip_size || fflush(r->out) != 0)
            return fail(r, errno);
        r->clip_size = 0;
    }
    if (r->index && fprintf(r->index, "%llu\t%llu\t%s\n", (unsigned long long)r->clip_first,
                            (unsigned long long)n, name) < 0)
        return fail(r, errno);
    r->clip_first = r->n_rows;
    return 0;
}

static void copy_to_pipe(struct rows *r)
{
    char buf[1 << 16];
    size_t n;
    if (npy_header(r, r->pipe) < 0)
        return;
    rewind(r->out);
    while ((n = fread(buf, 1, sizeof(buf), r->out)) > 0)
        if (fwrite(buf, 1, n, r->pipe) != n) {
            fail(r, errno);
            return;
        }
    if (ferror(r->out))
        fail(r, EIO);
}

static void close_file(struct rows *r, FILE *f)
{
    if (!f)
        return;
    int bad = f == stdout ? fflush(f) : fclose(f);
    if (bad && !r->failed)
        fail(r, errno);
}

int rows_close(struct rows *r, struct reason *why)
{
    if (!r)
        return 0;
    if (!r->failed && r->p.format == ROWS_NPY) {
        if (r->pipe)
            copy_to_pipe(r);
        else if (fseek(r->out, r->start, SEEK_SET) < 0)
            fail(r, errno);
        else
            npy_header(r, r->out);
    }
    close_file(r, r->out);
    close_file(r, r->pipe);
    close_file(r, r->index);
    int err = r->failed;
    if (err < 0)
        reason_set(why, -err, "cannot write %s: %s", r->p.path ? r->p.path : "standard output",
                   strerror(-err));
    free(r->clip);
    free(r);
    return err;
}
