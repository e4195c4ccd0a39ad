#include "daemon/tool/npy.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 1024, HEADER_MAX = 4096 };

struct ids {
    uint16_t *v;
    size_t n, room;
};

static int ids_add(struct ids *a, uint16_t id)
{
    if (a->n == a->room) {
        size_t room = a->room ? 2 * a->room : 4096;
        uint16_t *grown = realloc(a->v, room * sizeof(*grown));
        if (!grown)
            return -ENOMEM;
        a->v = grown;
        a->room = room;
    }
    a->v[a->n++] = id;
    return 0;
}

/* The value that follows 'key': in a header such as
 * {'descr': '<u2', 'fortran_order': False, 'shape': (125, 12), } */
static const char *header_value(const char *header, const char *key)
{
    const char *at = strstr(header, key);
    if (!at)
        return "";
    at += strlen(key);
    return at + strspn(at, "': (");
}

/* "125, 12": without scanf, which would be an eighth of the program under WASI */
static bool read_shape(const char *at, size_t *ret_rows, size_t *ret_columns)
{
    char *end;
    errno = 0;
    unsigned long long rows = strtoull(at, &end, 10);
    if (end == at || end[strspn(end, " ")] != ',')
        return false;
    at = end + strspn(end, " ,");
    unsigned long long columns = strtoull(at, &end, 10);
    if (end == at || errno || rows > SIZE_MAX || columns < 1 || columns > COLUMNS_MAX)
        return false;
    *ret_rows = (size_t)rows;
    *ret_columns = (size_t)columns;
    return true;
}

static int read_header(FILE *in, char *ret_kind, int *ret_size, size_t *ret_rows,
                       size_t *ret_columns, struct reason *why)
{
    unsigned char fixed[4];
    char header[HEADER_MAX + 1];
    /* "\x93N" has been read: "UMPY", version, length */
    if (fread(header, 1, 6, in) != 6 || memcmp(header, "UMPY", 4) != 0)
        return reason_set(why, EBADMSG, "neither text nor a .npy array");
    size_t length_size = header[4] == 1 ? 2 : 4;
    if (fread(fixed, 1, length_size, in) != length_size)
        return reason_set(why, EBADMSG, "the .npy header breaks off");
    size_t length = fixed[0] | (size_t)fixed[1] << 8;
    if (length_size == 4 && (fixed[2] || fixed[3]))
        length = HEADER_MAX + 1;
    if (length > HEADER_MAX || fread(header, 1, length, in) != length)
        return reason_set(why, EBADMSG, "the .npy header breaks off or is too long");
    header[length] = '\0';

    const char *type = header_value(header, "descr");
    if (strncmp(header_value(header, "fortran_order"), "False", 5) != 0 ||
        !read_shape(header_value(header, "shape"), ret_rows, ret_columns))
        return reason_set(why, EBADMSG, "the array is not (tokens, codebooks) in C order");
    /* one after the other: the header may end anywhere, and strchr() finds a NUL too */
    if ((type[0] != '<' && type[0] != '|') || (type[1] != 'u' && type[1] != 'i') || !type[2] ||
        !strchr("1248", type[2]))
        return reason_set(why, EBADMSG, "the array does not hold little-endian whole numbers");
    *ret_kind = type[1];
    *ret_size = type[2] - '0';
    return 0;
}

static int read_array(FILE *in, size_t max_rows, struct ids *a, size_t *ret_rows,
                      size_t *ret_columns, struct reason *why)
{
    char kind;
    int size;
    int err = read_header(in, &kind, &size, ret_rows, ret_columns, why);
    if (err < 0)
        return err;
    if (*ret_rows > max_rows)
        return reason_set(why, EBADMSG, "%zu rows, more than %zu", *ret_rows, max_rows);
    for (size_t i = 0; i < *ret_rows * *ret_columns; i++) {
        unsigned char raw[8];
        if (fread(raw, 1, (size_t)size, in) != (size_t)size)
            return reason_set(why, EBADMSG, "the array breaks off in row %zu", i / *ret_columns);
        /* A negative number has its top bit set and so is over 65,535 too, but in
         * one or two bytes it needs a look at its sign. */
        bool fits = !(kind == 'i' && raw[size - 1] & 0x80);
        for (int b = 2; b < size; b++)
            fits = fits && raw[b] == 0;
        if (!fits)
            return reason_set(why, EBADMSG, "an id in row %zu is not in 0..65535",
                              i / *ret_columns);
        if (ids_add(a, (uint16_t)(raw[0] | (size > 1 ? raw[1] << 8 : 0))) < 0)
            return reason_set(why, ENOMEM, "out of memory");
    }
    return 0;
}

static int read_line(const char *line, size_t row, struct ids *a, struct reason *why)
{
    for (;;) {
        line += strspn(line, " \t\r\n,");
        if (!*line)
            return 0;
        char *end;
        errno = 0;
        long v = strtol(line, &end, 10);
        if (end == line || errno || v < 0 || v > UINT16_MAX)
            return reason_set(why, EBADMSG, "line %zu: \"%.20s\" is no token id", row + 1, line);
        if (ids_add(a, (uint16_t)v) < 0)
            return reason_set(why, ENOMEM, "out of memory");
        line = end;
    }
}

static int read_text(FILE *in, size_t max_rows, struct ids *a, size_t *ret_rows,
                     size_t *ret_columns, struct reason *why)
{
    char *line = NULL;
    size_t room = 0, rows = 0, columns = 0;
    int err = 0;
    while (err >= 0 && getline(&line, &room, in) >= 0) {
        size_t before = a->n;
        err = read_line(line, rows, a, why);
        size_t n = a->n - before;
        if (err < 0 || n == 0)
            continue;
        if ((columns && n != columns) || n > COLUMNS_MAX)
            err = reason_set(why, EBADMSG, "line %zu has %zu ids, not %zu", rows + 1, n, columns);
        else if (rows == max_rows)
            err = reason_set(why, EBADMSG, "more than %zu rows", max_rows);
        columns = n;
        rows++;
    }
    free(line);
    *ret_rows = rows;
    *ret_columns = columns;
    return err;
}

int npy_read_ids(FILE *in, size_t max_rows, uint16_t **ret, size_t *ret_rows, size_t *ret_columns,
                 struct reason *why)
{
    struct ids a = {0};
    size_t rows = 0, columns = 0;
    int c = getc(in), err;
    if (c == 0x93 && getc(in) == 'N') {
        err = read_array(in, max_rows, &a, &rows, &columns, why);
    } else {
        ungetc(c, in);
        err = read_text(in, max_rows, &a, &rows, &columns, why);
    }
    if (err >= 0 && ferror(in))
        err = reason_set(why, EIO, "cannot be read");
    if (err < 0) {
        free(a.v);
        return err;
    }
    *ret = a.v;
    *ret_rows = rows;
    *ret_columns = columns;
    return 0;
}
