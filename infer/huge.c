#include "infer/huge.h"

#include <stdlib.h>
#ifndef __wasi__
#include <sys/mman.h>
#endif

enum { CACHE_LINE = 64, HUGE_PAGE = 2 << 20 };

void *huge_alloc(size_t bytes)
{
    size_t unit = bytes < HUGE_PAGE ? CACHE_LINE : HUGE_PAGE;
    if (!size_add(bytes, unit - 1, &bytes))
        return NULL;
    bytes = bytes / unit * unit;
    void *p = aligned_alloc(unit, bytes);
#ifdef MADV_HUGEPAGE
    if (p && unit == HUGE_PAGE)
        madvise(p, bytes, MADV_HUGEPAGE);
#endif
    return p;
}
