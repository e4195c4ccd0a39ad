#include "daemon/tool/json.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "config/utf8.h"

/* One character inside a string. Bytes that it takes. */
static size_t put(FILE *out, const char *s, const char *end)
{
    uint32_t c;
    size_t n = utf8_decode(s, (size_t)(end - s), &c);
    if (n == 0)
        fputs("\\ufffd", out);
    else if (utf8_is_control(c))
        fprintf(out, "\\u%04x", (unsigned)c);
    else
        fwrite(s, 1, n, out);
    return n ? n : 1;
}

void json_string(FILE *out, const char *text)
{
    putc('"', out);
    for (const char *s = text, *end = s + strlen(s); *s;) {
        if (*s == '"' || *s == '\\')
            putc('\\', out);
        s += put(out, s, end);
    }
    putc('"', out);
}

void json_tidy(FILE *out, const char *json)
{
    for (const char *s = json, *end = s + strlen(s); *s;)
        s += put(out, s, end); /* what is escaped stands in a string: JSON has it nowhere else */
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
