#include "daemon/tool/sound.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/source.h"

struct sound {
    struct sound_params p;
    int next_word;
    FILE *list;
    char *line; /* of getline */
    size_t line_room;
    struct source *source; /* of the present clip, unless packed */
    uint32_t packed_left;  /* samples of the present clip still to come */
    uint64_t n_packed;
    char packed_name[32];
    bool broken;
};

int sound_open(const struct sound_params *p, struct sound **ret, struct reason *why)
{
    if ((p->n_words > 0) + (p->list != NULL) + p->packed != 1)
        return reason_set(why, EINVAL, "expected recordings, or --list FILE, or --packed");
    struct sound *s = calloc(1, sizeof(*s));
    if (!s)
        return reason_set(why, ENOMEM, "out of memory");
    s->p = *p;
    if (p->list) {
        s->list = strcmp(p->list, "-") == 0 ? stdin : fopen(p->list, "r");
        if (!s->list) {
            int err = reason_set(why, errno, "%s: %s", p->list, strerror(errno));
            free(s);
            return err;
        }
    }
    *ret = s;
    return 0;
}

void sound_close(struct sound *s)
{
    if (!s)
        return;
    source_close(s->source);
    if (s->list && s->list != stdin)
        fclose(s->list);
    free(s->line);
    free(s);
}

bool sound_broken(const struct sound *s)
{
    return s->broken;
}

static int next_packed(struct sound *s, const char **ret_name, struct reason *why)
{
    uint32_t n;
    size_t got = fread(&n, 1, sizeof(n), stdin);
    snprintf(s->packed_name, sizeof(s->packed_name), "%llu", (unsigned long long)s->n_packed);
    *ret_name = s->packed_name;
    if (got == 0 && !ferror(stdin))
        return 0;
    if (got != sizeof(n)) {
        s->broken = true;
        return reason_set(why, EBADMSG, "the packed stream breaks off in a clip's length");
    }
    s->n_packed++;
    s->packed_left = n;
    return 1;
}

const char *sound_next_name(struct sound *s)
{
    if (s->p.n_words)
        return s->next_word < s->p.n_words ? s->p.word[s->next_word++] : NULL;
    while (getline(&s->line, &s->line_room, s->list) >= 0) {
        s->line[strcspn(s->line, "\t\r\n")] = '\0';
        if (s->line[0])
            return s->line;
    }
    return NULL;
}

int sound_next(struct sound *s, const char **ret_name, struct reason *why)
{
    if (s->p.packed)
        return next_packed(s, ret_name, why);
    source_close(s->source);
    s->source = NULL;
    const char *name = sound_next_name(s);
    if (!name)
        return 0;
    *ret_name = name;
    int err = sound_source(name, false, &s->source, why);
    return err < 0 ? err : 1;
}

int sound_source(const char *name, bool paced, struct source **ret, struct reason *why)
{
    struct source_params p = {.url = strcmp(name, "-") == 0 ? "pipe:-" : name, .paced = paced};
    return source_open(&p, ret, why);
}

/* n <= 2048 */
static ssize_t read_s16(float *out, size_t n)
{
    int16_t buf[2048];
    size_t got = fread(buf, sizeof(buf[0]), n < ARRAY_SIZE(buf) ? n : ARRAY_SIZE(buf), stdin);
    for (size_t i = 0; i < got; i++)
        out[i] = (float)buf[i] * (1.0f / 32768.0f);
    return (ssize_t)got;
}

static ssize_t read_packed(struct sound *s, float *out, size_t n, struct reason *why)
{
    if (n > s->packed_left)
        n = s->packed_left;
    if (n == 0)
        return 0;
    ssize_t got = read_s16(out, n);
    if (got == 0) {
        s->broken = true;
        return reason_set(why, EBADMSG, "the packed stream breaks off %u samples early",
                          s->packed_left);
    }
    s->packed_left -= (uint32_t)got;
    return got;
}

ssize_t sound_read(struct sound *s, float *out, size_t n, struct reason *why)
{
    if (s->p.packed)
        return read_packed(s, out, n, why);
    ssize_t got;
    do {
        got = source_read(s->source, out, n, why);
    } while (got == -EPIPE || got == -EAGAIN);
    return got;
}
