#pragma once

#include <gtk/gtk.h>

#include "model/schema/model.h"

G_BEGIN_DECLS

/**
 * HrTemplateEntry: a key template to be written: `MSG#{message_group_uuid}`.
 *
 * Variables look like chips; typing `{` offers the attributes and key parts there are; Backspace behind a chip selects
 * it, and again deletes it. What is copied is the plain text. A GtkEditable.
 *
 * Signals: "changed" as of any editable; "done" (gboolean entered) when Enter was pressed or the focus has left.
 */
#define HR_TYPE_TEMPLATE_ENTRY (hr_template_entry_get_type ())
G_DECLARE_FINAL_TYPE (HrTemplateEntry, hr_template_entry, HR, TEMPLATE_ENTRY, GtkWidget)

GtkWidget *hr_template_entry_new (void);
/** Whose attributes and key parts are offered. Copied. */
void       hr_template_entry_set_entity (HrTemplateEntry *self, const HrEntity *entity);
/** Somebody is done, as with Enter. */
void       hr_template_entry_finish     (HrTemplateEntry *self);

G_END_DECLS
