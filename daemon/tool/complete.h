/* What a shell completes after `earshot`, made from the table of subcommands. Run by the
 * build: `earshot --completion bash`. One thread. */
#ifndef DAEMON_TOOL_COMPLETE_H
#define DAEMON_TOOL_COMPLETE_H

#include "daemon/tool/tool.h"

/* To standard output; commands end in a NULL. shell "bash" or "zsh"; else -EINVAL. */
int complete_print(const char *shell, const struct tool_command *const *commands);

#endif
