/* What `features` and `tokens` have in common: recordings in, rows out, clip by
 * clip, through a function that turns one clip into rows. */
#ifndef DAEMON_TOOL_CONVERT_H
#define DAEMON_TOOL_CONVERT_H

#include "daemon/tool/rows.h"
#include "daemon/tool/sound.h"
#include "daemon/tool/tool.h"

enum { OPT_NPY, OPT_OUT, OPT_LIST, OPT_INDEX, OPT_PACKED, CONVERT_OPTIONS };

/* The rows of the option list for these. */
#define CONVERT_OPTION_ROWS                                                                        \
    [OPT_NPY] = {"npy", NULL, "a NumPy array of all rows"},                                        \
    [OPT_OUT] = {"out", "FILE", "write there, not to standard output"},                            \
    [OPT_LIST] = {"list", "FILE", "recordings named in a file, one a line"},                       \
    [OPT_INDEX] = {"index", "FILE", "write a line a recording: first row, rows, name"},            \
    [OPT_PACKED] = {"packed", NULL,                                                                \
                    "clips on standard input: a uint32 number of samples, then\n"                  \
                    "those in s16le; answers each with a uint32 number of rows\n"                  \
                    "and the rows"}

/* Reads the clip to its end as a fresh stream and adds its rows. 0, or -errno of
 * the reading; what rows_add() says may be ignored, rows_close() tells it. */
typedef int convert_clip(void *context, struct sound *in, struct rows *out, struct reason *why);

/* Works through everything that args name. An exit code. */
int convert_run(const struct tool_args *args, enum rows_type type, int width, convert_clip *clip,
                void *context);

#endif
