/*
 * Context menus of the canvas: of an item, of an attribute and of a partition.
 *
 * All of them are about the selected cell: what is clicked is selected first, a heading by the first item below it, a
 * partition by its first item. So the keyboard, which goes from cell to cell, reaches everything: the menu of an item
 * has the other two in it.
 */
#include "app/ui/canvas/table-view-private.h"

#include <string.h>

#include "app/session/edit-target.h"
#include "app/session/item-actions.h"
#include "app/session/rename.h"
#include "app/session/words.h"
#include "app/ui/pieces/menus.h"
#include "app/ui/pieces/toasts.h"
#include "model/base/i18n.h"
#include "model/document/item-text.h"
#include "model/schema/compose.h"
#include "render/cell-text.h"

/* What the selected cell is about */

static const char *
get_name (HrTableView *self)
{
  guint column;

  if (hr_session_get_selected_key (self->session, &column) == NULL || !hr_table_view_prepare (self))
    return NULL;
  return hr_table_layout_get_column_name (self->layout, column);
}

/* The entity that the selected item is, or is most likely meant to be. */
static const HrEntity *
get_entity (HrTableView *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  g_autoptr (HrArena) arena = hr_arena_new ();
  HrValue item;

  return table != NULL && key != NULL && hr_item_fetch (self->session, key, arena, &item)
             ? hr_table_guess_entity (table, &item)
             : NULL;
}

HrTarget *
hr_table_view_dup_attribute (HrTableView *self)
{
  const HrTable *table = hr_session_get_table (self->session);
  const HrEntity *entity = get_entity (self);
  const char *name = get_name (self);

  if (table == NULL || name == NULL)
    return NULL;
  if (hr_table_is_key (table, name))
    return hr_target_new (HR_TARGET_KEY, table->name, NULL, name);
  if (entity != NULL && hr_attributes_find (entity->attributes, name) != NULL)
    return hr_target_new (HR_TARGET_ATTRIBUTE, table->name, entity->name, name);
  for (guint i = 0; i < table->indexes->len; i++)
    {
      const HrIndex *index = g_ptr_array_index (table->indexes, i);

      if (hr_attributes_find (index->partition_key, name) != NULL || hr_attributes_find (index->sort_key, name) != NULL)
        return hr_target_new (HR_TARGET_KEY, table->name, index->name, name);
    }
  return NULL;
}

static gboolean
can_hide (HrTableView *self, const char *name)
{
  HrOutline *outline = hr_session_get_outline (self->session);
  const HrOutlineAttribute *attributes;
  guint n = outline != NULL ? hr_outline_get_attributes (outline, &attributes) : 0;

  for (guint i = 0; i < n && name != NULL; i++)
    if (strcmp (attributes[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_hidden (HrTableView *self)
{
  g_auto (GStrv) hidden = NULL;

  g_object_get (self->session, "hidden-columns", &hidden, NULL);
  return hidden != NULL;
}

static void
update_actions (HrTableView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const char *name = get_name (self);
  g_autofree HrTarget *target = hr_table_view_dup_attribute (self);
  gboolean is_attribute = target != NULL && target->kind == HR_TARGET_ATTRIBUTE;

  gtk_widget_action_set_enabled (widget, "table-view.hide-attribute", can_hide (self, name));
  gtk_widget_action_set_enabled (widget, "table-view.rename-attribute", target != NULL);
  gtk_widget_action_set_enabled (widget, "table-view.retype-attribute", target != NULL);
  gtk_widget_action_set_enabled (widget, "table-view.use-as-key", is_attribute);
}

/* Menus */

static GMenu *
new_copy_menu (void)
{
  static const struct
  {
    const char *label;
    HrItemFormat format;
  } formats[] = {
    { N_("_JSON"), HR_ITEMS_JSON },
    { N_("_DynamoDB JSON"), HR_ITEMS_TYPED },
    { N_("_Row for a Spreadsheet"), HR_ITEMS_TSV },
    { N_("_put-item Command"), HR_ITEMS_PUT_ITEM },
  };
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) copies = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    hr_menu_append (copies, _(formats[i].label), "win.copy-item", g_variant_new_int32 (formats[i].format));
  hr_menu_append (copies, _("P_icture"), "win.copy-items-picture", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  hr_menu_append (removal, _("Cu_t"), "win.cut-item", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  return menu;
}

static GMenu *
new_partition_menu (void)
{
  static const HrMenuEntry entries[] = {
    { N_("_Fold"), "table-view.fold-partition", 0 },
    { N_("_Copy Key"), "table-view.copy-partition-key", 0 },
    { N_("_New Item Here"), "win.add-item", 0 },
    { N_("_Query This Partition"), "win.query-partition", 0 },
    { N_("_Size by Entity"), "table-view.partition-sizes", 0 },
  };

  return hr_menu_new (entries, G_N_ELEMENTS (entries));
}

static GMenu *
new_type_menu (const HrTarget *target)
{
  GMenu *menu = g_menu_new ();
  guint n = target != NULL && target->kind == HR_TARGET_KEY ? HR_TYPE_B + 1 : HR_N_TYPES;

  for (guint i = 0; i < n; i++)
    hr_menu_append (menu, hr_type_describe ((HrType) i), "table-view.retype-attribute",
                    g_variant_new_int32 ((gint32) i));
  return menu;
}

static GMenu *
new_key_menu (const HrTable *table)
{
  const GPtrArray *const lists[] = { table->partition_key, table->sort_key };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        const char *key = ((const HrAttribute *) g_ptr_array_index (lists[i], j))->name;
        g_autofree char *label =
            g_strdup_printf (i == 0 ? _("Partition Key %s") : _("Sort Key %s"), key);

        hr_menu_append (menu, label, "table-view.use-as-key", g_variant_new_string (key));
      }
  return menu;
}

static GMenu *
new_attribute_menu (HrTableView *self)
{
  static const HrMenuEntry hiding[] = {
    { N_("_Hide"), "table-view.hide-attribute", 0 },
    { N_("Show _All Columns"), "table-view.show-all-attributes", 0 },
  };
  g_autofree HrTarget *target = hr_table_view_dup_attribute (self);
  GMenu *menu = hr_menu_new (hiding, has_hidden (self) ? 2 : 1);
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) types = new_type_menu (target);
  g_autoptr (GMenu) keys = new_key_menu (hr_session_get_table (self->session));

  hr_menu_append (section, _("_Rename Everywhere…"), "table-view.rename-attribute", NULL);
  if (target != NULL)
    g_menu_append_submenu (section, _("_Type"), G_MENU_MODEL (types));
  if (target != NULL && target->kind == HR_TARGET_ATTRIBUTE)
    g_menu_append_submenu (section, _("Use as _Key"), G_MENU_MODEL (keys));
  hr_menu_append (section, _("_Make Index"), "win.add-index-by", g_variant_new_string (get_name (self)));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  return menu;
}

static void
append_submenu (GMenu *menu, const char *label, GMenu *submenu)
{
  g_menu_append_submenu (menu, label, G_MENU_MODEL (submenu));
  g_object_unref (submenu);
}

/* At most nine entries; the rest is behind other ones. What is about a cell is not about several items. */
static GMenu *
new_item_menu (HrTableView *self)
{
  static const HrMenuEntry edit[] = {
    { N_("_Edit"), "table-view.edit", 0 },
    { N_("D_uplicate"), "win.duplicate", 0 },
  };
  gboolean is_one = hr_session_get_selected_rows (self->session) == NULL;
  GMenu *menu = is_one ? hr_menu_new (edit, 2) : hr_menu_new (edit + 1, 1);
  g_autoptr (GMenu) away = g_menu_new ();
  g_autoptr (GMenu) around = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();

  append_submenu (away, _("_Copy As"), new_copy_menu ());
  hr_menu_append (away, _("_Move to Partition…"), "win.move-item", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (away));
  if (is_one)
    {
      append_submenu (around, _("_Attribute"), new_attribute_menu (self));
      append_submenu (around, _("_Partition"), new_partition_menu ());
      hr_menu_append (around, _("_Which Patterns Read This?"), "table-view.readers", NULL);
    }
  if (is_one && hr_session_get_table (self->session)->indexes->len > 0)
    append_submenu (around, _("_Find in Index"), hr_table_view_new_copies_menu (self));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (around));
  hr_menu_append (removal, _("_Delete"), "win.remove", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  return menu;
}

/* Of what @kind was clicked; the cell is selected. */
static void
show_menu (HrTableView *self, HrHitKind kind, double x, double y)
{
  g_autoptr (GMenu) menu = NULL;

  if (hr_session_get_table (self->session) == NULL || get_name (self) == NULL)
    return;
  update_actions (self);
  menu = kind == HR_HIT_PARTITION ? new_partition_menu ()
         : kind == HR_HIT_HEADER  ? new_attribute_menu (self)
                                  : new_item_menu (self);
  g_set_weak_pointer (&self->menu, hr_menu_popup (GTK_WIDGET (self), G_MENU_MODEL (menu),
                                                  &(GdkRectangle){ (int) x, (int) y, 1, 1 }));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, HrTableView *self)
{
  HrHitKind kind;
  HrHit hit;

  if (!hr_table_view_press (self, x, y, &hit))
    return;
  kind = hit.kind;
  if (kind != HR_HIT_CELL && kind != HR_HIT_ROW && kind != HR_HIT_HEADER && kind != HR_HIT_PARTITION)
    return;
  if (kind == HR_HIT_ROW || kind == HR_HIT_PARTITION)
    hit.column = 0;
  if (kind == HR_HIT_PARTITION)
    hit.row = 0;
  if (kind == HR_HIT_HEADER || kind == HR_HIT_PARTITION
      || !hr_session_is_among_selected (self->session, hit.partition, hit.row))
    hr_table_view_select (self, &hit, HR_SELECT_ONLY);
  hr_table_view_take_focus (self);
  show_menu (self, kind, x, y);
}

/* Of the selected cell, or of the one where the keyboard came in. */
static void
show_menu_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  HrHit cursor = self->selected;
  GtkAllocation place;

  if ((self->flags & HR_TABLE_VIEW_EDITS) == 0 || cursor.kind == HR_HIT_NONE)
    return;
  if (self->is_cursor)
    hr_table_view_select (self, &cursor, HR_SELECT_ONLY);
  hr_table_view_place_editor (self, &self->selected, &place);
  show_menu (self, HR_HIT_CELL, place.x + 12, place.y + place.height);
}

/* Actions */

static void
hide_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  g_auto (GStrv) hidden = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_object_get (self->session, "hidden-columns", &hidden, NULL);
  if (hidden != NULL)
    g_strv_builder_addv (names, (const char **) hidden);
  g_strv_builder_add (names, get_name (self));
  all = g_strv_builder_end (names);
  g_object_set (self->session, "hidden-columns", all, NULL);
}

static void
show_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_object_set (HR_TABLE_VIEW (widget)->session, "hidden-columns", NULL, NULL);
}

static void
retype_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  g_autofree HrTarget *target = hr_table_view_dup_attribute (self);
  g_autoptr (GError) error = NULL;

  if (target != NULL
      && !hr_session_retype (self->session, target, (HrType) g_variant_get_int32 (parameter), &error))
    hr_toast (widget, error->message);
}

static void
use_as_key_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  const HrTable *table = hr_session_get_table (self->session);
  const HrEntity *entity = get_entity (self);
  const char *key = g_variant_get_string (parameter, NULL);
  g_autofree char *text = g_strdup_printf ("{%s}", get_name (self));
  g_autofree char *toast = NULL;
  g_autoptr (GError) error = NULL;

  if (entity == NULL)
    return;
  toast = g_strdup_printf (_("%s of %s is now made from %s."), key, entity->name, text);
  if (hr_session_retemplate (self->session, &HR_TARGET (TEMPLATE, table->name, entity->name, key), text, &error))
    hr_session_say_done (self->session, toast);
  else
    hr_toast (widget, error->message);
}

static void
copy_key_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  const HrTable *table = hr_session_get_table (self->session);
  const HrValue *key = hr_session_get_selected_key (self->session, NULL);
  const char *name = table != NULL ? hr_table_get_partition_key (table)->name : NULL;
  const HrValue *value = key != NULL && name != NULL ? hr_map_get (key, name, strlen (name)) : NULL;
  g_autofree char *text = value != NULL ? hr_cell_dup_text (value) : NULL;

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  hr_toast (widget, _("The key is copied."));
}

/* What is selected would unfold it. */
static void
fold_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HrTableView *self = HR_TABLE_VIEW (widget);
  guint64 position = self->selected.partition;

  hr_session_clear_selection (self->session);
  hr_session_fold_partition (self->session, position, TRUE);
}

void
hr_table_view_class_add_menus (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table-view.show-menu", NULL, show_menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "table-view.show-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table-view.show-menu", NULL);
  gtk_widget_class_install_action (widget_class, "table-view.hide-attribute", NULL, hide_cb);
  gtk_widget_class_install_action (widget_class, "table-view.show-all-attributes", NULL, show_all_cb);
  gtk_widget_class_install_action (widget_class, "table-view.rename-attribute", NULL, hr_table_view_rename_cb);
  gtk_widget_class_install_action (widget_class, "table-view.retype-attribute", "i", retype_cb);
  gtk_widget_class_install_action (widget_class, "table-view.use-as-key", "s", use_as_key_cb);
  gtk_widget_class_install_action (widget_class, "table-view.fold-partition", NULL, fold_cb);
  gtk_widget_class_install_action (widget_class, "table-view.copy-partition-key", NULL, copy_key_cb);
  gtk_widget_class_install_action (widget_class, "table-view.partition-sizes", NULL, hr_table_view_sizes_cb);
  gtk_widget_class_install_action (widget_class, "table-view.readers", NULL, hr_table_view_readers_cb);
  gtk_widget_class_install_action (widget_class, "table-view.run-reader", "s", hr_table_view_run_reader_cb);
}

void
hr_table_view_add_menus (HrTableView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
