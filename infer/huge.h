/* Memory for what is read from end to end again and again: weights, keys and values.
 *
 * Large blocks begin on a huge page and ask for such pages, because streaming
 * through small ones costs a look-up, and the prefetcher a stop, every 4 KB. The
 * system may decline; the memory is the same then. */
#ifndef INFER_HUGE_H
#define INFER_HUGE_H

#include "config/base.h"

/* At least 64-aligned, not cleared; NULL without memory; free() ends it. Any thread. */
void *huge_alloc(size_t bytes);

#endif
