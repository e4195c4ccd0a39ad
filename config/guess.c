#include "config/guess.h"

#include <string.h>
#include <strings.h>

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int least(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

/* Row by row over the table of prefixes (optimal string alignment): only the
 * last three rows are kept. */
int guess_distance(const char *a, const char *b)
{
    int row[3][GUESS_MAX_WORD];
    size_t n = strlen(a), m = strlen(b);
    if (n >= GUESS_MAX_WORD || m >= GUESS_MAX_WORD)
        return GUESS_MAX_WORD;
    for (size_t j = 0; j <= m; j++)
        row[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *now = row[i % 3], *above = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int replace = above[j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));
            now[j] = least(above[j] + 1, now[j - 1] + 1, replace);
            bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped && before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
    }
    return row[n % 3][m];
}

int guess_near(const char *word, const char *candidate)
{
    size_t n = strlen(word), m = strlen(candidate), longer = n > m ? n : m;
    int distance = guess_distance(word, candidate);
    int allowed = longer <= 3 ? 1 : longer <= 8 ? 2 : 3;
    if (distance <= allowed && (size_t)distance < longer)
        return distance;
    /* "password" for password_file, "tls_ca_file" for ca_file. */
    if (n >= 4 && m > n && !strncasecmp(word, candidate, n))
        return allowed + 1;
    if (m >= 4 && n > m && !strcasecmp(word + n - m, candidate))
        return allowed + 1;
    return -1;
}

const char *guess_word(const char *word, const char *const *words, size_t n)
{
    const char *best = NULL;
    int best_distance = GUESS_MAX_WORD;
    for (size_t i = 0; i < n; i++) {
        int distance = guess_near(word, words[i]);
        if (distance >= 0 && distance < best_distance) {
            best = words[i];
            best_distance = distance;
        }
    }
    return best;
}
