/*
 * What edits definitions from menus, keys and buttons: adding, duplicating, removing, moving, renaming.
 *
 * Each is one call of the model's own functions, which name the undo step and say what to select then. Removing says
 * what went, with a button to undo it, and asks nothing.
 */
#include "app/ui/pieces/toasts.h"
#include "app/ui/window/window-private.h"

#include "app/session/edit-target.h"
#include "app/session/item-actions.h"
#include "app/session/pattern-actions.h"
#include "app/session/words.h"
#include "app/ui/canvas/copy-picture.h"
#include "app/ui/editing/drag.h"
#include "app/ui/editing/fixes.h"
#include "app/ui/editing/move-dialog.h"
#include "model/base/i18n.h"
#include "model/document/edit-definitions.h"
#include "model/document/recipe.h"

static HrDocument *
get_document (HrWindow *self)
{
  return hr_session_get_document (self->session);
}

static const char *
get_table_name (HrWindow *self)
{
  const HrTable *table = hr_session_get_table (self->session);

  return table != NULL ? table->name : NULL;
}

/* Selects what came of it, or says why nothing did. Takes both. */
static void
finish (HrWindow *self, HrTarget *target, GError *error)
{
  if (target != NULL)
    {
      hr_session_select_target (self->session, target);
      hr_window_focus_inspector (self, target);
    }
  else
    hr_toast (GTK_WIDGET (self), error->message);
  g_free (target);
  g_clear_error (&error);
}

static void
show_design (HrWindow *self)
{
  g_object_set (self->session, "view", "design", NULL);
  hr_window_show_inspector (self, TRUE);
}

static void
add_table_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  show_design (self);
  finish (self, hr_document_add_table (get_document (self), NULL, &error), error);
}

/* The first entity of a model without tables brings its table along. */
static gboolean
need_table (HrWindow *self)
{
  GError *error = NULL;
  HrTarget *target;

  if (get_table_name (self) != NULL)
    return TRUE;
  target = hr_document_add_table (get_document (self), NULL, &error);
  if (target != NULL)
    hr_session_select_target (self->session, target);
  else
    hr_toast (GTK_WIDGET (self), error->message);
  g_clear_error (&error);
  g_free (target);
  return get_table_name (self) != NULL;
}

static void
add_entity_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  show_design (self);
  if (need_table (self))
    finish (self, hr_document_add_entity (get_document (self), get_table_name (self), NULL, &error), error);
}

static void
add_recipe_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  show_design (self);
  if (need_table (self))
    finish (self, hr_document_add_recipe (get_document (self), get_table_name (self), g_variant_get_uint32 (parameter),
                                          &error), error);
}

static void
add_index_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  show_design (self);
  if (need_table (self))
    finish (self, hr_document_add_index (get_document (self), get_table_name (self), NULL, HR_INDEX_GLOBAL, NULL, NULL,
                                         &error), error);
}

/* The new index is looked at, and its name is what comes next. */
static void
add_index_by_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  hr_window_show_inspector (self, TRUE);
  finish (self, hr_document_add_index (get_document (self), get_table_name (self), NULL, HR_INDEX_GLOBAL,
                                       g_variant_get_string (parameter, NULL), NULL, &error), error);
}

static void
add_pattern_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  hr_window_show_inspector (self, TRUE);
  if (need_table (self))
    finish (self, hr_document_add_pattern (get_document (self), get_table_name (self), NULL, &error), error);
}

static void
add_attribute (HrWindow *self, const HrTarget *entity)
{
  GError *error = NULL;

  finish (self, hr_document_add_attribute (get_document (self), entity->table, entity->name, NULL, HR_TYPE_S, &error),
          error);
}

static void
add_attribute_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree HrTarget *owner = hr_target_from_variant (parameter);

  add_attribute (HR_WINDOW (widget), owner);
}

static void
add_attribute_to_selected_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *target = hr_session_dup_target (self->session);

  if (target == NULL || target->kind != HR_TARGET_ENTITY)
    {
      hr_toast (widget, _("Select an entity first: an attribute belongs to one."));
      return;
    }
  show_design (self);
  add_attribute (self, target);
}

static void
add_key_part_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *owner = hr_target_from_variant (parameter);
  GError *error = NULL;

  finish (self, hr_document_add_key_part (get_document (self), owner->table, owner->name, NULL, HR_TYPE_S, &error),
          error);
}

static void
add_key (HrWindow *self, GVariant *parameter, HrKeyRole role)
{
  g_autofree HrTarget *owner = hr_target_from_variant (parameter);
  const char *index = owner->kind == HR_TARGET_INDEX ? owner->name : NULL;
  GError *error = NULL;

  finish (self, hr_document_add_key (get_document (self), owner->table, index, role, NULL, HR_TYPE_S, &error), error);
}

static void
add_sort_key_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add_key (HR_WINDOW (widget), parameter, HR_KEY_SORT);
}

static void
add_partition_key_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add_key (HR_WINDOW (widget), parameter, HR_KEY_PARTITION);
}

static void
add_parameter_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *owner = hr_target_from_variant (parameter);
  GError *error = NULL;

  finish (self, hr_document_add_parameter (get_document (self), owner->name, NULL, HR_TYPE_S, NULL, &error), error);
}

static void
add_step_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *owner = hr_target_from_variant (parameter);
  GError *error = NULL;

  finish (self, hr_document_add_step (get_document (self), owner->name, NULL, "Query", NULL, &error), error);
}

static void
report (HrWindow *self, gboolean done, GError *error)
{
  if (!done)
    hr_toast (GTK_WIDGET (self), error->message);
  g_clear_error (&error);
}

static void
expect_run_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  if (hr_session_get_run (self->session) == NULL)
    hr_toast (widget, _("Run the pattern first."));
  else
    report (self, hr_session_expect_run (self->session, &error), error);
}

static void
expect_nothing_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  report (self, hr_session_expect_nothing (self->session, &error), error);
}

static void
remove_target (HrWindow *self, const HrTarget *target)
{
  g_autofree char *toast = g_strdup_printf (_ ("“%s” is removed."), hr_target_get_name (target));
  g_autoptr (GError) error = NULL;
  g_autofree HrTarget *next = hr_document_remove_definition (get_document (self), target, &error);

  if (next == NULL)
    {
      hr_toast (GTK_WIDGET (self), error->message);
      return;
    }
  hr_session_say_done (self->session, toast);
  hr_session_select_target (self->session, next);
}

static void
remove_target_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree HrTarget *target = hr_target_from_variant (parameter);

  remove_target (HR_WINDOW (widget), target);
}

static void
copy_item_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = hr_item_dup_text (HR_WINDOW (widget)->session,
                                            (HrItemFormat) g_variant_get_int32 (parameter), &note, &error);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  hr_toast (widget, text != NULL ? note : error->message);
}

/* What to do with a text from the clipboard. */
typedef struct
{
  HrWindow *window; /* owned */
  gboolean (*take) (HrSession *session, const char *text, GError **error);
} Paste;

static void
copy_picture_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = hr_session_draw_picture (HR_WINDOW (widget)->session, widget, &note, &error);

  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  hr_toast (widget, texture != NULL ? note : error->message);
}

static void
copy_items_picture_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = hr_session_draw_selected (HR_WINDOW (widget)->session, widget, &note, &error);

  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  hr_toast (widget, texture != NULL ? note : error->message);
}

static void
copy_rows_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = hr_session_dup_rows (
      HR_WINDOW (widget)->session, (HrItemFormat) g_variant_get_int32 (parameter), &note, &error);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  hr_toast (widget, text != NULL ? note : error->message);
}

/* As DynamoDB JSON, which pasting reads without loss. */
static void
cut_item_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;
  g_autofree char *text = hr_item_dup_whole_text (self->session, HR_ITEMS_TYPED, &error);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  report (self, text != NULL && hr_item_remove (self->session, &error), error);
}

static void
move_item_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  if (hr_session_get_selected_key (self->session, NULL) == NULL)
    hr_toast (widget, _("Select an item first."));
  else
    hr_move_dialog_show (GTK_WINDOW (self), self->session);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Paste *paste = user_data;
  g_autoptr (HrWindow) self = paste->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text == NULL)
    hr_toast (GTK_WIDGET (self), _("There is no text to paste."));
  else if (!paste->take (self->session, text, &error))
    hr_toast (GTK_WIDGET (self), error->message);
}

static void
paste (GtkWidget *widget, gboolean (*take) (HrSession *session, const char *text, GError **error))
{
  Paste *data = g_new (Paste, 1);

  *data = (Paste){ g_object_ref (HR_WINDOW (widget)), take };
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb, data);
}

static void
paste_items_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  paste (widget, hr_item_paste);
}

static void
paste_request_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  paste (widget, hr_pattern_paste);
}

static void
query_partition_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  report (self, hr_pattern_query_partition (self->session, &error), error);
}

/* In the table, what is selected is an item. */
static gboolean
is_about_item (HrWindow *self)
{
  guint subject;

  g_object_get (self->session, "subject", &subject, NULL);
  return (subject == HR_SUBJECT_ITEM && hr_session_get_selected_key (self->session, NULL) != NULL)
         || (subject == HR_SUBJECT_DRAFT && hr_session_get_selected_draft (self->session, NULL));
}

static void
add_item_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  GError *error = NULL;

  g_object_set (self->session, "view", "table", NULL);
  report (self, hr_item_add (self->session, NULL, &error), error);
  hr_window_focus_view (self); /* where it can be typed into */
}

static void
select_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree char *view = NULL;

  g_object_get (self->session, "view", &view, NULL);
  if (g_strcmp0 (view, "table") == 0)
    hr_session_select_all (self->session);
  else
    hr_toast (widget, _("Go to the Table view to select its items."));
}

static void
remove_selected_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *target = hr_session_dup_target (self->session);
  GError *error = NULL;

  if (is_about_item (self))
    report (self, hr_item_remove (self->session, &error), error);
  else if (target != NULL)
    remove_target (self, target);
}

static void
duplicate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *target = hr_session_dup_target (self->session);
  GError *error = NULL;

  if (is_about_item (self))
    report (self, hr_item_duplicate (self->session, &error), error);
  else if (target != NULL)
    finish (self, hr_document_duplicate_definition (get_document (self), target, &error), error);
}

static void
move (HrWindow *self, const HrTarget *target, int step)
{
  HrTargetPlace place;
  g_autoptr (GError) error = NULL;

  if (!hr_target_find (target, (HrModel *) hr_document_get_model (get_document (self)), &place, NULL)
      || (int) place.position + step < 0 || (int) place.position + step >= (int) place.list->len)
    return;
  if (!hr_document_move_definition (get_document (self), target, (guint) ((int) place.position + step), &error))
    hr_toast (GTK_WIDGET (self), error->message);
}

static void
move_selected_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *target = hr_session_dup_target (self->session);

  if (target != NULL)
    move (self, target, g_str_equal (name, "win.move-up") ? -1 : 1);
}

static void
move_target_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GVariant) variant = g_variant_get_child_value (parameter, 0);
  g_autofree HrTarget *target = hr_target_from_variant (variant);
  gint32 step;

  g_variant_get_child (parameter, 1, "i", &step);
  move (HR_WINDOW (widget), target, step);
}

static void
drop_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autoptr (GVariant) first = g_variant_get_child_value (parameter, 0);
  g_autoptr (GVariant) second = g_variant_get_child_value (parameter, 1);
  g_autofree HrTarget *dragged = hr_target_from_variant (first);
  g_autofree HrTarget *onto = hr_target_from_variant (second);
  GError *error = NULL;
  gboolean after;

  g_variant_get_child (parameter, 2, "b", &after);
  report (self, hr_session_drop (self->session, dragged, onto, after, &error), error);
}

static void
edit_table_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  if (get_table_name (self) == NULL)
    return;
  hr_session_show_table (self->session, get_table_name (self), NULL);
  hr_session_select_entity (self->session, NULL);
  hr_window_show_inspector (self, TRUE);
  hr_window_focus_inspector (self, NULL);
}

static void
rename_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);

  hr_window_show_inspector (self, TRUE);
  hr_window_focus_inspector (self, NULL);
}

/* In the view that shows it, with the focus in its field. */
static void
edit_target_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *target = hr_target_from_variant (parameter);
  const HrConcern concern = { (int) target->kind, target->table, target->owner, target->name, -1, NULL };

  hr_session_show_concern (self->session, &concern);
  hr_window_show_inspector (self, TRUE);
  hr_window_focus_inspector (self, target);
}

static void
show_only_entity (HrWindow *self, const HrTable *table, const char *name)
{
  const HrEntity *entity = hr_table_find_entity (table, name);
  guint number = entity != NULL ? hr_table_get_entity_number (table, entity) : HR_ENTITY_NONE;

  g_object_set (self->session, "hidden-entities", ~(G_GUINT64_CONSTANT (1) << number), NULL);
}

/* To the view that shows it: an entity's items, an index, a pattern. From there, back to its definition. */
static void
go_to_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HrWindow *self = HR_WINDOW (widget);
  g_autofree HrTarget *target = hr_session_dup_target (self->session);
  g_autofree char *view = NULL;
  const char *wanted;

  g_object_get (self->session, "view", &view, NULL);
  if (target == NULL)
    return;
  wanted = target->kind == HR_TARGET_PATTERN ? "patterns" : "table";
  if (g_strcmp0 (view, wanted) == 0)
    wanted = "design";
  else if (target->kind == HR_TARGET_ENTITY)
    show_only_entity (self, hr_session_get_table (self->session), target->name);
  g_object_set (self->session, "view", wanted, NULL);
}

typedef struct
{
  const char *name;
  const char *parameter;
  GtkWidgetActionActivateFunc activate;
  gboolean is_about_selection;
} EditAction;

static const EditAction edit_actions[] = {
  { "win.add-table", NULL, add_table_cb, FALSE },
  { "win.add-entity", NULL, add_entity_cb, FALSE },
  { "win.add-recipe", "u", add_recipe_cb, FALSE },
  { "win.add-index", NULL, add_index_cb, FALSE },
  { "win.add-index-by", "s", add_index_by_cb, FALSE },
  { "win.add-pattern", NULL, add_pattern_cb, FALSE },
  { "win.add-item", NULL, add_item_cb, FALSE },
  { "win.copy-item", "i", copy_item_cb, FALSE },
  { "win.copy-items-picture", NULL, copy_items_picture_cb, FALSE },
  { "win.copy-picture", NULL, copy_picture_cb, FALSE },
  { "win.copy-rows", "i", copy_rows_cb, FALSE },
  { "win.cut-item", NULL, cut_item_cb, FALSE },
  { "win.move-item", NULL, move_item_cb, FALSE },
  { "win.paste-items", NULL, paste_items_cb, FALSE },
  { "win.paste-request", NULL, paste_request_cb, FALSE },
  { "win.select-all", NULL, select_all_cb, FALSE },
  { "win.query-partition", NULL, query_partition_cb, FALSE },
  { "win.edit-table", NULL, edit_table_cb, FALSE },
  { "win.edit-target", HR_TARGET_VARIANT, edit_target_cb, FALSE },
  { "win.add-attribute", HR_TARGET_VARIANT, add_attribute_cb, FALSE },
  { "win.add-attribute-to-selected", NULL, add_attribute_to_selected_cb, FALSE },
  { "win.add-key-part", HR_TARGET_VARIANT, add_key_part_cb, FALSE },
  { "win.add-sort-key", HR_TARGET_VARIANT, add_sort_key_cb, FALSE },
  { "win.add-partition-key", HR_TARGET_VARIANT, add_partition_key_cb, FALSE },
  { "win.add-parameter", HR_TARGET_VARIANT, add_parameter_cb, FALSE },
  { "win.add-step", HR_TARGET_VARIANT, add_step_cb, FALSE },
  { "win.expect-run", NULL, expect_run_cb, FALSE },
  { "win.expect-nothing", NULL, expect_nothing_cb, FALSE },
  { "win.remove-target", HR_TARGET_VARIANT, remove_target_cb, FALSE },
  { "win.move-target", "(" HR_TARGET_VARIANT "i)", move_target_cb, FALSE },
  { "win.drop", HR_DROP_VARIANT, drop_cb, FALSE },
  { "win.remove", NULL, remove_selected_cb, TRUE },
  { "win.duplicate", NULL, duplicate_cb, TRUE },
  { "win.move-up", NULL, move_selected_cb, TRUE },
  { "win.move-down", NULL, move_selected_cb, TRUE },
  { "win.rename", NULL, rename_cb, TRUE },
  { "win.go-to", NULL, go_to_cb, TRUE },
};

void
hr_window_install_edit_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (edit_actions); i++)
    gtk_widget_class_install_action (klass, edit_actions[i].name, edit_actions[i].parameter,
                                     edit_actions[i].activate);
}

void
hr_window_update_edit_actions (HrWindow *self, gboolean ready)
{
  g_autofree HrTarget *target = ready ? hr_session_dup_target (self->session) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (edit_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), edit_actions[i].name,
                                   ready && (!edit_actions[i].is_about_selection || target != NULL));
}
