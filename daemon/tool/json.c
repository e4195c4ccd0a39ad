#include "daemon/tool/json.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "config/utf8.h"

void json_string(FILE *out, const char *text)
{
    uint32_t c;
    putc('"', out);
    for (const char *s = text, *end = s + strlen(s); *s;) {
        size_t n = utf8_decode(s, (size_t)(end - s), &c);
        if (n == 0)
            fputs("\\ufffd", out);
        else if (*s == '"' || *s == '\\')
            fprintf(out, "\\%c", *s);
        else if (c < 0x20 || c == 0x7f)
            fprintf(out, "\\u%04x", (unsigned)c);
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
