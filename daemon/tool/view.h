/* What `earshot monitor` shows, on a terminal of 80 by 24 or as lines.
 *
 *   earshot monitor   mqtt://localhost            connected           21:04:31
 *
 *   SOURCE       STATE    LEVEL                  dBFS  HOT  NEAR  HIGHEST
 *   porch        online   #########-----------  -31.2  ON      3  threat 0.93
 *      threat 0.93  abuse 0.22  hate 0.01  order 0.04  aggressive_vo 0.61
 *   …
 *   21:04:12  porch  start  threat 0.93
 *
 * The line of scores gives way when there are many sources, old events when there are more
 * lines than the screen has; of the sources behind the twelfth only their number is told. With
 * several nodes NODE/SOURCE stands where SOURCE does, and the bar is shorter. NEAR: near misses so far.
 *
 * One thread. Names, labels and sentences come from others and are made harmless here. */
#ifndef DAEMON_TOOL_VIEW_H
#define DAEMON_TOOL_VIEW_H

#include "config/reason.h"

enum { VIEW_SOURCES = 128, VIEW_ROWS = 12, VIEW_EVENTS = 8, VIEW_NAME = 65, VIEW_TEXT = 128, VIEW_LABELS = 16 };

struct view_source {
    char node[VIEW_NAME], name[VIEW_NAME];
    char state[24];
    bool hostile;
    double dbfs; /* NAN: not known */
    long near_misses; /* < 0: not known */
    int n_labels; /* 0: view_score() begins anew */
    char label[VIEW_LABELS][64];
    float score[VIEW_LABELS];
};

struct view {
    char title[VIEW_TEXT], status[VIEW_TEXT];
    char node[VIEW_NAME]; /* the first; "": none was told */
    bool several_nodes;
    int n_sources;
    struct view_source source[VIEW_SOURCES];
    char event[VIEW_EVENTS][VIEW_TEXT]; /* the latest last */
    int n_events;
    bool screen; /* draws; else the caller prints lines */
    bool begun;  /* the terminal is ours: what goes to standard error is not seen */
    char last_words[REASON_SIZE]; /* for standard error, once the terminal is given back */
    bool colour;
    bool changed;
};

void view_init(struct view *v, bool screen);
void view_begin(struct view *v); /* takes the terminal, if screen */
void view_done(struct view *v); /* gives the terminal back as it was, the latest events behind it */

/* There is a node of that name. */
void view_node(struct view *v, const char *node);
/* That source of a node, "" without one; a new one at first; NULL when there are too many. */
struct view_source *view_find(struct view *v, const char *node, const char *name);
void view_state(struct view_source *s, const char *state);
void view_score(struct view_source *s, const char *label, float score); /* behind the others, as far as there is room */
/* The URL that is watched, without the user and password that it may hold. */
void view_title(struct view *v, const char *url);
void view_status(struct view *v, const char *text);
void view_event(struct view *v, const char *node, const char *source, const char *what);
void view_draw(struct view *v); /* if screen */

#endif
