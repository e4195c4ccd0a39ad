/* earshot features: samples to MFCC rows, by the daemon's own audio/mfcc. The
 * training pipeline calls it, so that a model learns from the numbers that it
 * will hear later. */
#include <string.h>
#include <sysexits.h>

#include "audio/mfcc.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/rows.h"
#include "daemon/tool/sound.h"

enum { OPT_NPY, OPT_OUT, OPT_LIST, OPT_INDEX, OPT_PACKED };

enum { CHUNK = 1600 }; /* samples */

/* One clip through a fresh stream. */
static int features_of_clip(struct sound *in, struct mfcc *m, struct rows *out, struct reason *why)
{
    float samples[CHUNK], frames[16][MFCC_COEFS];
    ssize_t n;
    mfcc_reset(m);
    while ((n = sound_read(in, samples, CHUNK, why)) > 0) {
        size_t at = 0, taken;
        int made;
        do {
            made = mfcc_feed(m, samples + at, (size_t)n - at, &taken, &frames[0][0], 16);
            at += taken;
            if (rows_add(out, frames, (size_t)made) < 0)
                return 0; /* rows_close() tells */
        } while (at < (size_t)n || made > 0);
    }
    return (int)n;
}

static int all_clips(struct sound *in, struct mfcc *m, struct rows *out)
{
    const char *name;
    struct reason why;
    int n, code = EX_OK;
    while ((n = sound_next(in, &name, &why)) != 0) {
        if (n > 0)
            n = features_of_clip(in, m, out, &why);
        if (n < 0) {
            tool_complain("%s: %s", name, why.text);
            code = code == EX_OK ? tool_exit(n) : EX_DATAERR;
        }
        if (rows_end_clip(out, name) < 0)
            break;
    }
    return code;
}

static int run(const struct tool_args *args)
{
    struct sound_params sp = {args->word, args->n_words, args->value[OPT_LIST],
                              args->value[OPT_PACKED] != NULL};
    struct rows_params rp = {
        .format = sp.packed ? ROWS_PACKED : args->value[OPT_NPY] ? ROWS_NPY : ROWS_TSV,
        .type = ROWS_F32,
        .width = MFCC_COEFS,
        .path = args->value[OPT_OUT],
        .index = args->value[OPT_INDEX],
    };
    if (sp.packed && args->value[OPT_NPY])
        rp.format = ROWS_NPY;
    struct reason why;
    struct sound *in = NULL;
    struct rows *out = NULL;
    struct mfcc *m = NULL;
    int err = sound_open(&sp, &in, &why);
    if (err >= 0)
        err = rows_open(&rp, &out, &why);
    if (err >= 0 && (err = mfcc_new(&m)) < 0)
        reason_set(&why, ENOMEM, "out of memory");
    int code = err < 0 ? tool_exit(err) : all_clips(in, m, out);
    int closed = rows_close(out, err < 0 ? NULL : &why);
    if (closed < 0 && closed != -EPIPE)
        code = EX_IOERR;
    if (err < 0 || code == EX_IOERR)
        tool_complain("features: %s", why.text);
    mfcc_free(m);
    sound_close(in);
    return code;
}

const struct tool_command features_command = {
    .name = "features",
    .synopsis = "[--npy] [--out FILE] RECORDING… | --list FILE | --packed",
    .summary = "MFCC rows of recordings, as text or .npy",
    .about = "Prints the 16 coefficients of every 10 ms of each recording, one row a line.\n"
             "Several recordings follow one another; --index says which rows are whose.\n"
             "A recording `-` is raw s16le at 16 kHz, mono, on standard input.\n",
    .example = "example: earshot features --npy --out rows.npy --index rows.tsv --list files.txt\n",
    .option =
        {
            [OPT_NPY] = {"npy", NULL, "a NumPy array (rows, 16) of float32"},
            [OPT_OUT] = {"out", "FILE", "write there, not to standard output"},
            [OPT_LIST] = {"list", "FILE", "recordings named in a file, one a line"},
            [OPT_INDEX] = {"index", "FILE", "write a line a recording: first row, rows, name"},
            [OPT_PACKED] = {"packed", NULL,
                            "clips on standard input: a uint32 number of samples, then\n"
                            "those in s16le; answers each with a uint32 number of rows\n"
                            "and the rows"},
        },
    .run = run,
};
