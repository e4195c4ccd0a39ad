/* Each second of samples gives a set of figures and with them an opinion, a pair of
 * state and reason. An opinion becomes the state when enough seconds in a row
 * hold it; how many depends on where to and where from, so a door that slams does not
 * make a clipping ear, and a quiet moment between two words no silent one.
 *
 * Bandwidth: Goertzel filters at 1.0, 1.5 … 7.5 kHz over frames of 20 ms under a Hann
 * window (which leaks by the third power of the distance; without one, a loud voice
 * at 200 Hz would be heard at 7 kHz). Their power, summed over a second, is the level
 * of slots about 75 Hz wide. The highest slot that lies over the noise of 16 bits
 * and not more than 60 dB under the loudest is the bandwidth of that second, and the
 * highest of the last eight seconds with sound is told: speech has its s and t only
 * now and then. It tells a telephone or an 8 kHz camera from a good microphone, not
 * more. */
#include "audio/ear.h"

#include <math.h>
#include <string.h>

enum {
    RATE = 16000,
    FRAME = 320, /* samples of a Goertzel frame */
    PROBE_FIRST_HZ = 1000,
    PROBE_STEP_HZ = 500,
    FLAT_MOVES = 16, /* samples of a second that may differ from the one before on a flat line */
};

static const double SILENT_DBFS = -90;     /* quieter than the noise of any 16-bit converter */
static const double SOUND_DBFS = -60;      /* louder seconds say something about bandwidth */
static const double CLIPPING_SHARE = 0.01; /* of a second's samples: clipping; left under a tenth */
static const double DC_LIMIT = 0.1;
static const float FULL_SCALE = 0.999f;
static const double SLOT_FLOOR = 1e-10; /* power of a slot: -100 dBFS */
static const double SLOT_RATIO = 1e-6;  /* to the loudest slot */
static const int64_t LOST_NS = 2000000000;

struct opinion {
    enum ear_state state;
    const char *reason;
};

static const char *const state_names[EAR_STATES] = {
    [EAR_STARTING] = "starting", [EAR_ONLINE] = "online", [EAR_OFFLINE] = "offline",
    [EAR_SILENT] = "silent",     [EAR_FLAT] = "flat",     [EAR_CLIPPING] = "clipping",
};

const char *ear_state_name(enum ear_state s)
{
    return (unsigned)s < EAR_STATES ? state_names[s] : "unknown";
}

double ear_dbfs(const float *samples, size_t n)
{
    double sq = 0;
    for (size_t i = 0; i < n; i++)
        sq += (double)samples[i] * samples[i];
    return sq > 0 ? 10 * log10(sq / (double)n) : -INFINITY;
}

void ear_init(struct ear *e, int64_t now_ns)
{
    *e = (struct ear){
        .state = EAR_STARTING, .candidate = EAR_STARTING, .since_ns = now_ns, .dbfs = -INFINITY};
}

/* Seconds in a row that an opinion needs against the present state. */
static int needed_s(enum ear_state from, enum ear_state to)
{
    switch (to) {
    case EAR_SILENT:
        return 10;
    case EAR_FLAT:
        return 5;
    case EAR_CLIPPING:
        return 3;
    case EAR_ONLINE:
        return from == EAR_CLIPPING ? 10 : from == EAR_SILENT || from == EAR_FLAT ? 2 : 1;
    default:
        return 1;
    }
}

static bool change(struct ear *e, struct opinion o, int64_t now_ns)
{
    e->candidate_s = 0;
    if (e->state == o.state && e->reason == o.reason)
        return false;
    e->state = o.state;
    e->reason = o.reason;
    e->since_ns = now_ns;
    return true;
}

static struct opinion opinion_of(const struct ear *e)
{
    double clipped = e->state == EAR_CLIPPING ? CLIPPING_SHARE / 10 : CLIPPING_SHARE;
    if (e->acc.moved <= FLAT_MOVES && fabs(e->dc) > 1e-4)
        return (struct opinion){EAR_FLAT, fabs(e->dc) > DC_LIMIT ? "dc_offset" : "flat_line"};
    if (e->dbfs < SILENT_DBFS)
        return (struct opinion){EAR_SILENT, "digital_silence"};
    if (e->clipping > clipped)
        return (struct opinion){EAR_CLIPPING, "clipping"};
    return (struct opinion){EAR_ONLINE, fabs(e->dc) > DC_LIMIT ? "dc_offset" : NULL};
}

static void note_bandwidth(struct ear *e)
{
    double loudest = 0;
    for (int i = 0; i < EAR_PROBES; i++)
        loudest = fmax(loudest, e->acc.probe[i]);
    /* under a Hann window a sine of power P makes P × FRAME² / 8 in its slot a frame */
    double scale = (double)FRAME * FRAME / 8 * (RATE / FRAME);
    double floor = fmax(SLOT_FLOOR * scale, SLOT_RATIO * loudest);
    uint16_t hz = 0;
    for (int i = 0; i < EAR_PROBES; i++)
        if (e->acc.probe[i] > floor)
            hz = (uint16_t)(PROBE_FIRST_HZ + i * PROBE_STEP_HZ);
    e->heard_hz[e->n_heard++ % EAR_BANDWIDTH_MEMORY] = hz;
    uint16_t best = 0;
    for (int i = 0; i < EAR_BANDWIDTH_MEMORY; i++)
        if (e->heard_hz[i] > best)
            best = e->heard_hz[i];
    e->bandwidth_hz = best;
}

/* A second is full: its figures, and what they say about the ear. */
static bool second_done(struct ear *e, int64_t now_ns)
{
    double n = e->acc.n;
    e->dc = e->acc.sum / n;
    double power = e->acc.sum_sq / n - e->dc * e->dc;
    bool moves = e->acc.moved > 0; /* without this, rounding of a constant sounds at -160 dBFS */
    e->dbfs = power > 0 && moves ? 10 * log10(power) : -INFINITY;
    e->clipping = e->acc.clipped / n;
    if (e->dbfs > SOUND_DBFS)
        note_bandwidth(e);
    struct opinion o = opinion_of(e);
    memset(&e->acc, 0, sizeof(e->acc));
    if (o.state == e->state && o.reason == e->reason) {
        e->candidate_s = 0;
        return false;
    }
    if (o.state != e->candidate || o.reason != e->candidate_reason) {
        e->candidate = o.state;
        e->candidate_reason = o.reason;
        e->candidate_s = 0;
    }
    return ++e->candidate_s >= needed_s(e->state, o.state) && change(e, o, now_ns);
}

/* A frame of 20 ms is full: the power of each slot, by Goertzel's recursion. */
static void frame_done(struct ear *e)
{
    for (int i = 0; i < FRAME; i++)
        e->frame[i] *= 0.5f - 0.5f * cosf((float)(2 * M_PI / FRAME) * (float)i);
    for (int p = 0; p < EAR_PROBES; p++) {
        double c = 2 * cos(2 * M_PI * (PROBE_FIRST_HZ + p * PROBE_STEP_HZ) / RATE), s1 = 0, s2 = 0;
        for (int i = 0; i < FRAME; i++) {
            double s0 = (double)e->frame[i] + c * s1 - s2;
            s2 = s1;
            s1 = s0;
        }
        e->acc.probe[p] += s1 * s1 + s2 * s2 - c * s1 * s2;
    }
    e->frame_n = 0;
}

bool ear_feed(struct ear *e, const float *samples, size_t n, int64_t now_ns)
{
    bool changed = false;
    struct ear_second *a = &e->acc;
    if (n > 0)
        e->lost_ns = 0;
    for (size_t i = 0; i < n; i++) {
        float x = samples[i];
        a->sum += (double)x;
        a->sum_sq += (double)x * x;
        a->clipped += fabsf(x) >= FULL_SCALE;
        a->moved += x != e->last_sample;
        e->last_sample = x;
        e->frame[e->frame_n] = x;
        if (++e->frame_n == FRAME)
            frame_done(e);
        if (++a->n == RATE)
            changed |= second_done(e, now_ns);
    }
    return changed;
}

/* A second is not made of two ends, and the level of what is gone is nobody's. */
static void forget(struct ear *e)
{
    memset(&e->acc, 0, sizeof(e->acc));
    memset(e->heard_hz, 0, sizeof(e->heard_hz));
    e->n_heard = 0;
    e->frame_n = 0;
    e->dbfs = -INFINITY;
    e->clipping = e->dc = e->bandwidth_hz = 0;
}

bool ear_lost(struct ear *e, const char *reason, int64_t now_ns)
{
    if (!e->lost_ns)
        e->lost_ns = now_ns;
    if (e->state != EAR_STARTING && e->state != EAR_OFFLINE && now_ns - e->lost_ns < LOST_NS)
        return false;
    forget(e);
    return change(e, (struct opinion){EAR_OFFLINE, reason}, now_ns);
}
