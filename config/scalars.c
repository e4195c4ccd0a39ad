/* Numbers are read as a whole number of up to 15 digits and a count of digits
 * after the point; what a program writes behind those (0.5700000000000001) is dropped. Both and the power of ten are exact in a double, so one
 * division rounds correctly, and durations stay whole numbers all the way. */
#include "config/scalars.h"

#include <stdio.h>
#include <string.h>

enum { MAX_DIGITS = 15 };

struct unit {
    const char *name;
    int64_t factor;
};

static const struct unit durations[] = {
    {"d", 86400000}, {"h", 3600000}, {"m", 60000}, {"s", 1000}, {"ms", 1},
};
static const struct unit sizes[] = {
    {"GiB", 1 << 30},
    {"MiB", 1 << 20},
    {"KiB", 1 << 10},
};
static const struct unit periods[] = {
    {"s", 1},
    {"min", 60},
    {"h", 3600},
    {"day", 86400},
};

struct number { /* digits / 10^n_after_point, negative or not */
    bool negative;
    int64_t digits;
    int n_after_point;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads a number from the start of text; *ret_end is where it ends. */
static bool read_number(const char *text, struct number *ret, const char **ret_end)
{
    struct number v = {.negative = *text == '-'};
    const char *p = text + (*text == '-' || *text == '+');
    const char *first = p;
    int n_digits = 0;
    bool after_point = false;
    if (!is_digit(*p) || (p[0] == '0' && is_digit(p[1])))
        return false;
    for (; is_digit(*p) || (*p == '.' && is_digit(p[1]) && !after_point && p > first); p++) {
        if (*p == '.') {
            after_point = true;
        } else if (++n_digits <= MAX_DIGITS) {
            v.digits = v.digits * 10 + (*p - '0');
            v.n_after_point += after_point;
        } else if (v.n_after_point == 0) {
            return false;
        }
    }
    *ret = v;
    *ret_end = p;
    return true;
}

static int64_t power_of_ten(int n)
{
    int64_t p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

static double number_value(const struct number *v)
{
    double r = (double)v->digits / (double)power_of_ten(v->n_after_point);
    return v->negative ? -r : r;
}

static const struct unit *find_unit(const struct unit *units, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(units[i].name, name))
            return &units[i];
    return NULL;
}

static bool read_scaled(const char *text, const struct unit *units, size_t n, int64_t *ret)
{
    struct number v;
    const char *end;
    int64_t scaled;
    if (!is_digit(*text) || !read_number(text, &v, &end))
        return false;
    const struct unit *unit = find_unit(units, n, end);
    if (!unit || __builtin_mul_overflow(v.digits, unit->factor, &scaled))
        return false;
    int64_t divisor = power_of_ten(v.n_after_point);
    if (scaled % divisor != 0)
        return false;
    *ret = scaled / divisor;
    return true;
}

static bool is_core_float(const char *p)
{
    size_t before, after = 0;
    p += *p == '-' || *p == '+';
    if (!strcmp(p, ".inf") || !strcmp(p, ".Inf") || !strcmp(p, ".INF"))
        return true;
    before = strspn(p, "0123456789");
    p += before;
    if (*p == '.') {
        after = strspn(p + 1, "0123456789");
        p += 1 + after;
    }
    if (before + after == 0)
        return false;
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '-' || *p == '+';
        size_t exponent = strspn(p, "0123456789");
        if (exponent == 0)
            return false;
        p += exponent;
    }
    return *p == '\0';
}

static bool is_all(const char *text, const char *of)
{
    if (!*text)
        return false;
    while (*text && strchr(of, *text))  /* not strspn(): gcc 12 warns of it here, wrongly */
        text++;
    return !*text;
}

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(text, words[i]))
            return true;
    return false;
}

enum scalar_kind scalar_kind(const char *text)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    static const char *const bools[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
    static const char *const nans[] = {".nan", ".NaN", ".NAN"};
    const char *unsigned_text = text + (*text == '-' || *text == '+');
    if (is_one_of(text, nulls, ARRAY_SIZE(nulls)))
        return SCALAR_NULL;
    if (is_one_of(text, bools, ARRAY_SIZE(bools)))
        return SCALAR_BOOL;
    if (is_all(unsigned_text, "0123456789") ||
        (!strncmp(text, "0o", 2) && is_all(text + 2, "01234567")) ||
        (!strncmp(text, "0x", 2) && is_all(text + 2, "0123456789abcdefABCDEF")))
        return SCALAR_INT;
    if (is_core_float(text) || is_one_of(text, nans, ARRAY_SIZE(nans)))
        return SCALAR_FLOAT;
    return SCALAR_TEXT;
}

bool scalar_int(const char *text, int64_t *ret)
{
    struct number v;
    const char *end;
    if (!read_number(text, &v, &end) || *end || v.n_after_point > 0)
        return false;
    *ret = v.negative ? -v.digits : v.digits;
    return true;
}

bool scalar_decimal(const char *text, double *ret)
{
    struct number v;
    const char *end;
    if (!read_number(text, &v, &end) || *end)
        return false;
    *ret = number_value(&v);
    return true;
}

bool scalar_duration(const char *text, int64_t *ret_ms)
{
    return read_scaled(text, durations, ARRAY_SIZE(durations), ret_ms);
}

bool scalar_size(const char *text, int64_t *ret_bytes)
{
    return !strchr(text, '.') && read_scaled(text, sizes, ARRAY_SIZE(sizes), ret_bytes);
}

bool scalar_rate(const char *text, struct rate *ret)
{
    struct number v;
    const char *end;
    if (!is_digit(*text) || !read_number(text, &v, &end) || *end != '/' || v.digits == 0)
        return false;
    const struct unit *unit = find_unit(periods, ARRAY_SIZE(periods), end + 1);
    if (!unit)
        return false;
    *ret = (struct rate){number_value(&v), (double)unit->factor};
    return true;
}

void scalar_write_decimal(double value, char ret_text[SCALAR_TEXT_SIZE])
{
    double back;
    for (int digits = 0; digits <= MAX_DIGITS; digits++) {
        snprintf(ret_text, SCALAR_TEXT_SIZE, "%.*f", digits, value);
        if (scalar_decimal(ret_text, &back) && back == value)
            return;
    }
    snprintf(ret_text, SCALAR_TEXT_SIZE, "%.15g", value);
}

static void write_scaled(int64_t value, const struct unit *units, size_t n, char *ret_text)
{
    size_t i = 0;
    while (i < n - 1 && (value == 0 || value % units[i].factor != 0))
        i++;
    snprintf(ret_text, SCALAR_TEXT_SIZE, "%lld%s", (long long)(value / units[i].factor),
             units[i].name);
}

void scalar_write_duration(int64_t ms, char ret_text[SCALAR_TEXT_SIZE])
{
    write_scaled(ms, durations, ARRAY_SIZE(durations), ret_text);
}

void scalar_write_size(int64_t bytes, char ret_text[SCALAR_TEXT_SIZE])
{
    write_scaled(bytes, sizes, ARRAY_SIZE(sizes), ret_text);
}

void scalar_write_rate(const struct rate *rate, char ret_text[SCALAR_TEXT_SIZE])
{
    char n[SCALAR_TEXT_SIZE];
    const char *period = "s";
    for (size_t i = 0; i < ARRAY_SIZE(periods); i++)
        if ((double)periods[i].factor == rate->period_s)
            period = periods[i].name;
    scalar_write_decimal(rate->n, n);
    snprintf(ret_text, SCALAR_TEXT_SIZE, "%.40s/%s", n, period);
}
