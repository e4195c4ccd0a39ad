/* The subcommands, each defined in the file of its name. Only earshot.c, which
 * owns the table of them, and those files include this. */
#ifndef DAEMON_TOOL_COMMANDS_H
#define DAEMON_TOOL_COMMANDS_H

#include "daemon/tool/tool.h"

extern const struct tool_command scan_command;
extern const struct tool_command monitor_command;
extern const struct tool_command features_command;
extern const struct tool_command tokens_command;
extern const struct tool_command infer_command;
extern const struct tool_command model_command;
extern const struct tool_command bench_command;
extern const struct tool_command devices_command;
extern const struct tool_command config_command;
extern const struct tool_command events_command;
extern const struct tool_command test_alarm_command;
extern const struct tool_command why_command;
extern const struct tool_command calibrate_command;
extern const struct tool_command doctor_command;

#endif
