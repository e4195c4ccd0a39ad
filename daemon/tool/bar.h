/* A bar on standard error while work is long and a person is watching: nothing at
 * all when it is no terminal, and nothing during the first second. */
#ifndef DAEMON_TOOL_BAR_H
#define DAEMON_TOOL_BAR_H

struct bar;

struct bar *bar_new(int total); /* 0: not known. NULL when nobody watches: fine below */
void bar_done_one(struct bar *p);
/* So much more sound was heard, of one that is not done yet; draws anew, five times a second
 * at most. A single hour moves too: its sound is counted, and how fast it goes. */
void bar_moved(struct bar *p, double seconds_of_sound);
void bar_hide(struct bar *p);  /* before something else is printed */
void bar_free(struct bar *p);

#endif
