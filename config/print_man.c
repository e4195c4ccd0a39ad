/* print_man() of config/print.h: the manual page in mdoc. Text from the table goes
 * through write_text(), which keeps roff from taking a word for a command. */
#include <string.h>

#include "config/keys.h"
#include "config/print.h"

enum { LINE_END = 78 };

static const char head[] =
    ".Dd $Mdocdate$\n"
    ".Dt EARSHOT.YAML 5\n"
    ".Os Earshot\n"
    ".Sh NAME\n"
    ".Nm earshot.yaml\n"
    ".Nd settings of the hostile-speech listener earshotd\n"
    ".Sh DESCRIPTION\n"
    ".Xr earshotd 8\n"
    "reads its settings from\n"
    ".Pa " EARSHOT_CONFIG "\n"
    "and then, in lexical order, from the files\n"
    ".Pa *.yaml\n"
    "in the folder\n"
    ".Pa conf.d\n"
    "beside it.\n"
    "Later files win key by key; a list replaces a list; sources are merged by name.\n"
    ".Pp\n"
    "A file is one YAML 1.2 document in UTF-8.\n"
    "Keys that are not known, keys that stand twice, values of the wrong type\n"
    "or out of range are refused, all at once, with file, line and column.\n"
    "A bool is\n"
    ".Cm true\n"
    "or\n"
    ".Cm false ,\n"
    "nothing else.\n"
    "Numbers are decimal.\n"
    "Durations have one of the units ms, s, m, h and d, sizes KiB, MiB or GiB;\n"
    "rates are written N/s, N/min, N/h or N/day.\n"
    "Anchors and aliases may be used; merge keys, tags and directives may not.\n"
    ".Pp\n"
    "A span of time is written\n"
    ".Qq Mon\\-Fri 08:00\\-16:00 ,\n"
    ".Qq Sat,Sun 10:00\\-12:00\n"
    "or, for every day,\n"
    ".Qq 22:00\\-06:00 ,\n"
    "which ends on the next day.\n"
    "It means the clock on the wall, in the time zone of the box.\n"
    "When that clock is put forward, an hour that is left out is left out of the\n"
    "span; when it is put back, an hour that comes twice is in it twice.\n"
    "A clock that is set, or a zone that is changed, acts at once.\n"
    ".Pp\n"
    "Settings marked with\n"
    ".Qq reload\n"
    "are taken up when the daemon is reloaded, the others when it is restarted.\n"
    "A reload with a mistake in it changes nothing.\n";

static const char tail[] = ".Sh FILES\n"
                           ".Bl -tag -width Ds\n"
                           ".It Pa " EARSHOT_CONFIG "\n"
                           "The main file.\n"
                           ".El\n"
                           ".Sh EXAMPLES\n"
                           "A microphone and a camera, and a broker with TLS:\n"
                           ".Bd -literal -offset indent\n"
                           "node: gate-3\n"
                           "sources:\n"
                           "  porch:\n"
                           "    url: alsa:hw:1,0\n"
                           "  yard:\n"
                           "    url: rtsp://cam2.lan/stream1\n"
                           "    username: viewer\n"
                           "    password_file: cam2.pass\n"
                           "    sensitivity: high\n"
                           "mqtt:\n"
                           "  url: mqtts://broker.example.org\n"
                           ".Ed\n"
                           ".Sh SEE ALSO\n"
                           ".Xr earshot 1 ,\n"
                           ".Xr earshotd 8\n";

/* One sentence, wrapped. A '.' or a quote at the start of a line would be a command, so
 * such a word is told to begin with nothing; no text in the table holds a backslash. */
static void write_sentence(const char *text, size_t n, FILE *f)
{
    char sentence[512];
    const char *guard = text[0] == '.' || text[0] == '\'' ? "\\&" : "";
    snprintf(sentence, sizeof(sentence), "%s%.*s", guard, (int)n, text);
    print_wrapped(sentence, "", LINE_END, f);
}

/* mdoc wants each sentence to begin a line. */
static void write_text(const char *text, FILE *f)
{
    for (const char *end; (end = strstr(text, ". ")); text = end + 2)
        write_sentence(text, (size_t)(end + 1 - text), f);
    write_sentence(text, strlen(text), f);
}

static void write_key(const struct key *k, FILE *f)
{
    char meaning[512];
    print_meaning(k, meaning, sizeof(meaning));
    fprintf(f, ".It Cm %s\n", k->path);
    write_text(meaning, f);
    if (k->reloadable)
        fputs("(reload)\n", f);
}

static void write_list(enum key_scope scope, FILE *f)
{
    fputs(".Bl -tag -width Ds\n", f);
    for (size_t i = 0; i < keys_n; i++)
        if (keys[i].scope == scope)
            write_key(&keys[i], f);
    fputs(".El\n", f);
}

void print_man(FILE *f)
{
    fputs(head, f);
    fputs(".Ss The node\nA path such as mqtt.url means the key url below the key mqtt.\n", f);
    write_list(KEY_NODE, f);
    fprintf(f,
            ".Ss sources\nEach source stands under a name of its own, 1 to 64 of a\\(enz\n"
            "0\\(en9 _ \\-; there are at most %d.\n",
            SETTINGS_MAX_SOURCES);
    write_list(KEY_SOURCE, f);
    fputs(".Ss defaults\nFor every source; each of these keys may stand in a source too.\n", f);
    write_list(KEY_SHARED, f);
    fputs(tail, f);
}
