/* How well an ear hears: level, clipping, DC offset, flat line, bandwidth, and
 * the health state that follows, with hysteresis.
 *
 * Pure: fed by the front with every block, told by it of opening, loss and end.
 * No clock of its own: time is what the caller says. One thread. Figures are
 * renewed with every full second of samples; an ear that is offline has none: silence, 0. */
#ifndef AUDIO_EAR_H
#define AUDIO_EAR_H

#include "config/base.h"

enum ear_state {
    EAR_STARTING,
    EAR_ONLINE,
    EAR_OFFLINE,
    EAR_SILENT,
    EAR_FLAT,
    EAR_CLIPPING,
    EAR_STATES
};

enum {
    EAR_PROBES = 14,          /* frequencies watched: 1,000 to 7,500 Hz in steps of 500 */
    EAR_BANDWIDTH_MEMORY = 8, /* seconds with sound that the bandwidth looks back */
};

struct ear {
    enum ear_state state;
    const char *reason;  /* NULL, or one word of the contract, static storage: "digital_silence",
                            "flat_line", "dc_offset" (also while online), "clipping", or
                            what ear_lost was told */
    int64_t since_ns;    /* boot time of the last change of state or reason */
    double dbfs;         /* level of the last second without DC; -INFINITY for digital silence */
    double clipping;     /* share of the last second's samples at full scale, 0..1 */
    double dc;           /* mean of the last second */
    double bandwidth_hz; /* highest frequency with energy of late; 0 unknown */
    /* private from here */
    struct ear_second {
        double sum, sum_sq;
        uint32_t n, clipped, moved; /* moved: samples that differ from the one before */
        double probe[EAR_PROBES];   /* sum of power over the frames */
    } acc;
    float frame[320]; /* being filled, for the filters */
    int frame_n;
    float last_sample;
    uint16_t heard_hz[EAR_BANDWIDTH_MEMORY];
    uint32_t n_heard;
    enum ear_state candidate;
    const char *candidate_reason;
    int candidate_s; /* seconds of sound that spoke for the candidate */
    int64_t lost_ns; /* boot time since when nothing comes; 0: something comes */
};

void ear_init(struct ear *e, int64_t now_ns);

/* Samples arrived; n may be anything. True when state or reason changed. */
bool ear_feed(struct ear *e, const float *samples, size_t n, int64_t now_ns);

/* Nothing comes: the source could not be opened or was lost. reason is one word of
 * the contract in static storage. Called when that happens and then at least once a
 * second until samples come again: a loss of under 2 s does not show, except before
 * the first sound. True when state or reason changed. */
bool ear_lost(struct ear *e, const char *reason, int64_t now_ns);

/* "online", "offline" …, as in the contract. */
const char *ear_state_name(enum ear_state s);

/* Level of a block in dBFS, -INFINITY for zeros: 10 log10(mean(x²)). */
double ear_dbfs(const float *samples, size_t n);

#endif
