/* How well an ear hears: level, clipping, DC offset, flat line, bandwidth, and
 * the health state that follows, with hysteresis.
 *
 * Pure: fed by the front with every block, told by capture of opening, loss and
 * end. No clock of its own: time is what the caller says. One thread. */
#ifndef AUDIO_EAR_H
#define AUDIO_EAR_H

#include "config/base.h"

enum ear_state { EAR_STARTING, EAR_ONLINE, EAR_OFFLINE, EAR_SILENT, EAR_FLAT, EAR_CLIPPING, EAR_STATES };

struct ear {
    enum ear_state state;
    const char *reason; /* NULL, or one word of the contract: "digital_silence" … ; static storage */
    int64_t since_ns;   /* boot time of the last change */
    double dbfs;        /* level of the last second; -INFINITY for digital silence */
    double clipping;    /* share of the last second's samples at full scale, 0..1 */
    double dc;          /* mean of the last second */
    double bandwidth_hz; /* highest frequency with energy; 0 unknown */
    /* private from here */
    double acc_sq, acc_sum, acc_clip, acc_diff;
    float last_sample;
    uint32_t acc_n;
    enum ear_state candidate;
    const char *candidate_reason;
    int64_t candidate_ns;
};

void ear_init(struct ear *e, int64_t now_ns);

/* Samples arrived. True when state, reason changed. */
bool ear_feed(struct ear *e, const float *samples, size_t n, int64_t now_ns);

/* The source opened, was lost or could not be opened: reason is one word of the
 * contract in static storage. True when state or reason changed. */
bool ear_lost(struct ear *e, const char *reason, int64_t now_ns);

/* "online", "offline" …, as in the contract. */
const char *ear_state_name(enum ear_state s);

/* Level of a block in dBFS, -INFINITY for zeros: 10 log10(mean(x²)). */
double ear_dbfs(const float *samples, size_t n);

#endif
