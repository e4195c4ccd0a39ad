#include "daemon/tool/convert.h"

#include <sysexits.h>

static int all_clips(struct sound *in, struct rows *out, convert_clip *clip, void *context)
{
    const char *name;
    struct reason why;
    int err, code = EX_OK;
    while ((err = sound_next(in, &name, &why)) != 0) {
        if (err > 0)
            err = clip(context, in, out, &why);
        if (err < 0) {
            tool_complain_of(name, &why);
            code = code == EX_OK || code == tool_exit(err) ? tool_exit(err) : EX_DATAERR;
        }
        if (rows_end_clip(out, name) < 0 || sound_broken(in))
            break;
    }
    return code;
}

int convert_run(const struct tool_args *args, enum rows_type type, int width, convert_clip *clip,
                void *context)
{
    bool packed = args->value[OPT_PACKED] != NULL;
    struct sound_params sp = {args->word, args->n_words, args->value[OPT_LIST], packed};
    struct rows_params rp = {
        .format = args->value[OPT_NPY] ? ROWS_NPY : packed ? ROWS_PACKED : ROWS_TSV,
        .type = type,
        .width = width,
        .path = args->value[OPT_OUT],
        .index = args->value[OPT_INDEX],
    };
    struct reason why;
    struct sound *in = NULL;
    struct rows *out = NULL;
    int err = sound_open(&sp, &in, &why);
    if (err >= 0)
        err = rows_open(&rp, &out, &why);
    if (err < 0) {
        tool_complain("%s", why.text);
        sound_close(in);
        return tool_exit(err);
    }
    int code = all_clips(in, out, clip, context);
    err = rows_close(out, &why);
    if (err < 0 && err != -EPIPE) {
        tool_complain("%s", why.text);
        code = EX_IOERR;
    }
    sound_close(in);
    return code;
}
