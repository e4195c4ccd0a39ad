/* Characters of UTF-8 text, one by one: what is text and what only looks like it.
 * Pure; any thread. */
#ifndef CONFIG_UTF8_H
#define CONFIG_UTF8_H

#include "config/base.h"

/* Bytes of the character at s, 0 when it is no UTF-8: overlong forms, surrogates and what
 * lies beyond U+10FFFF are not. n > 0 bytes are there; of a text that ends in a NUL n may be
 * more, since no character reaches over it. */
size_t utf8_decode(const char *s, size_t n, uint32_t *ret);

/* The first byte of a text that is no UTF-8; NULL: there is none. */
const char *utf8_fault(const char *text);
/* A question mark for each such byte. Returns text. */
char *utf8_tidy(char *text);

/* Characters that move a terminal's cursor or, C1 and DEL among them, may do so. */
bool utf8_is_control(uint32_t c);

/* Characters that no editor shows and that libyaml refuses or takes for line ends, which
 * would make our line numbers differ from the operator's. */
bool utf8_is_invisible(uint32_t c);

#endif
