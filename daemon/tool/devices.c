/* earshot devices: what can be captured here, with the URL to paste. Read from
 * the kernel's own list, so that no device has to be opened and disturbed. */
#include <ctype.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/commands.h"
#include "daemon/tool/json.h"

enum { OPT_JSON, OPT_FROM };

struct device {
    int card, device;
    char id[64]; /* of the card: names it whatever the order of plugging */
    char name[128];
};

/* "0 [PCH            ]: HDA-Intel - HDA Intel PCH" in `cards`. False: no such card. */
static bool card_id(FILE *cards, int card, char *ret_id, size_t size)
{
    char line[256], id[64];
    int number;
    rewind(cards);
    while (fgets(line, sizeof(line), cards))
        if (sscanf(line, " %d [%63[^] ]", &number, id) == 2 && number == card) {
            snprintf(ret_id, size, "%s", id);
            return true;
        }
    return false;
}

/* "01-00: USB Audio : USB Audio : playback 1 : capture 1" in `pcm`. */
static bool parse_pcm(const char *line, struct device *ret)
{
    const char *name = strchr(line, ':');
    if (!strstr(line, ": capture ") || !name ||
        sscanf(line, "%d-%d", &ret->card, &ret->device) != 2)
        return false;
    name++;
    while (isspace((unsigned char)*name))
        name++;
    size_t n = strcspn(name, ":\n");
    while (n > 0 && isspace((unsigned char)name[n - 1]))
        n--;
    snprintf(ret->name, sizeof(ret->name), "%.*s", (int)(n < 120 ? n : 120), name);
    return true;
}

static void print_device(const struct device *d, bool json)
{
    char url[128];
    snprintf(url, sizeof(url), "alsa:hw:CARD=%s,DEV=%d", d->id, d->device);
    if (!json) {
        printf("%-36s %s\n", url, d->name);
        return;
    }
    printf("{\"url\": ");
    json_string(stdout, url);
    printf(", \"name\": ");
    json_string(stdout, d->name);
    printf("}\n");
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return fopen(path, "r");
}

static int run(const struct tool_args *args)
{
    const char *folder = args->value[OPT_FROM] ? args->value[OPT_FROM] : "/proc/asound";
    FILE *cards = open_in(folder, "cards"), *pcm = open_in(folder, "pcm");
    char line[256];
    struct device d;
    int n = 0;
    while (cards && pcm && fgets(line, sizeof(line), pcm))
        if (parse_pcm(line, &d) && card_id(cards, d.card, d.id, sizeof(d.id))) {
            print_device(&d, args->value[OPT_JSON] != NULL);
            n++;
        }
    if (cards)
        fclose(cards);
    if (pcm)
        fclose(pcm);
    if (n == 0) {
        tool_complain("no capture device: is a microphone plugged in, and its driver loaded? "
                      "Cameras, files and pipes need none");
        return EX_UNAVAILABLE;
    }
    return tool_finish(EX_OK);
}

const struct tool_command devices_command = {
    .name = "devices",
    .synopsis = "[--json]",
    .summary = "what can be captured here, with the URL to paste",
    .about = "Lists the sound cards' capture devices as URLs for `url:` in earshot.yaml. The\n"
             "card is named by its id, so the URL stays right when others are plugged in.\n",
    .example = "example: earshot devices\n",
    .option =
        {
            [OPT_JSON] = {"json", NULL, "one JSON object a device"},
            [OPT_FROM] = {"from", "DIR", "read a copy of another box's /proc/asound"},
        },
    .run = run,
};
