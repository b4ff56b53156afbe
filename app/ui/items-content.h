#pragma once

#include <gtk/gtk.h>

#include "app/ui/session.h"

G_BEGIN_DECLS

/**
 * HrItemsContent: the selected items on their way to somebody else: a picture, JSON, and rows for a spreadsheet.
 *
 * Made when somebody asks for one of them, from what is selected then: it stays so while something is dragged. Text is
 * DynamoDB JSON, which pasting reads without loss.
 */
#define HR_TYPE_ITEMS_CONTENT (hr_items_content_get_type ())
G_DECLARE_FINAL_TYPE (HrItemsContent, hr_items_content, HR, ITEMS_CONTENT, GdkContentProvider)

/** @widget: whose fonts a picture has; borrowed while it is there. */
GdkContentProvider *hr_items_content_new (HrSession *session, GtkWidget *widget);
HrSession          *hr_items_content_get_session (HrItemsContent *self); /* borrowed */

G_END_DECLS
