#include "daemon/tool/json.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Length of the UTF-8 character at s, 0 when it is none. */
static size_t utf8_length(const unsigned char *s)
{
    size_t n = s[0] < 0x80 ? 1 : (s[0] & 0xe0) == 0xc0 ? 2 : (s[0] & 0xf0) == 0xe0 ? 3
             : (s[0] & 0xf8) == 0xf0 ? 4 : 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if (n == 1)
        return 1;
    unsigned c = n ? s[0] & (0xffu >> (n + 1)) : 0;
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (s[i] & 0x3f);
    bool shortest = c >= (n == 2 ? 0x80u : n == 3 ? 0x800u : 0x10000u);
    return shortest && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) ? n : 0;
}

void json_string(FILE *out, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    putc('"', out);
    while (*s) {
        size_t n = utf8_length(s);
        if (n == 0)
            fputs("\\ufffd", out);
        else if (*s == '"' || *s == '\\')
            fprintf(out, "\\%c", *s);
        else if (*s < 0x20 || *s == 0x7f)
            fprintf(out, "\\u%04x", *s);
        else
            fwrite(s, 1, n, out);
        s += n ? n : 1;
    }
    putc('"', out);
}

void json_number(FILE *out, double value, int places)
{
    if (!isfinite(value)) {
        fputs("null", out);
        return;
    }
    char text[400];
    if (fabs(value) * pow(10, places) < 0.5)
        value = 0; /* never -0.0 */
    int n = snprintf(text, sizeof(text), "%.*f", places, value);
    if (places > 0) {
        while (text[n - 1] == '0')
            n--;
        if (text[n - 1] == '.')
            n++; /* a float stays one: 1.0 */
    }
    fwrite(text, 1, (size_t)n, out);
}

void json_scores(FILE *out, int n, const char (*name)[64], const float *value)
{
    putc('{', out);
    for (int i = 0; i < n; i++) {
        if (i)
            fputs(", ", out);
        json_string(out, name[i]);
        fputs(": ", out);
        json_number(out, (double)value[i], 4);
    }
    putc('}', out);
}
