/* earshot tokens: samples to token ids, by the codebooks of a model file. */
#include <stdlib.h>
#include <sysexits.h>

#include "audio/mfcc.h"
#include "daemon/tool/commands.h"
#include "daemon/tool/convert.h"
#include "infer/model.h"

enum { OPT_MODEL = CONVERT_OPTIONS };
enum { CHUNK = 1600, FRAMES = CHUNK / MFCC_HOP + 2 };

struct chain {
    struct mfcc *mfcc;
    struct tokenizer *tokenizer;
};

static int clip_tokens(void *context, struct sound *in, struct rows *out, struct reason *why)
{
    struct chain *c = context;
    float samples[CHUNK], frames[FRAMES][MFCC_COEFS];
    uint16_t ids[TOKENIZER_MAX_CODEBOOKS];
    ssize_t n;
    mfcc_reset(c->mfcc);
    tokenizer_reset(c->tokenizer);
    while ((n = sound_read(in, samples, CHUNK, why)) > 0) {
        size_t taken;
        for (size_t at = 0; at < (size_t)n; at += taken) {
            int made =
                mfcc_feed(c->mfcc, samples + at, (size_t)n - at, &taken, &frames[0][0], FRAMES);
            for (int f = 0; f < made; f++)
                if (tokenizer_feed(c->tokenizer, frames[f], ids))
                    rows_add(out, ids, 1);
        }
    }
    return (int)n;
}

static int run(const struct tool_args *args)
{
    const struct model *model;
    struct chain c = {0};
    int code = tool_model(args->value[OPT_MODEL], NULL, &model);
    if (code != EX_OK)
        return code;
    if (mfcc_new(&c.mfcc) < 0 || tokenizer_new(&model->books, &c.tokenizer) < 0) {
        tool_complain("out of memory");
        code = EX_OSERR;
    } else {
        code = convert_run(args, ROWS_U16, model->books.n, clip_tokens, &c);
    }
    tokenizer_free(c.tokenizer);
    mfcc_free(c.mfcc);
    model_close(model);
    return code;
}

const struct tool_command tokens_command = {
    .name = "tokens",
    .synopsis = "[OPTION…] RECORDING… | --list FILE | --packed",
    .summary = "token ids of recordings, as text or .npy",
    .about = "Prints the ids of every token of each recording, one token a line: what the\n"
             "encoder is given. Several recordings follow one another; --index says which\n"
             "rows are whose. A recording `-` is WAV or raw s16le, 16 kHz, mono, on standard\n"
             "input.\n",
    .example = "example: earshot tokens --model hostile-en.gguf porch.wav | head\n",
    .option =
        {
            CONVERT_OPTION_ROWS,
            [OPT_MODEL] = {"model", "FILE", "take the codebooks from there, not from the shipped one"},
        },
    .run = run,
};
