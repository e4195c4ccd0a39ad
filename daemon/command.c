#include "daemon/command.h"

#include "config/scalars.h"
#include "config/utf8.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_SOURCE = 0, MAY_SOURCE = 1, MUST_SOURCE = 2 };

static const struct {
    const char *name;
    int source;
    bool time;
} COMMANDS[] = {
    [COMMAND_RELOAD] = {"reload", NO_SOURCE, false},
    [COMMAND_SNAPSHOT] = {"snapshot", NO_SOURCE, false},
    [COMMAND_MUTE] = {"mute", MUST_SOURCE, true},
    [COMMAND_UNMUTE] = {"unmute", MUST_SOURCE, false},
    [COMMAND_TEST_ALARM] = {"test_alarm", MAY_SOURCE, false},
    [COMMAND_PURGE_DISCOVERY] = {"purge_discovery", NO_SOURCE, false},
};

const struct strings command_all = {
    6, {"reload", "snapshot", "mute", "unmute", "test_alarm", "purge_discovery"}};

static bool fits(const char *text, size_t size)
{
    return text[0] && strlen(text) < size;
}

static int take_transaction(const cJSON *item, struct command *ret, struct reason *why)
{
    if (cJSON_IsString(item) && fits(item->valuestring, sizeof(ret->transaction)))
        snprintf(ret->transaction, sizeof(ret->transaction), "%s", item->valuestring);
    else if (cJSON_IsNumber(item) && fabs(item->valuedouble) < 9e15 &&
             item->valuedouble == floor(item->valuedouble))
        snprintf(ret->transaction, sizeof(ret->transaction), "%.0f", item->valuedouble);
    else
        return reason_set(why, EINVAL, "transaction is a text of at most %d bytes or a whole number",
                          COMMAND_TRANSACTION_SIZE - 1);
    return 0;
}

static int take_source(const cJSON *item, int source, struct command *ret, struct reason *why)
{
    static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    if (source == NO_SOURCE)
        return reason_set(why, EINVAL, "%s takes no source", ret->name);
    if (!cJSON_IsString(item) || !fits(item->valuestring, sizeof(ret->source)) ||
        item->valuestring[strspn(item->valuestring, LETTERS)])
        return reason_set(why, EINVAL, "source is not the name of a source");
    snprintf(ret->source, sizeof(ret->source), "%s", item->valuestring);
    return 0;
}

static int take_time(const cJSON *item, bool time, struct command *ret, struct reason *why)
{
    int64_t ms = 0;
    if (!time)
        return reason_set(why, EINVAL, "%s takes no time", ret->name);
    if (!cJSON_IsString(item) || !scalar_duration(item->valuestring, &ms) || ms < 1 ||
        ms > COMMAND_MAX_FOR_MS)
        return reason_set(why, EINVAL, "for is a duration up to 7d, such as \"10m\"");
    ret->for_ms = ms;
    return 0;
}

/* Objects and lists inside are not of our kind; cJSON goes into them before we can
 * say so, therefore the depth is bounded first. */
static bool flat(const char *payload)
{
    int depth = 0;
    bool text = false;
    for (; *payload; payload++) {
        if (text && *payload == '\\' && payload[1])
            payload++;
        else if (*payload == '"')
            text = !text;
        else if (!text && (*payload == '{' || *payload == '['))
            depth++;
        if (depth > 1)
            return false;
    }
    return true;
}

static int take_members(const cJSON *object, int kind, struct command *ret, struct reason *why)
{
    int r = 0;
    bool seen[3] = {false};
    const cJSON *item;
    cJSON_ArrayForEach(item, object)
    {
        static const char *const KEYS[] = {"transaction", "source", "for"};
        size_t key = 0;
        while (key < ARRAY_SIZE(KEYS) && strcmp(item->string, KEYS[key]) != 0)
            key++;
        if (key == ARRAY_SIZE(KEYS))
            return reason_set(why, EINVAL, "unknown key %.40s", item->string);
        if (seen[key])
            return reason_set(why, EINVAL, "%s stands there twice", KEYS[key]);
        seen[key] = true;
        if (key == 1)
            r = take_source(item, COMMANDS[kind].source, ret, why);
        else if (key == 2)
            r = take_time(item, COMMANDS[kind].time, ret, why);
        if (r < 0)
            return r;
    }
    if (COMMANDS[kind].source == MUST_SOURCE && !seen[1])
        return reason_set(why, EINVAL, "%s needs a source", ret->name);
    if (COMMANDS[kind].time && !seen[2])
        return reason_set(why, EINVAL, "%s needs for, such as \"10m\"", ret->name);
    return 0;
}

static int find_kind(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(COMMANDS); i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            return (int)i;
    return -ENOENT;
}

static bool is_allowed(const char *name, const struct strings *allowed)
{
    for (size_t i = 0; i < allowed->n; i++)
        if (strcmp(allowed->item[i], name) == 0)
            return true;
    return false;
}

int command_parse(const char *name, const char *payload, const struct strings *allowed,
                  struct command *ret, struct reason *why)
{
    struct command c = {0};
    snprintf(c.name, sizeof(c.name), "%s", name);
    const char *end = NULL;
    cJSON *object = NULL;
    const cJSON *transaction = NULL;
    int r = 0;
    if (*payload && !(!utf8_fault(payload) && flat(payload) && (object = cJSON_ParseWithOpts(payload, &end, 1)) &&
                      cJSON_IsObject(object)))
        r = reason_set(why, EINVAL, "the payload is not one flat JSON object");
    if (r >= 0 && object && (transaction = cJSON_GetObjectItemCaseSensitive(object, "transaction")))
        r = take_transaction(transaction, &c, why);

    memset(ret, 0, sizeof(*ret));
    memcpy(ret->name, c.name, sizeof(c.name));
    memcpy(ret->transaction, c.transaction, sizeof(c.transaction));

    int kind = find_kind(name);
    if (kind < 0)
        r = reason_set(why, ENOENT, "no such command");
    else if (!is_allowed(name, allowed))
        r = reason_set(why, EPERM, "%s is not in mqtt.commands", c.name);
    else if (r >= 0)
        r = take_members(object, kind, &c, why);
    cJSON_Delete(object);
    if (r < 0)
        return r;
    c.kind = (enum command_kind)kind;
    *ret = c;
    return 0;
}

char *command_answer(const struct command *c, const char *error, const char *event, const char *state)
{
    char *text = NULL;
    cJSON *o = cJSON_CreateObject();
    bool good = o && cJSON_AddStringToObject(o, "schema", "earshot.response/1") &&
                cJSON_AddStringToObject(o, "command", c->name) && cJSON_AddBoolToObject(o, "ok", !error);
    if (good)
        good = error ? cJSON_AddStringToObject(o, "error", error) : cJSON_AddNullToObject(o, "error");
    if (good)
        good = c->transaction[0] ? cJSON_AddStringToObject(o, "transaction", c->transaction)
                                 : cJSON_AddNullToObject(o, "transaction");
    if (good)
        good = event ? cJSON_AddStringToObject(o, "event", event) : cJSON_AddNullToObject(o, "event");
    if (good) {
        cJSON *s = state ? cJSON_Parse(state) : cJSON_CreateNull();
        good = s && cJSON_AddItemToObject(o, "state", s);
        if (!good)
            cJSON_Delete(s);
    }
    if (good)
        text = cJSON_PrintUnformatted(o);
    cJSON_Delete(o);
    return text;
}
