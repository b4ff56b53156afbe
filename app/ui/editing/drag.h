#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"
#include "model/schema/target.h"

G_BEGIN_DECLS

/*
 * Definitions that are dragged, and what becomes of them where they are dropped: a definition among its like is put
 * there, an attribute on a key template is used in it, an attribute on the table becomes the key of an index, and a
 * pattern on which an entity is dropped asks for its items. What is dragged says what would happen, and the target has
 * a line in the accent colour. Everything has a way without a
 * pointer: Alt+Up and Alt+Down here, menus elsewhere.
 */

void hr_drag_add_source (GtkWidget *widget, const HrTarget *target);
/** Takes what suits @target: TEMPLATE, TABLE (for its indexes), or any definition for its like. */
void hr_drag_add_drop   (GtkWidget *widget, const HrTarget *target);
/** Both, and the keys. Once more: a widget that is used again for another target, or NULL: for none. */
void hr_drag_make_movable (GtkWidget *widget, const HrTarget *target);

/** What dropping would do, translated, for a narrow place; NULL: nothing. g_free(). */
char *hr_drag_describe (const HrTarget *dragged, const HrTarget *onto);
/** Does it, as one undo step. @after: behind @onto, among its like. FALSE with @error. */
gboolean hr_session_drop (HrSession *session, const HrTarget *dragged, const HrTarget *onto, gboolean after,
                          GError **error);

/** What can be done by dragging @dragged, an attribute, as a menu. */
GMenuModel *hr_drag_new_menu (HrSession *session, const HrTarget *dragged);
/** The menu of an entity, with the patterns on which it can be dropped. */
GMenuModel *hr_drag_new_entity_menu (HrSession *session, const HrTarget *entity);

/** The parameter of the action win.drop: dragged, onto, after. */
#define HR_DROP_VARIANT "((ismss)(ismss)b)"

G_END_DECLS
