/* libav brings some 130 libraries with it, most of them for pictures. To bind their
 * symbols the dynamic linker reads tables all over them, and each page that is
 * touched brings 15 neighbours along: 30 MiB of RSS of which sound needs a few.
 *
 * A private mapping of a file that is not writable and that smaps says has no
 * anonymous page is exactly what is in the file, so its pages can be dropped and
 * read again without anybody noticing. Relocated data (RELRO) has anonymous pages
 * and is left alone. What is mapped before main() stays mapped where it is to the
 * end, so the list stays true; what is loaded later is not in it. */
#include "daemon/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { MAX_RANGES = 1024 };

struct range {
    unsigned long from, to;
};

struct memory {
    size_t n;
    struct range range[MAX_RANGES];
};

static void note_mappings(struct memory *m, FILE *smaps)
{
    char line[512], perms[5] = "";
    struct range r = {0, 0};
    unsigned long from, to, inode = 0, anonymous_kib;
    while (fgets(line, sizeof(line), smaps) && m->n < MAX_RANGES) {
        if (sscanf(line, "%lx-%lx %4s %*x %*s %lu", &from, &to, perms, &inode) == 4)
            r = (struct range){from, to};
        else if (sscanf(line, "Anonymous: %lu", &anonymous_kib) == 1 && anonymous_kib == 0 &&
                 inode && perms[1] == '-' && perms[3] == 'p')
            m->range[m->n++] = r;
    }
}

struct memory *memory_new(void)
{
    FILE *smaps = fopen("/proc/self/smaps", "re");
    struct memory *m = smaps ? calloc(1, sizeof(*m)) : NULL;
    if (m)
        note_mappings(m, smaps);
    if (smaps)
        fclose(smaps);
    return m;
}

void memory_free(struct memory *m)
{
    free(m);
}

void memory_drop(const struct memory *m)
{
    for (size_t i = 0; m && i < m->n; i++)
        (void)madvise((void *)m->range[i].from, m->range[i].to - m->range[i].from, MADV_DONTNEED);
}
