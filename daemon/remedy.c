#include "daemon/remedy.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "config/base.h"

/* systemd 252 copies them once: neither a reload nor a new connection sees another one. */
#define CREDENTIAL " A credential that was changed since takes `systemctl restart earshotd`"
#define CAMERA_LOGIN "are username and the file password_file those of the camera?"
#define BROKER_LOGIN "are mqtt.username and the file mqtt.password_file what the broker has? (mosquitto: " \
                     "`mosquitto_passwd FILE NAME`)"

const char *remedy_source(const char *kind, const char *reason, bool credential)
{
    static const struct {
        const char *reason, *remedy, *of_credential;
        bool network; /* only of what comes over one: what is said of a camera misleads elsewhere */
    } known[] = {
        {"no_device", "`earshot devices` prints the url of each device that is there"},
        {"unplugged", "plug it in again; `earshot devices` lists what is there"},
        {"busy", "`fuser -v /dev/snd/*` says which program has it"},
        {"forbidden", "a device is for the group audio, a file for whom its rights name; the service sees no home, "
                      "and a sound card whose driver was not loaded at its start takes `systemctl restart earshotd`"},
        {"no_file", "is the path in url right? The service sees no home, and a /tmp of its own"},
        {"refused", "are port and path in url right, and is streaming switched on in the camera?", .network = true},
        {"unreachable", "is the host in url right, and does this box reach it? Try `ping`", .network = true},
        {"unauthorized", CAMERA_LOGIN, CAMERA_LOGIN CREDENTIAL, true},
        {"timeout", "is the camera on, has the stream sound, and is the path in url right?", .network = true},
        {"no_audio_track", "switch the microphone on in the camera, or choose a stream with sound", .network = true},
        {"decode_error", "choose another codec in the camera: AAC, Opus, G.711", .network = true},
        {"bad_url", "see url in earshot.yaml(5)"},
        {"failed", "`ffprobe URL` shows what another program makes of it", .network = true},
    };
    bool network = !strcmp(kind, "rtsp") || !strcmp(kind, "http");
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (!strcmp(known[i].reason, reason) && (network || !known[i].network))
            return credential && known[i].of_credential ? known[i].of_credential : known[i].remedy;
    return "";
}

const char *remedy_url(const char *kind, const char *reason)
{
    static const struct {
        const char *reason, *remedy;
    } known[] = {
        {"forbidden", "a device is for the group audio, a file for whom its rights name"},
        {"no_file", "is the path right?"},
        {"unauthorized", "is the login in the URL, //USER:PASSWORD@HOST, that of the camera?"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (!strcmp(known[i].reason, reason))
            return known[i].remedy;
    return remedy_source(kind, reason, false);
}

const char *remedy_broker(const char *text, bool credential)
{
    static const struct {
        const char *part, *remedy, *of_credential;
    } known[] = {
        {"messages refused: Not auth", "let this user publish under the node's topics in the broker's access list, "
                                        "then `systemctl reload earshotd`: by itself it tries ever less often"},
        {"the subscription of", "let this user read that topic in the broker's access list"},
        {"speaks no TLS", "does the port speak TLS (mqtt:// without is often 1883, mqtts:// 8883), and does the "
                          "certificate hold the host of mqtt.url (`openssl s_client -connect HOST:PORT` shows its names)?"},
        {"certificate", "is the clock right? The certificate must be valid now and come from mqtt.tls.ca_file, or from "
                        "an authority that this box knows (`openssl s_client -connect HOST:PORT` shows it)"},
        {"TLS", "do mqtt.tls.ca_file and the broker's certificate belong together?"},
        {"user name", BROKER_LOGIN, BROKER_LOGIN CREDENTIAL},
        {"uthori", BROKER_LOGIN, BROKER_LOGIN CREDENTIAL},
        {"LoadCredential=", ""}, /* says it itself */
        {"password file", "is mqtt.password_file the name of a file, or of a credential of the service?"},
        {"protocol version", "the broker is old: write mqtt.version: 3.1.1"},
        {"no answer", "does an MQTT broker listen on this port, and does it speak TLS there or not?"},
        {"not reachable", "are host and port in mqtt.url right, and does the broker run? `earshot doctor` tries each step"},
        {"refused", "the broker's own log says why"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (strstr(text, known[i].part))
            return credential && known[i].of_credential ? known[i].of_credential : known[i].remedy;
    return "";
}

void remedy_options(const char *text, bool named, char ret[REMEDY_SIZE])
{
    static const struct {
        const char *setting, *option;
    } known[] = {
        {"mqtt.username and the file mqtt.password_file", "--username and --password-file"},
        {"mqtt.tls.ca_file", "--ca-file"},
        {"mqtt.url", "--broker"},
        {" `earshot doctor` tries each step", ""}, /* of the broker in the settings */
    };
    const char *from = remedy_broker(text, false);
    size_t n = 0;
    if (!named && strstr(text, "not reachable"))
        from = "does a broker run on this box? --broker URL names another one";
    else if (strstr(from, "mqtt.version"))
        from = ""; /* there is no other one to try */
    ret[0] = '\0';
    while (*from && n + 1 < REMEDY_SIZE) {
        const char *put = NULL;
        for (size_t i = 0; i < ARRAY_SIZE(known) && !put; i++)
            if (!strncmp(from, known[i].setting, strlen(known[i].setting))) {
                put = known[i].option;
                from += strlen(known[i].setting);
            }
        n += (size_t)snprintf(ret + n, REMEDY_SIZE - n, "%.*s", put ? INT_MAX : 1, put ? put : from++);
    }
}

const char *remedy_store(const char *text)
{
    if (strstr(text, "full"))
        return "make room on that disk";
    return "may the service write there? Where store.path is not in /var/lib/earshot it needs ReadWritePaths=FOLDER "
           "under [Service] (`systemctl edit earshotd`), and the group audio the right to write: earshotd(8)";
}

const char remedy_sandbox[] = "the service opens less than root: no home, a /tmp of its own, no device but sound cards, and what "
                              "the group audio or everybody may read: earshotd(8); it tries again every half minute";
