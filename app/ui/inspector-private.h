#pragma once

#include <gtk/gtk.h>

#include "app/ui/session.h"

G_BEGIN_DECLS

/* What the inspector shows of each kind of subject: boxes of groups, made anew for each subject. */

GtkWidget *hr_inspector_new_table_panel   (HrSession *session, const HrTable *table);
GtkWidget *hr_inspector_new_entity_panel  (HrSession *session, const HrTable *table, const HrEntity *entity);
GtkWidget *hr_inspector_new_index_panel   (HrSession *session, const HrTable *table, const HrIndex *index);
/** NULL when the item is gone. */
GtkWidget *hr_inspector_new_item_panel    (HrSession *session, const HrTable *table, const HrValue *key);
GtkWidget *hr_inspector_new_pattern_panel (HrSession *session, const HrPattern *pattern);

/* Rows for them. */
GtkWidget *hr_inspector_add_group (GtkWidget *panel, const char *title);
/** Title at the start, value at the end; a long value goes below. */
GtkWidget *hr_inspector_add_row   (GtkWidget *group, const char *title, const char *value);
/** @name and @op (nullable) in front of a template. */
void       hr_inspector_add_template_row (GtkWidget *group, const char *name, const char *op, const char *text);

G_END_DECLS
