#include "config/reason.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What a stranger's file put into a sentence must not move a terminal's cursor
 * or break a log line, and a cut must not leave half a character. */
static void tidy(char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            text[i] = '?';
    if (n < REASON_SIZE - 1)
        return;
    size_t start = n;
    while (start > 0 && n - start < 4 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0xc0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (n - start < need)
        text[start - 1] = '\0';
}

int reason_set(struct reason *why, int err, const char *fmt, ...)
{
    if (why) {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(why->text, sizeof(why->text), fmt, ap);
        va_end(ap);
        tidy(why->text);
    }
    return -err;
}

int reason_prefix(struct reason *why, int err, const char *fmt, ...)
{
    if (why) {
        struct reason old = *why;
        va_list ap;
        va_start(ap, fmt);
        int n = vsnprintf(why->text, sizeof(why->text), fmt, ap);
        va_end(ap);
        int room = (int)sizeof(why->text) - n - 3; /* for old.text behind ": " */
        if (n >= 0 && room > 0)
            snprintf(why->text + n, sizeof(why->text) - (size_t)n, ": %.*s", room, old.text);
        tidy(why->text);
    }
    return err;
}
