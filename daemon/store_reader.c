#include "daemon/store_reader.h"
#include "daemon/store_db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { AT_ONCE = 32 };

struct store_reader {
    char *path;
    struct store_db *db;
    dev_t device;
    ino_t inode;
    uint64_t after;
    struct event event[AT_ONCE];
};

static int open_file(struct store_reader *r, struct reason *why)
{
    struct stat st;
    if (stat(r->path, &st) < 0)
        return reason_set(why, errno, "store %s: %s", r->path, strerror(errno));
    int err = store_db_open_to_read(r->path, &r->db, why);
    if (err < 0)
        return reason_prefix(why, err, "store %s", r->path);
    r->device = st.st_dev;
    r->inode = st.st_ino;
    return 0;
}

int store_reader_open(const char *path, struct store_reader **ret, struct reason *why)
{
    struct store_reader *r = calloc(1, sizeof(*r));
    if (!r || !(r->path = strdup(path))) {
        free(r);
        return reason_set(why, ENOMEM, "no memory");
    }
    int err = open_file(r, why);
    if (err < 0) {
        store_reader_close(r);
        return err;
    }
    *ret = r;
    return 0;
}

void store_reader_close(struct store_reader *r)
{
    if (!r)
        return;
    store_db_close(r->db);
    free(r->path);
    free(r);
}

/* A new file stands where the one that is open was. */
static bool was_replaced(const struct store_reader *r)
{
    struct stat st;
    return stat(r->path, &st) == 0 && (st.st_ino != r->inode || st.st_dev != r->device);
}

static int read_some(struct store_reader *r, struct store_entry *ret, int max, struct reason *why)
{
    int n = store_db_read(r->db, r->after, false, r->event, max < AT_ONCE ? max : AT_ONCE);
    if (n < 0)
        return reason_set(why, -n, "store %s cannot be read: %s", r->path, strerror(-n));
    for (int i = 0; i < n; i++) {
        ret[i].event = r->event[i];
        ret[i].sent = store_db_is_sent(r->db, r->event[i].seq) > 0;
        r->after = r->event[i].seq;
    }
    return n;
}

int store_reader_next(struct store_reader *r, struct store_entry *ret, int max, struct reason *why)
{
    int n = read_some(r, ret, max, why);
    if (n != 0 || !was_replaced(r))
        return n;
    struct store_db *old = r->db;
    n = open_file(r, why);
    if (n < 0)
        return n;
    store_db_close(old);
    return read_some(r, ret, max, why);
}
