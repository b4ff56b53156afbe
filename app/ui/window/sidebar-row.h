#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

typedef enum
{
  HR_BADGE_NORMAL,
  HR_BADGE_STALE,   /* the model has changed since */
  HR_BADGE_WARNING, /* with a sign */
} HrBadge;

/** HrSidebarEntry: one thing of the model, as the sidebar lists it: what it is stays, the figure beside it changes. */
#define HR_TYPE_SIDEBAR_ENTRY (hr_sidebar_entry_get_type ())
G_DECLARE_FINAL_TYPE (HrSidebarEntry, hr_sidebar_entry, HR, SIDEBAR_ENTRY, GObject)

struct _HrSidebarEntry
{
  GObject parent_instance;

  HrSubject subject;
  char *table;         /* it belongs to, or NULL */
  char *name;          /* of a pattern: its id */
  char *title;
  guint number;        /* of an entity in its table */
  const char *heading; /* static: of those that begin here, or NULL */

  /* the figure: its text, and the same in words for assistive tools and the tooltip */
  HrBadge badge;
  char *badge_text;
  char *badge_words;
};

/** @title: NULL: the same as @name. */
HrSidebarEntry *hr_sidebar_entry_new       (HrSubject subject, const char *table, const char *name, const char *title,
                                            guint number, const char *heading);
void            hr_sidebar_entry_set_badge (HrSidebarEntry *self, HrBadge badge, const char *text, const char *words);
/** The latest figure of what @self is, as its badge. */
void            hr_sidebar_entry_update    (HrSidebarEntry *self, HrSession *session);
/** Whatever the figures are. */
gboolean        hr_sidebar_entry_is_same   (gconstpointer a, gconstpointer b);

/** HrSidebarRow: shows one of them, and another one later: its heading, a mark, the title and the badge. */
#define HR_TYPE_SIDEBAR_ROW (hr_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (HrSidebarRow, hr_sidebar_row, HR, SIDEBAR_ROW, GtkWidget)

GtkWidget      *hr_sidebar_row_new        (void);
void            hr_sidebar_row_set_entry  (HrSidebarRow *self, HrSidebarEntry *entry);
/** NULL: none so far. */
HrSidebarEntry *hr_sidebar_row_get_entry  (HrSidebarRow *self);
/** The entry has another figure. The widget around the row, which has the focus, says it, too. */
void            hr_sidebar_row_show_badge (HrSidebarRow *self);
/** Without the heading. */
GtkWidget      *hr_sidebar_row_get_line   (HrSidebarRow *self);

G_END_DECLS
