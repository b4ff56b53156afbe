#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/**
 * HrDesignList: the entities of a table, or the patterns of a model, when there are more than fit cards: a line each,
 * and a field above that says which. Selecting one selects it in the session.
 */
#define HR_TYPE_DESIGN_LIST (hr_design_list_get_type ())
G_DECLARE_FINAL_TYPE (HrDesignList, hr_design_list, HR, DESIGN_LIST, GtkWidget)

/** @kind: HR_TARGET_ENTITY or HR_TARGET_PATTERN */
GtkWidget *hr_design_list_new           (HrSession *session, HrTargetKind kind);
/** @serving: as hr_table_list_serving() tells */
void       hr_design_list_show_entities (HrDesignList *self, const HrTable *table, const GPtrArray *serving);
/** To be called again when costs are others. */
void       hr_design_list_show_patterns (HrDesignList *self, const HrModel *model);
/** Marks the one of this name, or of this letter; NULL: none. */
void       hr_design_list_select        (HrDesignList *self, const char *name);

G_END_DECLS
