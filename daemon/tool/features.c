/* earshot features: samples to MFCC rows, by the daemon's own audio/mfcc. The
 * training pipeline calls it, so that a model learns from the numbers that it
 * will hear later. */
#include <sysexits.h>

#include "audio/mfcc.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/convert.h"

enum { CHUNK = 1600, FRAMES = CHUNK / MFCC_HOP + 2 };

static int clip_features(void *context, struct sound *in, struct rows *out, struct reason *why)
{
    struct mfcc *m = context;
    float samples[CHUNK], frames[FRAMES][MFCC_COEFS];
    ssize_t n;
    mfcc_reset(m);
    while ((n = sound_read(in, samples, CHUNK, why)) > 0) {
        size_t taken;
        for (size_t at = 0; at < (size_t)n; at += taken) {
            int made = mfcc_feed(m, samples + at, (size_t)n - at, &taken, &frames[0][0], FRAMES);
            rows_add(out, frames, (size_t)made);
        }
    }
    return (int)n;
}

static int run(const struct tool_args *args)
{
    struct mfcc *m;
    if (mfcc_new(&m) < 0) {
        tool_complain("out of memory");
        return EX_OSERR;
    }
    int code = convert_run(args, ROWS_F32, MFCC_COEFS, clip_features, m);
    mfcc_free(m);
    return code;
}

const struct tool_command features_command = {
    .name = "features",
    .synopsis = "[OPTION…] RECORDING… | --list FILE | --packed",
    .summary = "MFCC rows of recordings, as text or .npy",
    .about = "Prints the 16 coefficients of every 10 ms of each recording, one row a line.\n"
             "Several recordings follow one another; --index says which rows are whose.\n"
             "A recording `-` is WAV or raw s16le, 16 kHz, mono, on standard input.\n",
    .example = "example: earshot features --npy --out rows.npy --index rows.tsv --list files.txt\n",
    .option = {CONVERT_OPTION_ROWS},
    .run = run,
};
