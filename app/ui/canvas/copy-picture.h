#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"
#include "model/document/item-text.h"

G_BEGIN_DECLS

/* What is shown of the table, for other programs. Large tables are copied up to a limit, which @note says then
 * (nullable; a translated sentence, g_free()). */

/** The table or index as a picture, with the run that is shown in the Patterns view; @widget: whose fonts. NULL with
 *  @error. */
GdkTexture *hr_session_draw_picture (HrSession *session, GtkWidget *widget, char **note, GError **error);
/** The selected items as a picture of their own. */
GdkTexture *hr_session_draw_selected (HrSession *session, GtkWidget *widget, char **note, GError **error);
/** The items that are shown, as text; g_free(). */
char       *hr_session_dup_rows     (HrSession *session, HrItemFormat format, char **note, GError **error);

G_END_DECLS
