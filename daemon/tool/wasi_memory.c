/* Memory under WASI, in a hundredth of what wasi-libc's allocator takes of the program.
 *
 * The tool takes what it needs when it starts, works, and ends. So memory is a stack
 * that only grows: a block that is freed comes back when it is the last one, the last
 * one grows where it is, and everything else returns with the end of the program.
 *
 *   | size | block | size | block ... | free
 *                                     ^ top */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, PAGE = 65536 };

extern unsigned char __heap_base; /* of the linker */
static uintptr_t top;

static size_t *size_of(void *block)
{
    return (size_t *)block - 1;
}

/* The memory of the machine up to `end`. */
static bool reach(uintptr_t end)
{
    uintptr_t have = __builtin_wasm_memory_size(0) * PAGE;
    return end <= have || __builtin_wasm_memory_grow(0, (end - have + PAGE - 1) / PAGE) != SIZE_MAX;
}

void *aligned_alloc(size_t alignment, size_t n)
{
    if (!top)
        top = (uintptr_t)&__heap_base;
    uintptr_t block = (top + sizeof(size_t) + alignment - 1) & ~(alignment - 1), end;
    if (__builtin_add_overflow(block, n, &end) || block < top || !reach(end)) {
        errno = ENOMEM;
        return NULL;
    }
    top = end;
    *size_of((void *)block) = n;
    return (void *)block;
}

void *malloc(size_t n)
{
    return aligned_alloc(ALIGNMENT, n);
}

void *calloc(size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    void *block = malloc(bytes);
    return block ? memset(block, 0, bytes) : NULL;
}

static bool is_last(void *block)
{
    return (uintptr_t)block + *size_of(block) == top;
}

void free(void *block)
{
    if (block && is_last(block))
        top = (uintptr_t)size_of(block);
}

void *realloc(void *block, size_t n)
{
    if (!block)
        return malloc(n);
    uintptr_t end;
    if (is_last(block) && !__builtin_add_overflow((uintptr_t)block, n, &end) && reach(end)) {
        top = end;
        *size_of(block) = n;
        return block;
    }
    size_t old = *size_of(block);
    void *moved = malloc(n);
    if (!moved)
        return NULL;
    memcpy(moved, block, old < n ? old : n);
    free(block);
    return moved;
}
