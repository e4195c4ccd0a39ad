#include "config/yaml_text.h"

#include <string.h>

#include "config/utf8.h"

struct scan {
    struct place at;
    bool indenting; /* nothing but blanks so far on this line */
    int tab_column; /* first tab of the indentation; 0: none */
    struct settings_errors *errors;
};

static void look_at(struct scan *s, uint32_t c)
{
    if (utf8_is_invisible(c)) {
        errors_add(s->errors, &s->at, "invisible character U+%04X: remove it", (unsigned)c);
    } else if (c == '%' && s->at.column == 1) {
        errors_add(s->errors, &s->at,
                   "YAML directives (lines that begin with %%) are not supported");
    } else if (s->indenting && c == '\t') {
        if (s->tab_column == 0)
            s->tab_column = s->at.column;
    } else if (s->indenting && c != ' ' && c != '\n' && c != '\r') {
        s->indenting = false;
        struct place tab = {s->at.file, s->at.line, s->tab_column};
        if (s->tab_column > 0)
            errors_add(s->errors, &tab, "tab in the indentation: YAML wants spaces there");
    }
}

bool yaml_text_check(const char *file, const char *text, size_t n_bytes,
                     struct settings_errors *errors)
{
    struct scan s = {.at = {file, 1, 1}, .indenting = true, .errors = errors};
    size_t had = errors->n;
    bool binary = memchr(text, '\0', n_bytes);
    if (n_bytes >= 2 && (!memcmp(text, "\xff\xfe", 2) || !memcmp(text, "\xfe\xff", 2))) {
        errors_add(errors, &s.at, "this is UTF-16 text: save it as UTF-8");
        return false;
    }
    for (size_t i = 0; i < n_bytes;) {
        uint32_t c;
        size_t size = utf8_decode(text + i, n_bytes - i, &c);
        if (size == 0) {
            errors_add(errors, &s.at, "byte 0x%02X is not UTF-8 text: save the file as UTF-8",
                       (unsigned char)text[i]);
            return false;
        }
        if (c == 0) {
            errors_add(errors, &s.at,
                       "a NUL byte: this is a binary file, or UTF-16; settings are UTF-8 text");
            return false;
        }
        if (!binary) /* of which the first complaint is enough */
            look_at(&s, c);
        bool ends = c == '\n' || (c == '\r' && !(i + 1 < n_bytes && text[i + 1] == '\n'));
        if (ends)
            s = (struct scan){{file, s.at.line + 1, 1}, true, 0, errors};
        else
            s.at.column++;
        i += size;
    }
    return errors->n == had;
}
