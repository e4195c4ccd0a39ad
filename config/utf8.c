#include "config/utf8.h"

#include <string.h>

size_t utf8_decode(const char *text, size_t n, uint32_t *ret)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < 0x80) {
        *ret = s[0];
        return 1;
    }
    size_t size = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    uint32_t least = size == 4 ? 0x10000 : size == 3 ? 0x800 : 0x80;
    if (s[0] < 0xc2 || s[0] > 0xf4 || size > n)
        return 0;
    uint32_t c = s[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3fu);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *ret = c;
    return size;
}

const char *utf8_fault(const char *text)
{
    uint32_t c;
    for (size_t left = strlen(text), n; left > 0; text += n, left -= n)
        if ((n = utf8_decode(text, left, &c)) == 0)
            return text;
    return NULL;
}

char *utf8_tidy(char *text)
{
    const char *fault = text;
    while ((fault = utf8_fault(fault)))
        text[fault - text] = '?';
    return text;
}

bool utf8_is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

bool utf8_is_invisible(uint32_t c)
{
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    return utf8_is_control(c) || c == 0x2028 || c == 0x2029 || c == 0xfeff ||
           (c & 0xfffe) == 0xfffe;
}
