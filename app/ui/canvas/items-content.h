#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

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

/** The content of a drag in this program, or NULL: something else is dragged, or somebody else does it. Borrowed. */
HrItemsContent     *hr_items_content_get_dragged (GdkDrop *drop);
/** Whether it is about the items of this session. */
gboolean            hr_items_content_is_of       (HrItemsContent *self, HrSession *session);
/** "3 items"; g_free() */
char               *hr_items_content_describe    (HrItemsContent *self);
/** Whether it is something to be pasted: items of another window, or text of another program that names no file. */
gboolean            hr_items_content_can_paste   (GdkDrop *drop, HrSession *session);
/** What can be pasted can be dropped on @widget. */
void                hr_items_content_add_drop    (GtkWidget *widget, HrSession *session);

G_END_DECLS
