/* earshot test-alarm: a synthetic event through everything behind the model. */
#include <cjson/cJSON.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/tool/commands.h"
#include "daemon/tool/door.h"
#include "daemon/tool/json.h"

enum { OPT_JSON, OPT_WAIT, OPT_SOCKET };
enum { LASTS_MS = 2000, LOOK_MS = 200 }; /* the daemon calls nothing sent before its end is */

static const char *text_of(const cJSON *o, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(o, key);
    return cJSON_IsString(item) ? item->valuestring : "";
}

static int unavailable(const struct reason *why, int err)
{
    tool_complain("test-alarm: %s", why->text);
    return err == EACCES ? EX_NOPERM : EX_UNAVAILABLE;
}

/* EX_OK and the answer of the daemon, which the caller deletes. */
static int raise_alarm(const char *socket, const char *source, cJSON **ret)
{
    char request[160];
    struct reason why = {""};
    if (source)
        snprintf(request, sizeof(request), "test_alarm {\"source\": \"%.65s\"}", source);
    else
        snprintf(request, sizeof(request), "test_alarm");
    char *line = door_line(socket, request, &why);
    if (!line)
        return unavailable(&why, errno);
    *ret = cJSON_Parse(line);
    free(line);
    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(*ret, "ok")))
        return EX_OK;
    tool_complain("test-alarm: %s", text_of(*ret, "error"));
    return EX_UNAVAILABLE;
}

/* Waits until all that there is to send is with the broker. 1: it is; 0: not in time, and
 * ret_text is what the daemon says of the broker; -1: the daemon is gone. */
static int wait_for_broker(const char *socket, int wait_s, char *ret_text, size_t size)
{
    int64_t end_ns = clock_boot_ns() + wait_s * 1000000000LL + LASTS_MS * 1000000LL;
    struct reason why = {""};
    poll(NULL, 0, LASTS_MS);
    for (;;) {
        char *line = door_line(socket, "delivery", &why);
        cJSON *o = line ? cJSON_Parse(line) : NULL;
        free(line);
        if (!o)
            return -1;
        const cJSON *unsent = cJSON_GetObjectItemCaseSensitive(o, "unsent");
        bool there = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "connected")) &&
                     cJSON_IsNumber(unsent) && unsent->valuedouble == 0;
        snprintf(ret_text, size, "%s", text_of(o, "text"));
        cJSON_Delete(o);
        if (there || clock_boot_ns() > end_ns)
            return there;
        poll(NULL, 0, LOOK_MS);
    }
}

static void say(const char *id, int delivered, const char *broker, bool json)
{
    if (json) {
        printf("{\"schema\": \"earshot.test_alarm/1\", \"event\": ");
        json_string(stdout, id);
        printf(", \"delivered\": %s, \"broker\": ", delivered > 0 ? "true" : "false");
        json_string(stdout, broker);
        printf("}\n");
    } else if (delivered > 0) {
        printf("its start and end are with the broker (%s): look at your dashboard\n", broker);
    }
}

static int run(const struct tool_args *args)
{
    const char *socket = args->value[OPT_SOCKET];
    bool json = args->value[OPT_JSON] != NULL;
    char broker[256] = "";
    int wait_s;
    cJSON *answer = NULL;
    if (args->n_words > 1 || (args->n_words == 1 && strlen(args->word[0]) > 64)) {
        tool_complain("test-alarm: one source, or none: the first one");
        return EX_USAGE;
    }
    if (tool_int(args, OPT_WAIT, "wait", 1, 3600, 10, &wait_s) < 0)
        return EX_USAGE;
    int code = raise_alarm(socket, args->n_words ? args->word[0] : NULL, &answer);
    if (code == EX_OK) {
        const char *id = text_of(answer, "event");
        if (!json) {
            printf("event %s raised, marked as a test\n", id);
            fflush(stdout);
        }
        int delivered = wait_for_broker(socket, wait_s, broker, sizeof(broker));
        say(id, delivered, broker, json);
        if (delivered <= 0)
            tool_complain("test-alarm: %s%s", delivered < 0 ? "the daemon went away" : "it waits in the store: ",
                          delivered < 0 ? "" : broker);
        code = delivered > 0 ? EX_OK : EX_UNAVAILABLE;
    }
    cJSON_Delete(answer);
    return tool_finish(code);
}

const struct tool_command test_alarm_command = {
    .name = "test-alarm",
    .synopsis = "[OPTION…] [SOURCE]",
    .summary = "raise a synthetic event, and see it reach the broker",
    .about = "The running daemon raises an event on SOURCE, or the first source, marked\n"
             "\"test\": true. It takes the way of every event: store, broker, dashboard; two\n"
             "seconds later it ends. Waits until the broker has both. Exit code 69 when there is\n"
             "no daemon, no such source, or no broker: the event then waits in the store.\n",
    .example = "example: earshot test-alarm porch\n",
    .option =
        {
            [OPT_JSON] = {"json", NULL, "one JSON object: event, delivered, broker"},
            [OPT_WAIT] = {"wait", "S", "so many seconds for the broker (10)"},
            [OPT_SOCKET] = {"socket", "FILE", "the daemon's, not /run/earshot/control"},
        },
    .run = run,
};
