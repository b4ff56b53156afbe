#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/* The cards of the Design view. A click on one selects what it shows in the session. */

/** @serving: the HrPatterns that read or write it. @example: an item of the entity, or NULL. */
GtkWidget *hr_entity_card_new (HrSession *session, const HrTable *table, const HrEntity *entity,
                               const GPtrArray *serving, const HrValue *example);
GtkWidget *hr_index_card_new  (HrSession *session, const HrTable *table, const HrIndex *index);
/** A list of all patterns of the model. Space and a click select one, Enter and a double click go to its view. */
GtkWidget *hr_pattern_list_new (HrSession *session, const HrModel *model);
void       hr_pattern_list_update_costs (GtkWidget *list, HrSession *session, const HrModel *model);
/** Marks the pattern's row as selected; NULL: none. Returns the row when it was not selected before, else NULL. */
GtkWidget *hr_pattern_list_select (GtkWidget *list, const char *id);

G_END_DECLS
