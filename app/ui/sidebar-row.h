#pragma once

#include <gtk/gtk.h>

#include "app/ui/session.h"

G_BEGIN_DECLS

/** HrSidebarRow: one thing of the model in the sidebar: a mark, a name, and a badge with its latest figure. */
#define HR_TYPE_SIDEBAR_ROW (hr_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (HrSidebarRow, hr_sidebar_row, HR, SIDEBAR_ROW, GtkListBoxRow)

/** @subject says what @name is; @table: it belongs to, or NULL; @entity: number of an entity in its table. */
GtkWidget  *hr_sidebar_row_new         (HrSubject subject, const char *table, const char *name, guint entity);
HrSubject   hr_sidebar_row_get_subject (HrSidebarRow *self);
const char *hr_sidebar_row_get_table   (HrSidebarRow *self);
/** Of a pattern: its id. */
const char *hr_sidebar_row_get_name    (HrSidebarRow *self);
void        hr_sidebar_row_set_title   (HrSidebarRow *self, const char *title);
void        hr_sidebar_row_set_section (HrSidebarRow *self, const char *title); /* static */
const char *hr_sidebar_row_get_section (HrSidebarRow *self);

typedef enum
{
  HR_BADGE_NORMAL,
  HR_BADGE_STALE,   /* the model has changed since */
  HR_BADGE_WARNING, /* with a sign */
} HrBadge;

/** @description: (nullable): the figure in words, for assistive tools and the tooltip. */
void        hr_sidebar_row_set_badge   (HrSidebarRow *self, HrBadge badge, const char *text, const char *description);

G_END_DECLS
