#include "config/reason.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "config/utf8.h"

/* What a stranger's file put into a sentence must not move a terminal's cursor or break a
 * log line, and the sentence goes out as JSON too: it must be UTF-8, whatever a file's name
 * is made of and wherever a quotation was cut. */
static void tidy(char *text)
{
    size_t n = strlen(text), size;
    for (size_t i = 0; i < n; i += size ? size : 1) {
        uint32_t c = 0;
        size = utf8_decode(text + i, n - i, &c);
        if (size == 0 && n == REASON_SIZE - 1 && n - i < 4) {
            text[i] = '\0'; /* the cut has left half a character */
            return;
        }
        if (size == 0 || utf8_is_control(c))
            memset(text + i, '?', size ? size : 1);
    }
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
